"""The current values of records: each state laid over the ones before it, field by field, by its day and then by its seq."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from taizhang.core import Entry
from taizhang.ledger import taken
from taizhang.ledger.canonical import read_values, written
from taizhang.ledger.plans import ERASE, Plan, Plans
from taizhang.ledger.store import Store, sought
from taizhang.ledger.tables import RECORD, RECORD_KEY
from taizhang.ledger.writing import READ, entry_of

_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_KEY = f"INSERT INTO record_key ({', '.join(RECORD_KEY.columns)}) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_ROW = "record, type, place, day, seq, first_seq, data, sealed"

# Entries are indexed by day and then by record, so that new ones stand together: one seek for each day of the book.
ABOUT = f"""
WITH RECURSIVE days(day) AS (
  SELECT min(day) FROM entry WHERE book = ?
  UNION ALL SELECT (SELECT min(e.day) FROM entry e WHERE e.book = ? AND e.day > days.day) FROM days WHERE days.day IS NOT NULL)
SELECT entry.seq, {READ}, struck.by_seq FROM days CROSS JOIN entry LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
WHERE entry.book = ? AND entry.day = days.day AND entry.record = ? ORDER BY entry.day, entry.seq"""
"""Every entry about a record with its seq, and the seq of the strike that withdrew it; four parameters, book three times first."""


@dataclass(slots=True)
class Kept:
    """What one register keeps of a record."""

    place: int
    day: str
    seq: int
    first_seq: int
    data: dict[str, Any] = field(default_factory=dict)
    sealed: dict[str, Any] = field(default_factory=dict)
    changed: bool = True


Registers = dict[str, Kept]
"""A record: what each register keeps of it, by the register's type."""


class Records:
    """The records of a book within a transaction that holds the book's lock."""

    def __init__(self, store: Store, book: int, plans: Plans) -> None:
        self._store, self._book, self._plans = store, book, plans
        self._known: dict[str, Registers] = {}
        self._touched: set[str] = set()
        self._keys: list[tuple[Any, ...]] = []
        self._took: dict[str, frozenset[taken.Row]] = {}

    def load(self, records: Iterable[str]) -> None:
        """Read many records in one question."""
        wanted = list(dict.fromkeys(r for r in records if r not in self._known))
        if not wanted:
            return
        self._known.update((record, {}) for record in wanted)
        rows = self._store.rows(*sought(self._store, _ROW, "record WHERE book = ?", [self._book], "record", wanted))
        for record, type_name, place, day, seq, first_seq, data, sealed in rows:
            kept = Kept(place, day, seq, first_seq, read_values(data), read_values(sealed), changed=False)
            self._known[record][type_name] = kept

    def is_late(self, entry: Entry, plan: Plan) -> bool:
        """Whether a state is of an earlier day than one that is there, or says its key otherwise: then the record is put together anew."""
        day = entry.day.isoformat()
        known = self._of(entry.record or "")
        if any(type_name in known and known[type_name].day > day for type_name in plan.chain):
            return True
        root = known.get(plan.chain[0])
        return root is not None and any(name in entry.data and entry.data[name] != root.data.get(name) for name in plan.key)

    def post(self, seq: int, entry: Entry, plan: Plan) -> None:
        """Lay a state over its record; it is not late."""
        record = entry.record or ""
        registers = self._of(record)
        self._touched.add(record)
        if plan.apart and record not in self._took:
            self._took[record] = self._takes(record)
        if lay(registers, seq, entry, plan) and plan.key:
            self._keys += _natural(self._book, record, registers, plan)

    def post_in_order(self, states: Iterable[tuple[int, Entry, Plan]]) -> bool:
        """Lay states over their records as long as none is late; False at the first that is, and then `forget` what was laid."""
        for seq, entry, plan in states:
            if self.is_late(entry, plan):
                return False
            self.post(seq, entry, plan)
        return True

    def forget(self) -> None:
        """Give up what was not flushed."""
        self._known, self._touched, self._keys, self._took = {}, set(), [], {}

    def flush(self) -> None:
        """Write everything, and keep what was read."""
        changed = [(r, t, k) for r in self._touched for t, k in self._known[r].items() if k.changed]
        if changed:
            self._store.upsert(RECORD, [_row(self._book, *one) for one in changed])
        for _, _, kept in changed:
            kept.changed = False
        if self._keys:
            self._store.many(_KEY, self._keys)
        if self._took:
            self._flush_taken()
        self._touched, self._keys = set(), []

    def _flush_taken(self) -> None:
        """What records took is free again where they have other values now."""
        now = {record: self._takes(record) for record in self._took}
        gone = [row for record, rows in self._took.items() for row in rows - now[record]]
        taken.change(self._store, gone, [row for record, rows in now.items() for row in rows - self._took[record]])
        self._took = {}

    def _takes(self, record: str) -> frozenset[taken.Row]:
        """The rows of a record among what is taken."""
        known = ((type_name, kept, self._plans[type_name]) for type_name, kept in self._of(record).items())
        rows = (taken.rows_of(self._book, record, type_name, plan.unique, kept.data) for type_name, kept, plan in known if plan)
        return frozenset(row for some in rows for row in some)

    def renew(self, record: str, upto: int) -> None:
        """Put a record together anew from its states up to a seq; everything before it is flushed.

        On rebuilding the journal goes on behind that seq: what is there has not happened yet.
        """
        rows = self._store.rows(ABOUT, [self._book, self._book, self._book, record])
        entries = [(row[0], entry_of(row[1:-1])) for row in rows if row[-1] is None and row[0] <= upto]
        self._took[record] = self._takes(record)
        for table in ("record", "record_key"):
            self._store.run(f"DELETE FROM {table} WHERE book = ? AND record = ?", [self._book, record])
        self._known[record] = self._laid(record, entries)
        self._touched.add(record)
        self.flush()

    def drop_sealed(self, record: str) -> None:
        """After an erasure: nothing sealed is left in what we keep of the record."""
        self._touched.add(record)
        for kept in self._of(record).values():
            kept.sealed, kept.changed = {}, True

    def _laid(self, record: str, entries: Sequence[tuple[int, Entry]]) -> Registers:
        laid: Registers = {}
        plans = {}
        for seq, entry in entries:
            plan = self._plans[entry.type]
            if entry.kind == "state" and plan is not None:
                lay(laid, seq, entry, plan)
                plans[plan.chain[0]] = plan
        for plan in plans.values():
            self._keys += _natural(self._book, record, laid, plan)
        erased = max((seq for seq, entry in entries if entry.type == ERASE), default=0)
        gone = {entry.uid for seq, entry in entries if seq < erased}
        for kept in laid.values() if gone else ():
            kept.sealed = {name: told for name, told in kept.sealed.items() if told[0] not in gone}
        return laid

    def _of(self, record: str) -> Registers:
        if record not in self._known:
            self.load([record])
        return self._known[record]


