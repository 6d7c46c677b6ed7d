"""One value from many rows, for indicators. A sum over no rows is null: absent is not zero."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal as Exact
from functools import reduce
from typing import Any

from taizhang.core import Problem
from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.division import divided, ratio_sql
from taizhang.expressions.functions.logic import holds_order
from taizhang.expressions.problems import BadTable
from taizhang.expressions.sql import Writer
from taizhang.expressions.tree import Call, Function, Node, Run
from taizhang.expressions.types import DIGITS, EXACT, Choices, Number, is_whole

ROWS = 10**12
"""The most rows an aggregate is made for: the bounds of a sum are those of its rows times this, and 38 digits at most."""
AVERAGE_PLACES = 6
_PAST_ALL = 10**DIGITS


def _sum(asked: Asked) -> Node:
    asked.count(1, 1)
    kind = asked.number(0)
    most = 10**DIGITS - 1
    return asked.gives(Number(kind.places, max(min(kind.least * ROWS, 0), -most), min(max(kind.most * ROWS, 0), most)))


def _average(asked: Asked) -> Node:
    asked.count(1, 1)
    return averaged(asked, max(AVERAGE_PLACES, asked.number(0).places))


def averaged(asked: Asked, places: int) -> Call:
    """The mean to so many places."""
    kind = asked.number(0)
    asked.fits(_total(kind))
    divided(_ratio(asked, kind), places)
    wide = kind.at(max(places, kind.places))
    step = 10 ** (wide.places - places)
    return asked.gives(Number(places, wide.least // step, -(-wide.most // step)))


def _ratio(asked: Asked, kind: Number) -> Asked:
    """The average as the division it is: of a sum by a count of 1 to 10^12."""
    total = Call(asked.function, (), _total(kind), asked.start, asked.end)
    count = Call(asked.function, (), Number(0, 1, ROWS), asked.start, asked.end)
    return Asked(asked.function, (total, count), asked.start, asked.end)


def _total(kind: Number) -> Number:
    return Number(kind.places, kind.least * ROWS, kind.most * ROWS)


def _count(asked: Asked) -> Node:
    asked.count(0, 1)
    return asked.gives(Number(0, 0, ROWS))


def _extreme(asked: Asked) -> Node:
    asked.count(1, 1)
    if not holds_order(asked.args[0].type):
        asked.wrong(0, "可以比大小的数或日期", "a number or a date, which have an order")
    return asked.gives(asked.args[0].type)


def _distinct(asked: Asked) -> Node:
    asked.count(1, 1)
    if isinstance(asked.args[0].type, Choices):
        asked.wrong(0, "单个值", "a single value")
    return asked.gives(Number(0, 0, ROWS))


def known(arg: Run, rows: Iterable[Any]) -> list[Any]:
    """The values of a part over all rows, without nulls."""
    return [value for row in rows if (value := arg(row)) is not None]


def exact_sum(values: list[Any], whole: bool) -> Any:
    """The sum, or None of nothing; a sum of more than 38 digits is refused here as it is in a batch."""
    if not values:
        return None
    total = sum(values) if whole else reduce(EXACT.add, values, Exact(0))
    if abs(total) >= _PAST_ALL:
        found, found_en = f"有合计超过 {DIGITS} 位", f"a sum passes {DIGITS} digits"
        raise BadTable(Problem("sum", found, "在限度之内", "请减少行数。", found_en, "work within the limits", "Take fewer rows."))
    return total


def _sum_run(call: Call, args: list[Run]) -> Run:
    arg, whole = args[0], is_whole(call.type)
    return lambda rows: exact_sum(known(arg, rows), whole)


def _average_run(call: Call, args: list[Run]) -> Run:
    assert isinstance(call.type, Number)
    arg, unit, whole = args[0], Exact(1).scaleb(-call.type.places), call.type.places == 0

    def run(rows: Any) -> Any:
        values = known(arg, rows)
        if not values:
            return None
        mean = EXACT.divide(exact_sum(values, False), len(values)).quantize(unit, context=EXACT)
        return int(mean) if whole else mean

    return run


def _count_run(call: Call, args: list[Run]) -> Run:
    return (lambda rows: len(known(args[0], rows))) if args else len


def _picked(pick: Callable[[list[Any]], Any]) -> Callable[[Call, list[Run]], Run]:
    def python(call: Call, args: list[Run]) -> Run:
        arg = args[0]
        return lambda rows: pick(values) if (values := known(arg, rows)) else None

    return python


def _sum_sql(call: Call, write: Writer) -> str:
    kind = call.args[0].type
    assert isinstance(kind, Number)
    return f"SUM({write.number(call.args[0], _summable(kind))})" if write.duckdb else f"SUM({write.whole(call.args[0])})"


def _summable(kind: Number) -> Number:
    """DuckDB adds 64-bit numbers and decimals exactly; wider whole numbers are given to it as decimals."""
    return kind if kind.places or kind.reach < 2**63 else Number(0, -(10**DIGITS) + 1, 10**DIGITS - 1)


def _average_sql(call: Call, write: Writer) -> str:
    kind, result = call.args[0].type, call.type
    assert isinstance(kind, Number)
    assert isinstance(result, Number)
    total = _sum_sql(call, write)
    return ratio_sql(_total(kind), total, Number(0, 1, ROWS), f"COUNT({write(call.args[0])})", result, write)


def _count_sql(call: Call, write: Writer) -> str:
    return f"COUNT({write(call.args[0])})" if call.args else "COUNT(*)"


def _over(name: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: f"{name}({write(call.args[0])})"


NULL = "passes over null; null when nothing is left"
AGGREGATES = (
    Function("sum", "sum(a)", "合计", "the sum", NULL, ("", ""), _sum, _sum_run, _sum_sql, True),
    Function("avg", "avg(a)", "平均，保留 6 位小数（a 位数更多则同 a），四舍六入五成双", "the mean to 6 places, or as many as a has, halves to even", NULL, ("", ""),
             _average, _average_run, _average_sql, True),
    Function("min", "min(a)", "最小（数、日期）", "the least (numbers, dates)", NULL, ("", ""), _extreme, _picked(min), _over("MIN"), True),
    Function("max", "max(a)", "最大（数、日期）", "the greatest (numbers, dates)", NULL, ("", ""), _extreme, _picked(max), _over("MAX"), True),
    Function("count", "count(a)", "有值的行数；count() 为所有行数", "rows where a is not null; count() counts all rows", "never null", ("", ""),
             _count, _count_run, _count_sql, True),
    Function("count distinct", "count(distinct a)", "不同的值有几个", "how many different values", "passes over null; never null", ("", ""),
             _distinct, lambda call, args: lambda rows: len(set(known(args[0], rows))), lambda call, write: f"COUNT(DISTINCT {write(call.args[0])})", True),
)  # fmt: skip
