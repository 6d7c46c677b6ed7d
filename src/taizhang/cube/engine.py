"""Figures over the columns of a book: each indicator one question of SQL, whatever it is broken down by.

The meaning of an indicator is that of `plainly`, which reads entry by entry; the two are held equal by the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taizhang.core import InputError, Period
from taizhang.cube.attributes import family
from taizhang.cube.breakdown import By, Cell, each_of, is_cell, paths, time_of
from taizhang.cube.leaves import Parted, divides_by_zero, parted
from taizhang.cube.placing import Below
from taizhang.cube.plainly import factor, fitted, parts_of, places_of
from taizhang.cube.refusals import unknown_path
from taizhang.cube.relations import AsOf
from taizhang.cube.rows import Rows, Sources
from taizhang.expressions import Choices, Expression, Type, parse
from taizhang.expressions.sql import Writer
from taizhang.packs import Indicator, Pack, scopes

Of = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The value of one cell: how many rows it is of, and whether it is a ratio over zero."""

    value: Fraction | None
    rows: int = 0
    undefined: bool = False


Cells = dict[Cell, Known]


@dataclass(frozen=True, slots=True)
class Selected:
    """The rows of an indicator as SQL: own, sign where they may be withdrawals, the inputs v0 …, the cells c0 …

    Of balances also account, item and kind, and `moves`, the transfers that made them.
    """

    sql: str
    value: Parted
    signed: bool
    moves: str = ""

    @property
    def brought(self) -> str:
        """SQL of the entries with what each brings, as it may leave the engine."""
        inputs = [f"{leaf.exact(f'v{i}')} AS v{i}" for i, leaf in enumerate(self.value.leaves)]
        return f"SELECT {', '.join(['own', *inputs])} FROM ({self.sql})"


