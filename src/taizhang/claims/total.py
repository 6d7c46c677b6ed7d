"""Rule `total`: parts against their total, where the text says that the parts are all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.claims import cues
from taizhang.claims.saying import about, amount, finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.values import middle
from taizhang.claims.whole import (
    ALL_NAMED,
    LEAVES_REST,
    MOST_PARTS,
    OF_THESE,
    REST,
    Group,
    after_of_these,
    apart,
    complements,
    countable,
    run,
)
from taizhang.core import Finding, FindingClass, Range, Story
from taizhang.core import total as sum_of

WHOLE = re.compile(r"(?<!公)共|总|合计|累计|全部|全县|全市|全区|全镇|全省|全年|一共|现有|拥有")
SUMS_UP = re.compile(
    r"^(?:(?:两|三|四|五|六|七|八|九|十|以上|上述|这)?(?:项|者|类|个|处|地|部分|级|家|村|镇|县|所|支|组|方面|年|季度?)?[^，]{0,6}?)"
    r"(?:总共|一共|共计|合计|总计|(?<!公)共(?!同|享|建)|总数|总额|总量)"
)


NUMBERED = re.compile(r"(?:以上|上述|这)?(?:两|三|四|五|六|七|八|九|十)(?:项|者|类|个|处|地|部分|级|家|村|镇|县|所|支|组|方面)")


def total(story: Story) -> Iterator[Finding]:
    """Contradictions between a total and the sum of its parts."""
    for sentence in sentences(story):
        for group in [*_complementary(sentence), *_side_by_side(sentence), *_named(sentence), *_summed(sentence)]:
            yield from _judge(sentence, group)
        for group in after_of_these(sentence):
            yield from _too_much(sentence, group)


def _too_much(sentence: Sentence, group: Group) -> Iterator[Finding]:
    """Parts under 其中 may overlap or leave a rest; more than the whole is a contradiction only for kinds that never overlap."""
    added = sum_of([m.size for m in group.parts])
    if len(group.parts) < 2 or group.complete or complements(group.whole, group.parts) or not group.whole.size.below(added):
        return
    if any(group.whole.size.below(m.size) for m in group.parts):
        return
    listed = sentence.text[group.parts[0].end : group.parts[-1].start]
    if apart(group.parts):
        yield _differs(sentence, group, "contradiction")
    elif "、" in listed and "，" not in listed and group.whole.kind != "person":
        yield _differs(sentence, group, "query")


def _complementary(sentence: Sentence) -> Iterator[Group]:
    """其中 with parts that leave nothing out: 男 and 女, 中央 and 地方, or a rest (其余)."""
    for group in after_of_these(sentence):
        if group.complete:
            yield group
            continue
        chosen = complements(group.whole, group.parts)
        if chosen:
            yield Group(group.whole, chosen, True)


def _side_by_side(sentence: Sentence) -> Iterator[Group]:
    """调查了1200户，城镇500户，农村700户: parts that leave nothing out, right after their whole."""
    for whole, first in pairwise(sentence.mentions):
        mark = sentence.text[whole.end + len(whole.tail) : first.start - len(first.lead)]
        if mark not in ("，", "：") or first.base != whole.base or not countable(whole):
            continue
        chosen = complements(whole, run(sentence, sentence.mentions[first.index : first.index + MOST_PARTS], whole.base))
        if chosen and chosen[0] is first:
            yield Group(whole, chosen, True)


def _named(sentence: Sentence) -> Iterator[Group]:
    """T，包括P1、P2和P3; T：P1，P2; T，分别为P1、P2."""
    for i, whole in enumerate(sentence.mentions[:-2]):
        first = sentence.mentions[i + 1]
        gap = sentence.between(whole, first)
        if first.base != whole.base or not countable(whole) or OF_THESE.search(gap) or not ALL_NAMED.search(gap):
            continue
        parts = run(sentence, sentence.mentions[i + 1 : i + 1 + MOST_PARTS], whole.base)
        if len(parts) >= 2 and _is_whole(sentence, whole, parts, gap):
            yield Group(whole, parts, True)


def _is_whole(sentence: Sentence, whole: Mention, parts: Sequence[Mention], gap: str) -> bool:
    """True when the words make the first number a total and leave no part out."""
    listed = sentence.text[whole.end : parts[-1].end] + parts[-1].tail
    if LEAVES_REST.search(listed) or re.search(r"平均|每", listed):
        return False
    made_up = re.match(r"[^，。；]{0,8}(?:组成|构成)", sentence.text[parts[-1].end : parts[-1].end + 12])
    if re.search(r"由|即", gap):
        return bool(made_up)
    return bool(WHOLE.search(whole.clause) or made_up) or "：" in gap or "包括" in gap or "分为" in gap


def _summed(sentence: Sentence) -> Iterator[Group]:
    """P1、P2和P3，共T: the total stands last."""
    for j in range(2, len(sentence.mentions)):
        whole = sentence.mentions[j]
        cue = SUMS_UP.search(whole.lead)
        if cue is None or not countable(whole) or re.search(r"目前|现有|现已|截至|累计", whole.lead):
            continue
        if not (NUMBERED.match(whole.clause) or _same_matter(sentence, whole, whole.lead[cue.end() :])):
            continue
        parts = _run_back(sentence, j)
        if len(parts) >= 2:
            yield Group(whole, parts, False)  # where the list begins is not said


def _same_matter(sentence: Sentence, whole: Mention, words: str) -> bool:
    """True when the words after 共 name nothing that the parts do not name too."""
    left = cues.filler_free(words).strip("有计完成投入")
    before = sentence.text[max(0, whole.start - 160) : whole.start - len(whole.lead)]
    return left == "" or left in before


def _run_back(sentence: Sentence, j: int) -> tuple[Mention, ...]:
    whole = sentence.mentions[j]
    out: list[Mention] = []
    later = whole
    for m in sentence.mentions[max(0, j - MOST_PARTS) : j][::-1]:
        gap = sentence.text[m.end : later.start]
        if later is whole and m.base != whole.base and not any(c in sentence.text[m.end : whole.start] for c in "，；、"):
            continue  # 三级财政共…, 三个村共计…: how many parts there are
        if m.base != whole.base or not countable(m) or len(gap) > 30 or REST.search(gap) and not out:
            break
        if OF_THESE.search(gap) or (later is not whole and "；" in gap and not _parallel(m, later)):
            break
        out.append(m)
        later = m
    return tuple(out[::-1])


def _parallel(a: Mention, b: Mention) -> bool:
    return a.tail == b.tail or a.lead[:1] == b.lead[:1]


def _judge(sentence: Sentence, group: Group) -> Iterator[Finding]:
    count = len(group.parts)
    ways = [group.parts[:k] for k in range(2, count + 1)]  # the list may run on into another sum
    if not group.complete:
        ways += [group.parts[k:] for k in range(count - 1)]
    if any(_agrees(group.whole, parts) for parts in ways):
        return
    yield _differs(sentence, group, "contradiction")


def _agrees(whole: Mention, parts: Sequence[Mention]) -> bool:
    return whole.size.meets(sum_of([m.size for m in parts]))


def _differs(sentence: Sentence, group: Group, kind: FindingClass) -> Finding:
    whole = group.whole
    unit = whole.q.unit
    added: Range = sum_of([m.size for m in group.parts]).scaled(1 / whole.factor)
    a, b = middle(added), middle(whole.meant)
    miss = amount(abs(a - b), unit) if a is not None and b is not None else None
    parts = "、".join(m.q.surface for m in group.parts)
    return finding(
        sentence, (whole, *group.parts), kind, "total", (whole.q.surface, about(added, unit), miss),
        f"各部分{parts}相加为{about(added, unit)}，与总数{whole.q.surface}不符。",
        f"The parts {parts} add up to {about(added, unit)}, not to the stated total {whole.q.surface}.",
    )
