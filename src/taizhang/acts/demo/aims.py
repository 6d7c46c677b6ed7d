"""What a total asks of the entries: how many of them, how much in all, how many different records, among which entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.refusals import contradict, no_room
from taizhang.acts.demo.totals import Total
from taizhang.acts.demo.values import places_of
from taizhang.acts.demo.world import Record, is_called
from taizhang.core import Period, Problem, unit_named
from taizhang.packs import Event, Indicator, Pack, Register, Transfer
from taizhang.packs.formulas import unit_of_value

_VALUE = re.compile(r"(count|sum)\(\s*(distinct\s+)?([a-z_.]*)\s*\)")
_IS = re.compile(r"([a-z_.]+)\s*=\s*'([^']*)'")
_LOANS = {"not returned": "open", "not returned and due < as_of": "overdue"}

Cell = tuple[str, str, str]
"""A part of the entry (own, record, item, source, target), the path from there, and the word that stands at its end."""


@dataclass(frozen=True, slots=True)
class Region:
    """The entries of a type at a place and below, in a period, within cells of a breakdown."""

    type: str
    place: int
    path: str
    period: Period
    cells: frozenset[Cell]

    def covers(self, other: Region) -> bool:
        """Whether every entry of the other is one of these."""
        inside = self.period.first <= other.period.first and other.period.last <= self.period.last
        return self.type == other.type and inside and other.path.startswith(self.path) and self.cells <= other.cells

    def holds(self, path: str, one: Draft | Record) -> bool:
        """Whether an entry or record at a place of this path is one of these."""
        if not path.startswith(self.path) or one.day not in self.period:
            return False
        head = "{}.{}" if isinstance(one, Draft) else "{1}"
        return all(is_called(one.at(head.format(part, way)), word) for part, way, word in self.cells)

    def wanted(self, part: str) -> list[tuple[str, tuple[str, ...]]]:
        """What the cells ask of a part of the entry."""
        return [(way, (word,)) for own, way, word in sorted(self.cells) if own == part]


@dataclass(frozen=True, slots=True)
class Aim:
    """`amount` of a measure within a region: `count`, `sum` of `name` in smallest parts, `distinct` records in the part `name`.

    `held` is what accounts hold at the end of the period, `open` and `overdue` are loans then.
    """

    total: Total
    region: Region
    measure: str
    name: str
    amount: int

    @property
    def of(self) -> tuple[str, str]:
        """What is measured."""
        return self.measure, self.name


def aim_of(total: Total, pack: Pack, indicator: Indicator, place: int, path: str) -> Aim | Problem:
    """The aim of a total, or why it cannot be made to order."""
    value, loans = _VALUE.fullmatch(indicator.value), _LOANS.get(indicator.where or "")
    equals = [_IS.fullmatch(part.strip()) for part in (indicator.where or "").split(" and ")] if indicator.where and not loans else []
    if value is None or not all(equals):
        return no_room(total, "这个指标的算法还不能按数生成", "entries are not made to order for the way this indicator is computed")
    pairs = [(m[1], m[2]) for m in equals if m] + list(total.of.items())
    region = _region(total, pack, indicator, place, path, pairs)
    if isinstance(region, Problem):
        return region
    measure, name = _measure(pack, indicator, value[1], bool(value[2]), value[3])
    amount = Fraction(total.value) * (_scale(pack, indicator, name) if measure in ("sum", "held") else 1)
    if amount.denominator != 1:
        return no_room(total, "分不成整份", "it is no whole number of smallest parts")
    return Aim(total, region, loans or measure, name, int(amount))


def _measure(pack: Pack, indicator: Indicator, function: str, distinct: bool, name: str) -> tuple[str, str]:
    if distinct:
        cell = part_of(pack, indicator.source or "", name)
        return "distinct", cell[0] if cell else name
    register = pack.register(indicator.source or "")
    if function == "sum" and register and name.startswith("balance"):
        return "held", name.partition(".")[2]
    return function, name


def _region(total: Total, pack: Pack, indicator: Indicator, place: int, path: str, pairs: Iterable[tuple[str, str]]) -> Region | Problem:
    source = indicator.source or ""
    cells: list[Cell] = []
    for way, word in pairs:
        part = part_of(pack, source, way)
        if part is None:
            return no_room(total, f"没有 {way}", f"there is no {way}")
        cells.append((*part, word))
    period = Period(date.min, total.period.last) if indicator.kind == "stock" else total.period
    return Region(_thing(pack, source).type, place, path, period, frozenset(cells))


def _thing(pack: Pack, source: str) -> Event | Transfer | Register:
    found = pack.events.get(source) or pack.transfers.get(source) or pack.register(source)
    assert found is not None  # the check of the pack has seen to it
    return found


def part_of(pack: Pack, source: str, way: str) -> tuple[str, str] | None:
    """Which part of an entry a path begins at, and the path from there: site.kind of an acceptance is (record, kind)."""
    thing = _thing(pack, source)
    head, _, rest = way.partition(".")
    if head in thing.fields:
        return "own", way
    if isinstance(thing, Register):
        return ("item", rest) if head in _item_registers(pack, thing.holds) else None
    if isinstance(thing, Event):
        about = pack.register(thing.about or "")
        named = head in ("record", thing.about)
        return ("record", rest) if named else ("record", way) if about and head in about.fields else None
    ends = {"source": "source", "target": "target", thing.source: "source", thing.target: "target"}
    ends |= dict.fromkeys(_item_registers(pack, (thing.item,)), "item")
    return (ends[head], rest) if head in ends else None


def _item_registers(pack: Pack, items: Iterable[str]) -> Iterator[str]:
    return (item.of for name in items if (item := pack.item(name)) and item.of)


def _scale(pack: Pack, indicator: Indicator, name: str) -> Fraction:
    """How many smallest parts one of the indicator's unit is."""
    unit = unit_of_value(pack, indicator)
    a, b = unit_named(unit), unit_named(indicator.unit)
    factor = Fraction(1) if unit in (None, indicator.unit) or a is None or b is None else b.factor / a.factor
    return factor * parts_of_name(pack, indicator.source or "", name)


def parts_of_name(pack: Pack, source: str, name: str) -> int:
    """How many smallest parts one of a quantity, a balance or a field's unit is."""
    thing = _thing(pack, source)
    field = thing.fields.get(name)
    if field is not None:
        return int(10 ** places_of(field))
    items = (thing.item,) if isinstance(thing, Transfer) else thing.holds if isinstance(thing, Register) else ()
    found = pack.item(items[0]) if items else None
    return found.parts if found else 1


def inner_first(regions: Iterable[Region]) -> list[Region]:
    """Regions, each after all that lie within it."""
    left = list(dict.fromkeys(regions))
    return sorted(left, key=lambda one: (sum(one.covers(other) for other in left), str(one.period), one.path))


def contradictions(aims: list[Aim]) -> Iterator[Problem]:
    """Pairs of totals that cannot both be: a part above its whole, one cell with two values, more records than entries."""
    for at, whole in enumerate(aims):
        for part in aims[:at] + aims[at + 1 :]:
            if not whole.region.covers(part.region):
                continue
            if part.of == whole.of and part.region == whole.region and part.amount != whole.amount:
                if aims.index(part) > at:
                    yield contradict(whole.total, part.total, "同一个数有两个值", "one figure has two values")
            elif part.amount > whole.amount and (part.of == whole.of or (part.measure, whole.measure) == ("distinct", "count")):
                yield contradict(whole.total, part.total, "部分大于整体", "a part is above its whole")