@dataclass(frozen=True)
class Engine:
    """Answers for one place as of one entry."""

    sources: Sources
    below: Below
    _expressions: dict[tuple[str, str], tuple[Expression, Expression | None]] = field(default_factory=dict)
    _first_days: dict[str, date | None] = field(default_factory=dict)

    @property
    def as_of(self) -> AsOf:
        """The columns it reads."""
        return self.sources.as_of

    def cells(self, pack: Pack, indicator: Indicator, period: Period, of: Of, by: Sequence[By]) -> Cells:
        """The value of an indicator in every cell that has rows; without a breakdown, and by time alone, in every cell there is."""
        if indicator.source is None:
            return self._made(pack, indicator, period, of, by)
        asked = self._asked if time_of(by) is None or self._is_flow(pack, indicator) else self._by_time
        found = asked(pack, indicator, period, of, by)
        for cell in _every(by, period):
            found.setdefault(cell, self.nothing(pack, indicator))
        return found

    def nothing(self, pack: Pack, indicator: Indicator) -> Known:
        """The value of an indicator over no rows: a count is 0, a sum is not known."""
        if indicator.source is None:
            return self._of_parts(pack, indicator, {name: self.nothing(pack, pack.indicators[name]) for name in self._composed(pack, indicator).names})
        value = parted(self._read(pack, indicator)[0])
        return _valued(value, [None, 0] * len(value.leaves), 0, factor(pack, indicator))

    def first_day(self, pack: Pack, indicator: Indicator) -> date | None:
        """The day of the first entry there is below the place of what an indicator is made from; None where there is none."""
        if indicator.source is None:
            days = [self.first_day(pack, pack.indicators[name]) for name in self._composed(pack, indicator).names]
        else:
            register = pack.register(indicator.source)
            types = family(self.sources.catalogue, register) if register else [f"{pack.name}.{indicator.source}"]
            days = [self._first_of(type_name) for type_name in types]
        return min((day for day in days if day is not None), default=None)

    def _first_of(self, type_name: str) -> date | None:
        """The same for the entries of a type; asked once."""
        if type_name not in self._first_days:
            sql = f"SELECT min(day) FROM {self.as_of.standing(type_name)} WHERE {self.below.inside('place', self.as_of.places)}"
            self._first_days[type_name] = self.as_of.rows(sql)[0][0]
        return self._first_days[type_name]

    def parts(self, pack: Pack, indicator: Indicator, of: Of) -> list[tuple[Indicator, Of]]:
        """The indicators with entries that one is made of, each with what of a breakdown it knows."""
        if indicator.source is not None:
            return [(indicator, of)]
        others = (pack.indicators[name] for name in self._composed(pack, indicator).names)
        found = [part for other in others for part in self.parts(pack, other, _known_of(pack, other, of))]
        return list({(one.name, tuple(sorted(known.items()))): (one, known) for one, known in found}.values())

    # ---- over rows -------------------------------------------------------------------------------------------------------------

    def selected(self, pack: Pack, indicator: Indicator, period: Period, of: Of, by: Sequence[By], *, signed: bool = True) -> Selected:
        """The rows an indicator is computed over; without `signed` only entries that stand."""
        expression, where = self._read(pack, indicator)
        types = scopes.of_indicator(pack, indicator)
        for path in (*of, *paths(by)):
            if path not in types:
                raise InputError(unknown_path(path, indicator, types))
        value = parted(expression)
        names = [*expression.names, *(where.names if where else ()), *of, *paths(by)]
        rows = self.sources.rows(pack, indicator, period, names, signed and value.adds)
        conditions = [*rows.conditions, self.below.inside(rows.place, self.as_of.places)]
        columns = {name: rows.columns.sql(name) for name in dict.fromkeys(names)}
        if where is not None:
            conditions.append(where.sql("duckdb", columns))
        conditions += [is_cell(columns[path], types[path], wanted) for path, wanted in of.items()]
        return Selected(self._sql(rows, value, columns, conditions, by, types), value, rows.signed, rows.moves)

    def _sql(self, rows: Rows, value: Parted, columns: Mapping[str, str], conditions: Iterable[str], by: Sequence[By], types: Mapping[str, Type]) -> str:
        write = Writer("duckdb", columns)
        inputs = [f"{leaf.input(write)} AS v{i}" for i, leaf in enumerate(value.leaves)]
        cells = [f"{self._cell(one, rows, columns, types)} AS c{i}" for i, one in enumerate(by)]
        head = ["r.own", *(["r.sign"] if rows.signed else []), *(["r.account", "r.item", "r.kind"] if rows.moves else [])]
        joins = " ".join([*rows.joins, *rows.attributes.joins])
        where = " AND ".join(f"({one})" for one in conditions)
        sql = f"SELECT {', '.join([*head, *inputs, *cells])} FROM {rows.source} AS r {joins} WHERE {where}"
        for i, one in enumerate(by):
            if one.path and isinstance(types[one.path], Choices):
                sql = f"SELECT * REPLACE (unnest(c{i}) AS c{i}) FROM ({sql})"
        return sql

    def _cell(self, one: By, rows: Rows, columns: Mapping[str, str], types: Mapping[str, Type]) -> str:
        if one.step:
            return "r.day"
        return self.below.cell(rows.place, one.level, self.as_of.places) if one.level else each_of(columns[one.word], types[one.word])

    def _asked(self, pack: Pack, indicator: Indicator, period: Period, of: Of, by: Sequence[By]) -> Cells:
        """All cells in one question."""
        rows = self.selected(pack, indicator, period, of, by)
        cells, keys = zip(*(one.grouped(f"c{i}") for i, one in enumerate(by)), strict=True) if by else ((), ())
        count = "sum(sign)" if rows.signed else "count(*)"
        totals = [*rows.value.totals(rows.signed), f"CAST(coalesce({count}, 0) AS BIGINT)"]
        grouped = f" GROUP BY {', '.join(keys)} HAVING {count} > 0" if keys else ""
        found, unit = self.as_of.rows(f"SELECT {', '.join([*cells, *totals])} FROM ({rows.sql}){grouped}"), factor(pack, indicator)
        parts = [{value: one.part(value, period) for value in {row[i] for row in found}} for i, one in enumerate(by)]
        return {
            tuple(known[value] for known, value in zip(parts, row, strict=False)): _valued(rows.value, row[len(by) : -1], row[-1], unit)
            for row in found
        }

    def _by_time(self, pack: Pack, indicator: Indicator, period: Period, of: Of, by: Sequence[By]) -> Cells:
        """What is asked for at the end of a stretch is asked for each of them."""
        at = next(i for i, one in enumerate(by) if one.step)
        others = [one for one in by if not one.step]
        found: Cells = {}
        for part in period.parts(by[at].step or "year"):
            cells = self.cells(pack, indicator, part, of, others)
            found |= {(*cell[:at], part, *cell[at:]): known for cell, known in cells.items()}
        return found

    # ---- made of other indicators ----------------------------------------------------------------------------------------------

    def _made(self, pack: Pack, indicator: Indicator, period: Period, of: Of, by: Sequence[By]) -> Cells:
        """Of others for the same period and cells; one that does not know a path has the same value in all its cells."""
        names = list(self._composed(pack, indicator).names)
        knowing = {name: [one for one in by if not one.path or _knows(pack, pack.indicators[name], one.path)] for name in names}
        for path in (*of, *paths(by)):
            if not _knows(pack, indicator, path):
                raise InputError(unknown_path(path, indicator, _paths_of(pack, indicator)))
        parts = {name: self.cells(pack, other := pack.indicators[name], period, _known_of(pack, other, of), knowing[name]) for name in names}
        found: Cells = {}
        for cell in _cells_of(parts, knowing, by) | set(_every(by, period)):
            own = {name: tuple(p for p, one in zip(cell, by, strict=True) if one in knowing[name]) for name in names}
            values = {name: parts[name].get(own[name]) or self.nothing(pack, pack.indicators[name]) for name in names}
            found[cell] = self._of_parts(pack, indicator, values)
        return found

    def _of_parts(self, pack: Pack, indicator: Indicator, parts: Mapping[str, Known]) -> Known:
        expression = self._composed(pack, indicator)
        row: dict[str, int | Decimal | None] = {name: fitted(known.value, places_of(pack.indicators[name])) for name, known in parts.items()}
        found = expression.run(row)
        undefined = found is None and (divides_by_zero(expression.tree)(row) or any(known.undefined for known in parts.values()))
        return Known(None if found is None else Fraction(found), sum(known.rows for known in parts.values()), undefined)

    def _composed(self, pack: Pack, indicator: Indicator) -> Expression:
        key = (pack.name, indicator.name)
        if key not in self._expressions:
            self._expressions[key] = parts_of(pack, indicator), None
        return self._expressions[key][0]

    def _read(self, pack: Pack, indicator: Indicator) -> tuple[Expression, Expression | None]:
        """The value and the condition of an indicator over rows."""
        key = (pack.name, indicator.name)
        if key not in self._expressions:
            names = scopes.of_indicator(pack, indicator)
            where = parse(indicator.where, names) if indicator.where else None
            self._expressions[key] = parse(indicator.value, names, aggregates=True), where
        return self._expressions[key]

    def _is_flow(self, pack: Pack, indicator: Indicator) -> bool:
        """Whether its rows are entries of a day each, so that days break it down."""
        return indicator.kind == "flow" and pack.register(indicator.source or "") is None


