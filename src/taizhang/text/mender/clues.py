"""What speaks for one block following another, and how much each clue weighs.

The weights are those of a choice model (every block chooses its predecessor) fitted on pages scrambled by
`benchmarks/mend.py`; a clue is a number, its weight a difference of log-odds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from math import log, log2, sqrt

from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.grams import grams
from taizhang.text.mender.seams import begins, seam

WEIGHTS: dict[str, float] = {
    "heading apart": -8.0,
    "back": -5.5,
    "back over a title": 2.4,
    "back to the column before": 2.0,
    "body inside column": -0.9,
    "byline between": -3.0,
    "columns back": 0.1,
    "columns between": -0.7,
    "forward": 1.1,
    "mark then mark": -0.5,
    "mark then marker": 0.6,
    "mark then number": 0.6,
    "mark then unit": -0.0,
    "mark then word": 0.3,
    "next, closed": 2.6,
    "next, open": 0.7,
    "number then mark": -0.3,
    "number then marker": 0.8,
    "number then number": 1.6,
    "number then word": -0.5,
    "one column between": 0.0,
    "seam after mark": 0.8,
    "seam after number": 0.7,
    "seam after stop": 1.4,
    "seam after word": 0.9,
    "source inside column": -2.5,
    "stop then mark": -0.1,
    "stop then marker": -2.1,
    "stop then number": -1.2,
    "stop then unit": -0.0,
    "stop then word": -1.1,
    "title": 1.0,
    "title between": -0.6,
    "title then beginning": 0.6,
    "title then mark": 0.4,
    "title then marker": -0.6,
    "title then number": -0.2,
    "title then unit": 0.5,
    "title then word": 0.9,
    "title topic": 6.7,
    "title, back": -5.7,
    "title, body inside column": -1.8,
    "title, columns between": -1.4,
    "title, other titles between": 0.3,
    "title, text between": -0.0,
    "title, under a title": 2.2,
    "topic": 6.7,
    "under a title": -2.1,
    "word then mark": 0.4,
    "word then marker": 1.3,
    "word then number": -0.7,
    "word then unit": -0.5,
    "word then word": 0.3,
}


HEADING_APART = "heading apart"


class Clues:
    """The clues of one page."""

    def __init__(self, page: Sorted) -> None:
        self.page = page
        self.column = list(_columns(page))
        self.topics = Topics(page, self.column)

    def gain(self, source: int, body: int) -> float:
        """How much speaks for `body` coming right after `source`."""
        return sum(WEIGHTS.get(name, 0.0) * value for name, value in self.weigh(source, body))

    def weigh(self, source: int, body: int) -> Iterator[tuple[str, float]]:
        """Every clue on this join by name."""
        if self.page.kinds[source] == "title":
            yield from self._title(source, body)
        else:
            yield from self._seam(source, body)
            yield from self._place(source, body)

    def _seam(self, source: int, body: int) -> Iterator[tuple[str, float]]:
        before, after = self.page.ends[source], self.page.ends[body]
        yield f"seam after {before.closes}", seam(before, after)
        yield f"{before.closes} then {after.opens}", 1.0
        yield "topic", self.topics.shared(source, body)

    def _place(self, source: int, body: int) -> Iterator[tuple[str, float]]:
        kinds, ends = self.page.kinds, self.page.ends
        closed = ends[source].closes == "stop"
        if source + 1 < len(kinds) and kinds[source + 1] == "late byline":
            yield "byline between", 1.0
        if body == source + 1:
            yield "next, closed" if closed else "next, open", 1.0
            return
        if kinds[source] == "heading" or kinds[body] == "heading":
            yield HEADING_APART, 1.0
        if closed and kinds[source + 1 : source + 2] == ("body",):
            yield "source inside column", 1.0
        if kinds[body - 1] == "body" and body and ends[body - 1].closes == "stop":
            yield "body inside column", 1.0
        if body and kinds[body - 1] in ("title", "byline"):
            yield "under a title", 1.0
        if body > source:
            yield "forward", 1.0
            yield "columns between", min(6.0, abs(self.column[body] - self.column[source]) - 1.0)
            yield "one column between", float(self.column[body] - self.column[source] == 2)
            yield "title between", float("title" in kinds[source:body])
        else:
            yield "back", 1.0
            yield "columns back", log2(1.0 + self.column[source] - self.column[body])
            above = kinds.index("title", body) if "title" in kinds[body:source] else -1
            yield "back over a title", float(above > 0)
            yield "back to the column before", float(above > 0 and self.column[source] - self.column[above] < 8 and "title" not in kinds[above+1:source] and self.column[above] - self.column[body] <= 1)

    def _title(self, title: int, body: int) -> Iterator[tuple[str, float]]:
        kinds, ends = self.page.kinds, self.page.ends
        yield "title", 1.0
        yield "title then beginning", begins(ends[body])
        yield f"title then {ends[body].opens}", 1.0
        yield "title topic", self.topics.shared(title, body)
        if body and kinds[body - 1] == "body" and ends[body - 1].closes == "stop":
            yield "title, body inside column", 1.0
        if body < title:
            yield "title, back", 1.0
            return
        between = kinds[title + 1 : body]
        yield "title, other titles between", float(min(3, between.count("title")))
        if "body" in between:
            yield "title, columns between", min(6.0, self.column[body] - self.column[title])
            yield "title, text between", 1.0
        if kinds[body - 1] in ("title", "byline"):
            yield "title, under a title", 1.0


def _columns(page: Sorted) -> Iterator[int]:
    """Number the columns: one ends where a sentence is cut or a title or byline stands."""
    number, cut = 0, True
    for kind, ends in zip(page.kinds, page.ends, strict=True):
        if kind in ("body", "heading"):
            number += cut
            cut = ends.closes != "stop"
        else:
            cut = True
        yield number


class Topics:
    """Which turns of phrase columns share."""

    def __init__(self, page: Sorted, column: list[int]) -> None:
        own = [grams(block.text) for block in page.blocks]
        runs: dict[int, set[str]] = {}
        for found, number, kind in zip(own, column, page.kinds, strict=True):
            if kind in ("body", "heading"):
                runs.setdefault(number, set()).update(found)
        self.grams = [own[i] if kind == "title" else runs.get(column[i], own[i]) for i, kind in enumerate(page.kinds)]
        spread = Counter(gram for found in [*runs.values(), *(own[i] for i, k in enumerate(page.kinds) if k == "title")] for gram in found)
        count = len(runs) + 1
        self.weight = {gram: log((count + 1) / n) for gram, n in spread.items() if n > 1}

    def shared(self, a: int, b: int) -> float:
        """Weight of what two columns share, for their size."""
        left, right = self.grams[a], self.grams[b]
        common: Set[str] = left & right
        return sum(self.weight.get(g, 0.0) for g in common) / sqrt(len(left) + 10) / sqrt(len(right) + 10)
