"""The hash of the tree, behind one small provider, so that another (SM3) can take its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

LEAF = b"\x00"
NODE = b"\x01"


@dataclass(frozen=True, slots=True)
class Hasher:
    """A hash function of `size` bytes, begun by `new`; leaves and nodes are told apart by their first byte, as in RFC 6962."""

    name: str
    size: int
    new: Callable[[bytes], Any]

    def digest(self, data: bytes) -> bytes:
        """The hash of some bytes."""
        digest: bytes = self.new(data).digest()
        return digest

    def leaf(self, data: bytes) -> bytes:
        """The hash of a leaf that holds `data`."""
        return self.digest(LEAF + data)

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash of a node over two hashes."""
        return self.digest(NODE + left + right)

    def leaves(self, datas: Iterable[bytes]) -> list[bytes]:
        """The leaf hashes of many; faster than one by one."""
        new = self.new
        return [new(LEAF + data).digest() for data in datas]

    def parents(self, hashes: list[bytes]) -> list[bytes]:
        """The nodes over each two hashes that follow each other; an odd last one is left out."""
        new = self.new
        return [new(NODE + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2], strict=False)]

    @property
    def empty(self) -> bytes:
        """The root of a tree without leaves."""
        return self.digest(b"")


SHA256 = Hasher("sha256", 32, hashlib.sha256)


def hasher_named(name: str, size: int = 32) -> Hasher:
    """A provider over a hash that this Python's OpenSSL offers, such as "sm3"; ValueError when it does not."""
    hashlib.new(name)
    return Hasher(name, size, partial(hashlib.new, name))
