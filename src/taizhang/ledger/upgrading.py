"""A book that an older program made is brought to the form of this one; one of a newer program is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from django.db import DatabaseError

from taizhang.core import InputError, Problem
from taizhang.ledger.database import APPS, migrate, shipped
from taizhang.ledger.installed import load
from taizhang.ledger.store import DjangoStore
from taizhang.ledger.taken import refill

_LABELS = frozenset(app.rpartition(".")[2] for app in APPS)
READ_ONLY = ("25006", "42501")
"""What PostgreSQL calls a transaction that may only read, and a user who may not change tables (SQLSTATE)."""


def bring_up(store: DjangoStore, folder: Path) -> tuple[str, ...]:
    """Bring the tables of a book to this program's form; the migrations that were wanting, of which there are seldom any.

    InputError for a book of a newer program, and for one that would have to be changed and may only be read.
    """
    applied = _applied(store, folder)
    if shipped() <= applied:
        return ()
    try:
        done = migrate(store.alias, lambda wanting: _fill(store, wanting))
    except DatabaseError as error:
        if _is_read_only(error):
            raise InputError(_closed(folder)) from error
        raise
    _applied(store, folder)  # somebody with a newer program may have come first
    return done


def _applied(store: DjangoStore, folder: Path) -> frozenset[tuple[str, str]]:
    """The migrations a book has had; InputError where this program does not know one of them."""
    applied = frozenset((app, name) for app, name in store.rows("SELECT app, name FROM django_migrations") if app in _LABELS)
    if newer := sorted(name for _, name in applied - shipped()):
        raise InputError(_newer(folder, newer))
    return applied


def _fill(store: DjangoStore, wanting: tuple[str, ...]) -> None:
    """Rows that follow from what the book has, in tables it had not."""
    for name in wanting:
        if name in _FILLED:
            for (book,) in store.rows("SELECT id FROM book"):
                _FILLED[name](store, book)


def _fill_taken(store: DjangoStore, book: int) -> None:
    for pack in load(store, book).packs.values():
        refill(store, book, pack)


_FILLED: Mapping[str, Callable[[DjangoStore, int], None]] = {"0003_taken": _fill_taken}
"""What fills the tables a migration brings, for each book; an older program entered nothing that would stand in the others."""


def _is_read_only(error: DatabaseError) -> bool:
    cause = error.__cause__
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY or getattr(cause, "sqlstate", None) in READ_ONLY


def _newer(folder: Path, names: list[str]) -> Problem:
    told = "、".join(names)
    found = (f"账本由更新的程序建立或更新过（{told}）", f"a newer program made or updated this book ({', '.join(names)})")
    do = (
        "请更新本机的程序（pip install -U taizhang[book]）后再打开；账本没有改动。",
        "Update the program on this machine (pip install -U taizhang[book]) and open it again; the book was not changed.",
    )
    return Problem(str(folder), found[0], "不比本程序新的账本", do[0], found[1], "a book no newer than the program", do[1])


def _closed(folder: Path) -> Problem:
    found = ("账本是旧版程序建的，要先更新，但只能读", "an older program made this book: it has to be updated, and may only be read")
    do = (
        "请让能写它的人打开一次，或把整个文件夹复制到可以写的地方再打开。",
        "Have somebody open it once who may write it, or copy the whole folder to a place where you may.",
    )
    return Problem(str(folder), found[0], "可以读写的账本", do[0], found[1], "a book that can be read and written", do[1])
