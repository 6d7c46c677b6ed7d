"""The ids of entries: made in order of time where an entry is first written, or derived from what it was read from.

A made id is a UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 bits of the fraction of the millisecond, 62 random bits.
A derived id is a UUIDv8, the same each time it is derived, so that what is delivered again is known again.
Every id is written as 32 lower-case hex digits; made ids sort as they were made.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Iterator

UID = re.compile(r"[0-9a-f]{12}[78][0-9a-f]{3}[89ab][0-9a-f]{15}")
MAX_ROW = 2**32 - 1

_TICKS_PER_MS = 4096
_RANDOM_BITS = 62
_VARIANT = 0b10


class UidClock:
    """Makes UUIDv7 ids that rise strictly within a process, from any number of threads, also when the clock steps back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def take(self, count: int) -> range:
        """The next `count` ticks of 1/4096 ms; never one that was given before."""
        now = time.time_ns() * _TICKS_PER_MS // 1_000_000
        with self._lock:
            first = max(now, self._last + 1)
            self._last = first + count - 1
        return range(first, first + count)

    def uids(self, count: int) -> Iterator[str]:
        """`count` new ids in rising order."""
        noise = os.urandom(8 * count)
        for i, tick in enumerate(self.take(count)):
            yield _assemble(tick >> 12, 7, tick & 0xFFF, int.from_bytes(noise[8 * i : 8 * i + 8], "big"))


_clock = UidClock()


def new_uid() -> str:
    """A new id, greater than every id this process made before."""
    return next(_clock.uids(1))


def new_uids(count: int) -> list[str]:
    """Many new ids at once, in rising order."""
    return list(_clock.uids(count))


def row_uid(book: str, file: str, sheet: str, row: int) -> str:
    """The id of a row of a file: the rows of one sheet share their first 48 bits and rise with the row number.

    `file` is what names the file for good: the SHA-256 of its bytes for a paste or an upload. Rows that follow each
    other get ids that follow each other, so an index takes them as cheaply as made ids.
    """
    if not 0 <= row <= MAX_ROW:
        raise ValueError(f"a row number is 0 to {MAX_ROW}, not {row}")
    top = int.from_bytes(_digest("taizhang sheet", book, file, sheet)[:6], "big")
    rest = int.from_bytes(_digest("taizhang row", book, file, sheet, str(row))[:6], "big") >> 6
    return _assemble(top, 8, row >> 20, (row & 0xFFFFF) << 42 | rest)


def once_uid(book: str, type_name: str, *key: str) -> str:
    """The id of the one entry of this type with this `once:` key; the parts of the key in the pack's order, as text."""
    number = int.from_bytes(_digest("taizhang once", book, type_name, *key)[:16], "big")
    return _assemble(number >> 80, 8, number >> 64 & 0xFFF, number)


def _digest(*parts: str) -> bytes:
    """SHA-256 over the parts, each led by its length (8 bytes, big-endian): no two lists of parts share their bytes."""
    encoded = [part.encode() for part in parts]
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in encoded)).digest()


def _assemble(top: int, version: int, middle: int, low: int) -> str:
    """48 bits, the version, 12 bits, the variant, 62 bits."""
    low &= (1 << _RANDOM_BITS) - 1
    return f"{top << 80 | version << 76 | middle << 64 | _VARIANT << _RANDOM_BITS | low:032x}"
