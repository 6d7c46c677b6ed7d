"""What of a book stands in segments: opened, compared with the book, and every file checked before it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from taizhang.cube.intake import entries_of
from taizhang.cube.layout import Layout
from taizhang.cube.machine import Machine
from taizhang.cube.manifest import Held, number_of_newest, open_newest
from taizhang.cube.segments import Segment, is_sound, selected
from taizhang.cube.typed import columns_of, misfits
from taizhang.ledger.book import Book

Stamp = tuple[int, ...]


class Sealed:
    """The segments of one book as one process reads them. A damaged one is read from the journal instead, and told in `mended`."""

    def __init__(self, folder: Path, origin: str) -> None:
        self._folder, self._origin = folder, origin
        self._held: Held | None = None
        self.number = -1
        self.mended: dict[str, pa.Table] = {}
        self._sound: dict[str, Stamp] = {}
        self._unfit: dict[tuple[object, ...], list[tuple[int, str]]] = {}

    @property
    def through(self) -> int:
        """The number of the last entry that is in segments; 0 where none is."""
        return self._held.manifest.through if self._held else 0

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments."""
        return self._held.manifest.segments if self._held else ()

    def is_current(self) -> bool:
        """Whether nobody sealed since."""
        return self.number == number_of_newest(self._folder)

    def open(self, size: int, root: Callable[[int], str]) -> None:
        """Read the manifest that counts. One of another book, of another course of this one, or of more than `size` entries is not served."""
        self.release()
        self.number = number_of_newest(self._folder)
        held = open_newest(self._folder)
        if held is None:
            return
        told = held.manifest
        if told.origin == self._origin and 0 < told.through <= size and told.root == root(told.through):
            self._held, self.number = held, told.number
        else:
            held.release()

    def release(self) -> None:
        """Nothing is read from segments any more."""
        if self._held is not None:
            self._held.release()
        self._held, self.number, self.mended = None, -1, {}

    def of(self, machine: Machine, book: Book, layout: Layout) -> tuple[list[str], list[pa.Table]]:
        """The entries of a type: the SQL that reads the sound segments, and tables in the place of others."""
        segments = self._held.manifest.of(layout.type) if self._held else ()
        sound = [one for one in segments if one.knows(layout) and self._is_sound(one)]
        others = [self._anew(machine, book, layout, one) for one in segments if one not in sound]
        return list(selected(layout, self._folder, sound)), others

    def unfit(self, machine: Machine, book: Book, layout: Layout) -> list[tuple[int, str]]:
        """The entries of a type with a value that is not of its field's type; looked for once."""
        key = (layout.type, layout.columns, self.number, len(self.mended))
        if key not in self._unfit:
            sound, others = self.of(machine, book, layout)
            asked = [f"SELECT own, unfit FROM ({one}) WHERE unfit IS NOT NULL AND sign > 0" for one in sound]
            found = [*(machine.run(" UNION ALL ".join(asked)).to_pylist() if asked else []), *(row for one in others for row in misfits(one))]
            self._unfit[key] = [(row["own"], name) for row in found for name in row["unfit"]]
        return self._unfit[key]

    def _is_sound(self, segment: Segment) -> bool:
        """Read it whole once; again when the file was touched since."""
        try:
            stamp = _stamp(self._folder / segment.file)
        except OSError:
            return False
        if self._sound.get(segment.file) != stamp:
            if not is_sound(self._folder, segment):
                return False
            self._sound[segment.file] = stamp
        return True

    def _anew(self, machine: Machine, book: Book, layout: Layout, segment: Segment) -> pa.Table:
        """The entries of a segment from the journal."""
        if segment.file not in self.mended:
            self.mended[segment.file] = entries_of(book.store, book.number, layout.type, segment.first - 1, segment.last)
        return columns_of(machine, layout, self.mended[segment.file])


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
