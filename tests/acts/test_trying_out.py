"""Refusals tell nothing of what lies outside the scope: what could be tried out is answered alike, be it there or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post
from taizhang.acts.reviewing import accept, waiting
from taizhang.ledger.rules import Proposal

from .office import PATHS, VILLAGE, event, move, resident, state, strike, user
from .test_posting import stocked
from .villages import CARD, OTHER, THERE, accident, at_risk, ok, said, talk, two_villages, words

NOBODY = resident(77)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


@pytest.fixture
def nurse(desk: Desk) -> Desk:
    """She enters in the other village, and sees no personal values."""
    return user(desk, "nurse", ("enter", THERE, "medicine"), ("review_county", THERE, "medicine"))


def alike(answers: list[Answer], cards: tuple[str, ...] = (CARD["身份证号"], NOBODY)) -> str:
    """What was answered, each time the same; the number that was typed does not count."""
    told = set()
    for answer in answers:
        text = f"{answer.what} {bool(answer.uid)} {said([answer])}"
        for card in cards:
            text = text.replace(card, "…")
        told.add(text)
    assert len(told) == 1, told
    return told.pop()


NAMING: list[Callable[[Desk, str], Proposal]] = [
    lambda who, card: event(who, "medicine.visit", place=OTHER, record=card, 体温="36.5"),
    lambda who, card: event(who, "medicine.visit", place=OTHER, record=card, 体温="不知道"),
    lambda who, card: state(who, "medicine.at_risk", place=OTHER, 身份证号=card),
    lambda who, card: state(who, "medicine.buyer", place=OTHER, 身份证号=card),
    lambda who, card: state(who, "medicine.box", place=OTHER, 药箱编号="X9", 所在村=str(OTHER), 管理员=card),
    lambda who, card: event(who, "medicine.offer", place=OTHER, 提供人=card, 药品名称="布洛芬片", 数量="2片"),
]


@pytest.mark.parametrize("number", range(len(NAMING)))
def test_whether_a_person_is_registered_elsewhere_is_not_told(desk: Desk, nurse: Desk, number: int) -> None:
    """Who has a list of ID numbers would learn which of them are at risk."""
    at_risk(desk, VILLAGE)
    answers = [post(nurse, [NAMING[number](nurse, card)])[0] for card in (CARD["身份证号"], NOBODY)]
    told = alike(answers)
    assert told.split()[0] in ("held", "refused")


def test_nor_in_a_batch_of_many(desk: Desk, nurse: Desk) -> None:
    at_risk(desk, VILLAGE)
    rows = [event(nurse, "medicine.visit", place=OTHER, record=CARD["身份证号"] if n == 7 else resident(100 + n), 体温="36.5") for n in range(150)]
    answers = post(nurse, rows, partly=True)
    assert {answer.what for answer in answers} == {"held"}
    assert len({said([answer]) for answer in answers}) == 1


def test_a_person_who_moved_is_registered_and_then_there(desk: Desk, nurse: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    visit = event(nurse, "medicine.visit", place=OTHER, record=CARD["身份证号"], 体温="36.5")
    assert words(post(nurse, [visit])) == ["held"]
    here = state(nurse, "medicine.at_risk", place=OTHER, 人群类别="65岁以上", **CARD)
    answers = ok(post(nurse, [visit, here]))
    assert desk.reader.entry(answers[0].uid).entry.record == record  # type: ignore[union-attr]


def test_the_key_of_a_person_elsewhere_tells_nothing(desk: Desk, nurse: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    told = []
    for key in (record, "a" * 16):
        statement = state(nurse, "medicine.at_risk", place=OTHER, 人群类别="65岁以上")
        told.append(post(nurse, [Proposal(**{**_parts(statement), "record": key})])[0])
    assert "refused" in alike(told) or "held" in alike(told)


@pytest.mark.parametrize("card", [CARD["身份证号"], NOBODY])
def test_an_id_number_is_not_tried_on_a_record(desk: Desk, card: str) -> None:
    """A clerk of the same village sees the record and not its number; right or wrong, it is not compared."""
    record = at_risk(desk, VILLAGE)
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "medicine"))
    statement = state(clerk, "medicine.at_risk", place=VILLAGE, 身份证号=card, 人群类别="65岁以上")
    (answer,) = post(clerk, [Proposal(**{**_parts(statement), "record": record})])
    assert answer.what == "refused"
    assert "不再核对" in said([answer])


def test_what_a_happening_elsewhere_was_is_not_tried_out(desk: Desk) -> None:
    ok(post(desk, [accident(desk, VILLAGE, 3)]))
    clerk = user(desk, "clerk", ("enter", THERE, "traffic"))
    answers = [post(clerk, [accident(clerk, OTHER, hurt)])[0] for hurt in (3, 4)]
    assert "outside of your duties" in alike(answers)
    assert "3" not in said(answers)
    own = user(desk, "own", ("enter", PATHS[VILLAGE], "traffic"))
    assert words(post(own, [accident(own, VILLAGE, 3)])) == ["exists"]


def test_what_waits_elsewhere_is_not_tried_out(desk: Desk) -> None:
    here, there = user(desk, "here", ("enter", PATHS[VILLAGE], "traffic")), user(desk, "there", ("enter", THERE, "traffic"))
    assert words(post(here, [accident(here, VILLAGE, 3)])) == ["waiting"]
    answers = [post(there, [accident(there, OTHER, hurt)])[0] for hurt in (3, 4)]
    assert "outside of your duties" in alike(answers)
    assert words(post(here, [accident(here, VILLAGE, 3)])) == ["waiting"]


def test_what_somebody_was_given_elsewhere_is_not_told_with_a_limit(desk: Desk) -> None:
    """That it is too much must be told; how much it was before, only to who may see the sale."""
    supplied(desk)
    ok(post(desk, [sale(desk, "20片", VILLAGE, PHARMACIES[VILLAGE])]))
    seller = user(desk, "seller", ("enter", THERE, "medicine"), ("review_county", THERE, "medicine"))
    (told,) = post(seller, [sale(seller, "6片", OTHER, PHARMACIES[OTHER])])
    assert told.what == "refused"
    assert "超过每人限购数量" in said([told])
    assert "20" not in said([told]).replace("2022", "")
    (plainly,) = post(desk, [sale(desk, "6片", OTHER, PHARMACIES[OTHER])])
    assert "此前已有 20片" in said([plainly])


def test_an_account_elsewhere_does_not_tell_whether_it_holds_enough(desk: Desk, nurse: Desk) -> None:
    stocked(desk, "10盒")
    out = [move(nurse, "medicine.discard", f"{n}盒", place=OTHER, item="YP-1/B1", source="K01", values={"报损原因": "破损"}) for n in (1, 10, 11, 25)]
    assert "outside of your duties" in alike(post(nurse, out, partly=True))


def test_what_waits_elsewhere_is_not_reviewed_here(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    assert words(post(clerk, [talk(clerk, VILLAGE)])) == ["waiting"]
    (one,) = waiting(desk)
    officer = user(desk, "officer", ("review_county", THERE, "traffic"))
    there, nowhere = accept(officer, [one.number]), accept(officer, [one.number + 1])
    assert said(there).replace(str(one.number), "…") == said(nowhere).replace(str(one.number + 1), "…")


def test_a_strike_elsewhere_is_no_such_entry(desk: Desk) -> None:
    (told,) = ok(post(desk, [talk(desk, VILLAGE)]))
    clerk = user(desk, "clerk", ("enter", THERE, "traffic"))
    answers = [post(clerk, [strike(clerk, uid)])[0] for uid in (told.uid, told.uid[:-1] + ("0" if told.uid[-1] != "0" else "1"))]
    assert len({said([answer]).replace(told.uid[:-1], "") [:9] for answer in answers}) == 1


PHARMACIES = {VILLAGE: "91999999MA0000B19Y", OTHER: "91999999MA0000C19L"}


def sale(desk: Desk, amount: str, place: int, pharmacy: str) -> Proposal:
    return move(desk, "medicine.sale", amount, place=place, item="YP-1/B1", source=pharmacy, target=CARD["身份证号"])


def supplied(desk: Desk) -> None:
    """A pharmacy in each village, and a buyer who was registered in the second one last."""
    stocked(desk, "20盒")
    rows = [state(desk, "medicine.pharmacy", place=at, 统一社会信用代码=code, 单位名称="示例药店") for at, code in PHARMACIES.items()]
    rows += [move(desk, "medicine.supply", "5盒", item="YP-1/B1", source="K01", target=code) for code in PHARMACIES.values()]
    ok(post(desk, [*rows, *(state(desk, "medicine.buyer", place=at, **CARD) for at in (VILLAGE, OTHER))]))


def _parts(proposal: Proposal) -> dict[str, object]:
    return {name: getattr(proposal, name) for name in proposal.__slots__}
