"""The two ends of a change: 由A增加到B, B比上年的A增长, 去年A今年B, B（上年同期A）.

Two values of one measure that stand beside each other (changes and times may stand between) are
ends when the words order them: by a verb that leads from one to the other, by a comparison, or by
the times they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.claims import cues
from taizhang.claims.periods import Period, Step, before, period_of, without_times
from taizhang.claims.scene import WIDEST, Mention, Sentence

YEAR_TO_YEAR = re.compile(r"(?:到|至)(?:19|20)\d{2}年")
ARRIVES = re.compile(r"(?:到|至|为|成|达)(?:了)?[^，,；;]{0,12}?$")
SET_AGAINST = re.compile(r"(?:(?<![同环占对])比(?![例重])|比起|较(?![好大多高为少低])|相比于?|相较于?|对比|[高低多少]于|与|同|和)(?P<what>[^，,；;。]{0,14}?)的?$")
AS_MANY = re.compile(r"(?:是|为|达到?|相当于|等于)[^，]{0,14}$")
BRACKET = re.compile(r"[（(]")
DATELINE = re.compile(r"日前|近日|据悉|据了解|据介绍|记者(?:了解到|获悉)|本报讯\s*(?:[（(][^）)]{0,20}[）)])?")
SENTENCE_END = re.compile(r"[。！？!?\n]")
PART_END = re.compile(r"[；;。！？!?\n]")
# Words that carry a value and name nothing.
CARRIES = re.compile(
    r"比起|相[较比]于?|对比|每[\u4e00-\u9fff]{1,2}|完成|实现|做|达|变|有|只需|需?要|需|剩下?|则|却|才|只|这[个一]数字|该数字|面积|扩|一下子|[跃跳登攀冲]上?|时|末|底|[到至为成是在由从自经]|接到|收到|只|办|卖出|卖|提|之|同|（|\(|“"
)
REACH_BACK = 4  # mentions between the two ends, changes included


@dataclass(frozen=True, slots=True)
class Ends:
    """A value before and a value after, of one thing; `direction` is what the verb between them says."""

    before: Mention
    after: Mention
    direction: str | None
    first: int  # index of the earlier of the two in the sentence
    last: int  # index of the later
    step: Step | None = None  # how far apart their times are, where the words name times


def find_ends(sentence: Sentence) -> Iterator[Ends]:
    """Every pair of ends in a sentence, each mention used once as the later to be read."""
    periods = _periods(sentence)
    for j in range(1, len(sentence.mentions)):
        i = _partner(sentence, j)
        ends = None if i is None else _verb_to(sentence, i, j) or _set_against(sentence, i, j, periods) or _in_time(sentence, i, j, periods)
        if ends:
            yield ends


def comparable(a: Mention, b: Mention) -> bool:
    """True for two counted values that may stand for the same thing."""
    return a.base == b.base and not (a.aside or b.aside) and a.q.role != "rank" and b.q.role != "rank"


def _partner(sentence: Sentence, j: int) -> int | None:
    """The value beside value j, over changes and times, when the two can be compared."""
    later = sentence.mentions[j]
    if later.aside or cues.change_of(later):
        return None
    for i in range(j - 1, max(j - REACH_BACK, 0) - 1, -1):
        m = sentence.mentions[i]
        if comparable(m, later) and not cues.change_of(m):
            return i
        if not (is_passed(m) or cues.change_of(m)):
            return None
    return None


def is_passed(m: Mention) -> bool:
    """True for numbers that are no values of the text's own: 五年前, 7天, asides."""
    return m.aside or m.kind.startswith("time")


def _verb_to(sentence: Sentence, i: int, j: int) -> Ends | None:
    """由A增加到B; A精简为B; 从A到B; 比A增长x%，达到B."""
    a, b = sentence.mentions[i], sentence.mentions[j]
    gap, verb = sentence.between(a, b), cues.TO.search(b.lead)
    if "；" in gap or SENTENCE_END.search(gap) or cues.TO.search(a.lead):
        return None
    near = verb is not None and len(gap) <= 16 and not any(c in gap for c in "，,；;：:、（(")
    opened = cues.FROM.search(a.lead) and (verb or ARRIVES.search(b.lead))
    grown = _opened_by_growth(a) and (verb or cues.REACH.search(b.lead)) and (j > i + 1 or YEAR_TO_YEAR.match(b.lead))
    if not (near or opened or grown):
        return None
    return Ends(a, b, _way(b), i, j, before(period_of(said_of(sentence, a)), period_of(said_of(sentence, b))))


def _opened_by_growth(a: Mention) -> bool:
    """比A增长x%，达到B; 在A的基础上增长x%，达到B; 与A相比."""
    return "基础上" in a.tail or a.tail.startswith("相比") or bool(re.search(r"(?:比|较)[^，]{0,14}$", a.lead))


