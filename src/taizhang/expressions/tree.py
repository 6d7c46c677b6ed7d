"""The checked form of an expression: literals, names and calls, each with its type and its place in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from taizhang.expressions.types import Type, Value

if TYPE_CHECKING:
    from taizhang.expressions.asked import Asked
    from taizhang.expressions.sql import Writer

Run = Callable[[Any], Any]
"""A compiled part: takes a row (or, above an aggregate, all rows) and gives its value."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the text."""

    value: Value
    type: Type
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the pack."""

    name: str
    type: Type
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with its arguments."""

    function: Function
    args: tuple[Node, ...]
    type: Type
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Node = Literal | Name | Call


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """One function or operator: what it takes and means, and the same meaning in Python and in SQL.

    `example` is an expression of literals and the value it gives, both as written; the tests run every example.
    """

    name: str
    usage: str
    says: str
    says_en: str
    nulls: str
    example: tuple[str, str]
    build: Callable[[Asked], Node] = field(repr=False)
    python: Callable[[Call, list[Run]], Run] = field(repr=False)
    sql: Callable[[Call, Writer], str] = field(repr=False)
    aggregate: bool = False


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it."""
    yield node
    if isinstance(node, Call):
        for arg in node.args:
            yield from walk(arg)


def bare_names(node: Node) -> Iterator[Name]:
    """The names that stand outside every aggregate."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Call) and not node.function.aggregate:
        for arg in node.args:
            yield from bare_names(arg)
