"""Lengths of time as printed without a hedge: 297天, 两年半, 三年零四个月, 1小时45分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from taizhang.claims.prose import number_of
from taizhang.core import Span

NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,6})"
SIZED = {"年": "年", "年头": "年", "月": "月", "周": "周", "星期": "周", "天": "日", "日": "日", "昼夜": "日"} | {
    "小时": "小时",
    "钟头": "小时",
    "分钟": "分钟",
    "分": "分钟",
}
SAID = {"年头": "年", "月": "个月", "日": "天", "昼夜": "天", "星期": "周", "钟头": "小时", "分": "分钟"}
LONGEST = 999
PARTS = {("年", "月"): 12, ("小时", "分钟"): 60, ("日", "小时"): 24}
DURATION = re.compile(
    rf"(?<![第\d.约近超逾每头末余多几数近前半个两一二三四五六七八九十百:：])(?<!(?<!前)后)(?<!超过|大约|至少|最多|最长|最短|将近|接近|不到|不足)"
    rf"(?:(?P<tenths>\d{{1,3}}\.\d)个?|(?P<n>{NUMBER})(?:个(?P<and_half>半)?)?)"
    rf"(?P<unit>年头|年|(?<=个|半)月|天|日|昼夜|周(?![年岁期刊末边报一二三四五六日])|星期|小时|钟头|分钟)"
    rf"(?P<half>半)?(?:[零又]?(?P<n2>{NUMBER})个?(?P<unit2>月|小时|分钟|分)(?!之))?"
    r"(?![\d多来几余龄级期代制度初底生老陈版岁]|左右|上下|规划|计划|[以之]?前|[以之])"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as printed: `amount` in `unit` (年, 月, 周, 日, 小时 or 分钟); `words` is the unit as a count is said with it."""

    at: Span
    amount: Fraction
    unit: str
    words: str


def durations(text: str, start: int, end: int) -> Iterator[Duration]:
    """Every exact length of time in a stretch of text; hedged ones, and ages, grades and deadlines, are left out."""
    for m in DURATION.finditer(text, start, end):
        found = _duration(m)
        if found.amount and not (found.unit == "年" and found.amount > LONGEST):
            yield found


def _duration(m: re.Match[str]) -> Duration:
    unit, words = SIZED[m["unit"]], SAID.get(m["unit"], m["unit"])
    amount = Fraction(m["tenths"]) if m["tenths"] else Fraction(number_of(m["n"]))
    if m["and_half"] or m["half"]:
        amount += Fraction(1, 2)
    smaller = SIZED.get(m["unit2"] or "")
    if smaller and (unit, smaller) in PARTS:
        return Duration(m.span(), amount * PARTS[unit, smaller] + number_of(m["n2"]), smaller, SAID.get(m["unit2"], m["unit2"]))
    return Duration((m.start(), m.end("half") if m["half"] else m.end("unit")), amount, unit, words)
