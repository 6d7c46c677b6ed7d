"""Which block follows which: every candidate join weighed, then the best choice over the whole page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taizhang.text.mender.assign import best_choice
from taizhang.text.mender.clues import Clues
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.polish import polish
from taizhang.text.mender.seams import begins, seam

BARRED = -1000.0


@dataclass(frozen=True, slots=True)
class Joins:
    """The articles of a page as lists of block indexes, title first, and for every text block what the cut before it says alone."""

    chains: list[list[int]]
    cut: dict[int, float]


def find_joins(page: Sorted) -> Joins:
    """Choose a predecessor for every text block of a page that has a title."""
    bodies = [i for i, kind in enumerate(page.kinds) if kind in ("body", "heading")]
    titles = [i for i, kind in enumerate(page.kinds) if kind == "title"]
    sources = bodies + titles
    clues = Clues(page)
    gains = [[clues.gain(source, body) if source != body else 10 * BARRED for source in sources] for body in bodies]
    choice = _without_rings(gains)
    chosen = {body: sources[k] for body, k in zip(bodies, choice, strict=True)}
    rows, columns = {b: r for r, b in enumerate(bodies)}, {s: c for c, s in enumerate(sources)}
    chains = polish(clues, lambda source, body: gains[rows[body]][columns[source]], chains_of(titles, chosen))
    return Joins(chains, {b: _cut(page, a, b) for chain in chains for a, b in pairwise(chain)})


def _cut(page: Sorted, before: int, after: int) -> float:
    ends = page.ends
    return begins(ends[after]) if page.kinds[before] == "title" else seam(ends[before], ends[after])


def chains_of(titles: Sequence[int], before: Mapping[int, int]) -> list[list[int]]:
    """The articles as lists of blocks, each with its title first."""
    after = {source: body for body, source in before.items()}
    chains = [[title] for title in titles]
    for chain in chains:
        while chain[-1] in after:
            chain.append(after[chain[-1]])
    return chains


def _without_rings(gains: list[list[float]]) -> list[int]:
    """The best choice in which no chain of blocks bites its own tail: open each ring at its weakest join and choose again."""
    while True:
        choice = best_choice(gains)
        ring = _ring(choice)
        if not ring:
            return choice
        weakest = min(ring, key=lambda row: gains[row][choice[row]])
        gains[weakest][choice[weakest]] = 5 * BARRED


def _ring(choice: Sequence[int]) -> list[int]:
    done: set[int] = set()
    for start in range(len(choice)):
        path: list[int] = []
        row = start
        while row < len(choice) and row not in done:
            done.add(row)
            path.append(row)
            row = choice[row]
        if row < len(choice) and row in path:
            return path[path.index(row) :]
    return []
