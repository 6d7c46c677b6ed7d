"""Locks between processes, on files; they end with the process that holds them, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    SHARED = ALONE = UNLESS_TAKEN = 0

    def _lock(descriptor: int, how: int) -> bool:
        """Nothing is sealed where files cannot be locked this way: all entries stay in the tail."""
        return how == SHARED
else:
    import fcntl

    SHARED, ALONE, UNLESS_TAKEN = fcntl.LOCK_SH, fcntl.LOCK_EX, fcntl.LOCK_NB

    def _lock(descriptor: int, how: int) -> bool:
        try:
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            return False
        return True


def shared(descriptor: int) -> None:
    """Hold an open file together with others, until it is closed."""
    _lock(descriptor, SHARED)


def is_free(descriptor: int) -> bool:
    """Whether nobody else holds an open file; from now on it is held alone."""
    return _lock(descriptor, ALONE | UNLESS_TAKEN)


@contextmanager
def alone(path: Path, wait: bool) -> Iterator[bool]:
    """Whether this is the only process here; one that may wait does. False as well where no file can be written."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield False
        return
    try:
        yield _lock(descriptor, ALONE if wait else ALONE | UNLESS_TAKEN)
    finally:
        os.close(descriptor)
