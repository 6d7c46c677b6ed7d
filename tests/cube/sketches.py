"""Random books that shrink: each act and each question is made from a seed of its own, so that of a book that fails hypothesis leaves
only the acts it takes, and prints them as they were entered.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from taizhang.core import Entry
from taizhang.cube import placing
from taizhang.cube.cube import Defined

from ..books import Databases, small_book
from .comparing import Compared
from .figure_books import Clerks, load_places
from .odd import catalogue
from .shelves import whole

SEEDS = st.lists(st.integers(0, 2**24 - 1), max_size=20)
"""Five on average. Several such lists are drawn for a book: of each what is not needed is left out again."""
ACTS, ASKED = 16, 5


@dataclass(frozen=True)
class Sketch:
    """The seeds of the acts of a book and of what is asked of it; whether places that lie oddly are listed in questions."""

    acts: tuple[int, ...]
    asked: tuple[int, ...]
    is_listed: bool


@dataclass
class Drawn:
    """A book made from a sketch, its clerks, and what is asked of it."""

    book: Compared
    clerks: Clerks
    asked: tuple[int, ...]

    def each(self) -> Iterator[Defined]:
        """An indicator for each question; what is asked of it is drawn from the book's `rng`."""
        known = [one for _, one in sorted(self.book.cube.indicators().items())]
        for seed in self.asked:
            self.book.rng = Random(seed)
            yield self.book.rng.choice(known)


@dataclass
class Shop:
    """Where books are made."""

    databases: Databases
    dialect: str
    folder: Path

    def over(self, count: int, check: Callable[[Drawn], None], asked: int = ASKED) -> Counter[str]:
        """Check so many random books, asked some five times `asked` questions each; what was seen in them, `books` among it."""
        numbers, seen = itertools.count(1), Counter[str]()

        @settings(max_examples=count)
        @given(sketch=_sketches(ACTS, asked))
        def each(sketch: Sketch) -> None:
            with _drawn(self.databases.address(self.dialect), self.folder / str(next(numbers)), sketch) as drawn:
                check(drawn)
                seen.update(drawn.book.seen, books=1, acts=len(drawn.clerks.acts))

        each()
        print(f"{self.dialect}: {dict(seen)}")
        assert seen["books"] >= count
        return seen


def _sketches(acts: int, asked: int) -> st.SearchStrategy[Sketch]:
    return st.builds(Sketch, _some(acts), _some(asked), st.booleans())


def _some(lists: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*[SEEDS] * lists).map(lambda drawn: tuple(seed for some in drawn for seed in some))


@contextmanager
def _drawn(address: str, folder: Path, sketch: Sketch) -> Iterator[Drawn]:
    with small_book(address, catalogue()) as book, pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "_FEW", 40 if sketch.is_listed else 0)
        load_places(book.store)
        clerks = Clerks(Random(0), book)
        for seed in sketch.acts:
            clerks.rng = Random(seed)
            clerks.post(1)
        note("\n".join(_told(one) for act in clerks.acts for one in act))
        yield Drawn(Compared(whole(book, folder), Random(0)), clerks, sketch.asked)


def _told(one: Entry) -> str:
    """An entry as a person reads it."""
    moved = f"{one.quantity} {one.item} {one.source} -> {one.target}" if one.quantity else ""
    return " ".join(filter(None, [one.kind, one.type, str(one.day), str(one.place), one.record, moved, str(one.data or ""), one.strikes]))
