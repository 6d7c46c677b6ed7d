"""One expression language for checks, computed fields, eligibility and indicators.

`parse` reads and checks a text against the names of a pack and a closed list of functions; `evaluate` runs it
on one row in Python, `batch` on a table in DuckDB, and `Expression.sql` writes it for DuckDB or PostgreSQL.
All three give equal, exact results. See docs/expressions.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taizhang.expressions.expression import Expression, Row, evaluate, parse, problems
from taizhang.expressions.problems import BadExpression, BadTable, Slip
from taizhang.expressions.scan import RESERVED
from taizhang.expressions.sql import Dialect, column_type
from taizhang.expressions.types import BOOLEAN, DATE, TEXT, Boolean, Choice, Choices, Day, Number, Text, Type, Value, decimal, integer
from taizhang.expressions.values import row_of, value_of

if TYPE_CHECKING:
    from taizhang.expressions.engine import Engine, batch

__all__ = [
    "BOOLEAN",
    "DATE",
    "RESERVED",
    "TEXT",
    "BadExpression",
    "BadTable",
    "Boolean",
    "Choice",
    "Choices",
    "Day",
    "Dialect",
    "Engine",
    "Expression",
    "Number",
    "Row",
    "Slip",
    "Text",
    "Type",
    "Value",
    "batch",
    "column_type",
    "decimal",
    "evaluate",
    "integer",
    "parse",
    "problems",
    "row_of",
    "value_of",
]


def __getattr__(name: str) -> Any:
    """`batch` and `Engine` bring DuckDB and Arrow, and are imported when first asked for."""
    if name in ("Engine", "batch"):
        from taizhang.expressions import engine

        return getattr(engine, name)
    raise AttributeError(name)
