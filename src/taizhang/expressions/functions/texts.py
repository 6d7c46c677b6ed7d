"""Texts: counted in characters, compared as they stand; lower and upper change A to Z alone."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.runs import of_one, of_two, one
from taizhang.expressions.sql import Writer
from taizhang.expressions.tree import Call, Function, Literal, Node
from taizhang.expressions.types import BOOLEAN, TEXT, Choices, Number, Type

SPACES = " \t\r\n\u00a0\u3000"
"""What `trim` takes away: space, tab, line ends, the no-break space and the full-width space."""
LONGEST_TEXT = 10**9
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def _of_text(kind: Type, count: int = 1) -> Callable[[Asked], Node]:
    def build(asked: Asked) -> Node:
        asked.count(count, count)
        for at in range(count):
            asked.text(at)
        return asked.gives(kind)

    return build


def _substring(asked: Asked) -> Node:
    asked.count(2, 3)
    asked.text(0)
    asked.written(1, 1, LONGEST_TEXT)
    if len(asked.args) == 3:
        asked.written(2, 0, LONGEST_TEXT)
    return asked.gives(TEXT)


def _substring_run(call: Call, args: list[Any]) -> Any:
    numbers = [arg.value for arg in call.args[1:] if isinstance(arg, Literal)]
    start = int(str(numbers[0])) - 1
    stop = start + int(str(numbers[1])) if len(numbers) == 2 else None
    return one(lambda text: text[start:stop], args[0])


def _called(name: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: f"{name}({', '.join(write(arg) for arg in call.args)})"


def _translated(source: str, target: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: f"TRANSLATE({write(call.args[0])}, '{source}', '{target}')"


def _trim_sql(call: Call, write: Writer) -> str:
    return f"{'TRIM' if write.duckdb else 'BTRIM'}({write(call.args[0])}, {write.literal(SPACES)})"


def _contains_sql(call: Call, write: Writer) -> str:
    text, part = (write(arg) for arg in call.args)
    return f"CONTAINS({text}, {part})" if write.duckdb else f"(POSITION({part} IN {text}) > 0)"


def _ends_sql(call: Call, write: Writer) -> str:
    text, part = (write(arg) for arg in call.args)
    return f"ENDS_WITH({text}, {part})" if write.duckdb else f"(RIGHT({text}, LENGTH({part})) = {part})"


def _has(asked: Asked) -> Node:
    asked.count(2, 2)
    if not isinstance(asked.args[0].type, Choices):
        asked.wrong(0, "多选", "choices")
    if not isinstance(asked.args[1], Literal):
        asked.wrong(1, "写在引号里的选项", "a choice in quotes")
    asked.text(1)
    asked.known_choices()
    return asked.gives(BOOLEAN)


def _has_sql(call: Call, write: Writer) -> str:
    listed, value = (write(arg) for arg in call.args)
    if write.duckdb:
        return f"LIST_CONTAINS({listed}, {value})"
    return f"({listed} @> ARRAY[{value}])"


def _joined(asked: Asked) -> Node:
    asked.text(0)
    asked.text(1)
    return asked.gives(TEXT)


def _joined_sql(call: Call, write: Writer) -> str:
    return "(" + " || ".join(write(arg) for arg in call.args) + ")"


NULL = "null when any argument is null"
JOINS = (
    Function(
        "||",
        "a || b",
        "两段文字相接",
        "two texts joined",
        NULL,
        ("'东安' || '县'", "东安县"),
        _joined,
        of_two(lambda a, b: a + b),
        _joined_sql,
    ),
)

TEXTS = (
    Function("length", "length(a)", "字数", "how many characters", NULL, ("length('台账')", "2"), _of_text(Number(0, 0, LONGEST_TEXT)),
             of_one(len), _called("LENGTH")),
    Function("substring", "substring(a, start, count)", "从第 start 字起的 count 字；两数须写明，start 从 1 起；不写 count 到末尾",
             "count characters from number start on, both written out, start from 1; without count to the end", NULL,
             ("substring('431122', 1, 4)", "4311"), _substring, _substring_run, _called("SUBSTRING")),
    Function("lower", "lower(a)", "A 到 Z 改小写，别的字不变", "A to Z in lower case, nothing else changed", NULL, ("lower('ISBN')", "isbn"),
             _of_text(TEXT), of_one(lambda text: text.translate(_LOWER)), _translated(string.ascii_uppercase, string.ascii_lowercase)),
    Function("upper", "upper(a)", "a 到 z 改大写，别的字不变", "a to z in upper case, nothing else changed", NULL, ("upper('x12')", "X12"),
             _of_text(TEXT), of_one(lambda text: text.translate(_UPPER)), _translated(string.ascii_lowercase, string.ascii_uppercase)),
    Function("trim", "trim(a)", "去掉两端空白（含全角空格）", "without blanks at both ends, the full-width space too", NULL,
             ("trim('　甲 ')", "甲"), _of_text(TEXT), of_one(lambda text: text.strip(SPACES)), _trim_sql),
    Function("starts_with", "starts_with(a, b)", "a 以 b 开头", "a begins with b", NULL, ("starts_with('431122', '43')", "true"),
             _of_text(BOOLEAN, 2), of_two(str.startswith), _called("STARTS_WITH")),
    Function("ends_with", "ends_with(a, b)", "a 以 b 结尾", "a ends with b", NULL, ("ends_with('东安县', '县')", "true"),
             _of_text(BOOLEAN, 2), of_two(str.endswith), _ends_sql),
    Function("contains", "contains(a, b)", "a 中有 b", "b stands somewhere in a", NULL, ("contains('东安县', '安')", "true"),
             _of_text(BOOLEAN, 2), of_two(lambda text, part: part in text), _contains_sql),
    Function("has", "has(a, '选项')", "多选 a 中选了此项", "the choice is among the choices a", "null for null", ("", ""),
             _has, of_two(lambda listed, value: value in listed), _has_sql),
)  # fmt: skip
