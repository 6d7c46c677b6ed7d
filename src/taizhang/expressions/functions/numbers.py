"""Exact arithmetic: no float in Python, DuckDB or PostgreSQL, and halves go to the even neighbour (GB/T 8170)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP
from decimal import Decimal as Exact
from typing import Any

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.aggregates import averaged
from taizhang.expressions.functions.division import divided, division_sql, quotient
from taizhang.expressions.functions.runs import of_one, one, two
from taizhang.expressions.sql import Writer, column_type
from taizhang.expressions.tree import Call, Function, Literal, Node, Run
from taizhang.expressions.types import DIGITS, EXACT, Number, is_whole

SAME = "null when any argument is null"
DIVISION_PLACES = 6


def _bounds(places: int, *ends: int) -> Number:
    return Number(places, min(ends), max(ends))


def _sum(asked: Asked) -> Node:
    a, b = _pair(asked)
    return asked.gives(Number(a.places, a.least + b.least, a.most + b.most))


def _difference(asked: Asked) -> Node:
    a, b = _pair(asked)
    return asked.gives(Number(a.places, a.least - b.most, a.most - b.least))


def _pair(asked: Asked) -> tuple[Number, Number]:
    a, b = asked.number(0), asked.number(1)
    places = max(a.places, b.places)
    return a.at(places), b.at(places)


def _product(asked: Asked) -> Node:
    a, b = asked.number(0), asked.number(1)
    corners = [x * y for x in (a.least, a.most) for y in (b.least, b.most)]
    return asked.gives(_bounds(a.places + b.places, *corners))


def _negated(asked: Asked) -> Node:
    kind = asked.number(0)
    return asked.gives(Number(kind.places, -kind.most, -kind.least))


def _exactly(whole: Callable[[Any, Any], Any], exact: Callable[[Any, Any], Any]) -> Callable[[Call, list[Run]], Run]:
    """Python's own operator for whole numbers; the wide context for the rest, as the usual one rounds at 28 digits."""
    return lambda call, args: two(call, args, whole if all(is_whole(a.type) for a in call.args) else exact)


def _sum_sql(sign: str) -> Callable[[Call, Writer], str]:
    def sql(call: Call, write: Writer) -> str:
        assert isinstance(call.type, Number)
        return f"({write.number(call.args[0], call.type)} {sign} {write.number(call.args[1], call.type)})"

    return sql


def _product_sql(call: Call, write: Writer) -> str:
    a, b = call.args
    kind = call.type
    assert isinstance(kind, Number)
    assert isinstance(a.type, Number)
    assert isinstance(b.type, Number)
    if write.duckdb and kind.places == 0:
        return f"({write.number(a, kind)} * {write.number(b, kind)})"
    # DuckDB multiplies decimals of up to 18 digits in 64 bits; one wide factor makes it use 128.
    wide = Number(a.type.places, -(10**DIGITS) + 1, 10**DIGITS - 1)
    first = write.number(a, wide) if kind.digits > 18 and write.duckdb else write.number(a, a.type)
    return f"({first} * {write.number(b, b.type)})"


def _negated_sql(call: Call, write: Writer) -> str:
    assert isinstance(call.type, Number)
    return f"(-{write.number(call.args[0], call.type)})"


def _divide(asked: Asked) -> Node:
    return divided(asked, DIVISION_PLACES)


def _divide_to(asked: Asked) -> Node:
    asked.count(3, 3)
    return divided(asked, asked.written(2, 0, 12))


def _remainder(asked: Asked) -> Node:
    a, b = asked.whole(0), asked.whole(1)
    reach = min(a.reach, max(b.reach - 1, 0))
    return asked.gives(Number(0, -reach if a.least < 0 else 0, reach))


def _modulo(a: int, b: int) -> int | None:
    if b == 0:
        return None
    rest = abs(a) % abs(b)
    return -rest if a < 0 else rest


def _modulo_sql(call: Call, write: Writer) -> str:
    a, b = (write.whole(arg) for arg in call.args)
    return f"MOD({a}, NULLIF({b}, 0))"


def _absolute(asked: Asked) -> Node:
    asked.count(1, 1)
    kind = asked.number(0)
    return asked.gives(Number(kind.places, 0 if kind.least <= 0 <= kind.most else min(abs(kind.least), abs(kind.most)), kind.reach))


def _absolute_sql(call: Call, write: Writer) -> str:
    return f"ABS({write.whole(call.args[0])})"


