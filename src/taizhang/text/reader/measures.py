"""The unit that follows a numeral."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from taizhang.core import Unit, units
from taizhang.text.reader.words import family

_UNITS = units()
_LENGTHS = {u[0]: tuple(sorted({len(w) for w in _UNITS if w[0] == u[0]}, reverse=True)) for u in _UNITS}
_NOT_BEFORE = family("unit.not")
_PER = re.compile(r"[/／]([\u4e00-\u9fff]{1,4}|[A-Za-z]{1,3}[²³]?)")
_PER_STOP = re.compile(r"[左右以上下内的和与至到]")
_SPLIT_MORE = re.compile(r"个(多|余)(月|小时|星期|钟头|百分点)")
_LONG_KINDS = frozenset({"time", "time-day", "length", "area", "mass", "money", "share", "volume", "multiple"})
_MORE_STOP = frozenset("0123456789一二两三四五六七八九十百千元种样次年家名方层级少项个功能云部")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as it stands in the text; `more` when 多/余 stands in or behind it (3个多月, 三年多)."""

    end: int
    name: str
    text: str
    kind: str
    per: str | None = None
    more: bool = False


def measure_at(s: str, i: int) -> Measure | None:
    """The longest unit that starts at `i`, with its compound part (元/公斤)."""
    split = _SPLIT_MORE.match(s, i) if s[i : i + 1] == "个" else None
    if split:
        found = _UNITS["个" + split[2]]
        return Measure(split.end(), found.name, found.text, found.kind, more=True)
    unit = _longest(s, i)
    if unit is None:
        return None
    end = i + len(unit.text)
    per = _PER.match(s, end) if end < len(s) and s[end] in "/／" else None
    if per:
        below = _base_of(s, per)
        return Measure(per.start(1) + len(below), f"{unit.name}/{below}", s[i : per.start(1) + len(below)], unit.kind, below)
    more = end < len(s) and s[end] in "多余" and unit.kind in _LONG_KINDS and s[end + 1 : end + 2] not in _MORE_STOP
    return Measure(end + more, unit.name, unit.text, unit.kind, more=more)


def _longest(s: str, i: int) -> Unit | None:
    for n in _LENGTHS.get(s[i : i + 1], ()):
        unit = _UNITS.get(s[i : i + n])
        if (
            unit is not None
            and len(unit.text) == n
            and not _goes_on(unit.text, s, i + n)
            and not (unit.text[-1].isascii() and s[i + n : i + n + 1].isascii() and s[i + n : i + n + 1].isalpha())
        ):
            return unit
    return None


@cache
def _other_words(text: str) -> re.Pattern[str]:
    """What makes another word of a unit: 路 behind 道, 例 behind 条."""
    return re.compile("|".join(sorted(_NOT_BEFORE[text], key=len, reverse=True)))


def _goes_on(text: str, s: str, end: int) -> bool:
    return text in _NOT_BEFORE and _other_words(text).match(s, end) is not None


def _base_of(s: str, per: re.Match[str]) -> str:
    """The unit or noun below the stroke: 公斤 of 元/公斤左右."""
    word = per[1]
    for n in range(len(word), 0, -1):
        if word[:n] in _UNITS:
            return word[:n]
    stop = _PER_STOP.search(word)
    return word[: stop.start()] if stop and stop.start() else word
