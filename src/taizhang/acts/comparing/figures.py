"""Why two figures of the book differ."""

from __future__ import annotations

from fractions import Fraction

from taizhang.acts.comparing import parts, steps, two
from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.nouns import Cause, Comparison, Side, heaviest
from taizhang.acts.comparing.pairs import InColumns, OneByOne
from taizhang.acts.comparing.rows import Rows, converted
from taizhang.acts.comparing.sources import OfEntries, rows_of
from taizhang.acts.desk import Desk
from taizhang.core import InputError, Problem
from taizhang.cube import Cube


def compare(desk: Desk, a: Asked, b: Asked) -> Comparison:
    """Two figures of the book, and why they differ. InputError where their units have nothing to do with each other."""
    factor = converted(b.indicator.unit, a.indicator.unit)
    if factor is None:
        raise InputError(_other_unit(a, b))
    made = _Comparing(desk)
    of_a, of_b = made.value(a), made.value(b)
    with desk.book.store.transaction():
        found = made.causes(a, b, factor)
    sides = [Side(one.words, value, a.indicator.unit, one.question, one.indicator.places) for one, value in ((a, of_a), (b, of_b))]
    sides[1] = Side(b.words, None if of_b is None else of_b * factor, a.indicator.unit, b.question, b.indicator.places)
    return Comparison(sides[0], sides[1], heaviest(found))


class _Comparing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def value(self, one: Asked) -> Fraction | None:
        return self._cube(one).figure(one.question).value

    def _cube(self, one: Asked) -> Cube:
        return Cube(one.book, self._desk.scope)

    def causes(self, a: Asked, b: Asked, factor: Fraction) -> list[Cause]:
        if a.indicator.source is None and b.indicator.source is None and a.indicator == b.indicator:
            return parts.causes(a, b, self.value, lambda one, other: self.causes(one, other, Fraction(1)))
        if a.indicator.source is None or b.indicator.source is None:
            return steps.causes(a, b, self.value, factor)
        of_a, of_b = rows_of(a, self._desk.sight.path), rows_of(b, self._desk.sight.path)
        if isinstance(of_a, OfEntries) and isinstance(of_b, OfEntries):
            with self._cube(a).contrast(a.question, self._cube(b).counted(b.question), factor) as contrast:
                return two.causes(InColumns(of_a, of_b, factor, contrast))
        if self._adds_up(of_a) and self._adds_up(of_b):
            return two.causes(OneByOne(of_a, of_b, factor))
        return steps.causes(a, b, self.value, factor)

    def _adds_up(self, rows: Rows) -> bool:
        """Whether its rows make the figure: balances that are counted, not summed, do not."""
        value = self.value(rows.asked)
        return value is None or rows.total(rows.counted.values()) == value


def _other_unit(a: Asked, b: Asked) -> Problem:
    found = (
        f"{a.indicator.title}的单位是{a.indicator.unit}，{b.indicator.title}的是{b.indicator.unit}",
        f"one is in {a.indicator.unit}, the other in {b.indicator.unit}",
    )
    do = ("请比较同一单位或可换算的数。", "Compare figures of one unit, or of units that convert.")
    return Problem(f"{a.words} {b.words}", found[0], "同一单位，或可换算的单位", do[0], found[1], "one unit, or units that convert", do[1])
