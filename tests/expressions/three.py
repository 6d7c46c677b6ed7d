"""The same expression on the same rows in Python, DuckDB and PostgreSQL, each value in the form of its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg

from taizhang.expressions import BOOLEAN, DATE, TEXT, Choice, Choices, Engine, Expression, Type, column_type, decimal, evaluate, integer
from taizhang.expressions.columns import table_of
from taizhang.expressions.sql import Writer, quoted
from taizhang.expressions.types import settled

KINDS = ("砂石土矿", "历史遗留矿山")
NAMES: dict[str, Type] = {
    "i": integer(),
    "j": integer(),
    "k": integer(-9, 9),
    "a": decimal(2),
    "b": decimal(4),
    "c": decimal(1, -100, 100),
    "s": TEXT,
    "t": TEXT,
    "d": DATE,
    "e": DATE,
    "p": BOOLEAN,
    "q": BOOLEAN,
    "kind": Choice(KINDS),
    "other": Choice(KINDS),
    "measures": Choices(("危岩卸载", "边坡放缓", "绿化种植")),
    "site.area": decimal(2),
    "面积": decimal(2),
    "order": integer(),
    "today": DATE,
}
Row = Mapping[str, Any]


def in_python(expression: Expression, rows: Sequence[Row]) -> list[Any]:
    if expression.aggregate:
        return [evaluate(expression, rows)]
    return [evaluate(expression, row) for row in rows]


def in_duckdb(engine: Engine, expression: Expression, rows: Sequence[Row]) -> list[Any]:
    names = expression.names
    columns = {name: [row.get(name) for row in rows] for name in names} or {"none": [None] * len(rows)}
    values = engine.run({"value": expression}, table_of(columns, names)).column("value").to_pylist()
    return [settled(value, expression.type) for value in values]


def in_postgres(connection: psycopg.Connection, expression: Expression, rows: Sequence[Row]) -> list[Any]:
    names = {**expression.names, "number of the row": integer()}
    tuples = [[*(row.get(name) for name in expression.names), number] for number, row in enumerate(rows)]
    values = ", ".join("(" + ", ".join(_typed(v, k) for v, k in zip(row, names.values(), strict=True)) + ")" for row in tuples)
    order = "" if expression.aggregate else f" ORDER BY {quoted('number of the row')}"
    query = f"SELECT {expression.sql('postgres')} FROM (VALUES {values}) AS given ({', '.join(map(quoted, names))}){order}"
    return [settled(value, expression.type) for (value,) in connection.execute(query.encode()).fetchall()]


def _typed(value: Any, kind: Type) -> str:
    write = Writer("postgres")
    if isinstance(value, tuple):
        return f"CAST(ARRAY[{', '.join(map(write.literal, value))}] AS TEXT[])"
    return f"CAST({write.literal(value)} AS {column_type(kind, 'postgres')})"


def read(text: str, kind: Type) -> Any:
    """A value as the case files write it."""
    if text == "null":
        return None
    if text in ("true", "false"):
        return text == "true"
    if isinstance(kind, Choices):
        return tuple(filter(None, text.split("/")))
    if kind == DATE:
        return date.fromisoformat(text)
    if hasattr(kind, "places"):
        return Decimal(text) if kind.places else int(text)
    return text.strip("'")


def shown(value: Any) -> str:
    """A value as the case files write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
