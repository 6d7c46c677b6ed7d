"""Find the quantities of a text: numeral, hedge, unit, and the span from hedge to unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from taizhang.core import Hedge, Number, Range
from taizhang.text.reader import traps
from taizhang.text.reader.hedges import HedgeWord, hedge_after, hedge_before, hedged
from taizhang.text.reader.measures import Measure, measure_at
from taizhang.text.reader.numerals import CN, Numeral, numeral_at

_START = re.compile(rf"[0-9{CN}数几半]")
_FRACTION = re.compile(
    rf"([{CN}]{{1,6}}|\d{{1,4}})分之([{CN}]{{1,8}}(?:点[零〇一二三四五六七八九]{{1,8}})?|\d{{1,4}}(?:\.\d{{1,4}})?)(多|余)?"
)
_TO = re.compile(r" ?(?:[至到~～]|[-－–—]{1,2}) ?(?=[0-9零〇一二两三四五六七八九十百千])")
_AND = re.compile(r" ?(?:、|和|与|及|以及|或) ?(?=\d)")
_FROM = re.compile(r"[由从自](?:原来|原先|最初|过去|之前|以前|[^，。；、由从自]{0,12})的?$")
_DOUBLING = re.compile(r"翻(?:了|上|过)?(?:近|约|超|不止)?(?:了)?$")
_HALF_TIME = re.compile(r"半(?:个)?(年|月|小时|天|个小时)(?![来度夜路空])")
_AND_A_HALF = re.compile(r"(个)?半(?=(月|小时|多小时|钟头|学期))")
_SPAN_VERB = re.compile(
    r"(?:用时|历时|耗时|为期|长达|[需达满]|仅用|只用|提前|缩短|延长|不到|最长|期限为?|工期|时限)(?:了|仅|近|约|至|为|到)*$"
)
_WINDOW_BEFORE = re.compile(r"(?:过去|最近|未来|今后|之前|前|后|这|头|连续|接下来|近|每)(?:的)?$")
_WINDOW_AFTER = re.compile(r"(?:来|间|以来|里|之后|之前|前|后)(?![台往])")
_NAMED_RATIO = re.compile(r"系数|指数|比值|比率|评分|得分|容积率|强度|密度|[pP][hH]值?|基尼|分值|均值|PMI")
_TIME_KINDS = frozenset({"time", "time-day", "time-work", "time-term"})
_COUNTED = frozenset({"count", "person", "scale"})
_ROUNDED_KINDS = frozenset({"share", "point", "multiple"})
_HALF = Decimal("0.5")
_SINGLE = frozenset("一二两三四五六七八九十")
_STROKE = re.compile(r"(\d{1,2})/(\d{1,3})(?![\d/])(?=[的以左，。、；]|[\u4e00-\u9fff])")


@dataclass(slots=True)
class Mention:
    """A quantity found, before it is known what it is said of. Offsets are into the text read."""

    start: int
    end: int
    core_start: int
    core_end: int
    range: Range
    meant: Range
    hedge: Hedge
    unit: str | None
    unit_text: str
    kind: str | None
    per: str | None = None
    rank: bool = False
    doubling: bool = False
    negative: bool = False
    neutral: str | None = None
    chinese: bool = False
    shares_unit: bool = False


def find_mentions(s: str) -> list[Mention]:
    """All mentions of `s` in order, neutral ones marked; `s` has half-width digits, signs and letters."""
    blocked = _merged(traps.dates(s), traps.quoted(s))
    out: list[Mention] = []
    pos, b = 0, 0
    while (m := _START.search(s, pos)) is not None:
        i = m.start()
        while b < len(blocked) and blocked[b][1] <= i:
            b += 1
        if b < len(blocked) and blocked[b][0] <= i:
            pos = blocked[b][1]
            continue
        limit = blocked[b][0] if b < len(blocked) else len(s)
        found = list(_mentions_at(s, i, limit, out[-1] if out else None))
        out.extend(found)
        pos = max(found[-1].end, i + 1) if found else _skip(s, i)
    return out


def _merged(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(a + b):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _skip(s: str, i: int) -> int:
    """Past the numeral that is no mention, so that its own digits are not read again."""
    if s[i].isdigit() and s[i].isascii():
        while i < len(s) and (s[i].isascii() and s[i].isdigit() or s[i] in ".,"):
            i += 1
        return i
    n = numeral_at(s, i)
    return n.end if n else i + 1


def _mentions_at(s: str, i: int, limit: int, last: Mention | None) -> Iterator[Mention]:
    fraction = _FRACTION.match(s, i)
    if fraction:
        yield from _fraction(s, fraction)
        return
    stroke = _STROKE.match(s, i) if s[i].isdigit() else None
    if stroke and 0 < int(stroke[1]) < int(stroke[2]) and (i == 0 or s[i - 1] not in "/0123456789"):
        value = Fraction(int(stroke[1]) * 100, int(stroke[2]))
        yield _percent(s, i, stroke.end(), value, Fraction(5), stroke[0])
        return
    if s[i] == "半":
        yield from _half_time(s, i)
        return
    n = numeral_at(s, i)
    if n is None or n.end > limit or _is_trap(s, n):
        return
    if s.startswith("一半", i):
        yield _percent(s, i, i + 2, Fraction(50), Decimal(5), "一半")
        return
    if n.chinese and s[n.end - 1] == "半":
        return
    yield from _plain(s, n, last)


def _is_trap(s: str, n: Numeral) -> bool:
    i, end = n.start, n.end
    before = s[i - 1] if i else ""
    negative = before in "-－−" and i > 1 and "\u4e00" <= s[i - 2] <= "\u9fff"
    if traps.is_ordinal(s, i) or traps.is_item_number(s, i, end):
        return True
    if before == "/" or (s[end : end + 1] in (".", "/") and s[end + 1 : end + 2].isdigit()):
        return True
    return not negative and traps.is_name(s, i, end)


def _plain(s: str, n: Numeral, last: Mention | None) -> Iterator[Mention]:
    """A numeral with its unit; a range; or several that share a unit."""
    unit = _unit_of(s, n)
    end = unit.end if unit else n.end
    other = _other_end(s, n, end)
    if other is not None:
        second, second_unit = other
        unit = second_unit or unit
        if second_unit is None or unit is None:
            return
        yield from _built(s, n, _shared_scale(n, second, s), unit, unit.end)
        return
    if unit is None:
        shared = _shared_unit(s, n)
        if shared is not None:
            m = next(_built(s, n, n, replace(shared, text=""), n.end), None)
            if m:
                m.shares_unit = True
                yield m
            return
        yield from _bare(s, n, last)
        return
    for m in _built(s, n, n, unit, end):
        yield _with_hedge_of(last, m, s, n)


def _with_hedge_of(last: Mention | None, m: Mention, s: str, n: Numeral) -> Mention:
    """超3.6万元和2万元: a hedge before the first of a coordination goes to each."""
    if last is None or m.hedge != "exact" or last.unit != m.unit or last.start == last.core_start or last.rank:
        return m
    if s[last.end : m.start] not in ("和", "、", "与", "及"):
        return m
    word = hedge_before(s, last.core_start)
    if word is not None:
        m.range, m.hedge = hedged(n.low, n.high, n.step, n.more, word.kind)
        m.meant = m.range
    return m


def _unit_of(s: str, n: Numeral) -> Measure | None:
    at = n.end + (s[n.end : n.end + 1] == " ")
    unit = measure_at(s, at)
    if unit and unit.text == "成" and not (n.high <= 10):
        return None
    if unit and unit.text == "方" and n.chinese and n.high < 100:
        return None
    return unit


def _other_end(s: str, n: Numeral, end: int) -> tuple[Numeral, Measure | None] | None:
    """The upper end of a range A至B; not of a change (由A到B), whose ends are two mentions."""
    to = _TO.match(s, end)
    if to is None or n.more:
        return None
    second = numeral_at(s, to.end())
    if second is None or second.low < 0:
        return None
    if s[end : to.end()].strip() in "至到" and _FROM.search(s, max(n.start - 16, 0), n.start):
        return None
    unit = _unit_of(s, second)
    first_unit = _unit_of(s, n)
    if unit is None or (first_unit and first_unit.name != unit.name):
        return None
    if _scaled_up(n, second, s) > second.high:
        return None
    return second, unit


def _scaled_up(n: Numeral, second: Numeral, s: str) -> Decimal:
    return _shared_scale(n, second, s).low


def _shared_scale(n: Numeral, second: Numeral, s: str) -> Numeral:
    """The range of both ends; a lone 万 or 亿 at the end belongs to both where that keeps them in order."""
    low = n.low
    tail = s[second.start : second.end].lstrip("0123456789.,，零〇一二两三四五六七八九十点")
    if tail and tail[0] in "十百千万亿" and not any(c in "万亿" for c in s[n.start : n.end]):
        scale = second.low / (Decimal(1) if second.low == 0 else _mantissa(s, second))
        if low * scale <= second.low:
            low = low * scale
    return replace(second, start=n.start, low=low, high=second.high, more=False, vague=False)


def _mantissa(s: str, n: Numeral) -> Decimal:
    """The number without its trailing 万/亿/千."""
    text = s[n.start : n.end].rstrip("十百千万亿多余")
    plain = numeral_at(text + " ", 0) if text else None
    return plain.low if plain and plain.low else Decimal(1)


def _shared_unit(s: str, n: Numeral) -> Measure | None:
    """The unit printed at a later figure of the same coordination: 2.16和1.66个百分点."""
    if n.chinese:
        return None
    at = n.end
    for _ in range(6):
        joint = _AND.match(s, at)
        if joint is None:
            return None
        following = numeral_at(s, joint.end())
        if following is None or following.chinese:
            return None
        unit = _unit_of(s, following)
        if unit is not None:
            return unit
        at = following.end
    return None


def _built(s: str, n: Numeral, value: Numeral, unit: Measure, end: int) -> Iterator[Mention]:
    """The mention of a number with a unit, unless the words around make it something else."""
    before = _hedge_before(s, n, unit)
    if n.chinese and unit.text != "番" and _is_word(s, n, end, hedged=bool(before) or n.more):
        return
    after = hedge_after(s, end)
    if after and after.kind == "cap" and after.end - after.start == 1 and unit.kind not in _TIME_KINDS | {"length"}:
        after = None
    if n.bare and not (before or n.more or (after and after.kind == "floor" and unit.kind == "scale")):
        return
    half = _AND_A_HALF.match(s, end) if unit.kind == "count" else None
    doubling = unit.text == "番"
    if doubling and not _DOUBLING.search(s, max(n.start - 5, 0), n.start):
        return
    m = _mention(s, n, value, unit, end, before, after)
    if doubling:
        _double(s, m, value)
    elif half:
        return
    m.neutral = _neutral(s, n, m, before)
    yield m


def _hedge_before(s: str, n: Numeral, unit: Measure | None) -> HedgeWord | None:
    word = hedge_before(s, n.start)
    if word is None:
        return None
    if word.kind == "first" and not (unit and unit.text in ("名", "位")):
        return None
    if s[word.start : word.end] == "上" and not n.bare:
        return None
    if s[word.start : word.end] in ("至多", "至少") or not (
        s[word.start : word.end] == "限" and word.start and s[word.start - 1] in "权局"
    ):
        return word
    return None


def _mention(s: str, n: Numeral, value: Numeral, unit: Measure, end: int, before: HedgeWord | None, after: HedgeWord | None) -> Mention:
    factor = 10 if unit.text == "成" else 1
    more = value.more or unit.more
    step = value.step if value.more else (value.grain if unit.more else value.step)
    kind = before.kind if before else (after.kind if after else None)
    rng, hedge = hedged(value.low * factor, value.high * factor, step * factor, more, kind)
    if value.vague and kind is None:
        rng, hedge = Range(value.low, value.high, high_open=True), "range"
    name = "%" if unit.text == "成" else unit.name
    return Mention(
        start=before.start if before else n.start,
        end=after.end if after else end,
        core_start=n.start,
        core_end=end,
        range=rng,
        meant=_meant(rng, hedge, value, unit.kind, factor),
        hedge=hedge,
        unit=name,
        unit_text=unit.text,
        kind=unit.kind,
        per=unit.per,
        rank=bool(before and before.kind == "first"),
        negative=s[n.start - 1 : n.start] in ("-", "－", "−") if n.start else False,
        chinese=n.chinese,
    )


def _meant(rng: Range, hedge: Hedge, value: Numeral, kind: str | None, factor: int = 1) -> Range:
    """What the printed digits can stand for: ± half a grain for 万, 亿, decimals, shares and multiples."""
    if hedge != "exact" and not (hedge == "range" and not value.vague):
        return rng
    if not (value.rounded or kind in _ROUNDED_KINDS):
        return rng
    half = value.grain * factor * _HALF
    low, high = rng.low or Decimal(0), rng.high or Decimal(0)
    return Range(max(low - half, Decimal(0)), high + half)


def _double(s: str, m: Mention, value: Numeral) -> None:
    """翻N番 is growth by (2^N − 1) × 100 %."""
    times = (Decimal(2) ** min(value.low, Decimal(20)) - 1) * 100
    word = _DOUBLING.search(s, max(m.core_start - 5, 0), m.core_start)
    assert word is not None
    near = hedge_before(s, m.core_start)
    m.range, m.hedge = hedged(times, times, Decimal(100), False, near.kind if near else None)
    m.meant = m.range
    m.start, m.unit, m.kind, m.doubling = word.start(), "%", "share", True


def _is_word(s: str, n: Numeral, end: int, hedged: bool = False) -> bool:
    """A place name, a fixed phrase, or the first half of one such as 两站两员."""
    if traps.is_place_name(s, n.start, n.end):
        return True
    if not hedged and traps.is_idiom(s, n.start, end):
        return True
    return end - n.start == 2 and s[end : end + 1] in _SINGLE and s[n.start] in _SINGLE and s[end + 1 : end + 2] not in "十百千万亿点"


def _neutral(s: str, n: Numeral, m: Mention, before: HedgeWord | None) -> str | None:
    """Why a mention is neutral: an article (一家), a time window (近20年来, 五年)."""
    if n.chinese and n.low == n.high == 1 and m.kind in _COUNTED and m.hedge == "exact":
        return "article"
    if m.kind not in _TIME_KINDS or m.kind == "time-work":
        return None
    head = s[max(m.core_start - 8, 0) : m.core_start]
    if _SPAN_VERB.search(head):
        return None
    if before and before.kind == "near" and m.unit in ("年", "月", "周", "日"):
        return "window"
    if _WINDOW_BEFORE.search(head) or _WINDOW_AFTER.match(s, m.end):
        return "window"
    if m.kind == "time" and m.core_start and s[m.core_start - 1] in "\n。；，：" and "\u4e00" <= s[m.end : m.end + 1] <= "\u9fff":
        return "window"
    return None


def _bare(s: str, n: Numeral, last: Mention | None) -> Iterator[Mention]:
    """A number without a unit: 60万邵商, 突破1100万, 系数0.58."""
    following = s[n.end : n.end + 1]
    noun = "\u4e00" <= following <= "\u9fff"
    large = n.rounded and n.high >= 10000
    ratio = not n.chinese and "." in s[n.start : n.end] and not large and _NAMED_RATIO.search(s, max(n.start - 40, 0), n.start)
    if not (large or ratio or (n.more and noun and not n.chinese)):
        return
    if following.isascii() and following.isalpha() or n.chinese and _is_word(s, n, n.end):
        return
    before = _hedge_before(s, n, None)
    if n.bare and not (n.more and large) and not (before and large):
        return
    if n.bare and not noun:
        return
    after = hedge_after(s, n.end)
    kind = before.kind if before else (after.kind if after else None)
    rng, hedge = hedged(n.low, n.high, n.step, n.more, kind)
    if n.vague and kind is None:
        rng, hedge = Range(n.low, n.high, high_open=True), "range"
    start, end = before.start if before else n.start, after.end if after else n.end
    yield Mention(start, end, n.start, n.end, rng, _meant(rng, hedge, n, None), hedge, None, "", None, chinese=n.chinese)


def _fraction(s: str, m: re.Match[str]) -> Iterator[Mention]:
    """三分之一, 百分之五点三: percent; a third is not rounded."""
    whole, part = numeral_at(m[1], 0), numeral_at(m[2], 0)
    if whole is None or part is None or not whole.low or m.start() and s[m.start() - 1] == "第":
        return
    value = Fraction(part.low) * 100 / Fraction(whole.low)
    hundred = whole.low in (100, 1000, 10000)
    grain = Fraction(part.grain) * 100 / Fraction(whole.low) if hundred else Fraction(5)
    more = Fraction(part.step) * 100 / Fraction(whole.low) if m[3] and hundred else None
    name = "‰" if whole.low == 1000 else "%"
    scale = 10 if whole.low == 1000 else 1
    yield _percent(s, m.start(), m.end(), value * scale, grain * scale, m[1] + "分之", name, more)


def _percent(s: str, start: int, end: int, value: Number, grain: Number, text: str, name: str = "%", more: Number | None = None) -> Mention:
    before, after = hedge_before(s, start), hedge_after(s, end)
    kind = before.kind if before else (after.kind if after else None)
    if kind == "first":
        before, kind = None, None
    x = Decimal(int(value)) if value == int(value) else value
    rng, hedge = _hedged_fraction(x, more, kind)
    half = Fraction(grain) / 2
    meant = rng if hedge != "exact" else Range(max(Fraction(value) - half, Fraction(0)), Fraction(value) + half)
    first, final = before.start if before else start, after.end if after else end
    return Mention(first, final, start, end, rng, meant, hedge, name, text, "share", chinese=True)


def _hedged_fraction(x: Number, more: Number | None, kind: str | None) -> tuple[Range, Hedge]:
    f = Fraction(x)
    if more is not None:
        return Range(x, f + Fraction(more), high_open=True), "at_least"
    if kind == "about":
        return Range(f * 9 / 10, f * 11 / 10), "about"
    if kind == "near":
        return Range(f * 9 / 10, x, high_open=True), "about"
    if isinstance(x, Decimal):
        return hedged(x, x, Decimal(1), False, kind)
    low, high = (x, None) if kind in ("over", "floor") else (None, x) if kind in ("cap", "under") else (x, x)
    name: Hedge = "at_least" if high is None else "at_most" if low is None else "exact"
    return Range(low, high, kind == "over", kind == "under"), name


def _half_time(s: str, i: int) -> Iterator[Mention]:
    """半年, 半个月 as a duration said of something."""
    m = _HALF_TIME.match(s, i)
    if m is None or not _SPAN_VERB.search(s, max(i - 8, 0), i):
        return
    unit = measure_at(s, i + 1)
    if unit is None:
        return
    half = Decimal("0.5")
    before, after = hedge_before(s, i), hedge_after(s, unit.end)
    kind = before.kind if before else (after.kind if after else None)
    rng, hedge = hedged(half, half, half, False, kind)
    start, end = before.start if before else i, after.end if after else unit.end
    yield Mention(start, end, i, unit.end, rng, rng, hedge, unit.name, unit.text, unit.kind, chinese=True)
