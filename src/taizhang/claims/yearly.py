"""Rule `change`, year by year: an average yearly growth against its ends, or against the whole growth.

由2017年的120亿元增加到2022年的193亿元，年均增长10% is right: 120 × 1.1⁵ = 193.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from taizhang.claims import cues
from taizhang.claims.answers import brief, told
from taizhang.claims.ends import Ends, find_ends
from taizhang.claims.rate import DIGITS
from taizhang.claims.saying import finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.values import HUNDRED, factor, floor_at_zero, is_positive, middle, power
from taizhang.core import Finding, Range, Story

LONGEST = 30
# 从2014年的A到2017年的B，产量年均增长: the ends leave their subject to the growth.
NO_SUBJECT = re.compile(r"(?:从|由)(?:19|20)\d{2}年的?")
A_YEAR = re.compile(r"年均|平均每年|每年平均|年平均|年递增|年复合")
YEAR_TO_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?(?:到|至|-|—+|～)((?:19|20)\d{2})年")
BASE_YEAR = re.compile(r"(?:比|较)((?:19|20)\d{2})年")


def yearly(story: Story) -> Iterator[Finding]:
    """Contradictions between a yearly growth and what it must lead to."""
    for sentence in sentences(story):
        rates = [m for m in sentence.mentions if m.is_percent and A_YEAR.search(m.lead) and cues.change_of(m)]
        pairs = list(find_ends(sentence)) if rates else []
        for m in rates:
            yield from _against_ends(sentence, pairs, m)
            yield from _against_growth(sentence, m)


def _against_ends(sentence: Sentence, pairs: list[Ends], m: Mention) -> Iterator[Finding]:
    for ends in pairs:
        gap = sentence.text[ends.after.end : m.start]
        if not 1 <= m.index - ends.after.index <= 2 or "；" in gap or (cues.change_subject(m) and not NO_SUBJECT.fullmatch(ends.before.lead)):
            continue
        basis = sentence.text[max(0, ends.before.start - 60) : m.start]
        years = _years(sentence, ends)
        if years and not cues.OTHER_BASIS.search(basis) and is_positive(ends.before.size):
            yield from _judge(sentence, ends, m, years)


def _years(sentence: Sentence, ends: Ends) -> list[int]:
    """How many years the growth took: from the years named, else from 五年来 (which may count four steps)."""
    first, last = sorted((ends.before, ends.after), key=lambda m: m.start)
    named = [cues.YEAR.findall(first.clause), cues.YEAR.findall(sentence.between(first, last))]
    if not all(named) and (stretch := YEAR_TO_YEAR.search(sentence.text[: first.start])):
        named = [[stretch[1]], [stretch[2]]]
    if all(named):
        n = abs(int(named[1][-1]) - int(named[0][-1]))
        return [n] if 0 < n <= LONGEST and (first is ends.before) == (named[0][-1] < named[1][-1]) else []
    said = cues.SPAN_OF_YEARS.search(sentence.text[: first.start])
    if said is None:
        return []
    word = said[1]
    n = int(word) if word.isdigit() else 10 if word == "十" else DIGITS.get(word, 0)
    return [x for x in (n, n - 1) if 1 < x <= LONGEST]


def _judge(sentence: Sentence, ends: Ends, m: Mention, years: list[int]) -> Iterator[Finding]:
    up = cues.change_of(m) == "up"
    a, b = floor_at_zero(ends.before.size), floor_at_zero(ends.after.size)
    yearly = factor(m.size if up else -m.size)
    if yearly.low is None or yearly.low <= 0 or any((a * power(yearly, n)).meets(b) for n in years):
        return
    n = years[0]
    reached = (a * power(yearly, n)).scaled(1 / ends.after.factor)
    word, sign = ("增长", "+") if up else ("下降", "−")
    start, rate, answer = ends.before.q.surface, m.q.surface, brief(reached, ends.after.q.unit or "")
    yield finding(
        sentence, (ends.before, ends.after, m), "contradiction", "change",
        (rate, f"{start} × (1{sign}{rate})^{n} = {answer}", _rate_miss(a, b, n, m)),
        f"由{start}按年均{word}{rate}，{n}年后为{answer}，文中是{ends.after.q.surface}。",
        f"{start} changing by {sign}{rate} a year is {answer} after {n} years, but the text says {ends.after.q.surface}.",
    )


def _rate_miss(a: Range, b: Range, n: int, m: Mention) -> str | None:
    """The distance in percentage points between the printed yearly rate and the one of the ends' middles."""
    x, y, printed = middle(a), middle(b), middle(m.size)
    if x is None or y is None or printed is None or x <= 0 or y <= 0:
        return None
    ratio = Decimal(y.numerator * x.denominator) / Decimal(y.denominator * x.numerator)
    root = Fraction(ratio ** (Decimal(1) / n))  # to 28 digits, for the words only; the verdict is exact
    return told(Range.of(abs(root - 1) * HUNDRED), m.size, m.q.surface)[1] + "pp"


def _against_growth(sentence: Sentence, m: Mention) -> Iterator[Finding]:
    """2007年比2002年增长65.5%，年均增长10.6%: both on one basis, whatever it is."""
    if m.index == 0:
        return
    whole = sentence.mentions[m.index - 1]
    gap = sentence.text[whole.end : m.start]
    since = BASE_YEAR.search(whole.lead)
    until = cues.YEAR.findall(BASE_YEAR.sub("", sentence.text[: whole.start]))
    if not (whole.is_percent and since and until and cues.change_of(whole) == cues.change_of(m) == "up") or len(gap) > 10:
        return
    n = int(until[-1]) - int(since[1])
    if not 1 < n <= LONGEST or cues.change_subject(m) or not is_positive(factor(m.size)):
        return
    follows = (power(factor(m.size), n) - Range.of(1)).scaled(HUNDRED)
    if not follows.meets(whole.size):
        yield _apart(sentence, whole, m, n, follows)


def _apart(sentence: Sentence, whole: Mention, m: Mention, n: int, follows: Range) -> Finding:
    answer, miss = told(follows, whole.size, whole.q.surface)
    return finding(
        sentence, (whole, m), "contradiction", "change", (whole.q.surface, f"(1+{m.q.surface})^{n}: +{answer}%", f"{miss}pp"),
        f"年均增长{m.q.surface}，{n}年共增长{answer}%，文中写的是{whole.q.surface}。",
        f"{m.q.surface} a year for {n} years is {answer}%, but the text says {whole.q.surface}.",
    )
