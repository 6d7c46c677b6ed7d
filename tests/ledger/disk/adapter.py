"""The journal's store on a connection of apsw, so that a book can stand on the disk that breaks.

Set up as the product sets up its own connections. SQLite is apsw's, newer than the one under Django; what is written is the same format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import apsw

from taizhang.ledger.database import described
from taizhang.ledger.store import Broken, Dialect, Question, Row, insert_sql, is_disk_failure, upsert_sql
from taizhang.ledger.tables import Table

SETTINGS: str = described("book.sqlite3")["OPTIONS"]["init_command"]


class ApswStore:
    """What `ledger.store.Store` asks for. `settings` are pragmas; those of the product unless a test spoils them."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: apsw.Connection, settings: str = SETTINGS) -> None:
        self.connection = connection
        self._depth = 0
        self._broken = False
        for statement in filter(None, settings.split(";")):
            self.run(statement)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """All rows of a question."""
        return self.connection.execute(sql, params).fetchall()

    def answers(self, questions: Sequence[Question]) -> list[list[Row]]:
        """All rows of several questions."""
        return [self.rows(*question) for question in questions]

    def stream(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows one after the other."""
        yield from self.connection.execute(sql, params)

    def run(self, sql: str, params: Sequence[Any] = ()) -> None:
        """One statement, to its end: apsw stops at the first row it can answer."""
        self.connection.execute(sql, params).fetchall()

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""
        self.connection.executemany(sql, rows).fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """New rows."""
        self.many(insert_sql(table, tuple(columns)), rows)

    def insert_columns(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        """New rows, given as columns."""
        self.insert(table.name, table.columns, list(zip(*columns, strict=True)))

    def upsert(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Rows that replace those of the same key."""
        self.many(upsert_sql(table.name, table.key, table.columns), rows)

    def at_once(self) -> AbstractContextManager[None]:
        """One after the other."""
        return nullcontext()

    def within(self) -> tuple[object, ...]:
        """Not known: what a journal needs is always asked."""
        return ()

    @contextmanager
    def transaction(self, savepoint: bool = True) -> Iterator[None]:
        """BEGIN IMMEDIATE to COMMIT; within another one a savepoint, always."""
        if self._broken:
            raise Broken
        begin, commit, back = (
            ("SAVEPOINT s", "RELEASE s", "ROLLBACK TO s; RELEASE s") if self._depth else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        self.run(begin)
        self._depth += 1
        try:
            yield
            self.run(commit)
        except BaseException as error:
            self._broken = is_disk_failure(error)
            if self.connection.in_transaction:
                self.run(back)
            raise
        finally:
            self._depth -= 1

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
