"""Which characters follow which in official prose: what speaks for two pieces standing together where no word was cut."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from math import log

NUMBER = "#"
_NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
_NEXT = re.compile(r"(\D)(\d*)")
DOUBT = 0.3  # added to seen and expected counts


class Phrases:
    """Counts of characters and of runs of two and three; a number counts as one character."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.total = sum(count for run, count in counts.items() if len(run) == 1)

    def link(self, before: str, after: str) -> tuple[float, float]:
        """How much likelier than chance two characters, and three, meet at a cut, as logarithms.

        `before` ends with the last characters of one piece, `after` begins with the first of the other
        (numbers folded by `fold`).
        """
        a, b = before[-1:], after[:1]
        expected = self._count(a) * self._count(b) / self.total
        known = min(1.0, expected) + DOUBT
        pair = log((self._count(a + b) + known) / (expected + known))
        return pair, self._triple(before[-2:], b) + self._triple(after[:2], a, ahead=True)

    def _triple(self, pair: str, single: str, *, ahead: bool = False) -> float:
        if len(pair) < 2:
            return 0.0
        expected = self._count(pair) * self._count(single) / self.total
        seen = self._count(single + pair if ahead else pair + single)
        return log((seen + DOUBT) / (expected + DOUBT))

    def _count(self, run: str) -> int:
        return self.counts.get(run, 0)


def fold(text: str) -> str:
    """Every number as one sign."""
    return _NUMBER.sub(NUMBER, text)


@cache
def official_phrases() -> Phrases:
    """The table of the package (its first lines say what was counted)."""
    text = resources.files(__package__).joinpath("phrases.tsv").read_text("utf-8")
    counts: dict[str, int] = {}
    for line in text.splitlines():
        if not line.startswith("//"):
            before, following = line.split("\t")
            for character, count in _NEXT.findall(following):
                counts[before + character] = int(count or 1)
    return Phrases(counts)
