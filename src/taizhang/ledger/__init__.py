"""The book: entries in bytes, the tree of their hashes, and what can be proved of it.

Needs the extra `book` (`pip install taizhang[book]`).
"""

from taizhang.ledger.canonical import NotCanonical, body, decode, encode
from taizhang.ledger.hashing import SHA256, Hasher, hasher_named
from taizhang.ledger.paths import consistency, extends, includes, includes_all, inclusion, multi_inclusion
from taizhang.ledger.tree import Frontier, Nodes, Tree
from taizhang.ledger.uids import UidClock, new_uid, new_uids, once_uid, row_uid

__all__ = [
    "SHA256",
    "Frontier",
    "Hasher",
    "Nodes",
    "NotCanonical",
    "Tree",
    "UidClock",
    "body",
    "consistency",
    "decode",
    "encode",
    "extends",
    "hasher_named",
    "includes",
    "includes_all",
    "inclusion",
    "multi_inclusion",
    "new_uid",
    "new_uids",
    "once_uid",
    "row_uid",
]
