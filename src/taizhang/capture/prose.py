"""Whether a long text can be prose at all: thirty megabytes of digits have nothing to check, and take a minute to read."""

from __future__ import annotations

import re

LONG = 1 << 20
"""Characters from which a text is looked at; a shorter one is read whatever it holds."""
FEWEST = 0.005
"""The share of Chinese characters below which a long text is no prose; in real reports it is above .7."""

_WINDOW = 1 << 10
_WINDOWS = 64
_STRETCH = 1 << 20
_CHARACTER = re.compile("[\u4e00-\u9fff]")


def may_be_prose(text: str) -> bool:
    """False for a long text with hardly a Chinese character: a sample decides for prose, only the whole text against it."""
    if len(text) < LONG:
        return True
    step = len(text) // _WINDOWS
    if _characters(text, step, _WINDOW) >= FEWEST * _WINDOW * _WINDOWS:
        return True
    return not text.isascii() and _characters(text, _STRETCH, _STRETCH) >= FEWEST * len(text)


def _characters(text: str, step: int, size: int) -> int:
    """Chinese characters in stretches of `size`, one every `step`."""
    return sum(len(_CHARACTER.findall(text, at, at + size)) for at in range(0, len(text), step))