def _rounded(asked: Asked) -> Node:
    asked.count(1, 2)
    kind = asked.number(0)
    places = asked.written(1, 0, 12) if len(asked.args) == 2 else 0
    inner = asked.args[0]
    if asked.function.name == "round" and isinstance(inner, Call) and inner.function.name in ("/", "divide"):
        return divided(asked, places, inner)
    if asked.function.name == "round" and isinstance(inner, Call) and inner.function.name == "avg":
        return averaged(Asked(inner.function, inner.args, asked.start, asked.end), places)
    if places >= kind.places:
        return asked.gives(kind, inner)
    step = 10 ** (kind.places - places)
    return asked.gives(Number(places, kind.least // step, -(-kind.most // step)), inner)


def _round_to(mode: str) -> Callable[[Call, list[Run]], Run]:
    context = EXACT.copy()
    context.rounding = mode

    def python(call: Call, args: list[Run]) -> Run:
        assert isinstance(call.type, Number)
        unit, whole = Exact(1).scaleb(-call.type.places), call.type.places == 0
        if call.type == call.args[0].type:
            return args[0]
        if whole:
            return one(lambda value: int(context.quantize(value, unit)), args[0])
        return one(lambda value: context.quantize(value, unit), args[0])

    return python


def _round_sql(call: Call, write: Writer) -> str:
    """ROUND takes halves away from zero in both databases: move those that stand above an even digit first."""
    source, target = call.args[0].type, call.type
    assert isinstance(source, Number)
    assert isinstance(target, Number)
    value = write.number(call.args[0], source)
    if source == target:
        return value
    two, half = (f"CAST({_units(n, target.places)} AS {write.type(source)})" for n in (20, 5))
    even = f"CASE MOD({value}, {two}) WHEN {half} THEN {half} WHEN -{half} THEN -{half} ELSE 0 END"
    return _narrowed(f"ROUND({value} - {even}, {target.places})", target, write)


def _round_half_up_sql(call: Call, write: Writer) -> str:
    source, target = call.args[0].type, call.type
    assert isinstance(source, Number)
    assert isinstance(target, Number)
    value = write.number(call.args[0], source)
    return value if source == target else _narrowed(f"ROUND({value}, {target.places})", target, write)


def _units(tenths: int, places: int) -> str:
    """So many tenths of a unit of the last place, written out."""
    return f"{Exact(tenths).scaleb(-places - 1):f}"


def _narrowed(sql: str, target: Number, write: Writer) -> str:
    return f"CAST({sql} AS {column_type(target)})" if write.duckdb else sql


def _to_whole(asked: Asked) -> Node:
    asked.count(1, 1)
    kind = asked.number(0)
    step = 10**kind.places
    return asked.gives(Number(0, kind.least // step, -(-kind.most // step)))


def _whole_of(mode: str) -> Callable[[Call, list[Run]], Run]:
    return of_one(lambda value: value if isinstance(value, int) else int(value.to_integral_value(mode, EXACT)))


def _whole_sql(name: str) -> Callable[[Call, Writer], str]:
    def sql(call: Call, write: Writer) -> str:
        assert isinstance(call.type, Number)
        value = write.whole(call.args[0])
        return value if is_whole(call.args[0].type) else _narrowed(f"{name}({value})", call.type, write)

    return sql


def _plain_negative(call: Call, args: list[Run]) -> Run:
    return one(operator.neg if is_whole(call.type) else EXACT.minus, args[0])


def negative(node: Literal) -> Literal:
    """A written number with its minus sign is one literal."""
    assert isinstance(node.type, Number)
    value = -node.value if isinstance(node.value, int) else EXACT.minus(node.value)  # type: ignore[arg-type]
    return Literal(value, Number(node.type.places, -node.type.most, -node.type.least), max(node.start - 1, 0), node.end)


ARITHMETIC = (
    Function("+", "a + b", "和", "sum", SAME, ("1.5 + 2", "3.5"), _sum, _exactly(operator.add, EXACT.add), _sum_sql("+")),
    Function("-", "a - b", "差", "difference", SAME, ("1.50 - 2", "-0.50"), _difference, _exactly(operator.sub, EXACT.subtract), _sum_sql("-")),
    Function("*", "a * b", "积；小数位相加", "product; the places add up", SAME, ("1.5 * 0.2", "0.30"), _product,
             _exactly(operator.mul, EXACT.multiply), _product_sql),
    Function("/", "a / b", "商，保留 6 位小数（四舍六入五成双）；除以 0 为空", "quotient to 6 places, halves to even; null when b is 0",
             SAME + ", or b is 0", ("2 / 3", "0.666667"), _divide, quotient, division_sql),
    Function("%", "a % b", "整数的余数，符号随 a；除以 0 为空", "remainder of whole numbers, with the sign of a; null when b is 0",
             SAME + ", or b is 0", ("-7 % 2", "-1"), _remainder, lambda call, args: two(call, args, _modulo), _modulo_sql),
    Function("negative", "-a", "相反数", "the negative", "null for null", ("-(1.5)", "-1.5"), _negated, _plain_negative, _negated_sql),
)  # fmt: skip

NUMBERS = (
    Function("divide", "divide(a, b, places)", "商，保留写明的位数（0 到 12），四舍六入五成双；除以 0 为空",
             "quotient to the places written (0 to 12), halves to even; null when b is 0", SAME + ", or b is 0",
             ("divide(1, 8, 2)", "0.12"), _divide_to, quotient, division_sql),
    Function("round", "round(a, places)", "修约（GB/T 8170 四舍六入五成双）；不写位数为整数；直接套在除法外只修约一次",
             "rounded, halves to even (GB/T 8170); without places to a whole number; directly around a division it rounds once", SAME,
             ("round(2.345, 2)", "2.34"), _rounded, _round_to(ROUND_HALF_EVEN), _round_sql),
    Function("round_half_up", "round_half_up(a, places)", "四舍五入（五一律进位，负数按绝对值）", "rounded, halves away from zero", SAME,
             ("round_half_up(2.345, 2)", "2.35"), _rounded, _round_to(ROUND_HALF_UP), _round_half_up_sql),
    Function("abs", "abs(a)", "绝对值", "magnitude", SAME, ("abs(-2.5)", "2.5"), _absolute,
             lambda call, args: one(abs if is_whole(call.type) else EXACT.abs, args[0]), _absolute_sql),
    Function("floor", "floor(a)", "不大于它的最大整数", "the greatest whole number not above", SAME, ("floor(-2.5)", "-3"), _to_whole,
             _whole_of(ROUND_FLOOR), _whole_sql("FLOOR")),
    Function("ceil", "ceil(a)", "不小于它的最小整数", "the least whole number not below", SAME, ("ceil(2.1)", "3"), _to_whole,
             _whole_of(ROUND_CEILING), _whole_sql("CEIL")),
)  # fmt: skip
