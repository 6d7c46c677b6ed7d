"""Arithmetic of what numbers can mean: growth, shares and powers of ranges.

Every function takes ranges and gives the range of all results; nothing is rounded. Growth is in
percent of the value before.
"""

from __future__ import annotations

from fractions import Fraction

from taizhang.core import Number, Range, exact

HUNDRED = Fraction(100)
HALF = Fraction(1, 2)


def growth(before: Range, after: Range) -> Range:
    """By how many percent `after` is more than `before`; negative when it is less."""
    return shifted((floor_at_zero(after) / floor_at_zero(before)).scaled(HUNDRED), -HUNDRED)


def fall(before: Range, after: Range) -> Range:
    """By how many percent `after` is less than `before`."""
    return -growth(before, after)


def shifted(r: Range, by: Number) -> Range:
    """Every value plus `by`."""
    return r + Range.of(exact(by))


def percent(part: Range, whole: Range) -> Range:
    """What percentage of the whole the part is."""
    return (floor_at_zero(part) / floor_at_zero(whole)).scaled(HUNDRED)


def factor(rate: Range) -> Range:
    """The factor by which a growth of `rate` percent multiplies: 25 % is 5/4."""
    return shifted(rate.scaled(1 / HUNDRED), 1)


def power(r: Range, n: int) -> Range:
    """Every value to the n-th power; values from 0 up."""
    out = Range(Fraction(1), Fraction(1))
    for _ in range(n):
        out = out * r
    return out


def widened(r: Range, by: Number) -> Range:
    """The range with `by` more on both sides; unbounded ends stay unbounded."""
    low = None if r.low is None else exact(r.low) - exact(by)
    high = None if r.high is None else exact(r.high) + exact(by)
    return Range(low, high, r.low_open, r.high_open)


def rounded(r: Range) -> Range:
    """What a computed whole number can stand for: an average printed 12 was anything from 11.5 to 12.5."""
    if r.is_point and exact(r.low or 0).denominator == 1:
        return widened(r, HALF)
    return r


def holds_whole(r: Range) -> bool:
    """True when some whole number lies in the range."""
    if not r.is_bounded:
        return True
    above = -(-exact(r.low or 0) // 1)
    return above in r or (r.low_open and above + 1 in r)


def middle(r: Range) -> Fraction | None:
    """The middle of a bounded range; its only bound where one end is open to infinity."""
    if r.low is not None and r.high is not None:
        return (exact(r.low) + exact(r.high)) / 2
    bound = r.low if r.low is not None else r.high
    return None if bound is None else exact(bound)


def is_positive(*ranges: Range) -> bool:
    """True when each range lies above 0, so that it may divide."""
    return all(r.low is not None and r.low > 0 for r in ranges)


def floor_at_zero(r: Range) -> Range:
    """The part of a range from 0 up, of something that cannot be negative: 不足5万元, 0.0万元."""
    return Range(Fraction(0), r.high, False, r.high_open) if r.low is None or r.low < 0 else r
