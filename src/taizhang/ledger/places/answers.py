"""What is said of a text that means no place, or two. `where` is left to whoever asked."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.core import Problem
from taizhang.ledger.places.problems import both, listed, problem, shown
from taizhang.ledger.places.schemes import told
from taizhang.ledger.places.spans import Spell, by_start
from taizhang.ledger.places.tree import Tree

_EXPECTED = ("区划代码，或区划名称（可带上级，如 永兴县马田镇）", "a place's code or name (after those above, if need be: 永兴县马田镇)")


def nameless() -> Problem:
    """There is no text."""
    return problem("", ("没有填写地点", "no place is given"), _EXPECTED, ("请填写地点。", "Write the place."))


def unknown(tree: Tree, text: str, near: Sequence[int]) -> Problem:
    """Nothing within reach has this code or name."""
    names = listed([f"{tree.full_name(key)}（{_code(tree, key)}）" for key in near])
    do = (f"是否为 {names}？", f"Did you mean {names}?") if near else _LIST_IT
    return problem("", (f"查不到地点“{shown(text)}”", f"there is no place “{shown(text)}” here"), _EXPECTED, do)


_LIST_IT = (
    "请核对代码或名称；新设的地点请先列入区划名单。",
    "Check the code or name; a new place is first added to the list of places.",
)


def ambiguous(tree: Tree, text: str, spells: Sequence[Spell]) -> Problem:
    """Several places are meant; each is told with a code that names it alone."""
    first = {s.place: s for s in sorted(spells, key=lambda s: (s.place, s.scheme))}
    names = listed([f"{tree.full_name(key)}（{told(s.scheme, s.code)}）" for key, s in sorted(first.items())])
    return problem(
        "",
        (f"“{shown(text)}”可指 {len(first)} 处地点", f"“{shown(text)}” may mean {len(first)} places"),
        both(names),
        ("请写带类别的代码，或在名称前写明上级。", "Write the code with its scheme, or the names above before the name."),
    )


def ended(tree: Tree, text: str, day: str, spells: Sequence[Spell]) -> Problem:
    """The code or name was in use, but not on this day; what the place is called on that day is told where it still is."""
    spans = "、".join(f"{s.start or '…'} 至 {s.end or '…'}" for s in sorted(spells, key=by_start)[:3])
    spans_en = ", ".join(f"{s.start or '…'} to {s.end or '…'}" for s in sorted(spells, key=by_start)[:3])
    now = {s.place: s for key in {s.place for s in spells} for s in tree.spells(key) if s.holds(day)}
    names = listed([f"{s.name}（{told(s.scheme, s.code)}）" for _, s in sorted(now.items())])
    return problem(
        "",
        (f"“{shown(text)}”在 {day} 不通用（{spans}）", f"“{shown(text)}” was not in use on {day} ({spans_en})"),
        ("当日通用的代码或名称", "a code or name in use on that day"),
        (f"当日为 {names}。", f"On that day it is {names}.")
        if now
        else ("请核对日期，或写当日接续的地点。", "Check the day, or write the place that followed."),
    )


def _code(tree: Tree, key: int) -> str:
    return next((told(s.scheme, s.code) for s in tree.spells(key)), str(key))
