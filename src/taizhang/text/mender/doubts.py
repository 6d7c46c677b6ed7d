"""Which of the chosen joins are guesses, and which articles begin in mid-sentence.

Both are yes-or-no models fitted on scrambled pages, where it is known which joins were false and where
words had been cut away. A score of 0 means even odds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.text.mender.clues import Clues
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.phrases import official_phrases
from taizhang.text.mender.seams import begins, makes_word, seam

SURE = 1.0  # a join that scores less is called a guess
FAR = 6.0  # a lead above this says no more
LOST_START = 0.0

CUT_JOIN = {
    "any": 0.4,
    "seam": 0.3,
    "triple": 0.35,
    "next": -0.3,
    "topic": 0.8,
    "gain": 0.35,
    "rival": 0.15,
    "number": 0.3,
    "mark": 0.3,
    "item": 2.0,
}
"""For a join in mid-sentence. Words are lost more often between neighbours than between blocks far apart."""
WHOLE_JOIN = {"any": 0.8, "pair": 0.2, "next": 0.9, "gain": 0.1, "lead": 0.1, "rival": 0.25}
"""For a join after the end of a sentence."""
START = {"any": -2.1, "begins": -1.2, "triple": -1.0, "item": -0.4, "short clause": 0.6, "long clause": -1.3}


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
        "mark": float(before.closes == "mark"),
        "item": float(after.opens == "marker"),
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
