"""Hedge words: what stands before or after a number, and the range it makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from taizhang.core import Hedge, Range
from taizhang.text.reader.words import family, lengths

X = TypeVar("X", Decimal, Fraction)
BEFORE = {w: kind for kind, ws in family("hedge").items() for w in ws}
AFTER = {w: kind for kind, ws in family("tail").items() for w in ws}
_NOT = {k: ws for k, ws in family("not").items() if not k.startswith("after.")}
_NOT_AFTER = family("not.after")
_BEFORE_LENGTHS = lengths(frozenset(BEFORE))
_AFTER_LENGTHS = lengths(frozenset(AFTER))


@dataclass(frozen=True, slots=True)
class HedgeWord:
    """A hedge word found in the text: its span and its kind (a class of `words.tsv`)."""

    start: int
    end: int
    kind: str


def hedge_before(s: str, i: int) -> HedgeWord | None:
    """The longest hedge word that ends at `i`."""
    for n in _BEFORE_LENGTHS:
        word = s[max(i - n, 0) : i]
        kind = BEFORE.get(word)
        if kind and len(word) == n and not _other_word(s, i - n, word):
            return HedgeWord(i - n, i, kind)
    if s[max(i - 1, 0) : i] == "过" and not _other_word(s, i - 1, "过"):
        return HedgeWord(i - 1, i, "over")
    return None


def _other_word(s: str, at: int, word: str) -> bool:
    """True when a one-character hedge is the end of another word: 附近, 节约, 通过, 期限."""
    return at > 0 and s[at - 1] in _NOT.get(word, ())


def hedge_after(s: str, i: int) -> HedgeWord | None:
    """The longest hedge word that starts at `i`."""
    for n in _AFTER_LENGTHS:
        word = s[i : i + n]
        kind = AFTER.get(word)
        if kind and len(word) == n and s[i + n : i + n + 1] not in _NOT_AFTER.get(word, ()):
            return HedgeWord(i, i + n, kind)
    return None


def hedged(low: X, high: X, more: X | None, kind: str | None) -> tuple[Range, Hedge]:
    """The range of a number from `low` to `high` under at most one kind of hedge word; 多/余, which may add up to
    `more`, decides over the others. About is ± a tenth, near a tenth below: conventions of the annotation standard."""
    if more is not None:
        return Range(low, low + more, high_open=True), "at_least"
    if kind == "over":
        return Range(low, None, low_open=True), "at_least"
    if kind == "floor":
        return Range(low, None), "at_least"
    if kind == "about":
        return Range(low * 9 / 10, high * 11 / 10), "about"
    if kind == "near":
        return Range(low * 9 / 10, low, high_open=True), "about"
    if kind == "cap":
        return Range(None, high), "at_most"
    if kind == "under":
        return Range(None, high, high_open=True), "at_most"
    if kind == "first":
        return Range(1, high), "at_most"
    return Range(low, high), "exact" if low == high else "range"
