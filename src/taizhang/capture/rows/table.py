"""Rows of a csv or tsv: records under their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack

from taizhang.capture.rows.cells import taken
from taizhang.capture.rows.columns import Columns, columns_of
from taizhang.capture.rows.marks import Origins, shape_of
from taizhang.capture.rows.problems import RowProblem, Trouble, place, problem
from taizhang.capture.rows.reading import Opened
from taizhang.capture.rows.records import LONGEST_CELL, Record, Records, separator_of
from taizhang.capture.rows.sheet import Row, Sheet

_ENDS_UNKNOWN = frozenset({"open_quote", "stray_quote", "long", "long_cell"})
"""Troubles of rows whose cells are not counted, for nobody knows where they end."""


class Table(Sheet):
    """The rows of a table; `heads` are its heads in order, without those of a file to mend."""

    suffix = ".csv"

    def __init__(self, name: str, opened: Opened, held: ExitStack) -> None:
        super().__init__(name, opened, held)
        self._columns, self._separator = Columns(), ","
        if not opened.reason:
            self._read_heads()
        self.heads = self._columns.heads

    def _read_heads(self) -> None:
        first = next((text for text, trouble in self._lines() if text.strip() or trouble), "")
        self._separator = separator_of(first)
        at, (cells, troubles, _) = next(_filled(enumerate(Records(self._lines(), self._separator), 1)), (0, ([], (), False)))
        self._columns = columns_of(cells)
        self._of_heads = [self._told(at, trouble) for trouble in (*troubles, *self._columns.troubles)]

    def _read(self) -> Iterator[Row]:
        records = Records(self._lines(), self._separator)
        numbered = enumerate(records, 1)
        self._pass_heads(numbered)
        origins = Origins(self.file)
        heads, file = self.heads, self.file
        width = records.width = len(self._columns.names)
        records.marked = self._columns.origin >= 0
        plain = len(heads) == width
        for at, record in numbered:
            cells, troubles, odd = record
            if not cells[0].strip() and _is_blank(record):
                self._note("blank_rows", at)
            elif plain and not odd and not troubles and len(cells) == width:
                yield Row(at, dict(zip(heads, cells, strict=True)), file, at)
            else:
                yield self._row(at, record, origins)

    def _pass_heads(self, numbered: Iterator[tuple[int, Record]]) -> None:
        """Go on behind the heads."""
        at, _ = next(_filled(numbered), (0, None))
        for i in self._columns.wide:
            name = self._columns.names[i] or ""
            self._note("wide_head", at, i, name)

    def _row(self, at: int, record: Record, origins: Origins) -> Row:
        """A row that is not plain: in a file to mend, with troubles, with cells that are more than their text, too many or few."""
        raw, troubles, _ = record
        texts = [self._taken(at, i, cell) for i, cell in enumerate(raw)]
        cells, beyond = self._placed(texts)
        mark, wrong = origins.of(at, self._text(texts, self._columns.origin), self._columns.origin)
        told = [*troubles, *self._damaged(texts), *self._misfits(texts, troubles), *([wrong] if wrong else [])]
        if mark.shape and not told and mark.shape == shape_of(self.heads, cells, beyond) and self._text(texts, self._columns.trouble):
            told.append(Trouble("unchanged"))
        return Row(mark.number, cells, mark.file, at, tuple(self._told(at, trouble) for trouble in dict.fromkeys(told)), beyond)

    def _taken(self, at: int, index: int, cell: str) -> str:
        text, how = taken(cell)
        if how and self._columns.origin < 0:  # a file to mend is written so by us: nobody need be told
            self._note(how, at, index, self._name(index))
        return text

    def _placed(self, texts: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """The texts by head, and those that have none."""
        named = enumerate(zip(self._columns.names, texts, strict=False))
        cells = {name: text for i, (name, text) in named if name is not None and not self._is_ours(i)}
        return cells, tuple(text for i, text in enumerate(texts) if not self._name(i) and text.strip())

    def _misfits(self, texts: list[str], troubles: tuple[Trouble, ...]) -> Iterator[Trouble]:
        """Cells that are missing, and cells without a head."""
        if not _ENDS_UNKNOWN.isdisjoint(trouble.reason for trouble in troubles):
            return
        width = len(self._columns.names)
        if len(texts) < width:
            yield Trouble("few", None, (("found", len(texts)), ("wanted", width)))
        if any(text.strip() for text in texts[width:]):
            yield Trouble("many", None, (("found", len(texts)), ("wanted", width)))
        for i, text in enumerate(texts[:width]):
            if self._columns.names[i] is None and text.strip():
                yield Trouble("headless", i)

    def _damaged(self, texts: list[str]) -> Iterator[Trouble]:
        for i, text in enumerate(texts):
            if self._is_ours(i):
                continue
            if "\0" in text:
                yield Trouble("nul", i)
            if "\ufffd" in text:
                yield Trouble("lost", i)
            if len(text) > LONGEST_CELL:
                yield Trouble("long_cell", i, (("limit", LONGEST_CELL),))

    def _is_ours(self, index: int) -> bool:
        """True for the two columns of a file to mend."""
        return index in (self._columns.origin, self._columns.trouble)

    def _told(self, at: int, trouble: Trouble) -> RowProblem:
        name = "" if trouble.column is None else self._name(trouble.column)
        return problem(place(self.name, at, trouble.column, name), trouble.reason, at, name, trouble.facts)

    def _name(self, index: int) -> str:
        names = self._columns.names
        return (names[index] if 0 <= index < len(names) else None) or ""

    @staticmethod
    def _text(texts: list[str], index: int) -> str:
        return texts[index].strip() if 0 <= index < len(texts) else ""


def _filled(numbered: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    return ((at, record) for at, record in numbered if not _is_blank(record))


def _is_blank(record: Record) -> bool:
    """Nothing there, and nothing wrong with it."""
    cells, troubles, _ = record
    return not troubles and not "".join(cells).strip()
