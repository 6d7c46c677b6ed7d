"""The entries behind a figure, and what each adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taizhang.core import Question
from taizhang.cube.engine import Engine, Of, Selected
from taizhang.cube.leaves import Leaf
from taizhang.cube.plainly import factor
from taizhang.expressions import Number
from taizhang.expressions.tree import Name
from taizhang.ledger.reading import Line
from taizhang.packs import Indicator, Pack

_NEXT, _MORE = 10_000, 10


@dataclass(frozen=True, slots=True)
class Traced:
    """An entry behind a figure: its number, the indicator it was read for, and what it adds to that, in its unit.

    `adds` is None where the entry does not say what is added up, and for what is no sum (the least, a mean). Of a count of
    different things the first entry of each adds 1 and the others 0, so that the entries add up to the figure. `line` is
    the entry as its reader may see it.
    """

    seq: int
    indicator: str
    adds: Fraction | None
    line: Line | None = None


def traced(engine: Engine, pack: Pack, indicator: Indicator, question: Question, after: int, limit: int) -> list[Traced]:
    """The entries behind a figure numbered above `after`, at most `limit` numbers, in order; of every indicator it is made of."""
    found = [row for part, of in engine.parts(pack, indicator, question.of) for row in _of_one(engine, pack, part, question, of, after, limit)]
    numbers = sorted({row.seq for row in found})[:limit]
    last = numbers[-1] if numbers else 0
    return sorted((row for row in found if row.seq <= last), key=lambda row: row.seq)


def seqs(engine: Engine, pack: Pack, indicator: Indicator, question: Question) -> list[int]:
    """The numbers of all entries a figure rests on, in order."""
    found: set[int] = set()
    for part, of in engine.parts(pack, indicator, question.of):
        found.update(row[0] for row in engine.as_of.rows(f"SELECT DISTINCT own FROM ({_adding(engine, pack, part, question, of)})"))
    return sorted(found)


def _of_one(engine: Engine, pack: Pack, indicator: Indicator, question: Question, of: Of, after: int, limit: int) -> Iterator[Traced]:
    sql = _adding(engine, pack, indicator, question, of)
    key, size = f"{pack.name}.{indicator.name}", factor(pack, indicator)
    for own, adds in _page(engine, sql, after, limit):
        yield Traced(own, key, None if adds is None else Fraction(adds) * size)


def _page(engine: Engine, sql: str, after: int, limit: int) -> list[tuple[int, Any]]:
    """The first entries after a number. They are looked for among the next few thousand first, for columns are kept by number."""
    upto, found = after, list[tuple[int, Any]]()
    while len(found) < limit and upto < engine.as_of.upto:
        upto = after + _NEXT if upto == after else after + (upto - after) * _MORE
        found = engine.as_of.rows(f"SELECT own, adds FROM ({sql}) WHERE own > {after} AND own <= {upto} ORDER BY own LIMIT {limit}")
    return found


def _adding(engine: Engine, pack: Pack, indicator: Indicator, question: Question, of: Of) -> str:
    """SQL of the entries and what each adds, in the unit of the expression."""
    rows = engine.selected(pack, indicator, question.period, of, (), signed=False)
    leaf = rows.value.single
    if rows.moves:
        return _moving(rows, leaf)
    if leaf is None or leaf.function in ("min", "max", "avg"):
        return f"SELECT own, NULL AS adds FROM ({rows.sql})"
    if leaf.function == "sum":
        return f"SELECT own, v0 AS adds FROM ({rows.sql})"
    if leaf.function == "count":
        return f"SELECT own, CASE WHEN v0 IS NULL THEN 0 ELSE 1 END AS adds FROM ({rows.sql})"
    first = "row_number() OVER (PARTITION BY v0 ORDER BY own) = 1 AND v0 IS NOT NULL"
    return f"SELECT own, CASE WHEN {first} THEN 1 ELSE 0 END AS adds FROM ({rows.sql})"


def _moving(rows: Selected, leaf: Leaf | None) -> str:
    """The transfers that made the balances of the rows; they add up where the figure is the sum of one balance."""
    is_sum = leaf is not None and leaf.function == "sum" and isinstance(leaf.argument, Name)
    kinds = leaf.argument.type.places if is_sum and leaf is not None and leaf.argument is not None and isinstance(leaf.argument.type, Number) else 0
    adds = f"CAST(sum(m.quantity) AS DECIMAL(38,0)) * CAST('{Decimal(1).scaleb(-kinds):f}' AS DECIMAL({kinds + 1},{kinds}))" if is_sum else "NULL"
    same = "m.account = s.account AND m.item = s.item AND m.kind = s.kind"
    return f"SELECT m.own, {adds} AS adds FROM {rows.moves} AS m JOIN ({rows.sql}) AS s ON {same} WHERE s.v0 IS NOT NULL GROUP BY m.own"
