"""Tables on a screen: columns by the width of their words, figures at the right, red for what was struck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taizhang.cli.screen import Screen, Segment, Style, cells, fit

GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head; figures stand `right`; one that may be `cut` gives way where the screen is narrow."""

    head: str
    right: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table and how it is set; `below` is a longer text of its own."""

    cells: tuple[str, ...]
    style: Style = "plain"
    below: str = ""


def table(screen: Screen, columns: Sequence[Column], lines: Iterable[Line]) -> None:
    """Show a table; columns in which nothing stands are left out."""
    rows = list(lines)
    used = [i for i in range(len(columns)) if any(row.cells[i] for row in rows)]
    columns = [columns[i] for i in used]
    texts = [[row.cells[i] for i in used] for row in rows]
    widths = _widths([c.head for c in columns], texts, columns, screen.edge)
    screen.row(*_row([c.head for c in columns], columns, widths, "faint"))
    for row, words in zip(rows, texts, strict=True):
        screen.row(*_row(words, columns, widths, row.style))
        if row.below:
            screen.line((row.below, row.style), indent=widths[0] + len(GAP))


def pairs(screen: Screen, rows: Iterable[tuple[str, str]], indent: int = 2) -> None:
    """Names and what they are, one below the other."""
    shown = list(rows)
    width = max((cells(name) for name, _ in shown), default=0)
    for name, value in shown:
        screen.line((name + " " * (width - cells(name)) + GAP, "faint"), value, indent=indent, hang=width + len(GAP))


def _widths(heads: Sequence[str], texts: Sequence[Sequence[str]], columns: Sequence[Column], edge: int | None) -> list[int]:
    widths = [max(map(cells, (head, *(row[i] for row in texts)))) for i, head in enumerate(heads)]
    over = 0 if edge is None else sum(widths) + len(GAP) * (len(widths) - 1) - edge
    for i, column in enumerate(columns):
        if over > 0 and column.cut:
            taken = min(over, max(widths[i] - max(12, cells(column.head)), 0))
            widths[i] -= taken
            over -= taken
    return widths


def _row(words: Sequence[str], columns: Sequence[Column], widths: Sequence[int], style: Style) -> list[Segment]:
    parts = []
    for word, column, width in zip(words, columns, widths, strict=True):
        cut = fit(word, width)
        space = " " * (width - cells(cut))
        parts.append(space + cut if column.right else cut + space)
    return [(GAP.join(parts).rstrip(), style)]
