"""Numbers as a writer prints them, with the range each can stand for; written apart from the reader it tests."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from taizhang.core import Range

DIGITS = "零一二三四五六七八九"
SCALES = {1: "", 10**4: "万", 10**8: "亿"}


@dataclass(frozen=True)
class Printed:
    """`steps` units in the last printed place of a number printed with `places` decimals and a scale word."""

    steps: int
    places: int
    scale: int
    unit: str
    hedge: str = ""
    chinese: bool = False

    @property
    def step(self) -> Fraction:
        """The value of one unit in the last printed place."""
        return Fraction(self.scale, 10**self.places)

    @property
    def value(self) -> Fraction:
        """What the digits say."""
        return self.steps * self.step

    @property
    def range(self) -> Range:
        """Every value the print can stand for."""
        x = self.value
        if self.hedge in ("多", "余"):
            return Range(x, x + self._lead_step(), False, True)
        if self.hedge == "约":
            return Range(x * Fraction(9, 10), x * Fraction(11, 10))
        if self.hedge == "近":
            return Range(x * Fraction(9, 10), x, False, True)
        if self.hedge == "超过":
            return Range(x, None, True)
        if self.scale > 1 or self.places or self.unit in ("%", "个百分点"):
            return Range(x - self.step / 2, x + self.step / 2)
        return Range(x, x)

    def _lead_step(self) -> Fraction:
        """One unit in the place of the last digit that is not zero, or of the last written decimal."""
        if self.places:
            return self.step
        n = self.steps
        size = 1
        while n and n % 10 == 0:
            n //= 10
            size *= 10
        return self.step * size

    @property
    def text(self) -> str:
        """The number with hedge, scale word and unit."""
        digits = self._digits()
        before = self.hedge if self.hedge in ("约", "近", "超过") else ""
        after = self.hedge if self.hedge in ("多", "余") else ""
        if self.unit == "%" and self.chinese and self.steps < 10 ** (4 + self.places):
            return f"{before}百分之{digits}"
        return f"{before}{digits}{SCALES[self.scale]}{after}{self.unit}"

    def _digits(self) -> str:
        if self.chinese and self.steps < 10 ** (4 + self.places):
            whole, part = divmod(self.steps, 10**self.places)
            tail = f"{part:0{self.places}d}" if self.places else ""
            return chinese(whole) + ("点" + "".join(DIGITS[int(c)] for c in tail) if tail else "")
        value = Decimal(self.steps).scaleb(-self.places)
        return f"{value:f}"

    def stepped(self, k: int) -> Printed:
        """The same print, k units of the last place further."""
        return replace(self, steps=self.steps + k)


def chinese(n: int) -> str:
    """A whole number below 10,000 in Chinese numerals: 320 is 三百二十."""
    if n < 10:
        return DIGITS[n]
    out, zero = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        d, n = divmod(n, size)
        if d:
            out += ("零" if zero and out else "") + DIGITS[d] + word
            zero = False
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


def printed(x: Fraction, unit: str, places: int, scale: int = 1) -> Printed:
    """The nearest print of a value."""
    steps = x * 10**places / scale + Fraction(1, 2)
    return Printed(int(Decimal(steps.numerator // steps.denominator).to_integral_value(ROUND_FLOOR)), places, scale, unit)


def styled(rng: random.Random, p: Printed, hedges: bool) -> Printed:
    """The print in another dress: a hedge, Chinese numerals."""
    if hedges and rng.random() < 0.16 and p.steps > 20:
        hedge = rng.choice(["多", "余", "近", "约", "超过"])
        if hedge in ("多", "余") and (p.unit == "%" or p.places or p.steps % 10):
            return p
        return replace(p, hedge=hedge)
    if rng.random() < 0.12 and p.scale == 1 and p.steps < 10 ** (4 + p.places) and not (p.places and p.unit != "%"):
        return replace(p, chinese=True)
    return p
