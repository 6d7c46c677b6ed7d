"""Ranges of exact numbers: what meets, what misses, and that arithmetic never loses a value."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import Range, exact, json_number, total

numbers = st.one_of(st.just(Fraction(0)), st.fractions(min_value=0, max_value=1000, max_denominator=50))


@st.composite
def ranges_with_a_value(draw):
    """A value and a range around it, with ends that are closed, open (where the value is another) or unbounded above."""
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    low_open = low < value and draw(st.booleans())
    high_open = value < high and draw(st.booleans())
    return Range(low, draw(st.sampled_from([high, high, None])), low_open, high_open), value


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        (Range(270, 300, high_open=True), Range.of(300), False),  # 近300 is below 300
        (Range(400000, 500000, high_open=True), Range.of(400000), True),  # 40多万 may be 40万
        (Range(3, None, low_open=True), Range.of(3), False),  # 超过3 is not 3
        (Range(3, None), Range.of(3), True),  # 突破3 may be 3
        (Range(None, 3), Range(3, 4), True),
        (Range(1, 2), Range(3, 4), False),
    ],
)
def test_whether_two_ranges_meet(a, b, meet):
    assert a.meets(b) is meet
    assert b.meets(a) is meet


def test_the_gap_between_ranges():
    assert Range(1, 2).gap(Range(5, 6)) == 3
    assert Range(5, 6).gap(Range(1, 2)) == 3
    assert Range(1, 5).gap(Range(2, 3)) == 0


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="not exact"):
        exact(0.1)


def test_negative_values_are_refused_where_products_would_be_wrong():
    with pytest.raises(ValueError, match="from 0 up"):
        Range(-1, 1) * Range(2, 3)


def test_dividing_by_what_may_be_zero_has_no_upper_end():
    assert (Range(1, 2) / Range(0, 4)).high is None


@pytest.mark.parametrize(
    ("a", "b", "product"),
    [
        (Range(0, 5), Range(3, 4, low_open=True), Range(0, 20)),  # 0 × 3.5 is 0
        (Range.of(0), Range(1, 5, high_open=True), Range.of(0)),
        (Range.of(0), Range(1, None), Range.of(0)),
        (Range(0, 5, low_open=True), Range(3, 4), Range(0, 20, low_open=True)),
        (Range(2, 5, low_open=True), Range(3, 4), Range(6, 20, low_open=True)),
        (Range(2, 5), Range(3, 4, high_open=True), Range(6, 20, high_open=True)),
    ],
)
def test_products_keep_their_ends(a, b, product):
    assert a * b == b * a == product


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        (Range(0, 6), Range(2, 3, high_open=True), Range(0, 3)),  # 0 / 2 is 0
        (Range.of(0), Range(2, 3, low_open=True), Range.of(0)),
        (Range(6, 6), Range(2, 3, high_open=True), Range(2, 3, low_open=True)),
        (Range(6, 6), Range(2, None), Range(0, 3, low_open=True)),
        (Range(6, 6), Range.of(0), Range(0, None)),
    ],
)
def test_quotients_keep_their_ends(a, b, quotient):
    assert a / b == quotient


def test_a_range_times_zero_is_zero():
    assert Range(1, 3, low_open=True).scaled(0) == Range(None, 3).scaled(0) == Range.of(0)


def test_numbers_go_to_json_as_they_are_printed():
    assert (json_number(None), json_number(Decimal("5.0")), json_number(Decimal("0.58"))) == (None, 5, 0.58)


@given(ranges_with_a_value(), ranges_with_a_value())
def test_arithmetic_keeps_every_value(one, other):
    (a, x), (b, y) = one, other
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    assert -x in -a
    assert x * y in a.scaled(y)
    assert x * 3 in a.scaled(3)
    assert x * -2 in a.scaled(-2)
    if y:
        assert x / y in a / b


@given(st.lists(ranges_with_a_value(), max_size=6))
def test_a_total_holds_the_sum_of_values(parts):
    assert sum((v for _, v in parts), Fraction(0)) in total([r for r, _ in parts])


@given(ranges_with_a_value(), ranges_with_a_value())
def test_ranges_that_share_a_value_meet(one, other):
    (a, x), (b, _) = one, other
    if x in b:
        assert a.meets(b)
        assert a.gap(b) == 0
