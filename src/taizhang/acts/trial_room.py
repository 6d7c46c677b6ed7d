"""Throw-away books for cases: made in a temporary folder, each on a database of its own, and gone afterwards."""

from __future__ import annotations

import itertools
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import Error, connections

from taizhang.acts.desk import Desk
from taizhang.acts.founding import found
from taizhang.core import InputError, Problem, places
from taizhang.ledger.database import connect, migrate
from taizhang.ledger.places import PlaceRow, load_package
from taizhang.ledger.places.schemes import LEVEL_OF_LENGTH, STAT, above
from taizhang.ledger.store import DjangoStore

_numbers = itertools.count(1)


@dataclass
class Room:
    """Where the books of one run stand. `server` is the address of a PostgreSQL; without one they are files."""

    home: Path
    server: str | None = None
    name: str = field(default_factory=lambda: f"taizhang_trial_{secrets.token_hex(6)}")
    _template: str = ""

    @contextmanager
    def desk(self, place: str, codes: Iterable[str], today: date) -> Iterator[Desk]:
        """The desk of somebody who may do everything in a fresh book of the place's province; these codes are places there."""
        number = next(_numbers)
        alias, address = f"trial-{number}", self._database(number)
        top = place[:2]
        try:
            desk = found(
                self.home / f"book{number}", int(top), place_path=f"{top}/", database=address, title="试办", login="clerk", alias=alias
            )
            try:
                load_package(desk.book.store, _rows(top, codes))
                desk.today = today
                yield desk
            finally:
                desk.close()
        finally:
            _forget(alias)
            self._drop(number)

    def close(self) -> None:
        """Take away what all books were copied from."""
        if self._template and self.server:
            self._run(f"DROP DATABASE IF EXISTS {self.name}")

    # ---- databases -------------------------------------------------------------------------------------------------------------

    def _database(self, number: int) -> str:
        """A fresh database with all tables, copied from one that has them."""
        if not self._template:
            self._template = self._tables()
        if self.server:
            self._run(f"CREATE DATABASE {self.name}_{number} TEMPLATE {self.name}")
            return _named(self.server, f"{self.name}_{number}")
        return str(shutil.copyfile(self._template, self.home / f"book{number}.sqlite3"))

    def _tables(self) -> str:
        if self.server:
            self._run(f"CREATE DATABASE {self.name}")
        address = _named(self.server, self.name) if self.server else str(self.home / "template.sqlite3")
        alias = connect(address, f"trial-{next(_numbers)}")
        try:
            migrate(alias)
            if not self.server:
                connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            _forget(alias)
        return address

    def _drop(self, number: int) -> None:
        if self.server:
            self._run(f"DROP DATABASE IF EXISTS {self.name}_{number}")

    def _run(self, sql: str) -> None:
        assert self.server is not None
        alias = connect(self.server, f"trial-{next(_numbers)}")
        try:
            DjangoStore(alias).run(sql)
        except Error as error:
            raise InputError(_no_server(error)) from None
        finally:
            _forget(alias)


@contextmanager
def room(server: str | None = None) -> Iterator[Room]:
    """A room for books; everything in it is removed at the end, whatever happened."""
    with tempfile.TemporaryDirectory(prefix="taizhang-trial-") as home:
        made = Room(Path(home), server)
        try:
            yield made
        finally:
            made.close()


def _no_server(error: Error) -> Problem:
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    do = ("请核对地址；该用户须有建库的权限（CREATEDB）。", "Check the address; its user needs the right to make databases (CREATEDB).")
    found = (f"不能在这个数据库服务器上建临时库：{said}", f"no database for the trial can be made there: {said}")
    return Problem("--database", found[0], "可以建库的 PostgreSQL", do[0], found[1], "a PostgreSQL where databases may be made", do[1])


def _forget(alias: str) -> None:
    """Close a connection and know its address no more."""
    if alias in connections.settings:
        connections[alias].close()
        with suppress(AttributeError):
            del connections[alias]
        del connections.settings[alias]


def _named(address: str, database: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def _rows(top: str, codes: Iterable[str]) -> Iterator[PlaceRow]:
    """The places of a province to the county, and these below; each after the one above it."""
    names = {place.code: place.name for place in places() if place.code.startswith(top)}
    below = {code for code in codes if code[:6] in names and len(code) in LEVEL_OF_LENGTH}
    wanted = {code for one in (*names, *below) for code in _line(one)}
    for code in sorted(wanted, key=lambda c: (len(c), c)):
        yield PlaceRow(int(code), "", LEVEL_OF_LENGTH[len(code)], names.get(code, code), ((STAT.name, code),))


def _line(code: str) -> Iterator[str]:
    """A code and those above it."""
    at: str | None = code
    while at:
        yield at
        at = above(STAT, at)
