"""Why two figures differ that are no sum of rows of the same kind: one thing after the other is made that of A.

Each step asks the book one more figure, so the amounts sum to the whole difference; no rows are told apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.nouns import Cause, Kind
from taizhang.core import Question

Value = Callable[[Asked], Fraction | None]
_STEPS: tuple[tuple[Kind, Callable[[Question, Question], Question]], ...] = (
    ("period", lambda q, a: replace(q, period=a.period)),
    ("place", lambda q, a: replace(q, place=a.place)),
    ("cell", lambda q, a: replace(q, of=a.of)),
    ("later", lambda q, a: replace(q, as_of=a.as_of)),
)


def causes(a: Asked, b: Asked, value: Value, factor: Fraction) -> list[Cause]:
    """From B to A: its definition first, then period, place, cell, and what was known."""
    made: list[Cause] = []
    now = Asked(a.words, replace(b.question, indicator=a.question.indicator), a.book, a.pack, a.indicator)
    if b.question.of and now.question.indicator != b.question.indicator:
        now = replace(now, question=replace(now.question, of=a.question.of))
    before, after = _or_nothing(value(b)) * factor, _or_nothing(value(now))
    if (a.indicator, a.version) != (b.indicator, b.version):
        made.append(Cause(("definition",), after - before))
    for kind, step in _STEPS:
        then = step(now.question, a.question)
        if then != now.question:
            before, now = after, replace(now, question=then)
            after = _or_nothing(value(now))
            made.append(Cause((kind,), after - before))
    return [cause for cause in made if cause.amount]


def _or_nothing(value: Fraction | None) -> Fraction:
    return value or Fraction(0)
