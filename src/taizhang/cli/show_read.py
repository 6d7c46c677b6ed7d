"""What `read` says to a person: a table of the figures of each article, each among its words."""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.cli.checked import article_words
from taizhang.cli.numbers import range_words, role_words
from taizhang.cli.screen import Screen, Segment, Style, cells, fit, fit_end
from taizhang.cli.sheet import Sheet, clean
from taizhang.cli.words import say
from taizhang.core import Quantity, Story

GAP = 2
UNWRAPPED = 140  # the width of a table in a pipe


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its widest and narrowest, whether it is set right, and how it looks."""

    name: str
    most: int
    least: int
    right: bool = False
    style: Style = "plain"


COLUMNS = (
    Column("before", 24, 10, right=True),
    Column("figure", 24, 12, right=True, style="figure"),
    Column("after", 12, 6),
    Column("range", 18, 10, right=True, style="strong"),
    Column("unit", 8, 4),
    Column("role", 14, 6),
    Column("subject", 20, 8),
    Column("place", 14, 6),
    Column("time", 14, 6),
)


def show(stories: list[Story], text: str, name: str, screen: Screen, lang: str, verbose: bool = False) -> None:
    """The summary line, then one table for each article."""
    figures = sum(len(s.quantities) for s in stories)
    counts = say(lang, "articles", n=len(stories)) + say(lang, "list") + say(lang, "figures", n=figures) + say(lang, "stop")
    screen.line((say(lang, "file", name=name), "strong"), counts)
    for story in stories:
        screen.gap()
        screen.line((article_words(story.article, lang), "strong"))
        if story.quantities:
            _table(story, text, screen, lang, verbose)
        else:
            screen.line((say(lang, "no figures"), "faint"), indent=2)


def _table(story: Story, text: str, screen: Screen, lang: str, verbose: bool) -> None:
    sheet = Sheet(text, story.article)
    rows = [_row(q, sheet, lang) for q in story.quantities]
    heads = [say(lang, f"head {c.name}") for c in COLUMNS]
    widths = _widths([heads, *rows], screen.width or UNWRAPPED)
    screen.line(*((cell, "faint") for cell, _ in _cells(heads, widths)))
    for row, q in zip(rows, story.quantities, strict=True):
        screen.line(*_cells(row, widths))
        if verbose:
            screen.line((" ".join(f"{s}-{e}" for s, e in q.spans), "faint"), indent=4)


def _row(q: Quantity, sheet: Sheet, lang: str) -> list[str]:
    before, _ = sheet.around(q.spans[0], COLUMNS[0].most)
    _, after = sheet.around(q.spans[-1], COLUMNS[2].most)
    values = (range_words(q, lang), q.unit, role_words(q, lang), q.subject, q.place, q.time)
    return [before, clean(q.surface), after, *(clean(v or "") for v in values)]


def _widths(rows: list[list[str]], room: int) -> list[int]:
    """The width of each column: what it needs, up to its most; in a narrow place all give way towards their least."""
    need = [min(max(cells(row[i]) for row in rows), c.most) for i, c in enumerate(COLUMNS)]
    least = [min(n, c.least) for n, c in zip(need, COLUMNS, strict=True)]
    over = sum(need) + GAP * (len(COLUMNS) - 1) - room
    slack = sum(need) - sum(least)
    if over <= 0 or not slack:
        return need
    return [n - min(n - m, -(-(n - m) * over // slack)) for n, m in zip(need, least, strict=True)]


def _cells(row: list[str], widths: list[int]) -> list[Segment]:
    out: list[Segment] = []
    for value, width, column in zip(row, widths, COLUMNS, strict=True):
        cut = fit_end(value, width) if column.name == "before" else fit(value, width)
        room = " " * (width - cells(cut))
        gap = " " * (1 if column.name in ("before", "figure") else GAP)
        out += [(room, "plain"), (cut, column.style)] if column.right else [(cut, column.style), (room, "plain")]
        out.append((gap, "plain"))
    return out
