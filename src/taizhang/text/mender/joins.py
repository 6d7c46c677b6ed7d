"""Which block follows which: every candidate join weighed, then the best choice over the whole page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from taizhang.text.mender.assign import best_choice
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.seams import begins, seam

NEXT = 3.0  # gain for the block that the file has next
TITLE_NEXT = 2.0
SURE_SEAM = 1.0
BARRED = -60.0


@dataclass(frozen=True, slots=True)
class Joins:
    """For every text block the block before it in its article (a title for the first), and how far it leads.

    `before[i]` is an index into the blocks; `cut[i]` is what the seam alone says; `lead[i]` how much
    the page would lose by any other choice for this block.
    """

    before: dict[int, int]
    cut: dict[int, float]


def find_joins(page: Sorted) -> Joins:
    """Choose a predecessor for every text block of a page that has a title."""
    bodies = [i for i, kind in enumerate(page.kinds) if kind in ("body", "heading")]
    titles = [i for i, kind in enumerate(page.kinds) if kind == "title"]
    sources = bodies + titles
    topics = Topics(page)
    gains = [[_gain(page, topics, source, body) for source in sources] for body in bodies]
    choice = _without_rings(gains, bodies, sources)
    before = {body: sources[k] for body, k in zip(bodies, choice, strict=True)}
    cut = {b: seam(page.ends[a], page.ends[b]) if page.kinds[a] != "title" else begins(page.ends[b]) for b, a in before.items()}
    return Joins(before, cut)


def _without_rings(gains: list[list[float]], bodies: Sequence[int], sources: Sequence[int]) -> list[int]:
    """The best choice in which no chain of blocks bites its own tail: open each ring at its weakest join and choose again."""
    while True:
        choice = best_choice(gains)
        ring = _ring(choice, len(bodies))
        if not ring:
            return choice
        weakest = min(ring, key=lambda row: gains[row][choice[row]])
        gains[weakest][choice[weakest]] = BARRED * 10


def _ring(choice: Sequence[int], count: int) -> list[int]:
    done: set[int] = set()
    for start in range(count):
        path: list[int] = []
        row = start
        while row < count and row not in done:
            done.add(row)
            path.append(row)
            row = choice[row]
        if row < count and row in path:
            return path[path.index(row) :]
    return []


class Topics:
    """Which rare turns of phrase blocks share."""

    def __init__(self, page: Sorted) -> None:
        self.grams = [_grams(block.text) for block in page.blocks]
        spread = Counter(gram for grams in self.grams for gram in grams)
        count = len(self.grams)
        self.weight = {gram: log((count + 1) / n) for gram, n in spread.items() if n > 1}
        self.known = [{g for g in grams if g in self.weight} for grams in self.grams]

    def shared(self, a: int, b: int) -> float:
        """Weight of what two blocks share, for their size."""
        common = self.known[a] & self.known[b]
        if not common:
            return 0.0
        return sum(self.weight[g] for g in common) / sqrt(len(self.grams[a]) + 10) / sqrt(len(self.grams[b]) + 10)


def _grams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if "\u4e00" <= text[i] <= "\u9fff" and "\u4e00" <= text[i + 1] <= "\u9fff"}


def _gain(page: Sorted, topics: Topics, source: int, body: int) -> float:
    """How much speaks for `body` coming right after `source`."""
    if source == body:
        return BARRED * 10
    if page.kinds[source] == "title":
        return _title_gain(page, topics, source, body)
    score = seam(page.ends[source], page.ends[body]) + 8.0 * topics.shared(source, body)
    return score + _place(page, source, body)


def _place(page: Sorted, source: int, body: int) -> float:
    """What the order of the file says about a join of two text blocks."""
    kinds = page.kinds
    score = 0.0
    if source + 1 < len(kinds) and kinds[source + 1] == "late byline":
        score -= 5.0
    if body == source + 1:
        return score + NEXT
    if page.ends[source].closes == "stop":
        score -= 3.0
    if page.ends[body].opens == "marker":
        score -= 3.0
    if kinds[source] == "heading" or kinds[body] == "heading":
        score -= 10.0
    if body > source:
        return score - 0.15 * min(body - source, 20)
    after_body = body + 1 < len(kinds)
    tail_first = after_body and any(kinds[k] == "title" for k in range(body + 1, source))
    return score - (1.5 if tail_first else 4.0) - 0.1 * min(source - body, 20)


def _title_gain(page: Sorted, topics: Topics, title: int, body: int) -> float:
    score = 5.0 + begins(page.ends[body]) + 8.0 * topics.shared(title, body)
    if body < title:
        return score - 5.0
    between = [page.kinds[k] for k in range(title + 1, body)]
    if "body" in between:
        score -= 2.0 + min(between.count("body"), 10) * 0.3
    else:
        score += TITLE_NEXT - between.count("title") * 1.0
    return score
