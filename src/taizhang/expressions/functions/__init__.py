"""The closed list: every function and operator an expression may use."""

from __future__ import annotations

from taizhang.expressions.functions.aggregates import AGGREGATES
from taizhang.expressions.functions.dates import DATES
from taizhang.expressions.functions.logic import LOGIC
from taizhang.expressions.functions.nulls import NULLS
from taizhang.expressions.functions.numbers import ARITHMETIC, NUMBERS
from taizhang.expressions.functions.texts import JOINS, TEXTS
from taizhang.expressions.tree import Function

FAMILIES: dict[str, tuple[Function, ...]] = {
    "logic": LOGIC,
    "arithmetic": ARITHMETIC + JOINS,
    "nulls": NULLS,
    "numbers": NUMBERS,
    "texts": TEXTS,
    "dates": DATES,
    "aggregates": AGGREGATES,
}
ALL = {function.name: function for family in FAMILIES.values() for function in family}
CALLABLE = {name: function for name, function in ALL.items() if name.isidentifier() and function not in (*LOGIC, *NULLS[:1])}
"""Those written `name(…)`; the rest are signs and words between their arguments."""
