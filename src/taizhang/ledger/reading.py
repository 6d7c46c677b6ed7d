"""Reading a book within a scope: records, their history, what accounts hold; now, as of a day, as of a seq.

Nothing outside the scope is told, not even that it is there. Sealed values are opened only for who may see them there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taizhang.core import Entry, Scope, Value
from taizhang.ledger.book import Book
from taizhang.ledger.catalogue import BASE, record_of
from taizhang.ledger.keys import Erased
from taizhang.ledger.plans import ERASE, RESTRICT
from taizhang.ledger.records import ABOUT, Registers, lay
from taizhang.ledger.sealing import unseal, unseal_fields
from taizhang.ledger.store import among
from taizhang.ledger.writing import READ, entry_of

SEALED = "●●●"
"""What stands for a sealed value that is not opened."""
ERASED = "（已抹除）"
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as a user may see it: values by register type, sealed ones opened, hidden or erased."""

    key: str
    place: int
    values: Mapping[str, Mapping[str, Value]]
    seq: int
    day: str


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
        self._paths: dict[int, str] = {}
        self._restricted: set[str] = set()

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def record(self, key: str, *, day: date | None = None, seq: int | None = None, reveal: bool = False) -> Seen | None:
        """A record as it is, or was on a day, or as the book knew it at a seq; None when there is none within the scope."""
        laid = self._laid(key, day, seq)
        if not laid:
            return None
        newest = max(laid.values(), key=lambda kept: (kept.day, kept.seq))
        values = {t: self._values(key, t, kept, newest.place, reveal) for t, kept in laid.items() if self._may("view", t, newest.place)}
        return Seen(key, newest.place, values, newest.seq, newest.day) if values else None

    def find(self, type_name: str, key: Sequence[Value]) -> str | None:
        """The record of a natural key in a register, within the scope."""
        register = self._book.catalogue.register(type_name)
        if register is None:
            return None
        root = self._book.catalogue.root(register)
        sealed = any(root.fields[name].sealed for name in root.key)
        found = self._book.inside().find(root.type, tuple(key), sealed)
        return found if found is not None and self.record(found) is not None else None

    def records(self, type_name: str, *, limit: int = 1000, after: str = "") -> list[Seen]:
        """The records of a register within the scope, in the order of their keys."""
        sql = "SELECT record FROM record WHERE book = ? AND type = ? AND record > ? ORDER BY record LIMIT ?"
        rows = self._book.store.rows(sql, [self._book.number, type_name, after, limit])
        return [seen for row in rows if (seen := self.record(row[0])) is not None]

    def history(self, key: str, *, reveal: bool = False) -> list[Line]:
        """Every entry about a record within the scope, in the order of the journal."""
        rows = self._book.store.rows(ABOUT, [self._book.number] * 3 + [key])
        lines = [Line(row[0], entry_of(row[1:-1]), row[-1]) for row in sorted(rows, key=lambda row: int(row[0]))]
        if any(line.entry.type == RESTRICT for line in lines):
            self._restricted.add(key)
        return [self._opened(line, reveal) for line in lines if self._may("view", line.entry.type, line.entry.place)]

    def entry(self, uid: str, *, reveal: bool = False) -> Line | None:
        """An entry by its uid, within the scope."""
        found = self.entries([uid], reveal=reveal)
        return found[0] if found else None

    def entries(self, uids: Iterable[str], *, reveal: bool = False) -> list[Line]:
        """Entries by their uids, within the scope, in the order of the journal."""
        condition, values = among(self._book.store, "entry.uid", uids)
        return self._lines(condition, [values], reveal)

    def latest(self, *, type_name: str | None = None, limit: int = 50, before: int | None = None) -> list[Line]:
        """The newest entries within the scope."""
        params: list[Any] = [type_name] if type_name else []
        where = "entry.type = ?" if type_name else "1 = 1"
        if before is not None:
            where, params = f"{where} AND entry.seq < ?", [*params, before]
        return self._lines(where, params, False, f"DESC LIMIT {int(limit)}")

    # ---- accounts --------------------------------------------------------------------------------------------------------------

    def held(self, account: str, *, day: date | None = None, seq: int | None = None) -> dict[str, int] | None:
        """What an account holds of each item, in smallest parts, now or as of a day or seq; None outside the scope."""
        if not self._may_see_account(account):
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
        return self._book.inside().balance(account, item) if self._may_see_account(account) else None

    def accounts(self, record: str) -> list[str]:
        """The accounts of a record that ever held anything, within the scope."""
        sql = "SELECT DISTINCT account FROM balance WHERE book = ? AND account LIKE ? ORDER BY account"
        rows = self._book.store.rows(sql, [self._book.number, f"%/{record}"])
        return [row[0] for row in rows if self._may_see_account(row[0])]

    def statement(self, account: str) -> list[tuple[Line, str, int]]:
        """What went in and out of an account: the entry, the item, the quantity; in the order of the journal."""
        if not self._may_see_account(account):
            return []
        rows = self._book.store.rows(_THROUGH, [self._book.number] * 3 + [account])
        return [(Line(row[0], entry_of(row[4:])), row[2], int(row[3])) for row in rows]

    # ---- inside ----------------------------------------------------------------------------------------------------------------

    def path(self, place: int) -> str:
        """The path of a place; of one that is not in the table, as its code tells."""
        if place not in self._paths:
            rows = self._book.store.rows("SELECT path FROM place WHERE key = ?", [place])
            self._paths[place] = rows[0][0] if rows else _path_of_code(place)
        return self._paths[place]

    def _may(self, role: Any, type_name: str, place: int) -> bool:
        programme = type_name.partition(".")[0]
        if programme != BASE:
            return self._scope.may(role, programme, self.path(place))
        return any(self._scope.may(role, name, self.path(place)) for name in self._scope.programmes(role))

    def _may_see_account(self, account: str) -> bool:
        record = record_of(account)
        if record is None:
            return bool(self._scope.places("view", account.partition(".")[0]))
        seen = self.record(record)
        type_name = account.partition("/")[0]
        return seen is not None and self._may("view", type_name, seen.place)

    def _laid(self, key: str, day: date | None, seq: int | None) -> Registers:
        rows = self._book.store.rows(ABOUT, [self._book.number] * 3 + [key])
        if any(row[3] == RESTRICT for row in rows):
            self._restricted.add(key)
        upto = 2**62 if seq is None else seq
        laid: Registers = {}
        for row in rows:
            entry, struck = entry_of(row[1:-1]), row[-1] is not None and row[-1] <= upto
            plan = self._book.journal.plans[entry.type]
            if entry.kind == "state" and plan and row[0] <= upto and not struck and (day is None or entry.day <= day):
                lay(laid, row[0], entry, plan)
        return laid

    def _values(self, key: str, type_name: str, kept: Any, place: int, reveal: bool) -> dict[str, Value]:
        values: dict[str, Value] = dict(kept.data)
        for name, (uid, sealed) in kept.sealed.items():
            values[name] = self._plain(key, type_name, place, uid, name, sealed) if reveal else SEALED
        return values

    def _plain(self, key: str, type_name: str, place: int, uid: str, name: str, sealed: str) -> Value:
        if key in self._restricted or not self._may("reveal", type_name, place):
            return SEALED
        try:
            return unseal(self._book.keys.key(key), self._book.origin, uid, name, sealed)
        except (Erased, KeyError):
            return ERASED

    def _opened(self, line: Line, reveal: bool) -> Line:
        entry = line.entry
        if not entry.sealed:
            return line
        hidden = entry.record in self._restricted or not self._may("reveal", entry.type, entry.place)
        if hidden or not reveal:
            return Line(line.seq, entry, line.struck_by, dict.fromkeys(entry.sealed, SEALED))
        try:
            opened = unseal_fields(self._book.keys.key(entry.record or ""), self._book.origin, entry.uid, entry.sealed)
        except (Erased, KeyError):
            opened = dict.fromkeys(entry.sealed, ERASED)
        return Line(line.seq, entry, line.struck_by, opened)

    def _lines(self, where: str, params: list[Any], reveal: bool, tail: str = "") -> list[Line]:
        sql = f"""SELECT entry.seq, {READ}, struck.by_seq FROM entry
            LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
            WHERE entry.book = ? AND {where} ORDER BY entry.seq {tail}"""
        lines = [Line(row[0], entry_of(row[1:-1]), row[-1]) for row in self._book.store.rows(sql, [self._book.number, *params])]
        return [self._opened(line, reveal) for line in lines if self._may("view", line.entry.type, line.entry.place)]


def _path_of_code(place: int) -> str:
    """The path a statistical code tells by its own length: 2, 4, 6, 9 and 12 digits."""
    code = str(place)
    return "".join(f"{code[:n]}/" for n in (2, 4, 6, 9, 12) if n <= len(code))


def erased_records(book: Book) -> list[str]:
    """The records that the journal says were erased; whoever restores keys erases them again."""
    sql = "SELECT data FROM entry WHERE book = ? AND type = ? ORDER BY seq"
    return [json.loads(row[0])["record"] for row in book.store.rows(sql, [book.number, ERASE])]
