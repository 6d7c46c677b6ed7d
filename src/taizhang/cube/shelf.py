"""The entries of a book as columns, kept for questions; a question sees every entry accepted before it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from taizhang.cube.intake import CHUNK, Head, chunk, head, leaf
from taizhang.cube.layout import PLACE_COLUMNS, PLACES, STRUCK, Layout
from taizhang.cube.machine import Machine
from taizhang.cube.sealed import Sealed
from taizhang.cube.sealing import Work, forget, seal, sweep
from taizhang.cube.tail import Tail
from taizhang.ledger.book import Book
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.tree import root_of
from taizhang.ledger.tree_store import StoredNodes

FOLDER = "cube"
SEAL_FROM = 50_000
"""A tail of so many entries is sealed, by a thread beside whoever asked."""
MOST_IN_MEMORY = 500_000
"""Of a book that nobody sealed so far, so many entries are taken in before they are."""


class Shelf:
    """The columns of one book in one process; one thread at a time."""

    def __init__(self, book: Book, folder: Path | None = None, *, seal_from: int = SEAL_FROM, most_in_memory: int = MOST_IN_MEMORY) -> None:
        self.folder = (folder or book.folder / FOLDER).absolute()
        self.machine = Machine(self.folder)
        self._book = book
        self._seal_from, self._most = seal_from, most_in_memory
        self._sealed = Sealed(self.folder, book.origin)
        self._tail, self._leaf = Tail(), b""
        self._readers = 0
        self._tried: tuple[int, ...] = ()
        self._sealing: threading.Thread | None = None
        self._places = (-1, "")
        self._layouts: tuple[Catalogue, dict[str, Layout]] = (book.catalogue, {})

    def close(self) -> None:
        """No questions any more; what is being sealed is finished first."""
        self.wait()
        self._sealed.release()
        self.machine.close()

    def wait(self) -> None:
        """Until the thread that seals has ended, where there is one."""
        if self._sealing is not None:
            self._sealing.join()
            self._sealing = None

    # ---- reading ---------------------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The book with every entry accepted before now; what is accepted meanwhile is not seen."""
        now = self._take_in()
        reading = Reading(self, now)
        self._readers += 1
        try:
            yield reading
        finally:
            reading.end()
            self._readers -= 1
            self._seal_beside()

    def relation(self, type_name: str, until: int) -> tuple[str, list[str]]:
        """The SQL of the entries of a type until a number, and the names it lends for it."""
        layout = self._layout(type_name)
        segments, mended = self._sealed.of(self.machine, self._book, layout)
        lent = [self.machine.lend(table) for table in mended]
        tail = self._tail.relation(self.machine, layout, until)
        return f"({' UNION ALL '.join([*segments, *(f'SELECT * FROM {name}' for name in lent), tail])})", lent

    def unfit(self, type_name: str) -> list[tuple[int, str]]:
        """The entries of a type that say something not of its field's type (own, the field); few, if any. Withdrawn ones too."""
        layout = self._layout(type_name)
        return [] if type_name == STRUCK else [*self._sealed.unfit(self.machine, self._book, layout), *self._tail.unfit(type_name)]

    def _layout(self, type_name: str) -> Layout:
        """The columns of a type under the packs in force."""
        if self._layouts[0] is not self._book.catalogue:
            self._layouts = self._book.catalogue, {}
        known = self._layouts[1]
        if type_name not in known:
            known[type_name] = Layout.of(self._book.catalogue, type_name)
        return known[type_name]

    def places(self, now: Head) -> str:
        """The table of where places are; read again when one changed."""
        if self._places[0] != now.places:
            rows = self._book.store.rows("SELECT key, path, level, name FROM place ORDER BY key")
            columns = zip(*rows, strict=True) if rows else [()] * len(PLACE_COLUMNS)
            self.machine.drop(self._places[1])
            self._places = now.places, self.machine.keep(pa.table([list(column) for column in columns], schema=PLACE_COLUMNS))
        return self._places[1]

    def _take_in(self) -> Head:
        """Everything accepted before now, from segments and from the journal."""
        if not self._readers:
            self._adopt()
        now = head(self._book.store, self._book.number)
        self._book.keep_up(now.packs)  # entries are not read under an older pack
        if self._is_astray(now.size):
            self._sealed.release()
            self._lay(Tail())
            self._adopt()
        self._extend(now.size)
        return now

    def _is_astray(self, size: int) -> bool:
        """Whether the last entry known is not in the book any more: it was never committed, or the book is restored."""
        return self._leaf != b"" and (size < self._tail.size or self._leaf_of(self._tail.size) != self._leaf)

    def _extend(self, size: int) -> None:
        """Take in what is new."""
        if self._leaf and self._tail.size == size:
            return
        can_seal = not self._readers
        while self._tail.size < size:
            last = min(self._tail.size + CHUNK, size)
            self._tail.take(last, chunk(self._book.store, self._book.number, self._tail.size, last))
            if self._tail.rows >= self._most and can_seal:
                can_seal = self._seal_now()
        self._leaf = self._leaf_of(self._tail.size)

    def _leaf_of(self, seq: int) -> bytes:
        return leaf(self._book.store, self._book.number, seq)

    # ---- sealing ---------------------------------------------------------------------------------------------------------------

    def seal(self) -> bool:
        """Seal all there is, now; False where there is nothing new, where somebody else does, or where it cannot be done."""
        self.wait()
        self._take_in()
        return self._is_due(1) and self._seal_now()

    def rebuild(self) -> bool:
        """Make all segments anew from the journal; False where they cannot be written: then the tail holds everything."""
        self.wait()
        forget(self.folder, self._book.origin)
        return self.seal() or not self._tail.rows

    def _seal_now(self) -> bool:
        """Seal the tail as it is, after whoever is sealing; False where it cannot be done."""
        before = self._sealed.number
        if self._may_seal():
            seal(self.folder, self._work(), wait=True)
        self._adopt()
        return self._sealed.number != before

    def _seal_beside(self) -> None:
        """Let a thread seal what there is, where it is much; nobody waits for it. What failed is tried again when there is more."""
        tried = self._sealed.number, self._tail.rows // self._seal_from, len(self._sealed.mended)
        is_free = not self._readers and not (self._sealing and self._sealing.is_alive())
        if is_free and self._is_due(self._seal_from) and tried != self._tried and self._may_seal():
            self._tried = tried
            self._sealing = threading.Thread(target=seal, args=(self.folder, self._work()), name="taizhang-sealing")
            self._sealing.start()

    def _is_due(self, rows: int) -> bool:
        return self._tail.rows >= rows or bool(self._sealed.mended)

    def _may_seal(self) -> bool:
        """Not what may be undone yet."""
        connection = getattr(self._book.store, "connection", None)
        return self._tail.size > 0 and not getattr(connection, "in_atomic_block", False)

    def _work(self) -> Work:
        through = self._tail.size
        entries = {name: self._tail.raw(name) for name in self._tail.types()}
        types = {*entries, *(segment.type for segment in self._sealed.segments)}
        layouts = {name: self._layout(name) for name in types}
        root = self._root(through)
        return Work(
            self._book.origin, self._sealed.number, self._tail.after, through, root, layouts, entries, self._sealed.segments, self._sealed.mended
        )  # fmt: skip

    def _adopt(self) -> None:
        """Read what was sealed since, here or elsewhere, where it is of this book; the tail keeps only what came later."""
        if self._sealed.is_current():
            return
        self._sealed.open(self._book.size, self._root)
        sweep(self.folder)
        through = self._sealed.through
        if self._tail.after <= through <= self._tail.size:
            self._lay(self._tail.without(through), self._leaf)
        else:
            self._lay(Tail(through, through))

    def _lay(self, tail: Tail, last: bytes = b"") -> None:
        """Another tail in place of the one there was, and the leaf of its last entry where it is known."""
        self._tail.drop(self.machine)
        self._tail, self._leaf = tail, last

    def _root(self, through: int) -> str:
        """The root of the tree over so many entries, in hex."""
        return root_of(StoredNodes(self._book.store, self._book.number), through).hex()


