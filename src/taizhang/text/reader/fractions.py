"""Shares and halves said in words: 三分之一, 百分之五点三, 1/3, 一半, 半年, 两个半小时."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from taizhang.text.reader.hedges import HedgeWord, hedge_after, hedge_before
from taizhang.text.reader.measures import measure_at
from taizhang.text.reader.mention import HALF, Mention, make, share
from taizhang.text.reader.numerals import CN, DIGITS, Numeral, numeral_at

_FRACTION = re.compile(
    rf"([{CN}]{{1,6}}|\d{{1,4}})分之([{CN}]{{1,8}}(?:点[零〇一二三四五六七八九]{{1,8}})?|\d{{1,4}}(?:\.\d{{1,4}})?)(多|余|几)?"
)
_STROKE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,3})(?![\d/])(?=[的以左，。、；\u4e00-\u9fff])")
_TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九])(?![十百千万成点])")
_HALF_TIME = re.compile(r"半(个)?(?:年|月|小时|天)(?![来度夜路空])")
_AND_A_HALF = re.compile(r"个半(?=月|小时|多小时|钟头|学期)")
SPAN_VERB = re.compile(
    r"(?:用时|历时|耗时|为期|[花用要]了?|长达|[需达满]|仅用|只用|提前|缩短|延长|不到|最长|期限为?|工期|时限)(?:了|仅|近|约|至|为|到)*$"
)
_DECIMAL_WHOLES = (100, 1000, 10000)


def fraction_at(s: str, i: int) -> Mention | None:
    """A fraction that starts at `i`: of a hundred or thousand as printed, any other as an exact share in percent."""
    m = _FRACTION.match(s, i) if s.find("分之", i + 1, i + 8) > 0 else None
    if m is None:
        following = s[i + 1 : i + 2]
        return _in_words(s, i) if following in ("半", "成") else _stroke(s, i) if "/" in s[i + 1 : i + 3] else None
    whole, part = numeral_at(m[1], 0), numeral_at(m[2], 0)
    if whole is None or part is None or not whole.low or s[i - 1 : i] == "第":
        return None
    if whole.low in _DECIMAL_WHOLES:
        return _of_hundred(s, m, part, whole.low)
    return _share(s, (i, m.end()), Fraction(part.low) * 100 / Fraction(whole.low), m[1] + "分之")


def _of_hundred(s: str, m: re.Match[str], part: Numeral, whole: Decimal) -> Mention:
    """百分之五点三 is 5.3 %, 千分之三 is 3 ‰; 多 adds a step as it does to any numeral."""
    scale = Decimal(1) if whole == 1000 else 100 / whole
    value = replace(
        part, low=part.low * scale, high=part.high * scale, step=part.step * scale, grain=part.grain * scale, more=bool(m[3]), rounded=True
    )
    before, after = _words(s, m.start(), m.end())
    mention = make((m.start(), m.end()), value, None, before, after)
    mention.unit, mention.unit_text, mention.kind = ("‰" if whole == 1000 else "%"), m[1] + "分之", "share"
    return mention


def _stroke(s: str, i: int) -> Mention | None:
    m = _STROKE.match(s, i)
    if m is None or not 0 < int(m[1]) < int(m[2]):
        return None
    return _share(s, (i, m.end()), Fraction(int(m[1]) * 100, int(m[2])), m[0])


def _in_words(s: str, i: int) -> Mention | None:
    if s.startswith("一半", i):
        return _share(s, (i, i + 2), Fraction(50), "一半")
    tenths = _TENTHS.match(s, i)
    if tenths is None:
        return None
    return share(Decimal(DIGITS[tenths[1]] * 10 + DIGITS[tenths[2]]), Decimal(1), "成", tenths.span(), *_words(s, *tenths.span()))


def _share(s: str, core: tuple[int, int], value: Fraction, text: str) -> Mention:
    """A share said as a fraction; what it can stand for is ± 2.5 points, as much as such words ever promise."""
    words = _words(s, *core)
    if value.denominator == 1:
        return share(Decimal(int(value)), Decimal(5), text, core, *words)
    return share(value, Fraction(5), text, core, *words)


def _words(s: str, start: int, end: int) -> tuple[HedgeWord | None, HedgeWord | None]:
    before = hedge_before(s, start)
    if before and (before.kind == "first" or s[before.start : before.end] == "上"):
        before = None
    return before, hedge_after(s, end)


def half_at(s: str, i: int) -> Mention | None:
    """半年, 半个月 as a duration said of something."""
    m = _HALF_TIME.match(s, i)
    unit = measure_at(s, i + 1) if m else None
    if unit is None:
        return None
    before, after = _words(s, i, unit.end)
    plain = (m is not None and m[1]) or unit.name == "小时"
    if not (before or after or plain or SPAN_VERB.search(s, max(i - 8, 0), i)):
        return None
    return make((i, unit.end), Numeral(i, i + 1, HALF, HALF, HALF, HALF), unit, before, after)


def and_a_half(s: str, n: Numeral) -> Mention | None:
    """两个半小时, 3个半月, 三年半."""
    if s.find("半", n.end, n.end + 3) < 0:
        return None
    m = _AND_A_HALF.match(s, n.end)
    unit = measure_at(s, m.end()) if m else measure_at(s, n.end)
    end = unit.end if unit else n.end
    if m is None:
        if unit is None or unit.name != "年" or not s.startswith("半", end):
            return None
        end += 1
    if unit is None:
        return None
    value = replace(n, low=n.low + HALF, high=n.high + HALF, step=HALF, grain=HALF)
    return make((n.start, end), value, unit, *_words(s, n.start, end))
