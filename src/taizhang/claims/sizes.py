"""Which stated changes speak of which ends: 由120家增至150家，增长25%; 48%的降幅; 增长25%，由120家增至150家."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.ends import Ends, is_passed, naming, said_of
from taizhang.claims.periods import counted_from
from taizhang.claims.scene import WIDEST, Mention, Sentence

EVERY_FEW = re.compile(r"(?:平均|每)[\d一二两三四五六七八九十]+年")
ARRIVING = re.compile(r"，?[\u4e00-\u9fff]?(?:至|到|为)了?")
LEADING = re.compile(r"[，,（(]?(?:由|从|自)")
DONE_BY = re.compile(r"(?:足足|整整)?(?!完成|实现|占|达|覆盖|用|花|有)[\u4e00-\u9fff]{1,3}了")
AFTER = 3  # mentions looked at after the ends for the size of the change


def sizes(sentence: Sentence, ends: Ends) -> Iterator[Mention]:
    """The changes that speak of these ends: between them, right before or right after them."""
    mentions = sentence.mentions
    for k in range(max(ends.first - 1, 0), min(ends.last + 1 + AFTER, len(mentions))):
        m = mentions[k]
        if m in (ends.before, ends.after) or is_passed(m):
            continue
        if "分别" in m.lead:
            return
        if k > ends.last and _new_topic(sentence, ends, k):
            return
        if _speaks_of(sentence, ends, m, k):
            yield m


def _new_topic(sentence: Sentence, ends: Ends, k: int) -> bool:
    """True when the words from the ends to mention k leave the subject."""
    m, last = sentence.mentions[k], sentence.mentions[ends.last]
    gap = sentence.text[last.end : m.start][:80]
    return "；" in gap or "。" in gap or "其中" in gap or not is_size(m) or bool(cues.FROM.search(m.lead))


def _speaks_of(sentence: Sentence, ends: Ends, m: Mention, k: int) -> bool:
    said = said_of(sentence, m)
    if m.aside or not is_size(m) or cues.YEARLY.search(said) or EVERY_FEW.search(said):
        return False
    if ends.first < k < ends.last:
        return True
    if k < ends.first and not _leads_in(sentence, ends, m):
        return False
    if _other_times(ends, m):
        return False
    subject = "" if is_multiple(m) or m.lead == "新增" or not cues.change_of(m) else naming(cues.change_subject(m))
    return len(subject) < 2 or set(subject) <= set(_named(sentence, ends)) or not _named(sentence, ends)


def _named(sentence: Sentence, ends: Ends) -> str:
    """What the words before the ends name."""
    first = sentence.mentions[ends.first]
    return naming(said_of(sentence, first)) + naming(first.tail)


def is_size(m: Mention) -> bool:
    """True for the size of a change; 新增 is one only where ends stand before it."""
    return bool(way_of(m)) or is_multiple(m) or m.lead == "新增"


def way_of(m: Mention) -> str | None:
    """up, down or either: beside its ends any verb that is done by so many percent tells a change (壮大了27%)."""
    return cues.change_of(m) or ("either" if m.is_percent and DONE_BY.fullmatch(m.lead) else None)


def _leads_in(sentence: Sentence, ends: Ends, m: Mention) -> bool:
    """增长25%，由120家增至150家; 回落0.3个百分点至1.2%; 60%的增长，让产量从A到B."""
    gap = sentence.between(m, sentence.mentions[ends.first])
    if sentence.mentions[ends.first] is ends.after:
        return bool(ARRIVING.fullmatch(gap))
    if LEADING.match(gap):
        return len(gap) <= 14
    return len(gap) <= WIDEST and "。" not in gap and bool(cues.CHANGED.match(gap) and cues.FROM.search(gap))


def _other_times(ends: Ends, m: Mention) -> bool:
    """True when the change is counted from another time than the ends are: 一季度A，二季度B，同比增长."""
    if years := cues.YEAR.findall(m.lead):
        began = cues.YEAR.findall(ends.before.clause)
        return bool(began) and years[-1] != began[-1]
    basis, step = counted_from(m.lead), ends.step
    if basis is None or step is None or step.basis == basis:
        return basis == "year" and step is not None and step.years not in (None, 1)
    return True


def is_multiple(m: Mention) -> bool:
    """是上年的1.5倍: a multiple of the value before, not a growth."""
    return m.q.unit == "倍" and cues.change_of(m) is None and (m.lead == "的" or bool(cues.AS_MANY.search(m.lead)))
