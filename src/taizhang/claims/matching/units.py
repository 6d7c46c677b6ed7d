"""Whether a printed unit can tell an indicator's value, and how many of the indicator's unit one printed is."""

from __future__ import annotations

from fractions import Fraction

from taizhang.claims.matching.lexicon import Lexicon
from taizhang.core import Quantity, unit_named


def factor(q: Quantity, unit: str, lexicon: Lexicon) -> Fraction | None:
    """How many of `unit` one of the printed unit is; None where the two cannot be compared."""
    printed = printed_unit(q)
    if printed == unit:
        return Fraction(1)
    a, b = unit_named(printed), unit_named(unit)
    if a and b and a.base == b.base:
        return a.factor / b.factor
    names = (a.name if a else printed, b.name if b else unit)
    return Fraction(1) if lexicon.alike(*names) else None


def printed_unit(q: Quantity) -> str:
    """The unit as it is printed with its per: 元/公顷."""
    unit = q.unit or ""
    return f"{unit}/{q.per}" if q.per and "/" not in unit else unit
