"""Rule `units`: one quantity said in two units (1500亩（合100公顷）)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.saying import about, amount, finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.values import holds_whole, middle, rounded
from taizhang.core import Finding, Range, Story

SAME = re.compile(r"[^，,。；;]{0,6}[，,（(]?(?:即|也即|也就是说?|就是|约?合|折合(?:为|成)?|折(?:为|成|算为)?|换算(?:为|成)?|相当于|等于|约为|合计)[^，,。；;（(]{0,4}")
BRACKET = re.compile(r"[^，,。；;（(]{0,6}[（(](?:即|约?合|折合|约|相当于)?")
COUNTED = frozenset({"count", "person", "visit", "share", "point", "multiple", "age", "scale", ""})


def units(story: Story) -> Iterator[Finding]:
    """Contradictions between two forms of one measured quantity."""
    for sentence in sentences(story):
        for a, b in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if _same_thing(sentence, a, b) and not a.size.meets(_form(a, b)):
                yield _apart(sentence, a, b)


def _same_thing(sentence: Sentence, a: Mention, b: Mention) -> bool:
    """True when the words between say that the second is the first in another unit."""
    if a.aside or b.aside or a.kind in COUNTED or a.base != b.base:
        return False
    gap = sentence.between(a, b)
    if a.q.unit == b.q.unit:
        return bool(re.fullmatch(r"[，,（(]?(?:即|也就是|折合|合)", gap))
    if gap == "，" and b.q.hedge == "about" and b.tail == "":
        return True
    return bool(SAME.fullmatch(gap) or (BRACKET.fullmatch(gap) and sentence.text[b.end : b.end + 1] in "）)"))


def _form(a: Mention, b: Mention) -> Range:
    """The second form in the base unit. Where no whole 公顷 can be meant, a printed whole one was rounded by hand."""
    fits = holds_whole(a.size.scaled(1 / b.factor))
    return b.size if fits else rounded(b.meant).scaled(b.factor)


def _apart(sentence: Sentence, a: Mention, b: Mention) -> Finding:
    follows = a.size.scaled(1 / b.factor)
    x, y = middle(follows), middle(b.meant)
    miss = amount(abs(x - y), b.q.unit) if x is not None and y is not None else None
    return finding(
        sentence, (a, b), "contradiction", "units", (b.q.surface, about(follows, b.q.unit), miss),
        f"{a.q.surface}折合{about(follows, b.q.unit)}，文中写的是{b.q.surface}。",
        f"{a.q.surface} is {about(follows, b.q.unit)}, but the text says {b.q.surface}.",
    )
