"""Backups and what comes back: who may, where the database of a restored book stands, what its files say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import OperationalError

from taizhang.acts.desk import Desk
from taizhang.acts.founding import found
from taizhang.acts.keeping import backup, restore
from taizhang.acts.posting import post
from taizhang.acts.proving import checkpoint, export_blind
from taizhang.core import InputError
from taizhang.ledger.book import Book, without_password
from taizhang.ledger.signing import SoftSigner

from ..books import Databases
from .office import COUNTY, PATHS, VILLAGE, user
from .villages import at_risk, ok, talk


def test_a_clerk_makes_no_backup_and_no_checkpoint(desk: Desk, tmp_path: Path) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[COUNTY], "*"), ("view", PATHS[COUNTY], "*"))
    one_programme = user(desk, "auditor", ("audit", PATHS[COUNTY], "medicine"))
    acts = (lambda who: backup(who, tmp_path / "b", tmp_path / "k"), checkpoint, lambda who: export_blind(who, tmp_path / "all"))
    for who in (clerk, one_programme):
        for act in acts:
            with pytest.raises(InputError, match="whole book"):
                act(who)
    assert {path.name for path in tmp_path.iterdir()} == {"book"}
    auditor = user(desk, "chief", ("audit", PATHS[COUNTY], "*"))
    for act in acts:
        act(auditor)


def test_a_restored_book_writes_to_its_own_file(tmp_path: Path) -> None:
    """Also where the first one's database stood outside of its folder."""
    outside = str(tmp_path / "elsewhere.sqlite3")
    desk = found(tmp_path / "book", COUNTY, place_path=PATHS[COUNTY], database=outside, login="founder", alias="outside")
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", alias="restored-file")
    try:
        (file,) = brought.store.rows("SELECT file FROM pragma_database_list WHERE name = 'main'")
        assert Path(file[0]) == (tmp_path / "restored" / "book.sqlite3").resolve()
    finally:
        brought.close()
        desk.close()


@pytest.mark.parametrize("dialect", ["postgres"])
def test_no_password_stands_in_a_restored_book(desk: Desk, databases: Databases, tmp_path: Path) -> None:
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    address = databases.empty().replace("tests@", "tests:open-sesame@")
    restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=f"{address}&password=open-sesame", alias="restored-server").close()
    assert b"open-sesame" not in b"".join(path.read_bytes() for path in (tmp_path / "restored").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("postgresql://a:b@h:5432/n?sslmode=require", "postgresql://a@h:5432/n?sslmode=require"),
        ("postgresql://a@/n?host=/run&password=b", "postgresql://a@/n?host=/run"),
        ("postgresql://h/n?password=b", "postgresql://h/n"),
        ("postgresql://a:b%40c@h/n", "postgresql://a@h/n"),
        ("/books/a.sqlite3", "/books/a.sqlite3"),
        (None, None),
    ],
)
def test_an_address_is_kept_without_its_password(address: str | None, kept: str | None) -> None:
    assert without_password(address) == kept


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_the_address_of_a_server_is_not_that_of_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """TAIZHANG_DATABASE, set for a book on a server, leaves one in a file alone."""
    monkeypatch.setitem(os.environ, "TAIZHANG_DATABASE", "postgresql://nobody@localhost:1/nothing")
    book = Book.open(desk.book.folder, alias="beside")
    assert book.size == desk.book.size
    book.close()


