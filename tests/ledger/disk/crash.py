"""What a disk may hold after the power failed: any mixture of what was written since the last sync.

The model is POSIX taken at its word, with the one promise SQLite relies on by default (powersafe overwrite): a write damages no byte
outside its own range.

- What was written before a sync that succeeded is there.
- Each later write may be there, or not, or in part: cut at a sector (512 bytes), cut inside one, or as garbage. No order holds among
  them, within a file or between files: a commit record may be there and the pages before it not.
- A file may have grown without its bytes (zeros or garbage stand there), and a truncation may be lost.
- After a sync that failed, what it should have saved stays in doubt for good; a later sync saves only what was written after it.
- A name that was made, or removed, since the last sync of the folder may be as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from random import Random

from .events import Created, Cut, Event, FolderSynced, Removed, Synced, Written

SECTOR = 512
MANNERS = ("lost", "kept", "prefix", "one lost", "one kept", "sieve", "sectors", "torn")
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class _Change:
    number: int
    event: Written | Cut
    state: str = "open"  # "open" until a sync; then "safe", or "doubtful" for good


@dataclass(slots=True)
class _Node:
    safe: bytearray = field(default_factory=bytearray)
    changes: list[_Change] = field(default_factory=list)

    def sync(self, done: bool) -> None:
        after = "safe" if done else "doubtful"
        self.changes = [replace(c, state=after) if c.state == "open" else c for c in self.changes]
        while self.changes and self.changes[0].state == "safe":
            _apply(self.safe, self.changes.pop(0).event)


class Moment:
    """The disk after some events: what is safe on it, and what hangs in the air."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self._nodes = {-i: _Node(bytearray(data)) for i, data in enumerate((files or {}).values(), start=1)}
        self._names: dict[str, list[int | None]] = {name: [-i] for i, name in enumerate(files or {}, start=1)}
        self._passed = 0

    def go_on(self, events: Sequence[Event], until: int) -> None:
        """Take in the events of the log up to, not including, number `until`."""
        for event in islice(events, self._passed, until):
            self._take(event)
            self._passed += 1

    def state(self, rng: Random, manner: str | None = None) -> Files:
        """One of the states the disk may be in if the power fails now."""
        fate = _Fate(
            rng, manner or rng.choice(MANNERS), sorted(c.number for n in self._nodes.values() for c in n.changes if c.state != "safe")
        )
        chosen = {name: fate.of_name(versions) for name, versions in self._names.items()}
        return {name: fate.of_file(self._nodes[node]) for name, node in chosen.items() if node is not None}

    @property
    def open_changes(self) -> int:
        """How many writes, truncations and names may or may not be there."""
        return sum(c.state != "safe" for n in self._nodes.values() for c in n.changes) + sum(len(v) > 1 for v in self._names.values())

    def _take(self, event: Event) -> None:
        match event:
            case Created(name, node):
                self._nodes[node] = _Node()
                self._names.setdefault(name, [None]).append(node)
            case Removed(name):
                self._names[name].append(None)
            case Written(node) | Cut(node):
                self._nodes[node].changes.append(_Change(self._passed, event))
            case Synced(node, done):
                self._nodes[node].sync(done)
            case FolderSynced():
                self._names = {name: versions[-1:] for name, versions in self._names.items() if versions[-1] is not None}
                self._forget_nameless()

    def _forget_nameless(self) -> None:
        named = {node for versions in self._names.values() for node in versions}
        self._nodes = {number: node for number, node in self._nodes.items() if number in named}


class _Fate:
    """Decides for each change in the air what the disk made of it, in one manner for the whole state."""

    def __init__(self, rng: Random, manner: str, numbers: list[int]) -> None:
        self._rng, self._manner = rng, manner
        self._one = rng.choice(numbers) if numbers else -1
        self._share = rng.choice((0.1, 0.5, 0.9))

    def of_name(self, versions: list[int | None]) -> int | None:
        match self._manner:
            case "lost":
                return versions[0]
            case "kept" | "one lost":
                return versions[-1]
            case _:
                return self._rng.choice(versions)

    def of_file(self, node: _Node) -> bytes:
        content = bytearray(node.safe)
        for change in node.changes:
            if change.state == "safe" or self._whole(change):
                _apply(content, change.event)
            elif isinstance(change.event, Written):
                self._in_part(content, change, change.event)
        return bytes(content)

    def _whole(self, change: _Change) -> bool:
        match self._manner:
            case "lost":
                return False
            case "sectors":
                return isinstance(change.event, Cut) and self._rng.random() < 0.5
            case "kept":
                return True
            case "prefix":
                return change.number < self._one
            case "one lost":
                return change.number != self._one
            case "one kept":
                return change.number == self._one
            case _:
                return self._rng.random() < self._share

    def _in_part(self, content: bytearray, change: _Change, write: Written) -> None:
        if self._manner != "lost" and self._rng.random() < 0.5:
            self._grow(content, write.at + len(write.data))
        if self._manner in ("sectors", "torn") or change.number == self._one:
            for at, piece in _sectors(write):
                self._sector(content, at, piece)

    def _grow(self, content: bytearray, size: int) -> None:
        more = size - len(content)
        if more > 0:
            content += self._rng.choice((bytes(more), self._rng.randbytes(more)))

    def _sector(self, content: bytearray, at: int, piece: bytes) -> None:
        if self._rng.random() < 0.5:
            return
        if self._manner == "torn":
            cut = self._rng.randrange(len(piece) + 1)
            piece = self._rng.choice((piece[:cut], self._rng.randbytes(len(piece)), piece[:cut] + self._rng.randbytes(len(piece) - cut)))
        _lay(content, at, piece)


def crash_states(events: Sequence[Event], at: int, rng: Random, before: Mapping[str, bytes] | None = None) -> Iterator[Files]:
    """States (without end, some alike) the disk may be in when the power fails after the first `at` events; `before` was there and safe."""
    moment = Moment(before)
    moment.go_on(events, at)
    while True:
        yield moment.state(rng)


def _sectors(write: Written) -> Iterator[tuple[int, bytes]]:
    at, end = write.at, write.at + len(write.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, write.data[at - write.at : stop - write.at]
        at = stop


def _apply(content: bytearray, event: Written | Cut) -> None:
    if isinstance(event, Written):
        _lay(content, event.at, event.data)
    elif event.size < len(content):
        del content[event.size :]
    else:
        content += bytes(event.size - len(content))


def _lay(content: bytearray, at: int, data: bytes) -> None:
    if data and at > len(content):
        content += bytes(at - len(content))
    content[at : at + len(data)] = data
