"""The table after an article: how each of its quantities was read, for paper, for touch, for the keyboard and for a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from taizhang.cli.numbers import range_words, role_words
from taizhang.cli.report.tongue import chinese, mixed
from taizhang.cli.sheet import clean
from taizhang.cli.words import say
from taizhang.core import Quantity

COLUMNS = ("quantity", "range", "unit", "role", "subject", "place", "time")
OURS = ("range", "role")  # columns in the language of the report; the others are words of the text


def readings(quantities: tuple[Quantity, ...], link: Callable[[int], str | None], lang: str) -> str:
    """One row for each quantity, its words linked to where `link` says they stand.

    On a screen the table opens with its summary; it stands beside that and not in it, so that paper shows it always.
    """
    if not quantities:
        return ""
    heads = "".join(f'<th scope="col" class="{c}">{escape(say(lang, f"head {c}"))}</th>' for c in COLUMNS)
    rows = "\n".join(_row(q, link(n), lang) for n, q in enumerate(quantities))
    summary = escape(say(lang, "readings", n=len(quantities)))
    return (
        f'<details class="readings"><summary>{summary}</summary></details>\n'
        f'<table class="readings"><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>'
    )


def quantity_words(q: Quantity, lang: str) -> str:
    """A quantity's reading on one line: 读作 ≥40万 ＜50万 件 · 速率·每日 · 货物 · 邵东 · 目前."""
    value = say(lang, "reads", value=range_words(q, lang) + (f" {q.unit}" if q.unit else ""))
    return " · ".join(clean(x) for x in (value, role_words(q, lang), q.subject, q.place, q.time) if x)


def _row(q: Quantity, anchor: str | None, lang: str) -> str:
    values = (q.surface, range_words(q, lang), q.unit, role_words(q, lang), q.subject, q.place, q.time)
    cells = [mixed(clean(value or ""), lang if c in OURS else "zh") for c, value in zip(COLUMNS, values, strict=True)]
    if anchor:
        cells[0] = f'<a href="#{anchor}">{cells[0]}</a>'
    marks = ["" if c in OURS else chinese(lang) for c in COLUMNS]
    first = f'<th scope="row" class="{COLUMNS[0]}"{marks[0]}>{cells[0]}</th>'
    return f"<tr>{first}" + "".join(f'<td class="{c}"{m}>{v}</td>' for c, m, v in list(zip(COLUMNS, marks, cells, strict=True))[1:]) + "</tr>"
