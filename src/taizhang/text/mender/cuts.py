"""A quantity that a line end has cut in two: 1 | 5300元, 3.2 | 万余栋, 0.35个 | 百分点."""

from __future__ import annotations

import re

from taizhang.core import units

REACH = 12  # characters looked at on either side
LONGEST_UNIT = 8

_SCALE = "十百千万亿"
_FIGURE = "[一二三四五六七八九两几数]"  # counts as a number with a scale behind it: 总数 and 第一 end no number
_AFTER_DIGITS = re.compile(rf"\d|[.．,]\d|[%％‰]|[多余来几]?[{_SCALE}]|[多余][^\s\d]|[年月日时]")
_AFTER_NUMBER = re.compile(rf"[{_SCALE}]|[多余][^\s\d]")
_DIGITS = re.compile(r"\d[.．]?$")
_NUMBER_END = re.compile(rf"(?:\d|两|{_FIGURE}[{_SCALE}])[{_SCALE}]*[多余来]?[{_SCALE}]*$")
_HEDGE_END = re.compile(r"(?:约|近|逾|超|超过|达|达到|不足|不少于|不低于|不超过|至少|百分之)$")
_HEDGE = re.compile(r"以上|以下|以内|左右|上下|[余多](?!\d)")
_QUANTITY_END = re.compile(rf"\d[{_SCALE}]*[^\s\d，。；、：]{{1,3}}$")
_POINT_END = re.compile(r"[^\d\s]\d+[.．]$")
_POINT = re.compile(r"[.．]\d")
_RANGE = re.compile(r"[至到~～–—-]\d")
_RANGE_END = re.compile(r"\d[^\s\d]{0,3}[至到~～–—-]$")
_NUMERAL = re.compile(rf"\d|{_FIGURE}[{_SCALE}]")


def cuts_quantity(before: str, after: str) -> bool:
    """True when a quantity begins in the text before a line end and goes on in the text after it."""
    before, after = before[-REACH:], after[:REACH]
    if _DIGITS.search(before):
        return bool(_AFTER_DIGITS.match(after) or _RANGE.match(after)) or _opens_unit("", after)
    if _NUMBER_END.search(before):
        return _AFTER_NUMBER.match(after) is not None or _opens_unit("", after)
    return _cuts_unit(before, after) or _cuts_hedge(before, after)


def cuts_decimal(before: str, after: str) -> bool:
    """True when a line end stands beside the point of a decimal (the number of an item, 3. alone, is none)."""
    return bool(_POINT_END.search(before[-REACH:]) and after[0].isdigit() or before[-1].isdigit() and _POINT.match(after))


def _cuts_unit(before: str, after: str) -> bool:
    """A number and the first characters of its unit, and the rest of the unit after the line end."""
    return any(_NUMBER_END.search(before[:-n]) and _opens_unit(before[-n:], after) for n in range(1, min(LONGEST_UNIT, len(before))))


def _opens_unit(begun: str, after: str) -> bool:
    """True when what was begun and some characters after it make a unit; a rate (微克/立方米) goes on at its stroke."""
    if begun in units() and after.startswith("/"):
        return True
    if "/" in begun and begun.partition("/")[0] in units():
        begun = begun.partition("/")[2]
    return any(begun + after[:n] in units() for n in range(1, LONGEST_UNIT - len(begun) + 1))


def _cuts_hedge(before: str, after: str) -> bool:
    """A hedge and its number, a quantity and the hedge behind it, or the two ends of a range."""
    if _HEDGE_END.search(before) or _RANGE_END.search(before):
        return _NUMERAL.match(after) is not None
    if _QUANTITY_END.search(before) and _RANGE.match(after):
        return True
    return any(_QUANTITY_END.search(before[:cut]) and _HEDGE.match(before[cut:] + after) for cut in (len(before), len(before) - 1))
