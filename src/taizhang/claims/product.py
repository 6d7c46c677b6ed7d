"""What a rate or an average multiplies to: one view for the rules `rate` and `average`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from taizhang.claims import cues
from taizhang.claims.saying import about, amount, finding, spread
from taizhang.claims.scene import SENTENCE_END, Mention, Sentence
from taizhang.claims.values import floor_at_zero, holds_whole, is_positive, middle, rounded
from taizhang.claims.whole import countable
from taizhang.core import Finding, Range

SUM = re.compile(r"(?:总共|一共|共计|合计|总计|累计|(?<!公)共|(?<!生产)总|全年|计)(?P<what>[^，,；;]{0,16})$")
# Verbs by which any sum is handed out or made; they name no matter of their own.
PAID = re.compile(
    r"(?:发放|支付|领取|投入|支出|兑现|补贴|补助|奖励|分配|分红|花费|花|费用|费|金额|总价|收入|营业额|销售|卖|售|拿|领|分|发|付|需要?|送出|送|分发|获得|获|得|"
    r"资金|经费|可|能|要|用|计|产|产量|收|额|到|元|出|去|走|下|了)*"
)
GETS = re.compile(r"[可能分拿领得获到]*")  # 平均分到, 每人拿到: of what was said before
BARE = re.compile(r"(?:平均)?(?:每.{1,2}|.?均?)")
# The end of what makes an amount one for each (每户平均, 日均, 亩产); the words after it name the matter.
EACH_ONE = re.compile(r"平均|每一?(?:小时|分钟|季度|星期|个?[^，个])|[日月年周时户人亩村家校班]均|[日月年亩单]产")
DEED = re.compile(r"[^，]{0,4}了")  # 卖了, 跑了: a verb without a thing
MORE = re.compile(r"以?及|和|、|并|外加")  # each gets something else too
FARTHEST = 4  # a number further off than so many times is no slip of this sum but another amount
Times = tuple[Mention | None, Range, str]  # the number or time, its values, and how it is said
REACH = 6


def _sums(sentence: Sentence, rate: Mention, numbers: Sequence[Mention]) -> list[Mention]:
    """Amounts near the rate, of its base, that the words call a sum."""
    return [m for m in _near(sentence, rate) if m is not rate and m.base == rate.base and not m.aside and _is_sum(m) and _one_matter(sentence, rate, m, numbers)]


def _plain_sums(sentence: Sentence, rate: Mention) -> list[Mention]:
    """The only other amount of the rate's base said in one breath with it, of no other matter; no word of sum is needed."""
    same = [m for m in _near(sentence, rate) if m is not rate and m.base == rate.base and _one_breath(sentence, rate, m)]
    return [m for m in same if len(same) == 1 and countable(m) and not cues.TO.search(m.lead) and _alike(rate, m)]


def _near(sentence: Sentence, rate: Mention) -> Sequence[Mention]:
    return sentence.mentions[max(0, rate.index - REACH) : rate.index + REACH + 1]


def _one_breath(sentence: Sentence, a: Mention, b: Mention) -> bool:
    """True within one sentence, and across 2965公里！这是 …."""
    first, last = sorted((a, b), key=lambda m: m.start)
    return not SENTENCE_END.search(re.sub(r"[。！](?=这)", "", sentence.text[first.end : last.start]))


def _alike(rate: Mention, m: Mention) -> bool:
    """True when rate and amount speak of one matter: a word in common, or one of them names none."""
    own, what = cues.filler_free(EACH_ONE.split(rate.lead)[-1]), cues.filler_free(m.lead + m.tail)
    if GETS.fullmatch(own) or PAID.fullmatch(what) or DEED.fullmatch(m.lead):
        return True
    return any(own[i : i + 2] in what for i in range(max(1, len(own) - 1)))


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
    if MORE.match(rate.tail):
        return
    said_sums = _sums(sentence, rate, numbers)
    for total in said_sums or _plain_sums(sentence, rate):
        times = times_of(total) if said_sums else [t for t in times_of(total) if _said_with(sentence, rate, total, t)]
        if not times:
            continue
        products = [(floor_at_zero(t[1]) * _values(rate, total, t[1]), t) for t in times]
        if any(p.meets(total.size) or _for_each(sentence, p, total) for p, _ in products):
            return
        if said_sums or all(_in_reach(p, total) for p, _ in products):
            yield _differs(sentence, rate, products[0], total, *said)
        return


def _said_with(sentence: Sentence, rate: Mention, total: Mention, time: Times) -> bool:
    """True when the number or time stands in one breath with the rate."""
    if time[0] is not None:
        return time[0] is not total and _one_breath(sentence, rate, time[0])
    edges = [m.start() for m in SENTENCE_END.finditer(sentence.text)]
    start = max((e for e in edges if e < min(rate.start, total.start)), default=0)
    end = min((e for e in edges if e > max(rate.start, total.start)), default=len(sentence.text))
    return time[2] in sentence.text[start:end]


def _in_reach(product: Range, total: Mention) -> bool:
    return not (product.scaled(FARTHEST).below(total.size) or total.size.scaled(FARTHEST).below(product))


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
    count = spread(product[1][1], "") if times is None else times.q.surface
    return finding(
        sentence, mentions, "contradiction", rule, (total.q.surface, f"{rate.q.surface} × {count} = {result}", miss),
        f"{each}{rate.q.surface}，{words}应为{result}，文中写的是{total.q.surface}。",
        f"{rate.q.surface} each, times {words}, makes {result}, but the text says {total.q.surface}.",
    )
