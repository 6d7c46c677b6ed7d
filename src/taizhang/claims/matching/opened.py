"""A book as claims are matched with it: its figures, its words, its places, within the scope of whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from taizhang.claims.matching.cells import Cells
from taizhang.claims.matching.lexicon import Lexicon, lexicon
from taizhang.claims.matching.profiles import Profile, Profiles
from taizhang.claims.matching.tallies import by_name
from taizhang.claims.matching.whereabouts import Whereabouts
from taizhang.core import Figure, InputError, Question, Scope
from taizhang.cube import Cube
from taizhang.ledger.book import Book
from taizhang.ledger.places.tree import Tree
from taizhang.ledger.reading import Reader

FIRST = 3
"""So many entries are told of a figure; the rest open with `taizhang figure --trace`."""
_UPPER = ("province", "prefecture")


@dataclass
class OpenBook:
    """What matching asks of a book. What was asked once is kept for as long as one text is judged."""

    book: Book
    scope: Scope

    def __post_init__(self) -> None:
        self.cube = Cube(self.book, self.scope)
        self._figures: dict[tuple[object, ...], Figure | None] = {}

    @property
    def lexicon(self) -> Lexicon:
        """The words of general Chinese."""
        return lexicon()

    @cached_property
    def profiles(self) -> Profiles:
        """The indicators of every pack installed, as their words tell them."""
        return Profiles.of(self.cube.indicators().values(), self.lexicon)

    @cached_property
    def called(self) -> dict[str, list[Profile]]:
        """The indicators by each of their names."""
        return by_name(self.profiles.all)

    @cached_property
    def cells(self) -> Cells:
        """The cells of their breakdowns."""
        return Cells(Reader(self.book, self.scope), self.lexicon)

    @cached_property
    def places(self) -> Whereabouts:
        """The places of the book."""
        tree = Tree.of(self.book.store)
        return Whereabouts(tree, tree.nodes[self.book.place].path)

    @property
    def home(self) -> int | None:
        """The place a text means that names none: the book's own, where that is no province or prefecture."""
        return None if self.places.level(self.book.place) in _UPPER else self.book.place

    @cached_property
    def first_day(self) -> date:
        """The day of the first entry of a programme; before it the book knows nothing."""
        rows = self.book.store.rows("SELECT min(day) FROM entry WHERE book = ? AND type NOT LIKE 'book.%'", [self.book.number])
        return date.fromisoformat(rows[0][0]) if rows and rows[0][0] else date.max

    def has_entries(self, place: int) -> bool:
        """Whether anything at all is told of a place or one below it."""
        path = self.places.path(place)
        return any(known.startswith(path) for known in self._told_of)

    @cached_property
    def _told_of(self) -> list[str]:
        """The paths of the places of all entries: one walk through the book, where a text needs it at all."""
        sql = "SELECT DISTINCT place FROM entry WHERE book = ? AND type NOT LIKE 'book.%'"
        places = [int(row[0]) for row in self.book.store.rows(sql, [self.book.number])]
        return [self.places.path(place) for place in places if self.places.known(place)]

    def figure(self, question: Question) -> Figure | None:
        """The figure a question asks for; None where the scope does not reach or it cannot be placed."""
        asked = (question.indicator, question.place, question.period, tuple(sorted(question.of.items())))
        if asked not in self._figures:
            self._figures[asked] = self._asked(lambda: self.cube.figure(question))
        return self._figures[asked]

    def entries(self, figure: Figure) -> tuple[str, ...]:
        """The first entries behind a figure: their numbers and days."""
        question = Question(figure.indicator, figure.place, figure.period, of=figure.of, as_of=figure.as_of)
        rows = self.cube.trace(question, limit=FIRST)
        return tuple(f"#{row.seq}" + (f" {row.line.entry.day}" if row.line else "") for row in rows)[:FIRST]

    @staticmethod
    def _asked(ask: Callable[[], Figure]) -> Figure | None:
        try:
            return ask()
        except InputError:
            return None
