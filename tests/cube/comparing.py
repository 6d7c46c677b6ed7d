"""Random books asked for figures both ways: over columns, and entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from taizhang.core import Figure, Period, Question, Scope
from taizhang.cube import Cube, Figures
from taizhang.cube.asking import with_entries
from taizhang.cube.cube import Defined
from taizhang.ledger.book import Book
from taizhang.packs import Register

from ..books import small_book
from .figure_books import DAYS, FIRST, PLACES, Clerks, load_places, paths
from .odd import catalogue
from .shelves import whole

HOUSE = Scope.of_the_house("the figures of a test")
TODAY = date(2024, 1, 1)
PATHS = paths()
LEVEL_BY = {"prefecture": 2, "county": 3, "township": 4, "village": 5}


@dataclass
class Compared:
    """A book, its cube, and what was asked of it."""

    whole: Book
    rng: Random
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def cube(self) -> Cube:
        """The figures, for somebody who may see all of them; a cube is made for every question, as commands do."""
        return Cube(self.whole, HOUSE, TODAY)

    # ---- the plain way ---------------------------------------------------------------------------------------------------------

    def plain(self, one: Defined, question: Question, place: Callable[[int], bool] | None = None) -> Fraction | None:
        """The figure entry by entry, without breakdown."""
        inside = place or (lambda key: PATHS[key].startswith(PATHS[question.place]))
        with self.whole.store.transaction():
            standings = self.whole.inside()
            return Figures(standings, catalogue(), inside).value(one.pack, one.indicator, question.period, question.of)

    def was_recorded(self, one: Defined, place: Callable[[int], bool], last: date) -> bool:
        """Whether anything an indicator is made from was entered there by then."""
        with self.whole.store.transaction():
            standings = self.whole.inside()
            types = {name for part in with_entries(one.pack, one.indicator) for name in _types(one, part.source or "")}
            return any(place(entry.place) for name in types for entry in standings.happened(name, date.min, last))

    # ---- questions -------------------------------------------------------------------------------------------------------------

    def question(self, one: Defined) -> Question:
        """A place, a period, and half of the time a cell of a breakdown."""
        place = self.rng.choice([43, 43, 43, 43, 4310, 4310, 431023, 431023, 431122, *PLACES])
        start = FIRST + timedelta(self.rng.randrange(-20, DAYS))
        some = Period(start, start + timedelta(self.rng.randrange(40)))
        periods = [Period(FIRST, FIRST + timedelta(DAYS)), some, Period.around(start, "month"), Period.around(start, "quarter"), Period(FIRST, date(2023, 12, 31))]
        of = dict([self.cell(one)]) if self.rng.random() < 0.3 and self.dimensions(one) else {}
        return Question(one.key, place, self.rng.choice(periods), of=of)

    def dimensions(self, one: Defined) -> list[str]:
        """The paths an indicator may be broken down by."""
        return sorted({path for part in (one.indicator, *with_entries(one.pack, one.indicator)) for path in part.by})

    def cell(self, one: Defined) -> tuple[str, str]:
        """A path and one of the values it might have."""
        values = ["水田", "旱地", "长期", "临时", "湿", "坡", "2", "3", "现金", "砂石土矿", "d1", "true", "2023-01-01", "甲库", "", "没有", "1"]
        return self.rng.choice(self.dimensions(one)), self.rng.choice(values)

    def compare(self, one: Defined, question: Question) -> None:
        """One figure both ways; a count of nothing is 0 only where something was recorded."""
        figure = self.cube.figure(question)
        self.same(one, figure, question, lambda key: PATHS[key].startswith(PATHS[question.place]))

    def same(self, one: Defined, figure: Figure, question: Question, place: Callable[[int], bool]) -> None:
        plain = self.plain(one, question, place)
        at = (figure.indicator, figure.place, str(figure.period), dict(figure.of))
        self.seen[figure.state] += 1
        if figure.value is not None:
            assert figure.value == plain, at
        elif plain is not None:
            assert figure.state == "no_record", at
            assert not self.was_recorded(one, place, question.period.last), at
        self.seen["not zero"] += bool(plain)


def _types(one: Defined, source: str) -> list[str]:
    register = one.pack.register(source)
    if register is None:
        return [f"{one.pack.name}.{source}"]
    things = [thing for thing in catalogue().things.values() if isinstance(thing, Register)]
    return [thing.type for thing in things if register.type in {above.type for above in catalogue().chain(thing)}]


@contextmanager
def compared(address: str, folder: Path, rng: Random, acts: int) -> Iterator[tuple[Compared, Clerks]]:
    """A random book and its cube."""
    with small_book(address, catalogue()) as book:
        load_places(book.store)
        clerks = Clerks(rng, book)
        clerks.post(acts)
        yield Compared(whole(book, folder), rng), clerks


def within(question: Question, figure: Figure) -> Callable[[int], bool]:
    """Which places count in a cell: those of its place, and for what stands above the level that place alone."""
    level = next((LEVEL_BY[word] for word in question.by if word in LEVEL_BY and word not in figure.of), 0)
    if not level:
        return lambda key: PATHS[key].startswith(PATHS[question.place])
    return lambda key: PATHS[key].startswith(PATHS[question.place]) and cell_of(key, level) == figure.place


def cell_of(key: int, level: int) -> int:
    """The place of a level that a place lies in, or itself: levels are told by the table, or by the digits of a stranger."""
    names = {2: "prefecture", 3: "county", 4: "township", 5: "village"}
    digits = {2: 4, 3: 6, 4: 9, 5: 12}
    for part in map(int, PATHS[key].rstrip("/").split("/")):
        own = PLACES[part][1] if part in PLACES else next((names[n] for n in digits if digits[n] == len(str(part))), "")
        if own == names[level]:
            return part
    return key
