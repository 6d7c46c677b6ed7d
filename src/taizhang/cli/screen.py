"""Lines of styled text for a terminal or a pipe, with East Asian widths right."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal

Style = Literal["plain", "strong", "mark", "contradiction", "query", "note", "faint", "struck"]
Segment = tuple[str, Style]

# Vermilion is for what is contradicted or struck and for nothing else.
TERMINAL: dict[str, str] = {
    "strong": "bold",
    "mark": "bold underline",
    "contradiction": "bold #d7351f",
    "query": "bold",
    "note": "dim",
    "faint": "dim",
    "struck": "#d7351f",
}
MEASURE = 100  # columns of running text; longer lines are hard to follow
CLOSING = "，。、；：！？…）》”’】〉」％‖"
OPENING = "（《“‘【〈「"
WORD = re.compile(rf"[{OPENING}]*(?:[A-Za-z0-9.,%+\-]+|.)[{CLOSING}]*", re.DOTALL)


@lru_cache(maxsize=8192)
def _cell(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """The number of terminal columns a text takes: 2 for 台, 1 for a."""
    return sum(map(_cell, text))


def fit(text: str, width: int) -> str:
    """The text cut to `width` columns, with … where something was left out."""
    if cells(text) <= width:
        return text
    out, left = "", width - 1
    for char in text:
        if (left := left - _cell(char)) < 0:
            break
        out += char
    return out + "…"


def fit_end(text: str, width: int) -> str:
    """As `fit`, keeping the end of the text."""
    return text if cells(text) <= width else fit(text[::-1], width)[::-1]


class Screen:
    """Where the commands write for a person: styled and wrapped on a terminal, plain in a pipe."""

    def __init__(self, print_line: Callable[[Sequence[Segment]], None], edge: int | None) -> None:
        """`edge` is the number of columns, None where lines have no end."""
        self._print = print_line
        self.edge = edge

    @classmethod
    def standard(cls) -> Screen:
        """The screen of standard output."""
        if not (sys.stdout.isatty() or os.environ.get("FORCE_COLOR")):
            return cls(_print_plain, None)
        return cls(_rich_printer(), shutil.get_terminal_size((80, 24)).columns)

    def line(self, *segments: Segment | str, indent: int = 0, hang: int = 0) -> None:
        """One line, wrapped where the screen has an edge; following lines hang by `hang` more columns."""
        row: list[Segment] = [(s, "plain") if isinstance(s, str) else s for s in segments]
        lines = [row] if self.edge is None else wrapped(row, min(self.edge, MEASURE) - indent, hang)
        for n, part in enumerate(lines):
            self._print([(" " * (indent + (hang if n else 0)), "plain"), *part])

    def row(self, *segments: Segment) -> None:
        """One line of a table, never wrapped."""
        self._print(segments)

    def gap(self) -> None:
        """An empty line."""
        self._print([])


def wrapped(row: Sequence[Segment], width: int, hang: int = 0) -> list[list[Segment]]:
    """The segments broken into lines; closing marks stay with the word before them, opening ones with the word after."""
    text = "".join(s for s, _ in row)
    cuts, used = [0], 0
    for word in WORD.finditer(text):
        size = cells(word[0])
        if used and used + size > width:
            cuts.append(word.start())
            used = hang
        used += size
    starts = list(accumulate((len(s) for s, _ in row), initial=0))
    return [_slice(row, starts, lo, hi) for lo, hi in pairwise([*cuts, len(text)])]


def _slice(row: Sequence[Segment], starts: list[int], lo: int, hi: int) -> list[Segment]:
    """The part of a row from the character `lo` to `hi`."""
    out: list[Segment] = []
    i = max(bisect_right(starts, lo) - 1, 0)
    while i < len(row) and starts[i] < hi:
        text, style = row[i]
        out.append((text[max(lo - starts[i], 0) : hi - starts[i]], style))
        i += 1
    return out


def _print_plain(row: Iterable[Segment]) -> None:
    sys.stdout.write("".join(f"【{text}】" if style == "mark" else text for text, style in row).rstrip() + "\n")


def _rich_printer() -> Callable[[Sequence[Segment]], None]:
    """Prints with rich, which knows the colours of this terminal; it is imported for terminals only."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def show(row: Sequence[Segment]) -> None:
        console.print(Text.assemble(*((text, TERMINAL.get(style, "")) for text, style in row)))

    return show
