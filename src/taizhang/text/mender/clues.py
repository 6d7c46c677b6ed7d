"""What speaks for one block following another, and how much each clue weighs.

The weights are those of a choice model (every block chooses its predecessor) fitted on pages scrambled by
`benchmarks/mend.py`; a clue is a number, its weight a difference of log-odds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from math import log, log2, sqrt

from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.grams import grams
from taizhang.text.mender.phrases import official_phrases
from taizhang.text.mender.seams import begins, makes_word, seam
from taizhang.text.mender.series import continues, series_of
from taizhang.text.mender.words import common_words

WEIGHTS: dict[str, float] = {
    "heading apart": -8.00,
    "back": -5.31,
    "back over a title": 2.45,
    "back to the column before": 2.49,
    "body inside column": -2.55,
    "both listed": 1.35,
    "byline between": -4.21,
    "columns back": 0.18,
    "columns between": -0.65,
    "end after mark": 0.32,
    "end after number": 0.44,
    "end after stop": 0.86,
    "end after title": -4.01,
    "end after word": 0.35,
    "end before body": -0.97,
    "end before byline": 0.90,
    "end before late byline": 2.29,
    "end before nothing": -0.08,
    "end before title": -0.15,
    "forward": 1.93,
    "items go on": 2.04,
    "items jump": 0.03,
    "makes a word": 0.61,
    "mark then mark": 1.70,
    "mark then marker": 1.96,
    "mark then number": -0.13,
    "mark then unit": -0.04,
    "mark then word": 0.05,
    "next, closed": 2.03,
    "next, open": 1.12,
    "number then mark": -0.86,
    "number then marker": -0.02,
    "number then number": 2.56,
    "number then unit": -0.64,
    "number then word": -0.74,
    "one column between": 0.09,
    "one listed": -0.30,
    "pair after mark": 0.23,
    "pair after number": 0.54,
    "pair after stop": 0.23,
    "pair after title": -0.06,
    "pair after word": 0.19,
    "seam after mark": 0.65,
    "seam after number": 0.67,
    "seam after stop": 1.12,
    "seam after word": 0.55,
    "source inside column": -1.45,
    "stop then mark": 1.42,
    "stop then marker": -2.56,
    "stop then number": -2.39,
    "stop then unit": -0.37,
    "stop then word": -2.47,
    "title": 2.26,
    "title between": -0.96,
    "title then beginning": 0.37,
    "title then mark": 2.56,
    "title then marker": -0.79,
    "title then number": 0.19,
    "title then unit": 0.22,
    "title then word": 0.06,
    "title topic": 10.65,
    "title, back": -7.95,
    "title, body inside column": -4.74,
    "title, columns between": -1.77,
    "title, other titles between": 0.12,
    "title, text between": 0.28,
    "title, under a title": -1.41,
    "topic": 9.00,
    "triple after mark": 0.49,
    "triple after number": 0.14,
    "triple after stop": 0.48,
    "triple after title": 0.45,
    "triple after word": 0.72,
    "under a title": -5.60,
    "word then mark": 1.00,
    "word then marker": 1.37,
    "word then number": -0.86,
    "word then unit": 0.91,
    "word then word": -0.08,
}


LIST = re.compile("——|[·•●■◆▲]")
HEADING_APART = "heading apart"


class Clues:
    """The clues of one page."""

    def __init__(self, page: Sorted) -> None:
        self.page = page
        self.column = list(_columns(page))
        self.topics = Topics(page, self.column)
        self._ending: dict[int, float] = {}
        texts: dict[int, list[str]] = {}
        for block, number, kind in zip(page.blocks, self.column, page.kinds, strict=True):
            if kind == "body":
                texts.setdefault(number, []).append(block.text)
        self.series = {number: series_of(column) for number, column in texts.items()}
        self.listed = {number: any(map(LIST.match, column)) for number, column in texts.items()}

    def gain(self, source: int, body: int) -> float:
        """How much speaks for `body` coming right after `source`, rather than `source` ending its article."""
        if source not in self._ending:
            self._ending[source] = self._sum(self.ending(source))
        return self._sum(self.weigh(source, body)) - self._ending[source]

    @staticmethod
    def _sum(clues: Iterator[tuple[str, float]]) -> float:
        return sum(WEIGHTS.get(name, 0.0) * value for name, value in clues)

    def weigh(self, source: int, body: int) -> Iterator[tuple[str, float]]:
        """Every clue on this join by name."""
        if self.page.kinds[source] == "title":
            yield from self._title(source, body)
        else:
            yield from self._seam(source, body)
            yield from self._form(source, body)
            yield from self._place(source, body)

    def ending(self, source: int) -> Iterator[tuple[str, float]]:
        """Every clue on a block being the last of its article."""
        if self.page.kinds[source] == "title":
            yield "end after title", 1.0
            return
        after = self.page.kinds[source + 1] if source + 1 < len(self.page.kinds) else "nothing"
        yield f"end after {self.page.ends[source].closes}", 1.0
        yield f"end before {after}", 1.0

    def _seam(self, source: int, body: int) -> Iterator[tuple[str, float]]:
        before, after = self.page.ends[source], self.page.ends[body]
        yield f"seam after {before.closes}", seam(before, after)
        yield f"{before.closes} then {after.opens}", 1.0
        pair, triple = official_phrases().link(before.last, after.first)
        yield f"pair after {before.closes}", pair
        yield f"triple after {before.closes}", triple
        yield "makes a word", float(makes_word(before, after))
        yield "topic", self.topics.shared(source, body)

    def _form(self, source: int, body: int) -> Iterator[tuple[str, float]]:
        left, right = self.column[source], self.column[body]
        if left == right or not (left in self.series and right in self.series):
            return
        order = continues(self.series[left], self.series[right])
        yield "items go on", float(order > 0)
        yield "items jump", float(order < 0)
        yield "both listed", float(self.listed[left] and self.listed[right])
        yield "one listed", float(self.listed[left] != self.listed[right])

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
            yield "back over a title", float("title" in kinds[body + 1 : source])
            yield "back to the column before", float(self._stands_above(source, body))

    def _stands_above(self, source: int, body: int) -> bool:
        """True when `body` is in the last column above the only title between it and `source`: an end printed before its own title."""
        titles = [k for k in range(body + 1, source) if self.page.kinds[k] == "title"]
        return len(titles) == 1 and self.column[titles[0]] - self.column[body] <= 1 and self.column[source] - self.column[titles[0]] < 8

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
        weight = self.weight
        total = sum(weight[gram] for gram in left & right if gram in weight)
        return total / sqrt(len(left) + 10) / sqrt(len(right) + 10)


def _rarity(gram: str) -> float:
    """1 for a pair of characters that is no common word, down to 0 for the commonest."""
    share = common_words().share.get(gram)
    return 1.0 if share is None else max(0.0, min(1.0, -log(share) / 6 - 1))
