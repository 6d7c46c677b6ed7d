"""Sealing: the tail becomes segments. Killed at any moment, it leaves what was there before, and files that the next one tidies away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from taizhang.core import InputError
from taizhang.cube import locks
from taizhang.cube.layout import STRUCK, Layout
from taizhang.cube.machine import EngineError, Machine
from taizhang.cube.manifest import LOCK, Manifest, commit, number_of_newest, tidy
from taizhang.cube.segments import Segment, is_sound, selected, write
from taizhang.cube.typed import columns_of

MOST_ROWS = 2_000_000
"""A segment does not grow beyond: merging one takes a few seconds of a thread nobody waits for."""
SECONDS = 3600.0
"""Nobody waits for it: on a busy machine one segment may take minutes."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be sealed: the entries of each type between `after` and `through`, as they were taken in, upon what was sealed before.

    `mended` are the entries of segments that were found damaged, by file. `number` is that of the newest manifest when it was decided.
    """

    origin: str
    number: int
    after: int
    through: int
    root: str
    layouts: Mapping[str, Layout]
    entries: Mapping[str, pa.Table]
    before: tuple[Segment, ...] = ()
    mended: Mapping[str, pa.Table] | None = None


def seal(folder: Path, work: Work, wait: bool = False) -> bool:
    """Do it; False where somebody else is sealing, or did since it was decided, or where the folder cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locks.alone(folder / LOCK, wait) as mine:
            if not mine or number_of_newest(folder) != work.number:
                return False
            machine = Machine(folder, seconds=SECONDS)
            try:
                segments = tuple(_Sealer(machine, folder, work).segments())
            finally:
                machine.close()
            commit(folder, Manifest(work.number + 1, work.origin, work.through, work.root, segments))
            tidy(folder)
            return True
    except (OSError, EngineError, InputError):  # a full disk, an entry that cannot be read: everything stays in the tail
        return False


def forget(folder: Path, origin: str) -> None:
    """Let no segment count any more: what is asked next is read from the journal."""
    with suppress(OSError), locks.alone(folder / LOCK, wait=True) as mine:
        if mine:
            commit(folder, Manifest(number_of_newest(folder) + 1, origin, 0, ""))
            tidy(folder)


def sweep(folder: Path) -> None:
    """Delete what nobody needs any more, unless somebody is sealing: then he does."""
    with suppress(OSError), locks.alone(folder / LOCK, wait=False) as mine:
        if mine:
            tidy(folder)


@dataclass(frozen=True, slots=True)
class _Sealer:
    machine: Machine
    folder: Path
    work: Work

    def segments(self) -> Iterator[Segment]:
        """All that hold the entries from now on."""
        by_type: dict[str, list[Segment]] = {}
        for segment in sorted(self.work.before, key=lambda one: one.first):
            by_type.setdefault(segment.type, []).append(segment)
        for name in sorted({*by_type, *self.work.entries}):
            before = [one for segment in by_type.get(name, []) if (one := self._mended(segment))]
            yield from self._extended(name, before)

    def _mended(self, segment: Segment) -> Segment | None:
        """The segment, or one in its place."""
        entries = (self.work.mended or {}).get(segment.file)
        if entries is None:
            return segment
        return self._written(self.work.layouts[segment.type], [], entries, (segment.first, segment.last))

    def _extended(self, name: str, before: list[Segment]) -> Iterator[Segment]:
        """The segments of a type with its new entries; with these, small ones before become one."""
        entries = self.work.entries.get(name)
        if entries is None:
            yield from before
            return
        layout = self.work.layouts[name]
        merged = merging(before, entries.num_rows, layout)
        if not all(is_sound(self.folder, one) for one in merged):  # it is mended by whoever asks for it
            merged = []
        yield from before[: len(before) - len(merged)]
        first = merged[0].first if merged else self.work.after + 1
        made = self._written(layout, merged, entries, (first, self.work.through))
        if made is not None:
            yield made

    def _written(self, layout: Layout, segments: Sequence[Segment], entries: pa.Table, span: tuple[int, int]) -> Segment | None:
        columns = columns_of(self.machine, layout, entries)
        strange = any(one.strange for one in segments) or _is_strange(self.machine, layout, entries)
        lent = self.machine.lend(columns)
        try:
            sources = [*selected(layout, self.folder, segments), f"SELECT * FROM {lent}"]
            return write(self.machine, self.folder, layout, sources, span, strange)
        finally:
            self.machine.take_back(lent)


def merging(before: Sequence[Segment], rows: int, layout: Layout) -> list[Segment]:
    """The last segments of a type that are made one with so many new rows: those not much larger, so that each row is rewritten seldom."""
    merged: list[Segment] = []
    for segment in reversed(before):
        keeps_all = segment.names <= set(layout.schema.names) and segment.knows(layout)
        if segment.rows > 2 * rows or segment.rows + rows > MOST_ROWS or not keeps_all:
            break
        merged.insert(0, segment)
        rows += segment.rows
    return merged


def _is_strange(machine: Machine, layout: Layout, entries: pa.Table) -> bool:
    """Whether an entry says something for which there is no column: a newer pack or program may know it."""
    if layout.type == STRUCK:
        return False
    known = ", ".join(f"'{name}'" for name in layout.fields)
    lent = machine.lend(entries)
    try:
        sql = f"SELECT coalesce(bool_or(NOT list_has_all([{known}]::VARCHAR[], json_keys(data))), false) AS strange FROM {lent}"
        return bool(machine.run(sql)["strange"][0].as_py())
    finally:
        machine.take_back(lent)
