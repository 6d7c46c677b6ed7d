"""Rule `part`: a part larger than its whole (入园企业198家，其中投产企业243家)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.saying import amount, finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.whole import Group, after_of_these, countable
from taizhang.core import Finding, Story

NOT_OF_IT = re.compile(r"最|每|各|单|超过|带动|撬动|吸引|辐射|服务|惠及|培训|走访")
# 在120户脱贫户中，有…; not 过程中, 工作中, 会议中 and the like.
AMONG = re.compile(r"[^，。；、]{0,10}(?<!过程)(?<!建设)(?<!工作)(?<!活动)(?<!会议)(?<!服务)(?<!其)(?<![手心途高初集空家])[中里][，,][^，。；、]{0,12}")


def part(story: Story) -> Iterator[Finding]:
    """Contradictions between a whole and one part of it."""
    for sentence in sentences(story):
        for group in [*after_of_these(sentence), *_among(sentence)]:
            yield from _judge(sentence, group)


def _among(sentence: Sentence) -> Iterator[Group]:
    """在120户脱贫户中，有130户: the whole stands before 中."""
    for whole, first in zip(sentence.mentions, sentence.mentions[1:], strict=False):
        gap = sentence.between(whole, first)
        if AMONG.fullmatch(gap) and not whole.kind.startswith("time") and whole.base == first.base and countable(whole) and countable(first):
            yield Group(whole, (first,), False)


def _judge(sentence: Sentence, group: Group) -> Iterator[Finding]:
    for m in group.parts:
        if group.whole.size.below(m.size) and not NOT_OF_IT.search(m.lead) and not _fits_sibling(sentence, group.whole, m):
            yield _too_large(sentence, group.whole, m)
            return


def _fits_sibling(sentence: Sentence, whole: Mention, m: Mention) -> bool:
    """学生3.2万人、教师1650人，其中…: the part may belong to the amount named beside the nearest one."""
    i = whole.index
    if i == 0:
        return False
    other = sentence.mentions[i - 1]
    near = len(sentence.between(other, whole)) <= 14 and countable(other)
    return near and other.base == m.base and not other.size.below(m.size)


def _too_large(sentence: Sentence, whole: Mention, m: Mention) -> Finding:
    miss = amount(m.size.gap(whole.size) / m.factor, m.q.unit)
    return finding(
        sentence, (whole, m), "contradiction", "part", (m.q.surface, f"不多于{whole.q.surface}", miss),
        f"总数是{whole.q.surface}，其中的一部分却有{m.q.surface}，部分大于整体。",
        f"The whole is {whole.q.surface}, but a part of it is given as {m.q.surface}: a part cannot exceed its whole.",
    )
