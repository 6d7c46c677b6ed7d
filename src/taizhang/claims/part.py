"""Rule `part`: a part larger than its whole (入园企业198家，其中投产企业243家)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, takewhile

from taizhang.claims.measures import CARRIER, OWNER
from taizhang.claims.saying import amount, finding
from taizhang.claims.scene import SENTENCE_END, Mention, Sentence, sentences
from taizhang.claims.whole import OF_THESE, Group, after_of_these, countable
from taizhang.core import Finding, Story

NOT_OF_IT = re.compile(r"最|每|各|单|超过|带动|撬动|吸引|辐射|服务|惠及|培训|走访|共|对|向|给|(?<![定认列评判])为(?=.)|占(?![了到有去]|$)")
OTHER_SORT = ("子", "小", "分")  # 20个项目，包含69个子项目
# In 120户脱贫户中，有…; not 过程中, 工作中, 会议中 and the like.
AMONG = re.compile(
    r"[^，。；、]{0,10}(?<!过程)(?<!建设)(?<!工作)(?<!活动)(?<!会议)(?<!服务)(?<!其)(?<![手心途高初集空家])(?:[中里][，,]|里[头面][，,]?|中(?=[评选挑有]))[^，。；、]{0,12}"
)
# （含出口产值…）, 包括…, 仅玉竹一项就达….
CONTAINS = re.compile(r"[^，。；（(]{0,12}(?:[（(，](?:含|包括|包含|内含)[^，。；、]{0,16}|，(?:仅|光|单是)[^，。；、]{1,14}就[^，。；、]{0,8})")
TAKES = re.compile(r"占(?:了|到|有|去)$")
# What is counted first, and what comes out of it: never more.
OUTCOMES = (
    (re.compile(r"发出|发放|下发|印发|寄出"), re.compile(r"^(?:已|共|实际|按时|按期)*(?:收回|回收|整改|办结)")),
    (re.compile(r"申报|报名|应聘|应征|参评|参赛|参考|参加"), re.compile(r"^(?:最终|最后|共|有|已)*(?:获奖|获评|获批|入选|入围|通过|录取|录用|合格|及格|中标|晋级)")),
    (re.compile(r"应[到参接检收征报考]"), re.compile(r"^(?:实[到参接检收征报考]|实际)")),
    (re.compile(r"抽检|抽查|检查|检测|检验"), re.compile(r"^(?:[^，的]{0,4}不?合格|阳性|异常|不达标|达标|发现问题)")),
)
GRADE = re.compile(r"[一二三四五特省市县区国]家?级")
CHOSEN = re.compile(r"[^，。；]{0,10}[里中](?:挑|选|评|遴选|产生|脱颖|筛)")


def part(story: Story) -> Iterator[Finding]:
    """Contradictions between a whole and one part of it."""
    for sentence in sentences(story):
        for group in chain(_of_these(sentence), _neighbours(sentence), _chosen_from(sentence)):
            yield from _judge(sentence, group)


def _of_these(sentence: Sentence) -> Iterator[Group]:
    """T，其中P: only what the clause of 其中 counts, and no number unread between."""
    for group in after_of_these(sentence):
        found = OF_THESE.search(sentence.text, group.whole.end) if group.parts else None
        if found is None:
            continue
        before, after = sentence.text[group.whole.end : found.start()], sentence.text[found.end() : group.parts[0].start]
        other_clause = re.search("[，；]", after.lstrip("，,"))
        other_noun = SENTENCE_END.search(before) and group.whole.q.unit_text != group.parts[0].q.unit_text
        if not (other_clause or other_noun or _unread(sentence, group.whole.end, found.start()) or _is_each(sentence, group.whole)):
            yield Group(group.whole, (group.parts[0], *(p for p in group.parts[1:] if p.lead)), False)


def _unread(sentence: Sentence, start: int, end: int) -> bool:
    """True when a number that the reader took for none stands between (a misprint such as 1·1万人)."""
    inside = [range(m.start, m.end) for m in sentence.mentions if m.start < end and m.end > start]
    return any(sentence.text[i].isdecimal() and not any(i in r for r in inside) for i in range(start, end))


def _is_each(sentence: Sentence, m: Mention) -> bool:
    """两台33万千瓦机组: the size of each, not of all."""
    return m.index > 0 and sentence.mentions[m.index - 1].end == m.start


def _neighbours(sentence: Sentence) -> Iterator[Group]:
    """A whole and the next amount of its base, tied by words: 120户中，有130户; 含; 仅…就; 发出…，收回…."""
    last: dict[str, Mention] = {}
    for m in sentence.mentions:
        whole = last.get(m.base)
        if not m.aside and countable(m) and not m.is_percent:
            last[m.base] = m
            if whole is not None and _is_part(sentence, whole, m):
                yield Group(whole, (m,), False)


def _is_part(sentence: Sentence, whole: Mention, m: Mention) -> bool:
    gap = sentence.between(whole, m)
    if SENTENCE_END.search(gap) or m.tail.startswith(OTHER_SORT):
        return False
    if AMONG.fullmatch(gap) or CONTAINS.fullmatch(gap) or (TAKES.search(m.lead) and len(gap) < 20 and not m.tail.startswith("的")):
        return True
    return _comes_out(whole, m) or _same_with_attribute(whole, m) or _kind_of_all(whole, m)


def _comes_out(whole: Mention, m: Mention) -> bool:
    return any(first.search(whole.clause) and then.search(m.lead) for first, then in OUTCOMES)


def _same_with_attribute(whole: Mention, m: Mention) -> bool:
    """脱贫户1982户，实现稳定就业的脱贫户3488户: the same things, of one kind."""
    kind, _, noun = CARRIER.sub("", m.lead).rpartition("的")
    return len(noun) >= 2 and bool(kind) and "的" not in whole.lead and CARRIER.sub("", whole.lead).endswith(noun) and not OWNER.search(kind)


def _kind_of_all(whole: Mention, m: Mention) -> bool:
    """用电量共26.54亿千瓦时，工业用电量…; 文物共2005件，一级文物…: a kind of what was counted in all."""
    every, kind = CARRIER.sub("", whole.lead), CARRIER.sub("", m.lead)
    if not (whole.lead.endswith("共") and m.tail == "") or OWNER.search(kind) or "的" in kind:
        return False
    graded = GRADE.match(kind)
    if graded:
        return len(kind) - graded.end() >= 2 and not GRADE.match(every) and every.endswith(kind[graded.end() :])
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(every), reversed(kind), strict=False)))
    return alike >= 3 and len(every) - alike <= 1 and len(kind) - alike >= 2


def _chosen_from(sentence: Sentence) -> Iterator[Group]:
    """P件获奖作品，从W件参评作品里挑出; 从W幅作品中评选出P幅."""
    for whole in sentence.mentions:
        if not re.search(r"从[^，。；]{0,8}$", whole.lead) or not CHOSEN.match(sentence.text, whole.end, whole.end + 16):
            continue
        near = sentence.mentions[max(0, whole.index - 1) : whole.index + 2]
        parts = [m for m in near if m is not whole and m.base == whole.base and not m.aside]
        if len(parts) == 1:
            yield Group(whole, (parts[0],), False)


def _judge(sentence: Sentence, group: Group) -> Iterator[Finding]:
    for m in group.parts:
        if sentence.text[m.end : m.end + 1] in "（(":
            continue  # 770件（床）: of two kinds together
        if group.whole.size.below(m.size) and not _is_other(m) and not _fits_sibling(sentence, group.whole, m):
            yield _too_large(sentence, group.whole, m)
            return


def _is_other(m: Mention) -> bool:
    """True for what the whole brings about (带动, 每, 最多 …); words such as 仅 and 含 say that it is a part."""
    return not m.lead.startswith(("仅", "光", "含")) and bool(NOT_OF_IT.search(OF_THESE.sub("", m.lead)))


def _fits_sibling(sentence: Sentence, whole: Mention, m: Mention) -> bool:
    """学生3.2万人、教师1650人，其中…: the part may belong to the amount named beside the nearest one."""
    i = whole.index
    if i == 0:
        return False
    other = sentence.mentions[i - 1]
    near = len(sentence.between(other, whole)) <= 14 and countable(other)
    return near and other is not m and other.base == m.base and not other.size.below(m.size)


def _too_large(sentence: Sentence, whole: Mention, m: Mention) -> Finding:
    miss = amount(m.size.gap(whole.size) / m.factor, m.q.unit)
    return finding(
        sentence, (whole, m), "contradiction", "part", (m.q.surface, f"≤ {whole.q.surface}", miss),
        f"总数是{whole.q.surface}，其中的一部分却有{m.q.surface}，部分大于整体。",
        f"The whole is {whole.q.surface}, but a part of it is given as {m.q.surface}: a part cannot exceed its whole.",
    )  # fmt: skip
