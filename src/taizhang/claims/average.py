"""Rule `average`: an average or a ration times the number it is of, against the sum.

平均每户增收3200元，120户共增收38.4万元 is right: 3200 × 120 = 384000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.product import REACH, Times, against
from taizhang.claims.scene import Mention, Sentence, passages
from taizhang.claims.whole import countable
from taizhang.core import Finding, Story, units

# What is done for each: it closes the name of the unit (每个乡镇投入…).
DONE = (
    "平均|奖励|补助|发放|补贴|投入|增收|需|约|可|能|产|达|为|有|的|配备|捐赠|领取|支付|收|造价|定价|售价|单价|成本|用|耗|安排|种植|完成|拥有"
)
EACH = re.compile(rf"(?:每一?|平均单)(?:个|名|位|家|所|座|支|台|辆|套|间|栋|处|场|块|条|册|本|只|头)?(?P<unit>[^，、；0-9均日天月年周]{{1,6}}?)(?:{DONE}|$)")
MEAN = re.compile(r"(?P<unit>[人户村亩家校班组县镇乡队厂店株棵头台辆场])均")
YIELD = re.compile(r"(?P<unit>亩)产(?![量值])|单产")
EVERY = re.compile(r"每一?(?P<unit>[^\d，、个一]{1,3})")
SHARED = re.compile(r"^[^，每均]{0,8}平均(?!每)(?!\w均)[^，每]{0,6}$")  # 73名社员平均分到6986元
PERSONS = frozenset("人名位口")
PERIOD = re.compile(r"每(?:天|日|月|年|周|季|小时|分钟|次)|日均|月均|年均|周均")


def average(story: Story) -> Iterator[Finding]:
    """Contradictions between an average, the number of those it is of, and the sum."""
    for sentence in passages(story):
        for m in sentence.mentions:
            if m.aside or m.is_percent or PERIOD.search(m.clause):
                continue
            if unit := _unit_of(m):
                yield from _judge(sentence, m, _numbers(sentence, m, unit), f"每{unit}")
            elif sharers := _sharers(sentence, m):
                yield from _judge(sentence, m, [(sharers, sharers.meant, sharers.q.surface)], "平均")


def _judge(sentence: Sentence, m: Mention, numbers: list[Times], each: str) -> Iterator[Finding]:
    counted = [n for n, _, _ in numbers if n is not None]
    yield from against(sentence, m, lambda _: numbers, ("average", each), counted)


def _unit_of(m: Mention) -> str | None:
    """What the average is per: 人, 户, 亩 …; None when the mention is none."""
    found = MEAN.search(m.lead) or YIELD.search(m.lead)
    if found:
        return found["unit"] or "亩"
    return _measure_word(m.lead) or (each["unit"] if (each := EACH.search(m.lead)) else None)


def _measure_word(words: str) -> str | None:
    """The measure word right after 每, the longest that the table of units knows (每台, 每平方米)."""
    found = EVERY.search(words)
    if found is None:
        return None
    return next((found["unit"][:n] for n in range(len(found["unit"]), 0, -1) if found["unit"][:n] in units()), None)


def _sharers(sentence: Sentence, m: Mention) -> Mention | None:
    """Those named right before 平均, who share: 73名社员平均分到6986元."""
    before = sentence.mentions[m.index - 1] if m.index else None
    if before is None or not SHARED.search(m.lead) or sentence.text[before.end : m.start].strip() != m.lead:
        return None
    return before if countable(before) and before.base != m.base and before.kind in ("person", "count") else None


def _numbers(sentence: Sentence, rate: Mention, unit: str) -> list[Times]:
    """The numbers of such units near the rate, the nearest first."""
    k = rate.index
    near = [m for m in sentence.mentions[max(0, k - REACH) : k + REACH + 1] if m is not rate and _counts(m, unit)]
    near.sort(key=lambda m: abs(m.start - rate.start))
    return [(m, m.meant, m.q.surface) for m in near]


def _counts(m: Mention, unit: str) -> bool:
    if m.aside or "每" in m.lead or m.lead.endswith("均"):
        return False
    if unit in PERSONS:
        return m.kind == "person"
    if unit in (m.q.unit, m.q.unit_text) or unit in m.tail[: len(unit) + 1]:
        return True
    return len(unit) >= 2 and (m.tail.endswith(unit) or m.tail[:2] == unit[:2])