def _set_against(sentence: Sentence, i: int, j: int, periods: list[Period]) -> Ends | None:
    """B，比上年的A增长; 较上年的A，今年B; B，是上年A的1.5倍."""
    a, b = sentence.mentions[i], sentence.mentions[j]
    if _compared(sentence, b) and _one_thing(sentence, a, b):
        return Ends(b, a, None, i, j, before(periods[j], periods[i]))
    forward = not SENTENCE_END.search(sentence.between(a, b))
    if forward and _compared(sentence, a) and (_one_thing(sentence, a, b) or set(naming(said_of(sentence, a))) <= set(said_of(sentence, b))):
        return Ends(a, b, _way(b), i, j, before(periods[i], periods[j]))
    following = sentence.mentions[j + 1] if j + 1 < len(sentence.mentions) else None
    if following is not None and following.q.unit == "倍" and following.lead == "的" and AS_MANY.search(said_of(sentence, b)):
        return Ends(b, a, None, i, j)
    return None


def _compared(sentence: Sentence, m: Mention) -> bool:
    """True for a value of another time that the words set beside the one meant: 比上年的A, 与2020年的A相比."""
    against = SET_AGAINST.search(said_of(sentence, m))
    if against is None or not period_of(against["what"]).is_named and against["what"]:
        return False
    return against[0][0] not in "与同和" or m.tail.startswith(("相比", "比"))


def _in_time(sentence: Sentence, i: int, j: int, periods: list[Period]) -> Ends | None:
    """去年A，今年B; A（一季度）…; B，上年同期A: the times named say which came first."""
    a, b = sentence.mentions[i], sentence.mentions[j]
    if not _one_thing(sentence, a, b):
        return None
    step = before(periods[i], periods[j])
    if step or _arrives_later(periods[i], periods[j], b):
        return Ends(a, b, _way(b), i, j, step)
    if cues.TO.search(b.lead):
        return None
    step = before(periods[j], periods[i])
    return Ends(b, a, None, i, j, step) if step else None


def _arrives_later(earlier: Period, later: Period, b: Mention) -> bool:
    """去年A，2022年达到B; A，整改后降为B: where the times do not tell, the verb says which comes last."""
    if not earlier.is_named and later.now and cues.TO.search(b.lead):
        return True
    times = (earlier.year is None) != (later.year is None) and (earlier.is_past or later.is_past)
    return times and bool(cues.REACH.search(b.lead))


def _way(m: Mention) -> str | None:
    """The direction of the verb that leads to a value: 增加到, 降至."""
    verb = cues.TO.search(m.lead)
    return None if verb is None else "up" if verb["up"] else "down" if verb["down"] else None


def _periods(sentence: Sentence) -> list[Period]:
    """The time of each mention; one without a time of its own has that of the value before it in the sentence."""
    out: list[Period] = []
    carried = Period()
    for m in sentence.mentions:
        words = said_of(sentence, m)
        if m.index and SENTENCE_END.search(sentence.between(sentence.mentions[m.index - 1], m)):
            carried = Period()
        own = period_of(words)
        out.append(own if own.is_named else carried)
        if not (m.aside or words[:1] in "（(" or cues.change_of(m) or _compared(sentence, m)):
            carried = out[-1]
    return out


def said_of(sentence: Sentence, m: Mention) -> str:
    """The words before a mention since the value before it, in its sentence."""
    i = m.index - 1
    while i >= 0 and i >= m.index - REACH_BACK and is_passed(sentence.mentions[i]):
        i -= 1
    floor = sentence.mentions[i].end if i >= 0 else 0
    words = sentence.text[max(floor, m.start - 2 * WIDEST) : m.start]
    return SENTENCE_END.split(words)[-1]


def _one_thing(sentence: Sentence, a: Mention, b: Mention) -> bool:
    """True when the later of two values names nothing that the earlier does not, or the earlier names nothing."""
    gap, first, second = sentence.between(a, b), said_of(sentence, a), said_of(sentence, b)
    if "其中" in gap or (cues.AVERAGE.search(second) and not cues.AVERAGE.search(first)):
        return False
    named = naming(second)
    before_it = PART_END.split(sentence.text[max(0, a.start - 2 * WIDEST) : a.end])[-1] + a.tail
    return len(named) < 2 or set(named) <= set(before_it) or not (len(naming(BRACKET.split(first)[-1])) > 1 or _goes_on(sentence, a))


def _goes_on(sentence: Sentence, m: Mention) -> bool:
    """True when a value before it in the sentence may lend it a name."""
    return m.index > 0 and not SENTENCE_END.search(sentence.between(sentence.mentions[m.index - 1], m))


def naming(words: str) -> str:
    """What the words name, without times, comparisons and the verbs that carry a value."""
    words = without_times(cues.TO.sub("", DATELINE.sub("", words)))
    return re.sub(r"[，、：；—\s）)“”]", "", cues.filler_free(CARRIES.sub("", words)))
