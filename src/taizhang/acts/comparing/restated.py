"""An entry that was withdrawn and stated anew in one act is one correction, not two causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.ledger.store import among

Corrections = Mapping[int, int]
"""By the number of a withdrawn entry that of the one stated in its place."""


def corrections(rows: Rows, gone: Iterable[Thing], anew: Iterable[Thing]) -> Corrections:
    """Which of the entries that are gone were stated anew among the others: right behind the strike, in the same act."""
    new = {thing.seq: thing for thing in anew if not thing.record}
    found = {thing.seq: (thing, new[thing.struck_by + 1]) for thing in gone if thing.struck_by and thing.struck_by + 1 in new}
    moments = _moments(rows, [thing.struck_by or 0 for thing, _ in found.values()]) if found else {}
    return {seq: other.seq for seq, (thing, other) in found.items() if moments[thing.struck_by or 0] == other.entry.recorded_at}


def _moments(rows: Rows, seqs: list[int]) -> dict[int, int]:
    book = rows.asked.book
    condition, values = among(book.store, "seq", seqs)
    return dict(book.store.rows(f"SELECT seq, recorded_at FROM entry WHERE book = ? AND {condition}", [book.number, values]))


def both(found: Corrections) -> Iterator[int]:
    """The numbers of both."""
    yield from found
    yield from found.values()
