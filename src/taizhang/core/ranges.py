"""Ranges of exact numbers, with open and closed ends, and their arithmetic.

A printed number rarely stands for one value. `Range` holds every value it may stand for, and its
arithmetic answers one question without rounding: can these numbers all be right?
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction


def exact(x: Number | str) -> Fraction:
    """The number as a fraction; a float is refused, since it has already lost its printed digits."""
    if isinstance(x, float):
        raise TypeError("a float is not exact; pass Decimal, Fraction, int or the printed digits")
    return Fraction(x)


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`; None is unbounded, an open end is left out."""

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def of(cls, x: Number) -> Range:
        """The range that holds one value."""
        return cls(x, x)

    @property
    def is_point(self) -> bool:
        """True when exactly one value is left."""
        return self.low is not None and self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """True when both ends are known."""
        return self.low is not None and self.high is not None

    def __contains__(self, x: Number) -> bool:
        v = exact(x)
        if self.low is not None and (v < self.low or (self.low_open and v == self.low)):
            return False
        return not (self.high is not None and (v > self.high or (self.high_open and v == self.high)))

    def meets(self, other: Range) -> bool:
        """True when some value lies in both ranges."""
        return not (self.below(other) or other.below(self))

    def below(self, other: Range) -> bool:
        """True when every value here is less than every value there."""
        if self.high is None or other.low is None:
            return False
        high, low = exact(self.high), exact(other.low)
        return high < low or (high == low and (self.high_open or other.low_open))

    def gap(self, other: Range) -> Fraction:
        """The distance between two ranges; 0 when they meet or touch."""
        if self.below(other):
            return exact(other.low or 0) - exact(self.high or 0)
        if other.below(self):
            return exact(self.low or 0) - exact(other.high or 0)
        return Fraction(0)

    def __neg__(self) -> Range:
        return Range(
            None if self.high is None else -exact(self.high),
            None if self.low is None else -exact(self.low),
            self.high_open,
            self.low_open,
        )

    def __add__(self, other: Range) -> Range:
        return Range(
            _sum(self.low, other.low),
            _sum(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Range) -> Range:
        return self + -other

    def scaled(self, factor: Number) -> Range:
        """Every value times `factor`; a negative factor swaps the ends, 0 leaves 0 alone."""
        f = exact(factor)
        if f == 0:
            return Range(f, f)
        low = None if self.low is None else exact(self.low) * f
        high = None if self.high is None else exact(self.high) * f
        if f < 0:
            return Range(high, low, self.high_open, self.low_open)
        return Range(low, high, self.low_open, self.high_open)

    def __mul__(self, other: Range) -> Range:
        """Products of two ranges that hold no negative value."""
        _require_positive(self, other)
        low, low_open = _least(self, other)
        high, high_open = _greatest(self, other)
        return Range(low, high, low_open, high_open)

    def __truediv__(self, other: Range) -> Range:
        """Quotients of two ranges that hold no negative value; the divisor is never 0, and where it may come near 0 there is no upper end."""
        _require_positive(self, other)
        return self * other._inverse()

    def _inverse(self) -> Range:
        """One divided by every value here but 0; of 0 alone nothing is known, so any value from 0 up."""
        if self.high is None or self.high == 0:
            low, low_open = Fraction(0), self.high is None
        else:
            low, low_open = 1 / exact(self.high), self.high_open
        high = 1 / exact(self.low) if self.low else None
        return Range(low, high, low_open, high is not None and self.low_open)


def total(ranges: list[Range]) -> Range:
    """The range of the sum of one value from each range."""
    out = Range(Fraction(0), Fraction(0))
    for r in ranges:
        out = out + r
    return out


def _sum(a: Number | None, b: Number | None) -> Fraction | None:
    return None if a is None or b is None else exact(a) + exact(b)


def _least(a: Range, b: Range) -> tuple[Fraction, bool]:
    """The lower end of the products and whether it is left out; 0 is a product wherever one factor may be 0."""
    low = exact(a.low or 0) * exact(b.low or 0)
    return low, (a.low_open or b.low_open) if low else not (_holds_zero(a) or _holds_zero(b))


def _greatest(a: Range, b: Range) -> tuple[Fraction | None, bool]:
    """The upper end of the products and whether it is left out; 0 times anything is 0."""
    if _is_zero(a) or _is_zero(b):
        return Fraction(0), False
    if a.high is None or b.high is None:
        return None, False
    return exact(a.high) * exact(b.high), a.high_open or b.high_open


def _holds_zero(r: Range) -> bool:
    return not r.low and not (r.low is not None and r.low_open)


def _is_zero(r: Range) -> bool:
    return r.high is not None and r.high == 0


def _require_positive(*ranges: Range) -> None:
    for r in ranges:
        if r.low is not None and r.low < 0:
            raise ValueError(f"products and quotients are defined for values from 0 up, not from {r.low}")
