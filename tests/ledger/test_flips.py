"""No byte of an entry changes unseen."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from django.db import DatabaseError, connections

from taizhang.ledger.database import connect
from taizhang.ledger.store import DjangoStore
from taizhang.ledger.verify import verify
from taizhang.ledger.writing import bytes_sql

from ..books import Databases, SmallBook, small_book
from .flips import Change, Raw, every_byte, made, named, odd_values, row_of, unbound
from .insider import filled, undone, unlocked

SEED = 11
SMALL_BOOK = 35 * 1024


@pytest.fixture
def open_book(book: SmallBook) -> SmallBook:
    """A book of 35 KiB of entries, unlocked."""
    filled(book, 150, Random(SEED))
    unlocked(book)
    unbound(book)
    size = sum(len(row[0]) for row in book.store.rows(f"SELECT {bytes_sql(book.store.dialect)} FROM entry"))
    assert 0.8 * SMALL_BOOK < size < 1.2 * SMALL_BOOK
    assert named(book) == set()
    return book


def test_every_byte_of_a_small_book(open_book: SmallBook, count: Callable[[int, int], int]) -> None:
    rng, seen = Random(SEED), Counter[str]()
    for seq in range(1, 151):
        changes = list(every_byte(open_book, seq, rng))
        for change in rng.sample(changes, min(count(2, 10**6), len(changes))):
            assert_found(open_book, change, seen)
    print(f"seed {SEED}: {dict(seen)}")
    assert seen["found"] >= count(290, 28_000)
    assert seen["refused by the database"] <= seen["found"] // 100


def test_values_of_another_kind_and_in_another_column(open_book: SmallBook, count: Callable[[int, int], int]) -> None:
    seen = Counter[str]()
    for seq in range(1, 151, count(15, 1)):
        for change in odd_values(open_book, seq):
            assert_found(open_book, change, seen)
    print(dict(seen))
    assert seen["found"] >= count(130, 2000)
    assert seen["bytes as they were"] >= count(5, 60)


def test_random_bytes_of_a_large_book(book: SmallBook, count: Callable[[int, int], int]) -> None:
    """Many at a time, in as many entries: every one of them is named, and nothing else."""
    rng, size, at_once = Random(SEED), count(1000, 20_000), 50
    filled(book, size, rng)
    unlocked(book)
    unbound(book)
    found = 0
    while found < count(200, 10_000):
        with undone(book):
            seqs = rng.sample(range(1, size + 1), at_once)
            changes = [rng.choice([c for c in every_byte(book, seq, rng) if "seq" not in c.values]) for seq in seqs]
            changed = {f"seq {change.seq}" for change in changes if made(book, change)}
            assert {where for where in named(book, most=1000) if where.startswith("seq")} == changed
            found += len(changed)
    print(f"seed {SEED}: {found} bytes in {size} entries")
    assert named(book) == set()


def assert_found(book: SmallBook, change: Change, seen: Counter[str]) -> None:
    """The entry is named; then it is put back as it was."""
    before = row_of(book, change.seq)
    raw = _bytes(book, change.seq)
    if not made(book, change):
        seen["refused by the database"] += 1
        return
    try:
        where = named(book)
        assert f"seq {change.seq}" in where, (change, where)
        seen["found"] += 1
        seen["bytes as they were"] += "seq" not in change.values and "leaf" not in change.values and _bytes(book, change.seq) == raw
    finally:
        assert made(book, Change(change.values.get("seq", change.seq), {column: before[column] for column in change.values}))


def _bytes(book: SmallBook, seq: int) -> bytes | None:
    rows = book.store.rows(f"SELECT {bytes_sql(book.store.dialect)} FROM entry WHERE book = ? AND seq = ?", [book.number, seq])
    return None if rows[0][0] is None else bytes(rows[0][0])


# ---- the file itself -----------------------------------------------------------------------------------------------------------


def test_bytes_of_the_file_of_a_book(folder_of_books: Databases, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """Whatever changes what is read of an entry is found, or the database says that its file is damaged."""
    rng, seen = Random(SEED), Counter[str]()
    address = folder_of_books.address("sqlite")
    with small_book(address) as book:
        filled(book, 150, rng)
        book.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
        number, sound = book.number, _read(address)
    raw = Path(address).read_bytes()
    pages = entry_pages(raw)
    for turn in range(count(60, 3000)):
        at = rng.choice(pages) + rng.randrange(4096)
        path = tmp_path / f"flipped{turn % 2}.sqlite3"
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << rng.randrange(8)]) + raw[at + 1 :])
        seen[judged(path, number, sound)] += 1
    print(f"seed {SEED}: {dict(seen)} in {len(pages)} pages")
    assert seen["unseen"] == 0
    assert seen["found"] + seen["refused"] >= count(30, 1500)


def judged(path: Path, number: int, sound: object) -> str:
    """What becomes of a book in a damaged file."""
    alias = connect(path, "flipped")
    try:
        found = verify(DjangoStore(alias), number).problems
    except (DatabaseError, sqlite3.DatabaseError):
        return "refused"
    finally:
        connections[alias].close()
    return "found" if found else "harmless" if _read(str(path)) == sound else "unseen"


def _read(path: str) -> object:
    """Every entry as any program may read it."""
    with sqlite3.connect(path) as connection:
        connection.text_factory = Raw
        try:
            return connection.execute("SELECT * FROM entry ORDER BY seq").fetchall()
        except sqlite3.DatabaseError:
            return None
        finally:
            connection.rollback()


def entry_pages(raw: bytes) -> list[int]:
    """Where the pages of table `entry` begin in a SQLite file, after its file format: a B-tree of pages from a root page."""
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(bytes(raw[:18]) + b"\1\1" + raw[20:])
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'").fetchone()
    return sorted((page - 1) * 4096 for page in _below(raw, root))


def _below(raw: bytes, page: int) -> Iterator[int]:
    yield page
    start = (page - 1) * 4096
    if raw[start] != 2:  # an interior page of an index B-tree: cells begin with the page to their left
        return
    for cell in range(int.from_bytes(raw[start + 3 : start + 5], "big")):
        at = start + int.from_bytes(raw[start + 12 + 2 * cell : start + 14 + 2 * cell], "big")
        yield from _below(raw, int.from_bytes(raw[at : at + 4], "big"))
    yield from _below(raw, int.from_bytes(raw[start + 8 : start + 12], "big"))
