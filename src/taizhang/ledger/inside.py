"""A book from inside a transaction, as the rules ask of it (`standing.Standings`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.core import Entry, Value
from taizhang.ledger import taken
from taizhang.ledger.canonical import read_values
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.deriving import Deriver
from taizhang.ledger.foretold import Foretold, keyed
from taizhang.ledger.keys import Erased, KeyFile, folded
from taizhang.ledger.loans import Waitings
from taizhang.ledger.plans import Plans
from taizhang.ledger.records import ABOUT, Kept, Registers, lay, natural_key, newest
from taizhang.ledger.sealing import unseal, unseal_fields
from taizhang.ledger.standing import Lent, Standing, Waiting
from taizhang.ledger.store import Row, Store, among, sought
from taizhang.ledger.writing import READ, entry_of

_ROW = "record, type, place, day, seq, first_seq, data, sealed"
_LENT = "uid, type, item, source, target, quantity, day, due, renewed, back, ended"
_MOVED = f"""
WITH RECURSIVE days(day) AS (
  SELECT min(day) FROM movement WHERE book = ? AND day >= ?
  UNION ALL SELECT (SELECT min(m.day) FROM movement m WHERE m.book = ? AND m.day > days.day AND m.day <= ?) FROM days WHERE days.day IS NOT NULL)
