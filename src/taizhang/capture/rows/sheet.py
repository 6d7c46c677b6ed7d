"""The rows of one file to post: what a row is, and what the tables and the objects of a file have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from os import SEEK_END
from types import TracebackType
from typing import NamedTuple, Self

from taizhang.capture.rows.lines import Line, lines
from taizhang.capture.rows.problems import RowProblem, place, problem
from taizhang.capture.rows.reading import Opened

Cell = object
"""A text of a table; of jsonl a text, int, Decimal, bool, None, list or dict."""


class Row(NamedTuple):
    """One row.

    `file` and `number` name it for good: the SHA-256 of the file it first stood in and its row there, as a spreadsheet
    counts them (the line, in jsonl). `at` is its row in this file: another one in a file that was sent back to mend.
    `cells` are by head, in the order of the heads. A row with `problems` is not to be posted. `beyond` are cells of a
    table without a head of their own; `line` is a line of jsonl that is no object, None for one that is.
    """

    number: int
    cells: Mapping[str, Cell]
    file: str
    at: int
    problems: tuple[RowProblem, ...] = ()
    beyond: tuple[str, ...] = ()
    line: str | None = None


class Spot(NamedTuple):
    """A row, and the words for the place in it."""

    row: int
    where: str


class Sheet(ABC):
    """The rows of a file, to be iterated over as often as one likes.

    `file` is the SHA-256 of its bytes, `size` their number, `encoding` how they are written. `problems` are about the
    file as a whole: while there are any, none of its rows is to be posted. `notes` tell what was read otherwise than it
    stands; nothing need be done. Both are complete when an iteration is.
    """

    heads: tuple[str, ...] = ()
    suffix = ""

    def __init__(self, name: str, opened: Opened, held: ExitStack) -> None:
        self.name, self.file, self.size, self.encoding = name, opened.file, opened.size, opened.written
        self._opened, self._held = opened, held
        self._length = opened.stream.seek(0, SEEK_END)
        self._line_ends: set[str] = set()
        self._notes: dict[tuple[str, str], tuple[int, Spot]] = {}
        self._of_heads: list[RowProblem] = []
        self._without_rows = False

    @abstractmethod
    def _read(self) -> Iterator[Row]:
        """The rows from the start of the file."""

    def __iter__(self) -> Iterator[Row]:
        if self._opened.reason:
            return
        self._notes, self._without_rows = {}, True
        for row in self._read():
            self._without_rows = False
            yield row

    @property
    def done(self) -> tuple[int, int]:
        """How far the reading has come: bytes behind us, and bytes in all."""
        return self._opened.stream.tell(), self._length

    @property
    def problems(self) -> list[RowProblem]:
        """What is wrong with the file as a whole."""
        told = [problem(self.name, self._opened.reason)] if self._opened.reason else []
        bare = [problem(self.name, "head_only" if self.heads else "empty")] if self._without_rows else []
        return [*told, *self._of_heads, *bare]

    @property
    def notes(self) -> list[RowProblem]:
        """What was read otherwise than it stands: one for each kind and column, at the first place of it."""
        told = [
            problem(first.where, reason, first.row, head, (("count", count), ("head", head)))
            for (reason, head), (count, first) in self._notes.items()
        ]
        if len(self._line_ends) > 1:
            told.append(problem(self.name, "line_ends", facts=(("kinds", "、".join(sorted(self._line_ends))),)))
        return told

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _note(self, reason: str, at: int, index: int | None = None, head: str = "") -> None:
        """Count one more of these, here."""
        count, first = self._notes.get((reason, head), (0, Spot(at, place(self.name, at, index, head))))
        self._notes[reason, head] = (count + 1, first)

    def _lines(self) -> Iterator[Line]:
        """The lines from the start of the file."""
        self._opened.stream.seek(0)
        self._line_ends.clear()
        return lines(self._opened.stream, self._opened.encoding, self._line_ends)
