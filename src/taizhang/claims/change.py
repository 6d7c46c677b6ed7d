"""Rule `change`: the size of a change against its two ends.

由120家增加到150家，增长25% is right: 150/120 − 1 = 25 %. The size may be a percentage, percentage
points, a multiple (1.5倍, 翻一番) or a difference in the unit of the ends. A size with its own subject
(生产效率提高35%) speaks of something else and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from taizhang.claims import cues
from taizhang.claims.ends import Ends, find_ends, is_passed, naming, said_of
from taizhang.claims.periods import counted_from
from taizhang.claims.saying import about, amount, finding, number, spread
from taizhang.claims.scene import WIDEST, Mention, Sentence, passages
from taizhang.claims.values import HUNDRED, fall, floor_at_zero, growth, is_positive, middle
from taizhang.core import Finding, Range, Story

# Sums of many years' gains, not the difference between the ends.
SUMMED = re.compile(r"累计|增收|增产|增效|减支")
EVERY_FEW = re.compile(r"(?:平均|每)[\d一二两三四五六七八九十]+年")
NEARLY_TWICE = Fraction(19, 10)
DOUBLED = re.compile(r"[^。；]{0,6}?，?(?P<also>[^，。；]{0,4})(?P<word>翻了?(?:番|倍)|成倍增长)")
ARRIVING = re.compile(r"，?[\u4e00-\u9fff]?(?:至|到|为)了?")
LEADING = re.compile(r"[，,（(]?(?:由|从|自)")
AFTER = 3  # mentions looked at after the ends for the size of the change


def change(story: Story) -> Iterator[Finding]:
    """Contradictions between the ends of a change and its stated size or direction; notes of sizes not stated."""
    for sentence in passages(story):
        for ends in find_ends(sentence):
            if sentence.mentions[ends.last].end > sentence.fresh:
                yield from _judge(sentence, ends)


def _judge(sentence: Sentence, ends: Ends) -> Iterator[Finding]:
    if cues.OTHER_BASIS.search(sentence.text[max(0, ends.before.start - 60) : ends.after.end + 30]):
        return
    turned = _turned(sentence, ends)
    if turned:
        yield turned
        return
    sizes = list(_sizes(sentence, ends))
    if not sizes and (doubled := DOUBLED.match(sentence.text, ends.after.end)):
        yield from _not_doubled(sentence, ends, doubled["word"])
        return
    for size in sizes:
        found = _against(sentence, ends, size)
        if found:
            yield found
    if not sizes and ends.direction and not _goes_on(sentence, ends):
        yield from _derived(sentence, ends)


def _turned(sentence: Sentence, ends: Ends) -> Finding | None:
    """由150家增加到120家: the ends run against the verb."""
    a, b = ends.before, ends.after
    wrong = (ends.direction == "up" and b.size.below(a.size)) or (ends.direction == "down" and a.size.below(b.size))
    if not wrong or a.is_percent and "率" not in sentence.text and "比重" not in sentence.text:
        return None
    verb, verb_en = ("增", "rise") if ends.direction == "up" else ("减", "fall")
    fact, fact_en = ("变小", "smaller") if ends.direction == "up" else ("变大", "larger")
    return finding(
        sentence, (a, b), "contradiction", "change", (f"由{a.q.surface}{verb}到{b.q.surface}", f"数值{fact}", None),
        f"文中说由{a.q.surface}{verb}到{b.q.surface}，但后一个数{fact}了。",
        f"The text speaks of a {verb_en} from {a.q.surface} to {b.q.surface}, but the second number is {fact_en}.",
    )


def _not_doubled(sentence: Sentence, ends: Ends, word: str) -> Iterator[Finding]:
    """由49件增至93件，实现翻番: the word is no number, so only clearly less than twice is wrong."""
    ratio = floor_at_zero(ends.after.size) / floor_at_zero(ends.before.size)
    if ratio.high is None or ratio.high >= NEARLY_TWICE:
        return
    a, b, should = ends.before.q.surface, ends.after.q.surface, about(ratio, "倍")
    yield finding(
        sentence, (ends.before, ends.after), "contradiction", "change", (word, f"{a}→{b}: ×{should[:-1]}", None),
        f"由{a}到{b}是原来的{should}，文中却说{word}。",
        f"From {a} to {b} is {should[:-1]} times as much, but the text speaks of a doubling.",
    )


def _sizes(sentence: Sentence, ends: Ends) -> Iterator[Mention]:
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
    return "；" in gap or "。" in gap or "其中" in gap or not _is_size(m) or bool(cues.FROM.search(m.lead))


def _speaks_of(sentence: Sentence, ends: Ends, m: Mention, k: int) -> bool:
    said = said_of(sentence, m)
    if m.aside or not _is_size(m) or cues.YEARLY.search(said) or EVERY_FEW.search(said):
        return False
    if ends.first < k < ends.last:
        return True
    if k < ends.first and not _leads_in(sentence, ends, m):
        return False
    if _other_times(ends, m):
        return False
    subject = "" if _multiple(m) or m.lead == "新增" else naming(cues.change_subject(m))
    return len(subject) < 2 or set(subject) <= set(_named(sentence, ends)) or not _named(sentence, ends)


def _named(sentence: Sentence, ends: Ends) -> str:
    """What the words before the ends name."""
    first = sentence.mentions[ends.first]
    return naming(said_of(sentence, first)) + naming(first.tail)


def _is_size(m: Mention) -> bool:
    """True for the size of a change; 新增 is one only where ends stand before it."""
    return bool(cues.change_of(m)) or _multiple(m) or m.lead == "新增"


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


def _multiple(m: Mention) -> bool:
    """是上年的1.5倍: a multiple of the value before, not a growth."""
    return m.q.unit == "倍" and cues.change_of(m) is None and (m.lead == "的" or bool(cues.AS_MANY.search(m.lead)))


def _against(sentence: Sentence, ends: Ends, m: Mention) -> Finding | None:
    followed = _follows(ends, m)
    printed = m.size if m.kind in ("share", "point") else m.meant  # ‰ and 基点 in percent and points
    if followed is None or followed[0].meets(printed):
        return None
    follows, unit = followed
    verb = _verb(m)
    should, said, miss = _worded(follows, unit, verb or "增长"), verb + m.q.surface, _miss(follows, printed, unit)
    a, b = ends.before.q.surface, ends.after.q.surface
    if _undecided(ends, m):
        return finding(
            sentence, (ends.before, ends.after, m), "note", "average", (said, should, miss),
            f"平均数由{a}到{b}是{should}，与{m.q.surface}的口径不同，仅凭平均数不能判断。",
            f"The averages go from {a} to {b}; they alone cannot decide about {m.q.surface}.",
        )
    hint = "（百分比之差应称百分点）" if ends.before.is_percent and m.is_percent else ""
    return finding(
        sentence, (ends.before, ends.after, m), "contradiction", "change", (said, f"由{a}到{b}为{should}", miss),
        f"由{a}到{b}应为{should}，文中却是{said}{hint}。",
        f"From {a} to {b} the change is {spread(follows, unit)}, but the text says {m.q.surface}.",
    )


def _verb(m: Mention) -> str:
    """How the size is said: 增长25%, 原来的1.5倍; 翻一番 says it itself."""
    if m.q.surface.startswith("翻"):
        return ""
    if _multiple(m):
        return "原来的"
    return "增长" if cues.change_of(m) == "up" else "下降"


def _follows(ends: Ends, m: Mention) -> tuple[Range, str] | None:
    """What the ends say the change must be, in the unit of the change; None where they cannot say."""
    a, b = floor_at_zero(ends.before.size), floor_at_zero(ends.after.size)
    down = cues.change_of(m) == "down" or (cues.change_of(m) == "either" and b.below(a))
    if m.kind == "multiple":
        return _ratio(a, b, _multiple(m), down)
    if m.kind == "share":
        if not is_positive(b):
            return None
        return (fall(a, b) if down else growth(a, b)), "%"
    if m.kind == "point":
        return ((a - b) if down else (b - a), "个百分点") if ends.before.is_percent else None
    if m.base == ends.before.base and m.unit is not None and not SUMMED.search(m.lead):
        difference = (a - b) if down else (b - a)
        return difference.scaled(1 / m.factor), m.q.unit or ""
    return None


def _ratio(a: Range, b: Range, multiple: bool, down: bool) -> tuple[Range, str] | None:
    if down or not is_positive(b):
        return None
    ratio = b / a
    return (ratio if multiple else ratio - Range.of(1)), "倍"


def _undecided(ends: Ends, m: Mention) -> bool:
    """平均91张减至39张，压减率65.3%: a rate over the whole beside averages of the parts."""
    return "平均" in ends.before.clause and "率" in m.lead


def _worded(r: Range, unit: str, verb: str) -> str:
    mid = middle(r)
    if mid is not None and mid < 0 and r.is_bounded:
        return ("下降" if verb == "增长" else "增长") + about(-r, unit)
    return verb + about(r, unit)


def _miss(follows: Range, printed: Range, unit: str) -> str:
    a, b = middle(follows), middle(printed)
    apart = abs(a - b) if a is not None and b is not None else follows.gap(printed)
    return f"{number(apart, 2)}个百分点" if unit == "%" else amount(apart, unit)


def _goes_on(sentence: Sentence, ends: Ends) -> bool:
    """True when the sentence states the change itself, in whatever measure, right after the ends."""
    if ends.last + 1 >= len(sentence.mentions):
        return False
    m = sentence.mentions[ends.last + 1]
    return bool(cues.change_of(m)) and len(sentence.between(ends.after, m)) <= 12 and not cues.change_subject(m)


def _derived(sentence: Sentence, ends: Ends) -> Iterator[Finding]:
    """63道工序精简为27道: the text leaves the percentage to the reader."""
    a, b = ends.before, ends.after
    if a.is_percent or not (a.meant.is_bounded and b.meant.is_bounded and is_positive(a.size)):
        return
    was, now = middle(a.size), middle(b.size)
    if was is None or now is None or was == now:
        return
    mid = (now / was - 1) * HUNDRED
    sign = "+" if mid > 0 else "−"
    share = f"{sign}{number(abs(mid))}%"
    yield finding(
        sentence, (a, b), "note", "change", (f"{a.q.surface}→{b.q.surface}", share, None),
        f"由{a.q.surface}到{b.q.surface}，变化为{share}，文中没有写出。",
        f"From {a.q.surface} to {b.q.surface} is {share}; the text does not state it.",
    )
