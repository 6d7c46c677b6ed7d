"""Single values of single entries, changed in the database behind the journal's back."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from django.db import DatabaseError

from taizhang.ledger.tables import ENTRY
from taizhang.ledger.verify import verify

from ..books import SmallBook

COLUMNS = ENTRY.columns[1:]
INTS = ("seq", "place", "recorded_at", "version", "quantity")
MAYBE = ("record", "data", "sealed", "version", "item", "quantity", "source", "target", "due", "strikes", "why")


class Change(NamedTuple):
    """New values for columns of the entry with a seq."""

    seq: int
    values: dict[str, Any]


def unbound(book: SmallBook) -> None:
    """Nothing of the table's own keeps a strange value out any more."""
    if book.store.dialect == "postgres":
        for column in COLUMNS[1:]:
            book.store.run(f"ALTER TABLE entry ALTER COLUMN {column} DROP NOT NULL")


def row_of(book: SmallBook, seq: int) -> dict[str, Any]:
    """An entry as it stands in the table."""
    return dict(zip(COLUMNS, book.store.rows(f"SELECT {', '.join(COLUMNS)} FROM entry WHERE book = ? AND seq = ?", [book.number, seq])[0], strict=True))


def every_byte(book: SmallBook, seq: int, rng: Random) -> Iterator[Change]:
    """Each byte of each value of an entry, one bit of it flipped; its place in the journal is left."""
    for column, value in row_of(book, seq).items():
        if column == "seq":
            continue
        if isinstance(value, int):
            for byte in range(8):
                flipped = (value & (1 << 64) - 1) ^ 1 << 8 * byte + rng.randrange(8)
                yield Change(seq, {column: flipped - (1 << 64) * (flipped >> 63)})
        elif isinstance(value, str):
            raw = value.encode()
            yield from (Change(seq, {column: _text(book, raw, at, rng)}) for at in range(len(raw)))
        elif value is not None:
            yield from (Change(seq, {column: _flipped(bytes(value), at, rng.randrange(8))}) for at in range(len(value)))


def _text(book: SmallBook, raw: bytes, at: int, rng: Random) -> Any:
    """A text with one bit of a byte flipped; one that is no UTF-8 can stand in SQLite alone (`Raw`)."""
    bits = rng.sample(range(8), 8)
    for bit in bits:
        flipped = _flipped(raw, at, bit)
        try:
            if b"\0" not in flipped:
                return flipped.decode()
        except UnicodeDecodeError:
            if book.store.dialect == "sqlite":
                return Raw(flipped)
    return raw[:at].decode(errors="ignore") + raw[at + 1 :].decode(errors="ignore")


class Raw(bytes):
    """Bytes that are to stand in a column as a text."""


def _flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]


def odd_values(book: SmallBook, seq: int) -> Iterator[Change]:
    """NULL for a value, a value for NULL, and values that slip into the column beside theirs with the bytes of the entry as they were."""
    row = row_of(book, seq)
    for column in MAYBE:
        yield Change(seq, {column: _something(column) if row[column] is None else None})
    if row["due"]:
        yield Change(seq, {"day": f'{row["day"]}","due":"{row["due"]}', "due": None})
    if row["source"]:
        yield Change(seq, {"source": f'{row["source"]}","target":"{row["target"]}', "target": None})
    if row["source"] and row["sealed"]:
        both = f'{row["sealed"]},"source":"{row["source"]}","target":"{row["target"]}"'
        yield Change(seq, {"sealed": both, "source": None, "target": None})
        yield Change(seq, {"sealed": both[:-1], "source": None, "target": None})
    yield Change(seq, {"type": f'{row["type"]}","uid":"{row["uid"]}', "uid": ""})
    if book.store.dialect == "sqlite":
        yield from _of_another_type(seq, row)


def _something(column: str) -> Any:
    if column in INTS:
        return 0
    return {"data": "{}", "sealed": "{}", "due": "2023-01-01", "why": '""'}.get(column, "")


def _of_another_type(seq: int, row: dict[str, Any]) -> Iterator[Change]:
    """What only SQLite lets stand: a number with more behind it, a text as bytes."""
    if row["quantity"] is not None:
        yield Change(seq, {"place": f'{row["place"]},"quantity":{row["quantity"]}', "quantity": None})
    if row["quantity"] is not None and row["record"]:
        yield Change(seq, {"quantity": f'{row["quantity"]},"record":"{row["record"]}"', "record": None})
    if row["quantity"] is None and row["record"]:
        yield Change(seq, {"place": f'{row["place"]},"record":"{row["record"]}"', "record": None})
    if row["sealed"]:
        yield Change(seq, {"recorded_at": f'{row["recorded_at"]},"sealed":{row["sealed"]}', "sealed": None})
    if row["why"] and row["version"]:
        yield Change(seq, {"version": f'{row["version"]},"why":{row["why"]}', "why": None})
    for column, value in row.items():
        if isinstance(value, str):
            yield Change(seq, {column: value.encode()})
        elif isinstance(value, bytes):
            yield Change(seq, {column: Raw(value)})


def made(book: SmallBook, change: Change) -> bool:
    """Write a change; False when the database itself refuses it."""
    sets = ", ".join(f"{column} = {'CAST(? AS TEXT)' if isinstance(value, Raw) else '?'}" for column, value in change.values.items())
    values = [bytes(value) if isinstance(value, Raw) else value for value in change.values.values()]
    try:
        with book.store.transaction():
            book.store.run(f"UPDATE entry SET {sets} WHERE book = ? AND seq = ?", [*values, book.number, change.seq])
    except DatabaseError:
        return False
    return True


def named(book: SmallBook, most: int = 100) -> set[str]:
    """The places that verifying the entries names."""
    return {problem.where for problem in verify(book.store, book.number, most=most).problems}
