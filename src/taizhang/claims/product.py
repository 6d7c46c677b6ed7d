"""What a rate or an average multiplies to: one view for the rules `rate` and `average`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from taizhang.claims import cues
from taizhang.claims.saying import about, amount, finding
from taizhang.claims.scene import Mention, Sentence
from taizhang.claims.values import floor_at_zero, holds_whole, is_positive, middle, rounded
from taizhang.core import Finding, Range

SUM = re.compile(r"(?:总共|一共|共计|合计|总计|累计|(?<!公)共|总|全年|计)(?P<what>[^，,；;]{0,16})$")
# Verbs by which any sum is handed out or made; they name no matter of their own.
PAID = re.compile(r"(?:发放|支付|领取|投入|支出|兑现|补贴|补助|奖励|发|付|需要?|花费|送出|送|分发|获得|获|得|资金|经费|可|能|要|用|计|产|产量|收|额|到|元|了)*")
BARE = re.compile(r"(?:平均)?(?:每.{1,2}|.?均?)")
Times = tuple[Mention | None, Range, str]  # the number or time, its values, and how it is said
REACH = 6


def sums(sentence: Sentence, rate: Mention, numbers: Sequence[Mention]) -> list[Mention]:
    """Amounts near the rate, of its base, that the words call a sum."""
    k = rate.index
    near = sentence.mentions[max(0, k - REACH) : k + REACH + 1]
    return [m for m in near if m is not rate and m.base == rate.base and not m.aside and _is_sum(m) and _one_matter(sentence, rate, m, numbers)]


def _is_sum(m: Mention) -> bool:
    averaged = cues.AVERAGE.search(m.lead) or "每" in m.lead
    return bool(SUM.search(m.clause)) and not averaged and not cues.TO.search(m.lead)


def _one_matter(sentence: Sentence, rate: Mention, m: Mention, numbers: Sequence[Mention]) -> bool:
    """True when the sum names no other matter than the rate does."""
    found = SUM.search(m.lead)
    what = cues.filler_free(found["what"] if found else m.lead)
    if PAID.fullmatch(what) or not found:
        return bool(found) or what == ""
    if any(n.end <= m.start and n.start >= m.start - len(m.clause) for n in numbers):
        return True  # 2500册总价值…: the number stands before the sum itself
    first, last = sorted((rate, m), key=lambda x: x.start)
    if (rate is last or rate.tail == "") and "。" not in sentence.text[first.end : last.start] and BARE.fullmatch(cues.filler_free(rate.lead)):
        return True
    before = sentence.text[max(0, first.start - 40) : first.start - len(first.lead)]
    around = before + sentence.text[first.end : last.start - len(last.lead)] + rate.tail + rate.clause
    return what in around or what[-2:] in around or what[:2] in around


def _values(rate: Mention, total: Mention, times: Range) -> Range:
    """Every value the rate can stand for.

    An average told after its sum was worked out from it (27天共4288起，日均159起): where the division
    leaves no whole number, the printed whole one was rounded.
    """
    derived = bool(cues.AVERAGE.search(rate.lead)) and rate.start > total.start
    if derived and is_positive(times) and not holds_whole((floor_at_zero(total.size) / times).scaled(1 / rate.factor)):
        return floor_at_zero(rounded(rate.meant).scaled(rate.factor))
    return floor_at_zero(rate.size)


def against(
    sentence: Sentence, rate: Mention, times_of: Callable[[Mention], Sequence[Times]], said: tuple[str, str], numbers: Sequence[Mention] = ()
) -> Iterator[Finding]:
    """A contradiction when no time (or number) that may belong to the sum gives it."""
    for total in sums(sentence, rate, numbers):
        times = times_of(total)
        if not times:
            continue
        products = [(floor_at_zero(t[1]) * _values(rate, total, t[1]), t) for t in times]
        if any(p.meets(total.size) or _for_each(sentence, p, total) for p, _ in products):
            return
        yield _differs(sentence, rate, products[0], total, *said)
        return


def _for_each(sentence: Sentence, product: Range, total: Mention) -> bool:
    """True when the sum is the product for each of a number of persons or things named near it."""
    k = total.index
    near = sentence.mentions[max(0, k - REACH) : k]
    return any((product * floor_at_zero(n.meant)).meets(total.size) for n in near if n.kind in ("person", "count") and is_positive(n.meant))


def _differs(sentence: Sentence, rate: Mention, product: tuple[Range, Times], total: Mention, rule: str, each: str) -> Finding:
    follows = product[0].scaled(1 / total.factor)
    times, _, words = product[1]
    a, b = middle(follows), middle(total.meant)
    miss = amount(abs(a - b), total.q.unit) if a is not None and b is not None else None
    mentions = (rate, total) if times is None else (rate, times, total)
    result = about(follows, total.q.unit)
    return finding(
        sentence, mentions, "contradiction", rule, (total.q.surface, result, miss),
        f"{each}{rate.q.surface}，{words}应为{result}，文中写的是{total.q.surface}。",
        f"{rate.q.surface} each, times {words}, makes {result}, but the text says {total.q.surface}.",
    )
