"""A person registered under somebody else's ID number: once that is struck, the number is free again."""

from __future__ import annotations

from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.ledger.rules import Proposal

from .office import resident, state, strike

WRONG, RIGHT = resident(1), resident(2)


def at_risk(desk: Desk, card: str, name: str) -> Proposal:
    return state(desk, "medicine.at_risk", 身份证号=card, 姓名=name, 人群类别="65岁以上")


def test_a_number_that_was_struck_leads_to_nobody(desk: Desk) -> None:
    (first,) = post(desk, [at_risk(desk, WRONG, "示例甲")])
    again = state(desk, "", 身份证号=RIGHT, 姓名="示例甲", 人群类别="65岁以上")
    assert post(desk, [strike(desk, first.uid, "号码写错", again)])[0].what == "ok"
    assert desk.reader.find("base.person", [WRONG]) is None
    assert desk.reader.find("base.person", [RIGHT]) is not None


def test_the_person_whose_number_it_is_is_no_part_of_the_other(desk: Desk) -> None:
    (first,) = post(desk, [at_risk(desk, WRONG, "示例甲")])
    again = state(desk, "", 身份证号=RIGHT, 姓名="示例甲", 人群类别="65岁以上")
    post(desk, [strike(desk, first.uid, "号码写错", again)])
    assert post(desk, [at_risk(desk, WRONG, "示例乙")])[0].what == "ok"
    one, other = (desk.reader.find("base.person", [card]) for card in (RIGHT, WRONG))
    assert None not in (one, other)
    assert one != other
    seen = desk.reader.record(one or "", reveal=True)
    assert seen is not None
    assert seen.values["base.person"]["name"] == "示例甲"
