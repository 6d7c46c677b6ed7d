"""Reading a book within a scope: records, their history, what accounts hold; now, as of a day, as of a seq.

Nothing outside the scope is told, not even that it is there. Sealed values are opened only for who may see them there.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from taizhang.core import DutyRole, Entry, Period, Scope, Value
from taizhang.ledger.book import Book
from taizhang.ledger.canonical import read_values
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.keys import Erased
from taizhang.ledger.plans import ERASE, RENEW, RESTRICT, erased_by
from taizhang.ledger.records import ABOUT, Kept, Registers, lay, newest
from taizhang.ledger.sealing import unseal, unseal_fields
from taizhang.ledger.sight import Sight
from taizhang.ledger.store import among
from taizhang.ledger.writing import READ, entry_of
from taizhang.packs import Register

SEALED = "●●●"
"""What stands for a sealed value that is not opened."""
ERASED = "（已抹除）"
LOST = "（密钥缺失）"
"""What stands for a value whose key was not erased and is not there: the keys are older than the book, or were damaged."""
_PAGE, _FEW = 5000, 200
_DAYS = """
WITH RECURSIVE days(day) AS (
  SELECT min(day) FROM movement WHERE book = ?
  UNION ALL SELECT (SELECT min(m.day) FROM movement m WHERE m.book = ? AND m.day > days.day) FROM days WHERE days.day IS NOT NULL)"""
_HELD = f"""{_DAYS}
SELECT m.item, sum(m.quantity) FROM days CROSS JOIN movement m
WHERE m.book = ? AND m.day = days.day AND m.account = ? AND m.day <= ? AND m.seq <= ? GROUP BY m.item ORDER BY m.item"""
_THROUGH = f"""{_DAYS}
SELECT m.seq, m.day, m.item, m.quantity, {READ} FROM days CROSS JOIN movement m JOIN entry ON entry.book = m.book AND entry.seq = m.seq
WHERE m.book = ? AND m.day = days.day AND m.account = ? ORDER BY m.seq"""

_SEQS = f"""{_DAYS}
SELECT m.seq FROM days CROSS JOIN movement m WHERE m.book = ? AND m.day = days.day AND m.account = ?"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as a user may see it: values by register type, sealed ones opened, hidden or erased.

    `places` are those of the registers; place, seq and day are of the newest of the states he may see.
    """

    key: str
    place: int
    values: Mapping[str, Mapping[str, Value]]
    seq: int
    day: str
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a history: `struck_by` is the seq that withdrew it; `opened` are sealed values as the reader may see them."""

    seq: int
    entry: Entry
    struck_by: int | None = None
    opened: Mapping[str, Value] = field(default_factory=dict)


