"""The two ends of a change: 由A增加到B, 比A增长, 去年A今年B."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.claims import cues
from taizhang.claims.scene import WIDEST, Mention, Sentence

YEAR_TO_YEAR = re.compile(r"(?:到|至)(?:19|20)\d{2}年")
TOLD_AFTER = re.compile(r"^(?:而)?(?:去年|上年|上一年|(?:19|20)\d{2}年)(?:同期)?(?:仅|只|才)?(?:为|是|有)$")
AS_MANY = re.compile(r"^(?:是|为|达到?|相当于|等于)[^，]{0,14}$")
REACH_BACK = 4  # mentions between the two ends, changes included


@dataclass(frozen=True, slots=True)
class Ends:
    """A value before and a value after, of one thing; `direction` is what the verb between them says."""

    before: Mention
    after: Mention
    direction: str | None
    first: int  # index of the earlier of the two in the sentence
    last: int  # index of the later


def find_ends(sentence: Sentence) -> Iterator[Ends]:
    """Every pair of ends in a sentence, each mention used once as an after-end."""
    for j in range(1, len(sentence.mentions)):
        ends = _verb_to(sentence, j) or _than(sentence, j) or _times(sentence, j) or _years(sentence, j) or _told_after(sentence, j)
        if ends:
            yield ends


def comparable(a: Mention, b: Mention) -> bool:
    """True for two counted values that may stand for the same thing."""
    return a.base == b.base and not (a.aside or b.aside) and a.q.role != "rank" and b.q.role != "rank"


def _verb_to(sentence: Sentence, j: int) -> Ends | None:
    """由A增加到B; A精简为B; 由A增长x%，达到B."""
    after = sentence.mentions[j]
    verb = cues.TO.search(after.lead)
    if verb is None and not (cues.REACH.search(after.lead) and (j >= 2 or YEAR_TO_YEAR.match(after.lead))):
        return None
    for i in range(j - 1, max(j - REACH_BACK, 0) - 1, -1):
        before = sentence.mentions[i]
        if comparable(before, after) and not cues.change_of(before):
            return _joined(sentence, i, j)
        if not (before.aside or cues.change_of(before)):
            return None
    return None


def _joined(sentence: Sentence, i: int, j: int) -> Ends | None:
    before, after = sentence.mentions[i], sentence.mentions[j]
    verb = cues.TO.search(after.lead)
    opened = cues.FROM.search(before.lead) or (verb is None and _opened_by_growth(before))
    gap = sentence.between(before, after)
    near = verb is not None and j == i + 1 and len(gap) <= 16 and not any(c in gap for c in "，,；;：:、（(")
    years = YEAR_TO_YEAR.match(after.lead) and cues.YEAR.search(before.clause)
    if not (opened or near) or (verb is None and j == i + 1 and not years) or "；" in gap or cues.TO.search(before.lead):
        return None
    direction = None if verb is None else "up" if verb["up"] else "down" if verb["down"] else None
    return Ends(before, after, direction, i, j)


def _opened_by_growth(before: Mention) -> bool:
    """比A增长x%，达到B; 在A的基础上增长x%，达到B; 与A相比."""
    return "基础上" in before.tail or before.tail.startswith("相比") or bool(re.search(r"(?:比|较)[^，]{0,14}$", before.lead))


def _than(sentence: Sentence, j: int) -> Ends | None:
    """B，比上年的A增长x%: the before-end stands second, the change right after it."""
    before = sentence.mentions[j]
    if j + 1 >= len(sentence.mentions) or not cues.THAN.search(before.lead) or cues.change_of(before):
        return None
    following = sentence.mentions[j + 1]
    if cues.change_subject(following) or not cues.change_of(following):
        return None
    after = sentence.mentions[j - 1]
    if comparable(after, before) and not cues.change_of(after) and len(sentence.between(after, before)) <= 24:
        return Ends(before, after, None, j - 1, j)
    return None


def _times(sentence: Sentence, j: int) -> Ends | None:
    """B，是上年A的1.5倍: the before-end stands inside the phrase."""
    before, after = sentence.mentions[j], sentence.mentions[j - 1]
    if j + 1 >= len(sentence.mentions) or sentence.mentions[j + 1].q.unit != "倍" or sentence.mentions[j + 1].lead != "的":
        return None
    words = before.lead or sentence.between(after, before).strip("，（(")
    if comparable(after, before) and AS_MANY.search(words) and not cues.change_of(after):
        return Ends(before, after, None, j - 1, j)
    return None


def _told_after(sentence: Sentence, j: int) -> Ends | None:
    """B，增长x%，去年为A: the value before comes last."""
    before, size = sentence.mentions[j], sentence.mentions[j - 1]
    if j < 2 or not TOLD_AFTER.search(before.lead) or not (cues.change_of(size) or size.q.unit == "倍"):
        return None
    after = sentence.mentions[j - 2]
    years = cues.YEAR.findall(before.lead)
    named = sentence.text[after.end : size.start] if sentence.between(size, before)[:1] not in "（(" else before.lead
    if years and years[-1] not in named or not comparable(before, after) or cues.change_of(after):
        return None
    return Ends(before, after, None, j - 2, j)


def _years(sentence: Sentence, j: int) -> Ends | None:
    """去年A，今年B; 2021年A，2022年B: two values of two times and no other subject."""
    after, before = sentence.mentions[j], sentence.mentions[j - 1]
    if not comparable(before, after) or cues.change_of(before) or cues.change_of(after):
        return None
    verb = cues.TO.search(after.lead)
    direction = None if verb is None else "up" if verb["up"] else "down" if verb["down"] else None
    earlier = _said(sentence, before)
    if _later(earlier, _said(sentence, after)) and _same_subject(sentence, before, after):
        return Ends(before, after, direction, j - 1, j)
    if verb is None and _later(_said(sentence, after), earlier) and _same_subject(sentence, before, after):
        return Ends(after, before, None, j - 1, j)
    return None


def _said(sentence: Sentence, m: Mention) -> str:
    """The words before a mention since the one before it, the time at the head of the sentence included."""
    floor = sentence.mentions[m.index - 1].end if m.index else 0
    return sentence.text[max(floor, m.start - WIDEST) : m.start]


def _later(first: str, second: str) -> bool:
    a, b = cues.YEAR.findall(first), cues.YEAR.findall(second)
    if a and b:
        return int(a[-1]) < int(b[-1])
    return bool(cues.PAST.search(first) or (a and cues.NOW.search(second))) and not cues.PAST.search(second)


def _same_subject(sentence: Sentence, before: Mention, after: Mention) -> bool:
    """True when the later of two clauses names nothing new."""
    first, second = sorted((before, after), key=lambda m: m.start)
    words = cues.YEAR.sub("", cues.NOW.sub("", cues.PAST.sub("", cues.TO.sub("", second.lead))))
    left = re.sub(r"[到至底末时只才有]", "", cues.filler_free(words))
    return left == "" or left in sentence.text[: first.end]
