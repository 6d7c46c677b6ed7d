"""Write a checked expression as SQL for DuckDB or PostgreSQL: from our own tree, with our own templates.

Every number has a stated width, so that DuckDB never falls back to floats or to a narrower type that
overflows. A column of the table has the type `column_type` gives, or one that casts to it without loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal as Exact
from typing import Literal as OneOf

from taizhang.expressions.tree import Call, Literal, Name, Node
from taizhang.expressions.types import Boolean, Choices, Day, Nothing, Number, Type, Value

Dialect = OneOf["duckdb", "postgres"]
LONGEST = 20_000  # characters of SQL: an expression that needs more is refused when it is checked


class TooLong(Exception):
    """The SQL of an expression would pass its limit."""


class Writer:
    """Writes nodes in one dialect; `columns` gives the SQL of names that are not simply the column of that name."""

    def __init__(self, dialect: Dialect, columns: Mapping[str, str] | None = None) -> None:
        self.duckdb = dialect == "duckdb"
        self.columns = columns or {}

    def __call__(self, node: Node) -> str:
        """The SQL of a node."""
        if isinstance(node, Literal):
            return self.literal(node.value)
        if isinstance(node, Name):
            return self.columns.get(node.name) or quoted(node.name)
        sql = node.function.sql(node, self)
        if len(sql) > LONGEST:
            raise TooLong
        return sql

    def literal(self, value: Value) -> str:
        """A value written out."""
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, str):
            return "'" + value.replace("'", "''") + "'"
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'"
        return f"{value:f}" if isinstance(value, Exact) else str(value)

    def number(self, node: Node, kind: Number) -> str:
        """A number as a number of that type, wide enough and never a float."""
        sql = self(node)
        if isinstance(node.type, Nothing):
            return f"CAST(NULL AS {self.type(kind)})"
        if not self.duckdb:
            return f"CAST({sql} AS NUMERIC)"
        assert isinstance(node.type, Number)
        if isinstance(node, Call) and column_type(node.type) == column_type(kind):
            return sql
        return f"CAST({sql} AS {column_type(kind)})"

    def whole(self, node: Node) -> str:
        """A whole number, as wide as it may be."""
        assert isinstance(node.type, Number)
        return self.number(node, node.type)

    def alike(self, node: Node, kind: Type) -> str:
        """A value beside others of that type."""
        if isinstance(kind, Number):
            return self.number(node, kind)
        return f"CAST(NULL AS {self.type(kind)})" if isinstance(node.type, Nothing) else self(node)

    def type(self, kind: Type) -> str:
        """The name of a type in this dialect."""
        if isinstance(kind, Number) and not self.duckdb:
            return "NUMERIC"
        return column_type(kind)


def column_type(kind: Type, dialect: Dialect = "duckdb") -> str:
    """The SQL type of a column of that type."""
    if isinstance(kind, Number):
        if kind.places == 0 and kind.reach < 2**63:
            return "BIGINT"
        wide = max(kind.digits, 18) if kind.digits <= 18 else kind.digits
        return "HUGEINT" if kind.places == 0 and dialect == "duckdb" else f"DECIMAL({wide},{kind.places})"
    if isinstance(kind, Boolean):
        return "BOOLEAN"
    if isinstance(kind, Day):
        return "DATE"
    text = "VARCHAR" if dialect == "duckdb" else "TEXT"
    return f"{text}[]" if isinstance(kind, Choices) else text


def quoted(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'
