"""Division to a stated number of places, halves to even, in whole numbers throughout.

With N the dividend and D the divisor, both scaled to whole numbers, q = N div D and r = N mod D (both cut
towards zero). The quotient moves one away from zero when 2|r| + (1 if q is odd) > |D|: above one half
always, at exactly one half only from an odd q. Nothing is ever divided as a float.
"""

from __future__ import annotations

from decimal import Decimal as Exact
from typing import Any

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.runs import two
from taizhang.expressions.problems import Said
from taizhang.expressions.sql import Writer
from taizhang.expressions.tree import Call, Node, Run
from taizhang.expressions.types import DIGITS, EXACT, Number

NESTED = 3  # divisions inside one another: each writes its arguments several times


def divided(asked: Asked, places: int, inner: Call | None = None) -> Node:
    """A call of division to so many places; `inner` is a division whose rounding is replaced."""
    a, b = (inner.args if inner else asked.args)[:2]
    if inner is None:
        asked.number(0)
        asked.number(1)
    assert isinstance(a.type, Number)
    assert isinstance(b.type, Number)
    _shallow(asked, a, b)
    up, down = _scales(a.type, b.type, places)
    dividend, divisor = a.type.reach * 10**up, b.type.reach * 10**down
    asked.fits(Number(0, 0, dividend))
    asked.fits(Number(0, 0, 2 * divisor + 1))
    asked.fits(Number(0, 0, max(a.type.reach * 10**a.type.places, b.type.reach * 10**b.type.places)))
    smallest = 1 if b.type.least <= 0 <= b.type.most else min(abs(b.type.least), abs(b.type.most))
    reach = dividend // (smallest * 10**down) + 1
    call = asked.gives(Number(places, 0 if _same_sign(a.type, b.type) else -reach, reach), a, b)
    return call if inner is None else Call(inner.function, call.args, call.type, call.start, call.end)


def _same_sign(a: Number, b: Number) -> bool:
    return a.least >= 0 and b.least >= 0


def _scales(a: Number, b: Number, places: int) -> tuple[int, int]:
    """By which powers of ten the units of dividend and divisor are multiplied."""
    shift = places + b.places - a.places
    return max(shift, 0), max(-shift, 0)


def _shallow(asked: Asked, *args: Node) -> None:
    if max(_depth(arg) for arg in args) >= NESTED:
        asked.refuse(
            Said("除法套得太深", f"不超过 {NESTED} 层", "请拆成几个式子。"),
            Said("divisions too deep inside one another", f"at most {NESTED} deep", "Split the expression."),
        )


def _depth(node: Node) -> int:
    if not isinstance(node, Call):
        return 0
    return max((_depth(arg) for arg in node.args), default=0) + (node.function.name in ("/", "divide", "avg"))


def quotient(call: Call, args: list[Run]) -> Run:
    """In Python: exact to 200 digits, which no quotient of 38-digit numbers can pass for a half, then rounded once."""
    assert isinstance(call.type, Number)
    unit, whole = Exact(1).scaleb(-call.type.places), call.type.places == 0

    def work(a: Any, b: Any) -> Any:
        if not b:
            return None
        exact = EXACT.divide(a, b).quantize(unit, context=EXACT)
        return int(exact) if whole else exact

    return two(call, args, work)


def division_sql(call: Call, write: Writer) -> str:
    """In SQL: see the head of this file."""
    assert isinstance(call.type, Number)
    return ratio_sql(call.args[0].type, write.whole(call.args[0]), call.args[1].type, write.whole(call.args[1]), call.type, write)


def ratio_sql(a: object, a_sql: str, b: object, b_sql: str, result: Number, write: Writer) -> str:
    """The quotient of two pieces of SQL whose types are known."""
    assert isinstance(a, Number)
    assert isinstance(b, Number)
    up, down = _scales(a, b, result.places)
    wide = max(a.reach * 10**up, 2 * b.reach * 10**down + 1, a.reach * 10**a.places, b.reach * 10**b.places) >= 2**63
    kind = ("HUGEINT" if wide else "BIGINT") if write.duckdb else "NUMERIC"
    n, d = _scaled(a, a_sql, up, kind), _scaled(b, b_sql, down, kind)
    nonzero = f"NULLIF({d}, 0)"
    cut = f"({n} // {nonzero})" if write.duckdb else f"DIV({n}, {nonzero})"
    away = f"CASE WHEN 2 * ABS(MOD({n}, {nonzero})) + ABS(MOD({cut}, 2)) > ABS({d}) THEN SIGN({n}) * SIGN({d}) ELSE 0 END"
    return _placed(f"({cut} + {away})", result, write)


def _scaled(kind: Number, sql: str, up: int, integer: str) -> str:
    """A number counted in units of its last place, times a power of ten, as a whole number."""
    power = 10 ** (kind.places + up)
    if integer == "NUMERIC" or kind.places == 0:
        return f"(CAST({sql} AS {integer}) * {power})" if power > 1 else f"CAST({sql} AS {integer})"
    units = f"CAST(CAST({sql} AS DECIMAL({DIGITS},{kind.places})) * {10**kind.places} AS {integer})"
    return f"({units} * {10**up})" if up else units


def _placed(sql: str, result: Number, write: Writer) -> str:
    """A whole number counted in units of the last place, as the number it stands for."""
    unit = f"{Exact(1).scaleb(-result.places):f}"
    if not write.duckdb:
        return f"({sql} * {unit})" if result.places else sql
    return f"(CAST({sql} AS DECIMAL({DIGITS},0)) * CAST({unit} AS DECIMAL({result.places + 1},{result.places})))" if result.places else sql
