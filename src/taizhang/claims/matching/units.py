"""Whether a printed unit can tell an indicator's value, and how many of the indicator's unit one printed is."""

from __future__ import annotations

import re
from fractions import Fraction

from taizhang.claims.matching.lexicon import Lexicon
from taizhang.core import Quantity, unit_named

_PER = "公顷|亩|平方米|起|宗|人|名|户|村|座|个|册|本|株|棵|片|盒|次|场|天|日|月|年|小时"
_EACH = re.compile(
    rf"每(?:[^，。；]{{0,8}}?[一1])?({_PER})[^，。；]*(?<!的)$|(?:人均|日均|户均|均(?!每)|每)[^，。；]{{0,8}}(?<!的)$"
    rf"|(?<![0-9一二三四五六七八九十])一({_PER})[^，。；]{{0,3}}?[要需花得合收][^，。；]{{0,6}}$"
)
_PERIODS = ("年", "月", "日")
_RATE = re.compile(r"[每均][^，。；]*(?<!的)$")
"""What makes a number one of a day or a year; 须每日问询的13人 are thirteen, and the borrowings of a year are told of that year."""
_LEADS = 16
_TIMES = ("次", "回")
"""How often a thing was done by anybody: borrowed 46次 is 46人次."""


def factor(unit: str, of: str, lexicon: Lexicon) -> Fraction | None:
    """How many of the unit `of` one of `unit` is; None where the two cannot be compared. 万元/亩 and 元/公顷 can."""
    if unit == of:
        return Fraction(1)
    upper, slash, lower = unit.partition("/")
    other_upper, other_slash, other_lower = of.partition("/")
    if slash != other_slash:
        return None
    top = _plain(upper, other_upper, lexicon)
    below = _plain(lower, other_lower, lexicon) if slash else Fraction(1)
    return None if top is None or below is None else top / below


def _plain(unit: str, of: str, lexicon: Lexicon) -> Fraction | None:
    a, b = unit_named(unit), unit_named(of)
    if a and b and a.base == b.base:
        return a.factor / b.factor
    if of == "人次" and unit in _TIMES:
        return Fraction(1)
    return Fraction(1) if lexicon.alike(a.name if a else unit, b.name if b else of) else None


def printed_unit(q: Quantity, lead: str = "") -> str:
    """The unit as it is printed, with what it is counted by: 元/公顷, also where the words before it say so (每修复一公顷 …)."""
    unit = q.unit or ""
    if "/" in unit:
        return unit
    if q.per and (q.per not in _PERIODS or _RATE.search(lead[-_LEADS:])):
        return f"{unit}/{q.per}"
    each = _EACH.search(lead[-_LEADS:])
    if each is None:
        return unit
    return f"{unit}/{each[1] or each[2] or '?'}"
