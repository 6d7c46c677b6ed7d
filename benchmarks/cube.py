"""Figures over segments and tail, beside DuckDB's own table and PostgreSQL in the layout of DHIS2; a province of 100 million; a fresh entry.

    python benchmarks/cube.py [--sizes 1000000,10000000] [--rounds 7] [--no-postgres] [--province 100000000] [--only figure,fresh,province]

All sides of a ratio answer the same question over the same entries in turns, in one run; times are the best of the rounds by the clock,
behind a ratio stand those of the medians and of time on a processor. Answers are compared before they are timed. `--folder` is where the books are put (several gigabytes for
10 million entries); everything is removed at the end. Bars are those of docs/growing.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.ledger.entries import stop  # noqa: E402
from tests.postgres import NoPostgres, cluster  # noqa: E402

from cube_book import province  # noqa: E402
from cube_peers import TYPE, Dhis2, Native  # noqa: E402
from cube_province import whole_province  # noqa: E402
from journal_timing import Side  # noqa: E402
from taizhang.core import Period, Question, Scope  # noqa: E402
from taizhang.cube.cube import Cube  # noqa: E402
from taizhang.cube.shelf import Shelf  # noqa: E402
from taizhang.ledger.book import Book  # noqa: E402

PARTS = ("figure", "fresh", "province")
TAIL = 49_000
SLOW_ROUNDS = 3
_WHERE = "f_kind = '超载' AND f_vehicle = '货车'"
_WHERE_DHIS2 = r"dv.dataelementid = 1 AND dcs.kind = '超载' AND dcs.vehicle = '货车' AND NOT dv.deleted AND dv.value ~ '^-?[0-9]+(\.[0-9]+)?$'"
_JOINED = """datavalue dv JOIN _periodstructure ps ON dv.periodid = ps.periodid JOIN _orgunitstructure ous ON dv.sourceid = ous.organisationunitid
JOIN _categorystructure dcs ON dv.categoryoptioncomboid = dcs.categoryoptioncomboid"""
QUESTIONS = {
    "one county, one month": (
        f"""SELECT sum(sign * f_fine) AS fines FROM {{entries}} e JOIN {{places}} p ON p.key = e.place
        WHERE p.path LIKE '43/430017/%' AND day BETWEEN DATE '2021-06-01' AND DATE '2021-06-30' AND {_WHERE}""",
        f"SELECT sum(CAST(dv.value AS double precision)) FROM {_JOINED} WHERE ous.idlevel2 = 430017 AND ps.monthly = '202106' AND {_WHERE_DHIS2}",
    ),
    "every county × month": (
        f"""SELECT string_split(p.path, '/')[2] AS county, date_trunc('month', day) AS month, sum(sign * f_fine) AS fines
        FROM {{entries}} e JOIN {{places}} p ON p.key = e.place WHERE {_WHERE} GROUP BY ALL ORDER BY ALL""",
        f"SELECT ous.idlevel2, ps.monthly, sum(CAST(dv.value AS double precision)) FROM {_JOINED} WHERE {_WHERE_DHIS2} GROUP BY 1, 2 ORDER BY 1, 2",
    ),
}
"""What is asked: of us and of DuckDB's table in the same words, and of DHIS2's layout as its analytics ask it."""


def figures(book: Book, shelf: Shelf, folder: Path, server: object, rounds: int) -> dict[str, float]:
    """Each question in turns; our best seconds for it."""
    native = Native(folder / "native.duckdb", shelf)
    peer = Dhis2(server, native, folder) if server is not None else None  # type: ignore[arg-type]
    took: dict[str, float] = {}
    for name, (sql, dhis2_sql) in QUESTIONS.items():
        with shelf.reading() as reading:
            ours = sql.format(entries=reading.relation(TYPE), places=reading.relation("places"))
            asked: dict[str, Callable[[], object]] = {"ours": lambda ours=ours, reading=reading: reading.run(ours)}
            asked["native"] = lambda sql=sql: native.run(sql.format(entries="entries", places="places"))
            if peer:
                asked["DHIS2"] = lambda peer=peer, sql=dhis2_sql: peer.run(sql)
            assert reading.run(ours) == native.run(sql.format(entries="entries", places="places"))
            took[name] = _told(f"{name}, two filters, {reading.size:,} entries", _in_turns(asked, rounds))
    native.connection.close()
    return took


def _in_turns(asked: dict[str, Callable[[], object]], rounds: int) -> dict[str, Side]:
    found = {name: Side() for name in asked}
    for number in range(rounds + 1):
        for name, ask in asked.items():
            if not number:
                ask()  # the first round warms up
            elif name != "DHIS2" or number <= SLOW_ROUNDS:
                found[name].add(ask)
                found[name].close_round()
    return found


def _told(what: str, took: dict[str, Side]) -> float:
    """Print the ratios; our best seconds. `processor` is the same ratio in time on a processor, which others on the machine disturb less."""
    best = {name: side.best() for name, side in took.items()}
    middle = {name: median(one.wall for one in side.rounds) for name, side in took.items()}
    print(f"  {what}: " + ", ".join(f"{name} {one.wall * 1000:.1f} ms" for name, one in best.items()))
    ratio, own = best["ours"].wall / best["native"].wall, best["ours"].own / best["native"].own
    print(f"    {ratio:.2f} × DuckDB's own table (median {middle['ours'] / middle['native']:.2f}, processor {own:.2f})", end="")
    print(f"   ≤ 1 {'held' if ratio <= 1 else 'MISSED'}")
    if "DHIS2" in best:
        print(f"    the layout of DHIS2 takes {best['DHIS2'].wall / best['ours'].wall:.1f} × as long", end="")
        print(f" (median {middle['DHIS2'] / middle['ours']:.1f})   ≥ 20 at 10,000,000")
    return best["ours"].wall


def fresh(book: Book, shelf: Shelf, count: int = 300) -> None:
    """An entry accepted, then the figure asked, over a tail of about 50,000 entries."""
    cube = Cube(book, Scope.of_the_house("benchmark", on=date(2022, 12, 31)))
    book.__dict__["_shelf"] = shelf
    question = Question("traffic.violations", 430017, Period.read("2021-06"), of={"kind": "超载", "vehicle": "货车"})
    first, took, own = cube.figure(question).value, list[float](), list[float]()
    for number in range(count):
        book.journal.append([stop(1, place=430017003, **_said())])
        begun, busy = time.perf_counter(), time.process_time()
        figure = cube.figure(question)
        took.append(time.perf_counter() - begun)
        own.append(time.process_time() - busy)
        assert figure.as_of == book.size, number
        assert figure.value == first
    took.sort()
    p99 = took[int(len(took) * 0.99)] * 1000
    print(f"  an entry accepted, then the figure (tail of {TAIL:,} and more): median {median(took) * 1000:.1f} ms, p99 {p99:.1f} ms", end="")
    print(f" (processor {median(own) * 1000:.1f} ms)   ≤ 100 ms {'held' if p99 <= 100 else 'MISSED'}")


def _said() -> dict[str, object]:
    return {"kind": "超载", "vehicle": "货车", "fine": 20000}


@contextmanager
def book_of(folder: Path, size: int) -> Iterator[tuple[Book, Shelf]]:
    """A book, all but its last 49,000 entries in segments."""
    begun = time.perf_counter()
    with province(folder, size - TAIL) as (book, filling):
        print(f"{size:,} entries: filled in {time.perf_counter() - begun:.0f} s", end="", flush=True)
        shelf, begun = Shelf(book), time.perf_counter()
        shelf.seal()
        bytes_ = sum(path.stat().st_size for path in (folder / "cube").iterdir())
        print(f", read and sealed in {time.perf_counter() - begun:.0f} s, {bytes_ / (size - TAIL):.1f} bytes an entry", end="", flush=True)
        filling.until(size, size)
        for what in (", opened with every file checked, tail taken in, in", ", then in"):
            again, begun = Shelf(book), time.perf_counter()
            with again.reading() as reading:
                reading.run(f"SELECT count(*) FROM {reading.relation(TYPE)} AS e")
            print(f"{what} {time.perf_counter() - begun:.2f} s", end="")
            again.close()
        print(flush=True)
        yield book, shelf
        shelf.close()


def main() -> None:
    """Run the parts that are asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default="1000000")
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--no-postgres", action="store_true")
    asked.add_argument("--province", type=int, default=10_000_000)
    asked.add_argument("--only", default=",".join(PARTS))
    asked.add_argument("--folder", type=Path)
    told = asked.parse_args()
    parts = told.only.split(",")
    with ExitStack() as closing:
        home = Path(closing.enter_context(tempfile.TemporaryDirectory(dir=told.folder)))
        try:
            server = None if told.no_postgres or "figure" not in parts else closing.enter_context(cluster())
        except NoPostgres as reason:
            print(f"PostgreSQL is left out: {reason}")
            server = None
        sizes = [int(size) for size in told.sizes.split(",")] if {"figure", "fresh"} & set(parts) else []
        took = {}
        for size in sizes:
            (home / str(size)).mkdir()
            with book_of(home / str(size), size) as (book, shelf):
                if "figure" in parts:
                    took[size] = figures(book, shelf, home / str(size), server, told.rounds)
                if "fresh" in parts:
                    fresh(book, shelf)
        for name in QUESTIONS if len(took) > 1 else ():
            least, most = took[min(took)][name], took[max(took)][name]
            held = "held" if most <= 7 * least else "MISSED"
            print(f"  {name}: {max(took) // min(took)} times the entries take {most / least:.1f} times as long   ≤ 7 {held}")
        if "province" in parts:
            whole_province(home, told.province, told.rounds)


if __name__ == "__main__":
    main()
