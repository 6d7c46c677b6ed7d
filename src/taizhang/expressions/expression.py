"""An expression: read, checked, and ready to run on one row or to be written as SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from taizhang.expressions.compile import compiled
from taizhang.expressions.problems import BadExpression, Said, Slip, slip_at
from taizhang.expressions.scan import scan
from taizhang.expressions.shape import Shaper
from taizhang.expressions.sql import Dialect, TooLong, Writer
from taizhang.expressions.tree import Call, Name, Node, Run, bare_names, walk
from taizhang.expressions.types import Nothing, Type, Value

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: `text` as written, `type` of its value, `names` it reads, and whether it aggregates rows.

    Two expressions are equal when they mean the same tree, whatever blanks they were written with.
    """

    text: str = field(compare=False)
    tree: Node
    run: Run = field(compare=False, repr=False)

    @property
    def type(self) -> Type:
        """The type of its value."""
        return self.tree.type

    @property
    def names(self) -> Mapping[str, Type]:
        """The names it reads and their types, in the order of the text."""
        return {node.name: node.type for node in walk(self.tree) if isinstance(node, Name)}

    @property
    def aggregate(self) -> bool:
        """Whether it makes one value of many rows."""
        return any(isinstance(node, Call) and node.function.aggregate for node in walk(self.tree))

    def sql(self, dialect: Dialect, columns: Mapping[str, str] | None = None) -> str:
        """The same meaning as one SQL expression, in brackets where needed.

        A name stands for the column of that name, in quotes; `columns` gives other SQL for it, which is taken
        as it stands and must be the caller's own, never a user's.
        """
        return Writer(dialect, columns)(self.tree)


def parse(text: str, names: Mapping[str, Type], *, aggregates: bool = False) -> Expression:
    """Read and check an expression over these names; raises `BadExpression` with all that is wrong.

    With `aggregates` it is the value of an indicator: at least one aggregate, and no name outside one.
    """
    tree, slips = _checked(text, names, aggregates)
    if tree is None or slips:
        raise BadExpression(tuple(sorted(slips, key=lambda slip: (slip.start, slip.end))))
    return Expression(text, tree, compiled(tree))


def problems(text: str, names: Mapping[str, Type], *, aggregates: bool = False) -> tuple[Slip, ...]:
    """All that is wrong with an expression, in the order of the text; empty when it can be used."""
    try:
        parse(text, names, aggregates=aggregates)
    except BadExpression as bad:
        return bad.problems
    return ()


def evaluate(expression: Expression, row: Row | Sequence[Row]) -> Value:
    """The value for one row, or of an aggregate for a sequence of rows.

    A row maps names to values of their types: `int`, `Decimal` (or `int`) for numbers with places, `str`, `bool`,
    `date`, a tuple of `str` for choices, None or no key at all for null. Values are trusted to fit their types.
    """
    value: Value = expression.run(row)
    return value


def _checked(text: str, names: Mapping[str, Type], aggregates: bool) -> tuple[Node | None, list[Slip]]:
    tokens, slips = scan(text)
    if slips:
        return None, slips
    shaper = Shaper(text, tokens, names, aggregates=aggregates)
    tree = shaper.tree()
    slips = shaper.slips
    if tree is not None:
        slips = [*_of_whole(text, tree, aggregates), *_too_long(text, tree)]
    return tree, slips


def _of_whole(text: str, tree: Node, aggregates: bool) -> list[Slip]:
    if isinstance(tree.type, Nothing):
        zh = Said("式子的值总是空", "有值的式子", "请写出要算的内容。")
        return [slip_at(text, 0, len(text), zh, Said("the value is always null", "an expression with a value", "Write what to compute."))]
    if not aggregates:
        return []
    if not any(isinstance(node, Call) and node.function.aggregate for node in walk(tree)):
        zh = Said("指标里没有汇总", "sum、count、min、max 或 avg", "请写明怎样汇总。")
        return [
            slip_at(
                text,
                0,
                len(text),
                zh,
                Said("no aggregate in an indicator", "sum, count, min, max or avg", "Say how rows are put together."),
            )
        ]
    zh = Said("这个名称不在汇总函数里面", "如 sum(…)", "请写进汇总函数里。")
    en = Said("a name outside every aggregate", "for instance sum(…)", "Write it inside an aggregate.")
    return [slip_at(text, name.start, name.end, zh, en) for name in bare_names(tree)]


def _too_long(text: str, tree: Node) -> list[Slip]:
    try:
        Writer("duckdb")(tree)
        Writer("postgres")(tree)
    except TooLong:
        zh = Said("式子展开后太长", "更短的式子", "请拆成几个式子。")
        return [slip_at(text, 0, len(text), zh, Said("too long when written out", "a shorter expression", "Split it."))]
    return []
