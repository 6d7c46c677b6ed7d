"""Everything a book says about a record: what was stated of it, and what moved to it, from it, or as it."""

from __future__ import annotations

from taizhang.acts.desk import Desk
from taizhang.ledger.reading import Line


def about(desk: Desk, record: str, *, reveal: bool = False) -> list[Line]:
    """The entries about a record within the scope, in the order of the journal; those that withdrew one of them too."""
    lines = {line.seq: line for line in desk.reader.history(record, reveal=reveal)}
    lines |= {line.seq: line for line in desk.reader.moved(record, reveal=reveal)}
    strikes = [line.struck_by for line in lines.values() if line.struck_by is not None and line.struck_by not in lines]
    lines |= {line.seq: line for line in desk.reader.at(strikes, reveal=reveal)}
    return [lines[seq] for seq in sorted(lines)]
