"""What takes the place of what is missing, and choosing between values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.logic import aligned, holds_order
from taizhang.expressions.sql import Writer
from taizhang.expressions.tree import Call, Function, Node, Run
from taizhang.expressions.types import Number


def _case(asked: Asked) -> Node:
    """Arguments in turn: condition, value, condition, value, …, and the value of `else` last."""
    pairs = len(asked.args) // 2
    for at in range(pairs):
        asked.truth(2 * at)
    values = (*asked.args[1 : 2 * pairs : 2], asked.args[-1])
    kind = Asked(asked.function, values, asked.start, asked.end).same()
    return asked.gives(kind)


def _case_run(call: Call, args: list[Run]) -> Run:
    pairs, other = list(zip(args[:-1:2], args[1:-1:2], strict=True)), args[-1]

    def run(row: Any) -> Any:
        for condition, value in pairs:
            if condition(row):
                return value(row)
        return other(row)

    return run


def _case_sql(call: Call, write: Writer) -> str:
    *rest, other = call.args
    pairs = zip(rest[::2], rest[1::2], strict=True)
    whens = " ".join(f"WHEN {write(condition)} THEN {write.alike(value, call.type)}" for condition, value in pairs)
    return f"CASE {whens} ELSE {write.alike(other, call.type)} END"


def _first(asked: Asked) -> Node:
    asked.count(2, None)
    return asked.gives(asked.same())


def _coalesce(call: Call, args: list[Run]) -> Run:
    def run(row: Any) -> Any:
        for arg in args:
            value = arg(row)
            if value is not None:
                return value
        return None

    return run


def _listed(name: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: f"{name}({', '.join(write.alike(arg, call.type) for arg in call.args)})"


def _nullif(asked: Asked) -> Node:
    asked.count(2, 2)
    asked.known_choices()
    asked.same()
    return asked.gives(asked.args[0].type)


def _nullif_run(call: Call, args: list[Run]) -> Run:
    first, second = args

    def run(row: Any) -> Any:
        value = first(row)
        return None if value is None or value == second(row) else value

    return run


def _nullif_sql(call: Call, write: Writer) -> str:
    left, right = aligned(call, write)
    return f"CASE WHEN {left} = {right} THEN NULL ELSE {write.alike(call.args[0], call.type)} END"


def _extreme(asked: Asked) -> Node:
    asked.count(2, 9)
    kind = asked.same()
    if not holds_order(kind):
        asked.wrong(0, "可以比大小的数或日期", "a number or a date, which have an order")
    if not isinstance(kind, Number):
        return asked.gives(kind)
    numbers = [arg.type.at(kind.places) for arg in asked.args if isinstance(arg.type, Number)]
    pick = max if asked.function.name == "greatest" else min
    if len(numbers) < len(asked.args):
        return asked.gives(kind)
    return asked.gives(Number(kind.places, pick(n.least for n in numbers), pick(n.most for n in numbers)))


def _extreme_run(pick: Callable[[list[Any]], Any]) -> Callable[[Call, list[Run]], Run]:
    def python(call: Call, args: list[Run]) -> Run:
        def run(row: Any) -> Any:
            values = [arg(row) for arg in args]
            return None if None in values else pick(values)

        return run

    return python


def _extreme_sql(name: str) -> Callable[[Call, Writer], str]:
    """Both databases pass over null here; ours is null when any argument is: absent is not the least."""

    def sql(call: Call, write: Writer) -> str:
        missing = " OR ".join(f"{write(arg)} IS NULL" for arg in call.args)
        listed = ", ".join(aligned(call, write))
        return f"CASE WHEN {missing} THEN NULL ELSE {name}({listed}) END"

    return sql


NULLS = (
    Function("case", "case when 条件 then 值 … else 值 end", "第一个成立的条件的值；也写 case a when 1 then … end",
             "the value of the first condition that is true; also case a when 1 then … end", "null without else when none is true",
             ("case when 1 = 2 then '甲' else '乙' end", "乙"), _case, _case_run, _case_sql),
    Function("coalesce", "coalesce(a, b, …)", "第一个不为空的值", "the first that is not null", "null when all are",
             ("coalesce(null, 0, 5)", "0"), _first, _coalesce, _listed("COALESCE")),
    Function("nullif", "nullif(a, b)", "等于 b 时为空，否则为 a", "null when equal to b, else a", "null for null",
             ("nullif(0, 0)", "null"), _nullif, _nullif_run, _nullif_sql),
    Function("least", "least(a, b, …)", "最小的（2 到 9 个数或日期）", "the least of 2 to 9 numbers or dates", "null when any argument is null",
             ("least(2, 1.5)", "1.5"), _extreme, _extreme_run(min), _extreme_sql("LEAST")),
    Function("greatest", "greatest(a, b, …)", "最大的（2 到 9 个数或日期）", "the greatest of 2 to 9 numbers or dates", "null when any argument is null",
             ("greatest(date '2023-01-01', date '2022-12-31')", "2023-01-01"), _extreme, _extreme_run(max), _extreme_sql("GREATEST")),
)  # fmt: skip
