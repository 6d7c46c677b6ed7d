"""The package's places into the database. What a county's own list has said stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from taizhang.core import Problem
from taizhang.ledger.places import saving
from taizhang.ledger.places.names import form
from taizhang.ledger.places.package import PlaceRow
from taizhang.ledger.places.schemes import LEVELS, STAT, above
from taizhang.ledger.places.spans import Spell
from taizhang.ledger.places.tree import Node
from taizhang.ledger.store import Store

BATCH = 5_000
VILLAGE = LEVELS[4]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in places. `kept` are those the package names otherwise than the book; with problems nothing was loaded."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    problems: tuple[Problem, ...] = ()


def load_package(store: Store, rows: Iterable[PlaceRow], tell: Callable[[int], None] | None = None) -> Loaded:
    """Add what the database does not have; all in one transaction. `tell` is called with the count of places done so far.

    A code that is known is left as it is: its name and place in the tree may come from the county's own list.
    """
    loading = _Loading(store)
    with store.transaction():
        saving.hold(store)
        for batch in _batches(rows):
            loading.take(batch)
            if tell:
                tell(loading.added + loading.there)
    return Loaded(added=loading.added, unchanged=loading.there - loading.kept, kept=loading.kept)


def _batches(rows: Iterable[PlaceRow]) -> Iterator[list[PlaceRow]]:
    """Rows of one level at a time, so that the places above are there before."""
    for _, level in groupby(rows, key=lambda row: row.level):
        while batch := list(islice(level, BATCH)):
            yield batch


class _Loading:
    """What has been loaded so far, and where the places above villages are, by code."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._paths: dict[str, str] = {}
        self.added = self.there = self.kept = 0

    def take(self, batch: list[PlaceRow]) -> None:
        """Places of one level."""
        known = saving.stated(self._store, STAT.name, [_code(row) for row in batch])
        new = [row for row in batch if _code(row) not in known]
        there = [row for row in batch if _code(row) in known]
        places = [(row.key, Node(self._path(row), row.level, row.name)) for row in new]
        saving.add(self._store, places, [Spell(STAT.name, _code(row), row.key, row.name) for row in new])
        if batch[0].level != VILLAGE:
            self._paths |= {_code(row): node.path for row, (_, node) in zip(new, places, strict=True)}
            paths = saving.paths(self._store, [known[_code(row)][-1][0] for row in there])
            self._paths |= {_code(row): paths[known[_code(row)][-1][0]] for row in there}
        self.added += len(new)
        self.there += len(there)
        self.kept += sum(not _is_named(row, known[_code(row)]) for row in there)

    def _path(self, row: PlaceRow) -> str:
        """Below its parent, wherever a county's list has put that."""
        parent = above(STAT, _code(row))
        return f"{self._paths[parent] if parent else ''}{row.key}/"


def _code(row: PlaceRow) -> str:
    return row.codes[0][1]


def _is_named(row: PlaceRow, known: list[tuple[int, str]]) -> bool:
    return any(form(row.name) == form(name) for _, name in known)