def test_a_backup_holds_what_was_there_and_nothing_in_plain(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    record = at_risk(desk, VILLAGE)
    ok(post(desk, [talk(desk, VILLAGE)]))
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    assert saved.entries == desk.book.size
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=address, alias=f"brought-{dialect}")
    try:
        assert brought.size == saved.entries
        assert brought.keys.key(record) == desk.book.keys.key(record)
        assert os.name != "posix" or (tmp_path / "restored" / "book.keys").stat().st_mode & 0o77 == 0
    finally:
        brought.close()


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_keys_of_two_books_are_never_mixed(desk: Desk, tmp_path: Path) -> None:
    """A second book backed up to the same place would overwrite the first one's signing key."""
    other = found(tmp_path / "other", COUNTY, place_path=PATHS[COUNTY], login="founder", alias="another-book")
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    theirs = backup(other, tmp_path / "backups", tmp_path / "other keys")
    before = (tmp_path / "keys" / "signing.pem").read_bytes()
    with pytest.raises(InputError, match="another book"):
        backup(other, tmp_path / "backups", tmp_path / "keys")
    for folder, keys in ((saved.folder, "other keys"), (theirs.folder, "keys")):
        with pytest.raises(InputError, match="another book"):
            restore(folder, tmp_path / keys, tmp_path / "restored")
    assert (tmp_path / "keys" / "signing.pem").read_bytes() == before
    assert not (tmp_path / "restored").exists()
    assert len(list((tmp_path / "backups").iterdir())) == 2, "nothing half made is left"
    other.close()


@pytest.mark.parametrize("dialect", ["postgres"])
def test_a_database_that_holds_a_book_is_not_restored_into(desk: Desk, databases: Databases, tmp_path: Path) -> None:
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    address = databases.empty()
    restore(saved.folder, tmp_path / "keys", tmp_path / "once", database=address, alias="once").close()
    with pytest.raises(InputError, match="holds something already"):
        restore(saved.folder, tmp_path / "keys", tmp_path / "twice", database=address, alias="twice")
    assert not (tmp_path / "twice").exists()


@pytest.mark.parametrize("was_there", [False, True])
def test_a_book_that_cannot_be_founded_leaves_nothing(tmp_path: Path, was_there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "book"
    if was_there:
        folder.mkdir()
    with pytest.raises(OperationalError):
        found(folder, COUNTY, place_path=PATHS[COUNTY], database="postgresql://nobody@127.0.0.1:1/nothing", login="founder", alias="no-server")
    monkeypatch.setattr(SoftSigner, "save", _full)
    with pytest.raises(OSError, match="no space"):
        found(folder, COUNTY, place_path=PATHS[COUNTY], login="founder", alias="no-room")
    assert [path.name for path in tmp_path.iterdir()] == ["book"] * was_there
    assert not was_there or list(folder.iterdir()) == []


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_what_stands_in_a_folder_already_is_left_there(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("不要动", encoding="utf-8")
    for folder in (desk.book.folder, tmp_path / "full"):
        before = sorted(path.name for path in folder.iterdir())
        with pytest.raises(InputError):
            found(folder, COUNTY, place_path=PATHS[COUNTY], login="founder", alias="twice")
        assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_nobody_else_on_the_machine_reads_a_book_or_its_backup(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    at_risk(desk, VILLAGE)
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=address, alias=f"private-{dialect}")
    try:
        for folder in (desk.book.folder, brought.folder, saved.folder, tmp_path / "keys"):
            inner = [path for path in folder.rglob("*") if path.name in PRIVATE or path.suffix in (".keys", ".pem", ".sqlite3")]
            assert inner or (folder == saved.folder and dialect == "postgres")
            assert {path.name for path in inner if path.stat().st_mode & 0o77} == set()
        assert {folder for folder in (desk.book.folder, brought.folder, saved.folder) if folder.stat().st_mode & 0o77} == set()
    finally:
        brought.close()


def test_a_backup_does_not_lie_within_the_book(desk: Desk, tmp_path: Path) -> None:
    folder = desk.book.folder
    for books, keys in ((folder / "backups", tmp_path / "keys"), (tmp_path / "backups", folder / "keys"), (folder, tmp_path / "keys")):
        with pytest.raises(InputError, match="own folder"):
            backup(desk, books, keys)
    assert {path.name for path in tmp_path.iterdir()} == {folder.name}


def test_a_restoring_that_fails_leaves_nothing(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    address = databases.empty() if dialect == "postgres" else None
    with pytest.raises(FileNotFoundError):
        restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=address, erased=tmp_path / "not there", alias=f"half-{dialect}")
    assert not (tmp_path / "restored").exists()


PRIVATE = ("book.sqlite3-wal", "book.sqlite3-shm", "book.keys-wal", "book.keys-shm", "book.keys.erased")


def _full(*_: object) -> None:
    raise OSError("no space left on the disk")
