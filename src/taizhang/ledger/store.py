"""Plain SQL on one connection, the same words for SQLite and PostgreSQL.

Statements mark their parameters with `?`. The write path speaks to the connection that Django manages, so that what
acts log stands in the same transaction; anything else with these few methods will do as well.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from django.db import connections, transaction

if TYPE_CHECKING:
    from taizhang.ledger.tables import Table

Dialect = Literal["sqlite", "postgres"]
Row = tuple[Any, ...]
Question = tuple[str, Sequence[Any]]
AT_A_TIME = 4_000
"""So many rows of a stream are fetched from PostgreSQL at once."""
FEW = 16
"""Up to so many rows, what makes many cheap costs more than it saves."""
_MANY = "unnest(?::text[]) AS sought(text)"
"""Where PostgreSQL is asked about many texts."""
_NULL, _NONE = float("nan"), {type(None)}
_ARRAYS = {"int": "bigint", "text": "text"}


class Store(Protocol):
    """A database connection as the journal needs it."""

    dialect: Dialect

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """All rows of a question."""

    def answers(self, questions: Sequence[Question]) -> list[list[Row]]:
        """All rows of several questions, asked at once and answered in order."""

    def stream(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows one after the other, in memory that does not grow."""

    def run(self, sql: str, params: Sequence[Any] = ()) -> None:
        """One statement without an answer."""

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """New rows, as fast as the database takes them."""

    def insert_columns(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        """New rows, given as columns."""

    def upsert(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Rows of integers and texts that replace those of the same key; no key twice among them."""

    def at_once(self) -> AbstractContextManager[None]:
        """Statements without answers, about few rows, may be kept and sent together: before whatever comes next, at the latest with the commit.

        What goes wrong is told then.
        """

    def within(self) -> tuple[object, ...]:
        """The open transactions, the outermost first, each a thing of its own; nothing where that is not known."""

    def transaction(self, savepoint: bool = True) -> AbstractContextManager[None]:
        """A transaction that may write; on SQLite it holds the write lock from its beginning.

        Within another one it is undone alone where it fails; without a savepoint the other one is undone as well.
        """


class DjangoStore:
    """The store on a connection of Django."""

    def __init__(self, alias: str = "default") -> None:
        self.alias = alias
        self.connection = connections[alias]
        self.dialect: Dialect = "postgres" if self.connection.vendor == "postgresql" else "sqlite"
        self._is_keeping = False
        self._ends_here = False
        self._kept: list[Callable[[], object]] = []

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """All rows of a question."""
        self._send()
        found: list[Row] = self._execute(sql, params).fetchall()
        return found

    def answers(self, questions: Sequence[Question]) -> list[list[Row]]:
        """All rows of several questions; on PostgreSQL in one way there and back, which begins a transaction, too."""
        self._send()
        with self._pipeline():
            cursors = [self._execute(sql, params) for sql, params in questions]
        return [cursor.fetchall() for cursor in cursors]  # what came at the end of the pipeline; within it, each would be waited for

    def stream(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows one after the other; on PostgreSQL through a cursor of the server, which finds the next while these are used."""
        self._send()
        self.connection.ensure_connection()
        if self.dialect == "sqlite":
            yield from self.connection.connection.execute(sql, params)
            return
        with self.transaction(), self.connection.connection.cursor(name="taizhang_stream", binary=True) as cursor, ThreadPoolExecutor(1) as ahead:
            cursor.execute(_percent(sql), params)
            coming = ahead.submit(cursor.fetchmany, AT_A_TIME)
            while rows := coming.result():
                coming = ahead.submit(cursor.fetchmany, AT_A_TIME)
                yield from rows

    def run(self, sql: str, params: Sequence[Any] = ()) -> None:
        """One statement without an answer."""
        self._write(lambda: self._execute(sql, params))

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""
        self._write(lambda: self._execute_many(sql, rows))

    def _execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors:
            if self.dialect == "sqlite":
                self.connection.connection.executemany(sql, rows)
            else:
                self._cursor().executemany(_percent(sql), rows)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """New rows: executemany, or COPY on PostgreSQL where they are many."""
        if self.dialect == "sqlite" or self._is_keeping or len(rows) <= FEW:
            self.many(insert_sql(table, columns), rows)
            return
        self._send()
        self.connection.ensure_connection()
        names = ", ".join(columns)
        with self.connection.wrap_database_errors, self._cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def insert_columns(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        """New rows, given as columns."""
        if self.dialect == "sqlite" and len(columns[0]) > FEW:
            sql, lean = lean_insert(table, columns)
            self.many(sql, zip(*lean, strict=True))
        else:
            self.insert(table.name, table.columns, list(zip(*columns, strict=True)))

    def upsert(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Rows that replace those of the same key; on PostgreSQL in one statement, as arrays."""
        if self.dialect == "sqlite":
            self.many(upsert_sql(table.name, table.key, table.columns), rows)
        elif rows:
            arrays = ", ".join(f"?::{_ARRAYS[kind.rstrip('?')]}[]" for kind in table.kinds)
            sql = upsert_sql(table.name, table.key, table.columns, f"SELECT * FROM unnest({arrays})")
            self.run(sql, [array_text(column) for column in zip(*rows, strict=True)])

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """On PostgreSQL what is written is kept; where this store ends the transaction itself, until it does."""
        self._is_keeping = self.dialect == "postgres"
        try:
            yield
        finally:
            self._is_keeping = False
        if not self._ends_here or len(self.connection.atomic_blocks) > 1:
            self._send()

    def _write(self, work: Callable[[], object]) -> None:
        if self._is_keeping:
            self._kept.append(work)
        else:
            self._send()
            work()

    def _send(self, *, commit: bool = False) -> None:
        """Send what was kept, in one way there and back; with the commit, which Django then finds done."""
        if not self._kept:
            return
        kept, self._kept = self._kept, []
        with self._pipeline():
            for work in kept:
                work()
            if commit:
                self._execute("COMMIT", ())

    @contextmanager
    def _pipeline(self) -> Iterator[None]:
        if self.dialect == "sqlite":
            yield
            return
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors, self.connection.connection.pipeline():
            yield

    def within(self) -> tuple[object, ...]:
        """The blocks of Django's that are open on the connection."""
        return tuple(self.connection.atomic_blocks)

    @contextmanager
    def transaction(self, savepoint: bool = True) -> Iterator[None]:
        """An atomic block of Django; inside another one it belongs to it. Broken after a failed write until the book is opened anew.

        Astray where the alias means another connection here: the block, and what acts log, would not be on this one.
        """
        if connections[self.alias] is not self.connection:
            raise Astray(self.alias)
        broken = getattr(self.connection, "taizhang_broken", None)
        if broken is not None and broken is self.connection.connection:
            raise Broken
        try:
            if not self.connection.in_atomic_block:
                yield from self._whole()
            elif savepoint:
                self._send()
                with transaction.atomic(using=self.alias):
                    yield
            else:
                yield from self._within()
        except BaseException as error:
            if is_disk_failure(error):
                self.connection.taizhang_broken = self.connection.connection
            raise

    def _whole(self) -> Iterator[None]:
        """A transaction from its beginning to its end."""
        self._ends_here = True
        try:
            with transaction.atomic(using=self.alias):
                yield
                if not self.connection.needs_rollback:
                    self._send(commit=True)
        finally:
            self._ends_here, self._kept = False, []

    def _within(self) -> Iterator[None]:
        """A part of the surrounding transaction, which cannot be committed when it fails; as `atomic` does it, with less ado."""
        try:
            yield
        except BaseException:
            self.connection.needs_rollback = True
            raise

    def _execute(self, sql: str, params: Sequence[Any]) -> Any:
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors:
            if self.dialect == "sqlite":
                return self.connection.connection.execute(sql, params)
            cursor = self._cursor()
            cursor.execute(_percent(sql), params, prepare=False if _MANY in sql else None)
            return cursor

    def _cursor(self) -> Any:
        """A plain cursor of psycopg, which sends values apart from statements; Django's own writes them into the statement."""
        import psycopg

        return psycopg.Cursor(self.connection.connection)


class Broken(Exception):
    """The disk failed while something was written: what this connection sees since cannot be relied on. Open the book anew."""


class Astray(RuntimeError):
    """Another book was opened under the alias of this one, or this is another thread than the one that opened it."""

    def __init__(self, alias: str) -> None:
        super().__init__(f"{alias!r} is another connection here: open each book under an alias of its own, and in the thread that uses it")


def is_disk_failure(error: BaseException) -> bool:
    """Whether SQLite was told by the system that a read, write or sync failed."""
    codes = (getattr(one, "sqlite_errorcode", getattr(one, "result", None)) for one in (error, error.__cause__))
    return any(isinstance(code, int) and code & 0xFF == sqlite3.SQLITE_IOERR for code in codes)


@lru_cache(maxsize=256)
def insert_sql(table: str, columns: Sequence[str]) -> str:
    """An INSERT for these columns."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def lean_insert(table: Table, columns: Sequence[Sequence[Any]]) -> tuple[str, list[Sequence[Any]]]:
    """An INSERT, and its columns in the forms that Python's sqlite3 binds without asking for an adapter, which costs much.

    Those are not None and bytes, but a bytearray is, and so is a float: one that is not a number is NULL to SQLite.
    """
    kept: dict[str, Sequence[Any]] = {}
    for name, kind, column in zip(table.columns, table.kinds, columns, strict=True):
        if kind == "bytes":
            kept[name] = list(map(bytearray, column))
        elif not kind.endswith("?") or not (types := set(map(type, column))) & _NONE:
            kept[name] = column
        elif len(types) > 1:
            kept[name] = [_NULL if value is None else value for value in column]
    return insert_sql(table.name, tuple(kept)), list(kept.values())


@lru_cache(maxsize=64)
def upsert_sql(table: str, key: Sequence[str], columns: Sequence[str], source: str = "") -> str:
    """An INSERT, of one row or of a `source`, that replaces the other columns of a row that is there."""
    changed = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in key)
    insert = f"INSERT INTO {table} ({', '.join(columns)}) {source}" if source else insert_sql(table, columns)
    return f"{insert} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"


def among(store: Store, column: str, values: Iterable[Any]) -> tuple[str, Any]:
    """A condition that a column is one of many values, and its one parameter."""
    wanted = list(values)
    if len(wanted) == 1:
        return f"{column} = ?", wanted[0]
    if store.dialect == "postgres":
        return f"{column} = ANY(?)", array_text(wanted)
    return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(wanted)


def sought(store: Store, read: str, source: str, known: Sequence[Any], column: str, texts: Sequence[str]) -> Question:
    """The question for the rows of a `source` ("table WHERE column = ?", with the known values) in which a column is one of many texts.

    PostgreSQL seeks one after the other in the index: left to itself it reads all of a book that has grown since it last counted.
    Such a question is planned each time (see `count_anew`), for the table as large as it is by then.
    """
    if store.dialect == "sqlite" or len(texts) == 1:
        condition, values = among(store, column, texts)
        return f"SELECT {read} FROM {source} AND {condition}", [*known, values]
    found = f"SELECT {read} FROM {source} AND {column} = sought.text OFFSET 0"
    return f"SELECT found.* FROM {_MANY} CROSS JOIN LATERAL ({found}) AS found", [array_text(texts), *known]


def count_anew(store: Store, before: int, after: int) -> None:
    """Have PostgreSQL count its tables where a book has become ten times as large, within the transaction that made it so.

    A connection keeps the plans of its statements. One made when a table was small takes any index, since all cost the same then, and is
    kept until PostgreSQL counts again of its own accord: a minute later, and never within one long transaction.
    """
    if store.dialect == "postgres" and len(str(after)) > max(len(str(before)), 2):
        store.run("ANALYZE entry, record, record_key, balance, movement, struck, taken, loan")


def array_text(values: Sequence[Any]) -> str:
    """Integers or texts as PostgreSQL writes an array; psycopg would look at each value by itself."""
    if all(isinstance(value, str) for value in values):
        return "{" + ",".join(['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values]) + "}"
    return "{" + ",".join(map(str, values)) + "}"


@lru_cache(maxsize=512)
def _percent(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")
