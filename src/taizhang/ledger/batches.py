"""Many entries at once: the parts of their rows and their canonical bytes.

Entries are checked and put together in columns, which is what makes a batch cheap. A batch that does not pass, and a few
entries by themselves, are looked at one by one, so the one that is wrong is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taizhang.core import Entry
from taizhang.ledger.canonical import NotCanonical, encode
from taizhang.ledger.columns import Column, in_columns
from taizhang.ledger.writing import Parts, check_keys, parts_of

FEW = 8
"""Below this many, columns cost more than they save."""


class Ready(NamedTuple):
    """An entry ready to be written: the middle columns of its row, and its bytes."""

    parts: Parts
    raw: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """Entries of which each is ready to be written: the middle columns of their rows, and their bytes."""

    columns: Sequence[Column]
    raws: Sequence[bytes]

    def apart(self) -> list[Ready | NotCanonical]:
        """Each by itself."""
        return list(map(Ready, zip(*self.columns, strict=True), self.raws))


def block_of(entries: Sequence[Entry]) -> Block | None:
    """Entries ready to be written; None when they are few, or not all of them can be."""
    made = in_columns(entries) if len(entries) >= FEW else None
    return None if made is None else Block(*made)


def apart(entries: Sequence[Entry]) -> list[Ready | NotCanonical]:
    """Each entry ready to be written, or what keeps it from having canonical bytes."""
    return [_looked_at(entry) for entry in entries]


def _looked_at(entry: Entry) -> Ready | NotCanonical:
    try:
        raw = encode(entry)
        check_keys(entry)
    except NotCanonical as error:
        return error
    except (TypeError, AttributeError) as error:  # a part that is nothing of what it should be
        return NotCanonical("entry", str(error))
    return Ready(parts_of(entry), raw)
