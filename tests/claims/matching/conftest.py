"""A county's small book, made once for each database: what is told in its articles can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from taizhang import text
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.claims.matching import OpenBook, Verdict, judge
from taizhang.ledger.rules import Proposal

from ...acts.office import COUNTY, VILLAGE, county, event, move, resident, state
from ...books import Databases

SUPPLIER = "91999999MA0000A199"


def entries(desk: Desk) -> Iterator[Proposal]:
    """Two drugs, 2,400 and 1,200 tablets bought; 36 and 24 given to six old people of 甲村; 5 offences of two kinds; a mine of 8.5公顷."""
    for code, name in (("YP-1", "布洛芬片"), ("YP-2", "感冒灵片")):
        yield state(desk, "medicine.drug", "2022-11-20", 药品编码=code, 药品名称=name, 每盒片数=24)
        batch = {"所属药品": code, "批号": "B1", "生产日期": "2022-10-02", "有效期至": "2024-10-31", "每盒片数": 24}
        yield state(desk, "medicine.batch", "2022-11-20", **batch)
    yield state(desk, "medicine.supplier", "2022-11-20", 统一社会信用代码=SUPPLIER, 单位名称="示例医药有限公司")
    yield state(desk, "medicine.depot", "2022-11-20", 药库编号="K1", 药库名称="县级药品储备库")
    yield state(desk, "base.village", "2022-11-20", VILLAGE, 村代码=str(VILLAGE), 村名称="甲村")
    yield state(desk, "medicine.box", "2022-11-20", VILLAGE, 药箱编号="X1", 所在村=str(VILLAGE))
    for code, boxes, given in (("YP-1", 100, 6), ("YP-2", 50, 4)):
        yield move(desk, "medicine.purchase", f"{boxes}盒", "2022-12-05", item=f"{code}/B1", source=SUPPLIER, target="K1")
        told = {"分配理由": "首批"}
        yield move(desk, "medicine.allot", "10盒", "2022-12-10", VILLAGE, item=f"{code}/B1", source="K1", target="X1", values=told)
        for n in range(1, 7):
            if code == "YP-1":
                person = {"身份证号": resident(n), "姓名": "示例", "人群类别": "65岁以上", "健康分级": "红" if n < 3 else "绿"}
                yield state(desk, "medicine.at_risk", "2022-12-01", VILLAGE, **person)
            yield move(desk, "medicine.issue", f"{given}片", "2022-12-20", VILLAGE, item=f"{code}/B1", source="X1", target=resident(n))
    yield state(desk, "traffic.crew", "2021-01-01", 中队名称="一中队")
    for n, kind in enumerate(("超载", "超载", "超载", "无证", "无证")):
        told = {"时刻": f"0{n}:10", "号牌号码": f"湘L1000{n}", "车辆类型": "货车", "违法种类": kind, "罚款": "200元"}
        yield event(desk, "traffic.violation", f"202{1 if n == 4 else 2}-03-0{n + 1}", COUNTY, "一中队", **told)
    yield state(desk, "mines.mine", "2021-02-01", 矿山编号="M1", 矿山名称="示例矿", 矿山类型="砂石土矿", 损毁面积="10公顷")
    yield state(desk, "mines.site", "2021-02-01", 矿山编号="M1", 矿山名称="示例矿", 矿山类型="砂石土矿", 损毁面积="10公顷", 修复措施="绿化种植")
    told = {"修复面积": "8.5公顷", "成活率": "91%", "栽种株数": 12000}
    yield event(desk, "mines.accept", "2022-11-20", COUNTY, "M1", **told)


@pytest.fixture(scope="session")
def made(folder_of_books: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Desk]]:
    """The book on a database, made when first asked for."""
    opened: dict[str, tuple[object, Desk]] = {}

    def on(address: str) -> Desk:
        key = "postgres" if address else "sqlite"
        if key not in opened:
            context = county(tmp_path_factory.mktemp("matching") / "book", address, "medicine", "library", "mines", "traffic")
            desk = context.__enter__()
            answers = post(desk, list(entries(desk)))
            assert {a.what for a in answers} == {"ok"}, [p.line() for a in answers for p in a.problems][:3]
            opened[key] = (context, desk)
        return opened[key][1]

    yield on
    for context, _ in opened.values():
        context.__exit__(None, None, None)  # type: ignore[attr-defined]


@pytest.fixture
def desk(made: Callable[[str], Desk], databases: Databases, dialect: str) -> Desk:
    """The desk at the book."""
    return made(databases.empty() if dialect == "postgres" else "")


Judged = Callable[..., list[Verdict]]


@pytest.fixture
def judged(desk: Desk) -> Judged:
    """The verdicts on a text: judged("…", day=date(2023, 1, 5))."""

    def on(words: str, day: date | None = None) -> list[Verdict]:
        return list(judge(text.stories(words), OpenBook(desk.book, desk.scope), day).verdicts)

    return on


@pytest.fixture
def folder(desk: Desk) -> Path:
    """The folder of the book."""
    return desk.book.folder
