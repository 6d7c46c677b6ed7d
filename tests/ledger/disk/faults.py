"""The n-th call fails: an input/output error, a full disk, no memory; once, or from then on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import apsw

CALLS = ("open", "read", "write", "grow", "sync", "cut", "delete", "size", "lock", "access")
_IOERR = {
    "open": apsw.SQLITE_CANTOPEN, "read": apsw.SQLITE_IOERR_READ, "write": apsw.SQLITE_IOERR_WRITE, "grow": apsw.SQLITE_IOERR_WRITE,
    "sync": apsw.SQLITE_IOERR_FSYNC, "cut": apsw.SQLITE_IOERR_TRUNCATE, "delete": apsw.SQLITE_IOERR_DELETE, "size": apsw.SQLITE_IOERR_FSTAT,
    "lock": apsw.SQLITE_IOERR_LOCK, "access": apsw.SQLITE_IOERR_ACCESS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """From the `nth` call (counted from 1) of this class on, or only then, the disk or the memory fails.

    `call` is one of CALLS ("write" is every write, "grow" one that makes the file longer), or "memory": from the n-th call of any class
    on (or, once, until the next one) SQLite gets only `room` bytes more than it has. `error` is "ioerr", "full" or "nomem".
    """

    call: str
    nth: int
    error: str = "ioerr"
    sticky: bool = False
    room: int = 0

    def __str__(self) -> str:
        often = "from then on" if self.sticky else "once"
        return f"{self.call} number {self.nth}: {self.error}, {often}" + (f", {self.room} bytes left" if self.call == "memory" else "")


class Faults:
    """Counts the calls of a disk, and fails those that the planned fault names."""

    def __init__(self, planned: Fault | None = None) -> None:
        self.planned = planned
        self.counts: Counter[str] = Counter()
        self.hits = 0
        self.failed_syncs = 0

    def passing(self, call: str) -> None:
        """Count a call; raise if it is to fail."""
        self.counts[call] += 1
        if call != "grow":  # a growing write is counted as a write already
            self.counts["memory"] += 1
        fault = self.planned
        if fault is None:
            return
        if fault.call == "memory":
            self._starve(fault)
        elif fault.call == call and self._due(fault):
            self.hits += 1
            self.failed_syncs += call == "sync"
            raise error_of(fault)

    def lift(self) -> None:
        """Nothing fails any more."""
        self.planned = None
        apsw.hard_heap_limit(0)

    def _due(self, fault: Fault) -> bool:
        number = self.counts[fault.call]
        return number >= fault.nth if fault.sticky else number == fault.nth

    def _starve(self, fault: Fault) -> None:
        number = self.counts["memory"]
        if number == fault.nth:
            self.hits += 1
            apsw.hard_heap_limit(apsw.status(apsw.SQLITE_STATUS_MEMORY_USED)[0] + fault.room + 1)
        elif number > fault.nth and not fault.sticky:
            apsw.hard_heap_limit(0)


def error_of(fault: Fault) -> Exception:
    """The exception apsw turns into the SQLite error of this fault, and hands on to the caller as it is."""
    if fault.error == "full":
        return _error(apsw.FullError, "planted: the disk is full", apsw.SQLITE_FULL)
    if fault.error == "nomem":
        return _error(apsw.NoMemError, "planted: no memory", apsw.SQLITE_NOMEM)
    failed = apsw.CantOpenError if fault.call == "open" else apsw.IOError
    return _error(failed, f"planted: {fault.call} fails", _IOERR[fault.call])


def _error(kind: type[apsw.Error], text: str, code: int) -> apsw.Error:
    error = kind(text)
    error.result, error.extendedresult = code & 0xFF, code
    return error
