"""Why two figures differ that are made of many entries each, and a figure and a table of as many rows.

    python benchmarks/why.py [--sizes 100000,1000000] [--files 100000]

Both figures are asked of the whole province; one as the book stood 500 entries before its end. The table has a row for each entry but
every 999th, recognised by its uid. Each comparison runs in a process of its own; its memory is told beside that of the same
process before it compares.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from cube_book import province  # noqa: E402
from taizhang.acts.comparing import Comparison, asked, compare, compare_with_file  # noqa: E402
from taizhang.acts.desk import Desk  # noqa: E402
from taizhang.core import Scope  # noqa: E402
from taizhang.cube.cube import shelf_of  # noqa: E402
from taizhang.ledger.book import Book  # noqa: E402

FIGURE = "traffic.fines@43@2020-01..2022-12"
LATER, LEFT_OUT = 500, 999
_STRUCK = """INSERT INTO struck (book, seq, by_seq) SELECT gone.book, gone.seq, one.seq FROM entry one
    JOIN entry gone ON gone.book = one.book AND gone.uid = one.strikes WHERE one.kind = 'strike'"""
_ROWS = "SELECT uid, json_extract(data, '$.fine') FROM entry WHERE kind = 'event' AND seq % ? <> 0 AND seq NOT IN (SELECT seq FROM struck)"


def two_figures(desk: Desk, _: Path) -> Comparison:
    """The figure now, and as of some entries ago."""
    return compare(desk, asked(desk, FIGURE), asked(desk, f"{FIGURE}#{desk.book.size - LATER}"))


def a_file(desk: Desk, file: Path) -> Comparison:
    """The figure, and a table of its fines."""
    return compare_with_file(desk, asked(desk, FIGURE), file, "罚款", ["uid"])


def measured(what: Callable[[Desk, Path], Comparison], book: Book, file: Path) -> None:
    """Compare in this process, which is new, and say what it took."""
    desk = Desk(book, Scope.of_the_house("benchmark", on=date(2022, 12, 31)), date(2022, 12, 31))
    with shelf_of(book).reading():
        before = _peak()
    begun, busy = time.perf_counter(), time.process_time()
    found = what(desk, file)
    took, own = time.perf_counter() - begun, time.process_time() - busy
    assert sum(cause.amount for cause in found.causes) == found.difference
    causes = ", ".join(f"{'+'.join(cause.kinds)} {len(cause.rows):,}" for cause in found.causes)
    print(f"  {what.__name__}: {took:.1f} s (processor {own:.1f}), memory {before:.0f} to {_peak():.0f} MB; {causes}", flush=True)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    """Each size in turn."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--sizes", default="100000,1000000")
    told.add_argument("--files", type=int, default=100_000, help="up to this size also beside a table")
    given = told.parse_args()
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as home, province(Path(home), size) as (book, _):
            with book.store.transaction():
                book.store.run(_STRUCK)
            file = Path(home) / "fines.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([["uid", "罚款"], *((uid, fine // 100) for uid, fine in book.store.rows(_ROWS, [LEFT_OUT]))])
            shelf_of(book).seal()
            book.__dict__.pop("_shelf").close()
            book.store.connection.close()
            print(f"{size:,} entries", flush=True)
            for what in (two_figures, *((a_file,) if size <= given.files else ())):
                alone = multiprocessing.get_context("fork").Process(target=measured, args=(what, book, file))
                alone.start()
                alone.join()
                if alone.exitcode:
                    raise SystemExit(f"{what.__name__} failed")


if __name__ == "__main__":
    main()
