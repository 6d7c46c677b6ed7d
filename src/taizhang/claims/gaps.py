"""Rule `change`, two levels and the percentage points between them.

70.5%，高于全市平均水平4个百分点，全市平均水平为66.5%; 73.8%，比计划目标67.7%高6.1个百分点;
增速由12.9%回落到8.8%，回落4.1个百分点. A level may be a growth itself (增速13.0%), and the other
one need not be of another time: the ends of a change do not tell these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from taizhang.claims import cues
from taizhang.claims.again import named_again
from taizhang.claims.answers import decimals, told
from taizhang.claims.ends import is_passed
from taizhang.claims.saying import finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.core import Finding, Range, Story, exact

THAN = r"[，,]?(?:增[速幅])?(?:比|相?较于?|(?P<over>高于|高出|超过)|(?P<under>低于))(?P<what>[^，,。；;、：（(]{1,16}?)"
AGAINST = re.compile(THAN + r"的?")
OVER = re.compile(THAN + rf"(?:(?P<up>{cues.UP})|(?P<down>{cues.DOWN}))?{cues.LINK}")
STEP = re.compile(rf"[）)，,]?(?:(?P<up>{cues.UP})|(?P<down>{cues.DOWN}))?{cues.LINK}")
FROM = re.compile(r"(?:由|从)[^，,。；;、]{0,12}$")
TO = re.compile(r"[^，,。；;、：]{0,12}(?:到|至|为)[^，,。；;、：]{0,10}")
BESIDE = re.compile(r"[，、][^，。；：]{2,14}")
APART = re.compile(r"，(?:二者|两者|两地|前后)?(?:相差|差距)(?:了|为|达到?|约|近|有)*")


@dataclass(frozen=True, slots=True)
class Gap:
    """`points` is what `level` is more (`up`), less (`down`) or other (`either`) than `other`."""

    level: Mention
    other: Mention
    points: Mention
    way: str


def gaps(story: Story) -> Iterator[Finding]:
    """Contradictions between two percentages and the percentage points told between them."""
    for sentence in sentences(story):
        stated = [m for m in sentence.mentions if not is_passed(m)]
        for i, triple in enumerate(zip(stated, stated[1:], stated[2:], strict=False)):
            kinds = [m.kind for m in triple]
            if kinds == ["share", "share", "point"]:
                alone = i == 0 or not stated[i - 1].is_percent
                gap = _told_last(sentence, *triple) or (_apart(sentence, *triple) if alone else None)
            else:
                gap = _told_between(sentence, *triple) if kinds == ["share", "point", "share"] else None
            if gap and not _meets(gap):
                yield _contradiction(sentence, gap)


def _told_last(sentence: Sentence, a: Mention, b: Mention, points: Mention) -> Gap | None:
    """13.0%，比上年的12.3%加快0.7个百分点; 由12.9%回落到8.8%，回落4.1个百分点."""
    gap, step = sentence.between(a, b), STEP.fullmatch(sentence.between(b, points))
    if step is None:
        return None
    if FROM.search(a.lead) and TO.fullmatch(gap):
        return _gap(b, a, points, _way(step))
    against = AGAINST.fullmatch(gap)
    return _gap(a, b, points, _way(against) or _way(step)) if against else None


def _told_between(sentence: Sentence, a: Mention, points: Mention, b: Mention) -> Gap | None:
    """35.2%，高于全市平均水平4.0个百分点，全市平均水平为31.2%."""
    over = OVER.fullmatch(sentence.between(a, points))
    if over is None or not named_again(sentence.between(points, b), over["what"]):
        return None
    return _gap(a, b, points, _way(over))


def _apart(sentence: Sentence, a: Mention, b: Mention, points: Mention) -> Gap | None:
    """甲乡70.5%，乙村61.2%，相差9.3个百分点."""
    if BESIDE.fullmatch(sentence.between(a, b)) and APART.fullmatch(sentence.between(b, points)):
        return _gap(a, b, points, "either")
    return None


def _gap(level: Mention, other: Mention, points: Mention, way: str | None) -> Gap | None:
    """The gap; None where no word tells its way, or where a level is a fall (下降3%) and so below zero."""
    falls = any(cues.change_of(m) == "down" for m in (level, other))
    return None if way is None or falls else Gap(level, other, points, way)


def _way(found: re.Match[str]) -> str | None:
    said = found.groupdict()
    if said.get("over") or said.get("under"):
        return "up" if said["over"] else "down"
    return "up" if said.get("up") else "down" if said.get("down") else None


def _follows(gap: Gap) -> Range:
    """The points that the levels say, not below zero where the words give no way."""
    level, other = _printed(gap.level), _printed(gap.other)
    down = gap.way == "down" or (gap.way == "either" and level.below(other))
    return other - level if down else level - other


def _printed(m: Mention) -> Range:
    """The values of a level; 控制在8.8% is a bound, but a step that leads to it leads to the number printed."""
    bound = m.size.high
    if m.size.low is not None or bound is None or "控制在" not in m.q.surface:
        return m.size
    half = Fraction(1, 2 * 10 ** decimals(m.q.surface))
    return Range(exact(bound) - half, exact(bound) + half)


def _meets(gap: Gap) -> bool:
    return _follows(gap).meets(gap.points.size)


def _contradiction(sentence: Sentence, gap: Gap) -> Finding:
    level, other, printed = (m.q.surface for m in (gap.level, gap.other, gap.points))
    answer, miss = told(_follows(gap), gap.points.size, printed)
    first, second = (other, level) if gap.way == "down" else (level, other)
    return finding(
        sentence, (gap.other, gap.level, gap.points), "contradiction", "change",
        (printed, f"{first} − {second} = {answer}pp", f"{miss}pp"),
        f"{first}减去{second}是{answer}个百分点，文中写的是{printed}。",
        f"{first} less {second} is {answer} percentage points, but the text says {printed}.",
    )  # fmt: skip
