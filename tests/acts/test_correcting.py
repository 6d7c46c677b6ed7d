"""Correcting what later entries rest on: all of them in one act, judged net."""

from __future__ import annotations

from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post
from taizhang.acts.reviewing import accept, waiting
from taizhang.ledger.verify import verify

from .office import PATHS, VILLAGE, move, state, user

FUND, MINE = {"资金编号": "Z1", "资金渠道": "财政资金"}, {"矿山编号": "D1", "矿山类型": "砂石土矿", "矿山名称": "示例", "损毁面积": "2.8"}


def money(desk: Desk, place: int = 431023) -> tuple[Answer, Answer]:
    """100 元 came in, 90 were allotted."""
    rows = [state(desk, "mines.fund", place=place, **FUND), state(desk, "mines.mine", place=place, **MINE), state(desk, "mines.site", place=place, 矿山编号="D1")]
    assert {a.what for a in post(desk, rows)} == {"ok"}
    answers = post(desk, [move(desk, "mines.receive", "100元", target="Z1", place=place), move(desk, "mines.allot", "90元", source="Z1", target="D1", place=place)])
    assert {a.what for a in answers} == {"ok"}, [p.line() for a in answers for p in a.problems]
    return answers[0], answers[1]


def held(desk: Desk) -> list[int]:
    fund = desk.reader.find("mines.fund", ["Z1"])
    return list((desk.reader.held(f"mines.fund/{fund}") or {}).values())


def correction(desk: Desk, one: Answer, amount: str | None = None) -> Correction:
    line = desk.reader.entry(one.uid)
    assert line is not None
    return Correction(line, {"数量": amount} if amount else None)


def test_what_rests_on_it_is_told_and_corrected_with_it(desk: Desk) -> None:
    came, went = money(desk)
    alone = strike(desk, [correction(desk, came, "80元")], "写错")
    assert alone.what == "refused"
    assert f"第{went.seq}条" in alone.problems[0].do
    assert f"entry {went.seq} of" in alone.problems[0].do_en
    together = strike(desk, [correction(desk, came, "80元"), correction(desk, went, "70元")], "写错")
    assert together.what == "ok", [p.line() for p in together.problems]
    assert held(desk) == [1000]
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue).problems


def test_the_order_of_the_corrections_does_not_matter(desk: Desk) -> None:
    came, went = money(desk)
    assert strike(desk, [correction(desk, went, "70元"), correction(desk, came, "80元")], "写错").what == "ok"
    assert held(desk) == [1000]


def test_one_that_cannot_be_keeps_all_out(desk: Desk) -> None:
    came, went = money(desk)
    size = desk.book.size
    assert strike(desk, [correction(desk, came, "60元"), correction(desk, went, "70元")], "写错").what == "refused"
    assert strike(desk, [correction(desk, came, "80元"), correction(desk, went, "负七十元")], "写错").what == "refused"
    assert strike(desk, [correction(desk, came), correction(desk, came)], "写错").what == "refused"
    assert desk.book.size == size
    assert held(desk) == [1000]
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue).problems


def test_several_corrections_wait_for_a_reviewer_as_one(desk: Desk) -> None:
    came, went = money(desk, VILLAGE)
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "mines"))
    assert strike(clerk, [correction(desk, came, "80元"), correction(desk, went, "70元")], "写错").what == "waiting"
    (one,) = waiting(desk)
    assert len(one.entries) == 4
    assert accept(desk, [one.number])[0].what == "ok"
    assert held(desk) == [1000]
