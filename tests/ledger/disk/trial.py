"""What the trials share: what is tried, how it is checked, and what a failure says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw

from .crash import Files
from .vfs import Disk

Connect = Callable[..., apsw.Connection]
Workload = Callable[[Connect, Callable[[Any], None]], None]  # workload(connect, acknowledge): acknowledge(token) after a durable commit
Check = Callable[[Connect, list[Any]], None]  # check(connect, acknowledged): raises where something acknowledged is not there


class Lost(AssertionError):
    """A check failed on a state a disk may really come back in. Says which, so that it can be tried again."""


class Acknowledged:
    """Tokens, and how much had been done to the disk when each was acknowledged."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._tokens: list[tuple[int, Any]] = []

    def __call__(self, token: Any) -> None:
        self._tokens.append((len(self._disk.log), token))

    def until(self, at: int) -> list[Any]:
        return [token for when, token in self._tokens if when <= at]

    @property
    def all(self) -> list[Any]:
        return [token for _, token in self._tokens]

    @property
    def moments(self) -> list[int]:
        return [when for when, _ in self._tokens]


def checked(check: Check, files: Files, acknowledged: list[Any], where: str) -> Disk:
    """Check a disk with these files; returns it, with the log of what the check did to it."""
    disk = Disk(files)
    try:
        check(disk.connect, acknowledged)
    except Exception as problem:
        raise lost(where, problem) from problem
    finally:
        disk.close()
    return disk


def lost(where: str, problem: Exception) -> Lost:
    """The failure, with where it was met."""
    return Lost(f"{where}\n{type(problem).__name__}: {problem}")
