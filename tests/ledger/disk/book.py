"""A book on a disk that breaks: how it is filled, and how it is checked against a book that nothing ever happened to."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count as numbers
from itertools import islice
from pathlib import Path
from typing import Any

import apsw
from django.db import connections

from taizhang.core import Entry
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.database import connect as know
from taizhang.ledger.database import migrate
from taizhang.ledger.journal import Journal
from taizhang.ledger.rebuild import rebuild
from taizhang.ledger.store import DjangoStore
from taizhang.ledger.tables import TABLES
from taizhang.ledger.verify import verify
from taizhang.ledger.writing import READ, entry_of
from taizhang.packs import PROGRAMMES
from taizhang.packs import check as read_pack

from .adapter import SETTINGS, ApswStore
from .clerk import Act, batches
from .crash import Files
from .trial import Connect

SEED = 431129
NAME = "book.sqlite3"
BOOK = 1
ORIGIN = "taizhang/431129/00000000"
SMALL_LOG = SETTINGS + "PRAGMA wal_autocheckpoint=40"  # so that the log is copied back now and then in a short test
_VERIFIED: set[str] = set()
_COMING, _MADE = batches(SEED), list[list[Act]]()  # the clerk's batches, each made once


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Two programmes: medicine (transfers, strikes) and library (loans, holds)."""
    packs = [read_pack(PROGRAMMES / name)[0] for name in ("medicine", "library")]
    return Catalogue.of(*(pack for pack in packs if pack is not None), versions={"medicine": 1, "library": 1})


@lru_cache(maxsize=1)
def empty() -> bytes:
    """The file of an empty book, made as the product makes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        alias = know(path, "template")
        migrate(alias)
        DjangoStore(alias).run("INSERT INTO book VALUES (?, ?, 431129, '', 0, 0, ?)", [BOOK, ORIGIN, b""])
        connections[alias].close()
        del connections[alias]
        return path.read_bytes()


def files() -> Files:
    """A disk with an empty book on it."""
    return {NAME: empty()}


def rebuilding(connect: Connect, acknowledge: Callable[[Any], None]) -> None:
    """Makes all that follows from the entries anew."""
    store = ApswStore(connect(NAME), SMALL_LOG)
    acknowledge(rebuild(store, BOOK, catalogue()))
    store.close()


@dataclass(frozen=True, slots=True)
class Filling:
    """Appends the clerk's next batches, and acknowledges the size of the book after each.

    Bugs to be found: other `settings` of SQLite than the product's, or (`early`) an acknowledgement before the commit.
    """

    batches: int = 14
    settings: str = SMALL_LOG
    early: bool = False

    def __call__(self, connect: Connect, acknowledge: Callable[[Any], None]) -> None:
        store = ApswStore(connect(NAME), self.settings)
        fill(Journal(store, BOOK, catalogue()), self.batches, acknowledge, early=self.early)
        store.close()


def fill(journal: Journal, count: int | None, acknowledge: Callable[[Any], None], *, early: bool = False) -> None:
    """The clerk's next batches (without end when no count is given), each in a transaction."""
    for batch in islice(_after(size_of(journal)), count):
        if early:
            with journal.store.transaction():
                journal.append(batch)
                acknowledge(size_of(journal))
        else:
            journal.append(batch)
            acknowledge(size_of(journal))


def _after(size: int) -> Iterator[list[Act]]:
    """The clerk's batches that follow in a book of this size."""
    gone = 0
    for number in numbers():
        if gone > size:
            raise AssertionError("the book ends within a batch")
        if gone == size:
            yield _batch(number)
            size += _entries(number)
        gone += _entries(number)


def _batch(number: int) -> list[Act]:
    while number >= len(_MADE):
        _MADE.append(next(_COMING))
    return _MADE[number]


def _entries(number: int) -> int:
    return sum(1 if isinstance(act, Entry) else len(act) for act in _batch(number))


def size_of(journal: Journal) -> int:
    """How many entries the book says it has."""
    found: int = journal.store.rows("SELECT size FROM book WHERE id = ?", [journal.book])[0][0]
    return found


@dataclass
class Reference:
    """A book in memory that nothing happens to: what every table holds at the end of each batch."""

    digests: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        connection = apsw.Connection(":memory:")
        connection.deserialize("main", in_memory(empty()))
        self._journal = Journal(ApswStore(connection, ""), BOOK, catalogue())
        self._coming = _after(0)
        self.digests[0] = digest(self._journal.store)

    def at(self, size: int) -> str | None:
        """What a sound book of this size holds; None when a sound one never has it."""
        while max(self.digests) < size:
            self._journal.append(next(self._coming))
            self.digests[size_of(self._journal)] = digest(self._journal.store)
        return self.digests.get(size)


@lru_cache(maxsize=1)
def reference() -> Reference:
    """The one of this process."""
    return Reference()


def in_memory(file: bytes) -> bytes:
    """A database as it is in memory, where there is no write-ahead log."""
    return file[:18] + b"\x01\x01" + file[20:]


def digest(store: Any) -> str:
    """All that stands in the book's tables."""
    total = hashlib.sha256()
    for name in ("book", *(table.name for table in TABLES)):
        total.update(repr(store.rows(f"SELECT * FROM {name}")).encode())
    return total.hexdigest()


def check_and_verify(connect: Connect, acknowledged: list[Any]) -> None:
    """`check`, and `verify` in any case."""
    _VERIFIED.clear()
    check(connect, acknowledged)


def check(connect: Connect, acknowledged: list[Any]) -> None:
    """Nothing acknowledged is missing, the book is one that a sound one may be, it is verified, and it takes the next batch.

    Of books with equal rows only the first is verified.
    """
    store = ApswStore(connect(NAME))
    check_book(store, acknowledged)
    journal = Journal(store, BOOK, catalogue())
    fill(journal, 1, lambda size: None)
    assert digest(store) == reference().at(size_of(journal)), "the book goes on in another way than one that nothing happened to"
    store.close()


def check_book(store: ApswStore, acknowledged: list[Any]) -> None:
    """The same for a book that is open, without writing to it."""
    assert store.rows("PRAGMA integrity_check") == [("ok",)], "the file is damaged"
    ((size,),) = store.rows("SELECT size FROM book WHERE id = ?", [BOOK])
    assert size >= max(acknowledged, default=0), f"{max(acknowledged)} entries acknowledged, {size} there"
    entries = [entry_of(row) for row in store.rows(f"SELECT {READ} FROM entry WHERE book = ? ORDER BY seq", [BOOK])]
    assert balances(entries) == {(a, i): q for a, i, q in store.rows("SELECT account, item, quantity FROM balance")}, "balances differ"
    expected, found = reference().at(size), digest(store)
    assert expected is not None, "half of a batch is there"
    assert found == expected, "the tables differ from those of a book that nothing happened to"
    if found not in _VERIFIED:
        problems = verify(store, BOOK, catalogue()).problems
        assert not problems, problems[0].line("en")
        _VERIFIED.add(found)


def balances(entries: list[Entry]) -> dict[tuple[str, str], int]:
    """The balances, replayed in the plainest way."""
    struck = {entry.strikes for entry in entries if entry.kind == "strike"}
    held: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind == "transfer":
            moved = 0 if entry.uid in struck else entry.quantity or 0
            for account, sign in ((entry.source, -1), (entry.target, 1)):
                key = (str(account), str(entry.item))
                held[key] = held.get(key, 0) + sign * moved
    return held
