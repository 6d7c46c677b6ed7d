"""A book on disk: its folder, its database, its keys, its signature."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connections

from taizhang.core import Entry, InputError, Problem, Value
from taizhang.ledger import checkpoint as checkpoints
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.checkpoint import Checkpoint
from taizhang.ledger.database import connect, migrate
from taizhang.ledger.foretold import questions, told
from taizhang.ledger.inside import Inside
from taizhang.ledger.installed import load, newest
from taizhang.ledger.journal import Journal
from taizhang.ledger.keys import KeyFile, Unfinished, make_private, sync_folder
from taizhang.ledger.owners import key_name
from taizhang.ledger.plans import ERASE, erased_by
from taizhang.ledger.records import ABOUT, natural_key
from taizhang.ledger.sealing import seal_fields
from taizhang.ledger.signing import SoftSigner
from taizhang.ledger.standing import Account, Named
from taizhang.ledger.store import DjangoStore
from taizhang.ledger.tree import Frontier, root_of
from taizhang.ledger.tree_store import StoredNodes
from taizhang.ledger.upgrading import bring_up
from taizhang.ledger.writing import entry_of

DESCRIPTION, DATABASE, KEYS, SIGNING = "book.json", "book.sqlite3", "book.keys", "signing.pem"
PARTS = ("packs", "staging")
"""The folders within the folder of a book."""
FORMAT = 1
NAMED, NUMBERS = "named", ("resident_id", "plate", "phone")
"""What entries that are sealed by themselves are found by: a record they name, and values of these types."""


@dataclass
class Book:
    """An open book. `catalogue` is read anew by `refresh` after a pack was installed. Everything in a `demo` book is invented."""

    folder: Path
    alias: str
    store: DjangoStore
    number: int
    origin: str
    place: int
    keys: KeyFile
    catalogue: Catalogue = field(repr=False)
    journal: Journal = field(repr=False)
    _packs: int | None = field(default=None, repr=False)
    demo: bool = False
    brought_up: tuple[str, ...] = ()
    """What an older program had left out of its tables, and opening it added."""

    @classmethod
    def create(
        cls, folder: Path, place: int, *, database: str | None = None, title: str = "", alias: str = "default", demo: bool = False
    ) -> Book:
        """A new book in a new or empty folder; InputError when there is one, or when the database cannot be reached."""
        refuse_used(folder)
        with whole_or_nothing(folder, alias):
            return cls._create(folder, place, database, title, alias, demo)

    @classmethod
    def _create(cls, folder: Path, place: int, database: str | None, title: str, alias: str, demo: bool) -> Book:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if "://" not in (database or ""):
            make_private(Path(database) if database else folder / DATABASE)  # the log beside it is readable by the same
        origin = f"taizhang/{place}/{secrets.token_hex(4)}"
        store = _store(folder, database, alias)
        migrate(alias)
        sql = "INSERT INTO book (origin, place, title, created_at, size, tops) VALUES (?, ?, ?, ?, 0, ?)"
        if store.rows("SELECT 1 FROM book"):
            raise InputError(_another(folder))
        KeyFile(folder / KEYS, origin=origin).close()
        SoftSigner.new().save(folder / SIGNING)
        for name in PARTS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        told = {"format": FORMAT, "origin": origin, "place": place, "title": title, "database": without_password(database)}
        told |= {"demo": True} if demo else {}
        with store.transaction():
            store.run(sql, [origin, place, title, time.time_ns() // 1000, b""])
            _write(folder / DESCRIPTION, json.dumps(told, ensure_ascii=False, indent=1) + "\n")  # last: from now on it is a book
        try:
            return cls.open(folder, database=database, alias=alias)
        except BaseException:
            _forsake(alias, origin)
            raise

    @classmethod
    def open(cls, folder: Path, *, database: str | None = None, alias: str = "default") -> Book:
        """The book of a folder; `database` (or TAIZHANG_DATABASE) where its address needs a password. InputError when there is none."""
        told = _described(folder)
        is_server = "://" in (told["database"] or "")
        address = database or (os.environ.get("TAIZHANG_DATABASE") if is_server else None) or told["database"]
        if not address and not (folder / DATABASE).is_file():  # the driver would make an empty one
            raise InputError(_no_database(folder))
        if not (folder / KEYS).is_file():  # an empty one would be made, and nothing could be read any more
            raise InputError(_no_keys(folder))
        store = _store(folder, address, alias)
        with ExitStack() as undoing:
            undoing.callback(store.connection.close)
            rows = store.rows("SELECT id, place FROM book WHERE origin = ?", [told["origin"]])
            if not rows:
                raise InputError(_no_rows(folder, told["origin"]))
            number, place = rows[0]
            brought_up = bring_up(store, folder)
            packs, catalogue = newest(store, number), load(store, number)
            keys = KeyFile(folder / KEYS, origin=told["origin"])
            undoing.callback(keys.close)
            book = cls(folder, alias, store, number, told["origin"], place, keys, catalogue, Journal(store, number, catalogue), packs)
            book.demo, book.brought_up = told.get("demo") is True, brought_up
            book._finish_erasures()
            undoing.pop_all()
        return book

    def forsake(self) -> None:
        """Take a book back in which nothing stands yet, so that another can be founded in the same database."""
        _forsake(self.alias, self.origin)

    def close(self) -> None:
        """Close the database and the keys."""
        self.keys.close()
        self.store.connection.close()

    def _finish_erasures(self) -> None:
        """Erasures that a program began and did not finish: the journal tells which were decided, and only those are done."""
        begun = self.keys.intended()
        if not begun:
            return
        with self.store.transaction():
            self.journal.lock()
            about = (entry_of(row[1:-1]) for name in begun for row in self.store.rows(ABOUT, [self.number] * 3 + [name]))
            decided = {name for entry in about if entry.type == ERASE for name in erased_by(entry.data)} & set(begun)
            self.keys.forgo(set(begun).difference(decided))
            with suppress(Unfinished):  # somebody still reads an older page: whoever opens the book next does it
                self.keys.erase(decided)

    def refresh(self) -> None:
        """Read the packs anew."""
        self._packs = newest(self.store, self.number)
        self.catalogue = load(self.store, self.number)
        self.journal = Journal(self.store, self.number, self.catalogue)

    def held(self, foreseen: Iterable[Named | Account] = ()) -> Inside:
        """Hold the book until the transaction ends, under the packs that are in force: another program may have installed one.

        What is returned has read these records and accounts (`rules.foreseen`) together with the lock, and so has the journal. SQLite
        answers within this program, where asking together gains nothing.
        """
        asked = list(foreseen) if self.store.dialect == "postgres" else []
        found = told(asked, self.journal.lock(*questions(self.number, asked)))
        self.keep_up(self.journal.packs)
        self.journal.foresaw(found.held)
        inside = self.inside()
        inside.foresaw(found)
        return inside

    def keep_up(self, packs: int) -> None:
        """Read the packs anew where one was installed since: `packs` is what `installed.newest` tells."""
        if self._packs is not None and self._packs != packs:
            self.refresh()

    @property
    def size(self) -> int:
        """How many entries there are."""
        return self.journal.size

    def inside(self) -> Inside:
        """The book as rules ask of it; within a transaction."""
        return Inside(self.store, self.number, self.origin, self.catalogue, self.journal.plans, self.keys)

    # ---- sealing ---------------------------------------------------------------------------------------------------------------

    def sealed(self, entries: Iterable[tuple[Entry, Mapping[str, Value]]]) -> list[Entry]:
        """Entries with their personal values sealed, each under its key (`owners.key_name`), and those records made findable.

        Keys and index are durable on return, before anything they seal is posted. Erased if a record was erased.
        """
        pairs = list(entries)
        names = {entry.uid: key_name(entry, self.catalogue) for entry, personal in pairs if personal}
        keys = self.keys.keys(names.values())
        self._index(pairs)
        self._index_alone(pair for pair in pairs if names.get(pair[0].uid) == pair[0].uid)
        return [
            replace(entry, sealed=seal_fields(keys[names[entry.uid]], self.origin, entry.uid, personal)) if personal else entry
            for entry, personal in pairs
        ]

    def _index_alone(self, pairs: Iterable[tuple[Entry, Mapping[str, Value]]]) -> None:
        """Entries sealed by themselves are found by whom they name, and by the numbers in them that are somebody's."""
        found: dict[str, list[tuple[str, str]]] = {}
        for entry, personal in pairs:
            plan, thing = self.journal.plans[entry.type], self.catalogue.things.get(entry.type)
            named = [entry.data.get(name) for name in plan.refs] if plan else []
            found.setdefault(NAMED, []).extend((entry.uid, value) for value in named if isinstance(value, str))
            for name, value in personal.items():
                kind = thing.fields[name].type.name if thing is not None and name in thing.fields else ""
                if kind in NUMBERS and isinstance(value, str):
                    found.setdefault(kind, []).append((entry.uid, value))
        for field_name, some in found.items():
            if some:
                self.keys.index(field_name, some)

    def telling_of(self, record: str) -> set[str]:
        """The entries sealed by themselves in which a field names a record: their uids."""
        return set(self.keys.find(NAMED, record))

    def telling(self, words: str) -> set[str]:
        """The entries sealed by themselves in which a number stands that is somebody's: an ID number, a plate, a telephone."""
        return {uid for kind in NUMBERS for uid in self.keys.find(kind, words)}

    def _index(self, pairs: list[tuple[Entry, Mapping[str, Value]]]) -> None:
        """Natural keys with a sealed part are found through the key store."""
        found: dict[str, list[tuple[str, str]]] = {}
        for entry, personal in pairs:
            register = self.catalogue.register(entry.type) if entry.kind == "state" and personal else None
            root = self.catalogue.root(register) if register else None
            if root is not None and any(name in personal for name in root.key):
                values = {**entry.data, **personal}
                found.setdefault(root.type, []).append((entry.record or "", natural_key([values.get(name) for name in root.key])))
        for type_name, some in found.items():
            self.keys.index(type_name, some)

    # ---- checkpoints -----------------------------------------------------------------------------------------------------------

    @property
    def public(self) -> bytes:
        """The public key of its checkpoints."""
        return self._signer().public

    @property
    def verifier_key(self) -> str:
        """The public key as a line to hand out."""
        return checkpoints.verifier_key(self.origin, self.public)

    def checkpoint(self) -> str:
        """Sign the book as it stands; the newest checkpoint again where nothing was added.

        InputError when the tree is not that of the entries as they were appended, or does not grow from the newest checkpoint:
        the signature would cover up what was altered.
        """
        with self.store.transaction():
            try:
                frontier, last = self.journal.locked(), self.last_checkpoint()
                sound = self._grows(frontier, last[0] if last else None)
            except (LookupError, ValueError):
                sound = False
            if not sound:
                raise InputError(_altered(self.folder))
            if last is not None and last[0].size == frontier.size:
                return last[1]
            made = Checkpoint(self.origin, frontier.size, frontier.root(), time.time_ns() // 1000)
            text = checkpoints.sign(made, self._signer())
            sql = "INSERT INTO checkpoint (book, size, root, time, text) VALUES (?, ?, ?, ?, ?)"
            self.store.run(sql, [self.number, made.size, made.root, made.time, text])
        return text

    def _grows(self, frontier: Frontier, last: Checkpoint | None) -> bool:
        """Whether the stored leaves and nodes give the root the journal grew, and the one that was signed last."""
        nodes = StoredNodes(self.store, self.number, frontier.size)
        if root_of(nodes, frontier.size) != frontier.root():
            return False
        return last is None or (last.size <= frontier.size and root_of(nodes, last.size) == last.root)

    def last_checkpoint(self) -> tuple[Checkpoint, str] | None:
        """The newest checkpoint, and its text."""
        rows = self.store.rows("SELECT text FROM checkpoint WHERE book = ? ORDER BY id DESC LIMIT 1", [self.number])
        return (checkpoints.read(rows[0][0], self.public), rows[0][0]) if rows else None

    def _signer(self) -> SoftSigner:
        return SoftSigner.load(self.folder / SIGNING)


@contextmanager
def whole_or_nothing(folder: Path, alias: str) -> Iterator[None]:
    """What cannot be finished in a new or empty folder, with the database of this alias, leaves nothing there."""
    was_there = folder.exists()
    try:
        yield
    except BaseException:
        if alias in connections.settings:
            connections[alias].close()  # an open file cannot be removed everywhere
        for path in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not was_there and folder.is_dir():
            folder.rmdir()
        raise


def _forsake(alias: str, origin: str) -> None:
    DjangoStore(alias).run("DELETE FROM book WHERE origin = ? AND size = 0", [origin])


def _store(folder: Path, database: str | None, alias: str) -> DjangoStore:
    return DjangoStore(connect(database or folder / DATABASE, alias))


def _described(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(told, dict) or not isinstance(told.get("origin"), str) or not isinstance(told.get("database"), str | None):
            raise ValueError("origin, database")
    except FileNotFoundError:
        do = ("请用 taizhang init 建一本，或用 --book 指明文件夹。", "Make one with taizhang init, or name its folder with --book.")
        raise InputError(
            Problem(str(folder), "这里没有账本", "有 book.json 的文件夹", do[0], "no book here", "a folder with book.json", do[1])
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            Problem(
                str(path), f"读不出：{error}", "账本的说明", "请从备份恢复。", f"cannot be read: {error}", "a book", "Restore a backup."
            )
        ) from None
    return told


def refuse_used(folder: Path) -> None:
    """InputError where a book, or anything else, stands in a folder already."""
    if (folder / DESCRIPTION).exists():
        word = Problem(
            str(folder),
            "这里已有一本账本",
            "新的文件夹",
            "请换一个文件夹。",
            "there is a book here already",
            "a new folder",
            "Choose another folder.",
        )
        raise InputError(word)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        word = Problem(
            str(folder),
            "文件夹里已有东西",
            "新的或空的文件夹",
            "请换一个文件夹。",
            "something is there already",
            "a new or empty folder",
            "Choose another.",
        )
        raise InputError(word)


def _another(folder: Path) -> Problem:
    found = ("数据库里已有一本账", "the database holds a book already")
    do = ("每本账用一个数据库，请另建一个。", "One database for each book: make another.")
    return Problem(str(folder), found[0], "空的数据库", do[0], found[1], "an empty database", do[1])


def _no_database(folder: Path) -> Problem:
    found = ("账本的数据库不见了", "the database of the book is gone")
    do = ("请从备份恢复（taizhang restore）。", "Restore a backup (taizhang restore).")
    return Problem(str(folder / DATABASE), found[0], DATABASE, do[0], found[1], DATABASE, do[1])


def _no_keys(folder: Path) -> Problem:
    found = ("账本的密钥文件不见了", "the file of keys of the book is gone")
    do = ("请从密钥备份恢复（taizhang restore）。没有它，个人信息读不出来。", "Restore a backup of the keys (taizhang restore): without it no personal value can be read.")
    return Problem(str(folder / KEYS), found[0], KEYS, do[0], found[1], KEYS, do[1])


def _altered(folder: Path) -> Problem:
    do = ("请运行 taizhang verify，并查明经过。", "Run taizhang verify, and find out why.")
    found = ("条目与以前的指纹不符，不能签名", "the entries do not fit what was signed or appended: this is not signed")
    return Problem(str(folder), found[0], "原来的条目", do[0], found[1], "the entries as they were", do[1])


def _no_rows(folder: Path, origin: str) -> Problem:
    found = (f"数据库里没有 {origin}", f"{origin} is not in the database")
    do = ("请核对数据库地址，或从备份恢复。", "Check the address of the database, or restore a backup.")
    return Problem(str(folder), found[0], "与 book.json 相符的账本", do[0], found[1], "the book of book.json", do[1])


def without_password(database: str | None) -> str | None:
    """The address as it may stand in a file."""
    if database is None or "://" not in database:
        return database
    parts = urlsplit(database)
    user, _, host = parts.netloc.rpartition("@")
    place = f"{user.partition(':')[0]}@{host}" if user else host
    asked = [one for one in parts.query.split("&") if one.partition("=")[0] != "password"]
    return urlunsplit(parts._replace(netloc=place, query="&".join(asked)))


def _write(path: Path, text: str) -> None:
    """A file that is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
