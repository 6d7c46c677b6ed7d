"""Everything a book says about a record: what was stated of it, and what moved to it, from it, or as it."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.acts.desk import Desk
from taizhang.ledger.reading import Line
from taizhang.ledger.store import among


def about(desk: Desk, record: str, *, reveal: bool = False) -> list[Line]:
    """The entries about a record within the scope, in the order of the journal; those that withdrew one of them too."""
    lines = {line.seq: line for line in desk.reader.history(record, reveal=reveal)}
    lines |= {line.seq: line for line in desk.reader.entries(_moved(desk, record), reveal=reveal)}
    strikes = [line.struck_by for line in lines.values() if line.struck_by is not None and line.struck_by not in lines]
    lines |= {line.seq: line for line in desk.reader.entries(_uids(desk, strikes), reveal=reveal)}
    return [lines[seq] for seq in sorted(lines)]


def _moved(desk: Desk, record: str) -> Iterator[str]:
    """The transfers to and from its accounts, and those that moved it."""
    for account in desk.reader.accounts(record):
        yield from (line.entry.uid for line, _, _ in desk.reader.statement(account))
    sql = "SELECT account FROM balance WHERE book = ? AND item = ? ORDER BY account"
    for row in desk.book.store.rows(sql, [desk.book.number, record]):
        yield from (line.entry.uid for line, item, _ in desk.reader.statement(row[0]) if item == record)


def _uids(desk: Desk, seqs: list[int]) -> list[str]:
    condition, values = among(desk.book.store, "seq", seqs)
    return [
        str(row[0]) for row in desk.book.store.rows(f"SELECT uid FROM entry WHERE book = ? AND {condition}", [desk.book.number, values])
    ]
