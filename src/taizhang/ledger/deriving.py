"""What follows from entries, applied one after the other in the order of the journal: on appending and on rebuilding alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from taizhang.core import Entry
from taizhang.ledger.balances import Balances, Move
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.loans import Loans, Waitings
from taizhang.ledger.plans import ERASE, FREEZE, RENEW, Plan, Plans
from taizhang.ledger.records import Records
from taizhang.ledger.store import Store, insert_sql
from taizhang.ledger.tables import FROZEN, STRUCK
from taizhang.ledger.writing import READ, entry_of

_NEVER = 2**62
"""A seq behind all others."""
_STRUCK = insert_sql("struck", STRUCK.columns)
_FROZEN = insert_sql("frozen", FROZEN.columns)


class UnknownType(ValueError):
    """An entry of a type that no pack of the book knows."""


class Deriver:
    """Applies entries to records, balances, loans and what waits; `before` writes the entries themselves when they are needed."""

    def __init__(self, store: Store, book: int, catalogue: Catalogue, plans: Plans, before: Callable[[], None] = lambda: None) -> None:
        self._store, self._book, self._before = store, book, before
        self.plans = plans
        self.balances = Balances(store, book, catalogue)
        self.records = Records(store, book, plans)
        self._loans = Loans(store, book, plans)
        self._waitings = Waitings(store, book, plans)

    def load(self, entries: Iterable[Entry]) -> None:
        """Read in few questions what these entries will need."""
        pairs: list[tuple[str, str]] = []
        records: list[str] = []
        for e in entries:
            if e.kind == "transfer":
                pairs += ((e.source or "", e.item or ""), (e.target or "", e.item or ""))
            elif e.kind == "state":
                records.append(e.record or "")
        if pairs:
            self.balances.load(pairs)
        if records:
            self.records.load(records)

    def plan(self, entry: Entry) -> Plan:
        """The plan of an entry's type; UnknownType when there is none."""
        plan = self.plans[entry.type]
        if plan is None:
            raise UnknownType(entry.type)
        return plan

    def moves(self, entry: Entry, struck: Entry | None = None) -> list[Move]:
        """What an entry moves; a strike moves what it withdraws back, on the same day."""
        if entry.kind == "transfer":
            return _moves(entry, self.plan(entry).kind, 1)
        if struck is not None and struck.kind == "transfer":
            return _moves(struck, self.plan(struck).kind, -1)
        return []

    def apply(self, seq: int, entry: Entry) -> None:
        """Apply an accepted entry, the next in order."""
        plan = self.plan(entry)
        if entry.kind == "strike":
            self.undo(entry.strikes or "", seq)
        elif entry.kind == "transfer":
            self.balances.post(seq, _moves(entry, plan.kind, 1))
            if not plan.is_plain:
                self._after(seq, entry, plan)
        elif entry.kind == "state":
            self._state(seq, entry, plan)
        elif not plan.is_plain or plan.type in (RENEW, ERASE, FREEZE):
            self._after(seq, entry, plan)

    def forget(self) -> None:
        """Give up what was applied since the last flush: what it changed is read anew."""
        self.balances.forget()
        self.records.forget()

    def flush(self) -> None:
        """Write everything that is held back."""
        self.balances.flush()
        self.records.flush()

    def entry(self, uid: str) -> tuple[int, Entry, int | None] | None:
        """An entry of the journal with its seq and the seq of what struck it, those held back included."""
        self._before()
        sql = f"""SELECT entry.seq, {READ}, struck.by_seq FROM entry
            LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq WHERE entry.book = ? AND entry.uid = ?"""
        rows = self._store.rows(sql, [self._book, uid])
        return (rows[0][0], entry_of(rows[0][1:-1]), rows[0][-1]) if rows else None

    def _state(self, seq: int, entry: Entry, plan: Plan) -> None:
        if self.records.is_late(entry, plan):
            self._write()
            self.records.renew(entry.record or "", seq)
        else:
            self.records.post(seq, entry, plan)

    def _after(self, seq: int, entry: Entry, plan: Plan) -> None:
        """Loans, what waits, erasures: rare, and each on what is written."""
        self._write()
        if plan.lends:
            self._loans.lend(seq, entry)
        if plan.returns:
            self._loans.give_back(seq, entry, plan)
        if plan.closes:
            self._waitings.end(seq, entry, plan)
        if plan.waits:
            self._waitings.begin(seq, entry, plan)
        if plan.type == RENEW:
            self._loans.renew(entry)
        if plan.type == ERASE:
            self.records.drop_sealed(str(entry.data["record"]))
        if plan.type == FREEZE:
            told = (entry.data[name] for name in ("first", "last", "as_of", "label"))
            self._store.run(_FROZEN, [self._book, seq, entry.data["indicator"], entry.place, *told])

    def undo(self, uid: str, seq: int = 0) -> None:
        """Undo all that follows from an entry, as the strike `seq` does; without one, as one would that has yet to be written."""
        self._write()
        found = self.entry(uid)
        if found is None:
            raise UnknownType(f"{uid} is not in the book")
        struck_seq, struck, _ = found
        plan, upto = self.plan(struck), seq or _NEVER
        seq = seq or -struck_seq
        self._store.run(_STRUCK, [self._book, struck_seq, seq])
        if struck.kind == "transfer":
            self.balances.post(seq, _moves(struck, plan.kind, -1))
        self.flush()
        self._undo(struck_seq, struck, plan, upto)

    def _undo(self, seq: int, struck: Entry, plan: Plan, upto: int) -> None:
        if struck.kind == "state":
            self.records.renew(struck.record or "", upto)
        if plan.lends:
            self._loans.unlend(seq, struck)
        if plan.returns:
            self._loans.unreturn(struck, plan)
        if plan.closes:
            self._waitings.reopen(seq, upto)
        if plan.waits:
            self._waitings.drop(seq)
        if plan.type == RENEW:
            self._loans.unrenew(struck, upto)

    def _write(self) -> None:
        self._before()
        self.flush()


def _moves(entry: Entry, kind: str, sign: int) -> list[Move]:
    day, item, quantity = entry.day.isoformat(), entry.item or "", sign * (entry.quantity or 0)
    return [Move(entry.source or "", item, kind, day, -quantity), Move(entry.target or "", item, kind, day, quantity)]

