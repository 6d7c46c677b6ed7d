"""Periods: how they are written, and how they are cut."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import STEPS, Period, Step

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda pair: Period(min(pair), max(pair)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12-28", "2022-12-28", "2022-12-28"),
        ("2022-11..2023-01-07", "2022-11-01", "2023-01-07"),
    ],
)
def test_written(text: str, first: str, last: str) -> None:
    assert Period.read(text) == Period(date.fromisoformat(first), date.fromisoformat(last))
    assert str(Period.read(text)) in (text, f"{first}..{last}")


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2022-Q5", "2022-02-30", "2022-12..2022-01", "2022..", "去年"])
def test_not_written(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Period.read(text)


@given(PERIODS)
def test_read_as_it_is_written(period: Period) -> None:
    assert Period.read(str(period)) == period


@given(PERIODS.filter(lambda p: (p.last - p.first).days < 4000), st.sampled_from(STEPS))
def test_parts_are_the_whole_and_nothing_twice(period: Period, step: Step) -> None:
    parts = list(period.parts(step))
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    assert all(a.last.toordinal() + 1 == b.first.toordinal() for a, b in itertools.pairwise(parts))
    assert all(Period.around(part.first, step) == Period.around(part.last, step) for part in parts)
