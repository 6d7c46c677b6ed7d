"""The newest entries of a book as columns in memory: extended by what is new, never fetched again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from taizhang.cube.intake import Taken
from taizhang.cube.layout import STRUCK, Layout
from taizhang.cube.machine import Machine
from taizhang.cube.typed import columns_of, misfits

Tables = tuple[pa.Table, ...]


@dataclass(slots=True)
class TypeTail:
    """The entries of one type: as they were taken in, which of them are not columns yet, the table of those that are, and what did not fit there."""

    raw: Tables = ()
    fresh: Tables = ()
    layout: Layout | None = None
    name: str = ""
    unfit: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Tail:
    """What was entered after `after`, until `size`."""

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
        return sorted(name for name, one in self._types.items() if one.raw)

    def raw(self, name: str) -> pa.Table:
        """The entries of a type as they were taken in."""
        return pa.concat_tables(self._types[name].raw)

    def relation(self, machine: Machine, layout: Layout, until: int) -> str:
        """The SQL of the entries of a type up to a number."""
        one = self._types.setdefault(layout.type, TypeTail())
        if one.layout != layout:  # a new version of the pack: what was there before may have fields it did not know
            machine.drop(one.name)
            one.layout, one.fresh, one.unfit = layout, one.raw, []
            one.name = machine.keep(layout.schema.empty_table())
        if one.fresh:
            columns = columns_of(machine, layout, pa.concat_tables(one.fresh))
            machine.add(one.name, columns)
            one.unfit += [(row["own"], name) for row in misfits(columns) for name in row["unfit"]] if layout.type != STRUCK else []
            one.fresh = ()
        return f"SELECT * FROM {one.name} WHERE seq <= {until}"

    def unfit(self, name: str) -> list[tuple[int, str]]:
        """The entries of a type asked for before with a value that is not of its field's type: own, the field."""
        return self._types[name].unfit if name in self._types else []

    def without(self, through: int) -> Tail:
        """The entries after a number, for the others are kept elsewhere."""
        rest = Tail(max(self.after, through), self.size)
        kept = {name: _after(one.raw, through) for name, one in self._types.items() if one.raw}
        rest.take(self.size, {name: table for name, table in kept.items() if table.num_rows})
        return rest

    def drop(self, machine: Machine) -> None:
        """Nothing is asked of it any more."""
        for one in self._types.values():
            machine.drop(one.name)


def grown(tables: Tables, more: pa.Table) -> Tables:
    """Tables with one more, of which those of like size are made one: many small additions stay few tables."""
    merged, last = list(tables), more
    while merged and merged[-1].num_rows <= 2 * last.num_rows:
        last = pa.concat_tables([merged.pop(), last]).combine_chunks()
    return (*merged, last)


def _after(tables: Iterable[pa.Table], through: int) -> pa.Table:
    table = pa.concat_tables(tables)
    return table.filter(pc.greater(table["seq"], through))