SELECT entry.seq, {READ} FROM days CROSS JOIN movement m JOIN entry ON entry.book = m.book AND entry.seq = m.seq
LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
WHERE m.book = ? AND m.day = days.day AND m.day <= ? AND m.account = ? AND entry.type = ? AND entry.kind = 'transfer' AND struck.seq IS NULL
ORDER BY entry.seq"""
_HAPPENED = f"""
SELECT {READ} FROM entry LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
WHERE entry.book = ? AND entry.day BETWEEN ? AND ? AND entry.type = ? AND entry.kind <> 'strike' AND struck.seq IS NULL ORDER BY entry.seq"""


class Inside:
    """The book within a transaction that holds its lock. What is read once is kept until `forget`."""

    def __init__(self, store: Store, book: int, origin: str, catalogue: Catalogue, plans: Plans, keys: KeyFile) -> None:
        self._store, self._book, self._origin = store, book, origin
        self._catalogue, self._plans, self._keys = catalogue, plans, keys
        self._known: dict[str, Standing | None] = {}
        self._days: dict[str, str] = {}
        self._foretold = Foretold({}, {})

    def forget(self) -> None:
        """After entries were appended: ask the database again."""
        self._known, self._foretold = {}, Foretold({}, {})

    def foresaw(self, told: Foretold) -> None:
        """What was asked with the lock is known until entries are appended."""
        self._foretold = told

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def record(self, key: str, day: date | None = None) -> Standing | None:
        """A record now, or with the values it had on a day; a field first said later has what was said first."""
        if key not in self._known:
            self.records([key])
        standing = self._known[key]
        if day is None or standing is None or self._last_day(key) <= day.isoformat():
            return standing
        return self._on(key, day)

    def records(self, keys: Iterable[str]) -> Mapping[str, Standing]:
        """Many records now, in one question; those that are not there are left out."""
        wanted = list(dict.fromkeys(keys))
        fresh = [key for key in wanted if key not in self._known]
        if fresh:
            self._keep(fresh, self._store.rows(*sought(self._store, _ROW, "record WHERE book = ?", [self._book], "record", fresh)))
        return {key: standing for key in wanted if (standing := self._known[key]) is not None}

    def _keep(self, keys: Iterable[str], rows: Iterable[Row]) -> None:
        """Keep what was read of these records."""
        found: dict[str, Registers] = {}
        for key, type_name, place, day, seq, first, data, sealed in rows:
            found.setdefault(key, {})[type_name] = Kept(place, day, seq, first, read_values(data), read_values(sealed))
        self._known.update((key, _standing(key, found[key], self._plans) if key in found else None) for key in keys)
        self._days.update((key, max(kept.day for kept in registers.values())) for key, registers in found.items())

    def find(self, root: str, key: tuple[Value, ...], sealed: bool) -> str | None:
        """The record of a natural key in a root register; it will be looked at, so it is read in the same question."""
        if sealed:
            return self.find_all(root, [key], sealed).get(key)
        rows = self._foretold.records.get((root, key))
        if rows is None:
            rows = self._store.rows(*keyed(self._book, (root, key)))
        if rows and rows[0][0] not in self._known:
            self._keep([rows[0][0]], rows)
        return rows[0][0] if rows else None

    def find_all(self, root: str, keys: Iterable[tuple[Value, ...]], sealed: bool) -> Mapping[tuple[Value, ...], str]:
        """Many natural keys in one question."""
        texts = {natural_key(key): key for key in keys}
        if sealed:
            hits = {text: self._keys.find(root, text) for text in texts}
            there = self.records(record for records in hits.values() for record in records)
            pairs = ((text, there[record]) for text, records in hits.items() for record in records if record in there)
            return {texts[text]: standing.key for text, standing in pairs if self._has_key(standing, root, text)}
        source = "record_key WHERE book = ? AND type = ?"
        rows = self._store.rows(*sought(self._store, "key, record", source, [self._book, root], "key", list(texts)))
        return {texts[text]: record for text, record in rows}

    def holders(self, type_name: str, names: Sequence[str], keys: Iterable[tuple[Value, ...]]) -> Mapping[tuple[Value, ...], frozenset[str]]:
        """The records of a register that have these values of some of its fields (`unique:`), in one question."""
        return taken.holders(self._store, self._book, type_name, names, keys)

    def _has_key(self, standing: Standing, root: str, text: str) -> bool:
        """Whether this is its natural key now: the index still leads from one that was struck, and that may be somebody else's."""
        register = self._catalogue.register(root)
        values, sealed = standing.values.get(root, {}), standing.sealed.get(root, {})
        names = register.key if register else ()
        key = [self.open(standing, root, name) if name in sealed else values.get(name) for name in names]
        return folded(natural_key(key)) == folded(text)

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        """A sealed value in plain; None when it was erased, or never said."""
        told = standing.sealed.get(type_name, {}).get(field_name)
        if told is None:
            return None
        try:
            key = self._keys.of_entry(told[0], standing.key)
        except Erased:
            return None
        return unseal(key, self._origin, told[0], field_name, told[1])

    # ---- accounts --------------------------------------------------------------------------------------------------------------

    def balance(self, account: str, item: str) -> int:
        """What an account holds of an item, in smallest parts."""
        if (account, item) in self._foretold.held:
            kept = self._foretold.held[account, item]
            return kept.quantity if kept else 0
        rows = self._store.rows("SELECT quantity FROM balance WHERE book = ? AND account = ? AND item = ?", [self._book, account, item])
        return int(rows[0][0]) if rows else 0

    def held(self, account: str, kind: str) -> int:
        """What an account holds of all items of a kind."""
        sql = "SELECT coalesce(sum(quantity), 0) FROM balance WHERE book = ? AND account = ? AND kind = ?"
        return int(self._store.rows(sql, [self._book, account, kind])[0][0])

    def moved(self, type_name: str, account: str, first: date, last: date) -> Iterable[Entry]:
        """The transfers of a type, in or out of an account, on these days; struck ones left out."""
        low, high = first.isoformat(), last.isoformat()
        rows = self._store.rows(_MOVED, [self._book, low, self._book, high, self._book, high, account, type_name])
        return [entry_of(row[1:]) for row in rows]

    def happened(self, type_name: str, first: date, last: date) -> Iterable[Entry]:
        """The entries of a type on these days; struck ones left out."""
        rows = self._store.rows(_HAPPENED, [self._book, first.isoformat(), last.isoformat(), type_name])
        return [entry_of(row) for row in rows]

    # ---- entries ---------------------------------------------------------------------------------------------------------------

    def entry(self, uid: str) -> Entry | None:
        """An entry of the journal."""
        return self.entries([uid]).get(uid)

    def entries(self, uids: Iterable[str]) -> Mapping[str, Entry]:
        """Many entries in one question."""
        rows = self._store.rows(*sought(self._store, READ, "entry WHERE book = ?", [self._book], "uid", list(uids)))
        return {entry.uid: entry for entry in map(entry_of, rows)}

    def opened(self, entry: Entry) -> Mapping[str, Value] | None:
        """The sealed values of an entry in plain; None when its record was erased."""
        if not entry.sealed:
            return {}
        try:
            key = self._keys.of_entry(entry.uid, entry.record)
        except Erased:
            return None
        return unseal_fields(key, self._origin, entry.uid, entry.sealed)

    def token(self, field_name: str, value: str) -> str:
        """What may stand for a personal value in the open."""
        return self._keys.token(field_name, value)

    def struck(self, uid: str) -> bool:
        """Whether an entry was withdrawn."""
        sql = "SELECT 1 FROM entry JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq WHERE entry.book = ? AND entry.uid = ?"
        return bool(self._store.rows(sql, [self._book, uid]))

    @contextmanager
    def without(self, uid: str) -> Iterator[Inside]:
        """The book as it would be if that entry were struck, until the end of the block."""
        try:
            with self._store.transaction():
                deriver = Deriver(self._store, self._book, self._catalogue, self._plans)
                deriver.undo(uid)
                other = Inside(self._store, self._book, self._origin, self._catalogue, self._plans, self._keys)
                yield other
                raise _Undo
        except _Undo:
            pass

    @contextmanager
    def supposing(self) -> Iterator[Supposed]:
        """The book as it would be with entries that are not written yet, until the end of the block."""
        try:
            with self._store.transaction():
                deriver = Deriver(self._store, self._book, self._catalogue, self._plans)
                size = self._store.rows("SELECT size FROM book WHERE id = ?", [self._book])[0][0]
                other = Inside(self._store, self._book, self._origin, self._catalogue, self._plans, self._keys)
                yield Supposed(other, deriver, size)
                raise _Undo
        except _Undo:
            pass

    # ---- loans and what waits --------------------------------------------------------------------------------------------------

    def loan(self, uid: str) -> Lent | None:
        """A loan by the entry that lent."""
        rows = self._store.rows(f"SELECT {_LENT} FROM loan WHERE book = ? AND uid = ?", [self._book, uid])
        return _lent(rows[0]) if rows else None

    def lent(self, item: str, target: str | None = None) -> Iterable[Lent]:
        """The loans of an item that are not over, the oldest first."""
        where, params = ("", []) if target is None else (" AND target = ?", [target])
        sql = f"SELECT {_LENT} FROM loan WHERE book = ? AND item = ? AND ended IS NULL{where} ORDER BY seq"
        return [_lent(row) for row in self._store.rows(sql, [self._book, item, *params])]

    def waiting(self, type_name: str, names: Iterable[str]) -> Iterable[Waiting]:
        """The open entries of a type of which every record named is among these names; the oldest first."""
        named = set(names)
        return [one for one in self._waiting(type_name, named) if named.issuperset(one.names)]

    def queued(self, type_name: str, records: Iterable[str]) -> Iterable[Waiting]:
        """The open entries of a type about one of these records, whoever waits; the oldest first."""
        return self._waiting(type_name, set(records))

    def reach(self, names: Iterable[str]) -> set[str]:
        """These records and what one of their fields points to."""
        return Waitings(self._store, self._book, self._plans).reach(names)

    def _waiting(self, type_name: str, firsts: set[str]) -> list[Waiting]:
        condition, values = among(self._store, "first", firsts)
        sql = f"SELECT uid, type, day, names FROM waiting WHERE book = ? AND type = ? AND ended_seq IS NULL AND {condition} ORDER BY seq"
        rows = self._store.rows(sql, [self._book, type_name, values])
        return [Waiting(uid, kind, date.fromisoformat(day), tuple(_list(names))) for uid, kind, day, names in rows]

    def _last_day(self, key: str) -> str:
        return self._days.get(key, "")

    def _on(self, key: str, day: date) -> Standing:
        """A record on a past day: what was said later, the latest first, under what was said by then."""
        rows = self._store.rows(ABOUT, [self._book, self._book, self._book, key])
        states = [(row[0], entry_of(row[1:-1])) for row in rows if row[-1] is None and row[2] == "state"]
        later = [one for one in states if one[1].day > day]
        laid: Registers = {}
        for seq, entry in (*reversed(later), *(one for one in states if one[1].day <= day)):
            plan = self._plans[entry.type]
            if plan is not None:
                lay(laid, seq, entry, plan)
        return _standing(key, laid, self._plans)


@dataclass
class Supposed:
    """A book beside the real one, where acts are tried that are to be accepted together."""

    inside: Inside
    _deriver: Deriver
    _seq: int

    def take(self, entries: Iterable[Entry]) -> None:
        """Let these entries follow."""
        for entry in entries:
            self._seq += 1
            self._deriver.apply(self._seq, entry)
        self._deriver.flush()
        self.inside.forget()


class _Undo(Exception):
    pass


def _standing(key: str, registers: Registers, plans: Plans) -> Standing:
    last = newest(registers, plans)
    return Standing(
        key,
        last.place,
        {type_name: kept.data for type_name, kept in registers.items()},
        {type_name: {name: (told[0], told[1]) for name, told in kept.sealed.items()} for type_name, kept in registers.items() if kept.sealed},
        date.fromisoformat(last.day),
    )


def _lent(row: Row) -> Lent:
    uid, type_name, item, source, target, quantity, day, due, renewed, back, ended = row
    over = None if ended is None else date.fromisoformat(ended)
    return Lent(uid, type_name, item, source, target, quantity, date.fromisoformat(day), date.fromisoformat(due), renewed, back, over)


def _list(text: str) -> list[Any]:
    found: list[Any] = json.loads(text)
    return found
