"""Values that no two records of a register may have the same (`unique:`), and which record has them now.

A row for each set of fields of each record, whether or not another record has the same: so what is kept follows from the
records alone, in whatever order they came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from taizhang.core import Value
from taizhang.ledger.canonical import read_values
from taizhang.ledger.store import Store, insert_sql, sought
from taizhang.ledger.tables import TAKEN
from taizhang.packs import Pack, Register

CHUNK = 5_000
Key = tuple[Value, ...]
Row = tuple[int, str, str, str]
_INSERT = insert_sql(TAKEN.name, TAKEN.columns)
_DELETE = "DELETE FROM taken WHERE book = ? AND type = ? AND key = ? AND record = ?"


def rows_of(book: int, record: str, type_name: str, sets: Iterable[Sequence[str]], values: Mapping[str, Any]) -> Iterator[Row]:
    """What a record takes by the values that a register keeps of it; of a set that is not all there, nothing."""
    for names in sets:
        key = tuple(values.get(name) for name in names)
        if None not in key:
            yield book, _set(type_name, names), _text(key), record


def change(store: Store, gone: Iterable[Row], come: Iterable[Row]) -> None:
    """Rows that are there no longer, and rows that are there now."""
    for sql, rows in ((_DELETE, list(gone)), (_INSERT, list(come))):
        if rows:
            store.many(sql, rows)


def holders(store: Store, book: int, type_name: str, names: Sequence[str], keys: Iterable[Key]) -> dict[Key, frozenset[str]]:
    """The records that have these values, in one question; keys that nobody has are left out."""
    texts = {_text(key): key for key in keys}
    known = [book, _set(type_name, names)]
    found: dict[Key, set[str]] = {}
    for text, record in store.rows(*sought(store, "key, record", "taken WHERE book = ? AND type = ?", known, "key", list(texts))):
        found.setdefault(texts[text], set()).add(record)
    return {key: frozenset(records) for key, records in found.items()}


def refill(store: Store, book: int, pack: Pack) -> list[tuple[Register, tuple[str, ...], int]]:
    """What the records of a pack's registers take, made anew for the sets it has now; each set with how many of its values are there twice."""
    for register in pack.registers.values():
        low, high = _set(register.type, ()), _set(register.type, ("\U0010ffff",))
        store.run("DELETE FROM taken WHERE book = ? AND type > ? AND type < ?", [book, low, high])
        if register.unique:
            _fill(store, book, register)
    sets = [(register, names) for register in pack.registers.values() for names in register.unique]
    return [(register, names, count) for register, names in sets if (count := _twice(store, book, register, names))]


def _fill(store: Store, book: int, register: Register) -> None:
    """Read the register from end to end."""
    after = ""
    sql = f"SELECT record, data FROM record WHERE book = ? AND type = ? AND record > ? ORDER BY record LIMIT {CHUNK}"
    while rows := store.rows(sql, [book, register.type, after]):
        change(store, (), (row for record, data in rows for row in rows_of(book, record, register.type, register.unique, read_values(data))))
        after = rows[-1][0]


def _twice(store: Store, book: int, register: Register, names: Sequence[str]) -> int:
    sql = "SELECT count(*) FROM (SELECT key FROM taken WHERE book = ? AND type = ? GROUP BY key HAVING count(*) > 1) AS twice"
    return int(store.rows(sql, [book, _set(register.type, names)])[0][0])


def _set(type_name: str, names: Sequence[str]) -> str:
    return f"{type_name}:{'+'.join(names)}"


def _text(key: Key) -> str:
    return json.dumps(key, ensure_ascii=False, separators=(",", ":"))
