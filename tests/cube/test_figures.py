"""Figures over columns are those the rules read entry by entry, to the last digit: random books, every indicator, any question.

In full, 500 books are compared entry by entry, a fifth of them on PostgreSQL, and 200 each for breakdowns, moments and traces.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from taizhang.core import STEPS, Figure, Question
from taizhang.cube import Cube
from taizhang.cube.cube import Defined
from taizhang.cube.tracing import Traced

from ..books import Databases, small_book
from .comparing import LEVEL_BY, PATHS, Compared, within
from .figure_books import load_places
from .odd import catalogue
from .shelves import whole
from .sketches import Drawn, Shop

SUMS = ("sum(quantity)", "sum(hours)", "sum(fine)", "sum(lost)", "sum(restored)", "sum(deaths)", "sum(area)", "sum(balance")
SHARE = {"sqlite": 4, "postgres": 1}
"""Of five books, so many stand on each database."""
Books = Callable[[int, int], int]


@pytest.fixture
def shop(databases: Databases, dialect: str, tmp_path: Path) -> Shop:
    """Where random books are made."""
    return Shop(databases, dialect, tmp_path)


@pytest.fixture
def books(dialect: str, count: Callable[[int, int], int]) -> Books:
    """How many of them, small and in full: this database's share."""
    return lambda small, full: count(small, full * SHARE[dialect] // 5)


def test_figures_are_those_read_entry_by_entry(shop: Shop, books: Books) -> None:
    def check(drawn: Drawn) -> None:
        for one in drawn.each():
            drawn.book.compare(one, drawn.book.question(one))

    seen = shop.over(books(8, 500), check)
    assert seen["known"] > 2 * seen["books"]
    assert seen["not zero"] > seen["books"]


def test_a_breakdown_has_each_cell_as_it_is_asked_for_alone(shop: Shop, books: Books) -> None:
    """Every cell is the figure of its place, stretch of days and values; what adds up adds up to the whole."""

    def check(drawn: Drawn) -> None:
        book = drawn.book
        for one in drawn.each():
            question = replace(book.question(one), of={})
            question = replace(question, by=_dimensions(book, one, question.place))
            figures = book.cube.figures(question)
            book.seen["cells"] += len(figures)
            for figure in book.rng.sample(figures, min(4, len(figures))):
                alone = replace(question, by=(), of=figure.of, period=figure.period)
                book.same(one, figure, alone, within(question, figure))
            book.seen["summed"] += _adds_up(book, one, question, figures)

    seen = shop.over(books(8, 200), check, asked=3)
    assert seen["not zero"] > seen["books"] // 2
    assert seen["summed"] > seen["books"] // 3


def _dimensions(compared: Compared, one: Defined, place: int) -> tuple[str, ...]:
    """One to three dimensions, of which one is a level of places below that one, and one a step of time, at most."""
    rng, depth = compared.rng, PATHS[place].count("/")
    levels = [word for word, at in LEVEL_BY.items() if at >= depth and word not in compared.dimensions(one)]
    steps = [step for step in STEPS if step != "day" or one.indicator.kind == "flow"]
    ways = [*rng.sample(levels, 1 if levels else 0), rng.choice(steps), *compared.dimensions(one)]
    return tuple(rng.sample(ways, min(len(ways), rng.randint(1, 3))))


def _adds_up(compared: Compared, one: Defined, question: Question, figures: Sequence[Figure]) -> int:
    """Sums and counts over entries add up to the whole, unless an entry stands in several cells."""
    simple = one.indicator.value.startswith(("sum(quantity", "sum(hours", "count()", "sum(cost", "sum(fine"))
    several = set(question.by) & {"ways", "plot.marks", "marks"}
    at_days = set(question.by) & set(STEPS) and (one.indicator.kind == "stock" or one.pack.register(one.indicator.source or ""))
    if not simple or several or at_days:
        return 0
    whole_one = compared.cube.figure(replace(question, by=()))
    assert sum((figure.value or 0 for figure in figures), Fraction()) == (whole_one.value or 0), question
    return 1


def test_as_of_an_entry_it_is_the_figure_of_a_book_that_ends_there(shop: Shop, books: Books) -> None:
    numbers = itertools.count(1)

    def check(drawn: Drawn) -> None:
        acts, rng = drawn.clerks.acts, Random(len(drawn.clerks.acts))
        kept = acts[: rng.randint(len(acts) // 3, len(acts))]
        with small_book(shop.databases.address(shop.dialect), catalogue()) as short:
            load_places(short.store)
            for act in kept:
                short.journal.append([tuple(act)])
            earlier = Compared(whole(short, shop.folder / f"short {next(numbers)}"), rng)
            for one in drawn.each():
                question = drawn.book.question(one)
                then, now = drawn.book.cube.figure(replace(question, as_of=sum(map(len, kept)))), earlier.cube.figure(question)
                assert (then.value, then.state) == (now.value, now.state), question
                earlier.same(one, then, question, lambda key, asked=question.place: PATHS[key].startswith(PATHS[asked]))
        drawn.book.seen += earlier.seen

    seen = shop.over(books(8, 200), check, asked=3)
    assert seen["not zero"] > seen["books"] // 3


def test_the_entries_behind_a_figure_add_up_to_it(shop: Shop, books: Books) -> None:
    def check(drawn: Drawn) -> None:
        book = drawn.book
        for one in drawn.each():
            question = book.question(one)
            figure, rows = book.cube.figure(question), _all_traced(book.cube, question, book.rng)
            assert [row.seq for row in rows] == sorted(row.seq for row in rows)
            assert sorted({row.seq for row in rows}) == book.cube.entries(question)
            assert all(row.line is not None and row.line.struck_by is None for row in rows)
            if one.indicator.value.startswith(SUMS) or (one.indicator.source and all(row.adds is not None for row in rows)):
                assert sum((row.adds or 0 for row in rows), Fraction()) == (figure.value or 0), question
                book.seen["added up"] += bool(rows)
            book.seen["entries"] += len(rows)

    seen = shop.over(books(8, 200), check, asked=3)
    assert seen["added up"] > seen["books"] // 3


def _all_traced(cube: Cube, question: Question, rng: Random) -> list[Traced]:
    """All pages of a trace, of a few entries each."""
    found: list[Traced] = []
    limit = rng.randint(1, 9)
    while page := cube.trace(question, found[-1].seq if found else 0, limit):
        found += page
    return found
