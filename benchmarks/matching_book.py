"""A small book of four programmes in five counties, made entry by entry: what articles to be checked are written about."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # residents' numbers and proposals are made as the tests make them

from tests.acts.office import event, move, resident, state  # noqa: E402

from taizhang.acts.desk import Desk  # noqa: E402
from taizhang.acts.founding import found  # noqa: E402
from taizhang.acts.installing import install  # noqa: E402
from taizhang.acts.placing import load_places  # noqa: E402
from taizhang.acts.posting import post  # noqa: E402
from taizhang.ledger.rules import Proposal  # noqa: E402
from taizhang.packs import PROGRAMMES  # noqa: E402

YONGXING, LANSHAN, ANHUA, DONGAN, JIANGHUA = 431023, 431127, 430923, 431122, 431129
DRUGS = (("YP-1", "布洛芬片", 24), ("YP-2", "对乙酰氨基酚片", 12), ("YP-3", "连花清瘟片", 36))
SUBJECTS = ("党史", "哲学", "文学", "历史", "水利")
KINDS = ("饮酒驾驶", "醉酒驾驶", "超员", "超载", "无牌", "无证", "未戴头盔")


@contextmanager
def made(folder: Path, seed: int = 7) -> Iterator[Desk]:
    """The desk at a new book with its entries; everything in it is invented but the places."""
    desk = found(folder, 43, place_path="43/", login="clerk", title="湖南（演示）", alias=f"matching-{seed}")
    try:
        for county in (YONGXING, LANSHAN, ANHUA, DONGAN, JIANGHUA):
            assert not load_places(desk, prefix=str(county)).problems
        for name in ("medicine", "library", "mines", "traffic"):
            assert install(desk, PROGRAMMES / name).fresh
        rng = random.Random(seed)
        for proposals in (_medicine(desk, rng), _library(desk, rng), _mines(desk, rng), _traffic(desk, rng)):
            _posted(desk, list(proposals))
        yield desk
    finally:
        desk.close()


def _posted(desk: Desk, proposals: list[Proposal]) -> None:
    answers = post(desk, proposals)
    wrong = [(a.what, p.line()) for a in answers for p in a.problems if a.what != "ok"]
    assert not wrong, wrong[:3]


def _day(rng: random.Random, first: date, last: date) -> str:
    return str(first + timedelta(rng.randrange((last - first).days + 1)))


def _villages(desk: Desk, township: int, count: int) -> list[tuple[int, str]]:
    return [(key, desk.places.name(key)) for key in desk.places.children(township)][:count]


def _medicine(desk: Desk, rng: random.Random) -> Iterator[Proposal]:
    for code, name, size in DRUGS:
        yield state(desk, "medicine.drug", "2022-11-20", 43, 药品编码=code, 药品名称=name, 每盒片数=size)
        batch = {"所属药品": code, "批号": f"B{code[-1]}", "生产日期": "2022-10-02", "每盒片数": size}
        yield state(desk, "medicine.batch", "2022-11-20", 43, **batch, 有效期至="2023-06-30" if code == "YP-3" else "2024-10-31")
    supplier = "91999999MA0000A199"
    yield state(desk, "medicine.supplier", "2022-11-20", 43, 统一社会信用代码=supplier, 单位名称="示例医药有限公司")
    numbers = iter(range(1, 900))
    for county, tag in ((YONGXING, "A"), (LANSHAN, "B")):
        yield from _medicine_of(desk, rng, county, tag, numbers, supplier)


def _medicine_of(desk: Desk, rng: random.Random, county: int, tag: str, numbers: Iterator[int], supplier: str) -> Iterator[Proposal]:
    depot, shop = f"K-{tag}", {"A": "91999999MA0000B27R", "B": "91999999MA0000C435"}[tag]
    yield state(desk, "medicine.depot", "2022-11-20", county, 药库编号=depot, 药库名称="县级药品储备库")
    yield state(desk, "medicine.pharmacy", "2022-11-20", county, 统一社会信用代码=shop, 单位名称=f"示例大药房{tag}")
    for code, _, size in DRUGS:
        for day in ("2022-12-02", "2022-12-15"):
            boxes = rng.randrange(300, 900)
            yield move(desk, "medicine.purchase", f"{boxes * size}片", day, county, item=f"{code}/B{code[-1]}", source=supplier, target=depot)
        yield move(desk, "medicine.supply", f"{40 * size}片", "2022-12-16", county, item=f"{code}/B{code[-1]}", source=depot, target=shop)
    townships = [key for key in desk.places.children(county) if desk.places.name(key).endswith("镇")][:2]
    for township in townships:
        for village, name in _villages(desk, township, 2):
            yield state(desk, "base.village", "2022-11-20", village, 村代码=str(village), 村名称=name, 全村人口=rng.randrange(900, 3000))
            box = f"X-{village}"
            yield state(desk, "medicine.box", "2022-11-20", village, 药箱编号=box, 所在村=str(village))
            people = [resident(next(numbers)) for _ in range(9)]
            for person in people:
                grade = rng.choice(("红", "黄", "绿"))
                given = {"身份证号": person, "姓名": "示例", "人群类别": rng.choice(("65岁以上", "基础疾病")), "健康分级": grade, "所在村": str(village)}
                yield state(desk, "medicine.at_risk", "2022-11-25", village, **given)
            for code, _, size in DRUGS:
                item = f"{code}/B{code[-1]}"
                reason = {"分配理由": "按重点人群人数"}
                yield move(desk, "medicine.allot", f"{rng.randrange(8, 30) * size}片", "2022-12-18", village, item=item, source=depot, target=box, values=reason)
                for person in people[: rng.randrange(4, 9)]:
                    day = _day(rng, date(2022, 12, 19), date(2023, 1, 4))
                    yield move(desk, "medicine.issue", f"{rng.randrange(2, 7)}片", day, village, item=item, source=box, target=person)
    for _ in range(25):
        buyer, (code, _, size) = resident(next(numbers)), rng.choice(DRUGS)
        yield state(desk, "medicine.buyer", "2022-12-01", county, 身份证号=buyer, 姓名="示例")
        day = _day(rng, date(2022, 12, 17), date(2023, 1, 4))
        yield move(desk, "medicine.sale", f"{rng.randrange(4, 25)}片", day, county, item=f"{code}/B{code[-1]}", source=shop, target=buyer)


def _library(desk: Desk, rng: random.Random) -> Iterator[Proposal]:
    yield state(desk, "library.shelf", "2021-06-01", ANHUA, 馆藏点编号="S1", 馆藏点="老干部图书室")
    copies = []
    for n in range(1, 25):
        subject = SUBJECTS[n % len(SUBJECTS)]
        yield state(desk, "library.book", "2021-06-01", ANHUA, 书目号=f"M{n}", 题名=f"示例书目{n}", 图书类别=subject)
        for c in range(1, 5):
            copies.append(f"T{n:02}{c}")
            yield state(desk, "library.copy", "2021-06-01", ANHUA, 条码号=copies[-1], 所属书目=f"M{n}", 外借类型="外借")
            day = "2021-06-02" if n < 17 else _day(rng, date(2022, 2, 1), date(2022, 5, 30))
            yield move(desk, "library.acquire", 1, day, ANHUA, item=copies[-1], target="S1", values={"来源": rng.choice(("采购", "捐赠"))})
    readers = []
    for n in range(901, 931):
        readers.append(resident(n))
        kind = "离退休干部" if n % 3 else "在职职工"
        yield state(desk, "library.reader", "2021-06-01", ANHUA, 身份证号=readers[-1], 姓名="示例", 借书证号=f"J{n}", 读者类型=kind)
    early = rng.sample(copies[:64], 21)
    for n, copy in enumerate([*early, *rng.sample([c for c in copies if c not in early], 49)]):
        day = date(2022, 6, 1) + timedelta(n * 3) if n > 20 else date(2021, 7, 1) + timedelta(n * 7)
        reader = readers[n % 30]
        yield move(desk, "library.lend", 1, str(day), ANHUA, item=copy, source="S1", target=reader)
        if rng.random() < 0.8 or n <= 20:
            back = day + timedelta(rng.randrange(3, 14))
            yield move(desk, "library.give_back", 1, str(back), ANHUA, item=copy, source=reader, target="S1")


def _mines(desk: Desk, rng: random.Random) -> Iterator[Proposal]:
    for code, kind in (("Z-1", "上级专项资金"), ("Z-2", "财政资金"), ("Z-3", "社会资金")):
        yield state(desk, "mines.fund", "2021-01-10", DONGAN, 资金编号=code, 资金渠道=kind, 单位名称="示例单位")
        yield move(desk, "mines.receive", "60000000元", "2021-01-12", DONGAN, item="money", target=code)
    yield state(desk, "mines.builder", "2021-01-10", DONGAN, 统一社会信用代码="91999999MA0000D640", 单位名称="示例生态工程有限公司")
    townships = [key for key in desk.places.children(DONGAN) if desk.places.name(key).endswith("镇")][:4]
    for n in range(1, 33):
        place, mine = townships[n % 4], f"K{n:02}"
        kind, area = rng.choice(("砂石土矿", "历史遗留矿山")), rng.randrange(200, 900) / 100
        first = _day(rng, date(2021, 2, 1), date(2021, 5, 30)) if n < 20 else _day(rng, date(2022, 2, 1), date(2022, 4, 30))
        if n < 25:
            started = {"修复措施": "绿化种植", "开工日期": first}
            yield state(desk, "mines.site", first, place, 矿山编号=mine, 矿山名称=f"示例矿{n}", 矿山类型=kind, 损毁面积=f"{area}公顷", **started)
            yield state(desk, "mines.plan", first, place, 所治矿山=mine, 修复措施="绿化种植", 概算=f"{rng.randrange(40, 200)}0000元")
            allotted = rng.randrange(300, 1500) * 1000
            day = _day(rng, date(int(first[:4]), 6, 1), date(int(first[:4]), 9, 30))
            yield move(desk, "mines.allot", f"{allotted}元", day, place, item="money", source=f"Z-{n % 3 + 1}", target=mine)
            yield move(desk, "mines.pay", f"{allotted * 7 // 10}元", f"{first[:4]}-11-20", place, item="money", source=mine, target="91999999MA0000D640")
            restored = int(area * 80) / 100
            told = {"修复面积": f"{restored}公顷", "成活率": f"{rng.randrange(86, 99)}%", "栽种株数": rng.randrange(1500, 9000)}
            yield event(desk, "mines.accept", _day(rng, date(int(first[:4]), 11, 25), date(int(first[:4]), 12, 25)), place, mine, **told)
        else:
            yield state(desk, "mines.mine", first, place, 矿山编号=mine, 矿山名称=f"示例矿{n}", 矿山类型=kind, 损毁面积=f"{area}公顷")


def _traffic(desk: Desk, rng: random.Random) -> Iterator[Proposal]:
    for name in ("一中队", "二中队"):
        yield state(desk, "traffic.crew", "2021-01-01", JIANGHUA, 中队名称=name)
    for code in ("D1", "D2", "D3"):
        yield state(desk, "traffic.duty_point", "2021-01-01", JIANGHUA, 执勤点编号=code, 地点=f"示例路口{code[-1]}", 查处中队="一中队")
    for n in range(170):
        kind = rng.choice(KINDS)
        told = {"时刻": f"{n % 24:02}:{n * 7 % 60:02}", "号牌号码": f"湘M{10000 + n}", "车辆类型": rng.choice(("小型汽车", "货车", "摩托车"))}
        told |= {"违法种类": kind, "罚款": f"{rng.choice((50, 100, 200, 1000))}元"}
        if kind in ("饮酒驾驶", "醉酒驾驶"):
            told["酒精含量"] = "0.45" if kind == "饮酒驾驶" else "1.10"
        day = _day(rng, date(2021, 1, 1), date(2021, 12, 31)) if n < 70 else _day(rng, date(2022, 1, 1), date(2022, 12, 31))
        yield event(desk, "traffic.violation", day, JIANGHUA, rng.choice(("一中队", "二中队")), **told)
    for n in range(40):
        told = {"时刻": f"{n % 24:02}:10", "地点": f"示例路段{n}", "死亡人数": int(n % 13 == 0), "受伤人数": n % 3}
        day = _day(rng, date(2021, 1, 1), date(2021, 12, 31)) if n < 22 else _day(rng, date(2022, 1, 1), date(2022, 12, 31))
        yield event(desk, "traffic.accident", day, JIANGHUA, **told)
    for n in range(36):
        day, point = str(date(2022, 1, 5) + timedelta(n * 10)), f"D{n % 3 + 1}"
        yield event(desk, "traffic.persuasion", day, JIANGHUA, point, 劝导人次=rng.randrange(20, 90))
        yield event(desk, "traffic.duty", day, JIANGHUA, point, 警力=rng.randrange(2, 6), 时长=rng.randrange(2, 9))
        told = {"宣传对象": rng.choice(("农村", "社区", "学校", "企业")), "地点": f"示例点{n}", "宣传方式": "讲座", "受教育人数": 60}
        yield event(desk, "traffic.publicity", day, JIANGHUA, **told)
