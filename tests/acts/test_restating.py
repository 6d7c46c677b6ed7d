"""A correction names what was wrong; the rest stays as it stood."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post
from taizhang.core import Entry
from taizhang.ledger.rules import Proposal

from .office import event, move, resident, state

PERSON, OTHER = resident(1), resident(2)


@pytest.fixture
def supplied(desk: Desk) -> Desk:
    """A depot with 10 boxes of a batch, a village with its box of medicine, two people."""
    rows = [
        state(desk, "medicine.drug", 药品编码="D1", 药品名称="布洛芬片", 每盒片数=24),
        state(desk, "medicine.batch", 所属药品="D1", 批号="B1", 生产日期="2022-06-01", 有效期="2024-05-31", 每盒片数=24),
        state(desk, "medicine.supplier", 统一社会信用代码="91431023MA4L000001", 单位名称="示例公司"),
        state(desk, "medicine.depot", 药库编号="K1", 药库名称="储备库"),
        state(desk, "base.village", 村代码="431023101201", 村="甲村"),
        state(desk, "medicine.box", 药箱编号="X1", 所在村="431023101201"),
        *(state(desk, "medicine.at_risk", 身份证号=card, 姓名=f"示例{n}", 人群类别="65岁以上") for n, card in enumerate((PERSON, OTHER))),
    ]
    _all_well(post(desk, rows))
    bought = {"单价": "12.50", "文号": "永卫〔2022〕3号"}
    _all_well(post(desk, [move(desk, "medicine.purchase", "10盒", item="D1/B1", source="91431023MA4L000001", target="K1", values=bought)]))
    return desk


def test_a_transfer_keeps_quantity_item_ends_and_values(supplied: Desk) -> None:
    given = {"分配理由": "首批"}
    allotted = _one(supplied, move(supplied, "medicine.allot", "2盒", item="D1/B1", source="K1", target="X1", values=given))
    another = _corrected(supplied, allotted, {"分配理由": "第二批"})
    assert (another.quantity, another.data) == (48, {"reason": "第二批"})
    fewer = _corrected(supplied, another, {"数量": "1", "单位": "盒"})
    assert (fewer.quantity, fewer.data, fewer.item) == (24, {"reason": "第二批"}, allotted.item)


def test_money_stays_what_it_was(supplied: Desk) -> None:
    bought = {"单价": "12.50", "文号": "永卫〔2022〕3号"}
    purchase = _one(supplied, move(supplied, "medicine.purchase", "1盒", item="D1/B1", source="91431023MA4L000001", target="K1", values=bought))
    assert _corrected(supplied, purchase, {"文号": "永卫〔2022〕4号"}).data["price"] == 1250


def test_a_return_goes_back_to_its_own_loan_though_another_came_after(desk: Desk) -> None:
    rows = [
        state(desk, "library.book", 书目号="B1", 题名="示例"),
        state(desk, "library.copy", 条码号="C1", 所属书目="B1", 外借类型="外借"),
        state(desk, "library.shelf", 馆藏点编号="S1", 馆藏点="图书室"),
        *(state(desk, "library.reader", 身份证号=c, 姓名="示例", 借书证号=c[-4:], 读者类型="在职职工") for c in (PERSON, OTHER)),
        move(desk, "library.acquire", 1, day="2022-12-19", item="C1", target="S1", values={"来源": "采购"}),
        move(desk, "library.lend", 1, day="2022-12-20", item="C1", source="S1", target=PERSON),
    ]
    _all_well(post(desk, rows))
    back = _one(desk, move(desk, "library.give_back", None, day="2022-12-21", item="C1"))
    _all_well(post(desk, [move(desk, "library.lend", 1, day="2022-12-22", item="C1", source="S1", target=OTHER)]))
    right = _corrected(desk, back, {"归还状况": "破损"})
    assert (right.source, right.target, right.data) == (back.source, back.target, {"state": "破损"})


def test_a_state_keeps_its_record_and_its_other_values(supplied: Desk) -> None:
    batch = _one(supplied, state(supplied, "medicine.batch", 所属药品="D1", 批号="B2", 生产日期="2022-06-01", 有效期="2022-12-31", 每盒片数=12))
    right = _corrected(supplied, batch, {"有效期": "2024-12-31"})
    assert right.record == batch.record
    assert right.data == {**batch.data, "expiry": "2024-12-31"}


def test_an_empty_column_empties_its_field(supplied: Desk) -> None:
    drug = _one(supplied, state(supplied, "medicine.drug", 药品编码="D2", 药品名称="乙", 规格="0.5g", 每盒片数=12))
    assert "strength" not in _corrected(supplied, drug, {"规格": ""}).data


def test_personal_values_are_kept_unseen(supplied: Desk) -> None:
    visit = event(supplied, "medicine.visit", record=PERSON, 体温="38.5", 备注="发热三天")
    wrong = _one(supplied, visit)
    assert wrong.sealed
    right = _corrected(supplied, wrong, {"体温": "37.5"})
    assert supplied.book.inside().opened(right) == {"note": "发热三天"}


def test_a_unit_without_its_number_is_asked_about(supplied: Desk) -> None:
    given = {"分配理由": "首批"}
    allotted = _one(supplied, move(supplied, "medicine.allot", "2盒", item="D1/B1", source="K1", target="X1", values=given))
    line = supplied.reader.entry(allotted.uid)
    assert line is not None
    answer = strike(supplied, [Correction(line, {"单位": "片"})], "写错")
    assert [p.where for p in answer.problems] == ["数量"]


def _all_well(answers: list[Answer]) -> None:
    assert {a.what for a in answers} == {"ok"}, [p.line() for a in answers for p in a.problems]


def _one(desk: Desk, proposal: Proposal) -> Entry:
    answers = post(desk, [proposal])
    _all_well(answers)
    line = desk.reader.entry(answers[0].uid)
    assert line is not None
    return line.entry


def _corrected(desk: Desk, wrong: Entry, told: Mapping[str, object]) -> Entry:
    """What stands in its place."""
    line = desk.reader.entry(wrong.uid)
    assert line is not None
    answer = strike(desk, [Correction(line, told)], "写错")
    assert answer.what == "ok", [p.line() for p in answer.problems]
    return desk.reader.latest(limit=1)[0].entry
