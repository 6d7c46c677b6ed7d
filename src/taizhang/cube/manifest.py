"""The manifest: which segments there are, of which book, sealed how far. It is replaced whole; whoever reads keeps the one he opened.

Each is a file of its own, manifest-000001.json and so on, and the last counts. A reader holds its file locked with others; once
nobody holds an older one, it is deleted, and with it every segment that no manifest names any more.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import weakref
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from taizhang.core import InputError, Problem
from taizhang.cube import locks
from taizhang.cube.segments import UNFINISHED, Segment
from taizhang.ledger.keys import sync_folder

FORMAT = 1
LOCK = "lock"
_NAME = re.compile(r"manifest-(\d{6,})\.json")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Segments that hold all entries of the book `origin` up to number `through`, under the root its tree had there."""

    number: int
    origin: str
    through: int
    root: str
    segments: tuple[Segment, ...] = ()

    def of(self, type_name: str) -> tuple[Segment, ...]:
        """The segments of a type, the oldest entries first."""
        return tuple(sorted((one for one in self.segments if one.type == type_name), key=lambda one: one.first))

    @property
    def file(self) -> str:
        """Its name."""
        return f"manifest-{self.number:06d}.json"


class Held:
    """A manifest somebody reads: none of its files is deleted until `release`, or until nobody knows it any more."""

    def __init__(self, manifest: Manifest, descriptor: int) -> None:
        self.manifest = manifest
        self._closing = weakref.finalize(self, os.close, descriptor)

    def release(self) -> None:
        """Its files are not needed any more."""
        self._closing()


def number_of_newest(folder: Path) -> int:
    """The number of the last manifest, whatever is in it; 0 where there is none."""
    return max((number for number, _ in _there(folder)), default=0)


def open_newest(folder: Path) -> Held | None:
    """The manifest that counts, held; None where there is none or it is damaged. InputError when a newer program wrote it."""
    while there := _there(folder):
        with suppress(FileNotFoundError, _Replaced):
            return _opened(max(there)[1])
    return None


class _Replaced(Exception):
    """Somebody deleted it while it was opened: another counts by now."""


def _opened(path: Path) -> Held | None:
    with path.open("rb") as file:
        locks.shared(file.fileno())
        if os.fstat(file.fileno()).st_nlink == 0:
            raise _Replaced
        manifest = _read(path, file.read())
        if manifest is None:
            return None
        return Held(manifest, os.dup(file.fileno()))  # a lock is held until the last of both is closed


def commit(folder: Path, manifest: Manifest) -> None:
    """Let a manifest count from now on, durably. Only whoever holds the sealers' lock may."""
    body = {"format": FORMAT, **{key: value for key, value in asdict(manifest).items() if key != "number"}}
    text = json.dumps({**body, "sha256": _digest(body)}, ensure_ascii=False, indent=1, sort_keys=True)
    made = folder / (manifest.file + UNFINISHED)
    with made.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)  # the segments' names
    made.rename(folder / manifest.file)
    sync_folder(folder)


def tidy(folder: Path) -> None:
    """Delete older manifests that nobody holds, and files that no manifest names. Only whoever holds the sealers' lock may."""
    there = sorted(_there(folder))
    kept = {path.name for _, path in there[-1:]}
    for _, path in there[:-1]:
        if not _deleted(path):
            kept.add(path.name)
    named = {name for one in kept for name in _files(folder / one)}
    for path in folder.iterdir():
        if path.name not in kept | named | {LOCK} and (path.suffix == ".parquet" or path.name.endswith(UNFINISHED)):
            path.unlink(missing_ok=True)


def _deleted(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            free = locks.is_free(file.fileno())
            if free:
                path.unlink()
            return free
    except FileNotFoundError:
        return True


def _files(path: Path) -> list[str]:
    manifest = _read(path, path.read_bytes())
    return [segment.file for segment in manifest.segments] if manifest else []


def _there(folder: Path) -> list[tuple[int, Path]]:
    try:
        return [(int(found[1]), path) for path in folder.iterdir() if (found := _NAME.fullmatch(path.name))]
    except OSError:
        return []


def _read(path: Path, raw: bytes) -> Manifest | None:
    try:
        told = json.loads(raw)
        if told["format"] > FORMAT:
            raise InputError(_newer(path, told["format"]))
        digest = told.pop("sha256")
        if told.pop("format") != FORMAT or digest != _digest({"format": FORMAT, **told}):
            return None
        segments = tuple(Segment(**{**one, "columns": tuple(one["columns"])}) for one in told.pop("segments"))
        found = _NAME.fullmatch(path.name)
        return Manifest(int(found[1]) if found else 0, segments=segments, **told)
    except (ValueError, TypeError, KeyError):
        return None


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _newer(path: Path, found: object) -> Problem:
    do = ("请升级本程序；或者删去这个文件夹，它会从流水重建。", "Upgrade this program; or delete this folder: it is made anew from the journal.")
    zh, en = f"列存的格式是 {found}", f"the columns are of format {found}"
    return Problem(str(path.parent), zh, f"格式不高于 {FORMAT}", do[0], en, f"format {FORMAT} at most", do[1])
