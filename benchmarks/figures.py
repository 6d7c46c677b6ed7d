"""Figures as they are asked for, and the entries behind one, over a book of a province.

    python benchmarks/figures.py [--size 1000000] [--rounds 7]

Times are medians of the rounds by the clock, behind them the best. The answer of the cube is compared with the plain SQL over the
same columns before it is timed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median

from cube import QUESTIONS, TYPE, book_of
from taizhang.core import Period, Question, Scope
from taizhang.cube.cube import Cube
from taizhang.cube.shelf import Shelf
from taizhang.ledger.book import Book

FILTERS = {"kind": "超载", "vehicle": "货车"}
WHOLE = Period(date(2020, 1, 1), date(2022, 12, 31))


def timed(what: str, ask: Callable[[], object], rounds: int, bar: str = "") -> None:
    """Ask once to warm up, then so often; print the median and the best."""
    ask()
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    print(f"  {what}: {median(took):.1f} ms, best {min(took):.1f} ms{bar}")


def compared(cube: Cube, shelf: Shelf, question: Question) -> None:
    """The same total from the plain SQL of the columns."""
    sql, _ = QUESTIONS["every county × month"]
    with shelf.reading() as reading:
        plain = reading.run(sql.format(entries=reading.relation(TYPE), places=reading.relation("places"))).column("fines").to_pylist()
    total = sum((figure.value or 0 for figure in cube.figures(question)), Fraction())
    assert total == sum(map(Fraction, plain)), (total, sum(plain))


def measured(book: Book, shelf: Shelf, rounds: int) -> None:
    """One figure, a breakdown, the first page behind a figure of every entry."""
    cube = Cube(book, Scope.of_the_house("benchmark", on=date(2023, 6, 1)), date(2023, 6, 1))
    one = Question("traffic.fines", 430017, Period.read("2021-06"), of=FILTERS)
    every = Question("traffic.fines", 43, WHOLE, by=("county", "month"), of=FILTERS)
    count = Question("traffic.violations", 43, WHOLE)
    compared(cube, shelf, every)
    timed("one county, one month, two filters", lambda: cube.figure(one), rounds)
    timed("every county × month, two filters", lambda: cube.figures(every), rounds)
    timed(f"count of {int(cube.figure(count).value or 0):,} entries", lambda: cube.figure(count), rounds)
    timed("the first page of the entries behind it", lambda: cube.trace(count), rounds, "   ≤ 100 ms")
    timed("a page in the middle", lambda: cube.trace(count, after=book.size // 2), rounds)


def main() -> None:
    """Make the book and measure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--size", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=7)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as home, book_of(Path(home), told.size) as (book, shelf):
        book.__dict__["_shelf"] = shelf
        measured(book, shelf, told.rounds)


if __name__ == "__main__":
    main()
