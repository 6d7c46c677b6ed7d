"""Backups of a book, and bringing one back: the database and what describes it in one place, the keys in another."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections

from taizhang.acts.barring import need_whole_book
from taizhang.acts.desk import Desk
from taizhang.acts.submitted import left_over
from taizhang.core import InputError, Problem
from taizhang.ledger.book import DATABASE, DESCRIPTION, KEYS, PARTS, SIGNING, Book, refuse_used, whole_or_nothing, without_password
from taizhang.ledger.checkpoint import read
from taizhang.ledger.database import connect, described
from taizhang.ledger.keys import ErasureList, make_private
from taizhang.ledger.reading import erased_records
from taizhang.ledger.signing import SoftSigner
from taizhang.ledger.store import DjangoStore
from taizhang.people import log

MANIFEST, DUMP, CHECKPOINT = "manifest.json", "book.dump", "checkpoint.txt"
KEPT = 7


@dataclass(frozen=True, slots=True)
class Backup:
    """Where a backup stands, and where that of the keys; `entries` of the book are in it."""

    folder: Path
    keys: Path
    entries: int


def backup(desk: Desk, folder: Path, keys: Path) -> Backup:
    """A backup in a new folder below `folder`, and one of the keys in `keys`, where only the newest few are kept.

    Keep the two apart: whoever has both can read what was erased since. InputError when they are one place or lie in the
    book's own folder, when `keys` has those of another book, or for who neither audits nor manages the whole book.
    """
    inside = [one for one in (folder, keys) if one.resolve().is_relative_to(desk.book.folder.resolve())]
    if inside:
        raise InputError(_in_the_book(inside[0]))
    if keys.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(keys.resolve()):
        raise InputError(_one_place(keys))
    book, path = desk.book, need_whole_book(desk, "audit", "manage")
    if (keys / SIGNING).exists() and (keys / SIGNING).read_bytes() != (book.folder / SIGNING).read_bytes():
        raise InputError(_of_another(keys))  # its signing key would be overwritten, and the backups of its keys crowded out
    text = book.checkpoint()
    target = folder / f"{book.folder.resolve().name}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    target.mkdir(mode=0o700, parents=True)  # names nobody, but amounts and places
    _copy_database(book, target)
    shutil.copy2(book.folder / DESCRIPTION, target / DESCRIPTION)
    if (book.folder / "packs").is_dir():
        shutil.copytree(book.folder / "packs", target / "packs")
    (target / CHECKPOINT).write_text(text, encoding="utf-8")
    copied = book.keys.backup(keys, KEPT)
    if (erased := book.folder / f"{KEYS}.erased").exists():
        _private_copy(erased, keys / erased.name)
    _private_copy(book.folder / SIGNING, keys / SIGNING)
    size = int(text.split("\n")[1])
    _manifest(target, size)
    log(desk.scope, "backup", place=path, detail={"entries": size}, using=book.alias)
    return Backup(target, copied, size)


def restore(source: Path, keys: Path, folder: Path, *, database: str | None = None, erased: Path | None = None, alias: str = "default") -> Book:
    """Bring a backup back into a new folder; what was erased since stays erased.

    `keys` is the folder of the backups of keys: the newest one is taken. `erased` is the erasure list of the book that was
    lost (book.keys.erased), if it is left; what the journal says was erased, and the list as it was when the keys were
    backed up, is erased again in any case. `agreement` tells whether the two are of one time.
    """
    _whole(source)
    newest = max(keys.glob(f"{Path(KEYS).stem}-*.keys"), default=None)
    if newest is None:
        raise InputError(_no_keys(keys))
    if not _signed_by(keys / SIGNING, (source / CHECKPOINT).read_text(encoding="utf-8")):
        raise InputError(_of_another(keys))
    refuse_used(folder)
    with whole_or_nothing(folder, alias):
        return _restored(source, newest, keys / SIGNING, folder, database, erased, alias)


def _restored(source: Path, newest: Path, signing: Path, folder: Path, database: str | None, erased: Path | None, alias: str) -> Book:
    told = json.loads((source / DESCRIPTION).read_text(encoding="utf-8"))
    if (source / DATABASE).exists():
        database = None  # a file comes back as the file of its folder
    _bring_back(source, folder, database, alias)
    if (source / "packs").is_dir():
        shutil.copytree(source / "packs", folder / "packs")
    for name in PARTS:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    _private_copy(newest, folder / KEYS)
    _private_copy(signing, folder / SIGNING)
    for known in (erased, signing.with_name(f"{KEYS}.erased")):
        if known is not None and (known == erased or known.exists()):
            ErasureList(folder / f"{KEYS}.erased").add(ErasureList.read(known))
    told["database"] = None if (folder / DATABASE).exists() else without_password(database)
    (folder / DESCRIPTION).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    book = Book.open(folder, database=database, alias=alias)
    _erase_again(folder, book)
    return book


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a book and its keys fit: sealed entries whose key is not there though nobody erased it, and keys that nothing needs."""

    lost: int
    unused: int


def agreement(book: Book) -> Agreement:
    """Whether the keys are of the time of the book: older ones lack some, newer ones have some of what was recorded since."""
    names = set(book.keys.names())
    sql = "SELECT uid, record FROM entry WHERE book = ? AND sealed IS NOT NULL"
    without = [(uid, record) for uid, record in book.store.stream(sql, [book.number]) if uid not in names and record not in names]
    lost = sum(not (book.keys.erased(uid) or book.keys.erased(record)) for uid, record in without)
    return Agreement(lost, len(left_over(book, names)))


