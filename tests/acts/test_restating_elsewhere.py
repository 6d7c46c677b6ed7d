"""A correction takes personal values over unseen, and not to where who corrects would see them."""

from __future__ import annotations

import pytest

from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.posting import post
from taizhang.acts.revealing import reveal_entry
from taizhang.core import DutyRole, InputError
from taizhang.ledger.reading import SEALED

from .office import PATHS, VILLAGE, event, resident, user
from .villages import CARD, OTHER, THERE, at_risk, ok, two_villages

ENTERS: tuple[DutyRole, ...] = ("enter", "review_township")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


def corrected(desk: Desk, clerk: Desk, told: dict[str, object], day: str = "2022-12-28") -> dict[str, object]:
    """What the clerk sees of a visit he corrects, opened as far as he may; what is not there was not taken over."""
    at_risk(desk, VILLAGE)
    seen = event(desk, "medicine.visit", day, place=VILLAGE, record=CARD["身份证号"], 体温="36.5", 备注="家里没人")
    (visit,) = ok(post(desk, [seen]))
    line = clerk.reader.entry(visit.uid)
    assert line is not None
    (answer,) = ok([strike(clerk, [Correction(line, told)], "写错")])
    again = desk.book.store.rows("SELECT uid FROM entry WHERE seq = ?", [(answer.seq or 0) + 1])[0][0]
    try:
        opened = reveal_entry(clerk, again)
    except InputError:
        opened = clerk.reader.entry(again)
    assert opened is not None
    return dict(opened.opened)


def test_values_are_not_taken_to_where_they_would_be_seen(desk: Desk) -> None:
    duties = [(role, path, "medicine") for role in ENTERS for path in (PATHS[VILLAGE], THERE)]
    clerk = user(desk, "clerk", *duties, ("reveal", THERE, "medicine"))
    assert corrected(desk, clerk, {"地点": str(OTHER)}) == {}


def test_nothing_leaves_a_restricted_record(desk: Desk) -> None:
    at_risk(desk, VILLAGE, resident(2), "示例乙")
    assert erase(desk, [at_risk(desk, VILLAGE)])[0].what == "restricted"
    assert corrected(desk, desk, {"体温": "37"}) == {"note": SEALED}
    assert corrected(desk, desk, {"对象": resident(2)}, "2022-12-27") == {}


def test_they_stay_where_the_place_does(desk: Desk) -> None:
    clerk = user(desk, "clerk", *((role, PATHS[VILLAGE], "medicine") for role in ENTERS))
    assert corrected(desk, clerk, {"体温": "37"}) == {"note": SEALED}


def test_who_sees_them_takes_them_along(desk: Desk) -> None:
    duties = [(role, path, "medicine") for role in (*ENTERS, "reveal") for path in (PATHS[VILLAGE], THERE)]
    clerk = user(desk, "clerk", *duties)  # type: ignore[arg-type]
    assert corrected(desk, clerk, {"地点": str(OTHER)}) == {"note": "家里没人"}
