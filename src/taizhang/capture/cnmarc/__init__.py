"""CNMARC files (.iso, .mrc) to the rows of the library's registers: one for each book, one for each copy with a barcode.

    with rows("馆藏.iso", "book") as sheet: …
    with rows("馆藏.iso", "copy") as sheet: …

A sheet is that of `capture.rows`. A row's `at` is the number of its record, its `number` 1,000 times that and, for copies,
1, 2, 3 … more, so that a book and its copies have ids of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import BinaryIO, Literal

from taizhang.capture.cnmarc import mapping
from taizhang.capture.cnmarc.iso2709 import LONGEST_RECORD, Record, is_iso2709, records
from taizhang.capture.rows.opening import Source, opened
from taizhang.capture.rows.problems import RowProblem, Trouble, place, problem
from taizhang.capture.rows.reading import Opened, digest
from taizhang.capture.rows.sheet import Row, Sheet

__all__ = ["MOST_COPIES", "Catalogue", "Register", "rows"]

Register = Literal["book", "copy"]

MOST_COPIES = 999
"""Copies of one record."""


def rows(source: Source, register: Register, name: str | None = None, fixed: Mapping[str, str] | None = None) -> Catalogue:
    """The rows of a CNMARC file in a register; `fixed` are values by head that no record says, such as 外借类型.

    Raises core.InputError where there is no file to be read; whatever else is wrong, its problems say.
    """
    return opened(source, name, lambda stream, said, held: Catalogue(said, _survey(stream), held, register, fixed or {}))


def _survey(stream: BinaryIO) -> Opened:
    file, size = digest(stream)
    head = stream.read(LONGEST_RECORD)
    stream.seek(0)
    if not is_iso2709(head):
        return Opened(stream, file, size, "utf-8", "", "table", "not_marc" if head.strip() else "empty")
    first = next(records(stream), None)
    return Opened(stream, file, size, "utf-8", first.encoding if first else "", "table")


class Catalogue(Sheet):
    """The rows of one register; written back as a csv to mend."""

    suffix = ".csv"

    def __init__(self, name: str, found: Opened, held: ExitStack, register: Register, fixed: Mapping[str, str]) -> None:
        super().__init__(name, found, held)
        self._register, self._fixed = register, dict(fixed)
        self.heads = (*mapping.heads(register), *fixed)

    def _read(self) -> Iterator[Row]:
        self._opened.stream.seek(0)
        for record in records(self._opened.stream):
            self._without_rows = False  # books without barcodes make no copies, and nothing is wrong with that
            for note in record.notes:
                self._note(note, record.number)
            yield from self._rows(record)

    def _rows(self, record: Record) -> Iterator[Row]:
        first = record.number * (MOST_COPIES + 1)
        copies = mapping.barcodes(record, self._register)
        if record.troubles:
            yield self._row(record, first, {}, list(record.troubles))
        elif copies is None:
            yield self._row(record, first, *self._cells(record))
        elif not copies:
            self._note("marc_no_copies", record.number)
        else:
            for i, barcode in enumerate(copies[:MOST_COPIES], 1):
                yield self._row(record, first + i, *self._cells(record, barcode))
            if len(copies) > MOST_COPIES:
                facts = (("found", len(copies)), ("limit", MOST_COPIES))
                yield self._row(record, first, {}, [Trouble("marc_many", None, facts)])

    def _cells(self, record: Record, barcode: str | None = None) -> tuple[dict[str, str], list[Trouble]]:
        cells, unread = mapping.cells(record, self._register, barcode)
        troubles = []
        for head, reason in unread:
            if reason in mapping.NOTES:
                self._note(reason, record.number, None, head)
            else:
                troubles.append(Trouble(reason, self.heads.index(head)))
        return {**cells, **self._fixed}, troubles

    def _row(self, record: Record, number: int, cells: dict[str, str], troubles: list[Trouble]) -> Row:
        return Row(number, cells, self.file, record.number, tuple(self._told(record.number, trouble) for trouble in troubles))

    def _told(self, at: int, trouble: Trouble) -> RowProblem:
        head = "" if trouble.column is None else self.heads[trouble.column]
        return problem(place(self.name, at, None, head), trouble.reason, at, head, trouble.facts)
