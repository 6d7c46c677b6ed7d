"""Two figures of the book side by side: what only one of them counts, and what each would be without some of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from taizhang.acts.comparing.nouns import Row
from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.cube.contrast import Contrast

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Pair(ABC):
    """The rows of two figures; `factor` is how many of A's unit one of B's is."""

    a: Rows
    b: Rows
    factor: Fraction

    def of_a(self, things: Iterable[Thing]) -> Fraction:
        """What A makes of some rows; of none, nothing."""
        return self.a.total(things) or NOTHING

    def of_b(self, things: Iterable[Thing]) -> Fraction:
        """What B makes of them, in A's unit."""
        return (self.b.total(things) or NOTHING) * self.factor

    @abstractmethod
    def only_a(self) -> list[Thing]:
        """What A counts and B does not, in order."""

    @abstractmethod
    def only_b(self) -> list[Thing]:
        """What B counts and A does not, in order."""

    @abstractmethod
    def otherwise(self) -> list[Row]:
        """What both count and what adds something else to each."""

    @abstractmethod
    def a_without(self, gone: Iterable[Thing]) -> Fraction:
        """A as if some of it did not count."""

    @abstractmethod
    def b_without(self, gone: Iterable[Thing]) -> Fraction:
        """B as if some of it did not count, in A's unit."""


class OneByOne(Pair):
    """Every row is read: records, and what accounts hold."""

    def only_a(self) -> list[Thing]:
        """What A counts and B does not."""
        return [thing for key, thing in self.a.counted.items() if key not in self.b.counted]

    def only_b(self) -> list[Thing]:
        """What B counts and A does not."""
        return [thing for key, thing in self.b.counted.items() if key not in self.a.counted]

    def otherwise(self) -> list[Row]:
        """Row by row."""
        common = (thing for key, thing in self.a.counted.items() if key in self.b.counted)
        rows = (Row(self.of_a([thing]), self.of_b([thing]), thing.seq) for thing in common)
        return [row for row in rows if row.a != row.b]

    def a_without(self, gone: Iterable[Thing]) -> Fraction:
        """A over what is left."""
        return self.of_a(_left(self.a, gone))

    def b_without(self, gone: Iterable[Thing]) -> Fraction:
        """B over what is left."""
        return self.of_b(_left(self.b, gone))


@dataclass(frozen=True)
class InColumns(Pair):
    """Only what differs is read, all else is told by the columns: entries, of which there may be millions."""

    contrast: Contrast

    def only_a(self) -> list[Thing]:
        """What A counts and B does not."""
        return _at(self.a, self.contrast.only_a())

    def only_b(self) -> list[Thing]:
        """What B counts and A does not."""
        return _at(self.b, self.contrast.only_b())

    def otherwise(self) -> list[Row]:
        """As the columns say."""
        return sorted((Row(a, b, seq) for seq, a, b in self.contrast.otherwise()), key=lambda row: row.seq or 0)

    def a_without(self, gone: Iterable[Thing]) -> Fraction:
        """A over what is left."""
        return self.contrast.a_without(thing.seq for thing in gone)

    def b_without(self, gone: Iterable[Thing]) -> Fraction:
        """B over what is left."""
        return self.contrast.b_without(thing.seq for thing in gone)


def _at(rows: Rows, seqs: list[int]) -> list[Thing]:
    return list(rows.at(seqs)) if seqs else []


def _left(rows: Rows, gone: Iterable[Thing]) -> list[Thing]:
    keys = {thing.key for thing in gone}
    return [thing for key, thing in rows.counted.items() if key not in keys]
