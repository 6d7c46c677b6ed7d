"""The home of a story: the place whose doings it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from taizhang.claims.naming import Named
from taizhang.claims.prose import sentences
from taizhang.core import Story

FEW = 3


def home_of(story: Story, named: Sequence[Named]) -> tuple[Named, ...]:
    """The places of the title; else of the first sentence; else the one named most.

    Empty for a text of the nation or of many places.
    """
    title = [n for n in named if n.at[1] <= story.title_end]
    end = _opening_end(story)
    opening = [n for n in named if n.full and story.title_end <= n.at[0] < end]
    for candidates in (title, opening, _most_named(named)):
        homes = _narrowest(candidates)
        if homes:
            return homes if len(homes) < FEW else ()
    return ()


def _opening_end(story: Story) -> int:
    """Where the first sentence of the body ends."""
    return next((e for s, e in sentences(story.flow.text) if s >= story.title_end), story.title_end)


def _most_named(named: Iterable[Named]) -> list[Named]:
    """The full name that stands at least three times, and twice as often as any other."""
    full = [n for n in named if n.full]
    ranking = Counter(n.name for n in full).most_common(2)
    if not ranking or ranking[0][1] < FEW or (len(ranking) > 1 and ranking[0][1] < 2 * ranking[1][1]):
        return []
    return [next(n for n in full if n.name == ranking[0][0])]


def _narrowest(candidates: list[Named]) -> tuple[Named, ...]:
    """One of each name; a place that only stands before its own county (邵阳市新邵县) is left out."""
    first = {n.name: n for n in reversed(candidates)}
    unique = [n for n in candidates if first[n.name] is n]
    above = {a.at for a, b in pairwise(candidates) if a.at[1] == b.at[0] and b.under(a)}
    return tuple(n for n in unique if n.at not in above)
