"""The rows of a figure, each with what it comes from, and why a row of one figure is not in another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.known import Known
from taizhang.acts.comparing.nouns import Kind
from taizhang.core import Entry, unit_named
from taizhang.cube.plainly import factor
from taizhang.expressions import Expression, parse
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.rules import RENEW, row, row_of_record
from taizhang.ledger.rules.once import key_text
from taizhang.ledger.standing import Standings
from taizhang.ledger.store import among
from taizhang.ledger.writing import READ, entry_of
from taizhang.packs import Register, Transfer, scopes

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
        return () if all(_is(found[path], wanted) for path, wanted in self.question.of.items()) else ("cell",)


class OfEntries(Rows):
    """An indicator from events or transfers."""

    def things(self) -> Iterator[Thing]:
        """The entries of its type."""
        return self.lines(self._type, self.first, self.last)

    def everything(self) -> Iterator[Thing]:
        """The entries of its type, of any day."""
        return self.lines(self._type, date.min, date.max)

    def fails(self, thing: Thing) -> tuple[Kind, ...]:
        """By its type, what is known of it, its day, its place, its values."""
        if thing.entry.type != self._type or thing.account or thing.record:
            return ("definition",)
        found = self.known(thing)
        found += () if self.first <= thing.entry.day <= self.last else ("period",)
        found += () if self.here(thing.entry.place) else ("place",)
        return found or self.filtered(thing)

    def read(self, thing: Thing, names: Iterable[str]) -> Mapping[str, Any]:
        """Its names; of a loan also whether it is back by then, and when due."""
        if not self._lends:
            return row(thing.entry, self.standings, self.asked.book.catalogue, names, {"as_of": self.last} if self.is_stock else {})
        loan = self.standings.loan(thing.entry.uid)
        back = loan is not None and loan.ended is not None and loan.ended <= self.last
        stated = replace(thing.entry, due=self._renewed.get(thing.entry.uid, thing.entry.due))
        return row(stated, self.standings, self.asked.book.catalogue, names, {"as_of": self.last, "returned": back})

    @property
    def _type(self) -> str:
        return f"{self.asked.pack.name}.{self.asked.indicator.source}"

    @cached_property
    def _lends(self) -> bool:
        thing = self.asked.book.catalogue.things.get(self._type)
        return self.is_stock and isinstance(thing, Transfer) and thing.loan is not None

    @cached_property
    def _renewed(self) -> dict[str, date]:
        told = (thing.entry.data for thing in self.lines(RENEW, date.min, self.last) if not self.known(thing))
        return {str(data["loan"]): date.fromisoformat(str(data["due"])) for data in told}


class OfRecords(Rows):
    """An indicator from the records of a register."""

    @property
    def register(self) -> Register:
        """The register."""
        register = self.asked.pack.register(self.asked.indicator.source or "")
        assert register is not None
        return register

    def things(self) -> Iterator[Thing]:
        """Its records, each by the first entry that registers it."""
        return _first_of_each(thing for thing in self._states(self.last) if not self.known(thing))

    def everything(self) -> Iterator[Thing]:
        """Every record that ever was registered."""
        return _first_of_each(self._states(date.max))

    def fails(self, thing: Thing) -> tuple[Kind, ...]:
        """By when it was registered, where it stands, its values."""
        if not thing.record:
            return ("definition",)
        mine = self._first.get(thing.record)
        if mine is None:
            return self._unregistered(thing)
        found: tuple[Kind, ...] = () if self.first <= mine.entry.day <= self.last else ("period",)
        standing = self.standings.record(thing.record, self.last)
        found += () if standing is not None and self.here(standing.place) else ("place",)
        return found or self.filtered(thing)

    def read(self, thing: Thing, names: Iterable[str]) -> Mapping[str, Any]:
        """Its names on the last day."""
        extra = {"as_of": self.last} if self.is_stock else {}
        book = self.asked.book
        return row_of_record(self.register.type, thing.record, self.last, self.standings, book.catalogue, names, extra=extra)

    def _states(self, last: date) -> Iterator[Thing]:
        catalogue = self.asked.book.catalogue
        for type_name, thing in catalogue.things.items():
            if isinstance(thing, Register) and self.register.type in {one.type for one in catalogue.chain(thing)}:
                yield from self.lines(type_name, date.min, last)

    @cached_property
    def _first(self) -> dict[str, Thing]:
        return {thing.record: thing for thing in self.things()}

    def _unregistered(self, thing: Thing) -> tuple[Kind, ...]:
        """Why a record another figure counts is none here: struck, registered later, or of a later day."""
        own = [one for one in self._states(date.max) if one.entry.record == thing.record]
        why = {kind for one in own for kind in self.known(one)}
        if any(not self.known(one) for one in own):
            return ("period",)
        return ("struck",) if "struck" in why else ("later",) if why else ("definition",)


class OfBalances(OfRecords):
    """An indicator of what the accounts of a register hold: each movement by the day is a row."""

    def things(self) -> Iterator[Thing]:
        """Every movement through an account of the register by the day."""
        return self._moved(self.last)

    def everything(self) -> Iterator[Thing]:
        """Every movement, of any day."""
        return self._moved(date.max)

    def _moved(self, last: date) -> Iterator[Thing]:
        catalogue, head = self.asked.book.catalogue, f"{self.register.type}/"
        for type_name, thing in catalogue.things.items():
            for line in self.lines(type_name, date.min, last) if isinstance(thing, Transfer) else ():
                ends = (line.entry.source or "", line.entry.target or "")
                yield from (replace(line, account=account) for account in ends if account.startswith(head))

    def fails(self, thing: Thing) -> tuple[Kind, ...]:
        """By what is known of the movement, its day, where the account stands, its values."""
        if not thing.account.startswith(f"{self.register.type}/"):
            return ("definition",)
        found = self.known(thing)
        found += () if thing.entry.day <= self.last else ("period",)
        standing = self.standings.record(record_of(thing.account) or "", self.last)
        found += () if standing is not None and self.here(standing.place) else ("place",)
        return found or self.filtered(thing)

    def read(self, thing: Thing, names: Iterable[str]) -> Mapping[str, Any]:
        """What it moved, under the name of the balance, and the names of account and item."""
        entry, catalogue = thing.entry, self.asked.book.catalogue
        moving = catalogue.things[entry.type]
        assert isinstance(moving, Transfer)
        moved = (entry.quantity or 0) * (1 if thing.account == entry.target else -1)
        return row_of_record(
            self.register.type,
            record_of(thing.account) or "",
            self.last,
            self.standings,
            catalogue,
            names,
            item=entry.item,
            kind=catalogue.item_kind(moving),
            balance=moved,
            extra={"as_of": self.last} if self.is_stock else {},
        )


def rows_of(asked: Asked, paths: Callable[[int], str]) -> Rows:
    """The rows of a figure of an indicator that has a source; `paths` gives the path of a place."""
    register = asked.pack.register(asked.indicator.source or "")
    if register is None:
        return OfEntries(asked, paths)
    made = OfRecords(asked, paths)
    is_balance = any(name.partition(".")[0] == "balance" and "balance" not in register.fields for name in made.wanted)
    return OfBalances(asked, paths) if is_balance else made


def _first_of_each(states: Iterable[Thing]) -> Iterator[Thing]:
    """Of each record the state of the earliest day."""
    found: dict[str, Thing] = {}
    for thing in states:
        record = thing.entry.record or ""
        before = found.get(record)
        if before is None or (thing.entry.day, thing.seq) < (before.entry.day, before.seq):
            found[record] = replace(thing, record=record)
    return iter(found.values())


def converted(unit: str | None, into: str) -> Fraction | None:
    """How many of a unit one of another is; None where they do not convert."""
    if unit == into:
        return Fraction(1)
    a, b = unit_named(unit), unit_named(into)
    return a.factor / b.factor if a and b and a.base == b.base else None


def _is(value: Any, wanted: str) -> bool:
    """Whether a value stands in a cell; the cell of what has no value is the empty text."""
    if not wanted:
        return value is None or value == ()
    return wanted in value if isinstance(value, tuple) else value is not None and key_text(value) == wanted
