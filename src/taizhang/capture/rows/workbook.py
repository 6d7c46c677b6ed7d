"""Rows of the first sheet of an .xlsx: written as a table of texts, row for row, and read as one."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from typing import BinaryIO, TextIO

from taizhang.capture.refusals import Refused
from taizhang.capture.rows.problems import RowProblem, problem
from taizhang.capture.rows.reading import Opened, digest, temporary
from taizhang.capture.rows.table import Table
from taizhang.capture.rows.xlsx import BROKEN, Found, is_workbook, sheet

__all__ = ["Workbook", "is_workbook", "workbook"]

MOST_FAULTS = 20


def workbook(stream: BinaryIO, name: str, held: ExitStack) -> Workbook:
    """The rows of the first sheet that is shown; what is wrong with the workbook, its problems say."""
    file, size = digest(stream)
    found, reason = Found(), None
    plain = held.enter_context(temporary())
    try:
        _write(stream, plain, found)
    except Refused as refused:
        reason = refused.reason if refused.reason in ("not_table",) else "workbook_unread"
    except BROKEN:
        reason = "workbook_unread"
    plain.seek(0)
    return Workbook(name, Opened(plain, file, size, "utf-8", "xlsx", "table", reason), held, found)


def _write(stream: BinaryIO, plain: BinaryIO, found: Found) -> None:
    """A line for each row of the sheet, an empty one where it has none, so that rows keep their numbers."""
    text = io.TextIOWrapper(plain, encoding="utf-8", newline="", write_through=True)
    try:
        _write_rows(stream, text, found)
    finally:
        text.detach()


def _write_rows(stream: BinaryIO, text: TextIO, found: Found) -> None:
    writer, before, width = csv.writer(text, lineterminator="\n"), 0, 0
    for said, cells in sheet(stream, found):
        number = max(said, before + 1)
        text.write("\n" * (number - before - 1))
        width = max(width, len(cells))
        clean = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
        writer.writerow([*clean, *[""] * (width - len(cells))] if width > 1 else clean)
        before = number


class Workbook(Table):
    """The rows of a sheet; merged cells and cells without a value are problems of the file, hidden rows and other sheets are notes."""

    def __init__(self, name: str, opened: Opened, held: ExitStack, found: Found) -> None:
        self._found = found
        super().__init__(name, opened, held)

    @property
    def problems(self) -> list[RowProblem]:
        """What is wrong with the file as a whole."""
        return [*super().problems, *self._merged(), *self._faults()]

    @property
    def notes(self) -> list[RowProblem]:
        """What was read otherwise than it stands."""
        told = super().notes
        if hidden := self._found.hidden:
            told.append(problem(self.name, "hidden_rows", hidden[0], facts=(("count", len(hidden)), ("first", hidden[0]))))
        if self._found.others:
            told.append(problem(self.name, "other_sheets", facts=(("name", self._found.name), ("count", self._found.others))))
        return told

    def _merged(self) -> list[RowProblem]:
        if not (merged := self._found.merged):
            return []
        return [problem(self.name, "merged", facts=(("count", len(merged)), ("first", merged[0])))]

    def _faults(self) -> list[RowProblem]:
        return [problem(f"{self.name}:{column}{row}", reason, row) for reason, row, column in self._found.faults[:MOST_FAULTS]]
