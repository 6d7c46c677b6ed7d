"""Books whose entries are kept in columns, and what the columns must hold, read from the journal entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from taizhang.core import Entry
from taizhang.cube.layout import Layout
from taizhang.cube.manifest import Manifest, open_newest
from taizhang.cube.shelf import Reading, Shelf
from taizhang.ledger import KeyFile
from taizhang.ledger.book import Book
from taizhang.ledger.store import Store
from taizhang.ledger.writing import READ, entry_of

from ..books import ORIGIN, SmallBook
from ..ledger.entries import mine, stop, struck


def whole(book: SmallBook, folder: Path) -> Book:
    """A small book as the rooms above the journal know it."""
    folder.mkdir(exist_ok=True)
    return Book(folder, book.alias, book.store, book.number, ORIGIN, 43, KeyFile(folder / "keys"), book.catalogue, book.journal)


@contextmanager
def shelf_of(book: SmallBook, folder: Path) -> Iterator[Shelf]:
    """The columns of a small book, segments in `folder`/cube."""
    made = Shelf(whole(book, folder))
    try:
        yield made
    finally:
        made.close()


def rows(reading: Reading, type_name: str) -> list[dict[str, Any]]:
    """What a relation holds, each twin behind what it withdraws."""
    return reading.run(f"SELECT * FROM {reading.relation(type_name)} AS r ORDER BY own, seq").to_pylist()


def journal(store: Store, book: int) -> dict[int, Entry]:
    """Every entry by its number."""
    found = store.rows(f"SELECT seq, {READ} FROM entry WHERE book = ? ORDER BY seq", [book])
    return {row[0]: entry_of(row[1:]) for row in found}


def expected(book: SmallBook, type_name: str) -> list[dict[str, Any]]:
    """The same rows from the journal: every entry of the type, and a twin for each that was struck."""
    entries = journal(book.store, book.number)
    numbers = {entry.uid: seq for seq, entry in entries.items()}
    found = []
    for seq, entry in entries.items():
        own = numbers[entry.strikes] if entry.strikes else seq
        if entry.type == type_name:
            found.append(_row(book, entries[own], seq, own))
    return sorted(found, key=lambda row: (row["own"], row["seq"]))


def expected_struck(book: SmallBook) -> list[dict[str, int]]:
    """What was withdrawn by what."""
    entries = journal(book.store, book.number)
    numbers = {entry.uid: seq for seq, entry in entries.items()}
    return [{"own": numbers[entry.strikes], "seq": seq} for seq, entry in entries.items() if entry.strikes]


def types_of(book: SmallBook) -> list[str]:
    """The types that have entries."""
    return sorted({entry.type for entry in journal(book.store, book.number).values()})


def assert_holds(shelf: Shelf, book: SmallBook) -> int:
    """Every relation of a book holds what its journal does; how many rows there were."""
    with shelf.reading() as reading:
        held = {name: rows(reading, name) for name in types_of(book)}
        struck = reading.run(f"SELECT * FROM {reading.relation('struck')} AS r ORDER BY seq").to_pylist()
    for name, found in held.items():
        assert found == expected(book, name), name
    assert struck == expected_struck(book)
    return sum(map(len, held.values()))


def _row(book: SmallBook, entry: Entry, seq: int, own: int) -> dict[str, Any]:
    unknown = [name for name, value in entry.data.items() if value is None]
    return {
        "seq": seq, "own": own, "sign": 1 if seq == own else -1, "day": entry.day, "place": entry.place, "record": entry.record,
        "item": entry.item, "source": entry.source, "target": entry.target, "quantity": entry.quantity, "due": entry.due,
        "unknown": unknown or None, "unfit": None, **_fields(book, entry),
    }  # fmt: skip


def _fields(book: SmallBook, entry: Entry) -> Mapping[str, Any]:
    """The plain fields as expressions see them; those of the book's own entries as they are written."""
    thing = book.catalogue.things.get(entry.type)
    names = Layout.of(book.catalogue, entry.type).fields
    if thing is None:
        return {f"f_{name}": _own_value(entry, name) for name in names}
    values = {name: thing.fields[name].expressed(entry.data.get(name)) for name in names}
    return {f"f_{name}": _plain(thing.fields[name].type.kind, value) for name, value in values.items()}


def _plain(kind: str, value: Any) -> Any:
    """As a column holds it: several choices as a list, and a text is a text whatever JSON it was written in."""
    if isinstance(value, tuple):
        return list(value)
    return str(value) if kind == "text" and value is not None else value


def _own_value(entry: Entry, name: str) -> Any:
    value = entry.data.get(name)
    return date.fromisoformat(str(value)) if name == "due" and value else value


def segments(folder: Path) -> list[Path]:
    """The segment files of a book."""
    return sorted((folder / "cube").glob("*.parquet"))


def manifest(folder: Path) -> Manifest:
    """The manifest that counts."""
    held = open_newest(folder / "cube")
    assert held is not None
    held.release()
    return held.manifest


def filled(book: SmallBook, count: int = 30) -> None:
    """Stops of drivers, every fifth struck, and registered mines."""
    entries = [stop(1 + n % 28, fine=100 * n) for n in range(count)]
    book.journal.append([*entries, *(mine(f"m{n}", area=f"{n}.5") for n in range(count // 3))])
    book.journal.append([struck(one) for one in entries[::5]])
