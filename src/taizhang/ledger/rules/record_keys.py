"""Keys of records: 16 letters and digits that say nothing of whom they stand for."""

from __future__ import annotations

import base64
import hashlib
import re

RECORD_KEY = re.compile(r"[a-z2-7]{16}", re.ASCII)
_BYTES = 10


def record_key_of(uid: str) -> str:
    """The key of a record that the entry of this uid brings into the book.

    It follows from the uid, so that an entry delivered twice names the same record, and says no more than the uid that
    stands beside it. An entry delivered again after its record was erased thereby finds the erased key, and no new one.
    """
    return _written(hashlib.sha256(b"taizhang record" + uid.encode()).digest()[:_BYTES])


def _written(raw: bytes) -> str:
    return base64.b32encode(raw).decode().lower()
