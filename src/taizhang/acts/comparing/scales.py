"""In which unit a file's column counts: as it says itself, or as most of its rows tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from taizhang.acts.comparing.rows import Rows, Thing, converted
from taizhang.acts.comparing.tables import Line
from taizhang.core import units
from taizhang.packs import Item, Transfer, parts_of
from taizhang.packs.types.numbers import SCALES

POWERS = tuple(Fraction(10) ** power for power in (*range(1, 9), *range(-8, 0)))
_IN_BRACKETS = re.compile(r"[（(\[【](.*?)[）)\]】]")
Matched = Sequence[tuple[Line, Sequence[Thing], Fraction]]
"""Lines that match rows of the figure one to one: the line, its things, what they add."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of the figure's unit one of the file's is: `of` for a line, `usual` where a line matches nothing; `unit` by its name."""

    unit: str = ""
    usual: Fraction = Fraction(1)
    single: Mapping[int, Fraction] | None = None

    def of(self, line: Line) -> Fraction:
        """The factor of a line."""
        return (self.single or {}).get(line.number, self.usual)


@dataclass(frozen=True, slots=True)
class Scales:
    """The units that the numbers of a file may be in, for the rows of a figure."""

    rows: Rows

    @property
    def unit(self) -> str:
        """The figure's unit."""
        return self.rows.asked.indicator.unit

    def of(self, matched: Matched, column: str | None, lines: Iterable[Line]) -> Scale:
        """The scale by which most matched lines are right; the plain one where no other does better."""
        plain = Scale()
        stated = self.stated(column, lines)
        ways = [way for way in (self._named(name, matched) for name in stated) if way] + list(self._others(matched))
        best, misses = plain, _misses(plain, matched, len(matched))
        for way in ways:
            found = _misses(way, matched, misses)
            if found < misses and 2 * found <= len(matched):
                best, misses = way, found
        return best

    def stated(self, column: str | None, lines: Iterable[Line]) -> list[str]:
        """The units that the head and the cells of the column say, where it is not the figure's."""
        in_head = _IN_BRACKETS.findall(column or "")
        return list(dict.fromkeys(name for name in (*in_head, *(line.unit for line in lines)) if name and name != self.unit))

    def factors(self, thing: Thing | None) -> Iterator[tuple[str, Fraction]]:
        """Every unit one number may be in, by name: powers of ten have none."""
        for name in (one.text for one in units().values()):
            factor = converted(name, self.unit)
            if factor and factor != 1:
                yield name, factor
        if thing is not None and (item := self._item(thing)):
            for name in item.units:
                if size := self._size(item, thing, name):
                    yield name, size
        yield from (("", power) for power in POWERS)

    def _others(self, matched: Matched) -> Iterator[Scale]:
        names = {name for _, things, _ in matched[:1] if things and (item := self._item(things[0])) for name in item.units}
        yield from filter(None, (self._named(name, matched) for name in names))
        seen: set[Fraction] = set()
        for name, factor in self.factors(None):
            if factor not in seen:
                seen.add(factor)
                yield Scale(name, factor)

    def _named(self, name: str, matched: Matched) -> Scale | None:
        """A unit of that name: one that converts, or a larger one of the item that moves."""
        if factor := in_words(name, self.unit):
            return Scale(name, factor)
        sizes = {line.number: size for line, things, _ in matched if things and (size := self._size_of(things[0], name))}
        usual = next(iter(sizes.values())) if len(set(sizes.values())) == 1 else Fraction(1)
        return Scale(name, usual, sizes) if sizes else None

    def _size_of(self, thing: Thing, name: str) -> Fraction | None:
        item = self._item(thing)
        return self._size(item, thing, name) if item and name in item.units else None

    def _size(self, item: Item, thing: Thing, name: str) -> Fraction | None:
        """How many of the item's unit one of another is, as its record says."""
        standing = self.rows.standings.record(thing.entry.item or "") if item.of else None
        values = {key: value for own in (standing.values.values() if standing else ()) for key, value in own.items()}
        parts = parts_of(item, 1, name, values)
        return None if parts is None or parts == item.parts else Fraction(parts, item.parts)

    def _item(self, thing: Thing) -> Item | None:
        moving = self.rows.asked.book.catalogue.things.get(thing.entry.type)
        return self.rows.asked.pack.item(moving.item) if isinstance(moving, Transfer) else None


def in_words(name: str, unit: str) -> Fraction | None:
    """How many of a unit one of a named unit is, 万元 too; None where they do not convert."""
    for scale, size in (("", 1), *SCALES.items()):
        if name.startswith(scale) and (factor := converted(name[len(scale) :] or unit, unit)):
            return factor * size
    return None


def is_near(exact: Fraction, line: Line, factor: Fraction) -> bool:
    """Whether a printed number is this one, as far as its digits go."""
    return abs(exact - line.value * factor) <= line.step * factor


def _misses(scale: Scale, matched: Matched, most: int) -> int:
    """How many matched lines a scale leaves wrong; not counted beyond `most`, for then another scale is as good."""
    wrong = (1 for line, _, added in matched if not is_near(added, line, scale.of(line)))
    return sum(islice(wrong, most))
