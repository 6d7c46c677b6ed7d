"""Real data, real texts: the place tree of 49 counties of 湖南 as a book, and what pages of twenty years say of these counties.

    python benchmarks/place_tree.py            coverage and verdicts
    python benchmarks/place_tree.py --rows     with every count that is not the tree's, and why

Each published count is judged twice: said of 30 June 2023, the day of the data (does it hold there?), and with its own time (may the book
speak to it at all?). Beside the verdicts stands what the tree itself says, counted from the package without book, pack or matcher.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from place_tree_book import DAY, made, tallies  # noqa: E402
from place_tree_told import KINDS, Count, Told, told  # noqa: E402
from taizhang import text  # noqa: E402
from taizhang.claims.matching import OpenBook, judge  # noqa: E402
from taizhang.core import InputError  # noqa: E402
from taizhang.ledger.places import find_source, read  # noqa: E402

ZH = {"agrees": "相符", "differs": "不符", "no_record": "无据", "open": "待核", "none": "not read"}
_RIGHT = {True: "agrees", False: "differs"}


@dataclass(frozen=True)
class Judged:
    """A published count, the tree's number, the verdict said of the day of the data and the one with its own time."""

    row: Told
    count: Count
    real: int
    on_the_day: str
    own: str

    @property
    def same(self) -> bool:
        """Whether the tree has the published number."""
        return self.count.number == self.real


def judged(rows: list[Told], opened: OpenBook, trees: dict[str, Counter[str]]) -> Iterator[Judged]:
    """Every count of the rows."""
    for row in rows:
        on_the_day, own = verdicts(opened, row.on(DAY)), verdicts(opened, row.own)
        assert len(on_the_day) == len(own) == len(row.counts), (row.words, on_the_day, own)
        for count, day, time_ in zip(row.counts, on_the_day, own, strict=True):
            yield Judged(row, count, count.real(trees[row.county]), day, time_)


def verdicts(opened: OpenBook, sentence: str) -> list[str]:
    """The verdict on each count of a sentence, in order; of one that the reader did not find, none."""
    (story,) = text.stories(sentence)
    judgement = judge([story], opened)
    if not judgement.verdicts:  # the text is about a place of which the book has nothing
        return ["no_record"] * len(story.quantities)
    return [v.kind for v in judgement.verdicts]


def lines(found: list[Judged]) -> Iterator[str]:
    """The score."""
    spoken = sum(j.on_the_day in ("agrees", "differs") for j in found)
    yield f"{len(found)} counts in {len({j.row for j in found})} rows of {len({j.row.county for j in found})} counties"
    yield f"said of {DAY}: the book speaks to {spoken} of them ({spoken / len(found):.3f})"
    for same, told_of in ((True, "the tree has the number"), (False, "the tree has another")):
        yield f"  {told_of}: {_counted(j.on_the_day for j in found if j.same is same)}"
    wrong = [j for j in found if j.on_the_day in ("agrees", "differs") and j.on_the_day != _RIGHT[j.same]]
    yield f"  wrong verdicts: {len(wrong)}   {'；'.join(f'{j.row.name} {j.row.words}：{j.count.number}{j.count.of}' for j in wrong)}"
    differing = sum(not j.same for j in found)
    yield f"  believe everything: wrong found 0.000; doubt everything: wrong found 1.000, precision {differing / len(found):.3f}"
    yield f"with its own time: {_counted(j.own for j in found)}"
    reasons = Counter(j.row.reason(j.count.of)[0] or "untold" for j in found if not j.same)
    yield f"the {differing} that differ, by reason: {', '.join(f'{kind} {reasons[kind]}' for kind in (*KINDS, 'untold') if reasons[kind])}"


def _counted(kinds: Iterator[str]) -> str:
    counts = Counter(kinds)
    return f"{counts.total()} — " + ", ".join(f"{ZH[kind]} {counts[kind]}" for kind in ZH if counts[kind])


def differing_lines(found: list[Judged]) -> Iterator[str]:
    """Every count that is not the tree's, its verdicts and the reason; and every one that is, but was not found to be."""
    for j in found:
        if not j.same or j.on_the_day != "agrees":
            kind, reason = ("", "") if j.same and j.on_the_day != "open" else j.row.reason(j.count.of)
            why = f"{kind}: {reason}" if kind else ("" if j.same else "untold")
            verdict = f"{ZH[j.on_the_day]}, with its own time {ZH[j.own]}"
            yield f"  {j.row.name} {j.row.when}: {j.count.number}{j.count.of}, the tree {j.real} → {verdict}   {why}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="store_true")
    given = parser.parse_args()
    try:
        source = find_source()
    except InputError as absent:
        print(f"left out: {absent}")
        return
    rows = told()
    counties = sorted({row.county for row in rows})
    trees = {county: tallies(read(source, county)) for county in counties}
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder, made(Path(folder) / "book", counties) as desk:
        print(f"a book of {desk.book.size} entries, made in {time.process_time() - start:.1f} s of processor")
        found = list(judged(rows, OpenBook(desk.book, desk.scope), trees))
    print("\n".join(lines(found)))
    if given.rows:
        print("\n".join(differing_lines(found)))


if __name__ == "__main__":
    main()
