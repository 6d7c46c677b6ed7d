"""What waits for a reviewer: the same once, another a conflict, decided once, judged as the book stands then."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from taizhang.acts import reviewing
from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.posting import Answer, post
from taizhang.acts.reviewing import accept, give_back, waiting

from .office import COUNTY, PATHS, VILLAGE, again, event, move, on, state, strike, user
from .villages import CARD, OTHER, THERE, at_risk, ok, said, talk, two_villages, words

LATER = date(2030, 1, 1)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


@pytest.fixture
def clerk(desk: Desk) -> Desk:
    return user(desk, "clerk", *(("enter", PATHS[COUNTY], programme) for programme in ("medicine", "traffic")))


def test_what_waits_and_says_something_else_is_a_conflict(desk: Desk, clerk: Desk) -> None:
    assert words(post(clerk, [talk(clerk, VILLAGE)])) == ["waiting"]
    assert words(post(clerk, [talk(clerk, VILLAGE)])) == ["waiting"]
    (answer,) = post(clerk, [talk(clerk, VILLAGE, reached=90)])
    assert answer.what == "conflict"
    assert "已报过（待审 1），内容不一致" in said([answer])
    (one,) = waiting(desk)
    assert one.entries[0].data["reached"] == 80
    ok([give_back(desk, one.number, "人数不对")])
    assert words(post(clerk, [talk(clerk, VILLAGE, reached=90)])) == ["waiting"]
    assert [one.entries[0].data["reached"] for one in waiting(desk)] == [90]


def test_sealed_values_that_wait_are_compared_too(desk: Desk, clerk: Desk) -> None:
    at_risk(desk, VILLAGE)

    def visit(note: str) -> Answer:
        return post(clerk, [event(clerk, "medicine.visit", record=CARD["身份证号"], 体温="36.5", 备注=note)])[0]

    assert [visit("家里没人").what, visit("家里没人").what, visit("住院").what] == ["waiting", "waiting", "conflict"]


def test_the_reason_of_a_return_is_sealed_and_goes_with_the_record(desk: Desk, clerk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    why = "示例甲的电话写错了"
    visits = [event(clerk, "medicine.visit", record=CARD["身份证号"], day=f"2022-12-2{n}", 体温="36.5", 备注="无") for n in (6, 7)]
    assert words(post(clerk, [talk(clerk, VILLAGE), *visits])) == ["waiting"] * 3
    first, second, third = waiting(desk)
    ok([give_back(desk, first.number, why), give_back(desk, second.number, why)])
    assert [one.why for one in waiting(clerk, state="returned", mine=True)] == [why, why]
    kept = str(desk.book.store.rows("SELECT * FROM submission")) + str(desk.book.store.rows("SELECT * FROM people_act"))
    assert why not in kept
    assert erase(on(desk, LATER), [record])[0].what == "erased"
    assert [one.why for one in waiting(clerk, state="returned", mine=True)] == [why, "（已抹除）"]
    ok([give_back(desk, third.number, why)])  # of an erased person no reason is kept
    assert [one.why for one in waiting(clerk, state="returned", mine=True)] == [why, "（已抹除）", None]


def test_nothing_is_accepted_for_somebody_who_was_erased_meanwhile(desk: Desk, clerk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    told = state(clerk, "medicine.at_risk", 人群类别="65岁以上", 包保医生="示例医生", **CARD)
    assert words(post(clerk, [told])) == ["waiting"]
    erase(on(desk, LATER), [record])
    size = desk.book.size
    (answer,) = accept(desk, [one.number for one in waiting(desk)])
    assert answer.what == "erased"
    assert "请退回" in said([answer])
    assert desk.book.size == size
    assert desk.book.store.rows("SELECT sealed FROM record WHERE record = ? AND sealed <> '{}'", [record]) == []


def test_what_was_said_of_an_erased_person_can_be_struck(desk: Desk, clerk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    visits = [event(desk, "medicine.visit", record=record, day=f"2022-12-2{n}", 体温="36.5", 备注="无") for n in (6, 7)]
    first, second = ok(post(desk, visits))
    assert words(post(clerk, [strike(clerk, second.uid)])) == ["waiting"]
    erase(on(desk, LATER), [record])
    ok(post(on(desk, LATER), [strike(desk, first.uid)]))
    ok(accept(desk, [one.number for one in waiting(desk)]))
    lines = desk.reader.entries([first.uid, second.uid])
    assert None not in [line.struck_by for line in lines]


def test_a_reviewer_sees_his_own_among_many(desk: Desk, clerk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    post(clerk, [talk(clerk, OTHER, f"乙村{n}组") for n in range(30)] + [talk(clerk, VILLAGE, f"甲村{n}组") for n in range(7)])
    officer = user(desk, "officer", ("review_county", PATHS[VILLAGE], "traffic"))
    read: list[bytes] = []
    decode = reviewing.decode
    monkeypatch.setattr(reviewing, "decode", lambda raw: read.append(raw) or decode(raw))
    assert [one.entries[0].data["spot"] for one in waiting(officer)] == [f"甲村{n}组" for n in range(7)]
    assert len(read) == 7  # those of others are not even read
    assert [one.entries[0].data["spot"] for one in waiting(officer, limit=3)] == [f"甲村{n}组" for n in range(3)]
    assert len(waiting(user(desk, "other", ("review_county", THERE, "traffic")))) == 30


def test_it_is_returned_or_accepted_and_never_both(desk: Desk, clerk: Desk) -> None:
    post(clerk, [talk(clerk, VILLAGE)])
    (one,) = waiting(desk)
    answers: list[Answer] = []

    def return_it() -> None:
        other = again(desk)
        try:
            answers.append(give_back(other, one.number, "重复"))
        finally:
            other.close()

    with desk.book.store.transaction():
        ok(accept(desk, [one.number]))
        thread = threading.Thread(target=return_it)
        thread.start()
        thread.join(1)  # it waits for the book
    thread.join()
    assert words(answers) == ["refused"]
    assert [state for (state,) in desk.book.store.rows("SELECT state FROM submission")] == ["accepted"]


def test_what_a_past_day_does_not_allow_is_refused_before_it_waits(desk: Desk) -> None:
    """A payment dated before the money came: no reviewer is asked for what the book would not take."""
    payer = user(desk, "payer", ("enter", PATHS[COUNTY], "mines"))
    fund = state(desk, "mines.fund", 资金编号="Z1", 资金渠道="财政资金")
    mine = state(desk, "mines.mine", 矿山编号="D1", 矿山名称="北岭", 矿山类型="砂石土矿")
    came = move(desk, "mines.receive", "100元", day="2022-12-20", target="Z1")
    ok(post(desk, [fund, mine, state(desk, "mines.site", 矿山编号="D1"), came]))
    early, later = (move(payer, "mines.allot", "90元", day=day, source="Z1", target="D1") for day in ("2022-12-10", "2022-12-21"))
    (answer,) = post(payer, [early])
    assert answer.what == "refused"
    assert "2022-12-10 的结存会成为 -90元" in said([answer])
    assert [one.what for one in post(payer, [later])] == ["waiting"]
    assert len(waiting(desk)) == 1
