"""The rows of a figure, each with what it comes from, and why a row of one figure is not in another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.known import Known
from taizhang.acts.comparing.nouns import Kind
from taizhang.core import Entry, unit_named
from taizhang.cube.plainly import factor, is_in
from taizhang.expressions import Expression, parse
from taizhang.ledger.standing import Standings
from taizhang.ledger.store import among
from taizhang.ledger.writing import READ, entry_of
from taizhang.packs import scopes

_ALL = 2**62
_AT = f"""SELECT entry.seq, {READ}, struck.by_seq FROM entry LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
    WHERE entry.book = ?"""
_LINES = f"""{_AT} AND entry.day BETWEEN ? AND ? AND entry.type = ? AND entry.kind <> 'strike' ORDER BY entry.seq"""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a row of a figure comes from: an entry, an entry that moved through an account, or a record with its first entry."""

    seq: int
    entry: Entry
    struck_by: int | None = None
    account: str = ""
    record: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return (self.record,) if self.record else (self.seq, self.account)


class Rows(ABC):
    """The rows of one figure, in a transaction. `inside` tells which places count."""

    def __init__(self, asked: Asked, paths: Callable[[int], str]) -> None:
        self.asked, self.question = asked, asked.question
        self.upto = _ALL if asked.question.as_of is None else asked.question.as_of
        self.standings: Standings = asked.book.inside() if asked.question.as_of is None else Known(asked.book, self.upto)
        self._path, self._top = paths, paths(asked.question.place)
        indicator, of = asked.indicator, self.question.of
        names = scopes.of_indicator(asked.pack, indicator)
        self.value = parse(indicator.value, names, aggregates=True)
        self.where: Expression | None = parse(indicator.where, names) if indicator.where else None
        self.wanted = tuple(dict.fromkeys([*self.value.names, *(self.where.names if self.where else ()), *of]))
        self._rows: dict[tuple[object, ...], Mapping[str, Any]] = {}
        self._alone: dict[tuple[object, ...], Fraction] = {}

    @property
    def is_stock(self) -> bool:
        """Whether it is asked for at a day: then everything up to that day counts."""
        return self.asked.indicator.kind == "stock"

    @cached_property
    def factor(self) -> Fraction:
        """How many of the indicator's unit one of what its expression gives is."""
        return factor(self.asked.pack, self.asked.indicator)

    @cached_property
    def first(self) -> date:
        """The first day whose entries count."""
        return date.min if self.is_stock else self.question.period.first

    @property
    def last(self) -> date:
        """The last day whose entries count."""
        return self.question.period.last

    @cached_property
    def counted(self) -> dict[tuple[object, ...], Thing]:
        """What it counts, by its key."""
        return {thing.key: thing for thing in self.things() if not self.fails(thing)}

    @abstractmethod
    def things(self) -> Iterator[Thing]:
        """What may count: nothing that counts is left out."""

    @abstractmethod
    def everything(self) -> Iterator[Thing]:
        """What is of its kind at all: of any day and place, struck and later ones too."""

    @abstractmethod
    def fails(self, thing: Thing) -> tuple[Kind, ...]:
        """Why it does not count; empty where it does."""

    @abstractmethod
    def read(self, thing: Thing, names: Iterable[str]) -> Mapping[str, Any]:
        """The values of some names, as the indicator may use them."""

    def total(self, things: Iterable[Thing]) -> Fraction | None:
        """The value over some of these, in the indicator's unit."""
        found = self.value.run([self.row(thing) for thing in things])
        return None if found is None else Fraction(found) * self.factor

    def alone(self, thing: Thing) -> Fraction:
        """What one of them makes by itself, of nothing known nothing; reckoned once for rows that say the same."""
        said = tuple(self.row(thing).values())
        if said not in self._alone:
            self._alone[said] = self.total([thing]) or Fraction(0)
        return self._alone[said]

    def row(self, thing: Thing) -> Mapping[str, Any]:
        """The values of the names the indicator reads, kept."""
        if thing.key not in self._rows:
            self._rows[thing.key] = self.read(thing, self.wanted)
        return self._rows[thing.key]

    def lines(self, type_name: str, first: date, last: date) -> Iterator[Thing]:
        """The entries of a type on these days, also struck ones and later ones."""
        book = self.asked.book
        rows = book.store.rows(_LINES, [book.number, first.isoformat(), last.isoformat(), type_name])
        return (Thing(found[0], entry_of(found[1:-1]), found[-1]) for found in rows)

    def at(self, seqs: Iterable[int]) -> Iterator[Thing]:
        """Entries by their numbers."""
        book = self.asked.book
        condition, values = among(book.store, "entry.seq", seqs)
        rows = book.store.rows(f"{_AT} AND {condition} ORDER BY entry.seq", [book.number, values])
        return (Thing(found[0], entry_of(found[1:-1]), found[-1]) for found in rows)

    def known(self, thing: Thing) -> tuple[Kind, ...]:
        """Whether an entry is known, and stands, as of the figure's moment."""
        if thing.seq > self.upto:
            return ("later",)
        return ("struck",) if thing.struck_by is not None and thing.struck_by <= self.upto else ()

    def here(self, place: int) -> bool:
        """Whether a place counts."""
        return bool(self._path(place).startswith(self._top))

    def filtered(self, thing: Thing) -> tuple[Kind, ...]:
        """Whether its values fulfil the condition, and stand in the cell."""
        found = self.row(thing)
        if self.where is not None and self.where.run(found) is not True:
            return ("definition",)
        return () if all(is_in(found[path], wanted) for path, wanted in self.question.of.items()) else ("cell",)


def converted(unit: str | None, into: str) -> Fraction | None:
    """How many of a unit one of another is; None where they do not convert."""
    if unit == into:
        return Fraction(1)
    a, b = unit_named(unit), unit_named(into)
    return a.factor / b.factor if a and b and a.base == b.base else None
