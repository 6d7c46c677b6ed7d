"""Rows of a file that repeat, word for word, what another file brought or somebody entered: an edited file posted again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from taizhang.acts.desk import Desk
from taizhang.core import Entry
from taizhang.ledger.book import Book
from taizhang.ledger.canonical import decode
from taizhang.ledger.store import Row, sought
from taizhang.ledger.writing import READ, entry_of

_FILE_DIGITS = 12
"""The leading digits that the ids of all rows of one file have in common."""
_STANDS = f"""SELECT {READ} FROM entry LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
WHERE entry.book = ? AND entry.day = ? AND entry.type = ? AND struck.seq IS NULL AND entry.kind <> 'strike'"""
_MOVED = f"""SELECT {READ} FROM movement m JOIN entry ON entry.book = m.book AND entry.seq = m.seq
LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
WHERE m.book = ? AND m.day = ? AND m.account = ? AND m.item = ? AND entry.type = ? AND struck.seq IS NULL AND entry.kind = 'transfer'"""


def days_posted(book: Book, uids: Sequence[str]) -> dict[str, str]:
    """The days of those of these entries that are recorded, or wait for a reviewer."""
    store, found = book.store, dict[str, str]()
    for source in ("submission WHERE book = ? AND state = 'waiting'", "entry WHERE book = ?"):
        found.update(store.rows(*sought(store, "uid, day", source, [book.number], "uid", uids)))
    return found


class Posted:
    """What stands in a book, or waits for a reviewer, for one reading of a file: each entry is repeated by one row (`rules.Earlier`)."""

    def __init__(self, desk: Desk, type_name: str) -> None:
        self._store, self._book, self._type = desk.book.store, desk.book.number, type_name
        self._repeated: set[str] = set()
        self._waiting: dict[str, list[Entry]] | None = None

    def alike(self, entry: Entry) -> Iterable[Entry]:
        """Entries of the same day about the same, of other files, that no row repeats so far."""
        standing = map(entry_of, self._rows(entry))
        file = entry.uid[:_FILE_DIGITS]
        waiting = self._waiting_on(entry.day.isoformat())
        return (one for one in chain(standing, waiting) if one.uid[:_FILE_DIGITS] != file and one.uid not in self._repeated)

    def repeated(self, uid: str) -> None:
        """A row repeats this entry."""
        self._repeated.add(uid)

    def _rows(self, entry: Entry) -> Iterable[Row]:
        day = entry.day.isoformat()
        if entry.kind == "transfer":
            return self._store.rows(f"{_MOVED} ORDER BY m.seq", [self._book, day, entry.target, entry.item, entry.type])
        if entry.record is None and entry.kind == "state":
            return ()  # of a record that the book does not have it has no entry
        of, params = (" AND entry.record = ?", [entry.record]) if entry.record else ("", [])
        return self._store.rows(f"{_STANDS}{of} ORDER BY entry.seq", [self._book, day, entry.type, *params])

    def _waiting_on(self, day: str) -> list[Entry]:
        """The entries of a day that wait for a reviewer; all are read once."""
        if self._waiting is None:
            self._waiting = defaultdict(list)
            for entry in self._waits():
                self._waiting[entry.day.isoformat()].append(entry)
        return self._waiting.get(day, [])

    def _waits(self) -> Iterator[Entry]:
        sql = "SELECT entries FROM submission WHERE book = ? AND state = 'waiting' AND type = ? ORDER BY id"
        for (lines,) in self._store.rows(sql, [self._book, self._type]):
            entries = (decode(line.encode()) for line in lines.split("\n"))
            yield from (entry for entry in entries if entry.kind != "strike")