def newest(registers: Registers, plans: Plans) -> Kept:
    """What tells when and where a record was last stated: its root register, for every state of a record is one of the root too."""
    depths = {type_name: len(plan.chain) if (plan := plans[type_name]) else 0 for type_name in registers}
    return max(registers.items(), key=lambda one: (-depths[one[0]], one[1].day, one[1].seq))[1]


def lay(registers: Registers, seq: int, entry: Entry, plan: Plan) -> bool:
    """Lay a state over the registers of its record, in place; True when the record is new in the root register."""
    day, fresh = entry.day.isoformat(), plan.chain[0] not in registers
    for type_name in plan.chain:
        kept = registers.get(type_name)
        if kept is None:
            registers[type_name] = Kept(entry.place, day, seq, seq)
        else:
            kept.place, kept.day, kept.changed = entry.place, day, True
            if seq > kept.seq:
                kept.seq = seq
            if seq < kept.first_seq:
                kept.first_seq = seq
    owners = plan.owners or {}
    for name, value in entry.data.items():
        kept = registers[owners.get(name, plan.type)]
        kept.data[name] = value
        if kept.sealed:
            kept.sealed.pop(name, None)
    for name, sealed in entry.sealed.items():
        kept = registers[owners.get(name, plan.type)]
        kept.data.pop(name, None)
        kept.sealed[name] = [entry.uid, sealed]
    return fresh


def _natural(book: int, record: str, registers: Registers, plan: Plan) -> list[tuple[Any, ...]]:
    """The natural key a record has now, if it has all of it in the open."""
    data = registers[plan.chain[0]].data
    if not plan.key or any(name not in data for name in plan.key):
        return []
    return [(book, plan.chain[0], natural_key([data[name] for name in plan.key]), record)]


def natural_key(values: Sequence[Any]) -> str:
    """The natural key of a record as one text."""
    return _TEXT.encode(values)


def _row(book: int, record: str, type_name: str, kept: Kept) -> tuple[Any, ...]:
    return (
        book, record, type_name, kept.place, kept.day, kept.seq, kept.first_seq, written(kept.data) or "{}", written(kept.sealed) or "{}",
    )  # fmt: skip
