"""How numbers are said in a finding."""

from fractions import Fraction

import pytest

from taizhang.claims import findings
from taizhang.claims.saying import number


@pytest.mark.parametrize(
    ("x", "places", "said"),
    [
        (Fraction(571, 10), 1, "57.1"),
        (Fraction(5, 100), 1, "0.1"),
        (Fraction(-5, 100), 1, "-0.1"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(-1, 1000), 1, "0"),
        (Fraction(120), 2, "120"),
        (Fraction(10**40 + 1), 1, f"{10**40 + 1}"),
    ],
)
def test_a_number_is_rounded_and_has_no_trailing_zeros(x, places, said):
    assert number(x, places) == said


def test_numbers_of_any_length_are_said():
    findings("数亿元其中一亿亿亿亿一亿")
