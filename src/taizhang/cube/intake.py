"""Entries out of the database, in columns: those after a number, each strike as the red twin of what it withdraws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from taizhang.cube.layout import STRUCK, STRUCK_COLUMNS
from taizhang.cube.typed import RAW
from taizhang.ledger.store import Row, Store

CHUNK = 50_000
"""So many entries are taken in at a time."""
_PARTS = "type, day, place, record, item, source, target, quantity, due, data"
_ENTRIES = f"""SELECT seq, seq, CASE kind WHEN 'strike' THEN -1 ELSE 1 END, {_PARTS}
FROM entry WHERE book = ? AND seq > ? AND seq <= ? ORDER BY seq"""
_TWINS = f"""SELECT strike.seq, entry.seq, -1, {", ".join(f"entry.{part}" for part in _PARTS.split(", "))}
FROM entry strike JOIN entry ON entry.book = strike.book AND entry.uid = strike.strikes
WHERE strike.book = ? AND strike.seq > ? AND strike.seq <= ? AND strike.kind = 'strike' ORDER BY strike.seq"""
_TEXT_DAYS = pa.schema([pa.field(c.name, pa.string()) if pa.types.is_date(c.type) else c for c in RAW])

Taken = Mapping[str, pa.Table]
"""Entries by their type, twins among them; under `struck` what was withdrawn by what."""


@dataclass(frozen=True, slots=True)
class Head:
    """How a book stands at one moment: its size, and what grows when a pack is installed or places change."""

    size: int
    packs: int
    places: int


def head(store: Store, book: int) -> Head:
    """How the book stands now, in one question."""
    sql = """SELECT size, (SELECT coalesce(max(id), 0) FROM pack_version WHERE book = book.id),
        (SELECT coalesce(max(id), 0) FROM place_code) FROM book WHERE id = ?"""
    return Head(*map(int, store.rows(sql, [book])[0]))


def leaf(store: Store, book: int, seq: int) -> bytes:
    """The leaf of an entry; empty where there is none."""
    rows = store.rows("SELECT leaf FROM entry WHERE book = ? AND seq = ?", [book, seq])
    return bytes(rows[0][0]) if rows else b""


def chunk(store: Store, book: int, after: int, until: int) -> Taken:
    """The entries after one number until another."""
    rows = store.rows(_ENTRIES, [book, after, until])
    stated = [row for row in rows if row[2] > 0]
    twins = store.rows(_TWINS, [book, after, until]) if len(stated) < len(rows) else []
    found = dict(_by_type(stated + twins))
    if twins:
        found[STRUCK] = pa.table([[row[1] for row in twins], [row[0] for row in twins]], schema=STRUCK_COLUMNS)
    return found


def entries_of(store: Store, book: int, type_name: str, after: int, until: int) -> pa.Table:
    """The entries of one type after one number until another."""
    schema = STRUCK_COLUMNS if type_name == STRUCK else RAW
    found = [schema.empty_table()]
    for start in range(after, until, CHUNK):
        taken = chunk(store, book, start, min(start + CHUNK, until))
        found += [taken[type_name]] if type_name in taken else []
    return pa.concat_tables(found)


def _by_type(rows: list[Row]) -> Iterator[tuple[str, pa.Table]]:
    if not rows:
        return
    seq, own, sign, types, *parts = zip(*rows, strict=True)
    table = _table([seq, own, sign, *parts])
    kinds = pa.array(types).dictionary_encode()
    for index, name in enumerate(kinds.dictionary.to_pylist()):
        yield name, table if len(kinds.dictionary) == 1 else table.filter(pc.equal(kinds.indices, index))


def _table(columns: list[Any]) -> pa.Table:
    arrays = [pa.array(values, column.type) for values, column in zip(columns, _TEXT_DAYS, strict=True)]
    return pa.table(arrays, schema=_TEXT_DAYS).cast(RAW)
