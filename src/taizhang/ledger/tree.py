"""The tree of hashes over a journal (RFC 6962): its root, grown leaf by leaf.

`Frontier` holds only the tops of the complete subtrees, at most one a level: the root of any number of leaves in a few
hundred bytes. `Tree` holds every complete node and can prove what stands in it. Both take leaf hashes, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from taizhang.ledger.hashing import SHA256, Hasher

MAX_SIZE = 2**63 - 1


class Frontier:
    """A growing root. `tops` are the complete subtrees, largest first; with `size` they are its whole state."""

    def __init__(self, size: int = 0, tops: Sequence[bytes] = (), hasher: Hasher = SHA256) -> None:
        if size < 0 or len(tops) != size.bit_count() or any(len(top) != hasher.size for top in tops):
            raise ValueError(f"a tree of {size} leaves has one hash of {hasher.size} bytes for each bit of its size")
        self.hasher = hasher
        self.size = size
        remaining = list(tops)
        self._by_level = [remaining.pop() if size >> level & 1 else None for level in range(size.bit_length())]

    @property
    def tops(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, largest first."""
        return tuple(top for top in reversed(self._by_level) if top is not None)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.extend([leaf])

    def extend(self, leaves: Iterable[bytes], note: Callable[[int, int, Sequence[bytes]], None] | None = None) -> None:
        """Add leaf hashes, level by level: each level takes what the level below completes.

        `note` is told the nodes that become complete: their level, the index of the first, and their hashes.
        """
        carry, level = list(leaves), 0
        before = self.size
        self.size += len(carry)
        while carry:
            if note is not None:
                note(level, before >> level, carry)
            if level == len(self._by_level):
                self._by_level.append(None)
            if (top := self._by_level[level]) is not None:
                carry.insert(0, top)
            self._by_level[level] = carry[-1] if len(carry) % 2 else None
            carry, level = self.hasher.parents(carry), level + 1

    def root(self) -> bytes:
        """The root of all leaves added so far."""
        tops = list(self.tops)
        if not tops:
            return self.hasher.empty
        root = tops.pop()
        while tops:
            root = self.hasher.node(tops.pop(), root)
        return root

    def copy(self) -> Frontier:
        """Another frontier that starts here."""
        other = Frontier(hasher=self.hasher)
        other.size, other._by_level = self.size, list(self._by_level)
        return other


class Nodes(Protocol):
    """Where the complete nodes of a tree are found: in memory, or in a database."""

    hasher: Hasher
    size: int

    def node(self, level: int, index: int) -> bytes:
        """The hash over leaves `index << level` to `(index + 1) << level`, all of them present; level 0 is the leaves."""


class Tree:
    """All complete nodes in memory, 64 bytes a leaf."""

    def __init__(self, leaves: Iterable[bytes] = (), hasher: Hasher = SHA256) -> None:
        self.hasher = hasher
        self.size = 0
        self._levels = [bytearray()]
        self.extend(leaves)

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete node; IndexError where there is none."""
        start = index * self.hasher.size
        if level >= len(self._levels) or start < 0 or start >= len(self._levels[level]):
            raise IndexError(f"no complete node {index} on level {level} of a tree of {self.size} leaves")
        return bytes(self._levels[level][start : start + self.hasher.size])

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes."""
        fresh, level = list(leaves), 0
        self.size += len(fresh)
        while fresh:
            if level == len(self._levels):
                self._levels.append(bytearray())
            before = len(self._levels[level]) // self.hasher.size
            self._levels[level] += b"".join(fresh)
            if before % 2:
                fresh.insert(0, self.node(level, before - 1))
            fresh, level = self.hasher.parents(fresh), level + 1

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, of all when it is not given."""
        return root_of(self, self.size if size is None else size)


def split(count: int) -> int:
    """How many of `count` leaves (2 or more) stand under the left child: the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def root_of(nodes: Nodes, size: int) -> bytes:
    """The root of the first `size` leaves."""
    if not 0 <= size <= nodes.size:
        raise ValueError(f"the tree has {nodes.size} leaves, not {size}")
    return range_hash(nodes, 0, size) if size else nodes.hasher.empty


def range_hash(nodes: Nodes, low: int, high: int) -> bytes:
    """The hash over leaves `low` to `high` (not included), a range that the tree's own division makes."""
    count = high - low
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes.node(level, low >> level)
    middle = low + split(count)
    return nodes.hasher.node(range_hash(nodes, low, middle), range_hash(nodes, middle, high))
