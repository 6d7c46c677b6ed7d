"""Which of the chosen joins are guesses, and which articles begin in mid-sentence.

Both are yes-or-no models fitted on scrambled pages, where it is known which joins were false and where
words had been cut away. A score of 0 means even odds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.text.mender.clues import Clues
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.phrases import official_phrases
from taizhang.text.mender.seams import begins, makes_word, seam

SURE = 1.0  # a join that scores less is called a guess
FAR = 6.0  # a lead above this says no more
LOST_START = 0.0

CUT_JOIN = {
    "any": 0.3,
    "seam": 0.2,
    "triple": 0.2,
    "next": -0.3,
    "topic": 0.7,
    "gain": 0.35,
    "lead": 0.1,
    "rival": 0.2,
    "number": 0.5,
    "unit": 0.7,
}
WHOLE_JOIN = {"any": 0.6, "pair": 0.3, "next": 0.5, "gain": 0.1, "lead": 0.1, "rival": 0.25}
START = {"any": -2.2, "begins": -1.4, "triple": -1.05, "item": 0.6, "short clause": 1.0, "long clause": -1.9}

Gains = Sequence[Sequence[float]]


def is_guess(clues: Clues, source: int, body: int, gain: float, lead: float, rival: float) -> bool:
    """True when the join of two text blocks may well be wrong or have words missing in it.

    `lead` is how much `gain` passes what the next best predecessor of `body` would have, `rival` the
    same for the next best follower of `source`. A word made across the cut settles the matter.
    """
    before, after = clues.page.ends[source], clues.page.ends[body]
    if "heading" in (clues.page.kinds[source], clues.page.kinds[body]) or makes_word(before, after):
        return False
    pair, triple = official_phrases().link(before.last, after.first)
    values = {
        "any": 1.0,
        "seam": seam(before, after),
        "pair": pair,
        "triple": triple,
        "next": float(body == source + 1),
        "topic": clues.topics.shared(source, body),
        "gain": min(10.0, gain),
        "lead": min(FAR, lead),
        "rival": min(FAR, rival),
        "number": float(before.closes == "number"),
        "unit": float(after.opens == "unit"),
    }
    weights = WHOLE_JOIN if before.closes == "stop" else CUT_JOIN
    return sum(weight * values[name] for name, weight in weights.items()) < SURE


def lost_start(page: Sorted, first: int) -> bool:
    """True when an article's first block reads as the middle of a sentence."""
    return sum(START[name] * value for name, value in _start(page, first)) > LOST_START


def _start(page: Sorted, first: int) -> Iterator[tuple[str, float]]:
    ends = page.ends[first]
    clause = re.split("[，。：；]", page.blocks[first].text, maxsplit=1)[0]
    yield "any", 1.0
    yield "begins", begins(ends)
    yield "triple", official_phrases().link("。", ends.first)[1]
    yield "item", float(ends.opens == "marker")
    yield "short clause", float(len(clause) <= 6)
    yield "long clause", float(len(clause) > 14)
