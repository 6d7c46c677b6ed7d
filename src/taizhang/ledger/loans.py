"""Loans and open entries: what is due back, and what waits until something ends it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from taizhang.core import Entry
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.plans import RENEW, Plan, Plans
from taizhang.ledger.records import ABOUT
from taizhang.ledger.store import Store, among, insert_sql
from taizhang.ledger.tables import LOAN, WAITING
from taizhang.ledger.writing import READ, entry_of

_LEND = insert_sql("loan", LOAN.columns)
_WAIT = insert_sql("waiting", WAITING.columns)
_STANDING = "SELECT seq, quantity, back FROM loan WHERE book = ? AND item = ? AND target = ? AND source = ? AND type = ? AND seq < ? AND ended IS NULL ORDER BY seq"
_RETURNS = f"""
SELECT entry.seq, {READ} FROM movement m JOIN entry ON entry.book = m.book AND entry.seq = m.seq
LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
WHERE m.book = ? AND m.account = ? AND m.item = ? AND entry.kind = 'transfer' AND entry.source = ? AND struck.seq IS NULL ORDER BY entry.seq"""


class Loans:
    """The loans of a book within a transaction that holds the book's lock; everything before is flushed."""

    def __init__(self, store: Store, book: int, plans: Plans) -> None:
        self._store, self._book, self._plans = store, book, plans

    def lend(self, seq: int, entry: Entry) -> None:
        """Open the loan of an entry that lends."""
        e = entry
        day, due = e.day.isoformat(), (e.due or e.day).isoformat()
        self._store.run(_LEND, [self._book, seq, e.uid, e.type, e.item, e.source, e.target, e.quantity, day, due, 0, 0, None])

    def give_back(self, seq: int, entry: Entry, plan: Plan) -> None:
        """Count a return against the loans before it of its item and accounts, the oldest first."""
        left = entry.quantity or 0
        found = self._store.rows(_STANDING, [self._book, entry.item, entry.source, entry.target, plan.returns, seq])
        for loan, quantity, back in found:
            taken = min(left, quantity - back)
            left -= taken
            ended = entry.day.isoformat() if back + taken == quantity else None
            self._store.run("UPDATE loan SET back = ?, ended = ? WHERE book = ? AND seq = ?", [back + taken, ended, self._book, loan])
            if not left:
                return

    def renew(self, entry: Entry) -> None:
        """Move the day a loan is due."""
        sql = "UPDATE loan SET due = ?, renewed = renewed + 1 WHERE book = ? AND uid = ?"
        self._store.run(sql, [entry.data["due"], self._book, entry.data["loan"]])

    def unlend(self, seq: int, entry: Entry) -> None:
        """A loan was struck."""
        self._store.run("DELETE FROM loan WHERE book = ? AND seq = ?", [self._book, seq])
        self._recount(entry.item or "", entry.source or "", entry.target or "", entry.type)

    def unreturn(self, entry: Entry, plan: Plan) -> None:
        """A return was struck."""
        self._recount(entry.item or "", entry.target or "", entry.source or "", plan.returns or "")

    def unrenew(self, entry: Entry, upto: int) -> None:
        """A renewal was struck: the loan is due as its other renewals up to a seq say."""
        loan = entry.data["loan"]
        rows = self._store.rows(f"SELECT entry.seq, {READ} FROM entry WHERE book = ? AND uid = ?", [self._book, loan])
        if not rows:
            return  # of a loan that is not there: nothing followed from it
        lent = entry_of(rows[0][1:])
        left = [e for e in self._about(entry.record or "", rows[0][0], upto) if e.type == RENEW and e.data.get("loan") == loan]
        last: Any = left[-1].data["due"] if left else (lent.due or lent.day).isoformat()
        sql = "UPDATE loan SET due = ?, renewed = ? WHERE book = ? AND uid = ?"
        self._store.run(sql, [last, len(left), self._book, loan])

    def _about(self, record: str, after: int, upto: int) -> list[Entry]:
        """Entries about a record that stand, behind one seq and up to another, in the order of the journal."""
        rows = self._store.rows(ABOUT, [self._book, self._book, self._book, record])
        return [entry_of(row[1:-1]) for row in sorted(rows, key=lambda row: int(row[0])) if row[-1] is None and after < row[0] <= upto]

    def _recount(self, item: str, lender: str, borrower: str, lends: str) -> None:
        """Count all returns between two accounts again."""
        where = "WHERE book = ? AND item = ? AND target = ? AND source = ? AND type = ?"
        self._store.run(f"UPDATE loan SET back = 0, ended = NULL {where}", [self._book, item, borrower, lender, lends])
        rows = self._store.rows(_RETURNS, [self._book, borrower, item, borrower])
        for seq, entry in [(row[0], entry_of(row[1:])) for row in rows]:
            plan = self._plans[entry.type]
            if plan and plan.returns == lends and entry.target == lender:
                self.give_back(seq, entry, plan)


