"""Striking entries at random: whoever doubts that figures come from entries may watch them move."""

from __future__ import annotations

from random import Random

from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.ledger.reading import Line

WHY = "演示：随机红冲"
_TRIES = 20
"""For each entry to strike so many are tried: what later entries rest on cannot go."""


def strike_some(desk: Desk, count: int, seed: int) -> list[Line]:
    """Strike so many events and transfers of a demonstration book, each in an act of its own; those that were.

    Fewer where the rest cannot be struck: a delivery of which something was given out since.
    """
    rng = Random(f"strike/{seed}")
    sql = "SELECT seq FROM entry WHERE book = ? AND kind IN ('event', 'transfer') AND type NOT LIKE 'book.%' ORDER BY seq"
    seqs = [int(row[0]) for row in desk.book.store.rows(sql, [desk.book.number])]
    tried = rng.sample(seqs, min(len(seqs), count * _TRIES))
    struck: list[Line] = []
    while tried and len(struck) < count:
        (line,) = desk.reader.at([tried.pop()])
        if line.struck_by is None and strike(desk, [Correction(line)], WHY).what == "ok":
            struck.append(line)
    return struck
