"""Words brought to meanings: 购进 and 采购 are one doing, 矿点 and 矿山 one thing, in packs and in prose alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_ALONE = re.compile(r"[了给到出进完下上回走掉过着去来往至起的药书树矿\d约近超共，。；、]|$")
"""What follows a verb of one letter; before anything else the letter is part of another word (花 in 连花清瘟)."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A word at a place of a text, and the meanings it may have: `act:buy`, `thing:mine`."""

    start: int
    end: int
    groups: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The table of meanings: words with their groups, and the longest word by its first character."""

    words: dict[str, frozenset[str]]
    longest: dict[str, int]
    measures: tuple[frozenset[str], ...]

    def senses(self, text: str) -> list[Sense]:
        """The words of a text that the table knows, the longest first at each character, in order, none within another."""
        found: list[Sense] = []
        at = 0
        while at < len(text):
            size = next((n for n in range(min(self.longest.get(text[at], 0), len(text) - at), 0, -1) if text[at : at + n] in self.words), 0)
            if size == 1 and not _ALONE.match(text, at + 1) and any(g.startswith("act:") for g in self.words[text[at]]):
                size = 0
            if size:
                found.append(Sense(at, at + size, self.words[text[at : at + size]]))
            at += size or 1
        return found

    def alike(self, unit: str, other: str) -> bool:
        """Whether two measure words count the same kind of thing (座 and 处), so that their numbers may be compared."""
        return unit == other or any(unit in group and other in group for group in self.measures)

    def unlike(self, unit: str, other: str) -> bool:
        """Whether two measure words count things of two kinds (人 and 座), so that a number in one cannot be meant for the other."""
        known = all(any(name in group for group in self.measures) for name in (unit, other))
        return known and not self.alike(unit, other)


def within(senses: list[Sense], start: int, end: int) -> list[Sense]:
    """Those that begin between two offsets."""
    low = bisect_left(senses, start, key=lambda s: s.start)
    return senses[low : bisect_left(senses, end, key=lambda s: s.start)]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The table that comes with the house."""
    words: dict[str, set[str]] = {}
    measures: list[frozenset[str]] = []
    for line in files("taizhang.claims.matching").joinpath("words.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, group, told = line.split("\t")
        if kind == "measure":
            measures.append(frozenset(told.split()))
            continue
        for word in told.split():
            words.setdefault(word, set()).add(f"{kind}:{group}")
    longest: dict[str, int] = {}
    for word in words:
        longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return Lexicon({word: frozenset(groups) for word, groups in words.items()}, longest, tuple(measures))
