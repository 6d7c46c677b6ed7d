"""Numerals as written: Arabic, Chinese and mixed, with 多/余/几 inside and 数/几 before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
LONGEST = 24  # digits; longer runs are codes, not figures

CN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_ARABIC = re.compile(r"(\d{1,3}(?:(?:[,，]\d{3})+|(?: \d{3})+)(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)")
_SCALE = re.compile(
    r" ?(多(?!\d)|余|几|来(?![自到了的访源电函宾]))?(万亿|[十百千]?[万亿]|百(?![分姓强货])|千(?![瓦米克伏卡赫]))?(多|余|几)?((?<=万[多余几])亿)?"
)
_CHINESE = re.compile(rf"[{CN}]{{1,24}}(?:点[零〇一二三四五六七八九]{{1,12}})?")
_MORE = re.compile(r"(多|余|几|来(?![自到了的访源电函宾]))((?:[十百千]?[万亿])?)()")
_DECIMAL_SCALE = re.compile(r"([多余])?((?:[十百千]?万?[万亿])?)([多余])?")
_VAGUE = re.compile(r"[数几]((?:[十百千]?[万亿]|[十百千])(?:亿)?)")
_TWO = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])((?:[十百千万亿])*)$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral read at a place of a text.

    `low` and `high` are the same but for 三四十 and 数十 (`vague`: the upper end is open). `step` is
    one unit in the place of the last non-zero digit or last decimal (what 多 may add); `grain` is one
    unit of the last printed digit. `rounded` numerals (万, 亿, decimals) stand for ± half a grain.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    grain: Decimal
    more: bool = False
    rounded: bool = False
    vague: bool = False
    bare: bool = False
    chinese: bool = False


def numeral_at(s: str, i: int) -> Numeral | None:
    """The longest numeral that starts at `i`, or None."""
    c = s[i]
    if "0" <= c <= "9":
        return _arabic(s, i)
    if c in "数几":
        return _vague(s, i)
    return _chinese(s, i)


def _arabic(s: str, i: int, rests: int = 2) -> Numeral | None:
    m = _ARABIC.match(s, i)
    if m is None or m.end() - i > LONGEST:
        return None
    digits = m[1].replace(",", "").replace("，", "").replace(" ", "")
    x = Decimal(digits)
    tail = _SCALE.match(s, m.end())
    assert tail is not None  # every part of the pattern is optional
    scale = Decimal(10) ** (_power(tail[2]) + _power(tail[4]))
    more = bool(tail[1] or tail[3])
    end = tail.end() if (tail[1] or tail[2] or tail[3]) else m.end()
    grain = Decimal(1).scaleb(x.as_tuple().exponent if "." in digits else 0) * scale  # type: ignore[arg-type]
    step = grain if "." in digits else _last_place(x) * scale
    n = Numeral(i, end, x * scale, x * scale, step, grain, more, "." in digits or scale >= 10000)
    return _with_rest(s, n, scale, rests - 1) if rests and scale >= 10000 and not more and s[end : end + 1].isdigit() else n


def _with_rest(s: str, n: Numeral, scale: Decimal, rests: int) -> Numeral:
    """1万6千多, 1亿3千多万: the rest is less than one of the scale before it."""
    rest = _arabic(s, n.end, rests)
    if rest is None or rest.high >= scale or rest.high < 100:
        return n
    x = n.low + rest.low
    return replace(rest, start=n.start, low=x, high=x, rounded=True)


def _power(scale: str | None) -> int:
    return sum(SCALES[c] for c in scale) if scale else 0


def _last_place(x: Decimal) -> Decimal:
    """One unit in the place of the last non-zero digit of a whole number; 1 for 0."""
    if x == 0:
        return Decimal(1)
    return Decimal(1).scaleb(x.normalize().as_tuple().exponent)  # type: ignore[arg-type]


def _vague(s: str, i: int) -> Numeral | None:
    m = _VAGUE.match(s, i)
    if m is None:
        return None
    unit = Decimal(10) ** _power(m[1])
    return Numeral(i, m.end(), 2 * unit, 10 * unit, unit, unit, vague=True, rounded=True, chinese=True)


def _chinese(s: str, i: int) -> Numeral | None:
    m = _CHINESE.match(s, i)
    if m is None:
        return None
    read = _two_readings(m[0]) or _one_reading(m[0])
    if read is None:
        return None
    low, high, grain = read
    end, more, scale = m.end(), False, Decimal(1)
    whole = "点" not in m[0]
    tail = (_MORE if whole else _DECIMAL_SCALE).match(s, end)
    if tail and (tail[1] not in ("几", "来") or m[0][-1] in "十百千"):
        end, more, scale = tail.end(), bool(tail[1] or tail[3]), Decimal(10) ** _power(tail[2])
    step = (_last_place(low) if whole else grain) * scale
    rounded = not whole or scale > 1 or any(c in "万亿" for c in m[0])
    bare = m[0][0] in "百千万亿"
    return Numeral(i, end, low * scale, high * scale, step, grain * scale, more, rounded, False, bare, True)


def _two_readings(word: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """三四十 as 30 to 40, 两三 as 2 to 3; the digits must follow each other (三五 is used so too)."""
    head = ""
    if len(word) == 3 and word[0] == "十" and word[1] in DIGITS and word[2] in DIGITS:
        head, word = "十", word[1:]  # 十七八
    m = _TWO.match(word)
    if m is None or not (DIGITS[m[2]] == DIGITS[m[1]] + 1 or (m[1], m[2]) == ("三", "五")):
        return None
    if head and m[3]:
        return None
    unit = Decimal(10) ** _power(m[3])
    plus = 10 if head else 0
    return (plus + DIGITS[m[1]]) * unit, (plus + DIGITS[m[2]]) * unit, unit


def _one_reading(word: str) -> tuple[Decimal, Decimal, Decimal] | None:
    whole, _, decimals = word.partition("点")
    head = whole.rstrip("万亿萬億") if not decimals else whole
    value = parse_chinese(whole)
    if value is None:
        return None
    if decimals:
        grain = Decimal(1).scaleb(-len(decimals))
        return (d := Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in decimals)}")), d, grain
    return Decimal(value), Decimal(value), Decimal(_named_place(whole, head))


def _named_place(whole: str, head: str) -> int:
    """One unit of the last place that is printed: 四百万 is 400万 and ends at 万, 八万七千 at 千, 三十 at one."""
    scale = 1
    for c in whole[len(head) :]:
        scale *= LARGE[c]
    if scale > 1 or not any(c in LARGE for c in head):
        return scale
    if head[-1] in SMALL:
        return SMALL[head[-1]]
    before = head[-2]
    colloquial = (before in SMALL and before != "十") or before in LARGE
    return (SMALL.get(before) or LARGE[before]) // 10 if colloquial else 1


def parse_chinese(word: str) -> int | None:
    """The value of a Chinese numeral: 三百万零五十 → 3000050, 二〇二二 → 2022; None if it is not one."""
    if all(c in DIGITS for c in word):
        return int("".join(str(DIGITS[c]) for c in word)) if len(word) != 2 or word[0] in "零〇" else None
    total = section = 0
    digit: int | None = None
    last = 0
    for n, c in enumerate(word):
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
            if digit == 0:
                last = 0
        elif c in SMALL:
            if digit is None and (n and word[n - 1] in SMALL and SMALL[word[n - 1]] <= SMALL[c]):
                return None
            section += (1 if digit in (None, 0) and not (n and digit is None and section) else digit or 1) * SMALL[c]
            digit, last = None, SMALL[c]
        elif c not in LARGE:
            return None
        else:
            section += digit or 0
            if c in "亿億":
                total = (total + (section or (0 if total else 1))) * LARGE[c]
            else:
                total += (section or 1) * LARGE[c]
            section, digit, last = 0, None, LARGE[c]
    if digit:
        section += digit * (last // 10 if last >= 100 else 1)  # 一百二 is 120
    return total + section
