"""Rule `units`: one quantity said in two units (1500亩（合100公顷）)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.saying import about, amount, finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.values import holds_whole, middle, rounded
from taizhang.core import Finding, Range, Story

# The second number is the first in another form.
FORM = (
    r"(?:(?:换算|折算|换|折合?|合|约?等)(?:下来|过来|起来)?(?:于|成|为|是|后|得)?|也?即(?:是|为)?|也?就是说?|换句话说(?:就是|，)?|"
    r"(?:按|用|以)[^，。；]{1,6}?(?:来)?(?:算|计|计算|表示)|相当于)(?:下来|起来)?(?:为|是|就是|有|达|约)*"
)
SAME = re.compile(rf"[^，,。；;]{{0,6}}[，,（(]?(?:{FORM}|约合|约为|约|合计)[^，,。；;（(]{{0,4}}")
SAME_UNIT = re.compile(rf"[，,（(]?{FORM}")
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
        return bool(SAME_UNIT.fullmatch(gap)) or (gap in ("（", "(") and _scale(a) != _scale(b) and b.end < len(sentence.text) and sentence.text[b.end] in "）)")
    if gap == "，" and b.q.hedge == "about" and b.tail == "":
        return True
    return bool(SAME.fullmatch(gap) or (BRACKET.fullmatch(gap) and sentence.text[b.end : b.end + 1] in "）)"))


def _scale(m: Mention) -> str:
    """The 万 and 亿 of a printed number."""
    return "".join(c for c in m.q.surface if c in "万亿")


def _form(a: Mention, b: Mention) -> Range:
    """The second form in the base unit. Where no whole 公顷 can be meant, a printed whole one was rounded by hand."""
    fits = holds_whole(a.size.scaled(1 / b.factor))
    return b.size if fits else rounded(b.meant).scaled(b.factor)


def _apart(sentence: Sentence, a: Mention, b: Mention) -> Finding:
    follows = a.size.scaled(1 / b.factor)
    x, y = middle(follows), middle(b.meant)
    miss = amount(abs(x - y), b.q.unit) if x is not None and y is not None else None
    return finding(
        sentence, (a, b), "contradiction", "units", (b.q.surface, f"{a.q.surface} = {about(follows, b.q.unit)}", miss),
        f"{a.q.surface}折合{about(follows, b.q.unit)}，文中写的是{b.q.surface}。",
        f"{a.q.surface} is {about(follows, b.q.unit)}, but the text says {b.q.surface}.",
    )
