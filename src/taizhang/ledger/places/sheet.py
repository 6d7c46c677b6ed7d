"""A county's list of places as a sheet: heads in Chinese or English, and the cells under them as they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from taizhang.core import Problem
from taizhang.ledger.places.decoding import decoded
from taizhang.ledger.places.names import plain
from taizhang.ledger.places.problems import Pair, both, listed, problem, shown

LARGEST = 100_000_000  # bytes
LONGEST_CELL = 200

COLUMNS: dict[str, tuple[str, ...]] = {
    "scheme": ("代码类别", "编码类别", "类别", "scheme"),
    "code": ("代码", "区划代码", "编码", "code"),
    "name": ("名称", "区划名称", "地名", "name"),
    "parent": ("上级代码", "上级", "上级区划", "parent_code", "parent"),
    "parent_name": ("上级名称", "parent_name", "parent_path"),
    "start": ("启用日期", "生效日期", "valid_from"),
    "end": ("停用日期", "失效日期", "valid_to"),
    "stat": ("统计代码", "统计用区划代码", "stat_code"),
}
NEEDED = ("scheme", "code", "name")
_COLUMN_OF = {title: column for column, titles in COLUMNS.items() for title in titles}
_SEPARATORS = ",\t;"


@dataclass(slots=True)
class Sheet:
    """The rows with their numbers as a sheet counts them (the heads are row 1), each a text by column."""

    file: str
    heads: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def where(self, row: int, column: str) -> str:
        """A cell as one finds it: villages.csv:3 代码."""
        return f"{self.file}:{row} {self.heads.get(column, COLUMNS[column][0])}"


def read_sheet(path: Path) -> tuple[Sheet, list[Problem]]:
    """The sheet, and all that is wrong with its form."""
    sheet = Sheet(shown(path.name))
    try:
        too_large = path.stat().st_size > LARGEST
        data = b"" if too_large else path.read_bytes()
    except OSError as error:
        return sheet, [_unreadable(sheet.file, error.strerror or "")]
    if too_large:
        return sheet, [_large(sheet.file)]
    text, problems = decoded(sheet.file, data)
    return sheet, problems or list(_fill(sheet, text))


def _fill(sheet: Sheet, text: str) -> Iterator[Problem]:
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=head.count), strict=True)
    columns: list[str | None] = []
    row = 0
    try:
        for row, cells in enumerate(reader, 1):
            if row == 1:
                columns, problems = _heads(sheet, cells)
                yield from problems
                if problems:
                    return
            elif any(cell.strip() for cell in cells):
                yield from _row(sheet, row, cells, columns)
    except csv.Error as error:
        yield problem(
            f"{sheet.file}:{row + 1}",
            (f"表格写法有误（{error}），其后各行未读", f"the table is malformed ({error}); what follows was not read"),
            ("每行一条，引号成对", "one place a row, quotation marks in pairs"),
            ("请改正引号，或用表格软件另存。", "Mend the quotation marks, or save it anew from a spreadsheet."),
        )
    if not sheet.rows:
        yield _says(sheet.file, ("名单没有内容", "the list is empty"), ("至少一处地点", "one place at least"))


def _row(sheet: Sheet, row: int, cells: list[str], columns: list[str | None]) -> Iterator[Problem]:
    values: dict[str, str] = {}
    for i, raw in enumerate(cells):
        cell, column = raw.strip(), columns[i] if i < len(columns) else None
        if not cell:
            continue
        if column is None:
            yield _beyond(f"{sheet.file}:{row}", cell)
        elif len(cell) > LONGEST_CELL or not cell.isprintable():
            yield _not_a_cell(sheet.where(row, column), cell)
        else:
            values[column] = cell
    sheet.rows.append((row, values))


def _heads(sheet: Sheet, cells: list[str]) -> tuple[list[str | None], list[Problem]]:
    """The column of each head, and what is wrong with the heads."""
    columns: list[str | None] = []
    problems: list[Problem] = []
    for cell in cells:
        title = plain(cell)
        column = _COLUMN_OF.get(title) or _COLUMN_OF.get(title.lower())
        if title and column is None:
            problems.append(_unknown_head(sheet.file, title))
        elif column and column in sheet.heads:
            problems.append(_twice(sheet, column, title))
        elif column:
            sheet.heads[column] = title
        columns.append(column)
    return columns, problems + [_missing(sheet.file, column) for column in NEEDED if column not in sheet.heads]


def _unknown_head(file: str, title: str) -> Problem:
    near = get_close_matches(title[:60], _COLUMN_OF, n=1, cutoff=0.6)
    titles = listed([f"{names[0]} {names[-1]}" for names in COLUMNS.values()], len(COLUMNS))
    do = (
        (f"是否应为 {near[0]}？", f"Did you mean {near[0]}?") if near else ("请改列名，或删去本列。", "Rename the column, or leave it out.")
    )
    return problem(f"{file}:1 {shown(title)}", ("没有这一列", "there is no such column"), both(titles), do)


def _twice(sheet: Sheet, column: str, title: str) -> Problem:
    other = sheet.heads[column]
    return _says(
        f"{sheet.file}:1", (f"“{other}”与“{title}”是同一列", f"{other} and {title} are one column"), ("每列一次", "each column once")
    )


def _missing(file: str, column: str) -> Problem:
    titles = COLUMNS[column]
    return _says(f"{file}:1", (f"缺少“{titles[0]}”列", f"there is no column {titles[-1]}"), both(listed(titles)))


def _says(where: str, found: Pair, expected: Pair) -> Problem:
    return problem(where, found, expected, ("请改正表头或内容。", "Mend the heads or the rows."))


def _beyond(where: str, cell: str) -> Problem:
    return problem(
        where,
        (f"“{shown(cell)}”不在任何列下", f"“{shown(cell)}” stands under no head"),
        ("格数不多于表头", "no more cells than heads"),
        ("请核对逗号；内容含逗号时加引号。", "Check the commas; put what has one within quotation marks."),
    )


def _not_a_cell(where: str, cell: str) -> Problem:
    return problem(
        where,
        (f"“{shown(cell)}”过长或含有换行等不可见字符", f"“{shown(cell)}” is too long, or has line breaks or other unseen characters"),
        (f"一行不超过 {LONGEST_CELL} 字", f"one line of at most {LONGEST_CELL} characters"),
        ("请核对引号是否成对。", "Check that quotation marks are in pairs."),
    )


def _unreadable(file: str, reason: str) -> Problem:
    found = (f"文件打不开（{reason}）", f"the file cannot be opened ({reason})")
    return problem(file, found, ("CSV 文件", "a CSV file"), ("请核对路径。", "Check its path."))


def _large(file: str) -> Problem:
    return problem(
        file,
        ("文件过大", "the file is too large"),
        (f"不超过 {LARGEST // 1_000_000} MB", f"at most {LARGEST // 1_000_000} MB"),
        ("请分成几个文件。", "Split it."),
    )
