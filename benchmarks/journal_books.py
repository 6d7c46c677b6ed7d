"""Fresh books and plain tables beside them, on SQLite and on a PostgreSQL of their own that really syncs."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # books are made as the tests make them

from tests.books import Databases, SmallBook, small_book  # noqa: E402

from taizhang.core import Entry  # noqa: E402
from taizhang.ledger.catalogue import Catalogue  # noqa: E402
from taizhang.ledger.database import SQLITE_PRAGMAS  # noqa: E402
from taizhang.ledger.hashing import SHA256  # noqa: E402
from taizhang.ledger.store import Dialect, insert_sql  # noqa: E402
from taizhang.ledger.tables import ENTRY  # noqa: E402
from taizhang.ledger.writing import composed, parts_of  # noqa: E402

COLUMNS = ENTRY.columns
_INSERT = insert_sql("entry", COLUMNS)
_COPY = f"COPY entry ({', '.join(COLUMNS)}) FROM STDIN"
Rows = list[tuple[Any, ...]]


def rows_of(entries: Sequence[Entry], first: int) -> Rows:
    """The finished rows of entries, the first with this seq: what a plain insert is given."""
    parts = [parts_of(entry) for entry in entries]
    leaves = SHA256.leaves(map(composed, parts))
    return [(1, seq, *one, leaf) for seq, (one, leaf) in enumerate(zip(parts, leaves, strict=True), first)]


def create(dialect: Dialect, indexed: bool) -> list[str]:
    """The statements of a plain table of entries: the columns alone, or with the same key and indexes."""
    statements = list(ENTRY.create(dialect))
    if indexed:
        return statements
    bare = statements[0].replace(f", PRIMARY KEY ({', '.join(ENTRY.key)})", "").replace(" WITHOUT ROWID", "")
    return [bare]


class PlainSqlite:
    """A table of entries written by the standard library's sqlite3, with the pragmas of a book."""

    def __init__(self, path: Path, indexed: bool) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.executescript(SQLITE_PRAGMAS)
        for statement in create("sqlite", indexed):
            self.connection.execute(statement)

    def write(self, rows: Rows) -> None:
        """One batch in a transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(_INSERT, rows)
        self.connection.execute("COMMIT")

    def write_one(self, row: tuple[Any, ...]) -> None:
        """One row in a transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(_INSERT, row)
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """The connection is not needed again."""
        self.connection.close()


class PlainPostgres:
    """A table of entries written by psycopg: COPY for a batch, INSERT for a row."""

    def __init__(self, address: str, indexed: bool) -> None:
        self.connection = psycopg.connect(address)
        for statement in create("postgres", indexed):
            self.connection.execute(statement)
        self.connection.commit()
        self._insert = _INSERT.replace("?", "%s")

    def write(self, rows: Rows) -> None:
        """One batch in a transaction."""
        with self.connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
        self.connection.commit()

    def write_one(self, row: tuple[Any, ...]) -> None:
        """One row in a transaction."""
        self.connection.execute(self._insert, row)
        self.connection.commit()

    def close(self) -> None:
        """The connection is not needed again."""
        self.connection.close()


Plain = PlainSqlite | PlainPostgres


class Places:
    """Where books and plain tables of one kind of database are made."""

    def __init__(self, dialect: Dialect, folder: Path, server: psycopg.Connection | None = None) -> None:
        self.dialect: Dialect = dialect
        self.folder, self._server = folder, server
        self._databases = Databases(folder, server)
        self._made = 0

    @contextmanager
    def book(self, packs: Catalogue | None = None) -> Iterator[SmallBook]:
        """A book without entries; with the shipped programmes where no others are given."""
        address = self._databases.address(self.dialect)
        with small_book(address, packs) as book:
            yield book
        self._drop(address)

    def empty(self) -> str:
        """The address of a database without tables; none on SQLite, where a book brings its own."""
        return self._databases.empty() if self._server is not None else ""

    @contextmanager
    def plain(self, indexed: bool) -> Iterator[Plain]:
        """A plain table without rows, in a database of its own."""
        self._made += 1
        name = f"plain{self._made}"
        if self._server is None:
            path = self.folder / f"{name}.sqlite3"
            with closing(PlainSqlite(path, indexed)) as plain:
                yield plain
            self._drop(str(path))
            return
        self._server.execute(f"CREATE DATABASE {name}")
        address = f"postgresql://tests@/{name}?host={self._server.info.host}"
        with closing(PlainPostgres(address, indexed)) as other:
            yield other
        self._drop(address)

    def _drop(self, address: str) -> None:
        if self._server is None:
            for path in Path(address).parent.glob(Path(address).name + "*"):
                path.unlink()
        else:
            name = address.split("@/")[1].split("?")[0]
            self._server.execute(f"DROP DATABASE {name} WITH (FORCE)")
