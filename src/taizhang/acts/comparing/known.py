"""The records and loans of a book as it knew them with its entry of some number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from taizhang.core import Entry
from taizhang.ledger.book import Book
from taizhang.ledger.inside import Inside
from taizhang.ledger.records import ABOUT, Registers, lay, newest
from taizhang.ledger.standing import Lent, Standing
from taizhang.ledger.store import among
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

    def loan(self, uid: str) -> Lent | None:
        """A loan with what was known to be back of it: the returns of its item by its borrower before the next such loan."""
        lent = super().loan(uid)
        if lent is None:
            return None
        back, ended = 0, None
        for quantity, day in self._returns(lent):
            back += quantity
            ended = day if back >= lent.quantity and ended is None else ended
        return replace(lent, back=back, ended=ended)

    def _returns(self, lent: Lent) -> list[tuple[int, date]]:
        """What came back of a loan, as far as it was known."""
        book, types = self._of, self._returning(lent.type)
        of_type, values = among(book.store, "entry.type", types)
        sql = f"""SELECT entry.seq, entry.quantity, entry.day, (SELECT min(later.seq) FROM loan later WHERE later.book = loan.book
                AND later.seq > loan.seq AND later.item = loan.item AND later.target = loan.target AND later.type = loan.type)
            FROM loan JOIN entry ON entry.book = loan.book AND entry.item = loan.item AND entry.source = loan.target AND entry.seq > loan.seq
            LEFT JOIN struck ON struck.book = entry.book AND struck.seq = entry.seq
            WHERE loan.book = ? AND loan.uid = ? AND {of_type} AND entry.kind = 'transfer' AND entry.seq <= ?
            AND (struck.by_seq IS NULL OR struck.by_seq > ?) ORDER BY entry.seq"""
        rows = book.store.rows(sql, [book.number, lent.uid, values, self._upto, self._upto])
        return [(int(row[1]), date.fromisoformat(row[2])) for row in rows if row[3] is None or row[0] < row[3]]

    def _returning(self, type_name: str) -> list[str]:
        """The transfers by which a loan comes back."""
        pack, name = self._of.catalogue.pack_of(type_name), type_name.partition(".")[2]
        return [one.type for one in (pack.transfers.values() if pack else ()) if one.returns == name]

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

