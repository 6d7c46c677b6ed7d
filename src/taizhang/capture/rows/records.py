"""Lines to the cells of records, as RFC 4180 has them, and what is the matter with each.

A quotation mark that is never closed would take the rest of the file into one cell. A record may therefore span so
many lines and no more, and not at the price of rows that look like rows: then its first line alone is
the bad record, and reading goes on with the line behind it.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator

from taizhang.capture.rows.lines import LONGEST_LINE, Line
from taizhang.capture.rows.marks import MARKED
from taizhang.capture.rows.problems import Trouble

MOST_LINES = 200
"""Lines that one record may span."""
LONGEST_CELL = 32_767
"""Characters of a cell: a spreadsheet holds no more."""
SEPARATORS = (",", "\t", ";")

Record = tuple[list[str], tuple[Trouble, ...], bool]
"""The cells of one record as they stand, quotation marks undone; its troubles; whether a cell may be more than its text."""


def separator_of(head: str) -> str:
    """What separates the cells of this line of heads; what stands in quotation marks does not count."""
    return max(SEPARATORS, key=re.sub(r'"[^"]*"', "", head).count)


class Records:
    """Iterate over the records of a table. Once the heads are known: `width` is how many cells a record has, `marked` is true in a file to mend."""

    def __init__(self, lines: Iterable[Line], separator: str) -> None:
        self._incoming = iter(lines)
        self._again: deque[Line] = deque()
        self._open_ahead = 0
        self._separator = separator
        self._dialect = csv.reader((), delimiter=separator, strict=True).dialect
        self.width = 0
        self.marked = False

    def __iter__(self) -> Iterator[Record]:
        separator = self._separator
        for line in self._lines():
            text, trouble = line
            if '"' in text:
                yield self._quoted(line)
            else:
                yield text.split(separator), (trouble,) if trouble else (), _is_odd(text)

    def _lines(self) -> Iterator[Line]:
        while True:
            while self._again:
                self._open_ahead = max(self._open_ahead - 1, 0)
                yield self._again.popleft()
            line = next(self._incoming, None)
            if line is None:
                return
            yield line

    def _quoted(self, line: Line) -> Record:
        text, trouble = line
        try:
            cells = next(csv.reader((text,), self._dialect))
        except csv.Error:
            return self._across(line)
        return cells, (trouble,) if trouble else (), '="' in text or _is_odd(text)

    def _across(self, first: Line) -> Record:
        """A record that goes on in the next line, or has a quotation mark out of place."""
        used = [first]
        try:
            cells = next(csv.reader(self._feed(used), self._dialect))
        except csv.Error:
            return self._first_alone(used)
        if len(used) > 1 and self._swallows(cells, used):
            return self._first_alone(used)
        return cells, tuple(trouble for _, trouble in used if trouble), True

    def _feed(self, used: list[Line]) -> Iterator[str]:
        """The text of the first line, then of as many more as it takes; those are added to `used`."""
        size = 0
        lines = self._lines()
        text: str | None = used[0][0]
        while text is not None:
            yield text + "\n"
            size += len(text)
            if self._open_ahead or len(used) >= MOST_LINES or size > LONGEST_LINE or not (line := next(lines, None)):
                return
            used.append(line)
            text = line[0]

    def _swallows(self, cells: list[str], used: list[Line]) -> bool:
        """True when the lines within a record are records themselves: in a file to mend they have marks, else as many cells."""
        if self.marked:
            return sum(len(MARKED.findall(text)) for text, _ in used) > 1
        fits = [text.count(self._separator) + 1 == self.width for text, _ in used]
        return self.width > 1 and (all(fits) if len(cells) == self.width else any(fits[1:]))

    def _first_alone(self, used: list[Line]) -> Record:
        """The first line as a bad record. A quotation mark opened before the last line used would end there as well."""
        self._again.extendleft(reversed(used[1:]))
        self._open_ahead = max(self._open_ahead, len(used) - 2)
        text, trouble = used[0]
        told = stray_quote(text, self._separator)
        return text.split(self._separator), (told, trouble) if trouble else (told,), True


def _is_odd(text: str) -> bool:
    """True when a look at each cell is needed."""
    return "'" in text or "\0" in text or "\ufffd" in text or len(text) > LONGEST_CELL


def stray_quote(text: str, separator: str) -> Trouble:
    """Which cell of a line has the quotation mark that is out of place, and why it is."""
    column = at = 0
    while at <= len(text):
        if text.startswith('"', at):
            end = _closing(text, at + 1)
            if end < 0:
                return Trouble("open_quote", column)
            if end < len(text) and text[end] != separator:
                return Trouble("stray_quote", column)
        else:
            end = text.find(separator, at)
        if end < 0:
            break
        column, at = column + 1, end + 1
    sizes = [len(cell) for cell in text.split(separator)]
    return Trouble("long_cell", sizes.index(max(sizes)), (("limit", LONGEST_CELL),))


def _closing(text: str, at: int) -> int:
    """Where the cell goes on behind its closing quotation mark, or -1."""
    while (end := text.find('"', at)) >= 0:
        if not text.startswith('"', end + 1):
            return end + 1
        at = end + 2
    return -1
