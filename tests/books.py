"""Books for tests, on SQLite and on a real PostgreSQL: a fresh database each, copied from one that has its tables."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from django.db import connections

from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.database import connect, migrate
from taizhang.ledger.journal import Journal
from taizhang.ledger.store import DjangoStore
from taizhang.packs import PROGRAMMES, Pack, check

ORIGIN = "taizhang/43/tests"
_numbers = itertools.count(1)


@dataclass
class Databases:
    """Where fresh databases come from: a folder, and perhaps a server."""

    folder: Path
    server: psycopg.Connection | None = None
    _made: str = ""

    def address(self, dialect: str) -> str:
        """The address of a new database that has all tables and no rows."""
        return self._sqlite() if dialect == "sqlite" else self._postgres()

    def empty(self) -> str:
        """The address of a new database of the server, without tables."""
        assert self.server is not None
        name = f"empty{next(_numbers)}"
        self.server.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def _sqlite(self) -> str:
        template = self.folder / "template.sqlite3"
        if not template.exists():
            alias = connect(template, "template-sqlite")
            migrate(alias)
            connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections[alias].close()
        path = self.folder / f"book{next(_numbers)}.sqlite3"
        shutil.copyfile(template, path)
        return str(path)

    def _postgres(self) -> str:
        assert self.server is not None
        name = f"book{next(_numbers)}"
        if not self._made:
            self._made = "template_taizhang"
            self.server.execute(f"CREATE DATABASE {self._made}")
            alias = connect(self._url(self._made), "template-postgres")
            migrate(alias)
            connections[alias].close()
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self._made}")
        return self._url(name)

    def _url(self, name: str) -> str:
        assert self.server is not None
        return f"postgresql://tests@/{name}?host={self.server.info.host}"


@cache
def shipped() -> tuple[Pack, ...]:
    """The programmes that come with the house."""
    packs = [check(folder)[0] for folder in sorted(PROGRAMMES.iterdir()) if (folder / "pack.yaml").exists() and folder.name != "base"]
    return tuple(pack for pack in packs if pack is not None)


@cache
def catalogue() -> Catalogue:
    """Their catalogue."""
    return Catalogue.of(*shipped())


@dataclass
class SmallBook:
    """A book without entries, and the journal that writes it."""

    address: str
    alias: str
    store: DjangoStore
    journal: Journal

    @property
    def number(self) -> int:
        return self.journal.book

    @property
    def catalogue(self) -> Catalogue:
        return self.journal.catalogue


@contextmanager
def small_book(address: str, packs: Catalogue | None = None) -> Iterator[SmallBook]:
    """A book in a fresh database."""
    alias = connect(address, f"book-{next(_numbers)}")
    store = DjangoStore(alias)
    sql = "INSERT INTO book (origin, place, title, created_at, size, tops) VALUES (?, 43, '', 0, 0, ?) RETURNING id"
    with store.transaction():
        number = store.rows(sql, [ORIGIN, b""])[0][0]
    try:
        yield SmallBook(address, alias, store, Journal(store, number, packs or catalogue()))
    finally:
        connections[alias].close()
