"""LIKE in Python: pieces between % searched from left to right, linear in the text for a pattern of at most 64."""

from __future__ import annotations

import re
from collections.abc import Callable


def matcher(pattern: str) -> Callable[[str], bool]:
    """A function that says whether a whole text fits the pattern (% any characters, _ one)."""
    first, *rest = pattern.split("%")
    if not rest:
        whole = _piece(first)
        return lambda text: whole.fullmatch(text) is not None
    head, tail, middle = _piece(first), _piece(rest[-1]), [_piece(p) for p in rest[:-1] if p]
    return lambda text: _fits(text, head, middle, tail, len(rest[-1]))


def _piece(piece: str) -> re.Pattern[str]:
    """A piece has a fixed length, so that searching for it cannot backtrack."""
    return re.compile("".join("." if c == "_" else re.escape(c) for c in piece), re.DOTALL)


def _fits(text: str, head: re.Pattern[str], middle: list[re.Pattern[str]], tail: re.Pattern[str], tail_length: int) -> bool:
    started = head.match(text)
    if not started:
        return False
    at, stop = started.end(), len(text) - tail_length
    for piece in middle:
        found = piece.search(text, at, max(stop, at))
        if not found:
            return False
        at = found.end()
    return at <= stop and tail.match(text, stop) is not None
