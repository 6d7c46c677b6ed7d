"""Somebody else's table: its rows with the number each adds to their figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from taizhang.capture.rows import rows as rows_of_file
from taizhang.core import InputError, Problem
from taizhang.packs.problems import nearest
from taizhang.packs.types import number
from taizhang.packs.types.numbers import NUMBER, SCALES

_TOTALS = frozenset(["合计", "总计", "小计", "总数", "共计", "计", "total", "sum"])
_TAIL = re.compile(rf"({'|'.join(SCALES)})?(\D*)")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of the file: `number` as a spreadsheet counts it, its cells, what it adds; `unit` and `step` as the cell says them.

    `step` is half a unit of the last printed digit: what the printed number may be off the exact one.
    """

    number: int
    cells: Mapping[str, str]
    value: Fraction
    unit: str = ""
    step: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that count for its figure, its heads, and what was not counted: totals, cells that hold no number."""

    name: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def total(self) -> Fraction:
        """What the file's rows add up to."""
        return sum((line.value for line in self.lines), Fraction(0))


def read(file: str | Path, column: str | None, choose: Callable[[tuple[str, ...]], str | None]) -> Table:
    """The table of a file, by a column, else by the one that `choose` finds among its heads; where that is None each row is one.

    InputError where there is no such file or column.
    """
    with rows_of_file(str(file)) as sheet:
        raw = [(row.at, {head: _text(cell) for head, cell in row.cells.items()}, row.problems) for row in sheet]
        if sheet.problems:
            raise InputError(sheet.problems[0])
        name, heads = sheet.name, tuple(sheet.heads or dict.fromkeys(head for _, cells, _ in raw for head in cells))
    if column is not None and column not in heads:
        raise InputError(_no_column(name, column, heads))
    used = column or choose(heads)
    lines, notes = list[Line](), list[Problem]()
    for at, cells, problems in raw:
        found = _line(name, at, cells, used)
        notes += problems
        notes += [found] if isinstance(found, Problem) else []
        lines += [found] if isinstance(found, Line) else []
    return Table(name, heads, tuple(lines), tuple(notes))


def _line(name: str, at: int, cells: Mapping[str, str], column: str | None) -> Line | Problem | None:
    if any("".join(cell.split()).casefold() in _TOTALS for cell in cells.values()):
        return _is_total(name, at)
    if column is None:
        return Line(at, cells, Fraction(1))
    said = "".join(cells.get(column, "").split())
    if not said:
        return _nothing(name, at, column)
    read_ = _number(said)
    return _no_number(name, at, column, said) if read_ is None else Line(at, cells, *read_)


def _number(said: str) -> tuple[Fraction, str, Fraction] | None:
    """A number with what stands behind it, and half a unit of its last digit."""
    found = NUMBER.fullmatch(said.replace("，", ","))
    if not found:
        return None
    tail = _TAIL.fullmatch(found[4])
    scale, unit = (tail[1] or "", tail[2]) if tail else ("", found[4])
    value = number(said.replace("，", ",").removesuffix(unit), None)
    step = Fraction(SCALES.get(scale, 1), 2 * 10 ** len(found[3] or "")) if scale or found[3] else Fraction(0)
    return (value, unit, step) if isinstance(value, Fraction) else None


def _text(cell: object) -> str:
    return "" if cell is None else "、".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def _no_column(name: str, column: str, heads: Iterable[str]) -> Problem:
    known = list(heads)
    near = nearest(column, known)
    do = (f"是否应为“{near}”？", f"Did you mean “{near}”?") if near else ("请用其中一列。", "Use one of them.")
    return Problem(name, f"没有“{column}”这一列", "、".join(known), do[0], f"no column “{column}”", ", ".join(known), do[1])


def _is_total(name: str, at: int) -> Problem:
    do = ("不必改。", "Nothing need be done.")
    found = ("这一行是合计，没有再加进去", "this row is a total and was not added again")
    return Problem(f"{name} 第{at}行", found[0], "各行", do[0], found[1], "single rows", do[1])


def _nothing(name: str, at: int, column: str) -> Problem:
    found = (f"“{column}”是空的，没有当作 0", f"“{column}” is empty, and was not taken for 0")
    do = ("知道就请填上。", "Fill it in where it is known.")
    return Problem(f"{name} 第{at}行", found[0], "一个数", do[0], found[1], "a number", do[1])


def _no_number(name: str, at: int, column: str, said: str) -> Problem:
    found = (f"“{column}”写作“{said[:20]}”，不是数，没有计入", f"“{column}” says “{said[:20]}”, which is no number")
    do = ("请改写。", "Write it anew.")
    return Problem(f"{name} 第{at}行", found[0], "一个数", do[0], found[1], "a number", do[1])
