"""What `read` says to a person: a table of the quantities of each article, each among its words."""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.cli.checked import article_words
from taizhang.cli.numbers import range_words, role_words
from taizhang.cli.screen import Screen, Segment, Style, cells, fit, fit_end
from taizhang.cli.sheet import Sheet, clean
from taizhang.cli.words import say
from taizhang.core import Quantity, Story

WIDE = 140  # the width of a table where nothing else limits it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its widest and narrowest, whether it is set right, and how it looks."""

    name: str
    most: int
    least: int
    right: bool = False
    style: Style = "plain"
    gap: int = 2


COLUMNS = (
    Column("before", 24, 8, right=True, gap=1),
    Column("quantity", 24, 12, right=True, style="mark", gap=1),
    Column("after", 12, 4),
    Column("range", 24, 24, right=True, style="strong"),
    Column("unit", 10, 4),
    Column("role", 16, 8),
    Column("subject", 20, 6),
    Column("place", 14, 4),
    Column("time", 14, 4),
)
SPARED = ("after", "before")  # left out where the screen is narrow: the words around a quantity, but nothing read of it


def show(stories: list[Story], text: str, name: str, screen: Screen, lang: str, verbose: bool = False) -> None:
    """The summary line, then one table for each article."""
    quantities = sum(len(s.quantities) for s in stories)
    counts = say(lang, "articles", n=len(stories)) + say(lang, "list") + say(lang, "quantities", n=quantities) + say(lang, "stop")
    screen.line((say(lang, "file", name=name), "strong"), counts)
    for story in stories:
        screen.gap()
        screen.line((article_words(story.article, lang), "strong"))
        if story.quantities:
            _table(story, text, screen, lang, verbose)
        else:
            screen.line((say(lang, "no quantities"), "faint"), indent=2)


def _table(story: Story, text: str, screen: Screen, lang: str, verbose: bool) -> None:
    sheet = Sheet(text, story.article)
    rows = [_row(q, sheet, lang) for q in story.quantities]
    heads = {c.name: say(lang, f"head {c.name}") for c in COLUMNS}
    widths = _widths([heads, *rows], screen.edge or WIDE)
    screen.row(*((cell, "faint") for cell, _ in _cells(heads, widths)))
    for row, q in zip(rows, story.quantities, strict=True):
        screen.row(*_cells(row, widths))
        if verbose:
            screen.line((" ".join(f"{s}-{e}" for s, e in q.spans), "faint"), indent=4)


def _row(q: Quantity, sheet: Sheet, lang: str) -> dict[str, str]:
    before, _ = sheet.around(q.spans[0], COLUMNS[0].most)
    _, after = sheet.around(q.spans[-1], COLUMNS[2].most)
    values = (before, q.surface, after, range_words(q, lang), q.unit, role_words(q, lang), q.subject, q.place, q.time)
    return {c.name: clean(v or "") for c, v in zip(COLUMNS, values, strict=True)}


def _widths(rows: list[dict[str, str]], room: int) -> dict[Column, int]:
    """The columns shown and their widths: what each needs, up to its most; in a narrow place all give way towards their least."""
    need = {c: min(max(cells(row[c.name]) for row in rows), c.most) for c in COLUMNS}
    for spared in SPARED:
        if _total({c: min(n, c.least) for c, n in need.items()}) > room:
            need = {c: n for c, n in need.items() if c.name != spared}
    slack = sum(max(n - c.least, 0) for c, n in need.items())
    over = min(_total(need) - room, slack)
    if over <= 0:
        return need
    return {c: n - -(-max(n - c.least, 0) * over // slack) for c, n in need.items()}


def _total(widths: dict[Column, int]) -> int:
    return sum(width + c.gap for c, width in widths.items()) - COLUMNS[-1].gap


def _cells(row: dict[str, str], widths: dict[Column, int]) -> list[Segment]:
    out: list[Segment] = []
    for c, width in widths.items():
        cut = (fit_end if c.name == "before" else fit)(row[c.name], width)
        room: Segment = (" " * (width - cells(cut)), "plain")
        out += [room, (cut, c.style)] if c.right else [(cut, c.style), room]
        out.append((" " * c.gap, "plain"))
    return out
