"""A book's journal beside the plainest way to do the same, in one run: appending, posting, verifying, growing.

    python benchmarks/journal.py [--entries 100000] [--rounds 3] [--no-postgres] [--only bulk,unique,single,checked,verify]
                                 [--large 10000000] [--strict]

Both sides of a ratio take turns, batch by batch or entry by entry, on the same disk with the same durability (SQLite: WAL,
synchronous=FULL; PostgreSQL: a cluster of its own, fsync on). Times are by the clock, the best round of each side; behind a
ratio stands its range over the rounds, and what the same is in time of this process on a processor, where the database runs
in it. Bars are those of docs/measured.md; `--strict` makes a missed one an error; `--large` grows a book to so many entries and
takes minutes.
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # books are made as the tests make them

from tests.postgres import NoPostgres, cluster  # noqa: E402

from journal_books import Places, rows_of  # noqa: E402
from journal_desk import checked, mines_office, proposals, taken  # noqa: E402
from journal_entries import Mix  # noqa: E402
from journal_growth import growth  # noqa: E402
from journal_timing import Side, told  # noqa: E402
from journal_unique import unique  # noqa: E402
from taizhang.ledger.store import AT_A_TIME  # noqa: E402
from taizhang.ledger.verify import verify  # noqa: E402

BATCH = 10_000
PARTS = ("bulk", "unique", "single", "checked", "verify")


def bulk(places: Places, count: int, rounds: int) -> list[bool]:
    """Append in batches, beside the finished rows into a plain table, without and with the same key and indexes."""
    ours, bare, same = Side(), Side(), Side()
    for number in range(rounds):
        with places.book() as book, places.plain(indexed=False) as one, places.plain(indexed=True) as other:
            first = 1
            for entries in Mix(number).batches(count, BATCH):
                rows = rows_of(entries, first)
                first += len(entries)
                gc.collect()
                ours.add(lambda book=book, entries=entries: book.journal.append(entries))
                bare.add(lambda one=one, rows=rows: one.write(rows))
                same.add(lambda other=other, rows=rows: other.write(rows))
        for side in (ours, bare, same):
            side.close_round()
    if places.dialect == "sqlite":
        return [
            told("bulk append : executemany of the bare columns", count, ours, bare, 0.30),
            told("bulk append : executemany, same key and indexes", count, ours, same, 0.45),
        ]
    told("bulk append : COPY of the bare columns", count, ours, bare, own=False)
    return [told("bulk append : COPY, same key and indexes", count, ours, same, 0.25, own=False)]


def single(places: Places, count: int, rounds: int) -> list[bool]:
    """One entry a transaction, beside one plain insert a transaction, into books that have entries."""
    ours, plain = Side(), Side()
    with places.book() as book, places.plain(indexed=True) as table:
        mix, first = Mix(), BATCH + 1
        begun = mix.batch(BATCH)
        book.journal.append(begun)
        table.write(rows_of(begun, 1))
        for _ in range(rounds):
            entries = mix.batch(count)
            for entry, row in zip(entries, rows_of(entries, first), strict=True):
                ours.add(lambda entry=entry: book.journal.append([entry]))
                plain.add(lambda row=row: table.write_one(row))
            first += count
            ours.close_round()
            plain.close_round()
    return [told("one entry a transaction : plain insert", count, ours, plain, 0.50, places.dialect == "sqlite")]


def posting(places: Places, count: int, rounds: int) -> list[bool]:
    """One entry a transaction, judged by its pack, beside one plain insert a transaction; and the whole act at a desk."""
    ours, whole, plain = Side(), Side(), Side()
    with mines_office(places) as desk, places.plain(indexed=True) as table:
        mix, first = Mix(), 1
        for number in range(rounds):
            both = zip(proposals(desk, count, number), proposals(desk, count, -number - 1), rows_of(mix.batch(count), first), strict=True)
            for one, other, row in both:
                ours.add(lambda one=one: checked(desk, one))
                whole.add(lambda other=other: taken(desk, [other]))
                plain.add(lambda row=row: table.write_one(row))
            first += count
            for side in (ours, whole, plain):
                side.close_round()
    own = places.dialect == "sqlite"
    held = told("one entry a transaction, checked by its pack : plain insert", count, ours, plain, 0.50, own)
    told("one act at a desk, permitted, checked, logged : plain insert", count, whole, plain, own=own)
    return [held]


def verifying(places: Places, count: int, rounds: int) -> list[bool]:
    """Every leaf and the tree from what is stored, beside reading the rows."""
    ours, plain = Side(), Side()
    with places.book() as book:
        for entries in Mix().batches(count, BATCH):
            book.journal.append(entries)
        for _ in range(rounds):
            ours.add(lambda: verify(book.store, book.number))
            plain.add(lambda: read_all(book.address))
            ours.close_round()
            plain.close_round()
    return [told("verify : plain read of the rows", count, ours, plain, 0.50, places.dialect == "sqlite")]


def read_all(address: str) -> None:
    """The rows in order, as a plain program reads them, in memory that does not grow."""
    sql = "SELECT * FROM entry WHERE book = 1 ORDER BY seq"
    if "://" not in address:
        with closing(sqlite3.connect(address)) as connection:
            for _ in connection.execute(sql):
                pass
        return
    with psycopg.connect(address) as other, other.cursor(name="plain") as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute(sql)
        for _ in cursor:
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
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--strict", action="store_true")
    args = parser.parse_args()
    few, parts, held = max(args.entries // 100, 100), args.only.split(","), list[bool]()
    with all_places(not args.no_postgres) as found:
        for places in found:
            print(f"{places.dialect}: {args.entries:,} entries, {BATCH:,} a batch, {few:,} one by one, the best of {args.rounds}")
            held += bulk(places, args.entries, args.rounds) if "bulk" in parts else []
            if "unique" in parts:
                unique(places, args.entries, BATCH, args.rounds)
            held += single(places, few, args.rounds) if "single" in parts else []
            held += posting(places, few, args.rounds) if "checked" in parts else []
            held += verifying(places, args.entries, args.rounds) if "verify" in parts else []
            held += growth(places, args.large, args.rounds) if args.large else []
    sys.exit(args.strict and not all(held))


if __name__ == "__main__":
    main()