class Reader:
    """A book, read within a scope."""

    def __init__(self, book: Book, scope: Scope) -> None:
        self._book, self._scope = book, scope
        self._sight = Sight(book.store, book.number, book.catalogue, scope)
        self._restricted: dict[str, bool] = {}

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def record(self, key: str, *, day: date | None = None, seq: int | None = None, reveal: bool = False) -> Seen | None:
        """A record as it is, or was on a day, or as the book knew it at a seq; None when there is none within the scope."""
        laid = self._laid(key, day, seq)
        may = self._sight.registers("reveal", laid) if reveal and laid and not self.is_restricted(key) else set()
        return self._seen(key, laid, may)

    def now(self, keys: Iterable[str]) -> dict[str, Seen]:
        """Records as they are, in one question, their sealed values hidden; those that are not there within the scope are left out."""
        condition, values = among(self._book.store, "record", dict.fromkeys(keys))
        sql = f"SELECT record, type, place, day, seq, first_seq, data, sealed FROM record WHERE book = ? AND {condition} ORDER BY record"
        laid: dict[str, Registers] = {}
        for key, type_name, place, day, seq, first, data, sealed in self._book.store.rows(sql, [self._book.number, values]):
            laid.setdefault(key, {})[type_name] = Kept(place, day, seq, first, read_values(data), read_values(sealed))
        return {key: seen for key, registers in laid.items() if (seen := self._seen(key, registers)) is not None}

    def find(self, type_name: str, key: Sequence[Value]) -> str | None:
        """The record of a natural key in a register, within the scope."""
        register = self._book.catalogue.register(type_name)
        if register is None:
            return None
        root = self._book.catalogue.root(register)
        sealed = any(root.fields[name].sealed for name in root.key)
        found = self._book.inside().find(root.type, tuple(key), sealed)
        return found if found is not None and self.now([found]) else None

    def records(self, type_name: str, *, limit: int = 1000, after: str = "") -> list[Seen]:
        """The records of a register within the scope, in the order of their keys, as `now` tells them."""
        sql = "SELECT record, place FROM record WHERE book = ? AND type = ? AND record > ? ORDER BY record LIMIT ?"
        found: list[Seen] = []
        while len(found) < limit:
            rows = self._book.store.rows(sql, [self._book.number, type_name, after, _PAGE])
            keys = [key for key, place in rows if self.may("view", type_name, place)]
            found += self.now(keys).values()
            if len(rows) < _PAGE:
                break
            after = rows[-1][0]
        return found[:limit]

    def history(self, key: str, *, reveal: bool = False) -> list[Line]:
        """Every entry about a record within the scope, in the order of the journal."""
        rows = self._book.store.rows(ABOUT, [self._book.number] * 3 + [key])
        return self._visible((Line(row[0], entry_of(row[1:-1]), row[-1]) for row in sorted(rows, key=lambda row: int(row[0]))), reveal)

    def entry(self, uid: str, *, reveal: bool = False) -> Line | None:
        """An entry by its uid, within the scope."""
        found = self.entries([uid], reveal=reveal)
        return found[0] if found else None

    def entries(self, uids: Iterable[str], *, reveal: bool = False) -> list[Line]:
        """Entries by their uids, within the scope, in the order of the journal."""
        condition, values = among(self._book.store, "entry.uid", uids)
        return self._lines(condition, [values], reveal)

    def at(self, seqs: Iterable[int], *, reveal: bool = False) -> list[Line]:
        """Entries by their numbers, within the scope, in the order of the journal."""
        condition, values = among(self._book.store, "entry.seq", seqs)
        return self._lines(condition, [values], reveal)

    def latest(
        self, *, type_name: str | None = None, limit: int = 50, before: int | None = None, days: Period | None = None, below: str = ""
    ) -> list[Line]:
        """The newest entries within the scope, the newest first; of some days, of places below a path."""
        asked = {"type = ?": [type_name] if type_name else [], "day BETWEEN ? AND ?": [str(days.first), str(days.last)] if days else []}
        where = "".join(f" AND {condition}" for condition, values in asked.items() if values)
        sql = f"SELECT seq, type, place FROM entry WHERE book = ? AND seq < ?{where} ORDER BY seq DESC LIMIT ?"
        found: list[Line] = []
        last = 2**62 if before is None else before
        while len(found) < limit:
            rows = self._book.store.rows(sql, [self._book.number, last, *chain(*asked.values()), _PAGE])
            here = [row for row in rows if not below or self.path(row[2]).startswith(below)]
            seqs = [seq for seq, own, place in here if own == RENEW or self.may("view", own, place)]
            for start in range(0, len(seqs), max(limit, 1)):
                found += reversed(self.at(seqs[start : start + limit]))
                if len(found) >= limit:
                    break
            if len(rows) < _PAGE:
                break
            last = rows[-1][0]
        return found[:limit]

    # ---- accounts --------------------------------------------------------------------------------------------------------------

    def held(self, account: str, *, day: date | None = None, seq: int | None = None) -> dict[str, int] | None:
        """What an account holds of each item, in smallest parts, now or as of a day or seq; None outside the scope."""
        if not self.sees_account(account):
            return None
        if day is None and seq is None:
            sql = "SELECT item, quantity FROM balance WHERE book = ? AND account = ? ORDER BY item"
            return {item: int(quantity) for item, quantity in self._book.store.rows(sql, [self._book.number, account])}
        number = self._book.number
        until = "9999-12-31" if day is None else day.isoformat()
        rows = self._book.store.rows(_HELD, [number, number, number, account, until, 2**62 if seq is None else seq])
        return {item: int(quantity) for item, quantity in rows}

    def balance(self, account: str, item: str) -> int | None:
        """What an account holds of one item now, in smallest parts; None outside the scope."""
        return self._book.inside().balance(account, item) if self.sees_account(account) else None

    def kinds(self, account: str) -> dict[str, str]:
        """Of each item an account ever held its kind (money, medicine.tablet); empty outside the scope."""
        sql = "SELECT item, kind FROM balance WHERE book = ? AND account = ?"
        return dict(self._book.store.rows(sql, [self._book.number, account])) if self.sees_account(account) else {}

    def holders(self, item: str) -> list[str]:
        """The accounts within the scope that ever held an item."""
        rows = self._book.store.rows("SELECT DISTINCT account FROM balance WHERE book = ? AND item = ?", [self._book.number, item])
        return sorted(self.seen_accounts(row[0] for row in rows))

    def due(self, accounts: Iterable[str]) -> dict[tuple[str, str], date]:
        """When what is lent to these accounts should be back, by account and item; only those within the scope."""
        condition, values = among(self._book.store, "target", self.seen_accounts(accounts))
        sql = f"SELECT target, item, due FROM loan WHERE book = ? AND {condition} AND ended IS NULL"
        rows = self._book.store.rows(sql, [self._book.number, values])
        return {(target, item): date.fromisoformat(due) for target, item, due in rows}

    def accounts(self, record: str) -> list[str]:
        """The accounts of a record that ever held anything, within the scope."""
        keys = [f"{thing.type}/{record}" for thing in self._book.catalogue.things.values() if isinstance(thing, Register)]
        condition, values = among(self._book.store, "account", keys)
        sql = f"SELECT DISTINCT account FROM balance WHERE book = ? AND {condition} ORDER BY account"
        rows = self._book.store.rows(sql, [self._book.number, values])
        return [row[0] for row in rows if self.sees_account(row[0])]

    def statement(self, account: str) -> list[tuple[Line, str, int]]:
        """What went in and out of an account by the entries within the scope: entry, item, quantity; in the order of the journal.

        They add up to what the account holds only for who sees all of them.
        """
        if not self.sees_account(account):
            return []
        rows = self._book.store.rows(_THROUGH, [self._book.number] * 3 + [account])
        seen = {line.seq: line for line in self._visible((Line(row[0], entry_of(row[4:])) for row in rows), False)}
        return [(seen[row[0]], row[2], int(row[3])) for row in rows if row[0] in seen]

    def moved(self, record: str, *, reveal: bool = False) -> list[Line]:
        """What went to or from the accounts of a record, or moved it as an item, within the scope."""
        number, seqs = self._book.number, set[int]()
        for account in self.accounts(record):
            seqs.update(row[0] for row in self._book.store.rows(_SEQS, [number, number, number, account]))
        for (account,) in self._book.store.rows("SELECT account FROM balance WHERE book = ? AND item = ?", [number, record]):
            if self.sees_account(account):
                seqs.update(row[0] for row in self._book.store.rows(f"{_SEQS} AND m.item = ?", [number, number, number, account, record]))
        return self.at(sorted(seqs), reveal=reveal)

    def left(self, account: str, item: str, limit: int) -> list[Line]:
        """The newest transfers out of an account that stand, within the scope, the newest first."""
        if not self.sees_account(account):
            return []
        number, found = self._book.number, list[Line]()
        rows = self._book.store.rows(f"{_SEQS} AND m.item = ? AND m.quantity < 0 ORDER BY m.seq DESC", [number, number, number, account, item])
        for start in range(0, len(rows), _FEW):
            lines = reversed(self.at(row[0] for row in rows[start : start + _FEW]))
            found += [line for line in lines if line.entry.kind == "transfer" and line.struck_by is None]
            if len(found) >= limit:
                break
        return found[:limit]

    # ---- inside ----------------------------------------------------------------------------------------------------------------

    def path(self, place: int) -> str:
        """The path of a place; of one that is not in the table, as its code tells."""
        return self._sight.path(place)

    def may(self, role: DutyRole, type_name: str, place: int) -> bool:
        """Whether the role is held for this type at a place; for shared registers in any programme."""
        return self._sight.may(role, type_name, place)

    def may_entry(self, role: DutyRole, entry: Entry) -> bool:
        """Whether the role is held for an entry where it stands; a renewal is of the programme that lent."""
        return self._sight.may_entry(role, entry)

    def places(self, records: Iterable[str]) -> dict[tuple[str, str], int]:
        """Where records stand in each register, by record and type: asked without the scope, to tell whose they are."""
        condition, values = among(self._book.store, "record", dict.fromkeys(records))
        sql = f"SELECT record, type, place FROM record WHERE book = ? AND {condition}"
        return {(record, type_name): place for record, type_name, place in self._book.store.rows(sql, [self._book.number, values])}

    def seen_accounts(self, accounts: Iterable[str]) -> set[str]:
        """Those of many accounts that are within the scope, in one question."""
        by_record = {account: record_of(account) for account in accounts}
        seen = self.now(record for record in by_record.values() if record)
        held = {account for account, record in by_record.items() if record in seen and account.partition("/")[0] in seen[record].values}
        return held | {account for account, record in by_record.items() if record is None and self.sees_account(account)}

    def sees_account(self, account: str) -> bool:
        """Whether an account is within the scope: a record's where it is seen in that register; a single one is the whole book's."""
        record = record_of(account)
        if record is None:
            return self.may("view", account, self._book.place)
        seen = self.now([record]).get(record)
        return seen is not None and account.partition("/")[0] in seen.values

    def _laid(self, key: str, day: date | None, seq: int | None) -> Registers:
        rows = self._book.store.rows(ABOUT, [self._book.number] * 3 + [key])
        self._restricted[key] = any(row[3] == RESTRICT for row in rows)
        upto = 2**62 if seq is None else seq
        laid: Registers = {}
        for row in rows:
            entry, struck = entry_of(row[1:-1]), row[-1] is not None and row[-1] <= upto
            plan = self._book.journal.plans[entry.type]
            if entry.kind == "state" and plan and row[0] <= upto and not struck and (day is None or entry.day <= day):
                lay(laid, row[0], entry, plan)
        return laid

    def is_restricted(self, record: str) -> bool:
        """Whether nobody is to see the personal values of a record any more."""
        if record not in self._restricted:
            rows = self._book.store.rows(ABOUT, [self._book.number] * 3 + [record])
            self._restricted[record] = any(row[3] == RESTRICT for row in rows)
        return self._restricted[record]

    def _seen(self, key: str, laid: Registers, revealed: Container[str] = ()) -> Seen | None:
        """What may be seen of a record; sealed values of some registers in plain."""
        visible = self._sight.registers("view", laid)
        if not visible:
            return None
        last = newest({type_name: laid[type_name] for type_name in visible}, self._book.journal.plans)
        values = {type_name: self._values(key, kept, type_name in revealed) for type_name, kept in laid.items() if type_name in visible}
        return Seen(key, last.place, values, last.seq, last.day, {type_name: laid[type_name].place for type_name in values})

    def _values(self, key: str, kept: Kept, reveal: bool) -> dict[str, Value]:
        values: dict[str, Value] = dict(kept.data)
        for name, (uid, sealed) in kept.sealed.items():
            values[name] = self._plain(key, uid, name, sealed) if reveal and not self.is_restricted(uid) else SEALED
        return values

    def _plain(self, key: str, uid: str, name: str, sealed: str) -> Value:
        try:
            return unseal(self._book.keys.of_entry(uid, key), self._book.origin, uid, name, sealed)
        except KeyError as error:
            return ERASED if isinstance(error, Erased) else LOST

    def _visible(self, lines: Iterable[Line], reveal: bool) -> list[Line]:
        """The lines within the scope, their sealed values as they may be seen."""
        some = list(lines)
        self._sight.look(str(line.entry.data.get("loan")) for line in some if line.entry.type == RENEW)
        return [self._opened(line, reveal) for line in some if self.may_entry("view", line.entry)]

    def _opened(self, line: Line, reveal: bool) -> Line:
        entry, record = line.entry, line.entry.record or ""
        if not entry.sealed:
            return line
        if not reveal or not self.may_entry("reveal", entry) or any(map(self.is_restricted, self.of_whom(entry))):
            return Line(line.seq, entry, line.struck_by, dict.fromkeys(entry.sealed, SEALED))
        try:
            opened = unseal_fields(self._book.keys.of_entry(entry.uid, record), self._book.origin, entry.uid, entry.sealed)
        except KeyError as error:
            opened = dict.fromkeys(entry.sealed, ERASED if isinstance(error, Erased) else LOST)
        return Line(line.seq, entry, line.struck_by, opened)

    def opened(self, entry: Entry) -> Mapping[str, Value]:
        """The sealed values of an entry that need not be in the book yet, as the duty to reveal lets one see them."""
        return self._opened(Line(0, entry), reveal=True).opened

    def of_whom(self, entry: Entry) -> set[str]:
        """Whose restriction hides what is sealed in an entry: its record's, its own, that of whom its fields name or what it strikes."""
        if entry.kind == "strike" and (struck := self._book.inside().entry(entry.strikes or "")):
            return {entry.uid, *self.of_whom(struck)}
        plan = self._book.journal.plans[entry.type]
        named = (entry.data.get(name) for name in plan.refs) if plan else ()
        return {entry.uid, entry.record or entry.uid, *(value for value in named if isinstance(value, str))}

    def _lines(self, where: str, params: list[Any], reveal: bool) -> list[Line]:
        sql = f"""SELECT entry.seq, {READ}, struck.by_seq FROM entry
            LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
            WHERE entry.book = ? AND {where} ORDER BY entry.seq"""
        rows = self._book.store.rows(sql, [self._book.number, *params])
        return self._visible((Line(row[0], entry_of(row[1:-1]), row[-1]) for row in rows), reveal)


def erased_records(book: Book) -> list[str]:
    """The records and entries that the journal says were erased; whoever restores keys erases them again."""
    sql = "SELECT data FROM entry WHERE book = ? AND type = ? ORDER BY seq"
    rows = book.store.rows(sql, [book.number, ERASE])
    return [name for row in rows for name in erased_by(json.loads(row[0]))]
