"""Rule `total`: parts against their total, where the text says that the parts are all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.claims import cues
from taizhang.claims.saying import about, amount, finding
from taizhang.claims.scene import SENTENCE_END, Mention, Sentence, sentences
from taizhang.claims.summed import COUNT, NUMERALS, summed
from taizhang.claims.values import middle
from taizhang.claims.whole import (
    ALL_NAMED,
    LEAVES_REST,
    MOST_PARTS,
    NEW_WHOLE,
    OF_THESE,
    REST,
    Group,
    after_of_these,
    apart,
    complements,
    countable,
    one_kind_of_head,
    part_name,
    run,
)
from taizhang.core import Finding, FindingClass, Range, Story
from taizhang.core import total as sum_of

WHOLE = re.compile(r"(?<!公)共|总|合计|累计|全部|全县|全市|全区|全镇|全省|全年|一共|现有|拥有")
# The whole is said to have nothing outside the parts named.
NOTHING_ELSE = re.compile(r"(?:没有|再无|别无|无|并无)(?:其他|其它|别的)")
CALLED = re.compile(r"包括|含|[^，。；]*分别")
MARK_AND_NAMES = re.compile(r"，[^，。；\d]{1,24}、")  # A、B、C分别为
AMONG = re.compile(r"(?:中|里|里头|里面|当中)$")
NEXT_CLAUSE = 40  # characters from a whole to its first part


def total(story: Story) -> Iterator[Finding]:
    """Contradictions between a total and the sum of its parts."""
    for sentence in sentences(story):
        for group in [*_complementary(sentence), *_side_by_side(sentence), *_named(sentence), *summed(sentence)]:
            yield from _judge(sentence, group)
        for group in [*after_of_these(sentence), *_beside(sentence)]:
            yield from _too_much(sentence, group)


def _too_much(sentence: Sentence, group: Group) -> Iterator[Finding]:
    """Parts under 其中 may overlap or leave a rest; more than the whole is a contradiction only for kinds that never overlap."""
    added = sum_of([m.size for m in group.parts])
    if len(group.parts) < 2 or group.complete or complements(group.whole, group.parts) or not group.whole.size.below(added):
        return
    if any(group.whole.size.below(m.size) for m in group.parts):
        return
    listed = sentence.text[group.parts[0].end : group.parts[-1].start]
    if apart(group.parts) or _each_named_at_once(sentence, group):
        yield _differs(sentence, group, "contradiction")
    elif "、" in listed and "，" not in listed and group.whole.kind != "person":
        yield _differs(sentence, group, "query")


def _each_named_at_once(sentence: Sentence, group: Group) -> bool:
    """造林面积T，A、B、C分别为a、b和c: three sorts or more of one stuff; persons may be of several."""
    return len(group.parts) > 2 and "分别" in group.parts[0].lead and group.whole.kind != "person" and group.parts[0].index == group.whole.index + 1


def _complementary(sentence: Sentence) -> Iterator[Group]:
    """其中 with parts that leave nothing out: 男 and 女, 中央 and 地方, or a rest (其余)."""
    for group in after_of_these(sentence):
        if group.complete or (len(group.parts) > 1 and _nothing_else(sentence, group.parts[-1])):
            yield Group(group.whole, group.parts, True)
            continue
        following = [m for m in sentence.following(group.whole.end, MOST_PARTS) if not group.parts or m.start >= group.parts[0].start]
        chosen = complements(group.whole, run(sentence, following, group.whole.base, NEW_WHOLE))
        if chosen or _as_many_as_counted(sentence, group):
            yield Group(group.whole, chosen or group.parts, True)


def _as_many_as_counted(sentence: Sentence, group: Group) -> bool:
    """三个村共有W，其中A村…，B村…，C村…: each part is one of the things counted, and there are as many."""
    counted = sentence.mentions[group.whole.index - 1] if group.whole.index else None
    if counted is None or len(group.parts) < 2 or not counted.tail or counted.end + len(counted.tail) != group.whole.start:
        return False
    return counted.meant.is_point and counted.meant.low == len(group.parts) and all(part_name(m)[-1:] in counted.tail[:2] for m in group.parts)


def _side_by_side(sentence: Sentence) -> Iterator[Group]:
    """调查了1200户，城镇500户，农村700户: parts that leave nothing out, right after their whole."""
    for whole, parts in _followed(sentence):
        chosen = complements(whole, parts)
        if chosen and chosen[0] is parts[0]:
            yield Group(whole, chosen, True)


def _beside(sentence: Sentence) -> Iterator[Group]:
    """共有线索578件，已办结302件，正在办理275件: parts that need not be all, right after a total."""
    for whole, parts in _followed(sentence):
        if (WHOLE.search(whole.clause) or CALLED.match(parts[0].lead)) and not apart((whole, *parts)):
            yield Group(whole, parts, False)


def _followed(sentence: Sentence) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    """Each amount with the amounts of its base that stand right after it."""
    for whole in sentence.mentions[:-2]:
        first = next((m for m in sentence.following(whole.end, 3) if not (m.is_percent and cues.change_of(m))), None)
        if first is None or first.base != whole.base or not countable(whole):
            continue
        mark = sentence.text[sentence.mentions[first.index - 1].end + len(sentence.mentions[first.index - 1].tail) : first.start - len(first.lead)]
        if mark in ("，", "：", "（", "。") or ("分别" in first.lead and MARK_AND_NAMES.fullmatch(mark)):
            parts = run(sentence, sentence.mentions[first.index : first.index + MOST_PARTS], whole.base, NEW_WHOLE)
            if len(parts) > 1:
                yield whole, parts


def _named(sentence: Sentence) -> Iterator[Group]:
    """T，包括P1、P2和P3; T：P1，P2; T，分别为P1、P2; T，P1，其余P2."""
    for whole in sentence.mentions[:-2]:
        if not countable(whole) or whole.is_percent:
            continue
        first = next((m for m in sentence.following(whole.end, 3) if m.base == whole.base), None)
        gap = sentence.between(whole, first) if first else ""
        if first is None or len(gap) > NEXT_CLAUSE or SENTENCE_END.search(gap) or OF_THESE.search(gap):
            continue
        parts = run(sentence, sentence.mentions[first.index : first.index + MOST_PARTS], whole.base)
        if len(parts) >= 2 and _are_all(sentence, whole, parts, gap):
            yield Group(whole, parts, True)


def _are_all(sentence: Sentence, whole: Mention, parts: Sequence[Mention], gap: str) -> bool:
    """True when the words say that the parts are all: 包括, 三个…分别, 其余, 没有其他, or one kind of name for each part."""
    if any(p.meant == whole.meant for p in parts):
        return False  # 两个层面：…；两个层面: the whole itself again
    if parts[0].index == whole.index + 1 and ALL_NAMED.search(gap) and _is_whole(sentence, whole, parts, gap):
        return True
    listed = sentence.text[whole.end : parts[-1].end] + parts[-1].tail
    if LEAVES_REST.search(REST.sub("", listed)) or re.search(r"平均|每", listed):
        return False
    stated = bool(WHOLE.search(whole.clause) or AMONG.search(whole.tail)) or (_opens(sentence, whole) and all(p.size.below(whole.size) for p in parts))
    if _nothing_else(sentence, parts[-1]) or (REST.search(parts[-1].lead) and stated):
        return True
    if stated and any(NUMERALS[n["n"]] == len(parts) for n in COUNT.finditer(gap)) and "分别" in gap + parts[0].lead:
        return True
    counted = WHOLE.search(whole.clause) or AMONG.search(whole.tail) or whole.lead.endswith("有")
    return bool(counted) and not apart((whole, *parts)) and one_kind_of_head(sentence, whole, parts) and _ends_sentence(sentence, parts[-1])


def _opens(sentence: Sentence, whole: Mention) -> bool:
    """True when no amount of its base stands before it in its sentence, so that it is no part itself."""
    before = [m for m in sentence.preceding(whole.start, 3) if m.base == whole.base]
    return not any(not SENTENCE_END.search(sentence.text[m.end : whole.start]) for m in before)


def _nothing_else(sentence: Sentence, last: Mention) -> bool:
    return bool(NOTHING_ELSE.search(sentence.text, last.end, last.end + 24))


def _ends_sentence(sentence: Sentence, m: Mention) -> bool:
    end = m.end + len(m.tail)
    return end >= len(sentence.text) or sentence.text[end] in "。！？\n"


def _is_whole(sentence: Sentence, whole: Mention, parts: Sequence[Mention], gap: str) -> bool:
    """True when the words make the first number a total and leave no part out."""
    listed = sentence.text[whole.end : parts[-1].end] + parts[-1].tail
    if LEAVES_REST.search(listed) or re.search(r"平均|每", listed):
        return False
    made_up = re.match(r"[^，。；]{0,8}(?:组成|构成)", sentence.text[parts[-1].end : parts[-1].end + 12])
    if re.search(r"，(?:也)?即(?![将使可])", gap):
        return True
    if re.search(r"由|即", gap):
        return bool(made_up)
    return bool(WHOLE.search(whole.clause) or made_up) or "：" in gap or "包括" in gap or "分为" in gap


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
        sentence, (whole, *group.parts), kind, "total", (whole.q.surface, f"{' + '.join(m.q.surface for m in group.parts)} = {about(added, unit)}", miss),
        f"各部分{parts}相加为{about(added, unit)}，与总数{whole.q.surface}不符。",
        f"The parts {parts} add up to {about(added, unit)}, not to the stated total {whole.q.surface}.",
    )