def _erase_again(folder: Path, book: Book) -> None:
    """What the list or the journal says was erased is erased from these keys too."""
    gone = [*ErasureList(folder / f"{KEYS}.erased"), *erased_records(book)]
    if gone:
        book.keys.erase(gone)


def scrub(book: Book, keys: Path) -> None:
    """Erase from the backups of keys what was erased since they were made."""
    book.keys.scrub(keys)


def _copy_database(book: Book, target: Path) -> None:
    settings = connections[book.alias].settings_dict
    if book.store.dialect == "sqlite":
        make_private(target / DATABASE)
        with closing(sqlite3.connect(settings["NAME"])) as source, closing(sqlite3.connect(target / DATABASE)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").close()
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--file", str(target / DUMP)], settings)


def _bring_back(source: Path, folder: Path, database: str | None, alias: str) -> None:
    """The database into the folder, which is made, or into an empty one on a server."""
    if (source / DATABASE).exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _private_copy(source / DATABASE, folder / DATABASE)
        return
    if not database or "://" not in database:
        raise InputError(_needs_address(source))
    _need_empty(database, alias)
    _run(["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(source / DUMP)], described(database))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _need_empty(database: str, alias: str) -> None:
    """What a database holds already is left as it is."""
    store = DjangoStore(connect(database, alias))
    try:
        if store.rows("SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1"):
            raise InputError(_not_empty())
    finally:
        connections[alias].close()


def _signed_by(signing: Path, checkpoint: str) -> bool:
    try:
        read(checkpoint, SoftSigner.load(signing).public)
    except (OSError, ValueError):
        return False
    return True


def _run(command: list[str], settings: dict[str, object]) -> None:
    """One of PostgreSQL's own programs, told its database by the environment, so that no password stands in a list of processes."""
    names = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}
    told = {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    if command[0] == "pg_restore":
        command = [command[0], "--dbname", told["PGDATABASE"], *command[1:]]
    program = shutil.which(command[0])
    if program is None:
        raise InputError(_no_program(command[0]))
    done = subprocess.run([program, *command[1:]], env={**os.environ, **told, "LC_ALL": "C"}, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        said = next((line for line in lines if ": error:" in line), lines[-1] if lines else "")
        raise InputError(Problem(command[0], said, "办成", "请核对数据库。", said, "done", "Check the database."))


def _manifest(target: Path, entries: int) -> None:
    files = {str(path.relative_to(target)): _sha256(path) for path in _files(target)}
    told = {"format": 1, "entries": entries, "files": files}
    (target / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _whole(source: Path) -> None:
    """Refuse a folder that is no backup, or one that was damaged."""
    try:
        told = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        do = ("请指明备份的文件夹。", "Name the folder of a backup.")
        raise InputError(Problem(str(source), "不是备份", MANIFEST, do[0], "no backup", MANIFEST, do[1])) from None
    for name, sha256 in told["files"].items():
        path = source / name
        if not path.is_file() or _sha256(path) != sha256:
            do = ("请用另一份备份。", "Use another backup.")
            raise InputError(Problem(str(path), "缺少或已损坏", "备份时的文件", do[0], "missing or damaged", "the file as it was", do[1]))


def _files(target: Path) -> Iterable[Path]:
    return sorted(path for path in target.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _private_copy(source: Path, target: Path) -> None:
    """A copy that only its owner may read, from the start."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as write:
        shutil.copyfileobj(read, write)
        write.flush()
        os.fsync(write.fileno())


def _one_place(keys: Path) -> Problem:
    do = ("请把密钥备份放到另一处，且不要放在同一块盘上。", "Put the keys elsewhere, and not on the same disk.")
    return Problem(str(keys), "密钥与账本备份在一处", "两处", do[0], "the keys lie with the backup of the book", "two places", do[1])


def _in_the_book(path: Path) -> Problem:
    found = ("这是账本自己的文件夹", "it lies in the book's own folder")
    do = ("请放到另一块盘上；账本的盘坏了，备份还在。", "Put it on another disk, which is left when that of the book fails.")
    return Problem(str(path), found[0], "账本以外的文件夹", do[0], found[1], "a folder outside of the book", do[1])


def _of_another(keys: Path) -> Problem:
    do = ("每本账的密钥各用一个文件夹。", "Keep the keys of each book in a folder of their own.")
    found = ("里面是另一本账的密钥", "it has the keys of another book")
    return Problem(str(keys), found[0], "这本账的密钥", do[0], found[1], "those of this book", do[1])


def _not_empty() -> Problem:
    do = ("请另建一个数据库，用 --database 指明。", "Make another one, and name it with --database.")
    return Problem("--database", "数据库里已有东西", "空的数据库", do[0], "the database holds something already", "an empty one", do[1])


def _no_keys(keys: Path) -> Problem:
    do = ("请指明密钥备份的文件夹。", "Name the folder of the backups of keys.")
    return Problem(str(keys), "没有密钥备份", "book-….keys", do[0], "no backup of keys", "book-….keys", do[1])


def _needs_address(source: Path) -> Problem:
    do = ("请用 --database 指明空的 PostgreSQL 数据库。", "Name an empty database of PostgreSQL with --database.")
    return Problem(str(source), "这是 PostgreSQL 的备份", "数据库地址", do[0], "a backup of a PostgreSQL", "the address of a database", do[1])


def _no_program(name: str) -> Problem:
    do = ("请安装 PostgreSQL 的客户端程序。", "Install the client programs of PostgreSQL.")
    return Problem(name, "没有这个程序", "PostgreSQL 的客户端程序", do[0], "no such program", "PostgreSQL's client programs", do[1])
