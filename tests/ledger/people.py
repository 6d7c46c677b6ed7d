"""People who do not exist, their entries under seal in a small book on disk, and somebody who tries every ID number."""

from __future__ import annotations

import base64
import hmac
import json
import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from hashlib import md5, sha1, sha256
from pathlib import Path

from taizhang.core import Entry
from taizhang.ledger import KeyFile, encode, new_uid, seal_fields, sealing

BOOK = "book-1"
Sealer = Callable[[bytes, str, str, dict[str, str]], dict[str, str]]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def id_number(draw: random.Random) -> str:
    """A well-formed resident ID (GB 11643) with a right check digit."""
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(30_000))
    digits = f"431129{born:%Y%m%d}{draw.randrange(1000):03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]


def people(count: int, seed: int) -> dict[str, dict[str, str]]:
    """Record key → personal values."""
    draw = random.Random(seed)
    return {f"p-{draw.getrandbits(64):016x}": {"name": f"虚构{i:05d}", "id_number": id_number(draw)} for i in range(count)}


def write_book(folder: Path, keys: KeyFile, persons: dict[str, dict[str, str]], sealer: Sealer = seal_fields) -> list[bytes]:
    """A state for each person, sealed, in a database of its own in WAL mode; the canonical bytes."""
    secrets = keys.keys(persons)
    raws = []
    for n, (record, values) in enumerate(persons.items()):
        uid = new_uid()
        sealed = sealer(secrets[record], BOOK, uid, values)
        raws.append(encode(Entry(uid, "state", "medicine.person", 431129, date(2023, 1, 3), "clerk-1", n, record, {"village": 7}, sealed)))
    for field in ("name", "id_number"):
        keys.index(field, [(record, values[field]) for record, values in persons.items()])
    with closing(sqlite3.connect(folder / "book.db")) as db:
        db.execute("PRAGMA journal_mode=WAL").close()
        db.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, raw BLOB)")
        db.executemany("INSERT INTO entry (raw) VALUES (?)", [(raw,) for raw in raws])
        db.commit()
    return raws


def bytes_of(folder: Path) -> bytes:
    """Everything in a folder: databases, WAL, lists, backups."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


# ---- somebody who tries every number -------------------------------------------------------------------------------------------

KNOWN_KEYS = [bytes(32), b"\xff" * 32, sha256(BOOK.encode()).digest()]


def guessed(raws: Iterable[bytes], candidates: Iterable[str]) -> set[str]:
    """The candidates that somebody who has the export, our code and time can recognise in it, without a key."""
    entries = [json.loads(raw) for raw in raws]
    text = b"\n".join(json.dumps(entry, ensure_ascii=False).encode() for entry in entries)
    blobs = {part for entry in entries for sealed in entry.get("sealed", {}).values() for part in _parts(sealed)}
    return {one for one in candidates if _shows(one, text, blobs) or _opens(one, entries)}


def _parts(sealed: str) -> list[bytes]:
    raw = base64.urlsafe_b64decode(sealed + "==")
    return [raw[i : i + size] for size in (16, 20, 32) for i in (0, len(raw) - size)]


def _shows(one: str, text: bytes, blobs: set[bytes]) -> bool:
    """The number itself or a hash of it, without a key, with a known one, salted with what stands in the open."""
    said = [one.encode(), json.dumps(one).encode()]
    hashes = [make(form).digest() for form in said for make in (sha256, sha1, md5)]
    hashes += [hmac.digest(key, form, "sha256") for form in said for key in (*KNOWN_KEYS, BOOK.encode())]
    return said[0] in text or any(h in blobs or h[:16] in blobs or h.hex().encode() in text for h in hashes)


def _opens(one: str, entries: list[dict[str, dict[str, str]]]) -> bool:
    """The sealed text itself, made again under a key that anybody could think of."""
    return any(
        sealing.seal(key, BOOK, str(entry["uid"]), "id_number", one) == entry.get("sealed", {}).get("id_number")
        for key in KNOWN_KEYS
        for entry in entries
    )
