"""The file to mend: the rows of a file that could not be taken, as they stood, with what is wrong beside them.

A csv opens in WPS and Excel and changes nothing there: what a spreadsheet would read as a number, a date or a formula is
written as text. Two columns are added. 行号 says which row of which file the row is, so that a mended row is the
same row when it is posted again; 问题 says what was found, what was expected and what to do. For a jsonl a jsonl
is written, with two keys more; a line that is no object stands in a third.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TextIO

from taizhang.capture.rows import Cell, Row, RowProblem, Sheet
from taizhang.capture.rows.cells import guarded
from taizhang.capture.rows.marks import LINE, ORIGIN, TROUBLE, Mark, shape_of
from taizhang.core import Problem

Lang = Literal["zh", "en"]

FOUND_AGAIN = frozenset({"nul", "lost", "many", "headless", "long_cell", "other_encoding"})
"""Reasons that show in the written row, or are settled by a look at it. A row told for any other is told again until it is changed."""


class MendingFile:
    """Write the rows to mend one after the other; `count` is how many there are. Without any there is no file."""

    def __init__(self, path: str | Path, sheet: Sheet, lang: Lang = "zh") -> None:
        self.path, self.count = Path(path), 0
        self._heads, self._lang = sheet.heads, lang
        self._is_table = sheet.suffix == ".csv"
        self._file: TextIO | None = None

    def add(self, row: Row, problems: Iterable[Problem] = ()) -> None:
        """A row and what is wrong with it beside its own problems."""
        told = " ".join(said(problem, self._lang) for problem in (*row.problems, *problems))
        self._file = self._file or self._begun()
        if self._is_table:
            csv.writer(self._file).writerow(map(_clean, self._of_table(row, told)))
        else:
            self._file.write(_json(self._of_object(row, told)) + "\n")
        self.count += 1

    def close(self) -> None:
        """The file is complete."""
        if self._file:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _begun(self) -> TextIO:
        """The file with its heads; for nobody else's eyes, since it holds what the first file holds."""
        encoding = "utf-8-sig" if self._is_table else "utf-8"
        file = open(self.path, "w", encoding=encoding, newline="", opener=_private)  # noqa: SIM115 -- pathlib has no opener
        if self._is_table:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerow(map(_clean, (*self._heads, ORIGIN, TROUBLE)))
        return file

    def _of_table(self, row: Row, told: str) -> list[str]:
        """The cells as they stood, the two columns, and behind them the cells without a head."""
        shape = ""
        if any(problem.reason not in FOUND_AGAIN for problem in row.problems):
            shape = shape_of(self._heads, row.cells, row.beyond)
        values = (str(row.cells.get(head, "")) for head in self._heads)
        return [*values, str(Mark(row.number, row.file, shape)), told, *row.beyond]

    def _of_object(self, row: Row, told: str) -> dict[str, Cell]:
        origin = {ORIGIN: str(Mark(row.number, row.file)), TROUBLE: told}
        return {**row.cells, **origin} if row.line is None else {**origin, LINE: row.line}


def said(problem: Problem, lang: Lang) -> str:
    """A problem for its row: where, without file and row, then what was found, expected, and what to do."""
    where = problem.column if isinstance(problem, RowProblem) else problem.where
    return replace(problem, where=where or ("this row" if lang == "en" else "本行")).line(lang)


def _private(path: str, flags: int) -> int:
    """Open for its owner alone, also where there was a file that others could read."""
    descriptor = os.open(path, flags, 0o600)
    if os.name == "posix":
        os.fchmod(descriptor, 0o600)
    return descriptor


def _clean(text: str) -> str:
    """A text as a cell: no NUL, which no spreadsheet reads, and no line end but the line feed."""
    return guarded(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}"))


def _json(value: Cell) -> str:
    """One line of JSON; decimals digit by digit."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
