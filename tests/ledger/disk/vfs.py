"""A whole disk in memory, under SQLite: it logs all that is done to it, so that its crashes can be tried out, and it can fail.

apsw gives a file system written in Python no shared memory (xShm), which SQLite's WAL needs for its index when several connections share
a database. With `locking_mode=EXCLUSIVE` set before the database is read, the index lies in the connection's own memory instead; what
is written to the database and to the WAL is the same. So `connect` sets it, and one connection at a time has the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from random import Random

import apsw

from .crash import SECTOR
from .events import Created, Cut, Event, FolderSynced, Removed, Synced, Written
from .faults import Faults

_NUMBERS = count(1)
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL


class Disk(apsw.VFS):
    """A disk with these files, all of them safe.

    `log` is what was done since. `faults` counts the calls and fails some. A `lying` disk says at once that a file is safe, and does
    nothing: as if `synchronous=OFF` were set.
    """

    def __init__(
        self, files: Mapping[str, bytes] | None = None, *, faults: Faults | None = None, lying: bool = False, seed: int = 0
    ) -> None:
        self.before = dict(files or {})
        self.log: list[Event] = []
        self.faults = faults or Faults()
        self.lying = lying
        self.label = f"disk-{next(_NUMBERS)}"
        self._nodes = {-i: bytearray(data) for i, data in enumerate(self.before.values(), start=1)}
        self._names = {name: -i for i, name in enumerate(self.before, start=1)}
        self._fresh = count(1)
        self._locks: dict[int, dict[int, int]] = {}
        self._rng = Random(seed)
        self._connections: list[apsw.Connection] = []
        super().__init__(self.label, base="")

    def connect(self, name: str = "book.sqlite3", *, alone: bool = True) -> apsw.Connection:
        """A connection to a database on this disk, alone with it as WAL needs here (see above)."""
        connection = apsw.Connection(name, vfs=self.label)
        self._connections.append(connection)
        if alone:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        return connection

    def files(self) -> dict[str, bytes]:
        """What programs see now, safe or not: what is left when a process dies and the machine lives."""
        return {name: bytes(self._nodes[node]) for name, node in self._names.items()}

    def after_a_death(self) -> Disk:
        """The same disk under a new process, the old one gone without a word: what was written is seen, and is as safe as it was."""
        disk = Disk(self.before, lying=self.lying)
        disk.log = list(self.log)
        disk._nodes = {number: bytearray(content) for number, content in self._nodes.items()}
        disk._names = dict(self._names)
        disk._fresh = count(next(self._fresh))
        return disk

    def close(self) -> None:
        """Close every connection made here, as a program does that ends in good order."""
        while self._connections:
            with suppress(apsw.Error):
                self._connections.pop().close(True)

    # What SQLite calls; names and arguments are its own.

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _Handle:  # noqa: N802
        self.faults.passing("open")
        flags[1] = flags[0]
        if name is None:  # a scratch file: no crash brings it back
            return _Handle(self, next(self._fresh), scratch=bytearray())
        name = name if isinstance(name, str) else name.filename()
        made = name not in self._names
        if made:
            if not flags[0] & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError(f"no file {name}")
            self._create(name)
        return _Handle(self, self._names[name], folder_too=made and bool(flags[0] & _JOURNALS))

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802
        self.faults.passing("delete")
        if name not in self._names:
            missing = apsw.IOError(f"no file {name}")
            missing.extendedresult = apsw.SQLITE_IOERR_DELETE_NOENT
            raise missing
        del self._names[name]
        self.log.append(Removed(name))
        if sync_folder and not self.lying:
            self.log.append(FolderSynced())

    def xAccess(self, name: str, flags: int) -> bool:  # noqa: N802
        self.faults.passing("access")
        return name in self._names

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name

    def xRandomness(self, amount: int) -> bytes:  # noqa: N802
        return self._rng.randbytes(amount)

    def _create(self, name: str) -> None:
        node = next(self._fresh)
        self._names[name], self._nodes[node] = node, bytearray()
        self.log.append(Created(name, node))


class _Handle:
    """An open file. SQLite finds the methods by their names."""

    def __init__(self, disk: Disk, node: int, *, folder_too: bool = False, scratch: bytearray | None = None) -> None:
        self._disk, self._node = disk, node
        self._scratch = scratch is not None
        self._content = disk._nodes[node] if scratch is None else scratch
        self._folder_too = folder_too  # as SQLite on Unix: the first sync of a new journal or WAL syncs the folder
        self._locks = disk._locks.setdefault(node, {})

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._disk.faults.passing("read")
        return bytes(self._content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        data = bytes(data)
        try:
            self._disk.faults.passing("write")
            if offset + len(data) > len(self._content):
                self._disk.faults.passing("grow")
        except apsw.Error:
            self._write(data[: len(data) // 2], offset)  # a write that fails may have got halfway
            raise
        self._write(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.faults.passing("cut")
        del self._content[size:]
        self._content += bytes(size - len(self._content))
        self._note(Cut(self._node, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        try:
            self._disk.faults.passing("sync")
        except apsw.Error:
            self._note(Synced(self._node, done=False))
            raise
        if self._disk.lying:
            return
        self._note(Synced(self._node))
        if self._folder_too:
            self._note(FolderSynced())
            self._folder_too = False

    def xFileSize(self) -> int:  # noqa: N802
        self._disk.faults.passing("size")
        return len(self._content)

    def xLock(self, level: int) -> None:  # noqa: N802
        self._disk.faults.passing("lock")
        others = max((held for handle, held in self._locks.items() if handle != id(self)), default=0)
        if (level == apsw.SQLITE_LOCK_SHARED and others >= apsw.SQLITE_LOCK_PENDING) or (
            level > apsw.SQLITE_LOCK_SHARED and others >= (apsw.SQLITE_LOCK_SHARED if level == apsw.SQLITE_LOCK_EXCLUSIVE else level)
        ):
            raise apsw.BusyError("another connection has the lock")
        self._locks[id(self)] = max(level, self._locks.get(id(self), 0))

    def xUnlock(self, level: int) -> None:  # noqa: N802
        self._locks[id(self)] = min(level, self._locks.get(id(self), 0))

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return any(held >= apsw.SQLITE_LOCK_RESERVED for held in self._locks.values())

    def xClose(self) -> None:  # noqa: N802
        self._locks.pop(id(self), None)

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def _write(self, data: bytes, offset: int) -> None:
        if data and offset > len(self._content):
            self._content += bytes(offset - len(self._content))
        self._content[offset : offset + len(data)] = data
        if data:
            self._note(Written(self._node, offset, data))

    def _note(self, event: Event) -> None:
        if not self._scratch:
            self._disk.log.append(event)
