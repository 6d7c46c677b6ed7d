"""The reason of a return: free text, so it is sealed, and goes with what it is about."""

from __future__ import annotations

from taizhang.acts.desk import Desk
from taizhang.core import Entry
from taizhang.ledger.keys import Erased
from taizhang.ledger.owners import key_name
from taizhang.ledger.reading import ERASED, SEALED
from taizhang.ledger.rules import record_key_of
from taizhang.ledger.sealing import seal, unseal

_WHY = "why"


def sealed(desk: Desk, entry: Entry, why: str) -> str | None:
    """The reason why an act that begins with this entry was returned, under seal; None where what it is about was erased."""
    try:
        name = key_name(entry, desk.book.catalogue) or record_key_of(entry.uid)
        key = desk.book.keys.keys([name])[name]
    except Erased:
        return None
    return seal(key, desk.book.origin, entry.uid, _WHY, why)


def opened(desk: Desk, entry: Entry, reason: str) -> str:
    """The reason in plain; what stands for it where nobody is to see it, or it was erased."""
    if any(map(desk.reader.is_restricted, desk.reader.of_whom(entry))):
        return SEALED
    try:
        key = desk.book.keys.of_entry(entry.uid, entry.record or record_key_of(entry.uid))
        return str(unseal(key, desk.book.origin, entry.uid, _WHY, reason))
    except KeyError:
        return ERASED