class Reading:
    """A book at one moment. `size` is the number of the last entry it includes."""

    def __init__(self, shelf: Shelf, now: Head) -> None:
        self.size = now.size
        self._shelf, self._now = shelf, now
        self._relations: dict[str, str] = {}
        self._lent: list[str] = []

    def relation(self, type_name: str) -> str:
        """What stands in FROM, with an alias, for every entry of a type, red twins among them; KeyError where no pack knows it.

        `struck` is what was withdrawn (`own`) by what (`seq`), `places` the keys and paths of places.
        """
        if type_name not in self._relations:
            self._relations[type_name], lent = self._made(type_name)
            self._lent += lent
        return self._relations[type_name]

    def unfit(self) -> Mapping[str, list[tuple[int, str]]]:
        """By type, of what was asked for so far, the entries with a value that is not of its field's type: own, the field."""
        found = {name: self._shelf.unfit(name) for name in self._relations if name != PLACES}
        return {name: some for name, some in found.items() if some}

    def run(self, sql: str, params: Sequence[Any] = ()) -> pa.Table:
        """The rows of a question; `?` marks its parameters. InputError when it needs more time or memory than there is."""
        return self._shelf.machine.run(sql, params)

    def end(self) -> None:
        """Its relations mean nothing any more."""
        for name in self._lent:
            self._shelf.machine.take_back(name)
        self._relations, self._lent = {}, []

    def _made(self, type_name: str) -> tuple[str, list[str]]:
        return (self._shelf.places(self._now), []) if type_name == PLACES else self._shelf.relation(type_name, self.size)