class Waitings:
    """Open entries of a book within a transaction that holds the book's lock; everything before is flushed."""

    def __init__(self, store: Store, book: int, plans: Plans) -> None:
        self._store, self._book, self._plans = store, book, plans

    def begin(self, seq: int, entry: Entry, plan: Plan) -> None:
        """An entry waits until one that names the same records ends it."""
        names = _named(entry, plan)
        if names:
            self._store.run(
                _WAIT, [self._book, seq, entry.uid, entry.type, entry.day.isoformat(), names[0], json.dumps(names, ensure_ascii=False), None]
            )

    def end(self, seq: int, entry: Entry, plan: Plan) -> None:
        """End what waits of the types a plan closes and names nothing that this entry does not name."""
        named = self.reach(_all_named(entry, plan))
        types, type_values = among(self._store, "type", plan.closes)
        firsts, first_values = among(self._store, "first", named)
        sql = f"SELECT seq, names FROM waiting WHERE book = ? AND ended_seq IS NULL AND {types} AND {firsts}"
        for waiting, names in self._store.rows(sql, [self._book, type_values, first_values]):
            if named.issuperset(json.loads(names)) and self._plans.ends(entry, self._entry(waiting)):
                self._store.run("UPDATE waiting SET ended_seq = ? WHERE book = ? AND seq = ?", [seq, self._book, waiting])

    def _entry(self, seq: int) -> Entry:
        return entry_of(self._store.rows(f"SELECT {READ} FROM entry WHERE book = ? AND seq = ?", [self._book, seq])[0])

    def reach(self, names: Iterable[str]) -> set[str]:
        """These records and what one of their fields points to: a copy names its book."""
        found = set(names)
        condition, values = among(self._store, "record", sorted(found))
        for type_name, data in self._store.rows(f"SELECT type, data FROM record WHERE book = ? AND {condition}", [self._book, values]):
            told = json.loads(data)
            found.update(v for name in self._plans.refs(type_name) if isinstance(v := told.get(name), str))
        return found

    def drop(self, seq: int) -> None:
        """The open entry was struck."""
        self._store.run("DELETE FROM waiting WHERE book = ? AND seq = ?", [self._book, seq])

    def reopen(self, seq: int, upto: int) -> None:
        """What ended them was struck: they wait again, unless an entry since, up to a seq, ends them as well."""
        rows = self._store.rows("SELECT seq, type, names FROM waiting WHERE book = ? AND ended_seq = ? ORDER BY seq", [self._book, seq])
        if not rows:
            return
        self._store.run("UPDATE waiting SET ended_seq = NULL WHERE book = ? AND ended_seq = ?", [self._book, seq])
        still = {row[0]: (row[1], json.loads(row[2])) for row in rows}
        for later, entry, plan in self._closing(rows[0][0], upto, {row[1] for row in rows}):
            named = self.reach(_all_named(entry, plan))
            named_here = [w for w, (type_name, names) in still.items() if w < later and type_name in plan.closes and named.issuperset(names)]
            for waiting in [w for w in named_here if self._plans.ends(entry, self._entry(w))]:
                del still[waiting]
                self._store.run("UPDATE waiting SET ended_seq = ? WHERE book = ? AND seq = ?", [later, self._book, waiting])
            if not still:
                return

    def _closing(self, after: int, upto: int, types: set[str]) -> Iterator[tuple[int, Entry, Plan]]:
        """The entries that stand, behind one seq and up to another, which may end open entries of these types."""
        condition, values = among(self._store, "entry.type", self._plans.closing(types))
        sql = f"""SELECT entry.seq, {READ} FROM entry LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
            WHERE entry.book = ? AND entry.seq > ? AND entry.seq <= ? AND {condition} AND entry.kind <> 'strike' AND struck.seq IS NULL
            ORDER BY entry.seq"""
        for row in self._store.rows(sql, [self._book, after, upto, values]):
            entry = entry_of(row[1:])
            if (plan := self._plans[entry.type]) is not None:
                yield row[0], entry, plan


def _named(entry: Entry, plan: Plan) -> list[str]:
    """The records an entry names: the one it is about, and those in its fields."""
    fields = [v for name in plan.refs if isinstance(v := entry.data.get(name), str)]
    return list(dict.fromkeys([*([entry.record] if entry.record and plan.about else []), *fields]))


def _all_named(entry: Entry, plan: Plan) -> list[str]:
    """Those, and of a transfer its item and the records of its accounts."""
    ends = [record_of(account) for account in (entry.source or "", entry.target or "")]
    return [name for name in (*_named(entry, plan), entry.item, *ends) if name]
