"""Problems of places: which file, row and column; in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.core import Problem

Pair = tuple[str, str]
"""The same words in Chinese and in English."""

MOST_PROBLEMS = 500
LONGEST_SHOWN = 60


def problem(where: str, found: Pair, expected: Pair, do: Pair) -> Problem:
    """A problem in both languages."""
    return Problem(where, found[0], expected[0], do[0], found[1], expected[1], do[1])


def both(text: str) -> Pair:
    """What is said alike in both languages."""
    return (text, text)


def shown(text: str) -> str:
    """A text as it may stand in a message: one line, not too long, nothing that moves the cursor."""
    clean = "".join(c if c.isprintable() else "�" for c in text[: LONGEST_SHOWN + 1])
    return clean if len(text) <= LONGEST_SHOWN else clean[:LONGEST_SHOWN] + "…"


def listed(words: Sequence[str], most: int = 6) -> str:
    """Some words of a list, cut where it grows long."""
    return "、".join(words[:most]) + ("…" if len(words) > most else "")


def shortened(problems: Sequence[Problem], where: str) -> tuple[Problem, ...]:
    """At most MOST_PROBLEMS, and one that says how many more there are."""
    left = len(problems) - MOST_PROBLEMS
    if left <= 0:
        return tuple(problems)
    more = problem(
        where,
        (f"另有 {left} 处问题未列出", f"{left} more problems are not listed"),
        ("没有问题的名单", "a list without problems"),
        ("请先改正以上问题。", "Mend those above first."),
    )
    return (*problems[:MOST_PROBLEMS], more)
