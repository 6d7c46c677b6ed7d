"""No byte of an entry changes unseen."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest
from pathlib import Path
from random import Random

import pytest
from django.db import DatabaseError, connections

from taizhang.ledger import SHA256
from taizhang.ledger.database import connect
from taizhang.ledger.store import DjangoStore
from taizhang.ledger.verify import verify
from taizhang.ledger.writing import bytes_sql

from ..books import Databases, SmallBook, small_book
from .flips import Change, Raw, every_byte, made, named, odd_values, unbound
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
    changes = [list(every_byte(open_book, seq, rng)) for seq in range(1, 151)]
    assert_found(open_book, changes, rng, seen, count(2, 10**6), count(40, 150))
    print(f"seed {SEED}: {dict(seen)}")
    assert seen["found"] >= count(300, 27_000)
    assert seen["refused by the database"] <= seen["found"] // 100


def test_values_of_another_kind_and_in_another_column(open_book: SmallBook, count: Callable[[int, int], int]) -> None:
    rng, seen = Random(SEED), Counter[str]()
    changes = [list(odd_values(open_book, seq)) for seq in range(1, 151)]
    assert_found(open_book, changes, rng, seen, count(3, 10**6), count(40, 150))
    print(f"seed {SEED}: {dict(seen)}")
    assert seen["found"] >= count(400, 1700)
    assert seen["bytes as they were"] >= count(10, 100)


def test_an_entry_that_is_moved(open_book: SmallBook, count: Callable[[int, int], int]) -> None:
    """The place it left is named."""
    rng = Random(SEED)
    for seq in [1, 2, 149, 150, *rng.sample(range(3, 149), count(10, 146))]:
        for place in (0, -seq, seq + 1000, 2**62 + seq, *(seq ^ 1 << bit for bit in rng.sample(range(8, 63), 3))):
            with undone(open_book):
                assert made(open_book, Change(seq, {"seq": place}))
                assert f"seq {seq}" in named(open_book), place


def test_random_bytes_of_a_large_book(book: SmallBook, count: Callable[[int, int], int]) -> None:
    rng, size, seen = Random(SEED), count(1000, 20_000), Counter[str]()
    filled(book, size, rng)
    unlocked(book)
    unbound(book)
    while seen["found"] < count(200, 10_000):
        seqs = rng.sample(range(1, size + 1), 100)
        assert_found(book, [[rng.choice(list(every_byte(book, seq, rng)))] for seq in seqs], rng, seen, 1, 1)
    print(f"seed {SEED}: {seen['found']} bytes in {size} entries")
    assert named(book) == set()


def assert_found(book: SmallBook, changes: list[list[Change]], rng: Random, seen: Counter[str], most: int, alone: int) -> None:
    """Make changes, some alone, then one of each list at a time, `most` of each: what was changed is named, and no other."""
    leaves: dict[int, bytes] = dict(book.store.rows("SELECT seq, leaf FROM entry WHERE book = ?", [book.number]))
    for some in changes:
        rng.shuffle(some)
    apart = [(some[-1],) for some in rng.sample(changes, alone)]  # beside others it might be found for their sake
    for at_once in (*apart, *islice(zip_longest(*changes), most)):
        with undone(book):
            asked = [change for change in at_once if change is not None]
            done = [change for change in asked if made(book, change)]
            where = {place for place in named(book, most=1000) if place != "book" and "node" not in place}
            assert where == {f"seq {change.seq}" for change in done}
            seen["found"] += len(done)
            seen["refused by the database"] += len(asked) - len(done)
            seen["bytes as they were"] += sum(_hash(book, change.seq) == leaves[change.seq] for change in done if "leaf" not in change.values)


def _hash(book: SmallBook, seq: int) -> bytes:
    rows = book.store.rows(f"SELECT {bytes_sql(book.store.dialect)} FROM entry WHERE book = ? AND seq = ?", [book.number, seq])
    return SHA256.leaf(bytes(rows[0][0] or b""))


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
