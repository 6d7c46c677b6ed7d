"""The entries of a book as columns, kept for questions; a question sees every entry accepted before it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from taizhang.cube.intake import Head, head, leaf, taken
from taizhang.cube.layout import PLACE_COLUMNS, PLACES, STRUCK, Layout
from taizhang.cube.machine import Machine
from taizhang.cube.tail import Tail
from taizhang.ledger.book import Book

FOLDER = "cube"


class Shelf:
    """The columns of one book in one process; one thread at a time."""

    def __init__(self, book: Book, folder: Path | None = None) -> None:
        self.folder = folder or book.folder / FOLDER
        self.machine = Machine(self.folder)
        self._book = book
        self._tail, self._leaf = Tail(), b""
        self._places: tuple[int, pa.Table] | None = None

    def close(self) -> None:
        """No questions any more."""
        self.machine.close()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The book with every entry accepted before now; what is accepted meanwhile is not seen."""
        now = head(self._book.store, self._book.number)
        self._book.keep_up(now.packs)  # entries are not read under an older pack
        self._extend(now.size)
        reading = Reading(self, now)
        try:
            yield reading
        finally:
            reading.end()

    def places(self, now: Head) -> pa.Table:
        """Where places are; read again when one changed."""
        if self._places is None or self._places[0] != now.places:
            rows = self._book.store.rows("SELECT key, path, level, name FROM place ORDER BY key")
            columns = zip(*rows, strict=True) if rows else [()] * len(PLACE_COLUMNS)
            self._places = now.places, pa.table([list(column) for column in columns], schema=PLACE_COLUMNS)
        return self._places[1]

    def table(self, type_name: str, until: int) -> pa.Table:
        """The newest entries of a type, until a number; under `struck` what was withdrawn by what."""
        table = self._tail.struck() if type_name == STRUCK else self._tail.table(self.machine, Layout.of(self._book.catalogue, type_name))
        return table if self._tail.size == until else table.filter(pc.less_equal(table["seq"], until))

    def _extend(self, size: int) -> None:
        """Take in what is new. Where the last entry known is not there any more (it was never committed), start anew."""
        store, number = self._book.store, self._book.number
        if size < self._tail.size or leaf(store, number, self._tail.size) != self._leaf:
            self._tail = Tail()
        if size == self._tail.size:
            return
        for last, found in taken(store, number, self._tail.size, size):
            self._tail.take(last, found)
        self._leaf = leaf(store, number, size)


class Reading:
    """A book at one moment. `size` is the number of the last entry it includes."""

    def __init__(self, shelf: Shelf, now: Head) -> None:
        self.size = now.size
        self._shelf, self._now = shelf, now
        self._lent: dict[str, str] = {}

    def relation(self, type_name: str) -> str:
        """What stands in FROM for every entry of a type, red twins among them; KeyError where no pack knows it.

        `struck` is what was withdrawn (`own`) by what (`seq`), `places` the keys and paths of places.
        """
        if type_name not in self._lent:
            self._lent[type_name] = self._shelf.machine.lend(self._table(type_name))
        return self._lent[type_name]

    def run(self, sql: str, params: Sequence[Any] = ()) -> pa.Table:
        """The rows of a question; `?` marks its parameters. InputError when it needs more time or memory than there is."""
        return self._shelf.machine.run(sql, params)

    def end(self) -> None:
        """Its relations mean nothing any more."""
        for name in self._lent.values():
            self._shelf.machine.take_back(name)
        self._lent = {}

    def _table(self, type_name: str) -> pa.Table:
        return self._shelf.places(self._now) if type_name == PLACES else self._shelf.table(type_name, self.size)
