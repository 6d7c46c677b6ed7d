"""A plain table to try the breaking of disks on: rows in pairs, a running total in the same transaction, an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import apsw

from .trial import Connect

TABLES = """
CREATE TABLE IF NOT EXISTS row(number INTEGER PRIMARY KEY, text TEXT NOT NULL, long TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS row_text ON row(text);
CREATE TABLE IF NOT EXISTS total(one INTEGER PRIMARY KEY CHECK (one = 1), pairs INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO total VALUES (1, 0);
"""


@dataclass(frozen=True, slots=True)
class Plain:
    """Appends `pairs` pairs, each in a transaction, and acknowledges each; `early` acknowledges before it commits (a bug)."""

    mode: str = "wal"
    synchronous: str = "full"
    pairs: int = 12
    early: bool = False
    checkpoint_after: int = 5

    def __call__(self, connect: Connect, acknowledge: Callable[[Any], None]) -> None:
        connection = self.open(connect)
        for _ in range(self.pairs):
            self.append(connection, acknowledge)

    def open(self, connect: Connect) -> apsw.Connection:
        connection = connect(alone=self.mode == "wal")
        connection.execute(f"PRAGMA journal_mode={self.mode}; PRAGMA synchronous={self.synchronous}").fetchall()
        connection.execute(f"PRAGMA wal_autocheckpoint={self.checkpoint_after}; PRAGMA cache_size=4").fetchall()
        connection.execute("BEGIN IMMEDIATE;" + TABLES + "COMMIT")
        return connection

    def append(self, connection: apsw.Connection, acknowledge: Callable[[Any], None]) -> None:
        """One pair, whole or not at all."""
        connection.execute("BEGIN IMMEDIATE")
        try:
            ((pairs,),) = connection.execute("UPDATE total SET pairs = pairs + 1 RETURNING pairs").fetchall()
            if self.early:
                acknowledge(pairs)
            for number in (2 * pairs - 1, 2 * pairs):
                connection.execute("INSERT INTO row VALUES (?, ?, ?)", (number, f"{number * 7919 % 1000:03}", "台账" * (number % 300)))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        if not self.early:
            acknowledge(pairs)


def check(connect: Connect, acknowledged: list[Any], *, alone: bool = True) -> None:
    """All that was acknowledged is there, whole pairs only, the total says so, and the file is sound."""
    connection = connect(alone=alone)
    if not acknowledged and not connection.execute("SELECT 1 FROM sqlite_schema").fetchall():
        return  # lost before the tables were made: the old state
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the file is damaged"
    rows = connection.execute("SELECT number, text, length(long) FROM row ORDER BY number").fetchall()
    assert rows == [(n, f"{n * 7919 % 1000:03}", n % 300 * 2) for n in range(1, len(rows) + 1)], "rows are missing or changed"
    assert connection.execute("SELECT pairs * 2 FROM total").fetchall() == [(len(rows),)], "half of a transaction is there"
    assert len(rows) >= 2 * max(acknowledged, default=0), f"{max(acknowledged)} acknowledged, {len(rows) // 2} there"


def check_shared(connect: Connect, acknowledged: list[Any]) -> None:
    """The same where the database is not opened for one connection alone: rollback journals."""
    check(connect, acknowledged, alone=False)


def work(folder: Path, acknowledge: Callable[[Any], None]) -> None:
    """Append without end to a real file."""
    _append_for_ever(folder, acknowledge, Plain())


def work_early(folder: Path, acknowledge: Callable[[Any], None]) -> None:
    """The same with the bug that acknowledges before the commit."""
    _append_for_ever(folder, acknowledge, Plain(early=True))


def _append_for_ever(folder: Path, acknowledge: Callable[[Any], None], plain: Plain) -> None:
    connection = plain.open(lambda alone: apsw.Connection(str(folder / "plain.sqlite3")))
    for _ in count():
        plain.append(connection, acknowledge)


def check_folder(folder: Path, acknowledged: list[Any]) -> None:
    """Check a real file, with the other SQLite: the one of the standard library."""
    path = folder / "plain.sqlite3"
    if not acknowledged and not path.exists():
        return
    connection = sqlite3.connect(path)
    try:
        check(lambda alone: _Fetched(connection), acknowledged)
    finally:
        connection.close()


class _Fetched:
    """sqlite3's connection under the one method that `check` calls."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.execute = connection.execute
