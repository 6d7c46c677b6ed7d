"""What speaks for one block following another, and how much each clue weighs.

The weights are those of a choice model (every block chooses its predecessor) fitted on pages scrambled by
`benchmarks/mend.py`; a clue is a number, its weight a difference of log-odds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from math import log, log2, sqrt

from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.grams import grams
from taizhang.text.mender.phrases import official_phrases
from taizhang.text.mender.seams import begins, seam
from taizhang.text.mender.words import common_words

WEIGHTS: dict[str, float] = {
    "heading apart": -8.0,
    "back": -5.55,
    "back over a title": 1.77,
    "back to the column before": 2.56,
    "body inside column": -0.81,
    "byline between": -3.57,
    "columns back": 0.17,
    "columns between": -0.83,
    "forward": 1.00,
    "mark then mark": -0.25,
    "mark then marker": 0.96,
    "mark then number": -0.05,
    "mark then unit": -0.08,
    "mark then word": 0.12,
    "next, closed": 2.72,
    "next, open": 0.63,
    "number then mark": -0.52,
    "number then marker": 0.67,
    "number then number": 2.24,
    "number then unit": -0.61,
    "number then word": -0.50,
    "one column between": 0.15,
    "pair after mark": 0.59,
    "pair after number": -0.04,
    "pair after stop": 0.23,
    "pair after title": 0.02,
    "pair after word": 0.31,
    "seam after mark": 0.54,
    "seam after number": 0.58,
    "seam after stop": 1.10,
    "seam after word": 0.61,
    "source inside column": -2.42,
    "stop then mark": 1.15,
    "stop then marker": -2.18,
    "stop then number": -1.19,
    "stop then unit": 0.10,
    "stop then word": -0.89,
    "title": 1.19,
    "title between": -0.41,
    "title then beginning": 0.55,
    "title then mark": 0.73,
    "title then marker": -0.79,
    "title then number": 0.17,
    "title then unit": -0.00,
    "title then word": 1.08,
    "title topic": 7.68,
    "title, back": -6.62,
    "title, body inside column": -1.91,
    "title, columns between": -1.33,
    "title, other titles between": 0.30,
    "title, text between": -0.56,
    "title, under a title": 1.98,
    "topic": 8.36,
    "triple after mark": 0.46,
    "triple after number": 0.41,
    "triple after stop": 0.40,
    "triple after title": 0.54,
    "triple after word": 0.71,
    "under a title": -1.83,
    "word then mark": -1.12,
    "word then marker": 1.34,
    "word then number": -1.17,
    "word then unit": 0.59,
    "word then word": 0.18,
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
        pair, triple = official_phrases().link(before.last, after.first)
        yield f"pair after {before.closes}", pair
        yield f"triple after {before.closes}", triple
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
        pair, triple = official_phrases().link("。", ends[body].first)
        yield "pair after title", pair
        yield "triple after title", triple
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
        self.own = [grams(block.text) for block in page.blocks]
        runs: dict[int, set[str]] = {}
        for found, number, kind in zip(self.own, column, page.kinds, strict=True):
            if kind in ("body", "heading"):
                runs.setdefault(number, set()).update(found)
        self.grams = [self.own[i] if kind == "title" else runs.get(column[i], self.own[i]) for i, kind in enumerate(page.kinds)]
        titles = [self.own[i] for i, kind in enumerate(page.kinds) if kind == "title"]
        spread = Counter(gram for found in [*runs.values(), *titles] for gram in found)
        count = len(runs) + 1
        self.weight = {gram: log((count + 1) / n) * _rarity(gram) for gram, n in spread.items() if n > 1}

    def shared(self, a: int, b: int) -> float:
        """Weight of what two columns share, for their size."""
        return self._common(self.grams[a], self.grams[b])

    def cohesion(self, head: Sequence[int], tail: Sequence[int]) -> float:
        """The same for the beginning of an article and its end, both as blocks; 0 if one is empty."""
        return self._common(set().union(*(self.own[i] for i in head)), set().union(*(self.own[i] for i in tail)))

    def _common(self, left: Set[str], right: Set[str]) -> float:
        total = sum(self.weight.get(g, 0.0) for g in left & right)
        return total / sqrt(len(left) + 10) / sqrt(len(right) + 10)


def _rarity(gram: str) -> float:
    """1 for a pair of characters that is no common word, down to 0 for the commonest."""
    share = common_words().share.get(gram)
    return 1.0 if share is None else max(0.0, min(1.0, -log(share) / 6 - 1))
