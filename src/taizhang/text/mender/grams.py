"""Pairs of neighbouring Chinese characters, the measure of what two texts share."""

from __future__ import annotations

from itertools import pairwise


def grams(text: str) -> set[str]:
    """All pairs of neighbouring Chinese characters in a text."""
    return {a + b for a, b in pairwise(text) if "\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff"}
