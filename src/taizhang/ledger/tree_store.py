"""The nodes of a book's tree, found in its tables: leaves in the entries, the hashes of large subtrees kept."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.ledger.hashing import SHA256, Hasher
from taizhang.ledger.journal import KEPT_LEVEL
from taizhang.ledger.store import Store


class StoredNodes:
    """`tree.Nodes` over a store: `size` leaves of a book."""

    def __init__(self, store: Store, book: int, size: int | None = None, hasher: Hasher = SHA256) -> None:
        self._store, self._book = store, book
        self.hasher = hasher
        self.size: int = store.rows("SELECT size FROM book WHERE id = ?", [book])[0][0] if size is None else size
        self._leaves: dict[int, list[list[bytes]]] = {}

    def node(self, level: int, index: int) -> bytes:
        """The hash over leaves `index << level` to `(index + 1) << level`; IndexError where they are not all there."""
        if index < 0 or (index + 1) << level > self.size:
            raise IndexError(f"no complete node {index} on level {level} of a tree of {self.size} leaves")
        if level < KEPT_LEVEL:
            block = index << level >> KEPT_LEVEL
            return self._block(block)[level][index - (block << KEPT_LEVEL - level)]
        sql = "SELECT hash FROM node WHERE book = ? AND level = ? AND place = ?"
        return bytes(self._store.rows(sql, [self._book, level, index])[0][0])

    def _block(self, block: int) -> list[list[bytes]]:
        """The levels below a kept node, made from its leaves."""
        if block not in self._leaves:
            first = (block << KEPT_LEVEL) + 1
            sql = "SELECT leaf FROM entry WHERE book = ? AND seq BETWEEN ? AND ? ORDER BY seq"
            found = self._store.rows(sql, [self._book, first, min(first + (1 << KEPT_LEVEL) - 1, self.size)])
            self._leaves[block] = _levels([bytes(row[0]) for row in found], self.hasher)
        return self._leaves[block]


def _levels(leaves: Sequence[bytes], hasher: Hasher) -> list[list[bytes]]:
    levels = [list(leaves)]
    while len(levels) < KEPT_LEVEL:
        levels.append(hasher.parents(levels[-1]))
    return levels
