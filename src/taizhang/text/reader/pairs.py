"""Numbers that share something printed once: a range A至B, a unit or a hedge of coordinated figures."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from taizhang.text.reader.hedges import hedge_before, hedged
from taizhang.text.reader.measures import Measure, measure_at
from taizhang.text.reader.mention import Mention
from taizhang.text.reader.numerals import Numeral, numeral_at
from taizhang.text.reader.words import from_word

_TO = re.compile(r" ?(?:[至到~～]|[-－–—]{1,2}) ?(?=[0-9零〇一二两三四五六七八九十百千])")
_AND = re.compile(r" ?(?:、|和|与|及|以及|或) ?(?=\d)")
_FROM = re.compile(rf"{from_word()}(?:原来|原先|最初|过去|之前|以前|[^，。；、由从自]{{0,12}})的?$")
_ARABIC_ONLY = frozenset("车村镇乡县分排页句针") | {"乡镇", "民族乡", "街道", "社区"}
_LONGEST_LIST = 6


def unit_of(s: str, n: Numeral) -> Measure | None:
    """The unit behind a numeral; 成 counts tenths up to ten only, 方 is a volume only of large or Arabic numbers."""
    unit = measure_at(s, n.end + (s[n.end : n.end + 1] == " "))
    if unit and unit.text == "成" and n.high > 10:
        return None
    return None if unit and n.chinese and (unit.text in _ARABIC_ONLY or (unit.text == "方" and n.high < 100)) else unit


def range_of(s: str, n: Numeral, end: int) -> tuple[Numeral, Measure] | None:
    """Both ends of A至B as one numeral, with the unit; None for a change (由A到B), whose ends are two mentions."""
    to = _TO.match(s, end)
    if to is None or n.more or (to[0].strip() in "至到" and _FROM.search(s, max(n.start - 16, 0), n.start)):
        return None
    second = numeral_at(s, to.end())
    unit = unit_of(s, second) if second else None
    first_unit = unit_of(s, n)
    if second is None or unit is None or (first_unit and first_unit.name != unit.name):
        return None
    both = _both(s, n, second)
    return (both, unit) if both.low <= both.high else None


def _both(s: str, n: Numeral, second: Numeral) -> Numeral:
    """A lone 万 or 亿 at the upper end belongs to both where that keeps them in order: 800至1000万."""
    low = n.low
    if not any(c in "万亿" for c in s[n.start : n.end]):
        scaled = low * _scale(s, second)
        low = scaled if scaled <= second.low else low
    return replace(second, start=n.start, low=low, high=second.high, more=False, vague=False)


def _scale(s: str, n: Numeral) -> Decimal:
    """What the trailing 万, 亿, 千 of a numeral multiply it by."""
    bare = s[n.start : n.end].rstrip("十百千万亿多余")
    plain = numeral_at(bare, 0) if bare else None
    return n.low / plain.low if plain and plain.low else Decimal(1)


def shared_unit(s: str, n: Numeral) -> Measure | None:
    """The unit printed at a later figure of the same coordination: 2.16和1.66个百分点."""
    at = n.end
    for _ in range(_LONGEST_LIST if not n.chinese else 0):
        joint = _AND.match(s, at)
        following = numeral_at(s, joint.end()) if joint else None
        if following is None or following.chinese:
            return None
        unit = unit_of(s, following)
        if unit is not None:
            return unit
        at = following.end
    return None


def share_hedge(last: Mention | None, m: Mention, s: str, n: Numeral) -> None:
    """超3.6万元和2万元: a hedge before the first of a coordination goes to each."""
    if last is None or m.hedge != "exact" or last.unit != m.unit or last.start == last.core_start or last.rank:
        return
    word = hedge_before(s, last.core_start) if s[last.end : m.start] in ("和", "、", "与", "及") else None
    if word is not None:
        m.range, m.hedge = hedged(n.low, n.high, n.step if n.more else None, word.kind)
        m.meant = m.range
