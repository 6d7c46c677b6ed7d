"""The shape of a pack: unknown keys, missing keys and values of the wrong kind, by the table of keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from taizhang.packs.keys import SECTIONS, Either, ListOf, MapOf, Section, Shape, Table, Word
from taizhang.packs.problems import At, PackProblem, Pair, among, problem, shown
from taizhang.packs.reading import Node

LONGEST_NAME, LONGEST_LINE, LONGEST_EXPRESSION = 40, 300, 2000
MOST_ENTRIES = 300
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
PATH = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){0,2}", re.ASCII)
NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,12})?", re.ASCII)
INTEGER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Words of the expression language, and names every entry has: a field of that name could not be told apart.
RESERVED = frozenset(
    [
        "all",
        "and",
        "any",
        "as",
        "asc",
        "between",
        "by",
        "case",
        "cast",
        "cross",
        "current_date",
        "current_time",
        "current_timestamp",
        "date",
        "day",
        "default",
        "desc",
        "distinct",
        "due",
        "else",
        "end",
        "except",
        "exists",
        "false",
        "fetch",
        "filter",
        "following",
        "for",
        "from",
        "full",
        "group",
        "having",
        "in",
        "inner",
        "intersect",
        "interval",
        "into",
        "is",
        "join",
        "left",
        "like",
        "limit",
        "natural",
        "not",
        "null",
        "offset",
        "on",
        "or",
        "order",
        "outer",
        "over",
        "partition",
        "place",
        "preceding",
        "quantity",
        "record",
        "right",
        "rows",
        "select",
        "similar",
        "source",
        "table",
        "target",
        "then",
        "to",
        "true",
        "union",
        "unknown",
        "using",
        "values",
        "when",
        "where",
        "window",
        "with",
        "as_of",
        "balance",
        "returned",
    ]
)


def sift(node: Node, section: str) -> tuple[Node, list[PackProblem]]:
    """The node with only what has the right shape left in it, and a problem for all the rest."""
    problems: list[PackProblem] = []
    kept = _table(node, SECTIONS[section], problems)
    return kept or replace(node, value={}), problems


def _sift(node: Node, shape: Shape, problems: list[PackProblem]) -> Node | None:
    if isinstance(shape, Table):
        return _table(node, SECTIONS[shape.section], problems)
    if isinstance(shape, MapOf):
        return _map(node, shape, problems)
    if isinstance(shape, ListOf):
        return _list(node, shape, problems)
    if isinstance(shape, Either):
        return _sift(node, _chosen(node, shape), problems)
    return _word(node, shape, problems)


def _chosen(node: Node, shape: Either) -> Shape:
    """The first of the shapes that fits a value, list or map."""
    for option in shape.shapes:
        maps = isinstance(option, (Table, MapOf))
        if maps == isinstance(node.value, Mapping) and isinstance(option, ListOf) == isinstance(node.value, tuple):
            return option
    return shape.shapes[-1] if isinstance(node.value, (tuple, Mapping)) else shape.shapes[0]


def _table(node: Node, section: Section, problems: list[PackProblem]) -> Node | None:
    if not isinstance(node.value, Mapping):
        problems.append(_expected(node, (f"一组键值：{among(section.by_name)}", f"keys and values: {among(section.by_name)}")))
        return None
    kept: dict[str, Node] = {}
    for name, child in node.value.items():
        key = section.by_name.get(name)
        if key is None:
            problems.append(_unknown_key(child.at, name, section))
        elif (good := _sift(child, key.shape, problems)) is not None:
            kept[name] = good
    missing = (k for k in section.keys if k.needed and k.name not in node.entries)
    problems.extend(_missing(node.at, k.name, k.zh, k.en) for k in missing)
    return replace(node, value=kept, lost=frozenset(node.entries.keys() - kept.keys()))


def _map(node: Node, shape: MapOf, problems: list[PackProblem]) -> Node | None:
    if not isinstance(node.value, Mapping):
        problems.append(_expected(node, ("一组键值（名称: 内容）", "keys and values (name: content)")))
        return None
    if _too_many(node, len(node.value), ("项", "entries"), problems):
        return None
    kept: dict[str, Node] = {}
    for name, child in node.value.items():
        if shape.keys == "name" and (why := _bad_name(name)):
            problems.append(_expected(replace(child, value=name), why))
        elif (good := _sift(child, shape.of, problems)) is not None:
            kept[name] = good
    return replace(node, value=kept)


def _too_many(node: Node, count: int, words: Pair, problems: list[PackProblem]) -> bool:
    if count > MOST_ENTRIES:
        (zh, en), most = words, MOST_ENTRIES
        problems.append(_expected(node, (f"最多 {most} {zh}", f"at most {most} {en}"), (f"{count} {zh}", f"{count} {en}")))
    return count > MOST_ENTRIES


def _list(node: Node, shape: ListOf, problems: list[PackProblem]) -> Node | None:
    if _too_many(node, len(node.items), ("个", "members"), problems):
        return None
    members = (node,) if isinstance(node.value, Mapping) and isinstance(shape.of, (Table, MapOf)) else node.items
    if isinstance(node.value, Mapping) and not members:
        problems.append(_expected(node, ("一个列表", "a list")))
        return None
    kept = (_sift(child, shape.of, problems) for child in members)
    return replace(node, value=tuple(k for k in kept if k is not None))


def _word(node: Node, shape: Word, problems: list[PackProblem]) -> Node | None:
    if not isinstance(node.value, str):
        problems.append(_expected(node, ("一个值", "a single value"), ("列表或键值", "a list or a map")))
        return None
    if not node.value:
        problems.append(_expected(node, ("一个值；没有就删去这个键", "a value; delete the key where there is none"), ("空的值", "nothing")))
        return None
    if shape.among and node.value not in shape.among:
        problems.append(_not_among(node, shape.among))
        return None
    if wanted := KINDS[shape.kind](node.value):
        problems.append(_expected(node, wanted))
        return None
    return node


def _bad_name(text: str) -> Pair | None:
    if not NAME.fullmatch(text):
        return (
            f"小写英文名称：字母开头，字母、数字、下划线，不超过 {LONGEST_NAME} 个",
            f"a name of lower-case letters, digits and _, at most {LONGEST_NAME}",
        )
    return ("不是式中保留字的名称", "a name that is no reserved word of expressions") if text in RESERVED else None


def _reference(text: str) -> Pair | None:
    return None if NAME.fullmatch(text) else ("一个小写英文名称", "a name of lower-case letters, digits and _")


def _path(text: str) -> Pair | None:
    return None if PATH.fullmatch(text) else ("名称或 名称.名称", "a name, or name.name")


def _line(text: str) -> Pair | None:
    if len(text) > LONGEST_LINE or not text.isprintable():
        return (f"一行文字，不超过 {LONGEST_LINE} 字", f"one line of at most {LONGEST_LINE} characters")
    return None


def _expression(text: str) -> Pair | None:
    if len(text) > LONGEST_EXPRESSION:
        return (f"不超过 {LONGEST_EXPRESSION} 字的式子", f"an expression of at most {LONGEST_EXPRESSION} characters")
    return None


def _day(text: str) -> Pair | None:
    try:
        date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        return ("真实的日期，写作 2022-12-28", "a real day, written 2022-12-28")
    return None


def _integer(text: str) -> Pair | None:
    return None if INTEGER.fullmatch(text) else ("整数（不带前导零），如 30", "a whole number without leading zeros, such as 30")


def _boolean(text: str) -> Pair | None:
    return None if text in ("true", "false") else ("true 或 false", "true or false")


def _limit(text: str) -> Pair | None:
    if NUMBER.fullmatch(text) or text == "today" or _day(text) is None:
        return None
    return ("数字、日期或 today", "a number, a day or today")


def _size(text: str) -> Pair | None:
    if INTEGER.fullmatch(text) or NAME.fullmatch(text):
        return None
    return ("整数，或整数字段的名称", "a whole number, or the name of an integer field")


def _any(text: str) -> Pair | None:
    return None


KINDS: dict[str, Callable[[str], Pair | None]] = {
    "name": _reference,
    "path": _path,
    "line": _line,
    "text": _any,
    "value": _any,
    "expression": _expression,
    "day": _day,
    "integer": _integer,
    "boolean": _boolean,
    "limit": _limit,
    "size": _size,
}


def _expected(node: Node, wanted: Pair, found: Pair | None = None) -> PackProblem:
    said = f"“{shown(node.text)}”"
    kind = ("列表", "a list") if isinstance(node.value, tuple) else ("键值", "a map") if isinstance(node.value, Mapping) else (said, said)
    return problem(node.at, found or kind, wanted, ("请改正。", "Mend it."))


def _not_among(node: Node, accepted: tuple[str, ...]) -> PackProblem:
    listed, said = "、".join(accepted), f"“{shown(node.text)}”"
    return problem(node.at, (said, said), (listed, listed), ("请从中选择。", "Choose one of them."), (node.text, accepted))


def _unknown_key(at: At, name: str, section: Section) -> PackProblem:
    known = tuple(section.by_name)
    found = (f"未知的键 {shown(name)}", f"the unknown key {shown(name)}")
    do = ("请删去它，或改用上列的键。", "Delete it, or use one of these keys.")
    return problem(at, found, ("、".join(known), ", ".join(known)), do, (name, known))


def _missing(at: At, name: str, zh: str, en: str) -> PackProblem:
    return problem(at, (f"缺少 {name}", f"{name} is missing"), (f"{name}：{zh}", f"{name}: {en}"), (f"请写上 {name}。", f"Write {name}."))
