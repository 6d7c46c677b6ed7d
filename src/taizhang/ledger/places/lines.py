"""The rows of a county's list as statements: this code meant a place of this name, from a day to a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from taizhang.core import Problem
from taizhang.ledger.places.days import iso
from taizhang.ledger.places.names import LONGEST_NAME, plain
from taizhang.ledger.places.problems import both, problem, shown
from taizhang.ledger.places.schemes import LEVEL_OF_LENGTH, SCHEMES, STAT, Scheme, has_form, reduced, scheme_named
from taizhang.ledger.places.sheet import Sheet

Known = Callable[[str], bool]
"""Whether a statistical code is known, in the book or in the list."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be understood. `stat` is the place's statistical code, where told; `parents` column and text, as written."""

    row: int
    scheme: Scheme
    code: str
    name: str
    parents: tuple[tuple[str, str], ...]
    start: str | None
    end: str | None
    stat: str | None


def read_lines(sheet: Sheet, known: Known) -> tuple[list[Line], list[Problem]]:
    """Every row as a line, and every problem of its cells."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for row, cells in sheet.rows:
        found = list(_problems(sheet, row, cells))
        problems += found
        if not found:
            lines.append(_line(row, cells, known))
    return lines, problems


def _line(row: int, cells: dict[str, str], known: Known) -> Line:
    scheme = scheme_named(plain(cells["scheme"]))
    assert scheme is not None
    code = reduced(scheme, plain(cells["code"]), known)
    stat = reduced(STAT, plain(cells["stat"]), known) if "stat" in cells else None
    parents = tuple((column, cells[column]) for column in ("parent", "parent_name") if column in cells)
    start, end = (iso(plain(cells[c])) if c in cells else None for c in ("start", "end"))
    name = unicodedata.normalize("NFC", cells["name"])
    return Line(row, scheme, code, name, parents, start, end, code if scheme is STAT else stat)


def _problems(sheet: Sheet, row: int, cells: dict[str, str]) -> Iterator[Problem]:
    for column in ("scheme", "code", "name"):
        if column not in cells:
            yield problem(sheet.where(row, column), ("没有填写", "nothing is written"), _EXPECTED[column], ("请填写。", "Write it."))
    scheme = scheme_named(plain(cells["scheme"])) if "scheme" in cells else None
    if "scheme" in cells and not scheme:
        yield _not(sheet, row, "scheme", cells["scheme"], ("请写明代码由谁编定。", "Say who gave the code."))
    if scheme and "code" in cells and not _can_be(scheme, cells["code"]):
        yield _not_a_code(sheet, row, "code", cells["code"], scheme)
    if "stat" in cells and not _can_be(STAT, cells["stat"]):
        yield _not_a_code(sheet, row, "stat", cells["stat"], STAT)
    elif scheme is STAT and "stat" in cells and "code" in cells and plain(cells["stat"]) != plain(cells["code"]):
        yield _not(sheet, row, "stat", cells["stat"], ("与“代码”列不一致，请留空。", "It differs from the code: leave it empty."))
    if "name" in cells and not _can_be_name(cells["name"]):
        yield _not(sheet, row, "name", cells["name"], ("请写名称，不写代码或上级。", "Write the name alone, no code and nothing above it."))
    yield from _days(sheet, row, cells)


def _days(sheet: Sheet, row: int, cells: dict[str, str]) -> Iterator[Problem]:
    days = {column: iso(plain(cells[column])) for column in ("start", "end") if column in cells}
    for column, day in days.items():
        if day is None:
            yield _not(
                sheet,
                row,
                column,
                cells[column],
                ("请核对日期，单元格按文本或日期存。", "Check the day; store the cell as a text or a date."),
            )
    start, end = days.get("start"), days.get("end")
    if start and end and end < start:
        do = ("停用日期是通用的最后一天，不早于启用日期。", "It is the last day of use, and not before the first.")
        yield _not(sheet, row, "end", cells["end"], do)


def _can_be(scheme: Scheme, cell: str) -> bool:
    return has_form(scheme, plain(cell))


def _can_be_name(cell: str) -> bool:
    text = plain(cell)
    return 0 < len(text) <= LONGEST_NAME and not text.isdecimal() and not set(text) & set("/:>=\"'<")


_LENGTHS = "、".join(str(n) for n in LEVEL_OF_LENGTH)
_EXPECTED = {
    "scheme": both(" · ".join(f"{s.title} {s.name}" for s in SCHEMES.values())),
    "code": ("代码", "a code"),
    "name": (f"名称，不超过 {LONGEST_NAME} 字", f"a name of at most {LONGEST_NAME} characters"),
    "stat": ("统计用区划代码", "a statistical code"),
    "start": ("日期，如 2023-01-03", "a day such as 2023-01-03"),
    "end": ("日期，如 2023-01-03", "a day such as 2023-01-03"),
}


def _not(sheet: Sheet, row: int, column: str, cell: str, do: tuple[str, str]) -> Problem:
    return problem(sheet.where(row, column), both(f"“{shown(cell)}”"), _EXPECTED[column], do)


def _not_a_code(sheet: Sheet, row: int, column: str, cell: str, scheme: Scheme) -> Problem:
    if not scheme.digits:
        expected = ("不超过 40 字、不含空格和 / : 的代码", "a code of at most 40 characters without space, / or :")
    else:
        expected = (f"{_LENGTHS} 位数字（{scheme.title}）", f"{_LENGTHS} digits ({scheme.name})")
    if "E+" in cell.upper():
        do = (
            "表格软件把代码改成了科学记数：请把该列设为文本后重新填写。",
            "The spreadsheet made a number of it: set the column to text and write it again.",
        )
    else:
        do = ("请核对代码。", "Check the code.")
    return problem(sheet.where(row, column), both(f"“{shown(cell)}”"), expected, do)
