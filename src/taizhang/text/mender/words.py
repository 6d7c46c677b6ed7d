"""How the two sides of a seam go together as Chinese words.

A cut falls anywhere, also inside a word. `Tail` says how likely a piece ends at the end of a word or
inside one, `Head` the same of a beginning, and `Words.seam` how much more likely the two pieces are
together than apart, as a natural logarithm: positive where they make words, negative where one side
wants a continuation that the other is not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 4  # characters in a word
REACH = 8  # characters looked at on either side
UNKNOWN = 2e-8  # the share of a character that is not in the list
LOOSE = 1e-9  # the share of an unlisted pair read as one word (names)


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a seam: `whole` if a word ends there, `parts` the open pieces of words with their weight, and their sum."""

    whole: float
    parts: tuple[tuple[str, float], ...]
    total: float

    @property
    def broken(self) -> float:
        """How likely the cut fell inside a word, 0 to 1."""
        return 1 - self.whole / self.total


EMPTY = Edge(1.0, (), 1.0)


class Words:
    """The word list, with the weight of all words that begin or end in a given way."""

    def __init__(self, counts: dict[str, int]) -> None:
        total = sum(counts.values())
        self.share = {word: count / total for word, count in counts.items()}
        self.starting: dict[str, float] = {}
        self.ending: dict[str, float] = {}
        for word, share in self.share.items():
            for cut in range(1, len(word)):
                self.starting[word[:cut]] = self.starting.get(word[:cut], 0.0) + share
                self.ending[word[cut:]] = self.ending.get(word[cut:], 0.0) + share

    def tail(self, text: str) -> Edge:
        """How a piece of Chinese characters ends."""
        text = text[-REACH:]
        ways = self._ways(text)
        pieces = ((text[len(text) - k :], ways[len(text) - k]) for k in range(1, min(LONGEST, len(text) + 1)))
        return self._edge(ways[-1], pieces, self.starting)

    def head(self, text: str) -> Edge:
        """How a piece of Chinese characters begins."""
        text = text[:REACH]
        ways = self._ways(text[::-1], backwards=True)
        pieces = ((text[:k], ways[len(text) - k]) for k in range(1, min(LONGEST, len(text) + 1)))
        return self._edge(ways[-1], pieces, self.ending)

    def seam(self, tail: Edge, head: Edge) -> float:
        """The logarithm of how much likelier both pieces are together than apart."""
        joined = tail.whole * head.whole
        for left, before in tail.parts:
            for right, after in head.parts:
                share = self.share.get(left + right)
                if share is not None:
                    joined += before * share * after
        return math.log(joined / (tail.total * head.total) + 1e-6)

    def makes(self, tail: Edge, head: Edge) -> bool:
        """True when the open ends make a listed word across the seam."""
        return any(left + right in self.share for left, _ in tail.parts for right, _ in head.parts)

    def _ways(self, text: str, *, backwards: bool = False) -> list[float]:
        """For every position, the weight of all ways to read what comes before it as whole words."""
        ways = [1.0]
        for end in range(1, len(text) + 1):
            sum_ = 0.0
            for start in range(max(0, end - LONGEST), end):
                word = text[start:end][::-1] if backwards else text[start:end]
                share = self.share.get(word, UNKNOWN if end - start == 1 else 0.0)
                sum_ += ways[start] * share
            ways.append(sum_)
        return ways

    @staticmethod
    def _edge(whole: float, pieces: object, weights: dict[str, float]) -> Edge:
        parts = tuple((piece, before) for piece, before in pieces if piece in weights)  # type: ignore[attr-defined]
        total = whole + sum(before * weights[piece] for piece, before in parts)
        return Edge(whole, parts, total) if total > 0 else EMPTY


@cache
def common_words() -> Words:
    """The word list of the package (source and licence in its first lines)."""
    text = resources.files(__package__).joinpath("words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return Words({word: int(count) for word, count in rows})
