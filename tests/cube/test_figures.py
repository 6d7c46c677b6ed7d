"""Figures over columns are those the rules read entry by entry, to the last digit: random books, every indicator, any question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from taizhang.core import STEPS, Figure, Question
from taizhang.cube import Cube, placing
from taizhang.cube.cube import Defined
from taizhang.cube.tracing import Traced

from ..books import Databases, small_book
from .comparing import LEVEL_BY, PATHS, Compared, compared, within
from .figure_books import load_places
from .odd import catalogue
from .shelves import whole

SUMS = ("sum(quantity)", "sum(hours)", "sum(fine)", "sum(lost)", "sum(restored)", "sum(deaths)", "sum(area)", "sum(balance")


@pytest.fixture(autouse=True, params=["places listed", "places asked"])
def places(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways in which places that lie otherwise than their digits say are told to the engine."""
    monkeypatch.setattr(placing, "_FEW", 40 if request.param == "places listed" else 0)


def test_figures_are_those_read_entry_by_entry(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count(2, 125)):
        rng = Random(f"figures {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 100 + seed % 3 * 120) as (one_book, _):
            for one in one_book.cube.indicators().values():
                for _ in range(2):
                    one_book.compare(one, one_book.question(one))
            seen += one_book.seen
    print(f"{dialect}: {dict(seen)}")
    assert seen["known"] > 60
    assert seen["not zero"] > 30


def test_a_breakdown_has_each_cell_as_it_is_asked_for_alone(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """Every cell is the figure of its place, stretch of days and values; what adds up adds up to the whole."""
    seen: Counter[str] = Counter()
    for seed in range(count(2, 125)):
        rng = Random(f"breakdown {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 150) as (one_book, _):
            for one in one_book.cube.indicators().values():
                question = replace(one_book.question(one), of={})
                question = replace(question, by=_dimensions(one_book, one, question.place))
                figures = one_book.cube.figures(question)
                seen["cells"] += len(figures)
                for figure in rng.sample(figures, min(4, len(figures))):
                    alone = replace(question, by=(), of=figure.of, period=figure.period)
                    one_book.same(one, figure, alone, within(question, figure))
                seen["summed"] += _adds_up(one_book, one, question, figures)
            seen += one_book.seen
    print(f"{dialect}: {dict(seen)}")
    assert seen["not zero"] > 30
    assert seen["summed"] > 12


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


def test_as_of_an_entry_it_is_the_figure_of_a_book_that_ends_there(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count(2, 125)):
        rng = Random(f"as of {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 200) as (one_book, clerks):
            kept = rng.randrange(len(clerks.acts) // 3, len(clerks.acts))
            with small_book(databases.address(dialect), catalogue()) as short:
                load_places(short.store)
                for act in clerks.acts[:kept]:
                    short.journal.append([tuple(act)])
                earlier = Compared(whole(short, tmp_path / f"{seed} short"), rng)
                size = sum(map(len, clerks.acts[:kept]))
                for one in one_book.cube.indicators().values():
                    question = one_book.question(one)
                    then, now = one_book.cube.figure(replace(question, as_of=size)), earlier.cube.figure(question)
                    assert (then.value, then.state) == (now.value, now.state), question
                    earlier.same(one, then, question, lambda key, asked=question.place: PATHS[key].startswith(PATHS[asked]))
                seen += earlier.seen
    print(f"{dialect}: {dict(seen)}")
    assert seen["not zero"] > 15


def test_the_entries_behind_a_figure_add_up_to_it(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count(2, 125)):
        rng = Random(f"trace {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 200) as (one_book, _):
            for one in one_book.cube.indicators().values():
                question = one_book.question(one)
                figure, rows = one_book.cube.figure(question), _all_traced(one_book.cube, question, rng)
                assert [row.seq for row in rows] == sorted(row.seq for row in rows)
                assert sorted({row.seq for row in rows}) == one_book.cube.entries(question)
                assert all(row.line is not None and row.line.struck_by is None for row in rows)
                if one.indicator.value.startswith(SUMS) or (one.indicator.source and all(row.adds is not None for row in rows)):
                    assert sum((row.adds or 0 for row in rows), Fraction()) == (figure.value or 0), question
                    seen["added up"] += bool(rows)
                seen["entries"] += len(rows)
    print(f"{dialect}: {dict(seen)}")
    assert seen["added up"] > 12


def _all_traced(cube: Cube, question: Question, rng: Random) -> list[Traced]:
    """All pages of a trace, of a few entries each."""
    found: list[Traced] = []
    limit = rng.randint(1, 9)
    while page := cube.trace(question, found[-1].seq if found else 0, limit):
        found += page
    return found
