"""Whether a short line is a title, or a piece of running text that a column end cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.text.mender.blocks import Block
from taizhang.text.mender.grams import grams
from taizhang.text.mender.lines import MARKER
from taizhang.text.mender.seams import Ends, begins, seam

WEIGHTS = {
    "any": 0.4,
    "comma": -3.4,
    "enumeration": -1.0,
    "under 8": -3.5,
    "over 24": -0.5,
    "two halves": 1.5,
    "colon": 0.5,
    "first on the page": 2.5,
    "after a byline": 2.5,
    "after a title": 2.5,
    "after a cut sentence": 2.0,
    "byline next": 2.9,
    "dateline next": 2.9,
    "late byline next": -1.6,
    "nothing next": -1.0,
    "item next": 0.5,
    "next begins": 0.5,
    "seam to the next": -0.2,
    "seam from the cut": -0.35,
    "word broken": -0.5,
    "begins": 0.25,
    "taken up elsewhere": -0.6,
    "ends on a particle": -1.5,
    "item mark": -0.8,
    "的": -0.9,
    "digits": -1.1,
    "words of the next": 3.2,
    "words of the last": -2.6,
}
"""Log-odds for a title, fitted on scrambled pages; the colon and the dateline by hand."""

DATELINE = re.compile(r"(?:本报|本网|本刊|新华社|中新社)[^，。；]{0,24}?[讯电](?![台视力话影])")
"""How a news item begins: 本报讯, 新华社北京1月5日电."""
PARTICLES = "的了和将为在与及对被把让向从等以"
NEAR = 40  # blocks on either side in which a cut-off piece may be taken up


def title_score(i: int, blocks: Sequence[Block], kinds: Sequence[str], ends: Sequence[Ends]) -> float:
    """Above 0 when block `i`, a short line, is rather a title than a piece of text."""
    return sum(WEIGHTS[name] * value for name, value in _clues(i, blocks, kinds, ends))


def _clues(i: int, blocks: Sequence[Block], kinds: Sequence[str], ends: Sequence[Ends]) -> Iterator[tuple[str, float]]:
    yield "any", 1.0
    yield from _look(blocks[i].text)
    yield from _before(i, kinds, ends)
    yield from _after(i, kinds, ends)
    yield "dateline next", float(i + 1 < len(blocks) and DATELINE.match(blocks[i + 1].text) is not None)
    yield "begins", begins(ends[i])
    yield "word broken", ends[i].tail.broken
    yield "taken up elsewhere", min(4.0, _taken_up(i, kinds, ends))
    own = grams(blocks[i].text)
    yield "words of the next", _share(own, blocks, [k for k in range(i + 1, min(i + 5, len(kinds))) if kinds[k] == "body"][:2])
    yield "words of the last", _share(own, blocks, [k for k in range(max(0, i - 3), i) if kinds[k] == "body"][-2:])


def _look(text: str) -> Iterator[tuple[str, float]]:
    yield "comma", float("，" in text)
    yield "enumeration", float("、" in text)
    yield "under 8", float(len(text) < 8)
    yield "over 24", float(len(text) > 24)
    yield "two halves", float(" " in text or "\u3000" in text)
    yield "colon", float("：" in text)
    yield "ends on a particle", float(text[-1] in PARTICLES)
    yield "item mark", float(MARKER.match(text) is not None)
    yield "的", float("的" in text)
    yield "digits", float(any(map(str.isdigit, text)))


def _before(i: int, kinds: Sequence[str], ends: Sequence[Ends]) -> Iterator[tuple[str, float]]:
    if i == 0:
        yield "first on the page", 1.0
    elif kinds[i - 1] == "title":
        yield "after a title", 1.0
    elif kinds[i - 1] != "body":
        yield "after a byline", 1.0
    elif ends[i - 1].closes != "stop":
        yield "after a cut sentence", 1.0
        yield "seam from the cut", max(-3.0, min(3.0, seam(ends[i - 1], ends[i])))


def _after(i: int, kinds: Sequence[str], ends: Sequence[Ends]) -> Iterator[tuple[str, float]]:
    kind = kinds[i + 1] if i + 1 < len(kinds) else "margin"
    if kind == "margin":
        yield "nothing next", 1.0
    elif kind == "body":
        yield "item next", float(ends[i + 1].opens == "marker")
        yield "next begins", begins(ends[i + 1])
        yield "seam to the next", max(-3.0, min(3.0, seam(ends[i], ends[i + 1])))
    elif kind != "title":
        yield "byline next" if kind == "byline" else "late byline next", 1.0


def _taken_up(i: int, kinds: Sequence[str], ends: Sequence[Ends]) -> float:
    """How well the best block near by would continue this one."""
    near = (k for k in range(max(0, i - NEAR), min(len(kinds), i + NEAR)) if k != i and kinds[k] == "body")
    return max((seam(ends[i], ends[k]) for k in near if ends[k].opens != "marker"), default=0.0)


def _share(own: set[str], blocks: Sequence[Block], others: Sequence[int]) -> float:
    known: set[str] = set()
    for k in others:
        known |= grams(blocks[k].text)
    return len(own & known) / max(len(own), 1)