def _valued(value: Parted, totals: Sequence[Any], rows: int, unit: Fraction) -> Known:
    """A cell from its totals; `unit` is how many of the indicator's unit one of the quantity's is."""
    found, over_zero = value.value(totals)
    exact = None if found is None else Fraction(found) if unit == 1 else Fraction(found) * unit
    return Known(exact, rows, exact is None and over_zero)


def _knows(pack: Pack, indicator: Indicator, path: str) -> bool:
    return path in _paths_of(pack, indicator)


def _paths_of(pack: Pack, indicator: Indicator) -> set[str]:
    """The paths an indicator may be broken down by; of one made of others, those of any of them."""
    if indicator.source is not None:
        return set(scopes.of_indicator(pack, indicator))
    return {path for name in parts_of(pack, indicator).names for path in _paths_of(pack, pack.indicators[name])}


def _known_of(pack: Pack, indicator: Indicator, of: Of) -> Of:
    """What of a breakdown an indicator knows."""
    return {path: wanted for path, wanted in of.items() if _knows(pack, indicator, path)}


def _every(by: Sequence[By], period: Period) -> list[Cell]:
    """The cells that are there whether or not they have rows: the whole, or every stretch of time."""
    if not by:
        return [()]
    return [(part,) for part in period.parts(by[0].step)] if len(by) == 1 and by[0].step else []


def _cells_of(parts: Mapping[str, Cells], knowing: Mapping[str, Sequence[By]], by: Sequence[By]) -> set[Cell]:
    """The cells of all parts that know every dimension."""
    return {cell for name, cells in parts.items() if len(knowing[name]) == len(by) for cell in cells}
