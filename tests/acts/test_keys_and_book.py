"""A book and its keys, each restored from a time of its own; and a file of keys that cannot be used."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.discarding import discard_unused
from taizhang.acts.erasing import erase
from taizhang.acts.keeping import Agreement, agreement, backup, restore
from taizhang.acts.posting import post
from taizhang.core import InputError
from taizhang.ledger.book import Book
from taizhang.ledger.keys import KeyFile
from taizhang.ledger.reading import ERASED, LOST, Reader

from ..books import Databases
from .office import on, resident, state
from .villages import ok

LATER = date(2030, 1, 1)


def registered(desk: Desk, *numbers: int) -> list[str]:
    ok(post(desk, [state(desk, "base.person", 身份证号=resident(n), 姓名=f"示例{n}") for n in numbers]))
    return [desk.reader.find("base.person", [resident(n)]) or "" for n in numbers]


def names(desk: Desk, book: Book, records: list[str]) -> list[object]:
    reader = Reader(book, desk.scope)
    seen = [reader.record(record, reveal=True) for record in records]
    return [one.values["base.person"]["name"] if one else None for one in seen]


def test_keys_older_than_the_book_are_told(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    first = registered(desk, 1, 2)
    backup(desk, tmp_path / "backups", tmp_path / "older")
    second = registered(desk, 3, 4)
    erase(on(desk, LATER), [first[1], second[1]])
    saved = backup(desk, tmp_path / "backups", tmp_path / "newer")
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "older", tmp_path / "restored", database=address, alias=f"older-keys-{dialect}")
    try:
        assert agreement(brought) == Agreement(lost=1, unused=0)
        assert names(desk, brought, [*first, *second]) == ["示例1", ERASED, LOST, ERASED]
    finally:
        brought.close()


def test_keys_newer_than_the_book_are_told_and_bring_nobody_back(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    first = registered(desk, 1, 2)
    saved = backup(desk, tmp_path / "backups", tmp_path / "older")
    registered(desk, 3)
    erase(on(desk, LATER), [first[1]])
    backup(desk, tmp_path / "backups", tmp_path / "newer")
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "newer", tmp_path / "restored", database=address, alias=f"newer-keys-{dialect}")
    try:
        assert agreement(brought) == Agreement(lost=0, unused=1)
        assert names(desk, brought, first) == ["示例1", ERASED]
        assert discard_unused(Desk(brought, desk.scope, desk.today)) == 1
        assert agreement(brought) == Agreement(0, 0)
    finally:
        brought.close()


def test_the_list_of_erasures_goes_with_the_keys(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    """Keys and book of before an erasure, and the list of after it."""
    first = registered(desk, 1, 2)
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    (older,) = (tmp_path / "keys").glob("*.keys")
    shutil.copy2(older, tmp_path / "kept.keys")
    erase(on(desk, LATER), [first[1]])
    backup(desk, tmp_path / "backups", tmp_path / "keys")
    for path in (tmp_path / "keys").glob("*.keys"):
        path.unlink()
    shutil.copy2(tmp_path / "kept.keys", older)
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=address, alias=f"listed-{dialect}")
    try:
        assert names(desk, brought, first) == ["示例1", ERASED]
    finally:
        brought.close()


def test_a_book_without_its_keys_is_not_opened(desk: Desk) -> None:
    """An empty file in their place would look as if everybody had been erased."""
    keys = desk.book.folder / "book.keys"
    moved = keys.rename(keys.with_name("moved"))
    with pytest.raises(InputError, match="file of keys of the book is gone"):
        Book.open(desk.book.folder, database=_address(desk), alias="no-keys")
    assert not keys.exists()
    moved.rename(keys)


def test_keys_of_another_book_are_told_from_ones_own(desk: Desk, tmp_path: Path) -> None:
    keys = desk.book.folder / "book.keys"
    keys.rename(keys.with_name("moved"))
    KeyFile(keys, origin="taizhang/43/another").close()
    with pytest.raises(InputError, match="keys of another book"):
        Book.open(desk.book.folder, database=_address(desk), alias="other-keys")


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    ("trouble", "told"),
    [("damaged", "damaged"), ("busy", "another program"), ("read-only", "cannot be read and written"), ("full", "disk is full")],
)
def test_what_is_wrong_with_the_keys_is_a_problem_and_nothing_is_posted(desk: Desk, trouble: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(desk, 1)
    keys, size = desk.book.keys, desk.book.size
    with closing(sqlite3.connect(keys.path, isolation_level=None)) as other:
        if trouble == "damaged":
            keys.close()
            for path in keys.path.parent.glob("book.keys-*"):
                path.unlink()
            keys.path.write_bytes(os.urandom(4096))
            with pytest.raises(InputError, match=told):
                KeyFile(keys.path)
            return
        keys._db.execute("PRAGMA busy_timeout = 20")
        if trouble == "busy":
            other.execute("BEGIN IMMEDIATE")
        elif trouble == "read-only":
            keys._db.execute("PRAGMA query_only = ON")
        else:
            pages = keys._db.execute("PRAGMA page_count").fetchone()[0]
            keys._db.execute(f"PRAGMA max_page_count = {pages}")
        rows = [state(desk, "base.person", 身份证号=resident(n), 姓名="示例") for n in range(2, 400)]
        with pytest.raises(InputError, match=told):
            post(desk, rows)
    assert desk.book.size == size
    keys._db.execute("PRAGMA query_only = OFF")
    keys._db.execute("PRAGMA max_page_count = 1000000")
    registered(desk, 2)


def _address(desk: Desk) -> str | None:
    """The address of the book's database where it is on a server."""
    if desk.book.store.dialect == "sqlite":
        return None
    settings = desk.book.store.connection.settings_dict
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
