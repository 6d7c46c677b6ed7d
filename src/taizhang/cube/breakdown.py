"""How an answer is broken down: by paths of the indicator, by the places of a level, by days, months, quarters or years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from taizhang.core import STEPS, Period, Step
from taizhang.cube.placing import LEVELS
from taizhang.expressions import Boolean, Choices, Day, Number, Type
from taizhang.expressions.sql import Writer, column_type
from taizhang.ledger.rules.once import key_text
from taizhang.packs.types.numbers import plain

UNKNOWN = ""
"""The cell of what has no value: entries that do not say it, records that are not known."""

Part = str | int | Period
"""One coordinate of a cell: a value of a path as text, the key of a place, a stretch of days."""
Cell = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class By:
    """One dimension of a breakdown: a `path` of the indicator, a `level` of places, or a `step` of time.

    `is_path` settles it where a path is called as a level is: 所在村 of a pack, and the villages of the tree.
    """

    word: str
    is_path: bool = False
    step: Step | None = field(init=False, default=None)
    level: str | None = field(init=False, default=None)
    path: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        step = None if self.is_path else next((step for step in STEPS if step == self.word), None)
        level = self.word if self.word in LEVELS and not self.is_path else None
        told = {"step": step, "level": level, "path": None if step or level else self.word}
        for name, value in told.items():
            object.__setattr__(self, name, value)

    def grouped(self, column: str) -> tuple[str, str]:
        """SQL of the cell of a column of rows, and what to group by: year and month are faster by half than a day made of them."""
        if self.step is None or self.step == "day":
            return column, column
        year, part = f"year({column})", {"quarter": f"quarter({column})", "month": f"month({column})"}.get(self.step, "")
        month = {"quarter": f"3 * {part} - 2", "month": part}.get(self.step, "1")
        return f"make_date({year}, {month}, 1)", f"{year}, {part}" if part else year

    def part(self, value: Any, period: Period) -> Part:
        """The coordinate of a row, from what its column gives."""
        if self.step:
            whole = Period.around(value, self.step)
            return Period(max(whole.first, period.first), min(whole.last, period.last))
        return int(value) if self.level else key_text(value)


def time_of(by: Sequence[By]) -> Step | None:
    """The step of time among the dimensions."""
    return next((one.step for one in by if one.step), None)


def paths(by: Iterable[By]) -> list[str]:
    """The names of the indicator among the dimensions."""
    return [one.path for one in by if one.path]


def each_of(column: str, kind: Type) -> str:
    """SQL of a path's cell; a choice of several counts in each."""
    return f"CASE WHEN len({column}) > 0 THEN {column} ELSE ['{UNKNOWN}'] END" if isinstance(kind, Choices) else column


def is_cell(column: str, kind: Type, wanted: str) -> str:
    """SQL that is true for rows of one cell: as `plainly` compares values, by their canonical texts."""
    if wanted == UNKNOWN:
        return f"coalesce(len({column}), 0) = 0" if isinstance(kind, Choices) else f"{column} IS NULL"
    text = Writer("duckdb").literal(wanted)
    if isinstance(kind, Choices):
        return f"list_contains({column}, {text})"
    if isinstance(kind, Number):
        return f"{column} = CAST({wanted} AS {column_type(kind)})" if _fits(wanted, kind) else "FALSE"
    if isinstance(kind, Day):
        return f"{column} = DATE {text}" if _is_day(wanted) else "FALSE"
    if isinstance(kind, Boolean):
        return f"{column} = {wanted}" if wanted in ("true", "false") else "FALSE"
    return f"{column} = {text}"


def of_cell(by: Sequence[By], cell: Cell) -> tuple[Mapping[str, str], int | None, Period | None]:
    """What a cell tells: the values of its paths, its place, its stretch of days."""
    pairs = list(zip(by, cell, strict=True))
    values = {one.path: str(part) for one, part in pairs if one.path}
    place = next((part for one, part in pairs if one.level and isinstance(part, int)), None)
    return values, place, next((part for part in cell if isinstance(part, Period)), None)


def _fits(wanted: str, kind: Number) -> bool:
    try:
        number = Decimal(wanted)
        return number.is_finite() and plain(number) == wanted and abs(number.scaleb(kind.places)) <= kind.reach
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
