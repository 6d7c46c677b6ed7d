"""An indicator's expression in two parts: what the columns engine adds up, and what is then done with the totals.

`round(sum(a) / count(), 1)` is two leaves, sum(a) and count(), and the rest, which is run on the totals as the rules run it.
So a breakdown into many cells is added up in one question, and rounding is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from taizhang.expressions import Expression
from taizhang.expressions.compile import compiled
from taizhang.expressions.sql import Writer
from taizhang.expressions.tree import Call, Name, Node, Run, walk
from taizhang.expressions.types import EXACT, Number, Type, is_whole

_ADDS = frozenset({"sum", "count"})
_WIDEST = 10**38 - 1
_DIVIDES = frozenset({"/", "divide", "%"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One aggregate: `argument` is what it is taken of, None for count()."""

    name: str
    function: str
    argument: Node | None
    type: Type

    @property
    def adds(self) -> bool:
        """Whether it is a sum over the rows, so that what is withdrawn may be taken away again."""
        return self.function in _ADDS

    def input(self, write: Writer) -> str:
        """What a row brings, as SQL."""
        if self.argument is None:
            return "1"
        if self.function not in ("sum", "avg"):
            return write(self.argument)
        kind = self.argument.type
        assert isinstance(kind, Number)
        return write.number(self.argument, kind if kind.places or kind.reach < 2**63 else Number(0, -_WIDEST, _WIDEST))

    def totals(self, column: str, signed: bool) -> tuple[str, str]:
        """The total and the count of rows that have a value, as SQL; `signed` rows may be withdrawals."""
        if signed:
            known = "sum(sign)" if self.argument is None else f"sum(CASE WHEN {column} IS NOT NULL THEN sign END)"
            total = f"sum(CASE WHEN sign > 0 THEN {column} ELSE -{column} END)" if self.function == "sum" else "NULL"
        else:
            known = f"count(DISTINCT {column})" if self.function == "count distinct" else f"count({column})"
            total = {"sum": f"sum({column})", "avg": f"sum({column})", "min": f"min({column})", "max": f"max({column})"}.get(self.function, "NULL")
        return self.exact(total), f"CAST(coalesce({known}, 0) AS BIGINT)"

    def alone(self, brought: Any) -> tuple[Any, int]:
        """The total and the count over one row that brings this."""
        return (None if self.function.startswith("count") else brought), int(brought is not None)

    def value(self, total: Any, known: int) -> Any:
        """The aggregate, from its total and how many rows it is of."""
        if self.function.startswith("count"):
            return known
        if not known:
            return None
        if not isinstance(self.type, Number):
            return total
        if self.function == "avg":
            mean = EXACT.divide(Decimal(total), known).quantize(Decimal(1).scaleb(-self.type.places), context=EXACT)
            return int(mean) if is_whole(self.type) else mean
        return int(total) if is_whole(self.type) else total

    def exact(self, total: str) -> str:
        """What it takes or makes, as it may leave the engine: 128-bit whole numbers as decimals, for as anything else they would be floats."""
        is_number = self.argument is not None and isinstance(self.argument.type, Number) and self.argument.type.places == 0
        return f"CAST({total} AS DECIMAL(38,0))" if is_number and total != "NULL" else total


@dataclass(frozen=True, slots=True)
class Parted:
    """The aggregates of an expression and the rest of it."""

    leaves: tuple[Leaf, ...]
    rest: Node
    run: Run
    over_zero: Callable[[Mapping[str, Any]], bool]

    @property
    def adds(self) -> bool:
        """Whether all of it is made of sums and counts."""
        return all(leaf.adds for leaf in self.leaves)

    @property
    def single(self) -> Leaf | None:
        """The one aggregate that is the whole expression."""
        return self.leaves[0] if isinstance(self.rest, Name) else None

    def totals(self, signed: bool) -> list[str]:
        """Columns of SQL: of each leaf its total and its count, over rows whose inputs are v0, v1 …"""
        pairs = (leaf.totals(f"v{i}", signed) for i, leaf in enumerate(self.leaves))
        return [f"{sql} AS {name}{i}" for i, pair in enumerate(pairs) for sql, name in zip(pair, "tn", strict=True)]

    def value(self, totals: Sequence[Any]) -> tuple[Any, bool]:
        """The value of the whole from those columns, and whether it divides something by zero."""
        row = {leaf.name: leaf.value(totals[2 * i], totals[2 * i + 1]) for i, leaf in enumerate(self.leaves)}
        return self.run(row), self.over_zero(row)


def parted(expression: Expression) -> Parted:
    """Take an expression over rows apart."""
    leaves: dict[Node, Leaf] = {}
    rest = _without(expression.tree, leaves)
    return Parted(tuple(leaves.values()), rest, compiled(rest), divides_by_zero(rest))


def divides_by_zero(tree: Node) -> Callable[[Mapping[str, Any]], bool]:
    """What tells of a row whether something known is divided by zero: there is no such ratio, which is not the same as nothing known."""
    divisions = [node for node in walk(tree) if isinstance(node, Call) and node.function.name in _DIVIDES]
    pairs = [(compiled(node.args[0]), compiled(node.args[1])) for node in divisions]
    return lambda row: any(a(row) is not None and b(row) == 0 for a, b in pairs)


def _without(node: Node, leaves: dict[Node, Leaf]) -> Node:
    """The tree with each aggregate replaced by a name."""
    if not isinstance(node, Call):
        return node
    if node.function.aggregate:
        known = leaves.get(node)
        if known is None:
            known = Leaf(f"#{len(leaves)}", node.function.name, node.args[0] if node.args else None, node.type)
            leaves[node] = known
        return Name(known.name, node.type, node.start, node.end)
    return Call(node.function, tuple(_without(arg, leaves) for arg in node.args), node.type, node.start, node.end)
