"""Rule `change` without the value before: 达150万吨，比上年增加30万吨，增长25%.

The value before is what is reached less the difference; the difference in percent of it is the growth.
The difference may be told first: 增加30万吨，达到150万吨，增长25%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.answers import told
from taizhang.claims.saying import finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.values import is_positive, percent
from taizhang.claims.whole import is_average
from taizhang.core import Finding, Range, Story

REACHED = re.compile(r"，(?:总[数量额])?达到?了?")  # 增加30万吨，达到150万吨


def steps(story: Story) -> Iterator[Finding]:
    """Contradictions between a value, its difference and its growth."""
    for sentence in sentences(story):
        stated = [m for m in sentence.mentions if not m.aside]
        for one, two, three in zip(stated, stated[1:], stated[2:], strict=False):
            if REACHED.fullmatch(sentence.between(one, two)) and cues.change_of(one):
                yield from _judge(sentence, two, one, three)
            else:
                yield from _judge(sentence, one, two, three)


def _judge(sentence: Sentence, level: Mention, one: Mention, two: Mention) -> Iterator[Finding]:
    difference, growth = (two, one) if one.is_percent else (one, two)
    way = cues.change_of(difference)
    if not _fits(sentence, level, difference, growth) or way is None or way != cues.change_of(growth):
        return
    before = level.size - difference.size if way == "up" else level.size + difference.size
    if not is_positive(before):
        return
    follows = percent(difference.size, before)
    if not follows.meets(growth.size):
        yield _apart(sentence, (level, difference, growth), way, follows)


def _fits(sentence: Sentence, level: Mention, difference: Mention, growth: Mention) -> bool:
    """True when the three speak of one thing: a level, then two sizes of its change without a subject of their own."""
    if level.tail.startswith("相比") or cues.THAN.search(level.lead):
        return False  # 与2010年的A相比，增加…: the value before, not the one reached
    if level.aside or cues.change_of(level) or cues.FROM.search(level.lead) or level.base != difference.base:
        return False
    if not growth.is_percent or level.is_percent or is_average(difference) or cues.TO.search(difference.lead):
        return False
    first, last = min(level.start, difference.start), max(difference.end, growth.end)
    said = sentence.text[level.end : last]
    if len(said) > 60 or "其中" in said or "；" in said or cues.OTHER_BASIS.search(sentence.text[max(0, first - 40) : last]):
        return False
    bases = {base for m in (difference, growth) if (base := _base(m))}
    if len(bases) > 1 or cues.YEARLY.search(growth.lead):
        return False
    told_first = difference.start < level.start
    return all(cues.change_subject(m) in ("", cues.filler_free(level.lead)) for m in (growth, difference)[: 1 if told_first else 2])


def _base(m: Mention) -> str | None:
    """What a change is counted from: the month, the start of the year, a year named, the year before."""
    if years := cues.YEAR.findall(m.lead):
        return str(years[-1])
    words = re.search(r"(?P<month>环比|上月)|(?P<start>年初)|(?P<year>同比|上年|去年)", m.lead)
    return words.lastgroup if words else None


def _apart(sentence: Sentence, triple: tuple[Mention, Mention, Mention], way: str, follows: Range) -> Finding:
    level, difference, growth = triple
    word, word_en, sign, opposite = ("增加", "more", "+", "−") if way == "up" else ("减少", "less", "−", "+")
    answer, miss = told(follows, growth.size, growth.q.surface)
    reached, step, printed = level.q.surface, difference.q.surface, growth.q.surface
    return finding(
        sentence, triple, "contradiction", "change",
        (printed, f"{step} / ({reached} {opposite} {step}) = {sign}{answer}%", f"{miss}pp"),
        f"达到{reached}、{word}{step}，即{word}{answer}%，文中写的是{printed}。",
        f"{reached}, {step} {word_en} than before, is a change of {sign}{answer}%, but the text says {printed}.",
    )
