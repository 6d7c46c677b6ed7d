"""The book: what an entry is in bytes.

Needs the extra `book` (`pip install taizhang[book]`).
"""

from taizhang.ledger.canonical import NotCanonical, body, decode, encode
from taizhang.ledger.uids import UidClock, new_uid, new_uids, once_uid, row_uid

__all__ = ["NotCanonical", "UidClock", "body", "decode", "encode", "new_uid", "new_uids", "once_uid", "row_uid"]
