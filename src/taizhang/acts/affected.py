"""Which frozen figures used an entry: by its own row, or by what it said of a record that their rows were read with.

A figure is taken to have used an entry that it counts; one that says what a row of it reads (the kind of a mine, the drug of a
batch, where a record stands), for without it that row might not count; a return or a renewal of a loan it counts; and whatever
the figures it is made of used. An entry accepted after the figure, or withdrawn before it, was not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from taizhang.acts.comparing.asking import Asked, under
from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.acts.comparing.sources import OfBalances, OfEntries, OfRecords, rows_of
from taizhang.acts.desk import Desk
from taizhang.acts.freezing import Frozen, frozen_since
from taizhang.core import Entry, Question, rounded
from taizhang.cube import Cube
from taizhang.cube.plainly import parts_of
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.plans import RENEW
from taizhang.ledger.reading import Line
from taizhang.ledger.records import ABOUT
from taizhang.ledger.writing import entry_of
from taizhang.packs import Transfer


@dataclass(frozen=True, slots=True)
class Affected:
    """A frozen figure that used an entry; `now` is what it would be today by the definition it was printed by. None: no record."""

    frozen: Frozen
    now: Fraction | None
    places: int | None

    @property
    def printed_now(self) -> Fraction | None:
        """As it would be printed today."""
        return None if self.now is None else rounded(self.now, self.places)

    @property
    def difference(self) -> Fraction:
        """What it would be today less what was printed."""
        return (self.printed_now or Fraction(0)) - Fraction(self.frozen.printed)


def affected(desk: Desk, line: Line) -> list[Affected]:
    """Every frozen figure within the scope that used this entry (of a strike: the entry it withdrew), and what it would be now."""
    found = using(desk, line)
    return [_now(desk, one) for one in found]


def using(desk: Desk, line: Line) -> list[Frozen]:
    """The frozen figures that used this entry."""
    line = _struck(desk, line)
    since = frozen_since(desk, line.seq)
    with desk.book.store.transaction():
        return [one for one in since if (line.struck_by is None or line.struck_by > one.as_of) and _used(desk, one.question, one.version, line)]


def _struck(desk: Desk, line: Line) -> Line:
    return (desk.reader.entry(line.entry.strikes) or line) if line.entry.strikes else line


def _now(desk: Desk, one: Frozen) -> Affected:
    programme = one.question.indicator.partition(".")[0]
    book = under(desk.book, programme, one.version)
    figure = Cube(book, desk.scope).figure(replace(one.question, as_of=None))
    return Affected(one, figure.value, figure.places)


def _used(desk: Desk, question: Question, version: int, line: Line) -> bool:
    programme, _, name = question.indicator.partition(".")
    book = under(desk.book, programme, version)
    pack = book.catalogue.packs[programme]
    asked = Asked(question.indicator, question, book, pack, pack.indicators[name])
    return any(_Use(rows_of(one, desk.sight.path), line).is_used() for one in _sources(asked) if _may_be_used(one, line.entry))


def _may_be_used(asked: Asked, entry: Entry) -> bool:
    """Whether it is worth a closer look: an event or transfer of another type or day matters to loans and balances alone."""
    indicator, period = asked.indicator, asked.question.period
    if entry.kind == "state" or "balance" in f"{indicator.value} {indicator.where}":
        return True
    if entry.day > period.last or (indicator.kind == "flow" and entry.day < period.first):
        return False
    return indicator.kind == "stock" or entry.type == f"{asked.pack.name}.{indicator.source}"


def _sources(asked: Asked) -> Iterator[Asked]:
    """The indicator, or all it is made of."""
    if asked.indicator.source is not None:
        yield asked
        return
    for name in parts_of(asked.pack, asked.indicator).names:
        yield from _sources(asked.with_indicator(name))


@dataclass(frozen=True, slots=True)
class _Use:
    """One figure and one entry."""

    rows: Rows
    line: Line

    @property
    def entry(self) -> Entry:
        return self.line.entry

    def is_used(self) -> bool:
        """Whether the figure counts it, or reads what it says."""
        thing = Thing(self.line.seq, self.entry, self.line.struck_by)
        if self.entry.kind == "state":
            return self._is_read()
        if isinstance(self.rows, OfBalances):
            ends = (self.entry.source or "", self.entry.target or "")
            return any(not self.rows.fails(replace(thing, account=account)) for account in ends)
        return isinstance(self.rows, OfEntries) and (not self.rows.fails(thing) or self._ends_a_loan() or self._is_in_a_balance())

    def _is_in_a_balance(self) -> bool:
        """A movement through an account whose balance rows of the figure are read with."""
        if self.entry.kind != "transfer" or not any(name.endswith(".balance") for name in self.rows.wanted):
            return False
        ends = [self.entry.source, self.entry.target]
        return any(self._is_here(thing) for thing in self._lines("(source IN (?, ?) OR target IN (?, ?))", [*ends, *ends]))

    # ---- loans ---------------------------------------------------------------------------------------------------------------------

    def _ends_a_loan(self) -> bool:
        """A return or a renewal of a loan that stands where the figure looks."""
        if not self.rows.is_stock or self.entry.day > self.rows.last:
            return False
        return any(self._is_here(loan) for loan in self._loans())

    def _loans(self) -> Iterable[Thing]:
        """The loans that the entry may be about."""
        entry, moving = self.entry, self.rows.asked.book.catalogue.things.get(self.entry.type)
        if entry.type == RENEW:
            seqs = (int(row[0]) for row in self._ask("SELECT seq FROM entry WHERE book = ? AND uid = ?", [str(entry.data.get("loan"))]))
            return [thing for thing in self.rows.at(seqs) if self._is_of_source(thing.entry)]
        if not isinstance(moving, Transfer) or moving.returns != self.rows.asked.indicator.source:
            return []
        lines = self._lines("item = ? AND target = ?", [entry.item, entry.source])
        return [one for one in lines if one.seq < self.line.seq]

    def _is_of_source(self, entry: Entry) -> bool:
        return entry.type == f"{self.rows.asked.pack.name}.{self.rows.asked.indicator.source}"

    def _is_here(self, thing: Thing) -> bool:
        """Whether an entry is of the figure's days and places, whatever its values."""
        days = self.rows.first <= thing.entry.day <= self.rows.last
        return days and not self.rows.known(thing) and self.rows.here(thing.entry.place)

    # ---- what is said of records ---------------------------------------------------------------------------------------------------

    def _is_read(self) -> bool:
        """A state of a record that rows of the figure are, or are read with."""
        record = self.entry.record or ""
        if isinstance(self.rows, OfRecords) and self._registers(record):
            return True
        return self._says_what_is_read() and self._is_reached(record)

    def _registers(self, record: str) -> bool:
        """A state of a record of the register itself: it decides whether the record is one, and where it stands."""
        register = self.rows.register if isinstance(self.rows, OfRecords) else None
        standing = self.rows.standings.record(record, self.rows.last)
        if register is None or standing is None or not standing.has(register.type):
            return False
        if isinstance(self.rows, OfBalances) and not self._holds(record):
            return False
        return any(self.rows.here(place) for place in self._stood(record))

    def _stood(self, record: str) -> set[int]:
        """Every place a record was stated at: without the entry it might stand at any of them."""
        number = self.rows.asked.book.number
        return {entry_of(row[1:-1]).place for row in self._ask_plainly(ABOUT, [number, number, number, record]) if row[2] == "state"}

    def _holds(self, record: str) -> bool:
        account = f"{self.rows.register.type}/{record}" if isinstance(self.rows, OfBalances) else ""
        return bool(self._ask("SELECT 1 FROM balance WHERE book = ? AND account = ? LIMIT 1", [account]))

    def _says_what_is_read(self) -> bool:
        """Whether it says a field that a path of the figure goes through."""
        said = {*self.entry.data, *self.entry.sealed}
        parameters = self.rows.asked.pack.parameters
        names = [*self.rows.wanted, *(by for name in self.rows.wanted if name in parameters for by in parameters[name].by)]
        return any(not said.isdisjoint(name.split(".")) for name in names)

    def _is_reached(self, record: str) -> bool:
        """Whether a row where the figure looks names the record, or one that names it."""
        records = {record, *self._pointing(record)}
        if isinstance(self.rows, OfBalances):
            return any(self.rows.here(place) for place in self._holders(records))
        if isinstance(self.rows, OfRecords):
            return any(self._registers(one) for one in records)
        return any(self._is_here(thing) for thing in self._naming(records))

    def _pointing(self, record: str) -> set[str]:
        """The records of which a state ever named this one."""
        sql = "SELECT DISTINCT record FROM entry WHERE book = ? AND kind = 'state' AND data LIKE ?"
        return {str(row[0]) for row in self._ask(sql, [f'%"{record}"%'])}

    def _holders(self, items: Iterable[str]) -> Iterator[int]:
        """Where the accounts of the register stand that ever held one of these items."""
        head = f"{self.rows.register.type}/" if isinstance(self.rows, OfBalances) else ""
        for item in items:
            for (account,) in self._ask("SELECT account FROM balance WHERE book = ? AND item = ?", [item]):
                if account.startswith(head):
                    yield from self._stood(record_of(account) or "")

    def _naming(self, records: Iterable[str]) -> Iterator[Thing]:
        """The entries of the figure's type that name one of these: as record, item, end or in a field."""
        for record in records:
            ends = (f"%/{record}", f"%/{record}", f'%"{record}"%')
            yield from self._lines("(record = ? OR item = ? OR source LIKE ? OR target LIKE ? OR data LIKE ?)", [record, record, *ends])

    def _lines(self, where: str, values: list[object]) -> Iterator[Thing]:
        """The entries of the figure's type and days that fulfil a condition."""
        asked = self.rows.asked
        type_name = f"{asked.pack.name}.{asked.indicator.source}"
        first, last = self.rows.first.isoformat(), self.rows.last.isoformat()
        sql = f"SELECT seq FROM entry WHERE book = ? AND type = ? AND kind <> 'strike' AND day BETWEEN ? AND ? AND {where}"
        return self.rows.at(int(row[0]) for row in self._ask(sql, [type_name, first, last, *values]))

    def _ask(self, sql: str, values: list[object]) -> list[tuple[Any, ...]]:
        return self._ask_plainly(sql, [self.rows.asked.book.number, *values])

    def _ask_plainly(self, sql: str, values: list[object]) -> list[tuple[Any, ...]]:
        return self.rows.asked.book.store.rows(sql, values)
