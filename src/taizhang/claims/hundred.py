"""Rule `total` for percentages: shares that are said to be all must add up to 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.saying import finding, number
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.values import middle
from taizhang.claims.whole import COMPLEMENTS, LEAVES_REST, MOST_PARTS, REST
from taizhang.core import Finding, Range, Story, total

ALL = Range.of(100)
TAKES = re.compile(r"占(?:比)?(?:全\w{0,4}|总\w{0,4})?(?:的)?(?:比例|比重)?(?:为|达|约|了|到)*$")


def hundred(story: Story) -> Iterator[Finding]:
    """Contradictions between 100 % and shares that leave nothing out (三次产业, 男女, 其余占)."""
    for sentence in sentences(story):
        for shares in _runs(sentence):
            added = total([m.size for m in shares])
            if _complete(sentence, shares) and not added.meets(ALL):
                yield _apart(sentence, shares, added)


def _runs(sentence: Sentence) -> Iterator[tuple[Mention, ...]]:
    """Shares that follow each other with nothing counted between."""
    run: list[Mention] = []
    for m in [*sentence.mentions, None]:
        if m is not None and m.is_percent and not cues.change_of(m) and TAKES.search(m.lead) and len(run) < MOST_PARTS:
            run.append(m)
            continue
        if len(run) >= 2:
            yield tuple(run)
        run = []


def _complete(sentence: Sentence, shares: tuple[Mention, ...]) -> bool:
    said = sentence.text[max(0, shares[0].start - len(shares[0].lead)) : shares[-1].end]
    if REST.search(shares[-1].lead):
        return not LEAVES_REST.search(REST.sub("", said))
    heads = [TAKES.sub("", m.lead) for m in shares]
    return any(len(row) == len(heads) and all(h.startswith(w) for h, w in zip(heads, row, strict=True)) for row in COMPLEMENTS)


def _apart(sentence: Sentence, shares: tuple[Mention, ...], added: Range) -> Finding:
    mid = middle(added)
    assert mid is not None  # each share is bounded or the sum would meet 100
    parts = "、".join(m.q.surface for m in shares)
    return finding(
        sentence, shares, "contradiction", "total", (parts, f"{' + '.join(m.q.surface for m in shares)} = {number(mid, 2)}% ≠ 100%", f"{number(abs(mid - 100), 2)}pp"),
        f"{parts}相加为{number(mid, 2)}%，各部分之和应为100%。",
        f"The shares {parts} add up to {number(mid, 2)} %, but together they must be 100 %.",
    )
