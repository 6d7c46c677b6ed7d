"""What a question is answered that cannot be placed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from taizhang.core import Problem

if TYPE_CHECKING:
    from taizhang.cube.cube import Defined

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


def not_within(title: str) -> Problem:
    """The scope does not reach that far."""
    do = ("请向管理员申请查看职责。", "Ask for a duty to view there.")
    return Problem("scope", f"{title}：不在您的职责之内", "您职责之内的区划和专项", do[0], f"{title} is outside your duties", "your places and programmes", do[1])
