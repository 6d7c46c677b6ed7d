"""The first days of a clerk, by the sheets of the brief: each made with the heads it names, and posted as it stands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.importing import import_rows
from taizhang.capture.rows import rows
from taizhang.ledger.verify import verify

from .office import COUNTY, resident
from .test_brief_heads import SHEETS, catalogue
from .trials import SHIPPED

OLD, YOUNG = resident(1), resident(2)
MAKER, SHOP = "91999999MA0000A199", "91999999MA0000B19Y"

# what is reported, and what stands under the heads that are filled in, in the order of the office
DAYS: dict[str, list[tuple[str, dict[str, str]]]] = {
    "library": [
        ("书目", {"书目号": "S-1", "题名": "示例党史", "国际标准书号": "9789999900010", "图书类别": "党史"}),
        ("馆藏点名录", {"馆藏点编号": "A", "馆藏点": "图书室"}),
        ("馆藏点名录", {"馆藏点编号": "B", "馆藏点": "职工书屋"}),
        ("图书复本", {"条码号": "101", "所属书目": "S-1", "外借类型": "外借", "定价": "38.00"}),
        ("读者", {"身份证号": OLD, "姓名": "示例甲", "借书证号": "D1", "读者类型": "离退休干部"}),
        ("读者", {"身份证号": YOUNG, "姓名": "示例乙", "借书证号": "D2", "读者类型": "在职职工"}),
        ("入藏", {"图书复本": "101", "馆藏点名录": "A", "来源": "采购"}),
        ("借出", {"图书复本": "101", "馆藏点名录": "A", "读者": OLD}),
        ("预约", {"书目": "S-1", "预约人": YOUNG}),
        ("取消预约", {"书目": "S-1", "预约人": YOUNG}),
        ("归还", {"图书复本": "101", "归还状况": "完好"}),
        ("移架", {"图书复本": "101", "调出": "A", "调入": "B"}),
        ("盘点", {"图书复本": "101", "盘点处": "B", "盘点结果": "破损"}),
        ("剔除", {"图书复本": "101", "馆藏点名录": "B", "剔除原因": "破损"}),
    ],
    "medicine": [
        ("村（社区）", {"村代码": "甲村", "村名称": "甲村"}),
        ("人员", {"身份证号": YOUNG, "姓名": "示例乙"}),
        ("药品目录", {"药品编码": "YP-1", "药品名称": "布洛芬片", "每盒片数": "24"}),
        ("供货单位", {"统一社会信用代码": MAKER, "单位名称": "示例药业"}),
        ("药品储备库", {"药库编号": "K1", "药库名称": "县药库"}),
        ("药品批次", {"所属药品": "YP-1", "批号": "2212A", "有效期至": "2024-11-30", "每盒片数": "24", "生产日期": "2022-12-01"}),
        ("便民药箱", {"药箱编号": "X1", "所在村": "甲村"}),
        ("零售药店", {"统一社会信用代码": SHOP, "单位名称": "示例药店"}),
        ("重点人群", {"身份证号": OLD, "姓名": "示例甲", "人群类别": "65岁以上、独居", "健康分级": "黄", "所在村": "甲村"}),
        ("购药人", {"身份证号": YOUNG, "姓名": "示例乙"}),
        ("采购入库", {"药品批次": "YP-1/2212A", "供货单位": MAKER, "药品储备库": "K1", "数量": "10盒", "单价": "12.5"}),
        ("分配到村", {"药品批次": "YP-1/2212A", "药品储备库": "K1", "便民药箱": "X1", "数量": "2盒", "分配理由": "常备"}),
        ("供应药店", {"药品批次": "YP-1/2212A", "药品储备库": "K1", "零售药店": SHOP, "数量": "2盒"}),
        ("免费发放", {"药品批次": "YP-1/2212A", "便民药箱": "X1", "重点人群": OLD, "数量": "6片"}),
        ("拆零销售", {"药品批次": "YP-1/2212A", "零售药店": SHOP, "购药人": YOUNG, "数量": "6片", "每片售价": "0.6"}),
        ("上门随访", {"重点人群": OLD, "体温": "36.8", "需要药品": "否"}),
        ("调回储备库", {"药品批次": "YP-1/2212A", "便民药箱": "X1", "药品储备库": "K1", "数量": "1盒"}),
        ("报损", {"药品批次": "YP-1/2212A", "药品储备库": "K1", "数量": "1盒", "报损原因": "破损"}),
        ("药箱报损", {"药品批次": "YP-1/2212A", "便民药箱": "X1", "数量": "2片", "报损原因": "破损"}),
        ("药店报损", {"药品批次": "YP-1/2212A", "零售药店": SHOP, "数量": "2片", "报损原因": "召回"}),
        ("余药共享", {"药品目录": "YP-1", "提供人": OLD, "余药数量": "8", "余药有效期": "2024-05-01", "包装完好": "是"}),
        ("余药送达", {"药品目录": "YP-1", "提供人": OLD, "接受人": YOUNG, "送达数量": "8"}),
    ],
}
HEADS = {(name, title): [head.strip("*") for head in heads.split()] for name, title, heads in SHEETS}


@pytest.mark.parametrize("name", sorted(DAYS))
def test_every_sheet_of_the_brief_is_posted(desk: Desk, tmp_path: Path, name: str) -> None:
    for number, (title, told) in enumerate(DAYS[name]):
        heads = HEADS.get((name, title), list(told))
        assert set(told) <= set(heads), title
        path = tmp_path / f"{number}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([[head for head in heads if head != "日期"], [told.get(head, "") for head in heads if head != "日期"]])
        (type_name,) = (one.type for one in catalogue(name).things.values() if one.title == title)
        with rows(path) as sheet:
            done = import_rows(desk, sheet, type_name, otherwise=str(COUNTY))
        assert done.counts == {"ok": 1}, (title, [problem.line() for problem in done.problems])
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue).problems


@pytest.mark.parametrize("name", sorted(DAYS))
def test_no_sheet_of_the_brief_is_left_out(name: str) -> None:
    assert {title for one, title, _ in SHEETS if one == name} <= {title for title, _ in DAYS[name]}
    assert name in SHIPPED
