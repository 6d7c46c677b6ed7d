"""Arithmetic of ranges: every result a true value can have lies in the range worked out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from taizhang.claims.values import factor, fall, floor_at_zero, growth, holds_whole, percent, power, rounded
from taizhang.core import Range

POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=1000)


def around(x: Fraction, below: Fraction, above: Fraction) -> Range:
    return Range(x - min(below, x / 2), x + above)


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_growth_holds_every_growth_of_values_inside(a: Fraction, b: Fraction, below: Fraction, above: Fraction) -> None:
    before, after = around(a, below, above), around(b, above, below)
    assert (b / a - 1) * 100 in growth(before, after)
    assert (1 - b / a) * 100 in fall(before, after)
    assert b / a * 100 in percent(after, before)


@given(POSITIVE, st.integers(0, 6))
def test_power_and_factor_of_a_point_are_exact(x: Fraction, n: int) -> None:
    assert power(Range.of(x), n) == Range(x**n, x**n)
    assert factor(Range.of(x)) == Range.of(1 + x / 100)


def test_a_computed_whole_number_stands_for_half_a_unit_around_it() -> None:
    assert rounded(Range.of(159)) == Range(Fraction(317, 2), Fraction(319, 2))
    assert rounded(Range(1, 2)) == Range(1, 2)


def test_whole_numbers_in_a_range() -> None:
    assert holds_whole(Range(Fraction(5, 2), 3))
    assert not holds_whole(Range(Fraction(5, 2), 3, high_open=True))
    assert not holds_whole(Range(2, 3, low_open=True, high_open=True))
    assert holds_whole(Range(2, None))


def test_what_cannot_be_negative_starts_at_zero() -> None:
    assert floor_at_zero(Range(None, 5, high_open=True)) == Range(0, 5, high_open=True)
