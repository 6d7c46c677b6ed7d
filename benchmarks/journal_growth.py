"""What an entry costs in a large book, beside a small one in the same minutes, and the memory of this process."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from tests.books import SmallBook

from journal_books import Places
from journal_entries import Mix
from journal_timing import Side, judged

SMALL, BATCH, WINDOW = 100_000, 10_000, 10  # entries, entries a batch, batches
BAR, MEMORY_BAR = 1.2, 1.2
PAGE = os.sysconf("SC_PAGE_SIZE")


def growth(places: Places, large: int, rounds: int) -> list[bool]:
    """Grow a book to `large` entries, then append to it and to small ones in turns."""
    with places.book() as book:
        mix = Mix()
        resident = _grown(book, mix, large)
        big, small = Side(), Side()
        for number in range(rounds):
            with places.book() as other:
                beside = Mix(number + 2)
                _grown(other, beside, SMALL)
                for _ in range(WINDOW):
                    for side, into, source in ((big, book, mix), (small, other, beside)):
                        entries = source.batch(BATCH)
                        gc.collect()
                        side.add(lambda into=into, entries=entries: into.journal.append(entries))
            big.close_round()
            small.close_round()
    count = WINDOW * BATCH
    a, b = big.best(), small.best()
    text = f"cost of an entry at {large:,} : at {SMALL:,}"
    print(
        f"  {text:58} {a.wall / count * 1e6:8.2f} : {b.wall / count * 1e6:7.2f} µs   {a.wall / b.wall:5.2f}   processor {a.own / b.own:4.2f}",
        end="",
    )
    held = judged(a.wall / b.wall <= BAR, f"≤ {BAR}")
    sizes = sorted(resident)
    print("  memory of the process: " + ", ".join(f"{resident[size]:.0f} MB at {size:,}" for size in sizes), end="")
    middle = next(size for size in sizes if size >= min(1_000_000, sizes[-1]))  # by then the pages SQLite may keep are there
    return [held, judged(resident[sizes[-1]] <= MEMORY_BAR * resident[middle], f"flat from {middle:,} on")]


def _grown(book: SmallBook, mix: Mix, count: int) -> dict[int, float]:
    """Append entries; the memory of this process at some sizes."""
    seen, done = {}, 0
    marks = {SMALL, *(1_000_000 * n for n in (1, 2, 3, 5, 10)), count}
    for entries in mix.batches(count, BATCH):
        book.journal.append(entries)
        done += len(entries)
        if done in marks:
            seen[done] = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6
    return seen
