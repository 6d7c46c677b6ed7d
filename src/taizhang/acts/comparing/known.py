"""The records of a book as it knew them with its entry of some number."""

from __future__ import annotations

from datetime import date

from taizhang.core import Entry
from taizhang.ledger.book import Book
from taizhang.ledger.inside import Inside
from taizhang.ledger.records import ABOUT, Registers, lay, newest
from taizhang.ledger.standing import Standing
from taizhang.ledger.writing import entry_of


class Known(Inside):
    """As `Inside`, but records say what was said up to an entry (and not withdrawn by then)."""

    def __init__(self, book: Book, upto: int) -> None:
        super().__init__(book.store, book.number, book.origin, book.catalogue, book.journal.plans, book.keys)
        self._of, self._upto = book, upto
        self._said: dict[str, list[tuple[int, Entry]]] = {}

    def record(self, key: str, day: date | None = None) -> Standing | None:
        """A record with the values it had on a day, as far as they were known; a field first said later has what was said first."""
        said = self._said_of(key)
        if not said:
            return None
        on = day or date.max
        plans, laid = self._of.journal.plans, Registers()
        later = [one for one in said if one[1].day > on]
        for seq, entry in (*reversed(later), *(one for one in said if one[1].day <= on)):
            if plan := plans[entry.type]:
                lay(laid, seq, entry, plan)
        return _standing(key, laid, newest(laid, plans).place)

    def _said_of(self, key: str) -> list[tuple[int, Entry]]:
        """Its states in the order of their days."""
        if key not in self._said:
            number = self._of.number
            rows = self._of.store.rows(ABOUT, [number, number, number, key])
            states = (row for row in rows if row[2] == "state" and row[0] <= self._upto and (row[-1] is None or row[-1] > self._upto))
            self._said[key] = [(row[0], entry_of(row[1:-1])) for row in states]
        return self._said[key]


def _standing(key: str, laid: Registers, place: int) -> Standing:
    sealed = {name: {field: (told[0], told[1]) for field, told in kept.sealed.items()} for name, kept in laid.items()}
    return Standing(key, place, {name: kept.data for name, kept in laid.items()}, sealed)

