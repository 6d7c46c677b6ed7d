"""Which block follows which: every candidate join weighed, then the best choice over the whole page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taizhang.text.mender.assign import best_choice
from taizhang.text.mender.clues import Clues
from taizhang.text.mender.doubts import is_guess
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.polish import polish

BARRED = -1000.0


@dataclass(frozen=True, slots=True)
class Joins:
    """The articles of a page as lists of block indexes, title first; the blocks whose join to the one before is a guess."""

    chains: list[list[int]]
    guesses: frozenset[int]


def find_joins(page: Sorted) -> Joins:
    """Choose a predecessor for every text block of a page that has a title."""
    bodies = [i for i, kind in enumerate(page.kinds) if kind in ("body", "heading")]
    titles = [i for i, kind in enumerate(page.kinds) if kind == "title"]
    sources = bodies + titles
    clues = Clues(page)
    gains = [[clues.gain(source, body) if source != body else 10 * BARRED for source in sources] for body in bodies]
    table = Table(bodies, sources, gains)
    choice = _without_rings([list(row) for row in gains])
    chosen = {body: sources[k] for body, k in zip(bodies, choice, strict=True)}
    chains = polish(clues, table.gain, chains_of(titles, chosen))
    return Joins(chains, frozenset(_guesses(clues, table, chains)))


def _guesses(clues: Clues, table: Table, chains: Sequence[Sequence[int]]) -> Iterator[int]:
    for chain in chains:
        for source, body in pairwise(chain[1:]):
            gain = table.gain(source, body)
            if is_guess(clues, source, body, gain, gain - table.next_best(source, body), gain - table.next_rival(source, body)):
                yield body


class Table:
    """The gains of all candidate joins, by block indexes."""

    def __init__(self, bodies: Sequence[int], sources: Sequence[int], gains: Sequence[Sequence[float]]) -> None:
        self.row = {body: n for n, body in enumerate(bodies)}
        self.column = {source: n for n, source in enumerate(sources)}
        self.gains = gains

    def gain(self, source: int, body: int) -> float:
        """The gain of one join."""
        return self.gains[self.row[body]][self.column[source]]

    def next_best(self, source: int, body: int) -> float:
        """The gain of the best other predecessor of `body`."""
        row, skip = self.gains[self.row[body]], self.column[source]
        return max((gain for n, gain in enumerate(row) if n != skip), default=BARRED)

    def next_rival(self, source: int, body: int) -> float:
        """The gain of the best other follower of `source`."""
        column, skip = self.column[source], self.row[body]
        return max((row[column] for n, row in enumerate(self.gains) if n != skip), default=BARRED)


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
