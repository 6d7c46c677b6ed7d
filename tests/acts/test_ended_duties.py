"""A desk that stays open: what a duty allowed is not allowed any more once the duty has ended."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.keeping import backup
from taizhang.acts.posting import post
from taizhang.acts.revealing import reveal_record
from taizhang.acts.reviewing import accept, waiting
from taizhang.core import InputError, Scope, civil_today
from taizhang.people import delegate, duties, end_delegation, end_duty, end_user, scope

from .office import PATHS, VILLAGE, user
from .villages import OTHER, at_risk, ok, said, talk, two_villages, words

HOUSE = Scope.of_the_house("a test", on=civil_today())
YESTERDAY = civil_today() - timedelta(1)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


def ended(who: Desk, *roles: str) -> None:
    """The duties of somebody end at once."""
    for duty in duties(HOUSE, who.scope.user, using=who.book.alias):
        if duty.role in roles:
            end_duty(HOUSE, duty.number, YESTERDAY, using=who.book.alias)


def test_nothing_more_is_posted(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"), ("review_county", PATHS[VILLAGE], "traffic"), ("enter", PATHS[VILLAGE], "mines"))
    ok(post(clerk, [talk(clerk, VILLAGE)]))
    ended(clerk, "enter")
    (answer,) = post(clerk, [talk(clerk, VILLAGE, "村口")])
    assert answer.what == "refused"
    assert "没有填报" in said([answer])


def test_nothing_more_is_reviewed(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    officer = user(desk, "officer", ("review_county", PATHS[VILLAGE], "traffic"))
    post(clerk, [talk(clerk, VILLAGE)])
    (one,) = waiting(officer)
    ended(officer, "review_county")
    assert words(accept(officer, [one.number])) == ["refused"]
    assert len(waiting(desk)) == 1


def test_nothing_more_is_revealed_erased_or_backed_up(desk: Desk, tmp_path: Path) -> None:
    record = at_risk(desk, VILLAGE)
    officer = user(desk, "officer", *((role, PATHS[VILLAGE][:15], "*") for role in ("reveal", "view", "manage", "audit")))  # type: ignore[misc]
    assert reveal_record(officer, record) is not None
    ended(officer, "reveal", "manage", "audit")
    with pytest.raises(InputError, match="personal values"):
        reveal_record(officer, record)
    assert erase(officer, [record])[0].what == "refused"
    with pytest.raises(InputError, match="whole book"):
        backup(officer, tmp_path / "b", tmp_path / "k")


def test_whoever_stood_in_does_no_more(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    other = user(desk, "other")
    told = {"from_user": clerk.scope.user, "to_user": other.scope.user, "since": civil_today(), "until": date(2030, 1, 1), "reason": "病假"}
    number = delegate(HOUSE, **told, using=desk.book.alias)  # type: ignore[arg-type]
    stands_in = Desk(desk.book, scope(other.scope.user, civil_today(), using=desk.book.alias), desk.today)
    assert words(post(stands_in, [talk(stands_in, VILLAGE)])) == ["waiting"]
    end_delegation(HOUSE, number, YESTERDAY, using=desk.book.alias)
    assert words(post(stands_in, [talk(stands_in, VILLAGE, "村口")])) == ["refused"]


def test_a_user_who_left_does_no_more(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    end_user(HOUSE, clerk.scope.user, YESTERDAY, using=desk.book.alias)
    assert words(post(clerk, [talk(clerk, VILLAGE)])) == ["refused"]


def test_what_was_narrowed_does_not_grow_again(desk: Desk) -> None:
    """A desk for one village of somebody who enters in two; one of his duties ends meanwhile."""
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE][:25], "traffic"), ("enter", PATHS[VILLAGE], "mines"))
    narrow = Desk(desk.book, clerk.scope.narrowed(place=PATHS[VILLAGE]), desk.today)
    for duty in duties(HOUSE, clerk.scope.user, using=desk.book.alias):
        if duty.programme == "mines":
            end_duty(HOUSE, duty.number, YESTERDAY, using=desk.book.alias)
    assert words(post(narrow, [talk(narrow, OTHER)])) == ["refused"]
    assert words(post(narrow, [talk(narrow, VILLAGE)])) == ["waiting"]
    assert narrow.scope.programmes("enter") == ("traffic",)
