"""红冲: withdrawn for a reason, and restated in the same act."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from taizhang.ledger.rules import RENEW, Judged, Proposal

from .desk import Desk, words
from .test_events import STOP, Traffic
from .worlds import LI, OLD, ZHANG, Library, Medicine, Mines


def strike(desk: Desk, struck: str, restate: Proposal | None = None, **given: Any) -> Judged:
    head: dict[str, Any] = {"day": desk.today, "place": desk.place, "why": "写错了", **given}
    judged = desk.judge(Proposal("strike", "", values={}, actor="clerk-1", strikes=struck, restate=restate, **head))[0]
    desk.book.post(judged.ready)
    return judged


def test_withdrawn_with_a_reason_that_is_sealed() -> None:
    desk = Mines()
    uid = desk.uid("mines.allot", source="ZJ-1", target="DA-0017", quantity="1万元")
    entry, restated = strike(desk, uid).ready[0], strike(desk, uid)
    assert (entry.entry.kind, entry.entry.type, entry.entry.strikes) == ("strike", "mines.allot", uid)
    assert entry.personal == {"why": "写错了"}
    assert entry.entry.record
    assert "已红冲过" in words(restated)


def test_what_cannot_be_struck() -> None:
    desk = Library()
    uid = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    assert "账本中没有这一条" in words(strike(desk, "0" * 32))
    assert "原因：没有填写" in words(strike(desk, uid, why=" "))
    done = strike(desk, uid).ready[0].entry.uid
    assert "红冲本身不能再红冲" in words(strike(desk, done))
    installed = replace(
        desk.book.posted[0], entry=replace(desk.book.posted[0].entry, uid="1" * 12 + "7" + "1" * 3 + "8" + "1" * 15, type="book.pack")
    )
    desk.book.post([installed])
    assert "账本自身的条目" in words(strike(desk, installed.entry.uid))


def test_a_renewal_can_be_struck() -> None:
    desk = Library()
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    renewal = desk.uid(RENEW, of=loan, day="2022-11-12")
    assert strike(desk, renewal).ready
    assert str(desk.book.loan(loan).due) == "2022-11-24"  # type: ignore[union-attr]


def test_the_same_strike_delivered_again() -> None:
    desk = Mines()
    uid = desk.uid("mines.allot", source="ZJ-1", target="DA-0017", quantity="1万元")
    done = strike(desk, uid).ready[0].entry.uid
    assert strike(desk, uid, uid=done).exists == done


def test_restated_in_the_book_as_it_is_without_the_mistake() -> None:
    """All the money was allotted wrongly; allotting it rightly needs the money back first."""
    desk = Mines()
    uid = desk.uid("mines.allot", source="ZJ-1", target="DA-0017", quantity="10万元")
    judged = strike(desk, uid, desk.proposal("mines.allot", source="ZJ-1", target="DA-0017", quantity="9万元"))
    assert [r.entry.kind for r in judged.ready] == ["strike", "transfer"]
    assert judged.ready[1].entry.quantity == 9_000_000
    too_much = strike(desk, judged.ready[1].entry.uid, desk.proposal("mines.allot", source="ZJ-1", target="DA-0017", quantity="11万元"))
    assert "结存 100000元，不够转出 110000元" in words(too_much)
    assert not too_much.ready


def test_a_restatement_need_not_repeat_type_day_ends_and_item() -> None:
    desk = Mines()
    uid = desk.uid("mines.allot", source="ZJ-1", target="DA-0017", quantity="10万元", day="2022-06-01")
    short = Proposal("transfer", "", None, None, {}, "clerk-1", quantity="9万元")
    again = strike(desk, uid, short).ready[1].entry
    assert (str(again.day), again.place, again.quantity) == ("2022-06-01", 431023, 9_000_000)
    struck = desk.book.entry(uid)
    assert struck is not None
    assert (again.source, again.target, again.type) == (struck.source, struck.target, struck.type)


def test_a_happening_with_a_key_of_its_own_is_restated() -> None:
    desk = Traffic()
    uid = desk.stop(罚款="500").ready[0].entry.uid  # type: ignore[attr-defined]
    again = strike(desk, uid, desk.proposal("traffic.violation", {**STOP, "罚款": "50"}, record="城区中队")).ready[1].entry
    assert again.uid != uid
    assert desk.say("traffic.violation", {**STOP, "罚款": "500"}, record="城区中队").exists == uid  # the old sheet, given in again
    assert desk.say("traffic.violation", {**STOP, "罚款": "50"}, record="城区中队").exists == again.uid
    assert "不一致：罚款" in words(desk.say("traffic.violation", {**STOP, "罚款": "5"}, record="城区中队"))


def test_a_happening_struck_by_mistake_is_stated_again() -> None:
    desk = Traffic()
    uid = desk.stop().ready[0].entry.uid  # type: ignore[attr-defined]
    strike(desk, uid)
    assert desk.stop().exists == uid  # type: ignore[attr-defined]
    assert desk.say("traffic.violation", STOP, record="城区中队", of=uid).ready
    strike(desk, desk.book.posted[-1].entry.uid)
    assert desk.say("traffic.violation", {**STOP, "罚款": "5"}, record="城区中队").ready  # told otherwise it is another account


def test_a_hold_that_a_wrong_loan_ended_is_there_for_the_right_one() -> None:
    desk = Library()
    desk.uid("library.hold", {"预约人": LI}, record="S-1", day="2022-11-05")
    uid = desk.lend(LI, "2022-11-10").ready[0].entry.uid
    other = strike(desk, uid, desk.proposal("library.lend", source="A", target=ZHANG, item="101", day="2022-11-10"))
    assert "预约" in words(other)
    copy = strike(desk, uid, desk.proposal("library.lend", source="A", target=LI, item="102", day="2022-11-10"))
    assert copy.ready


def test_a_limit_does_not_count_what_is_struck() -> None:
    desk = Medicine()
    issue = {"source": "X-001", "target": OLD, "item": "YP-001/B2211"}
    uid = desk.uid("medicine.issue", quantity="6片", **issue)
    assert strike(desk, uid, desk.proposal("medicine.issue", quantity="5片", **issue)).ready


def test_a_key_registered_wrongly_is_restated_for_the_same_record() -> None:
    desk = Desk()
    values = {"矿山编号": "DA-71", "矿山名称": "示例", "矿山类型": "砂石土矿"}
    judged = desk.say("mines.mine", values)
    entry = judged.ready[0].entry
    again = strike(desk, entry.uid, desk.proposal("mines.mine", {**values, "矿山编号": "DA-17"})).ready[1].entry
    assert again.record == entry.record
    assert desk.book.find("mines.mine", ("DA-17",), False) == entry.record
    assert desk.book.find("mines.mine", ("DA-71",), False) is None


def test_a_state_restated_must_be_whole_again() -> None:
    desk = Desk()
    uid = desk.uid("mines.mine", {"矿山编号": "DA-71", "矿山名称": "示例", "矿山类型": "砂石土矿"})
    assert "矿山名称：没有填写" in words(strike(desk, uid, desk.proposal("mines.mine", {"矿山编号": "DA-71", "矿山类型": "砂石土矿"})))


@pytest.mark.parametrize("kind", ["event", ""])
def test_a_restatement_may_be_of_another_type(kind: str) -> None:
    desk = Mines()
    uid = desk.uid("mines.tend", {"成活率": "90"}, record="DA-0017")
    told = desk.proposal("mines.survey" if kind else "", {"排查面积": "2"} if kind else {"成活率": "80"}, record="DA-0017")
    assert strike(desk, uid, told).ready[1].entry.type == ("mines.survey" if kind else "mines.tend")


def test_a_record_with_something_in_its_account_is_not_struck_away() -> None:
    desk = Library()
    card = next(ready.entry.uid for ready in desk.book.posted if ready.entry.record == desk.jia)
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    assert "读者就不在了，而它的账户还有 1册" in words(strike(desk, card))
    assert strike(desk, card, Proposal("state", "", None, None, {"身份证号": OLD, "姓名": "示例甲", "借书证号": "D1", "读者类型": "在职职工"}, "clerk-1")).ready
    strike(desk, loan)


def test_a_record_of_an_empty_account_may_be_struck_away() -> None:
    desk = Library()
    card = next(ready.entry.uid for ready in desk.book.posted if ready.entry.record == desk.jia)
    strike(desk, desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid)
    assert strike(desk, card).ready
