"""Who must accept, and how long personal values are kept."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.ledger.rules import keep_until, level, level_of
from taizhang.ledger.rules.keeping import years_after

from .desk import Desk
from .worlds import OLD, Medicine


@pytest.mark.parametrize(
    ("type_name", "wanted"),
    [
        ("medicine.purchase", "county"),
        ("medicine.allot", "township"),
        ("medicine.visit", "village"),
        ("base.person", None),
        ("book.renew", None),
    ],
)
def test_levels(type_name: str, wanted: str | None) -> None:
    desk = Desk()
    assert level_of(type_name, desk.catalogue) == wanted
    if type_name in desk.catalogue.things:
        assert level(desk.catalogue.things[type_name], desk.catalogue) == wanted


def test_a_person_in_two_programmes_is_kept_as_long_as_either_asks() -> None:
    desk = Medicine()
    entry = desk.say("medicine.visit", {"体温": "36.5"}, record=OLD, day="2022-12-10").ready[0].entry
    assert keep_until(entry, desk.catalogue) == date(2025, 12, 10)
    person = desk.book.record(desk.old)
    assert person is not None
    assert keep_until(person, desk.catalogue) == date(2027, 12, 1)  # five years of the shared registers, three of this programme


@pytest.mark.parametrize(
    ("day", "years", "wanted"),
    [(date(2022, 1, 31), 3, date(2025, 1, 31)), (date(2024, 2, 29), 1, date(2025, 3, 1)), (date(9000, 1, 1), 2000, date(9999, 1, 1))],
)
def test_years(day: date, years: int, wanted: date) -> None:
    assert years_after(day, years) == wanted
