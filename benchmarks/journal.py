"""A book's journal beside the plainest way to do the same, in one run: appending, verifying, growing, replaying.

    python benchmarks/journal.py [--entries 100000] [--rounds 3] [--no-postgres] [--only bulk,single,verify,growth,replay]

Both sides of a ratio take turns, batch by batch, on the same disk with the same durability (SQLite: WAL, synchronous=FULL;
PostgreSQL: a cluster of its own, fsync on). The best of the rounds counts for each side. A busy machine
slows both; the processor time of this process is told beside where the database runs in it.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # books are made as the tests make them

from tests.books import SmallBook  # noqa: E402
from tests.postgres import NoPostgres, cluster  # noqa: E402

from journal_books import Places, rows_of  # noqa: E402
from journal_desk import checked, mines_office, proposals, taken  # noqa: E402
from journal_entries import Mix  # noqa: E402

BATCH = 10_000
PARTS = ("bulk", "single", "posting", "verify")


class Took(NamedTuple):
    """Seconds by the clock, and of this process on a processor."""

    wall: float = 0.0
    own: float = 0.0

    def plus(self, other: Took) -> Took:
        """Both together."""
        return Took(self.wall + other.wall, self.own + other.own)


def timed(work: Callable[[], object]) -> Took:
    wall, own = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - own)


class Side:
    """One side of a comparison: its name, and the best of each kind of time over the rounds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rounds: list[Took] = []

    def best(self) -> Took:
        """The least of each kind of time over the rounds."""
        return Took(min(r.wall for r in self.rounds), min(r.own for r in self.rounds))


def told(what: str, count: int, ours: Side, other: Side, bar: float | None, own: bool) -> bool:
    """Print a ratio of rates and whether it holds its bar."""
    a, b = ours.best(), other.best()
    ratio = b.wall / a.wall
    spread = sorted(y.wall / x.wall for x, y in zip(ours.rounds, other.rounds, strict=True))
    processor = f"   of processor time {b.own / a.own:5.2f}" if own else ""
    held = bar is None or ratio >= bar
    end = "" if bar is None else f"   bar {bar:.2f} {'held' if held else 'MISSED'}"
    print(
        f"  {what:52} {a.wall / count * 1e6:8.2f} µs : {b.wall / count * 1e6:8.2f} µs   ratio {ratio:5.2f}"
        f" (rounds {spread[0]:.2f} to {spread[-1]:.2f}){processor}{end}"
    )
    return held


def bulk(places: Places, count: int, rounds: int) -> list[bool]:
    """Append in batches, beside the finished rows into a plain table, without and with the same key and indexes."""
    ours, bare, same = Side("book"), Side("bare"), Side("same")
    for number in range(rounds):
        with ExitStack() as stack:
            book = stack.enter_context(places.book())
            plain = {side: stack.enter_context(places.plain(indexed=side is same)) for side in (bare, same)}
            sums = {side: Took() for side in (ours, bare, same)}
            first = 1
            for entries in Mix(number).batches(count, BATCH):
                rows = rows_of(entries, first)
                first += len(entries)
                gc.collect()
                sums[ours] = sums[ours].plus(timed(lambda book=book, entries=entries: book.journal.append(entries)))
                for side, table in plain.items():
                    sums[side] = sums[side].plus(timed(lambda table=table, rows=rows: table.write(rows)))
            for side, took in sums.items():
                side.rounds.append(took)
    own = places.dialect == "sqlite"
    if own:
        return [
            told("bulk append : executemany of the bare columns", count, ours, bare, 0.30, own),
            told("bulk append : executemany, same key and indexes", count, ours, same, 0.45, own),
        ]
    told("bulk append : COPY into the bare columns", count, ours, bare, None, own)
    held = told("bulk append : COPY, same key and indexes", count, ours, same, 0.25, own)
    return [held]


