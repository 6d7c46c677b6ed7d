"""Numbered items: 一是 … 二是 …, （一）…（二）…, and whether one column's run goes on in another."""

from __future__ import annotations

import re
from collections.abc import Iterable

DIGITS = "一二三四五六七八九十"
_ITEM = re.compile(
    r"(?:^|(?<=[。；：，]))(?:([一二三四五六七八九十])(是|要|、)|([（(])([一二三四五六七八九十])[）)]|(第)([一二三四五六七八九十])[，、])"
)

Series = dict[str, tuple[int, int]]
"""Kind of item to its first and last number in a text."""


def series_of(texts: Iterable[str]) -> Series:
    """The numbered items of a column, from its blocks in order."""
    found: Series = {}
    for text in texts:
        for a, kind_a, kind_b, b, kind_c, c in _ITEM.findall(text):
            kind, number = kind_a or kind_b or kind_c, DIGITS.index(a or b or c) + 1
            found[kind] = (found.get(kind, (number, 0))[0], number)
    return found


def continues(before: Series, after: Series) -> int:
    """1 if a run of items goes on from one column to the other, -1 if it would jump or repeat, 0 if nothing says."""
    shared = before.keys() & after.keys()
    if any(after[kind][0] == before[kind][1] + 1 for kind in shared):
        return 1
    starts_late = any(first > 1 for kind, (first, _) in after.items() if kind not in shared)
    breaks_off = any(after[kind][0] != 1 for kind in shared)
    return -1 if breaks_off else 0 if not starts_late else -1
