"""Everything a book says about a record: what was stated of it, and what moved to it, from it, or as it."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.acts.desk import Desk
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.plans import RENEW
from taizhang.ledger.reading import Line


def about(desk: Desk, record: str, *, reveal: bool = False) -> list[Line]:
    """The entries about a record within the scope, in the order of the journal; those that withdrew one of them too."""
    lines = {line.seq: line for line in desk.reader.history(record, reveal=reveal)}
    lines |= {line.seq: line for line in desk.reader.moved(record, reveal=reveal)}
    lines |= {line.seq: line for line in _renewals(desk, record, list(lines.values()))}
    strikes = [line.struck_by for line in lines.values() if line.struck_by is not None and line.struck_by not in lines]
    lines |= {line.seq: line for line in desk.reader.at(strikes, reveal=reveal)}
    return [lines[seq] for seq in sorted(lines)]


def _renewals(desk: Desk, item: str, lines: list[Line]) -> Iterator[Line]:
    """The renewals of the loans of an item: they stand with who borrowed it."""
    loans = {line.entry.uid: record_of(line.entry.target or "") for line in lines if line.entry.item == item and line.entry.due}
    for borrower in set(filter(None, loans.values())):
        yield from (line for line in desk.reader.history(borrower) if line.entry.type == RENEW and line.entry.data.get("loan") in loans)
