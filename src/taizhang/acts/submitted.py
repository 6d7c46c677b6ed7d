"""What was laid before a reviewer and is not in the book: whose personal values are sealed in it."""

from __future__ import annotations

import time
from collections.abc import Iterable

from taizhang.core import Entry
from taizhang.ledger.book import Book
from taizhang.ledger.canonical import decode

RETURNED_DAYS = 30
"""So long what was returned can be corrected and given again; then nothing is kept for it."""
_DAY = 86_400_000_000


def entries_of(lines: str) -> tuple[Entry, ...]:
    """The entries of a submission, as they are kept."""
    return tuple(decode(line.encode()) for line in lines.split("\n"))


def waiting_for(book: Book, name: str) -> list[Entry]:
    """The entries that wait, or were returned, and belong to a record or name it; or the one of this uid."""
    sql = "SELECT entries FROM submission WHERE book = ? AND state <> 'accepted' AND entries LIKE ? ORDER BY id"
    found = (entries_of(row[0]) for row in book.store.rows(sql, [book.number, f'%"{name}"%']))
    return [entry for entries in found for entry in entries if name in (entry.uid, entry.record) or name in entry.data.values()]


def left_over(book: Book, names: Iterable[str], after: int = 0) -> set[str]:
    """Those of these keys that nothing is sealed under: no entry behind a seq, nothing that waits or was returned of late."""
    left = set(names)
    for uid, record in book.store.stream("SELECT uid, record FROM entry WHERE book = ? AND seq > ? AND sealed IS NOT NULL", [book.number, after]):
        left.discard(uid)
        left.discard(record)
    sql = "SELECT entries FROM submission WHERE book = ? AND (state = 'waiting' OR (state = 'returned' AND decided_at > ?))"
    for (lines,) in book.store.rows(sql, [book.number, time.time_ns() // 1000 - RETURNED_DAYS * _DAY]):
        for entry in entries_of(lines):
            left -= {entry.uid, entry.record or ""}
    return left
