"""The keys of records, apart from the book: while a record's key is here its values can be read; destroyed, never again.

One SQLite file beside the database and never inside it, WAL and synchronous=FULL: a key is durable before a value sealed
under it is written. The search index of sealed values lives here too, and an erasure empties it. Erasures are first written
to a list in a file of its own, so that a key file restored from an older backup loses the erased keys again on opening.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from taizhang.ledger.key_troubles import FAILED, is_disk_failure, telling, unusable
from taizhang.ledger.sealing import KEY_BYTES

_CHUNK = 500
_TABLES = """
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record_key (record TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (token BLOB, record TEXT, PRIMARY KEY (token, record)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS token_record ON token (record);
CREATE TABLE IF NOT EXISTS erased (record TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intended (record TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Erased(KeyError):
    """The key of this record was destroyed; what it sealed cannot be read, and nothing new can be sealed for it."""


class Unfinished(RuntimeError):
    """The keys are gone from the tables, but somebody still reads an older state of the file: erase again."""


class KeyStore(Protocol):
    """Where keys are kept; a certified device can take the place of `KeyFile`."""

    def key(self, record: str) -> bytes:
        """The key of a record that has one; Erased, or KeyError when it never had one."""

    def keys(self, records: Iterable[str]) -> dict[str, bytes]:
        """The keys of many records, made where there are none yet, durable on return; Erased if one of them is."""

    def erase(self, records: Iterable[str]) -> None:
        """Destroy keys and empty the index of these records, for good; again is no error."""


class ErasureList:
    """Every record that was ever erased, one JSON text a line, appended durably; kept out of the backups of keys."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, records: Iterable[str]) -> None:
        """Append records; on return they are on disk."""
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        with self._path.open("a", encoding="utf-8") as file:
            file.write("\n" * self._is_torn() + lines)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._path.parent)

    @classmethod
    def read(cls, path: Path) -> list[str]:
        """What a list says; FileNotFoundError where there is none."""
        path.stat()
        return list(cls(path))

    def __iter__(self) -> Iterator[str]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                yield json.loads(line)
            except ValueError:  # a line torn by a power loss: its erasure was not acknowledged
                continue

    def _is_torn(self) -> bool:
        return self._path.exists() and self._path.read_bytes()[-1:] not in (b"", b"\n")


class KeyFile:
    """A key store in one SQLite file. One instance may serve many threads, many processes may open the same file."""

    @telling
    def __init__(self, path: Path, erasures: ErasureList | None = None, busy_seconds: float = 30, origin: str | None = None) -> None:
        """Open it, or make a new one. KeysUnusable where the file cannot be used, or is that of a book of another `origin`."""
        self.path = path
        self._erasures = erasures or ErasureList(path.with_name(path.name + ".erased"))
        self._lock = threading.Lock()
        self._failed = False  # after a failed sync nothing is written until the file is opened anew: what it says cannot be trusted
        make_private(path)
        self._db = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
            self._db.execute(f"PRAGMA {pragma}").close()
        self._db.execute("PRAGMA wal_checkpoint").close()  # what a process left in the log that died of a failed sync
        self._db.executescript(_TABLES)
        if origin is not None:
            self._belong(origin)
        self.replay(self._erasures)

    def _belong(self, origin: str) -> None:
        """Keys know whose they are: under those of another book nothing opens, and all would look as if it were erased."""
        row = self._db.execute("SELECT key FROM secret WHERE name = 'book'").fetchone()
        if row is None:
            with self._writing():
                self._db.execute("INSERT INTO secret VALUES ('book', ?)", [origin.encode()])
        elif (kept := bytes(row[0]).decode()) != origin:
            self._db.close()
            raise unusable(self.path, _of_another(kept, origin))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # ---- keys ------------------------------------------------------------------------------------------------------------------

    @telling
    def key(self, record: str) -> bytes:
        """The key of a record that has one; Erased, or KeyError when it never had one."""
        with self._lock:
            found = self._found([record])
            if record not in found:
                self._refuse_erased([record])
                raise KeyError(record)
        return found[record]

    @telling
    def of_entry(self, uid: str, record: str | None) -> bytes:
        """The key under which an entry is sealed: its own, or that of its record; Erased, or KeyError when there never was one."""
        names = [uid, record or uid]
        with self._lock:
            found = self._found(names)
            if uid in found:
                return found[uid]
            self._refuse_erased([uid])
            if names[1] not in found:
                self._refuse_erased(names)
                raise KeyError(uid)
        return found[names[1]]

    @telling
    def apart(self, uids: Iterable[str]) -> set[str]:
        """Those of these entries that have a key of their own, or had one."""
        wanted = list(uids)
        with self._lock:
            return self._among("record_key", wanted) | self._among("erased", wanted)

    @telling
    def keys(self, records: Iterable[str]) -> dict[str, bytes]:
        """The keys of many records, made where there are none yet, durable on return; Erased if one of them is."""
        wanted = list(dict.fromkeys(records))
        if not wanted:
            return {}
        with self._writing():
            self._refuse_erased(wanted)
            found = self._found(wanted)
            fresh = {record: secrets.token_bytes(KEY_BYTES) for record in wanted if record not in found}
            self._db.executemany("INSERT INTO record_key VALUES (?, ?)", fresh.items())
        return found | fresh

    @telling
    def erased(self, record: str) -> bool:
        """True when the record was erased."""
        with self._lock:
            return self._db.execute("SELECT 1 FROM erased WHERE record = ?", [record]).fetchone() is not None

    # ---- erasure ---------------------------------------------------------------------------------------------------------------

    @telling
    def intend(self, records: Iterable[str]) -> None:
        """Note, durably, that these are about to be erased: should the program die, `intended` tells whoever opens the file next."""
        with self._writing():
            self._db.executemany("INSERT OR IGNORE INTO intended VALUES (?)", [(record,) for record in records])

    @telling
    def intended(self) -> list[str]:
        """The records whose erasure was begun and not finished."""
        with self._lock:
            return [row[0] for row in self._db.execute("SELECT record FROM intended ORDER BY record")]

    @telling
    def forgo(self, records: Iterable[str]) -> None:
        """These are not to be erased after all."""
        with self._writing():
            self._db.executemany("DELETE FROM intended WHERE record = ?", [(record,) for record in records])

    @telling
    def erase(self, records: Iterable[str]) -> None:
        """Destroy keys and empty the index of these records, for good; again is no error. Unfinished: do it again."""
        gone = list(dict.fromkeys(records))
        self._erasures.add(gone)
        self._destroy(gone)
        self.forgo(gone)

    @telling
    def names(self) -> list[str]:
        """What there are keys of, and what the index leads to: records, and entries that are sealed by themselves."""
        with self._lock:
            return [row[0] for row in self._db.execute("SELECT record FROM record_key UNION SELECT record FROM token ORDER BY 1")]

    @telling
    def discard(self, names: Iterable[str]) -> None:
        """Destroy keys that nothing is sealed under, and what the index says of them; should one be needed again, it is made anew."""
        self._destroy(list(dict.fromkeys(names)), for_good=False)

    @telling
    def replay(self, erasures: Iterable[str]) -> None:
        """Erase again what was erased before, after a restore; `erasures` from the list, or from the journal."""
        asked = list(dict.fromkeys(erasures))
        with self._lock:
            known, keyed = (self._among(table, asked) for table in ("erased", "record_key"))
        left = [record for record in asked if record not in known or record in keyed]
        if left:
            self._destroy(left)

    def _among(self, table: str, records: list[str]) -> set[str]:
        """Which of these a table has."""
        found: set[str] = set()
        for chunk in _chunks(records):
            marks = ",".join("?" * len(chunk))
            found.update(row[0] for row in self._db.execute(f"SELECT record FROM {table} WHERE record IN ({marks})", chunk))
        return found

    def _destroy(self, records: list[str], *, for_good: bool = True) -> None:
        """Overwrite and delete, write the file anew, and cut the WAL, so that neither keeps a key or a token.

        VACUUM because secure_delete misses what SQLite left behind when it moved rows between pages: of 13,000 deleted
        tokens 7 could still be found. It costs as much as copying the file, so erase many records at once.
        """
        rows = [(record,) for record in records]
        with self._writing():
            if for_good:
                self._db.executemany("INSERT OR IGNORE INTO erased VALUES (?)", rows)
            self._db.executemany(f"UPDATE record_key SET key = zeroblob({KEY_BYTES}) WHERE record = ?", rows)
            self._db.executemany("DELETE FROM record_key WHERE record = ?", rows)
            self._db.executemany("DELETE FROM token WHERE record = ?", rows)
        with self._lock:
            self._db.execute("VACUUM").close()
            busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise Unfinished(f"{self.path.name} is being read; the erased keys are gone once the erasure is repeated")

    # ---- search ----------------------------------------------------------------------------------------------------------------

    @telling
    def index(self, field: str, values: Iterable[tuple[str, str]]) -> None:
        """Make records findable by (record, value) of a sealed field; Erased if one of them is."""
        pairs = list(values)
        with self._writing():
            self._refuse_erased([record for record, _ in pairs])
            secret = self._index_key()
            rows = [(_token(secret, field, value), record) for record, value in pairs]
            self._db.executemany("INSERT OR IGNORE INTO token VALUES (?, ?)", rows)

    @telling
    def find(self, field: str, value: str) -> list[str]:
        """The records whose sealed field has this value, by exact match after normalising; in order of their keys."""
        with self._lock:
            secret = self._db.execute("SELECT key FROM secret WHERE name = 'index'").fetchone()
            if secret is None:
                return []
            token = _token(secret[0], field, value)
            return [row[0] for row in self._db.execute("SELECT record FROM token WHERE token = ? ORDER BY record", [token])]

    @telling
    def token(self, field: str, value: str) -> str:
        """A text that may stand for a sealed value in the open: the same each time in this book, and telling nothing without its key."""
        with self._writing():
            return _token(self._index_key(), f"token {field}", value).hex()

    def _index_key(self) -> bytes:
        """The book's own key of the index, made on first use."""
        self._db.execute("INSERT OR IGNORE INTO secret VALUES ('index', ?)", [secrets.token_bytes(KEY_BYTES)])
        key: bytes = self._db.execute("SELECT key FROM secret WHERE name = 'index'").fetchone()[0]
        return key

    # ---- backups ---------------------------------------------------------------------------------------------------------------

    @telling
    def backup(self, folder: Path, keep: int = 7) -> Path:
        """A whole copy of the keys in `folder`; of older ones only the newest `keep` stay, the rest are overwritten and removed."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{self.path.stem}-{time.time_ns():020d}.keys"
        make_private(target)
        with self._lock, closing(sqlite3.connect(target)) as copy:
            self._db.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").close()
        for old in sorted(folder.glob(f"{self.path.stem}-*.keys"))[:-keep]:
            _shred(old)
        return target

    @telling
    def scrub(self, folder: Path) -> None:
        """Erase from the backups in `folder` too what was erased since they were made."""
        for old in sorted(folder.glob(f"{self.path.stem}-*.keys")):
            KeyFile(old, self._erasures).close()

    # ---- inside ----------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            if self._failed:
                raise unusable(self.path, FAILED)
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield
                self._db.execute("COMMIT")
            except BaseException as error:
                self._failed = is_disk_failure(error)
                if self._db.in_transaction:  # a full disk has undone it already
                    self._db.execute("ROLLBACK")
                raise

    def _found(self, records: list[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for chunk in _chunks(records):
            marks = ",".join("?" * len(chunk))
            found.update(self._db.execute(f"SELECT record, key FROM record_key WHERE record IN ({marks})", chunk).fetchall())
        return found

    def _refuse_erased(self, records: list[str]) -> None:
        for chunk in _chunks(records):
            marks = ",".join("?" * len(chunk))
            gone = self._db.execute(f"SELECT record FROM erased WHERE record IN ({marks}) LIMIT 1", chunk).fetchone()
            if gone:
                raise Erased(gone[0])


def _of_another(kept: str, origin: str) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    found = (f"是另一本账（{kept}）的密钥", f"it has the keys of another book ({kept})")
    do = ("请找回这本账自己的密钥，或从密钥备份恢复。", "Bring back the keys of this book, or restore a backup of them.")
    return found, (f"{origin} 的密钥", f"those of {origin}"), do


def _token(secret: bytes, field: str, value: str) -> bytes:
    """What stands in the index for a value: HMAC under the book's key, after folding it."""
    return hmac.digest(secret, f"{len(field)}:{field}{folded(value)}".encode(), "sha256")[:16]


def folded(value: str) -> str:
    """A value in the one form in which the index knows it: NFKC, without spaces, in one case."""
    return "".join(unicodedata.normalize("NFKC", value).split()).casefold()


def _chunks(records: list[str]) -> Iterator[list[str]]:
    return (records[i : i + _CHUNK] for i in range(0, len(records), _CHUNK))


def make_private(path: Path) -> None:
    """The file exists and only its owner may read it, before anything is written."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _shred(path: Path) -> None:
    """Overwrite a file once and remove it; what the disk itself keeps of it no program can tell."""
    with path.open("r+b") as file:
        file.write(b"\0" * path.stat().st_size)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
