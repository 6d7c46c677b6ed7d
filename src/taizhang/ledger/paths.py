"""Proofs about a tree of hashes (RFC 6962 section 2.1): a leaf stands in it, several do, a later tree begins with it.

Each proof is a list of hashes. Each check answers True or False, never raises, and uses every hash exactly once. A check
binds what is proved to a root at a size; that the two belong together only a signed checkpoint says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.ledger.hashing import SHA256, Hasher
from taizhang.ledger.tree import MAX_SIZE, Nodes, range_hash, split

# ---- one leaf ------------------------------------------------------------------------------------------------------------------


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the first `size` leaves, from the leaf up."""
    _require(nodes, size)
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    for low, middle, high, right in _descent(index, size):
        path.append(range_hash(nodes, low, middle) if right else range_hash(nodes, middle, high))
    return path[::-1]


def includes(root: bytes, size: int, index: int, leaf: bytes, path: Sequence[bytes], hasher: Hasher = SHA256) -> bool:
    """True when `path` leads from the leaf hash at `index` to `root`."""
    if not (0 <= index < size <= MAX_SIZE) or not _are_hashes([leaf, *path], hasher):
        return False
    sides = [right for _, _, _, right in _descent(index, size)]
    if len(sides) != len(path):
        return False
    found = leaf
    for other, right in zip(path, reversed(sides), strict=True):
        found = hasher.node(other, found) if right else hasher.node(found, other)
    return found == root


def _descent(index: int, size: int) -> Iterator[tuple[int, int, int, bool]]:
    """From the root down to leaf `index`: low, middle and high of each node, and whether the leaf is in its right half."""
    low, high = 0, size
    while high - low > 1:
        middle = low + split(high - low)
        right = index >= middle
        yield low, middle, high, right
        low, high = (middle, high) if right else (low, middle)


# ---- several leaves ------------------------------------------------------------------------------------------------------------


def multi_inclusion(nodes: Nodes, indexes: Sequence[int], size: int) -> list[bytes]:
    """One proof for several leaves (rising, each once): the hash of every largest subtree without one, left to right."""
    _require(nodes, size)
    if not _are_indexes(indexes, size):
        raise ValueError(f"indexes must rise from 0 to {size - 1}, one at least")
    path: list[bytes] = []
    _collect(nodes, indexes, 0, size, path)
    return path


def includes_all(root: bytes, size: int, indexes: Sequence[int], leaves: Sequence[bytes], path: Sequence[bytes], hasher: Hasher = SHA256) -> bool:
    """True when the leaf hashes stand at their indexes under `root`, all of them."""
    if not (0 < size <= MAX_SIZE and len(indexes) == len(leaves) and _are_indexes(indexes, size) and _are_hashes([*leaves, *path], hasher)):
        return False
    given, others = iter(leaves), iter(path)
    try:
        found = _rebuild(hasher, indexes, given, others, 0, size)
    except StopIteration:
        return False
    return next(others, None) is None and found == root


def _collect(nodes: Nodes, wanted: Sequence[int], low: int, high: int, path: list[bytes]) -> None:
    if not wanted:
        path.append(range_hash(nodes, low, high))
    elif high - low > 1:
        middle = low + split(high - low)
        cut = bisect_left(wanted, middle)
        _collect(nodes, wanted[:cut], low, middle, path)
        _collect(nodes, wanted[cut:], middle, high, path)


def _rebuild(hasher: Hasher, wanted: Sequence[int], leaves: Iterator[bytes], others: Iterator[bytes], low: int, high: int) -> bytes:
    if not wanted:
        return next(others)
    if high - low == 1:
        return next(leaves)
    middle = low + split(high - low)
    cut = bisect_left(wanted, middle)
    left = _rebuild(hasher, wanted[:cut], leaves, others, low, middle)
    return hasher.node(left, _rebuild(hasher, wanted[cut:], leaves, others, middle, high))


# ---- two sizes -----------------------------------------------------------------------------------------------------------------


def consistency(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """The hashes that show that the first `old` of `new` leaves are the same leaves."""
    _require(nodes, new)
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves has not grown from one of {old}")
    if old in (0, new):
        return []
    path: list[bytes] = []
    low, high = 0, new
    while high != old:
        middle = low + split(high - low)
        if old <= middle:
            path.append(range_hash(nodes, middle, high))
            high = middle
        else:
            path.append(range_hash(nodes, low, middle))
            low = middle
    if low:
        path.append(range_hash(nodes, low, high))
    return path[::-1]


def extends(old_root: bytes, old: int, new_root: bytes, new: int, path: Sequence[bytes], hasher: Hasher = SHA256) -> bool:
    """True when the tree of `new` leaves begins with the tree of `old` leaves."""
    if not 0 <= old <= new <= MAX_SIZE or not _are_hashes([old_root, new_root, *path], hasher):
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == hasher.empty
    whole = old & (old - 1) == 0  # then the old tree is one node of the new, and the proof need not repeat its root
    return _both_roots(hasher, old, new, [old_root, *path] if whole else list(path)) == (old_root, new_root)


def _both_roots(hasher: Hasher, old: int, new: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """The old and the new root, folded from the node where the old tree ends; None when hashes lack or are left over."""
    sides = _ending(old, new)
    if len(path) != len(sides) + 1:
        return None
    before = after = path[0]
    for other, right in zip(path[1:], reversed(sides), strict=True):
        if right:
            before = hasher.node(other, before)
            after = hasher.node(other, after)
        else:
            after = hasher.node(after, other)
    return before, after


def _ending(old: int, new: int) -> list[bool]:
    """From the root of the new tree down to the node where the old one ends: is it in the right half each time?"""
    low, high = 0, new
    sides = []
    while high != old:
        middle = low + split(high - low)
        right = old > middle
        low, high = (middle, high) if right else (low, middle)
        sides.append(right)
    return sides


# ---- both ----------------------------------------------------------------------------------------------------------------------


def _require(nodes: Nodes, size: int) -> None:
    if not 0 <= size <= nodes.size:
        raise ValueError(f"the tree has {nodes.size} leaves, not {size}")


def _are_indexes(indexes: Sequence[int], size: int) -> bool:
    return bool(indexes) and indexes[0] >= 0 and indexes[-1] < size and all(a < b for a, b in pairwise(indexes))


def _are_hashes(hashes: Sequence[bytes], hasher: Hasher) -> bool:
    return all(len(one) == hasher.size for one in hashes)
