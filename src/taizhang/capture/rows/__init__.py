"""The rows of a file to post: a csv, tsv or jsonl of any length, in any encoding an office writes, streamed.

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
from pathlib import Path
from typing import BinaryIO

from taizhang.capture.load import _of_system, _opened
from taizhang.capture.refusals import Refused, input_error, shown
from taizhang.capture.rows.objects import Objects
from taizhang.capture.rows.problems import RowProblem
from taizhang.capture.rows.reading import on_disk, survey
from taizhang.capture.rows.sheet import Cell, Row, Sheet
from taizhang.capture.rows.table import Table

__all__ = ["Cell", "Row", "RowProblem", "Sheet", "rows"]


def rows(source: str | Path | BinaryIO, name: str | None = None) -> Sheet:
    """The rows of a file, of standard input for `-`, or of a stream (a `name` then says what to call it).

    The whole file is read once before, for the SHA-256 of its bytes and its encoding; what cannot be read twice is kept in a
    temporary file. Raises core.InputError where there is no file to be opened; whatever else is wrong, its problems say.
    """
    said = name or (shown(source) if isinstance(source, (str, Path)) else "-")
    held = ExitStack()
    try:
        return _sheet(source, said, held)
    except BaseException:
        held.close()
        raise


def _sheet(source: str | Path | BinaryIO, name: str, held: ExitStack) -> Sheet:
    try:
        stream = held.enter_context(_opened(source)) if isinstance(source, (str, Path)) else source
        opened = survey(on_disk(stream, held), name, held)
    except Refused as refused:
        raise input_error(name, refused) from None
    except OSError as error:
        raise input_error(name, _of_system(error)) from None
    return (Objects if opened.shape == "objects" else Table)(name, opened, held)
