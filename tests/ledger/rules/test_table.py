"""Sheets as clerks keep them: what each head means, and which heads mean nothing."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.ledger.rules import RENEW, Judged, proposal_of

from .desk import Desk, words
from .worlds import LI, OLD, ZHANG, Library, Medicine, Mines


def row(desk: Desk, type_name: str, text: str, **given: Any) -> Judged:
    """A row written as 列：值 | 列：值."""
    cells = dict(cell.split("：", 1) for cell in text.split(" | ")) if text else {}
    proposal = proposal_of(cells, type_name, desk.catalogue, actor="clerk-1", **{"day": desk.today, "place": desk.place, **given})
    judged = desk.judge(proposal)[0]
    desk.book.post(judged.ready)
    return judged


def test_a_sheet_of_allotments() -> None:
    desk = Medicine()
    told = "日期：2022年12月5日 | 药品储备库：K01 | 便民药箱：X-001 | 药品批次：YP-001/B2211 | 数量：2 | 单位：盒 | 分配理由：补充 | 区划：永兴县"
    entry = row(desk, "medicine.allot", told, day=None, place=None).ready[0].entry
    assert (str(entry.day), entry.place, entry.quantity, entry.data) == ("2022-12-05", 431023, 48, {"reason": "补充"})


def test_records_by_their_key_fields_each_in_a_column() -> None:
    desk = Medicine()
    told = "药库编号：K01 | 便民药箱编号：X-001 | 国家药品编码：YP-001 | 生产批号：B2211 | 数量：2盒 | 单位：盒 | 分配理由：补充"
    assert row(desk, "medicine.allot", told).ready[0].entry.item == desk.batch


def test_a_sheet_of_what_people_were_given() -> None:
    desk = Medicine()
    assert row(desk, "medicine.issue", f"药箱编号：X-001 | 身份证号：{OLD} | 药品批次：YP-001/B2211 | 数量：6").ready
    said = words(row(desk, "medicine.issue", f"药箱编号：X-001 | 身份证号：{ZHANG[:-1]}4 | 药品批次：YP-001/B2211 | 数量：6"))
    assert "校验位不符" in said
    assert ZHANG[:-1] not in said


def test_an_event_about_a_record_by_its_own_head() -> None:
    assert row(Mines(), "mines.survey", "矿山编号：DA-0017 | 排查面积：42亩").ready[0].entry.data == {"found_area": "2.8"}


def test_a_field_goes_before_a_head_of_the_system() -> None:
    """地点 of a stop is where in the street it was, and 区划 the county."""
    desk = Desk()
    desk.record("traffic.crew", {"中队名称": "城区中队"})
    told = "中队：城区中队 | 时刻：8:05 | 号牌号码：湘M12345 | 车辆类型：货车 | 违法种类：超载 | 地点：东门路口 | 区划：东安县"
    ready = row(desk, "traffic.violation", told).ready[0]
    assert ready.entry.data["spot"] == "东门路口"
    assert ready.entry.place == 431122


@pytest.mark.parametrize(
    ("type_name", "told", "said"),
    [
        ("mines.survey", "矿山编号：DA-0017 | 排查面机：2", "排查面机：没有这一项"),
        ("mines.survey", "矿山编号：DA-0017 | 排查面机：2", "是否应为 排查面积？"),
        ("mines.survey", "矿山编号：DA-0017 | 数量：2", "数量：没有这一项"),
        ("mines.survey", "矿山编号：DA-0017 | 对象：DA-0017", "对象已由另一列写明"),
        ("mines.tend", "矿山编号：DA-0017 | 编号：3", "UUID"),
        ("mines.allot", "资金编号：ZJ-1 | 矿山编号：DA-0017 | 数量：1万元 | 经手：甲", "经手：没有这一项"),
        ("mines.alot", "数量：1万元", "是否应为 mines.allot？"),
    ],
)
def test_wrong_heads(type_name: str, told: str, said: str) -> None:
    assert said in words(row(Mines(), type_name, told, where="第 3 行"))
    assert words(row(Mines(), type_name, told, where="第 3 行")).startswith("第 3 行 ")


def test_a_head_that_may_mean_either_end() -> None:
    said = words(row(Library(), "library.move", "馆藏点编号：A | 条码号：101"))
    assert "馆藏点编号：可能指调出、调入" in said


def test_loans_returns_and_renewals_from_sheets() -> None:
    desk = Library()
    loan = row(desk, "library.lend", f"馆藏点编号：A | 身份证号：{ZHANG} | 条码号：101 | 日期：2022-11-10").ready[0].entry
    assert row(desk, RENEW, f"借出编号：{loan.uid} | 日期：2022-11-12").ready[0].entry.data["due"] == "2022-12-08"
    assert "没有这一项" in words(row(desk, RENEW, f"借出编号：{loan.uid} | 读者：{LI}"))
    back = row(desk, "library.give_back", "图书条码：101 | 归还状况：完好 | 日期：2022-11-13").ready[0].entry
    assert (back.source, back.target) == (loan.target, loan.source)


def test_blank_cells_say_nothing() -> None:
    assert row(Mines(), "mines.survey", "矿山编号：DA-0017 | 排查面积： | 备注： | 日期： ").ready[0].entry.data == {}


def test_rows_of_json_keep_their_kinds() -> None:
    desk = Mines()
    told = {"from": "ZJ-1", "to": {"mine_code": "DA-0017"}, "quantity": 300, "day": desk.today, "place": 431122}
    judged = desk.judge(proposal_of(told, "mines.allot", desk.catalogue, actor="c"))[0]
    assert judged.ready[0].entry.quantity == 30_000
    assert judged.ready[0].entry.place == 431122
