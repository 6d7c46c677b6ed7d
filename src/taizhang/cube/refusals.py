"""What a question is answered that cannot be placed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from taizhang.core import Problem

if TYPE_CHECKING:
    from taizhang.cube.cube import Defined
    from taizhang.packs import Indicator

SHOWN = 5


def unknown_indicator(words: str, known: Sequence[Defined]) -> Problem:
    """No indicator is called that, or several are: the nearest, with their keys."""
    near = sorted(known, key=lambda one: -_likeness(words, one))[:SHOWN]
    zh = "、".join(f"{one.indicator.title}（{one.key}）" for one in near) or "这本账还没有装专项"
    en = ", ".join(f"{one.indicator.title_en or one.indicator.title} ({one.key})" for one in near) or "this book has no pack yet"
    do = ("请用其中一个的名称或代号。", "Use the name or key of one of them.")
    return Problem("indicator", f"{words!r}", f"最接近的：{zh}", do[0], f"{words!r} is no indicator", f"the nearest: {en}", do[1])


def _likeness(words: str, one: Defined) -> float:
    names = (one.key, one.indicator.name, one.indicator.title, *one.indicator.also)
    return max(SequenceMatcher(None, words, name).ratio() for name in names)


def unknown_place(key: int) -> Problem:
    """There is no place of that key."""
    do = ("请核对区划。", "Check the place.")
    return Problem("place", f"{key}", "账本所知的区划", do[0], f"{key} is no place", "a place the book knows", do[1])


def not_within(title: str, title_en: str) -> Problem:
    """The scope does not reach that far; nothing is told of what lies there."""
    do = ("请向管理员申请查看职责。", "Ask for a duty to view there.")
    found = (f"{title}：不在您的职责之内", f"{title_en or title} is outside your duties")
    return Problem("scope", found[0], "您职责之内的区划和专项", do[0], found[1], "your places and programmes", do[1])


def unknown_path(path: str, indicator: Indicator, known: Collection[str]) -> Problem:
    """An indicator is not broken down by that: what its pack says it is broken down by, and what is nearest."""
    near = list(dict.fromkeys([*indicator.by, *get_close_matches(path, sorted(known), SHOWN, 0.4)]))
    listed = "、".join(near) or "day、month、quarter、year、county、township、village"
    do = ("请用其中一个。", "Use one of them.")
    found = (f"{indicator.title}不能按 {path!r} 分", f"{indicator.title_en or indicator.title} has no {path!r}")
    return Problem("by", found[0], listed, do[0], found[1], listed.replace("、", ", "), do[1])


def personal(title: str, title_en: str) -> Problem:
    """What is sealed never enters the cube, so that no figure tells it."""
    do = ("请按别的数据元分，或不分。", "Break it down by something else, or not at all.")
    found = (f"{title}是个人信息", f"{title_en or title} is personal")
    return Problem("by", found[0], "不涉及个人信息的数据元", do[0], found[1], "a field that is not personal", do[1])


def no_such_entry(number: int, size: int) -> Problem:
    """The book has fewer entries than that."""
    do = ("请用其中一条的编号，或一个日期。", "Use the number of one of them, or a day.")
    found = (f"没有第 {number} 条", f"there is no entry {number}")
    return Problem("as-of", found[0], f"0 到 {size}", do[0], found[1], f"0 to {size}", do[1])


def two_of_a_kind(words: Sequence[str]) -> Problem:
    """A breakdown by two steps of time, or two levels of places."""
    do = ("请只留其一。", "Keep one of them.")
    found = ("、".join(words) + " 不能同时用", ", ".join(words) + " cannot go together")
    return Problem("by", found[0], "一种时期、一级区划", do[0], found[1], "one step of time, one level of places", do[1])


def level_above(asked: str, level: str) -> Problem:
    """A breakdown by places that lie above the one asked for."""
    do = ("请用本级或下级，或问上级区划。", "Use its own level or one below, or ask a place above.")
    found = (f"所问区划是 {level}，不能按 {asked} 分", f"the place is a {level}: it has no {asked} below it")
    return Problem("by", found[0], f"{level} 或更低一级", do[0], found[1], f"{level} or a level below it", do[1])
