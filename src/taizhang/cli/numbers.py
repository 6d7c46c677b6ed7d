"""A range of numbers in words a person reads at a glance."""

from __future__ import annotations

from fractions import Fraction

from taizhang.cli.words import say
from taizhang.core import Number, Quantity

PLACES = 4
SCALES = ((Fraction(10**8), "亿"), (Fraction(10**4), "万"))


def number_words(x: Number, lang: str = "zh") -> str:
    """The number as it would be printed: 40万 and 1.2亿 in Chinese, thousands separators in English."""
    value = Fraction(x)
    if lang == "en":
        return _digits(value, ",")
    for scale, word in SCALES:
        if abs(value) >= scale and (value / scale * 10**PLACES).denominator == 1 and _is_short(value / scale):
            return _digits(value / scale) + word
    return _digits(value)


def range_words(q: Quantity, lang: str = "zh") -> str:
    """What the hedge of a quantity leaves possible: 40万, >3亿, ≥40万 <50万, ≈270–300."""
    low = None if q.low is None else number_words(q.low, lang)
    high = None if q.high is None else number_words(q.high, lang)
    if low is not None and low == high:
        return low
    over, under = ">" if q.low_open else "≥", "<" if q.high_open else "≤"
    if low is None or high is None:
        return f"{over}{low}" if low is not None else f"{under}{high}" if high is not None else "？"
    if q.hedge == "about":
        return f"≈{low}–{high}"
    return f"{low}–{high}" if q.hedge in ("range", "at_most") else f"{over}{low} {under}{high}"


def role_words(q: Quantity, lang: str = "zh") -> str:
    """The role with its direction and period: 变化·减, 速率·每日."""
    parts = [say(lang, q.role)]
    if q.direction:
        parts.append(say(lang, q.direction))
    if q.per:
        parts.append(say(lang, "per", per=q.per))
    return "·".join(parts)


def _is_short(scaled: Fraction) -> bool:
    """True while 万 or 亿 makes the number shorter than its plain digits: 1.25万 does, 1.2345万 does not."""
    return scaled >= 100 or (scaled * 100).denominator == 1


def _digits(value: Fraction, group: str = "") -> str:
    """Exact digits where they end within four decimals, else rounded to two."""
    exact = (value * 10**PLACES).denominator == 1
    return _fixed(value, PLACES if exact else 2, group).rstrip("0").rstrip(".")


def _fixed(value: Fraction, places: int, group: str) -> str:
    whole, rest = divmod(round(abs(value) * 10**places), 10**places)
    digits = f"{whole:,}".replace(",", group)
    return f"{'−' if value < 0 else ''}{digits}.{rest:0{places}d}"
