"""A checked tree becomes a tree of Python closures: no text is ever run."""

from __future__ import annotations

from typing import Any

from taizhang.expressions.tree import Literal, Name, Node, Run
from taizhang.expressions.types import Number, is_whole, settled


def compiled(node: Node) -> Run:
    """The closure of a whole expression; its values are in the one form of the type."""
    run = _closure(node)
    if not isinstance(node.type, Number) or is_whole(node.type):
        return run
    return lambda row: settled(run(row), node.type)


def _closure(node: Node) -> Run:
    if isinstance(node, Literal):
        return _constant(node.value)
    if isinstance(node, Name):
        return _lookup(node.name)
    return node.function.python(node, [_closure(arg) for arg in node.args])


def _constant(value: Any) -> Run:
    return lambda row: value


def _lookup(name: str) -> Run:
    return lambda row: row.get(name)
