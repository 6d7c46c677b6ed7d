"""Find the quantities of a text: numeral, hedge, unit, and the span from hedge to unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from taizhang.core import units
from taizhang.text.reader import traps
from taizhang.text.reader.compounds import compound_at
from taizhang.text.reader.fractions import SPAN_VERB, and_a_half, fraction_at, half_at
from taizhang.text.reader.hedges import HedgeWord, hedge_after, hedge_before, hedged
from taizhang.text.reader.measures import Measure
from taizhang.text.reader.mention import Mention, make
from taizhang.text.reader.numerals import CN, Numeral, numeral_at
from taizhang.text.reader.pairs import range_of, share_hedge, shared_unit, unit_of

_CHINESE_RUN = re.compile(rf"[{CN}]+")
_START = re.compile(rf"[0-9{CN}数几半]")
_DOUBLING = re.compile(r"翻(?:了|上|过)?(?:近|约|超|不止)?了?$")
_WINDOW_BEFORE = re.compile(r"(?:过去|最近|未来|今后|之前|前|后|这|头|连续|接下来|近|每|第[一二三四五六七八九十]{1,2}个)的?$")
_WINDOW_AFTER = re.compile(r"(?:来|间|以来|里|之后|之前|前|后)(?![台往])")
_NAMED_RATIO = re.compile(r"系数|指数|比值|比率|评分|得分|容积率|强度|密度|[pP][hH]值?|基尼|分值|均值|PMI")
_TIME_KINDS = frozenset({"time", "time-day", "time-work", "time-term"})
_CALENDAR = frozenset("年月周日")
_THINGS = frozenset({"count", "person", "scale"})
# What can follow a Chinese numeral that states a figure; most 一 and 十 of a text are followed by something else.
_DIGIT_WORDS = frozenset(CN) | {"数", "几"}
_MAY_FOLLOW = frozenset(CN) | frozenset("多余几点分成半个至到~～-－–— ") | frozenset(u[0] for u in units())
_CURRENCY = {"¥": "元", "￥": "元"}
_COMPOUNDED = frozenset("个小分年元块米亩斤")
_SINGLE = frozenset("一二两三四五六七八九十")


def find_mentions(s: str) -> list[Mention]:
    """All mentions of `s` in order, neutral ones marked; `s` has half-width digits, signs and letters."""
    blocked = _merged(traps.dates(s) + traps.quoted(s))
    out: list[Mention] = []
    pos, b = 0, 0
    while (m := _START.search(s, pos)) is not None:
        i = m.start()
        while b < len(blocked) and blocked[b][1] <= i:
            b += 1
        if b < len(blocked) and blocked[b][0] <= i:
            pos = blocked[b][1]
            continue
        if s[i] in _DIGIT_WORDS and s[i + 1 : i + 2] not in _MAY_FOLLOW:
            pos = i + 1
            continue
        limit = blocked[b][0] if b < len(blocked) else len(s)
        found = _mention_at(s, i, limit, out[-1] if out else None)
        if found is not None:
            out.append(found)
        pos = max(found.end, i + 1) if found else _past(s, i)
    return out


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _past(s: str, i: int) -> int:
    """Past the numeral that is no mention, so that its own digits are not read again."""
    if s[i] in "0123456789":
        while i < len(s) and s[i] in "0123456789.,":
            i += 1
        return i
    run = _CHINESE_RUN.match(s, i)
    return run.end() if run else i + 1


def _mention_at(s: str, i: int, limit: int, last: Mention | None) -> Mention | None:
    if s[i] == "半":
        return half_at(s, i)
    fraction = fraction_at(s, i)
    if fraction:
        return fraction
    n = numeral_at(s, i)
    if n is None or n.end > limit or _is_trap(s, n):
        return None
    compound = compound_at(s, i) if s[n.end : n.end + 1] in _COMPOUNDED else None
    return compound or and_a_half(s, n) or _numeral(s, n, last)


def _is_trap(s: str, n: Numeral) -> bool:
    i, end = n.start, n.end
    if traps.is_ordinal(s, i) or traps.is_item_number(s, i, end):
        return True
    if s[i - 1 : i] == "/" or (s[end : end + 1] in (".", "/") and s[end + 1 : end + 2].isdigit()):
        return True
    return not _is_negative(s, i) and traps.is_name(s, i, end)


def _is_negative(s: str, i: int) -> bool:
    """同比-3.2%, 零下5℃: a minus sign behind a word, or 零下."""
    if i > 1 and s[i - 2 : i] == "零下":
        return True
    return s[i - 1 : i] in ("-", "－", "−") and i > 1 and "\u4e00" <= s[i - 2] <= "\u9fff"


def _numeral(s: str, n: Numeral, last: Mention | None) -> Mention | None:
    """A numeral with its unit; a range; one whose unit is printed later; one without a unit."""
    unit = unit_of(s, n)
    both = range_of(s, n, unit.end if unit else n.end)
    if both is not None:
        return _measured(s, n, both[0], both[1], both[1].end)
    if unit is not None:
        m = _measured(s, n, n, unit, unit.end)
        if m is not None:
            share_hedge(last, m, s, n)
        return m
    later = shared_unit(s, n)
    return _measured(s, n, n, replace(later, text=""), n.end) if later else _bare(s, n)


def _measured(s: str, n: Numeral, value: Numeral, unit: Measure, end: int) -> Mention | None:
    """The mention of a number with a unit, unless the words around make it something else."""
    before, after = _hedge_before(s, n, unit), _hedge_after(s, end, unit)
    if unit.text == "番":
        return _doubling(s, n, end, unit.more)
    if n.chinese and _is_word(s, n, end, hedged=bool(before) or n.more):
        return None
    if n.bare and not (before or n.more or (after and after.kind == "floor")):
        return None
    m = make((n.start, end), value, unit, before, after)
    if _is_negative(s, n.start):
        m.negative, m.start = True, n.start - (2 if s.startswith("零下", n.start - 2) else 1)
    m.neutral = _neutral(s, n, m, before)
    return m


def _hedge_before(s: str, n: Numeral, unit: Measure | None) -> HedgeWord | None:
    """The hedge word before a numeral; 前 only makes a rank, 上 only stands before 百, 千, 万."""
    word = hedge_before(s, n.start)
    if word is None or (word.kind == "first" and not (unit and unit.text in ("名", "位") and n.low >= 1)):
        return None
    return None if s[word.start : word.end] == "上" and not n.bare else word


def _hedge_after(s: str, end: int, unit: Measure) -> HedgeWord | None:
    """The hedge word behind a unit; a lone 内 only ends times and distances."""
    word = hedge_after(s, end)
    lone = word is not None and word.kind == "cap" and word.end - word.start == 1
    return None if lone and unit.kind not in _TIME_KINDS and unit.kind != "length" else word


def _doubling(s: str, n: Numeral, end: int, more: bool) -> Mention | None:
    """翻N番 is growth by (2^N − 1) × 100 %; 翻一番多 is more than that and less than 翻两番."""
    word = _DOUBLING.search(s, max(n.start - 5, 0), n.start)
    if word is None:
        return None
    doublings = min(n.low, Decimal(20))
    times = (Decimal(2) ** doublings - 1) * 100
    near = hedge_before(s, n.start)
    rng, hedge = hedged(times, times, Decimal(2) ** doublings * 100 if more else None, near.kind if near else None)
    return Mention(word.start(), end, n.start, end, rng, rng, hedge, "%", "番", "share", doubling=True)


def _is_word(s: str, n: Numeral, end: int, hedged: bool = False) -> bool:
    """A place name, a fixed phrase, or the first half of one such as 两站两员."""
    if traps.is_place_name(s, n.start, n.end) or (not hedged and traps.is_idiom(s, n.start, end)):
        return True
    return end - n.start == 2 and s[n.start] in _SINGLE and s[end : end + 1] in _SINGLE and s[end + 1 : end + 2] not in "十百千万亿点"


def _neutral(s: str, n: Numeral, m: Mention, before: HedgeWord | None) -> str | None:
    """Why a mention is neutral: an article (一家), a time window (近20年来, 五年)."""
    if n.chinese and n.low == n.high == 1 and m.kind in _THINGS and m.hedge == "exact":
        return "article"
    if m.kind not in _TIME_KINDS or m.kind == "time-work" or SPAN_VERB.search(s, max(m.core_start - 8, 0), m.core_start):
        return None
    near = before is not None and before.kind == "near" and m.unit in _CALENDAR
    around = _WINDOW_BEFORE.search(s, max(m.core_start - 8, 0), m.core_start) or _WINDOW_AFTER.match(s, m.end)
    opens = m.kind == "time" and s[m.core_start - 1 : m.core_start] in ("\n", "。", "；", "，", "：")
    return "window" if near or around or (opens and "\u4e00" <= s[m.end : m.end + 1] <= "\u9fff") else None


def _bare(s: str, n: Numeral) -> Mention | None:
    """A number without a unit: 60万邵商, 突破1100万, 系数0.58."""
    following = s[n.end : n.end + 1]
    noun = "\u4e00" <= following <= "\u9fff"
    large = n.rounded and n.high >= 10000
    if not (s[n.start - 1 : n.start] in _CURRENCY or large or (n.more and noun and not n.chinese) or (not large and _is_named_ratio(s, n))):
        return None
    if (following.isascii() and following.isalpha()) or (n.chinese and _is_word(s, n, n.end)):
        return None
    currency = _CURRENCY.get(s[n.start - 1 : n.start])
    if currency:
        return make((n.start, n.end), n, Measure(n.end, currency, "", "money"), None, None)
    before = _hedge_before(s, n, None)
    if n.bare and not (large and (before or (n.more and noun))):
        return None
    return make((n.start, n.end), n, None, before, hedge_after(s, n.end))


def _is_named_ratio(s: str, n: Numeral) -> bool:
    """系数0.58: a decimal that the sentence calls a coefficient, index or score."""
    return not n.chinese and "." in s[n.start : n.end] and bool(_NAMED_RATIO.search(s, max(n.start - 40, 0), n.start))
