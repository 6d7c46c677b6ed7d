"""Files and folders to the list of inputs of a batch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.capture.refusals import Refused, input_error, shown
from taizhang.core import Problem

SUFFIXES = frozenset({".txt", ".docx", ".pdf"})


@dataclass(frozen=True, slots=True)
class Selection:
    """The inputs of a batch in order, the files of its folders left out for their suffix, and what is wrong with it."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def expand(paths: Iterable[str | Path]) -> Selection:
    """Files as they are given, `-` too; a folder as its usable files, recursively, by name.

    A folder without a usable file is a problem; a file that is missing or cannot be read is one only when it is loaded.
    """
    files: list[Path] = []
    skipped: list[Path] = []
    problems: list[Problem] = []
    for path in map(Path, paths):
        if not _is_folder(path):
            files.append(path)
            continue
        usable, others = _in_folder(path)
        files += usable
        skipped += others
        if not usable:
            problems.append(input_error(shown(path), Refused("no_files", skipped=len(others))).problem)
    return Selection(tuple(dict.fromkeys(files)), tuple(dict.fromkeys(skipped)), tuple(problems))


def _is_folder(path: Path) -> bool:
    """False too where the system will not say (a name too long for it): loading tells why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _in_folder(folder: Path) -> tuple[list[Path], list[Path]]:
    usable: list[Path] = []
    others: list[Path] = []
    for path in sorted(_files_under(folder)):
        (usable if path.suffix.lower() in SUFFIXES else others).append(path)
    return usable, others


def _files_under(folder: Path) -> Iterator[Path]:
    """Files that are not hidden; `~$…` are the owner marks that Word and WPS leave beside an open document."""
    for base, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (Path(base, name) for name in names if not name.startswith((".", "~$")))
