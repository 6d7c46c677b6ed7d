"""A book as it stands at one moment, and beside it empty tables for what follows from its entries: nobody is kept from writing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import connections

from taizhang.ledger.store import DjangoStore, Store
from taizhang.ledger.tables import DERIVED

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A connection on which everything is of one moment. `kept` is the schema of the book's own tables.

    The tables of `DERIVED` stand here a second time, temporary and empty, and their names mean these: whoever derives writes
    into them. What others commit meanwhile is not seen, and nothing of the book can be changed.
    """

    store: Store
    kept: str


@contextmanager
def snapshot(store: Store) -> Iterator[Snapshot]:
    """The book now, on a connection of its own: SQLite's read transaction, PostgreSQL's REPEATABLE READ; undone at the end.

    Within a transaction of the caller it is on the same connection, for what that wrote belongs to the book he sees.
    """
    with _beside(store) if isinstance(store, DjangoStore) and not store.connection.in_atomic_block else _unprepared(store) as other:
        try:
            with other.transaction():
                yield _laid_out(other)
                raise _Undo
        except _Undo:
            pass


class _Undo(Exception):
    pass


@contextmanager
def _beside(store: DjangoStore) -> Iterator[DjangoStore]:
    """Another connection to the same database. The one that posts never has tables that hide the book's."""
    alias = f"{store.alias}-snapshot-{next(_numbers)}"
    connections.settings[alias] = _reading(deepcopy(store.connection.settings_dict), store.dialect)
    other = DjangoStore(alias)
    try:
        yield other
    finally:
        other.connection.close()
        del connections[alias], connections.settings[alias]


@contextmanager
def _unprepared(store: Store) -> Iterator[Store]:
    """The same connection. A statement that PostgreSQL planned before would go on to mean the book's own tables."""
    connection: Any = getattr(store, "connection", None)
    if store.dialect == "sqlite" or connection is None:
        yield store
        return
    driver = connection.connection
    was, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield store
    finally:
        driver.prepare_threshold = was


def _reading(settings: dict[str, Any], dialect: str) -> dict[str, Any]:
    options = settings["OPTIONS"]
    if dialect == "sqlite":
        options["transaction_mode"] = "DEFERRED"  # takes no lock before it writes, and it never does
        options["init_command"] += "PRAGMA temp_store=FILE;"  # a large book does not fit into memory
    else:
        from psycopg import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    return settings


def _laid_out(store: Store) -> Snapshot:
    schema = "main" if store.dialect == "sqlite" else _schema(store)
    for table in DERIVED:
        for statement in table.create(store.dialect):
            store.run(statement.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
    if store.dialect == "sqlite":
        _tell_sizes(store)
        store.rows("SELECT count(*) FROM main.book")  # from here on the moment stands
    else:
        store.run("SET TRANSACTION READ ONLY")  # temporary tables may be written nevertheless
    return Snapshot(store, schema)


def _schema(store: Store) -> str:
    """Where PostgreSQL keeps the tables of the book."""
    name: str = store.rows("SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'entry'::regclass")[0][0]
    return name


def _tell_sizes(store: Store) -> None:
    """The temporary tables are as large as the book's own, which SQLite was told of."""
    names = ", ".join(f"'{table.name}'" for table in DERIVED)
    store.run("ANALYZE temp.record")
    store.run("DELETE FROM temp.sqlite_stat1")
    store.run(f"INSERT INTO temp.sqlite_stat1 (tbl, idx, stat) SELECT tbl, idx, stat FROM main.sqlite_stat1 WHERE tbl IN ({names})")
    store.run("ANALYZE temp.sqlite_schema")
