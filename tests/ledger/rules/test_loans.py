"""借、还、续借、预约、逾期。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taizhang.ledger.rules import RENEW, overdue

from .desk import Desk, words
from .packs import shop
from .worlds import LI, ZHANG, Library


def test_due_by_the_kinds_of_reader_and_copy() -> None:
    desk = Library()
    assert desk.lend(ZHANG, "2022-11-10").ready[0].entry.due == date(2022, 11, 24)
    assert desk.lend(LI, "2022-11-10", item="102").ready[0].entry.due == date(2022, 11, 17)


@pytest.mark.parametrize(
    ("due", "said"), [("2022-11-20", None), ("2022-11-25", "2022-11-10 至 2022-11-24"), ("2022-11-09", "至"), ("随便", "真实的日期")]
)
def test_a_day_agreed_lies_within_the_rule(due: str, said: str | None) -> None:
    judged = Library().lend(ZHANG, "2022-11-10", due=due)
    assert said in words(judged) if said else judged.ready[0].entry.due == date.fromisoformat(due)


def test_a_rule_of_no_known_length() -> None:
    assert "借期不明" in words(Library(today=date(2022, 12, 31)).lend(ZHANG, "2021-05-31"))


def test_a_book_already_lent_says_when_it_is_free() -> None:
    desk = Library()
    desk.lend(ZHANG, "2022-11-10")
    said = words(desk.lend(LI, "2022-11-11"))
    assert "结存 0：已借出，应于 2022-11-24 归还" in said
    assert ZHANG not in said


def test_a_single_thing_moves_one_by_one() -> None:
    assert "每件只有一个" in words(Library().lend(ZHANG, "2022-11-10", quantity="2册"))


def test_returned_by_scanning_the_book() -> None:
    desk = Library()
    lent = desk.lend(ZHANG, "2022-11-10").ready[0].entry
    back = desk.say("library.give_back", {"归还状况": "完好"}, item="101", day="2022-11-12").ready[0].entry
    assert (back.source, back.target, back.item, back.quantity) == (lent.target, lent.source, lent.item, 1)
    assert back.due is None
    assert desk.book.lent(lent.item or "") == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"item": "102"}, "没有未还的借出"),
        ({"item": None}, "物项（图书复本）：没有填写"),
        ({"item": "101", "day": "2022-11-09"}, "早于借出的日期"),
        ({"item": "101", "source": LI}, "没有未还的借出"),
        ({"item": "101", "target": "B"}, "与这种划转不符"),
        ({"item": "101", "quantity": "2册"}, "每件只有一个"),
    ],
)
def test_wrong_returns(head: dict[str, object], said: str) -> None:
    desk = Library()
    desk.lend(ZHANG, "2022-11-10")
    assert said in words(desk.say("library.give_back", **{"day": "2022-11-12", **head}))


def test_given_back_twice() -> None:
    desk = Library()
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    back = desk.uid("library.give_back", of=loan, day="2022-11-12")
    assert "没有未还的借出" in words(desk.say("library.give_back", of=loan, day="2022-11-13"))
    assert desk.say("library.give_back", of=loan, day="2022-11-12", uid=back).exists == back


def test_grain_is_given_back_in_parts(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    desk.record("shop.stall", {"摊位编号": "1"})
    guest = {"身份证号": LI, "姓名": "示例乙", "桌号": "3"}
    desk.record("shop.guest", guest)
    desk.uid("shop.supply", target="1", quantity="2袋")
    loan = desk.uid("shop.lend", source="1", target=LI, quantity="10斤", day="2022-12-01")
    desk.uid("shop.give_back", of=loan, quantity="4斤", day="2022-12-05")
    assert "不超过 3000克" in words(desk.say("shop.give_back", of=loan, quantity="7斤", day="2022-12-06"))
    assert desk.say("shop.give_back", of=loan, day="2022-12-06").ready[0].entry.quantity == 3000
    assert "没有未还的借出" in words(desk.say("shop.give_back", of=loan, quantity="1斤", day="2022-12-06"))


def test_renewals_until_there_are_no_more() -> None:
    desk = Library()
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    first = desk.say(RENEW, of=loan, day="2022-11-20").ready[0].entry
    assert first.data == {"loan": loan, "due": "2022-12-08"}
    assert desk.say(RENEW, of=loan, day="2022-12-01", uid=None).ready[0].entry.data["due"] == "2022-12-22"
    assert "已续借 2 次；应为续借不超过 2 次" in words(desk.say(RENEW, of=loan, day="2022-12-10"))
    assert desk.say(RENEW, of=loan, day="2022-11-20", uid=first.uid).exists == first.uid


def test_a_loan_so_late_that_it_would_still_be_late_is_not_renewed() -> None:
    desk = Library()
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid  # due on the 24th, by 14 days
    assert "续借后应还 2022-12-08；应为不早于 2022-12-09" in words(desk.say(RENEW, of=loan, day="2022-12-09"))
    assert desk.say(RENEW, of=loan, day="2022-12-08").ready[0].entry.data["due"] == "2022-12-08"


def test_who_waits_is_served_first() -> None:
    desk = Library()
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    desk.uid("library.hold", {"预约人": LI}, record="S-1", day="2022-11-11")
    assert "有人预约，不能续借" in words(desk.say(RENEW, of=loan, day="2022-11-12"))
    desk.uid("library.give_back", of=loan, day="2022-11-13")
    assert "应先借给最先预约的人" in words(desk.lend(ZHANG, "2022-11-13"))
    assert desk.lend(LI, "2022-11-13").ready
    assert desk.lend(ZHANG, "2022-11-13", item="102").ready  # the hold is over


def test_one_s_own_hold_does_not_stand_in_the_way_of_a_renewal() -> None:
    desk = Library()
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    desk.uid("library.hold", {"预约人": ZHANG}, record="S-1", day="2022-11-11")
    assert desk.say(RENEW, of=loan, day="2022-11-12").ready


def test_a_cancelled_hold_keeps_nothing() -> None:
    desk = Library()
    desk.uid("library.hold", {"预约人": LI}, record="S-1", day="2022-11-11")
    desk.uid("library.cancel_hold", {"预约人": LI}, record="S-1", day="2022-11-12")
    assert desk.lend(ZHANG, "2022-11-13").ready


def test_a_renewal_of_nothing() -> None:
    desk = Library()
    assert "没有未还的借出" in words(desk.say(RENEW, of=None, day="2022-11-12"))
    loan = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    assert "早于借出的日期" in words(desk.say(RENEW, of=loan, day="2022-11-09"))


def test_overdue_from_the_day_after_until_it_is_back() -> None:
    desk = Library()
    uid = desk.lend(ZHANG, "2022-11-10").ready[0].entry.uid
    late = [day for day in range(20, 31) if overdue(desk.book.loan(uid), date(2022, 11, day))]  # type: ignore[arg-type]
    assert late == [25, 26, 27, 28, 29, 30]
    desk.uid("library.give_back", of=uid, day="2022-11-28")
    late = [day for day in range(20, 31) if overdue(desk.book.loan(uid), date(2022, 11, day))]  # type: ignore[arg-type]
    assert late == [25, 26, 27]
