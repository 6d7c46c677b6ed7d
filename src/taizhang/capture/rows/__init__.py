"""The rows of a file to post: a csv, tsv or jsonl of any length, in any encoding an office writes, streamed; or an .xlsx.

    with rows("名单.csv") as sheet:
        for row in sheet:
            uid = row_uid(book, row.file, "", row.number)
            … row.cells, or row.problems …
        … sheet.problems, sheet.notes …

Nothing is lost: every row is given, those that cannot be used with their problems, and `capture.mending_file` writes these
back as a file to mend.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import BinaryIO

from taizhang.capture.rows.objects import Objects
from taizhang.capture.rows.opening import Source, opened
from taizhang.capture.rows.problems import RowProblem
from taizhang.capture.rows.reading import survey
from taizhang.capture.rows.sheet import Cell, Row, Sheet
from taizhang.capture.rows.table import Table
from taizhang.capture.rows.workbook import is_workbook, workbook

__all__ = ["Cell", "Row", "RowProblem", "Sheet", "Source", "rows"]


def rows(source: Source, name: str | None = None) -> Sheet:
    """The rows of a file, of standard input for `-`, or of a stream (a `name` then says what to call it).

    The whole file is read once before, for the SHA-256 of its bytes and its encoding; what cannot be read twice is kept in a
    temporary file. Raises core.InputError where there is no file to be read; whatever else is wrong, its problems say.
    """
    return opened(source, name, _sheet)


def _sheet(stream: BinaryIO, name: str, held: ExitStack) -> Sheet:
    if is_workbook(stream):
        return workbook(stream, name, held)
    found = survey(stream, name, held)
    return (Objects if found.shape == "objects" else Table)(name, found, held)
