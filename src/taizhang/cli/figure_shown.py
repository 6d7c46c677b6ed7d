"""How figures and the entries behind them look."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taizhang.cli.batch import Outcome
from taizhang.cli.book_entries import summary, title
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_values import Shown
from taizhang.cli.figure_words import say

if TYPE_CHECKING:
    from pathlib import Path

    from taizhang.acts.desk import Desk
    from taizhang.cli.book_call import Call
    from taizhang.core import Figure, Question
    from taizhang.cube import Cube
    from taizhang.cube.breakdown import By
    from taizhang.cube.cube import Defined
    from taizhang.cube.tracing import Traced
    from taizhang.packs import Field, Register

_DIGITS = Context(prec=60, rounding=ROUND_HALF_EVEN)
_ENDLESS = 6
"""So many places of a number that never ends, where its indicator does not say."""


@dataclass(frozen=True)
class Told:
    """Says figures of one question."""

    call: Call
    desk: Desk
    one: Defined
    question: Question

    @property
    def shown(self) -> Shown:
        """Values of the book in words."""
        return Shown(self.call, self.desk)

    def head(self) -> str:
        """What was asked: indicator, place, period."""
        words, period = self.call.title(self.one.indicator), self.question.period
        when = period.last if self.one.indicator.kind == "stock" else period
        return say(self.call.lang, "title", title=words, place=self.shown.place(self.question.place), period=when)

    @property
    def by(self) -> list[By]:
        """The dimensions of the breakdown."""
        from taizhang.cube.asking import dimension

        return [dimension(self.one.pack, self.one.indicator, word) for word in self.question.by]

    def heads(self) -> list[str]:
        """The heads of the dimensions."""
        return [self._head(one) for one in self.by]

    def cells(self, figure: Figure) -> list[str]:
        """Where a figure stands in the breakdown, in words."""
        return [self._cell(one, figure) for one in self.by]

    def value(self, figure: Figure) -> str:
        """The figure as it is printed; why there is none."""
        return digits(figure.value, figure.places) if figure.value is not None else say(self.call.lang, figure.state)

    def foot(self, figure: Figure) -> str:
        """By which definition, and as of which entry."""
        pack = self.call.title(self.one.pack)
        return say(self.call.lang, "foot", pack=pack, version=figure.version, as_of=f"{figure.as_of:,}")

    def _head(self, by: By) -> str:
        thing = self._named(by)
        return say(self.call.lang, f"head {by.word}") if by.path is None else self.call.title(thing) if thing else by.word

    def _cell(self, by: By, figure: Figure) -> str:
        if by.step:
            return str(figure.period)
        if by.level:
            return self.shown.place(figure.place)
        value, thing = figure.of[by.word], self._named(by)
        if not value:
            return say(self.call.lang, "not known")
        is_record = thing is not None and (getattr(thing, "of", None) or not hasattr(thing, "of"))  # a register, or a field that points to one
        return self.shown.record(value) if is_record else value

    def _named(self, by: By) -> Field | Register | None:
        from taizhang.cube.asking import named

        return named(self.one.pack, self.one.indicator, by.word)


def figures(call: Call, desk: Desk, one: Defined, cube: Cube, question: Question, to: Path | None) -> Outcome:
    """The answer to a question, as a table, as JSON lines, or into a CSV file."""
    told, found = Told(call, desk, one, question), cube.figures(question)
    if to is not None:
        _write(to, told, found)
        call.screen.line((say(call.lang, "written", path=to), "faint"))
    elif call.as_json:
        for figure in found:
            call.json(_json(call, figure))
    else:
        whole = cube.figure(replace(question, by=())) if question.by else found[0]
        _show(told, found, whole)
    return Outcome.CLEAR


def _show(told: Told, found: Sequence[Figure], whole: Figure) -> None:
    screen, unit = told.call.screen, whole.unit
    screen.line((told.head(), "strong"))
    rows = [Line((*told.cells(figure), told.value(figure), unit)) for figure in found] if told.question.by else []
    last = Line((*_labels(told), told.value(whole), unit), "strong")
    columns = [*(Column(head, cut=True) for head in told.heads()), Column(say(told.call.lang, "head figure"), right=True), Column("")]
    table(screen, columns, [*rows, last])
    for warning in dict.fromkeys(warning for figure in (whole, *found) for warning in figure.warnings):
        screen.line((say(told.call.lang, "warning"), "query"), warning.line(told.call.lang), hang=2)
    screen.line((told.foot(whole), "faint"))


def _labels(told: Told) -> list[str]:
    by = told.question.by
    return [say(told.call.lang, "whole"), *[""] * (len(by) - 1)] if by else []


def entries(call: Call, desk: Desk, one: Defined, question: Question, found: Sequence[Traced], limit: int) -> Outcome:
    """The entries behind a figure, each with what it adds."""
    if call.as_json:
        for row in found:
            uid = row.line.entry.uid if row.line else None
            call.json({"seq": row.seq, "uid": uid, "indicator": row.indicator, "adds": None if row.adds is None else exact(row.adds)})
        return Outcome.CLEAR
    told, shown = Told(call, desk, one, question), Shown(call, desk)
    call.screen.line((told.head(), "strong"))
    heads = [Column(call.tell("head number"), right=True), *(Column(call.tell(f"head {h}"), cut=h == "content") for h in ("day", "place", "title", "content"))]
    table(call.screen, [*heads, Column(say(call.lang, "head adds"), right=True)], [_traced(call, shown, row) for row in found])
    if not found:
        call.screen.line((say(call.lang, "nothing"), "faint"))
    if len({row.seq for row in found}) == limit:
        call.screen.line((say(call.lang, "more", seq=found[-1].seq), "faint"))
    return Outcome.CLEAR


def _traced(call: Call, shown: Shown, row: Traced) -> Line:
    adds = "" if row.adds is None else digits(row.adds, None)
    if row.line is None:
        return Line(("", "", "", "", say(call.lang, "unseen"), adds), "faint")
    one = row.line.entry
    words = summary(shown, one, row.line.opened or None)
    return Line((f"{row.seq:,}", str(one.day), shown.place(one.place), title(shown, one), words, adds))


def digits(value: Fraction, places: int | None) -> str:
    """A number as it is printed: its places, or as many as it has; thousands apart."""
    shown = places if places is not None else _places(value)
    scaled = round(value * 10**shown)
    return f"{Decimal(scaled).scaleb(-shown, _DIGITS):,}"


def exact(value: Fraction) -> str:
    """A number for a program: its digits, or a fraction where they never end."""
    if _places(value) == _ENDLESS and (value * 10**_ENDLESS).denominator != 1:
        return str(value)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _places(value: Fraction) -> int:
    """How many digits after the point it has; a few where they never end."""
    return next((n for n in range(19) if (value * 10**n).denominator == 1), _ENDLESS)


def _json(call: Call, figure: Figure) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "title": figure.title,
        "place": figure.place,
        "period": str(figure.period),
        "of": dict(figure.of),
        "value": None if figure.value is None else exact(figure.value),
        "unit": figure.unit,
        "state": figure.state,
        "version": figure.version,
        "as_of": figure.as_of,
        "warnings": [call.problem(warning) for warning in figure.warnings],
    }


def _write(to: Path, told: Told, found: Sequence[Figure]) -> None:
    """A table that a spreadsheet opens: one row for each figure; where there is none, why."""
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*told.heads(), told.call.title(told.one.indicator), say(told.call.lang, "head unit")])
        for figure in found:
            value = say(told.call.lang, figure.state) if figure.value is None else exact(figure.value)
            rows.writerow([*told.cells(figure), value, figure.unit])
