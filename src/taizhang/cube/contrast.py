"""Two figures made of entries, side by side: which entries only one of them counts, and which bring something else to each.

Both lie in the engine as the numbers of their entries and what each brings. Only what differs is handed out, so figures of a million
entries are compared without reading a million entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyarrow as pa

from taizhang.cube.leaves import Parted
from taizhang.cube.machine import Machine

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts: `entries` with `own` and the inputs v0 … of each, `value` of them, `unit` as many of the indicator's."""

    entries: pa.Table
    value: Parted
    unit: Fraction

    def made(self, totals: Sequence[Any]) -> Fraction:
        """The figure of such totals, in the indicator's unit; where nothing is known, nothing."""
        found, _ = self.value.value(totals)
        return NOTHING if found is None else Fraction(found) * self.unit

    def alone(self, inputs: Sequence[Any]) -> Fraction:
        """What one entry with these inputs makes by itself."""
        return self.made([one for leaf, brought in zip(self.value.leaves, inputs, strict=True) for one in leaf.alone(brought)])

    def reckons_as(self, other: Counted) -> bool:
        """Whether both make the same of the same inputs."""
        return (self.value.leaves, self.value.rest, self.unit) == (other.value.leaves, other.value.rest, other.unit)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What A and B count, under their names in the engine. `factor` is how many of A's unit one of B's is."""

    machine: Machine
    a: Counted
    b: Counted
    names: tuple[str, str]
    factor: Fraction

    def only_a(self) -> list[int]:
        """The numbers of the entries that only A counts, in order."""
        return self._only(*self.names)

    def only_b(self) -> list[int]:
        """The same of B."""
        return self._only(*reversed(self.names))

    def a_without(self, gone: Iterable[int] = ()) -> Fraction:
        """A as if some entries did not count."""
        return self.a.made(self._totals(self.a, self.names[0], gone))

    def b_without(self, gone: Iterable[int] = ()) -> Fraction:
        """The same of B, in A's unit."""
        return self.b.made(self._totals(self.b, self.names[1], gone)) * self.factor

    def otherwise(self) -> Iterator[tuple[int, Fraction, Fraction]]:
        """The entries that both count and that bring something else to each: number, what to A, what to B in A's unit.

        Entries with the same inputs are judged together, as figures are reckoned: exactly.
        """
        a, b = ([f"{name}.v{i}" for i in range(len(of.value.leaves))] for name, of in (("a", self.a), ("b", self.b)))
        alike = self.factor == 1 and self.a.reckons_as(self.b)
        where = f" WHERE ({' OR '.join(f'{x} IS DISTINCT FROM {y}' for x, y in zip(a, b, strict=True))})" if alike else ""
        inputs = ", ".join(f"{one} AS i{n}" for n, one in enumerate([*a, *b]))
        sql = f"SELECT list(a.own) AS owns, {inputs} FROM {self.names[0]} AS a JOIN {self.names[1]} AS b ON a.own = b.own{where} GROUP BY ALL"
        found = self.machine.run(sql)
        for row, inputs_ in enumerate(zip(*(column.to_pylist() for column in found.columns[1:]), strict=True)):
            to_a, to_b = self.a.alone(inputs_[: len(a)]), self.b.alone(inputs_[len(a) :]) * self.factor
            if to_a != to_b:
                yield from ((own, to_a, to_b) for own in found["owns"][row].as_py())

    def _only(self, one: str, other: str) -> list[int]:
        found = self.machine.run(f"SELECT own FROM {one} AS r ANTI JOIN {other} AS o ON r.own = o.own ORDER BY own")
        return [int(own) for own in found["own"].to_pylist()]

    def _totals(self, of: Counted, name: str, gone: Iterable[int]) -> list[Any]:
        """The totals of what is left of a side."""
        with lent(self.machine, pa.table({"own": pa.array(gone, pa.int64())})) as left_out:
            totals = ", ".join(of.value.totals(signed=False))
            (row,) = self.machine.run(f"SELECT {totals} FROM {name} AS r ANTI JOIN {left_out} AS o ON r.own = o.own").to_pylist()
        return list(row.values())


@contextmanager
def contrasted(machine: Machine, a: Counted, b: Counted, factor: Fraction) -> Iterator[Contrast]:
    """Two figures side by side in an engine, until the end of the block."""
    with lent(machine, a.entries) as of_a, lent(machine, b.entries) as of_b:
        yield Contrast(machine, a, b, (of_a, of_b), factor)


@contextmanager
def lent(machine: Machine, table: pa.Table) -> Iterator[str]:
    """A table under a name of its own."""
    name = machine.lend(table)
    try:
        yield name
    finally:
        machine.take_back(name)
