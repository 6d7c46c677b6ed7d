"""Closures that many functions share: null in, null out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taizhang.expressions.tree import Call, Literal, Name, Run


def of_one(work: Callable[[Any], Any]) -> Callable[[Call, list[Run]], Run]:
    """A function of one argument that gives null for null."""

    def python(call: Call, args: list[Run]) -> Run:
        return one(work, args[0])

    return python


def of_two(work: Callable[[Any, Any], Any]) -> Callable[[Call, list[Run]], Run]:
    """A function of two arguments that gives null when either is null."""

    def python(call: Call, args: list[Run]) -> Run:
        return two(call, args, work)

    return python


def one(work: Callable[[Any], Any], arg: Run) -> Run:
    """`work` on one part, null for null."""

    def run(row: Any) -> Any:
        value = arg(row)
        return None if value is None else work(value)

    return run


def two(call: Call, args: list[Run], work: Callable[[Any, Any], Any]) -> Run:
    """`work` on two parts, null for null; a name beside a name or a literal is read without a call."""
    left, right = call.args[0], call.args[1]
    if isinstance(left, Name) and isinstance(right, Literal):
        return _name_and_value(left.name, right.value, work)
    if isinstance(left, Name) and isinstance(right, Name):
        return _two_names(left.name, right.name, work)
    first, second = args[0], args[1]

    def run(row: Any) -> Any:
        a = first(row)
        if a is None:
            return None
        b = second(row)
        return None if b is None else work(a, b)

    return run


def _name_and_value(name: str, value: Any, work: Callable[[Any, Any], Any]) -> Run:
    def run(row: Any) -> Any:
        a = row.get(name)
        return None if a is None else work(a, value)

    return run


def _two_names(left: str, right: str, work: Callable[[Any, Any], Any]) -> Run:
    def run(row: Any) -> Any:
        a, b = row.get(left), row.get(right)
        return None if a is None or b is None else work(a, b)

    return run
