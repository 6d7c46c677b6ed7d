"""How findings speak: numbers, ranges and units as a clerk would write them."""

from __future__ import annotations

from fractions import Fraction

from taizhang.claims.scene import Mention, Sentence
from taizhang.claims.values import middle
from taizhang.core import Finding, FindingClass, Range, exact

LARGE = ((Fraction(10**12), "万亿"), (Fraction(10**8), "亿"), (Fraction(10**4), "万"))


def number(x: Fraction, places: int = 1) -> str:
    """A number to so many decimals, without trailing zeros: 571/10 is 57.1."""
    scaled, half = abs(x) * 10**places, Fraction(1, 2)
    digits = str(int(scaled + half)).rjust(places + 1, "0")  # halves away from zero, of numbers of any length
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if x < 0 and text != "0" else text


def amount(x: Fraction, unit: str | None) -> str:
    """A number with its unit, in 万 or 亿 where it is large: 384万元."""
    if abs(x) < 10000:
        return number(x, 2) + (unit or "")
    size, word = next((s, w) for s, w in LARGE if abs(x) >= s)
    return number(x / size, 4) + word + (unit or "")


def spread(r: Range, unit: str | None) -> str:
    """A range in signs that need no language: one value, 3–5, ≥ 3 or ≤ 5."""
    if r.is_point:
        return amount(exact(r.low or 0), unit)
    if r.low is None:
        return "…" if r.high is None else f"≤ {amount(exact(r.high), unit)}"
    if r.high is None:
        return f"≥ {amount(exact(r.low), unit)}"
    low, high = amount(exact(r.low), ""), amount(exact(r.high), unit)
    return amount(exact(r.high), unit) if low == amount(exact(r.high), "") else f"{low}–{high}"


def about(r: Range, unit: str | None) -> str:
    """The middle of a narrow range, the whole range of a wide one."""
    mid = middle(r)
    if mid is None or not r.is_bounded:
        return spread(r, unit)
    width = exact(r.high or 0) - exact(r.low or 0)
    return amount(mid, unit) if width * 20 <= abs(mid) or width <= 1 else spread(r, unit)


def finding(
    sentence: Sentence,
    mentions: tuple[Mention, ...],
    kind: FindingClass,
    rule: str,
    said: tuple[str, str, str | None],
    why: str,
    why_en: str,
) -> Finding:
    """A finding over these mentions; `said` is printed, follows, miss."""
    spans = tuple(span for m in mentions for span in m.q.spans)
    printed, follows, miss = said
    return Finding(sentence.story.article.id, kind, rule, spans, printed, follows, miss, why, why_en)
