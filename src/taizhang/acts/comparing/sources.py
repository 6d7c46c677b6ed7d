"""What the rows of a figure come from: entries, records of a register, movements through its accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.nouns import Kind
from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.cube.plainly import is_balance
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.rules import RENEW, row, row_of_record
from taizhang.packs import Register, Transfer


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
    holds = any(is_balance(name, register) for name in made.wanted)
    return OfBalances(asked, paths) if holds else made


def _first_of_each(states: Iterable[Thing]) -> Iterator[Thing]:
    """Of each record the state of the earliest day."""
    found: dict[str, Thing] = {}
    for thing in states:
        record = thing.entry.record or ""
        before = found.get(record)
        if before is None or (thing.entry.day, thing.seq) < (before.entry.day, before.seq):
            found[record] = replace(thing, record=record)
    return iter(found.values())
