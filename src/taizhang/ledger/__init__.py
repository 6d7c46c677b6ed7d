"""The book: entries in bytes, the tree of their hashes, and what can be proved of it.

Needs the extra `book` (`pip install taizhang[book]`).
"""

from taizhang.ledger import checkpoint
from taizhang.ledger.canonical import NotCanonical, body, decode, encode
from taizhang.ledger.checkpoint import BadCheckpoint, Checkpoint
from taizhang.ledger.fingerprints import BadFingerprint, fingerprint, is_fingerprint_of, read_fingerprint
from taizhang.ledger.hashing import SHA256, Hasher, hasher_named
from taizhang.ledger.keys import Erased, ErasureList, KeyFile, KeyStore, Unfinished
from taizhang.ledger.paths import consistency, extends, includes, includes_all, inclusion, multi_inclusion
from taizhang.ledger.proof import ProvedFigure, blind_export, proof_file
from taizhang.ledger.sealing import Cipher, Unsealable, seal, seal_fields, unseal, unseal_fields
from taizhang.ledger.signing import Signer, SoftSigner, is_signed
from taizhang.ledger.tree import Frontier, Nodes, Tree
from taizhang.ledger.uids import UidClock, new_uid, new_uids, once_uid, row_uid

__all__ = [
    "SHA256",
    "BadCheckpoint",
    "BadFingerprint",
    "Checkpoint",
    "Cipher",
    "Erased",
    "ErasureList",
    "Frontier",
    "Hasher",
    "KeyFile",
    "KeyStore",
    "Nodes",
    "NotCanonical",
    "ProvedFigure",
    "Signer",
    "SoftSigner",
    "Tree",
    "UidClock",
    "Unfinished",
    "Unsealable",
    "blind_export",
    "body",
    "checkpoint",
    "consistency",
    "decode",
    "encode",
    "extends",
    "fingerprint",
    "hasher_named",
    "includes",
    "includes_all",
    "inclusion",
    "is_fingerprint_of",
    "is_signed",
    "multi_inclusion",
    "new_uid",
    "new_uids",
    "once_uid",
    "proof_file",
    "read_fingerprint",
    "row_uid",
    "seal",
    "seal_fields",
    "unseal",
    "unseal_fields",
]
