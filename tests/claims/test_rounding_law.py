"""The law of the house: numbers rounded from true values never contradict each other, however they are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from .said import contradictions

COUNTS = st.integers(20, 90000)
LARGE = st.integers(20000, 900000000)
PLACES = st.integers(0, 2)


def rounded(x: Fraction, places: int) -> str:
    """A value as a writer rounds it."""
    return f"{(Decimal(x.numerator) / Decimal(x.denominator)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def in_wan(x: Fraction | int, places: int) -> str:
    return rounded(Fraction(x) / 10000, places) + "万"


@given(COUNTS, COUNTS, PLACES)
def test_growth_and_fall(a: int, b: int, places: int) -> None:
    verb, size = ("增加到", Fraction(b - a, a)) if b >= a else ("减少到", Fraction(a - b, a))
    change = "增长" if b >= a else "下降"
    assert contradictions(f"全县企业由{a}家{verb}{b}家，{change}{rounded(size * 100, places)}%。") == []


@given(LARGE, LARGE, PLACES, PLACES, PLACES)
def test_growth_between_rounded_ends(a: int, b: int, p: int, q: int, r: int) -> None:
    a, b = min(a, b), max(a, b)
    assert contradictions(f"产值由{in_wan(a, p)}元增加到{in_wan(b, q)}元，增长{rounded(Fraction(b - a, a) * 100, r)}%。") == []


@given(COUNTS, st.data(), PLACES)
def test_share_of_a_whole(whole: int, data: st.DataObject, places: int) -> None:
    piece = data.draw(st.integers(1, whole))
    assert contradictions(f"全局现有干部{whole}人，其中党员{piece}人，占{rounded(Fraction(piece, whole) * 100, places)}%。") == []


@given(st.lists(LARGE, min_size=3, max_size=3), PLACES, PLACES)
def test_total_of_rounded_parts(parts: list[int], p: int, q: int) -> None:
    one, two, three = (in_wan(x, p) for x in parts)
    total = in_wan(sum(parts), q)
    assert contradictions(f"共投入资金{total}元，包括省级资金{one}元、市级资金{two}元和县级资金{three}元。") == []


@given(LARGE, st.integers(2, 31), PLACES, PLACES)
def test_rate_times_time(each: int, days: int, p: int, q: int) -> None:
    assert contradictions(f"日均接待游客{in_wan(each, p)}人次，{days}天共接待{in_wan(each * days, q)}人次。") == []


@given(st.integers(100, 900000), st.integers(2, 900))
def test_an_average_worked_out_from_its_sum(total: int, number: int) -> None:
    mean = rounded(Fraction(total, number), 0)
    assert contradictions(f"{number}户村民共分红{total}元，户均分红{mean}元。") == []


@given(st.integers(1, 900000), PLACES)
def test_one_area_in_two_units(mu: int, places: int) -> None:
    assert contradictions(f"流转土地{mu}亩（合{rounded(Fraction(mu, 15), places)}公顷）。") == []


@given(st.integers(100, 9000), st.integers(1, 90), st.integers(2, 6), PLACES)
def test_growth_year_by_year(a: int, percent: int, years: int, places: int) -> None:
    b = a * (1 + Fraction(percent, 100)) ** years
    text = f"产量由2015年的{a}吨增加到{2015 + years}年的{rounded(b, 1)}吨，年均增长{rounded(Fraction(percent), places)}%。"
    assert contradictions(text) == []