def single(places: Places, count: int, rounds: int) -> list[bool]:
    """One entry a transaction, beside one plain insert a transaction, into books that have entries."""
    ours, plain = Side("book"), Side("plain")
    with places.book() as book, places.plain(indexed=True) as table:
        mix, first = Mix(), BATCH + 1
        begun = mix.batch(BATCH)
        book.journal.append(begun)
        table.write(rows_of(begun, 1))
        for _ in range(rounds):
            ours_sum = plain_sum = Took()
            for entry in mix.batch(count):
                (row,) = rows_of([entry], first)
                first += 1
                ours_sum = ours_sum.plus(timed(lambda entry=entry: book.journal.append([entry])))
                plain_sum = plain_sum.plus(timed(lambda row=row: table.write_one(row)))
            ours.rounds.append(ours_sum)
            plain.rounds.append(plain_sum)
    return [told("one entry a transaction : plain single-row insert", count, ours, plain, 0.50, places.dialect == "sqlite")]


def posting(places: Places, count: int, rounds: int) -> list[bool]:
    """One entry a transaction, judged by its pack, beside one plain insert a transaction; and the whole act at a desk."""
    ours, whole, plain = Side("checked"), Side("desk"), Side("plain")
    with mines_office(places) as desk, places.plain(indexed=True) as table:
        mix, first = Mix(), 1
        for number in range(rounds):
            sums = dict.fromkeys((ours, whole, plain), Took())
            for one, other, row in zip(proposals(desk, count, number), proposals(desk, count, -number - 1), rows_of(mix.batch(count), first), strict=True):
                sums[ours] = sums[ours].plus(timed(lambda one=one: checked(desk, one)))
                sums[whole] = sums[whole].plus(timed(lambda other=other: taken(desk, [other])))
                sums[plain] = sums[plain].plus(timed(lambda row=row: table.write_one(row)))
            first += count
            for side, took in sums.items():
                side.rounds.append(took)
    own = places.dialect == "sqlite"
    held = told("one entry a transaction, checked : plain insert", count, ours, plain, 0.50, own)
    told("one act at a desk, logged : plain insert", count, whole, plain, None, own)
    return [held]


def verifying(places: Places, count: int, rounds: int) -> list[bool]:
    """Every leaf and the tree from what is stored, beside reading the rows."""
    from taizhang.ledger.verify import verify

    ours, plain = Side("book"), Side("plain")
    with places.book() as book:
        for entries in Mix().batches(count, BATCH):
            book.journal.append(entries)
        for _ in range(rounds):
            ours.rounds.append(timed(lambda: verify(book.store, book.number, None)))
            plain.rounds.append(timed(lambda: read_all(book)))
    return [told("verify : plain read of the rows", count, ours, plain, 0.50, places.dialect == "sqlite")]


def read_all(book: SmallBook) -> None:
    """The rows in order, as the store hands them over."""
    for _ in book.store.stream("SELECT * FROM entry WHERE book = ? ORDER BY seq", [book.number]):
        pass


@contextmanager
def all_places(postgres: bool) -> Iterator[list[Places]]:
    """SQLite, and PostgreSQL where it is installed and wanted."""
    with tempfile.TemporaryDirectory(prefix="taizhang-journal-") as folder, ExitStack() as stack:
        found = [Places("sqlite", Path(folder))]
        try:
            if postgres:
                found.append(Places("postgres", Path(folder), stack.enter_context(cluster(durable=True))))
        except NoPostgres as reason:
            print(f"PostgreSQL is left out: {reason}")
        yield found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS))
    args = parser.parse_args()
    parts = args.only.split(",")
    held: list[bool] = []
    with all_places(not args.no_postgres) as found:
        for places in found:
            print(f"{places.dialect}: {args.entries:,} entries, {BATCH:,} a batch, best of {args.rounds}")
            if "bulk" in parts:
                held += bulk(places, args.entries, args.rounds)
            if "single" in parts:
                held += single(places, max(args.entries // 100, 100), args.rounds)
            if "posting" in parts:
                held += posting(places, max(args.entries // 100, 100), args.rounds)
            if "verify" in parts:
                held += verifying(places, args.entries, args.rounds)
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
