"""The newest entries of a book as columns in memory: extended by what is new, never fetched again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from taizhang.cube.intake import Taken
from taizhang.cube.layout import STRUCK, STRUCK_COLUMNS, Layout
from taizhang.cube.machine import Machine
from taizhang.cube.typed import RAW, typed

Tables = tuple[pa.Table, ...]


@dataclass(slots=True)
class TypeTail:
    """The entries of one type: as they were taken in, and how many of them were made columns of their fields."""

    raw: Tables = ()
    fresh: Tables = ()
    columns: Tables = ()
    layout: Layout | None = None


@dataclass(slots=True)
class Tail:
    """What was entered after `after`, until `size`. A table once given out stays as it is."""

    after: int = 0
    size: int = 0
    rows: int = 0
    _types: dict[str, TypeTail] = field(default_factory=dict)

    def take(self, last: int, found: Taken) -> None:
        """More entries, of which this is the last."""
        for name, table in found.items():
            one = self._types.setdefault(name, TypeTail())
            one.raw, one.fresh = grown(one.raw, table), (*one.fresh, table)
            self.rows += table.num_rows
        self.size = last

    def types(self) -> list[str]:
        """The types there are entries of."""
        return sorted(self._types)

    def raw(self, name: str) -> pa.Table:
        """The entries of a type as they were taken in."""
        one = self._types.get(name)
        return pa.concat_tables(one.raw) if one and one.raw else _schema_of(name).empty_table()

    def table(self, machine: Machine, layout: Layout) -> pa.Table:
        """The entries of a type with their fields; InputError where a value is not of its field's type."""
        one = self._types.get(layout.type)
        if one is None or layout.type == STRUCK:
            return self.raw(layout.type) if one else layout.schema.empty_table()
        if one.layout != layout:  # a new version of the pack: what was there before may have fields it did not know
            one.columns, one.fresh, one.layout = (), one.raw, layout
        if one.fresh:
            one.columns, one.fresh = grown(one.columns, typed(machine, layout, pa.concat_tables(one.fresh))), ()
        return pa.concat_tables(one.columns)

    def without(self, through: int) -> Tail:
        """The entries after a number, for the others are kept elsewhere."""
        rest = Tail(max(self.after, through), self.size)
        kept = {name: _after(one.raw, through) for name, one in self._types.items()}
        rest.take(self.size, {name: table for name, table in kept.items() if table.num_rows})
        return rest


def grown(tables: Tables, more: pa.Table) -> Tables:
    """Tables with one more, of which those of like size are made one: many small additions stay few tables."""
    merged, last = list(tables), more
    while merged and merged[-1].num_rows <= 2 * last.num_rows:
        last = pa.concat_tables([merged.pop(), last]).combine_chunks()
    return (*merged, last)


def _after(tables: Iterable[pa.Table], through: int) -> pa.Table:
    table = pa.concat_tables(tables)
    return table.filter(pc.greater(table["seq"], through))


def _schema_of(name: str) -> pa.Schema:
    return STRUCK_COLUMNS if name == STRUCK else RAW
