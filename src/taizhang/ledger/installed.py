"""The packs of a book: each version kept whole, so that what old entries meant can be read again."""

from __future__ import annotations

import json
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from taizhang.core import Entry, Problem, civil_today
from taizhang.ledger.catalogue import BASE, HOUSE, Catalogue
from taizhang.ledger.plans import INSTALLED
from taizhang.ledger.store import Store
from taizhang.ledger.uids import new_uid
from taizhang.packs import Pack, check, compatible, version
from taizhang.packs.folder import read_folder

NEWEST = "SELECT coalesce(max(id), 0) FROM pack_version WHERE book = ?"


@dataclass(frozen=True, slots=True)
class Installing:
    """What installing a pack folder would do: the version and the entry that says so, or problems; neither when it is there already."""

    pack: Pack | None
    version: int
    entry: Entry | None
    problems: tuple[Problem, ...]


def load(store: Store, book: int) -> Catalogue:
    """The newest version of each pack of a book."""
    sql = """SELECT pack, version, sha256, files FROM pack_version p WHERE book = ? AND version =
        (SELECT max(version) FROM pack_version q WHERE q.book = p.book AND q.pack = p.pack) ORDER BY pack"""
    rows = store.rows(sql, [book])
    packs = [_pack(name, sha256, files) for name, _, sha256, files in rows]
    return Catalogue.of(*packs, versions={name: number for name, number, _, _ in rows})


def kept(store: Store, book: int, name: str, number: int) -> Pack | None:
    """A pack as it was in one of its versions; None where the book has no such version."""
    rows = store.rows("SELECT sha256, files FROM pack_version WHERE book = ? AND pack = ? AND version = ?", [book, name, number])
    return _pack(name, *rows[0]) if rows else None


def newest(store: Store, book: int) -> int:
    """A number that grows with every installed version."""
    return int(store.rows(NEWEST, [book])[0][0])


def examine(store: Store, book: int, folder: Path, actor: str, place: int) -> Installing:
    """What installing a folder would do; nothing is written."""
    pack, problems = check(folder)
    if pack is None or problems:
        return Installing(None, 0, None, tuple(problems))
    if pack.name in (HOUSE, BASE):
        word = Problem(
            "pack.yaml", f"名称 {pack.name} 已保留", "别的名称", "请改名。", f"the name {pack.name} is kept for the house", "another", "Rename it."
        )
        return Installing(None, 0, None, (word,))
    sql = "SELECT version, sha256, files FROM pack_version WHERE book = ? AND pack = ? ORDER BY version DESC LIMIT 1"
    rows = store.rows(sql, [book, pack.name])
    if rows and rows[0][1] == version(pack):
        return Installing(pack, rows[0][0], None, ())
    broken = compatible(_pack(pack.name, rows[0][1], rows[0][2]), pack) if rows else []
    if broken:
        return Installing(None, 0, None, tuple(broken))
    number = rows[0][0] + 1 if rows else 1
    return Installing(pack, number, _entry(pack, number, actor, place), ())


def keep(store: Store, book: int, folder: Path, pack: Pack, number: int) -> None:
    """Keep the YAML of a version, in the transaction of its entry; ValueError when it changed since it was examined.

    Nothing else that lies in the folder: a list of people beside the pack must not come into the book in plain.
    """
    files = json.dumps({name: data.decode("utf-8") for name, data in sorted(read_folder(folder).yaml.items())}, ensure_ascii=False)
    if version(_pack(pack.name, version(pack), files)) != version(pack):
        raise ValueError(f"the pack {pack.name} was changed while it was installed")
    sql = "INSERT INTO pack_version (book, pack, version, sha256, files, installed_at) VALUES (?, ?, ?, ?, ?, ?)"
    store.run(sql, [book, pack.name, number, version(pack), files, time.time_ns() // 1000])


def _entry(pack: Pack, number: int, actor: str, place: int) -> Entry:
    data: dict[str, int | str] = {"pack": pack.name, "sha256": version(pack), "version": number}
    return Entry(new_uid(), "event", INSTALLED, place, civil_today(), actor, time.time_ns() // 1000, data=dict(data))


@lru_cache(maxsize=64)
def _pack(name: str, sha256: str, files: str) -> Pack:
    """A pack from its kept files."""
    with tempfile.TemporaryDirectory(prefix="taizhang-pack-") as home:
        folder = Path(home) / name
        for path, text in json.loads(files).items():
            target = folder / path
            if not target.resolve().is_relative_to(folder.resolve()):
                raise ValueError(f"the kept pack {name} has a file outside of its folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        pack, problems = check(folder)
    if pack is None:
        raise ValueError(f"the kept pack {name} cannot be read any more: {problems[0]}")
    return pack
