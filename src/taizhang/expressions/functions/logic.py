"""Comparisons and what joins them: and, or, not, =, <, in, like, is null, with SQL's three values."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.patterns import matcher
from taizhang.expressions.functions.runs import of_one, of_two, one
from taizhang.expressions.problems import Said
from taizhang.expressions.sql import Writer, column_type
from taizhang.expressions.tree import Call, Function, Literal, Node, Run
from taizhang.expressions.types import BOOLEAN, Day, Nothing, Number, Type

ANY_NULL = "null when either is null"


def _all_true(asked: Asked) -> Node:
    for at in range(len(asked.args)):
        asked.truth(at)
    return asked.gives(BOOLEAN)


def _and(call: Call, args: list[Run]) -> Run:
    def run(row: Any) -> Any:
        known: bool | None = True
        for arg in args:
            value = arg(row)
            if value is False:
                return False
            known = None if value is None else known
        return known

    return run


def _or(call: Call, args: list[Run]) -> Run:
    def run(row: Any) -> Any:
        known: bool | None = False
        for arg in args:
            value = arg(row)
            if value is True:
                return True
            known = None if value is None else known
        return known

    return run


def _joined(word: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: "(" + f" {word} ".join(write(arg) for arg in call.args) + ")"


def _equal(asked: Asked) -> Node:
    asked.known_choices()
    _no_null(asked)
    asked.same()
    return asked.gives(BOOLEAN)


def _ordered(asked: Asked) -> Node:
    _no_null(asked)
    if not isinstance(asked.same(), Number | Day):
        asked.wrong(0, "可以比大小的数或日期", "a number or a date, which have an order")
    return asked.gives(BOOLEAN)


def _no_null(asked: Asked) -> None:
    for at, arg in enumerate(asked.args):
        if isinstance(arg.type, Nothing):
            asked.wrong(at, "一个值", "a value")


def aligned(call: Call, write: Writer) -> list[str]:
    """The arguments as SQL, numbers of different places brought to one type where the dialect needs it."""
    kinds = [arg.type for arg in call.args]
    numbers = [kind for kind in kinds if isinstance(kind, Number)]
    if not write.duckdb or len(numbers) < len(kinds) or all(kind.places == 0 for kind in numbers):
        return [write(arg) for arg in call.args]
    same = _widest(numbers)
    return [
        write(a) if column_type(a.type) == column_type(same) and not isinstance(a, Literal) else write.number(a, same) for a in call.args
    ]


def _widest(kinds: list[Number]) -> Number:
    places = max(kind.places for kind in kinds)
    scaled = [kind.at(places) for kind in kinds]
    return Number(places, min(kind.least for kind in scaled), max(kind.most for kind in scaled))


def _between_two(sign: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: "(" + f" {sign} ".join(aligned(call, write)) + ")"


def _compared(
    name: str, build: Callable[[Asked], Node], work: Callable[[Any, Any], Any], zh: str, en: str, example: tuple[str, str]
) -> Function:
    return Function(name, f"a {name} b", zh, en, ANY_NULL, example, build, of_two(work), _between_two(name))


def _in(asked: Asked) -> Node:
    asked.known_choices()
    _no_null(asked)
    asked.same()
    return asked.gives(BOOLEAN)


def _in_list(call: Call, args: list[Run]) -> Run:
    if all(isinstance(arg, Literal) for arg in call.args[1:]):
        members = frozenset(arg.value for arg in call.args[1:] if isinstance(arg, Literal))
        return one(lambda value: value in members, args[0])
    first, rest = args[0], args[1:]

    def run(row: Any) -> Any:
        value = first(row)
        if value is None:
            return None
        others = [other(row) for other in rest]
        return True if any(o is not None and o == value for o in others) else None if None in others else False

    return run


def _in_sql(call: Call, write: Writer) -> str:
    first, *rest = aligned(call, write)
    return f"({first} IN ({', '.join(rest)}))"


def _like(asked: Asked) -> Node:
    asked.text(0)
    pattern = asked.args[1]
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        asked.wrong(1, "写在引号里的样式", "a pattern in quotes")
    if "\\" in pattern.value or len(pattern.value) > 64:
        asked.refuse(
            Said("样式里有反斜杠，或超过 64 字", "由文字、%（任意多字）、_（一字）组成的样式", "请改写样式。"),
            Said("a pattern with a backslash, or over 64 characters", "text with % (any characters) and _ (one)", "Rewrite the pattern."),
            1,
        )
    return asked.gives(BOOLEAN)


def _like_run(call: Call, args: list[Run]) -> Run:
    pattern = call.args[1]
    assert isinstance(pattern, Literal)
    return one(matcher(str(pattern.value)), args[0])


def _is_null(call: Call, args: list[Run]) -> Run:
    value = args[0]
    return lambda row: value(row) is None


def _anything(asked: Asked) -> Node:
    return asked.gives(BOOLEAN)


def holds_order(kind: Type) -> bool:
    """Whether values of a type can be put in order alike on every machine: texts cannot."""
    return isinstance(kind, Number | Day)


LOGIC = (
    Function(
        "and", "a and b", "两者都成立", "both are true", "false if either is false, else null if either is null",
        ("1 = 1 and 2 = 3", "false"), _all_true, _and, _joined("AND"),
    ),
    Function(
        "or", "a or b", "至少一个成立", "at least one is true", "true if either is true, else null if either is null",
        ("1 = 1 or 2 = 3", "true"), _all_true, _or, _joined("OR"),
    ),
    Function(
        "not", "not a", "不成立", "the opposite", "null for null",
        ("not 1 = 2", "true"), _all_true, of_one(operator.not_), lambda call, write: f"(NOT {write(call.args[0])})",
    ),
    _compared("=", _equal, operator.eq, "相等", "equal", ("'甲' = '甲'", "true")),
    _compared("<>", _equal, operator.ne, "不相等；也写 !=", "not equal; also written !=", ("1.50 <> 1.5", "false")),
    _compared("<", _ordered, operator.lt, "小于、早于（数、日期）", "less, earlier (numbers, dates)", ("1 < 1.01", "true")),
    _compared("<=", _ordered, operator.le, "不大于、不晚于", "at most", ("date '2023-01-31' <= date '2023-02-01'", "true")),
    _compared(">", _ordered, operator.gt, "大于、晚于", "greater, later", ("1 > 1.01", "false")),
    _compared(">=", _ordered, operator.ge, "不小于、不早于", "at least", ("3 >= 3", "true")),
    Function(
        "in", "a in (b, c, …)", "是其中之一", "is one of them", "null when a is null, or when none is equal and one is null",
        ("3 in (1, 2, 3)", "true"), _in, _in_list, _in_sql,
    ),
    Function(
        "like", "a like '样式'", "合于样式：% 任意多字，_ 一字；样式写在引号里", "fits a pattern in quotes: % any characters, _ one",
        "null for null", ("'东安县' like '%县'", "true"), _like, _like_run,
        lambda call, write: f"({write(call.args[0])} LIKE {write(call.args[1])})",
    ),
    Function(
        "is null", "a is null", "没有值；不为空写 a is not null", "has no value; the opposite is a is not null", "never null",
        ("1 is null", "false"), _anything, _is_null, lambda call, write: f"({write(call.args[0])} IS NULL)",
    ),
)  # fmt: skip
