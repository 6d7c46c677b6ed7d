"""Rule `average`: an average or a ration times the number it is of, against the sum.

平均每户增收3200元，120户共增收38.4万元 is right: 3200 × 120 = 384000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.product import REACH, Times, against
from taizhang.claims.scene import Mention, Sentence, passages
from taizhang.core import Finding, Story

# What is done for each: it closes the name of the unit (每个乡镇投入…).
DONE = (
    "平均|奖励|补助|发放|补贴|投入|增收|需|约|可|能|产|达|为|有|的|配备|捐赠|领取|支付|收|造价|定价|售价|单价|成本|用|耗|安排|种植|完成|拥有"
)
EACH = re.compile(rf"每(?:一)?(?:个|名|位|家|所|座|支|台|辆|套|间|栋|处|场|块|条|册|本|只|头)?(?P<unit>[^，、；0-9均日天月年周]{{1,6}}?)(?:{DONE}|$)")
MEAN = re.compile(r"(?P<unit>[人户村亩家校班组县镇乡队厂店株棵头台辆场])均")
CLASSIFIER = re.compile(
    r"每(?:一)?(?P<unit>名|位|家|所|座|支|台|辆|套|间|栋|处|场|块|册|本|只|头|亩|人|户|株|棵|公顷|吨|斤|公斤|公里|平方米|立方米|米|件|份|盒|瓶|箱|袋|张|场|期|批)"
)
PERSONS = frozenset("人名位口")
PERIOD = re.compile(r"每(?:天|日|月|年|周|季|小时|分钟|次)|日均|月均|年均|周均")


def average(story: Story) -> Iterator[Finding]:
    """Contradictions between an average, the number of those it is of, and the sum."""
    for sentence in passages(story):
        for m in sentence.mentions:
            unit = _unit_of(m)
            if unit and not m.aside and not PERIOD.search(m.clause):
                numbers = _numbers(sentence, m, unit)
                counted = [n for n, _, _ in numbers if n is not None]
                yield from against(sentence, m, lambda _, found=numbers: found, ("average", f"每{unit}"), counted)  # type: ignore[misc]


def _unit_of(m: Mention) -> str | None:
    """What the average is per: 人, 户, 亩 …; None when the mention is none."""
    found = MEAN.search(m.lead) or CLASSIFIER.search(m.lead) or EACH.search(m.lead)
    if found:
        return found["unit"]
    return None


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
    if unit in (m.q.unit, m.q.unit_text) or m.tail.startswith(unit):
        return True
    return len(unit) >= 2 and (m.tail.endswith(unit) or m.tail[:2] == unit[:2])
