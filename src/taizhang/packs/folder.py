"""The files of a pack's folder, read as data only: no link is followed, no code is opened, nothing is run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from taizhang.packs.problems import At, PackProblem, Pair, problem, shown
from taizhang.packs.reading import LARGEST_FILE

DATA = frozenset({".yaml", ".md", ".csv", ".tsv", ".txt", ".xlsx", ".docx", ".png", ".svg"})
ROOMS = frozenset({"cases", "forms"})
LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})
MOST_FILES = 200
MOST_BYTES = 5 * LARGEST_FILE


@dataclass(slots=True)
class Folder:
    """The YAML of a pack's folder: relative name to bytes; `names` lists every file of data."""

    yaml: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    problems: list[PackProblem] = field(default_factory=list)


def read_folder(path: Path) -> Folder:
    """Every file of the folder looked at, the YAML read; what does not belong in a pack is a problem."""
    out = Folder()
    left = MOST_BYTES
    for seen, (entry, name) in enumerate(_files(path, "", out.problems)):
        if seen >= MOST_FILES:
            out.problems.append(_not(At(path.name), (f"超过 {MOST_FILES} 个文件", f"more than {MOST_FILES} files"), "files"))
            break
        out.names.append(name)
        if name.endswith(".yaml"):
            data = _bytes(entry, At(name), out.problems)
            left -= len(data or b"")
            if left < 0:
                out.problems.append(_not(At(name), ("全部 YAML 超过 5 MB", "more than 5 MB of YAML"), "files"))
                break
            if data is not None:
                out.yaml[name] = data
    return out


def _files(path: Path, above: str, problems: list[PackProblem]) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Files of data below a folder, sorted by name."""
    try:
        with os.scandir(path) as listing:
            entries = sorted((e for _, e in zip(range(MOST_FILES + 2), listing, strict=False)), key=lambda e: e.name)
    except OSError as error:
        problems.append(_unreadable(At(above or path.name), error))
        return
    for entry in entries:
        name = f"{above}{entry.name}"
        if entry.name in LEFT_BY_SYSTEMS:
            continue
        at = At(shown(name))
        if entry.is_symlink():
            problems.append(_not(at, ("链接（不跟随）", "a link (not followed)"), "link"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _room(entry, name, above, problems)
        elif not entry.is_file(follow_symlinks=False):
            problems.append(_not(at, ("管道、设备等特殊文件", "a pipe, device or other special file"), "link"))
        elif Path(entry.name).suffix not in DATA:
            problems.append(_not(at, ("不是数据的文件（专项不带程序）", "a file that is not data (a pack brings no code)"), "code"))
        else:
            yield entry, name


def _room(entry: os.DirEntry[str], name: str, above: str, problems: list[PackProblem]) -> Iterator[tuple[os.DirEntry[str], str]]:
    if above or entry.name not in ROOMS:
        problems.append(_not(At(shown(name) + "/"), ("多余的文件夹", "a folder that does not belong here"), "folder"))
        return
    yield from _files(Path(entry.path), f"{name}/", problems)


def _bytes(entry: os.DirEntry[str], at: At, problems: list[PackProblem]) -> bytes | None:
    """The content, opened without following a link and without waiting; None with a problem otherwise."""
    try:
        handle = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError("not a regular file")
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        problems.append(_unreadable(at, error))
        return None
    return data


_WANTED: dict[str, tuple[Pair, Pair]] = {
    "files": (("较小的专项", "a smaller pack"), ("请删减或拆成两个专项。", "Shorten it or make two packs.")),
    "link": (("普通文件", "an ordinary file"), ("请放入文件本身。", "Put the file itself here.")),
    "code": (
        ("扩展名 " + "、".join(sorted(DATA)), "one of " + " ".join(sorted(DATA))),
        ("请移走它；程序只能以已安装的软件包提供。", "Move it away; code comes only with an installed package."),
    ),
    "folder": (("cases/ 或 forms/，其中不再分层", "cases/ or forms/, with no folder inside"), ("请移走或改名。", "Move or rename it.")),
}


def _not(at: At, found: Pair, why: str) -> PackProblem:
    return problem(at, found, *_WANTED[why])


def _unreadable(at: At, error: OSError) -> PackProblem:
    said = error.strerror or str(error)
    return problem(
        at,
        (f"读不出（{said}）", f"cannot be read ({said})"),
        ("可读的文件夹和文件", "a readable folder and files"),
        ("请核对路径和权限。", "Check path and permissions."),
    )
