"""Segments: the entries of one type from a range of numbers, in an immutable Parquet file, sorted so that a question reads little of it."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taizhang.cube.layout import Layout
from taizhang.cube.machine import Machine
from taizhang.expressions.sql import quoted

ROW_GROUP = 61_440
"""Rows whose least and greatest values are known together: a question skips a group that has none of what it asks."""
UNFINISHED = ".tmp"


@dataclass(frozen=True, slots=True)
class Segment:
    """A file with the entries of a type numbered `first` to `last`, and what it must be: so many rows, so many bytes, this hash.

    `columns` are those it has, with their types; `strange` tells that an entry said something for which there was no column when it was sealed.
    """

    type: str
    first: int
    last: int
    rows: int
    bytes: int
    sha256: str
    file: str
    columns: tuple[str, ...]
    strange: bool = False

    def knows(self, layout: Layout) -> bool:
        """Whether it has all its entries say of these columns, as they say it: one added later is null in it, unless something had no
        column; one of another type now is read from the journal."""
        there, wanted = dict(map(_parted, self.columns)), dict(map(_parted, layout.columns))
        alike = all(there[name] == kind for name, kind in wanted.items() if name in there)
        return alike and (not self.strange or wanted.keys() <= there.keys())

    @property
    def names(self) -> set[str]:
        """The names of its columns."""
        return {column.partition(" ")[0] for column in self.columns}


def is_sound(folder: Path, segment: Segment) -> bool:
    """Whether the file is what was sealed, to the last bit."""
    try:
        with (folder / segment.file).open("rb") as file:
            return os.fstat(file.fileno()).st_size == segment.bytes and hashlib.file_digest(file, "sha256").hexdigest() == segment.sha256
    except OSError:
        return False


def selected(layout: Layout, folder: Path, segments: Iterable[Segment]) -> Iterator[str]:
    """The SQL that reads segments, those with the same columns together."""
    alike: dict[tuple[str, ...], list[Segment]] = {}
    for segment in segments:
        alike.setdefault(segment.columns, []).append(segment)
    for columns, some in alike.items():
        files = ", ".join(_text(str(folder / segment.file)) for segment in some)
        yield f"SELECT {_columns(layout, columns)} FROM read_parquet([{files}])"


def _parted(column: str) -> tuple[str, str]:
    name, _, kind = column.partition(" ")
    return name, kind


def _columns(layout: Layout, there: tuple[str, ...]) -> str:
    """The columns there are now: a pack may have added some since."""
    if there == layout.columns:
        return "*"
    known = dict(map(_parted, there))
    columns = (_parted(column) for column in layout.columns)
    return ", ".join(quoted(name) if name in known else f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in columns)


def write(machine: Machine, folder: Path, layout: Layout, sources: Sequence[str], span: tuple[int, int], strange: bool) -> Segment | None:
    """A new segment of what these questions give, durable under its name; None where they give nothing."""
    name = f"{layout.type}-{span[0]}-{span[1]}-{secrets.token_hex(4)}.parquet"
    made = folder / (name + UNFINISHED)
    order = ", ".join(quoted(column) for column in layout.order)
    machine.run(
        f"COPY (SELECT * FROM ({' UNION ALL '.join(sources)}) ORDER BY {order}) TO {_text(str(made))}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    rows = machine.run(f"SELECT count(*) AS rows FROM read_parquet({_text(str(made))})")["rows"][0].as_py()
    if not rows:
        made.unlink()
        return None
    size, digest = _settle(made)
    made.rename(folder / name)
    return Segment(layout.type, *span, rows, size, digest, name, layout.columns, strange)


def _settle(path: Path) -> tuple[int, str]:
    """Bytes and hash of a file that is on the disk from now on."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
