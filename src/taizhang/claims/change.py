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
from taizhang.claims.answers import brief, told
from taizhang.claims.ends import Ends, find_ends
from taizhang.claims.saying import amount, finding, number
from taizhang.claims.scene import Mention, Sentence, passages
from taizhang.claims.sizes import is_multiple, sizes, way_of
from taizhang.claims.values import HUNDRED, fall, floor_at_zero, growth, is_positive, middle
from taizhang.core import Finding, Range, Story

# Sums of many years' gains, not the difference between the ends.
SUMMED = re.compile(r"累计|共计|总共|年共")
# Units of sizes that are told to the digits printed, with the unit in which they miss.
MISSED_BY = {"%": "pp", "个百分点": "pp", "倍": "×"}
VERBS = {"+": "增长", "−": "下降", "×": "原来的"}
NEARLY_TWICE = Fraction(19, 10)
DOUBLED = re.compile(r"[^。；]{0,6}?，?(?P<also>[^，。；]{0,4})(?P<word>翻了?(?:番|倍)|成倍增长)")


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
    stated = list(sizes(sentence, ends))
    if not stated and (doubled := DOUBLED.match(sentence.text, ends.after.end)):
        yield from _not_doubled(sentence, ends, doubled["word"])
        return
    for size in stated:
        found = _against(sentence, ends, size)
        if found:
            yield found
    if not stated and ends.direction and not _goes_on(sentence, ends):
        yield from _derived(sentence, ends)


def _turned(sentence: Sentence, ends: Ends) -> Finding | None:
    """由150家增加到120家: the ends run against the verb."""
    a, b = ends.before, ends.after
    wrong = (ends.direction == "up" and b.size.below(a.size)) or (ends.direction == "down" and a.size.below(b.size))
    if not wrong or a.is_percent and "率" not in sentence.text and "比重" not in sentence.text:
        return None
    verb, verb_en, fact, fact_en, sign = ("增", "rise", "变小", "smaller", ">") if ends.direction == "up" else ("减", "fall", "变大", "larger", "<")
    return finding(
        sentence, (a, b), "contradiction", "change", (f"{a.q.surface}→{b.q.surface}", f"{a.q.surface} {sign} {b.q.surface}", None),
        f"文中说由{a.q.surface}{verb}到{b.q.surface}，但后一个数{fact}了。",
        f"The text speaks of a {verb_en} from {a.q.surface} to {b.q.surface}, but the second number is {fact_en}.",
    )


def _not_doubled(sentence: Sentence, ends: Ends, word: str) -> Iterator[Finding]:
    """由49件增至93件，实现翻番: the word is no number, so only clearly less than twice is wrong."""
    ratio = floor_at_zero(ends.after.size) / floor_at_zero(ends.before.size)
    if ratio.high is None or ratio.high >= NEARLY_TWICE:
        return
    a, b, should = ends.before.q.surface, ends.after.q.surface, told(ratio, Range.of(2), "2.0")[0]
    yield finding(
        sentence, (ends.before, ends.after), "contradiction", "change", (word, f"{a}→{b}: ×{should}", None),
        f"由{a}到{b}是原来的{should}倍，文中却说{word}。",
        f"From {a} to {b} is {should} times as much, but the text speaks of a doubling.",
    )


def _against(sentence: Sentence, ends: Ends, m: Mention) -> Finding | None:
    followed = _follows(ends, m)
    printed = m.size if m.kind in ("share", "point") else m.meant  # ‰ and 基点 in percent and points
    if followed is None or followed[0].meets(printed):
        return None
    follows, unit = followed
    up = way_of(m) == "up" or (way_of(m) != "down" and not ends.after.size.below(ends.before.size))
    if (mid := middle(follows)) is not None and mid < 0 and follows.is_bounded:
        follows, printed, up = -follows, -printed, not up
    answer, miss = _answer(follows, printed, m, unit)
    sign = "×" if is_multiple(m) else "+" if up else "−"
    short = {"个百分点": "pp", "倍": "" if is_multiple(m) else "×"}.get(unit, unit)
    told_so = (m.q.surface, f"{ends.before.q.surface}→{ends.after.q.surface}: {sign}{answer}{short}", f"{miss}{MISSED_BY.get(unit, unit)}")
    spoken = (VERBS[sign] + answer + unit, f"{sign}{answer}{short}")
    return (_undecidable if _undecided(ends, m) else _refuted)(sentence, ends, m, told_so, spoken)


def _answer(follows: Range, printed: Range, m: Mention, unit: str) -> tuple[str, str]:
    """What follows and the miss, without unit: to the digits of the size, amounts in full."""
    if unit in MISSED_BY:
        return told(follows, printed, m.q.surface)
    a, b = middle(follows), middle(printed)
    apart = abs(a - b) if a is not None and b is not None else follows.gap(printed)
    return brief(follows, ""), amount(apart, "")


def _refuted(sentence: Sentence, ends: Ends, m: Mention, told_so: tuple[str, str, str], spoken: tuple[str, str]) -> Finding:
    a, b = ends.before, ends.after
    said = _verb(m) + m.q.surface
    hint = "（百分比之差应称百分点）" if a.is_percent and m.is_percent else ""
    return finding(
        sentence, (a, b, m), "contradiction", "change", told_so,
        f"由{a.q.surface}到{b.q.surface}应为{spoken[0]}，文中却是{said}{hint}。",
        f"From {a.q.surface} to {b.q.surface} the change is {spoken[1]}, but the text says {m.q.surface}.",
    )


def _undecidable(sentence: Sentence, ends: Ends, m: Mention, told_so: tuple[str, str, str], spoken: tuple[str, str]) -> Finding:
    a, b = ends.before, ends.after
    return finding(
        sentence, (a, b, m), "note", "average", told_so,
        f"平均数由{a.q.surface}到{b.q.surface}是{spoken[0]}，与{m.q.surface}的口径不同，仅凭平均数不能判断。",
        f"The averages go from {a.q.surface} to {b.q.surface}; they alone cannot decide about {m.q.surface}.",
    )


def _verb(m: Mention) -> str:
    """How the size is said: 增长25%, 原来的1.5倍; 翻一番 says it itself."""
    if m.q.surface.startswith("翻"):
        return ""
    if is_multiple(m):
        return "原来的"
    way = way_of(m)
    return "变化" if way == "either" else "增长" if way == "up" else "下降"


def _follows(ends: Ends, m: Mention) -> tuple[Range, str] | None:
    """What the ends say the change must be, in the unit of the change; None where they cannot say."""
    a, b = floor_at_zero(ends.before.size), floor_at_zero(ends.after.size)
    down = way_of(m) == "down" or (way_of(m) == "either" and b.below(a))
    if m.kind == "multiple":
        return _ratio(a, b, is_multiple(m), down)
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
