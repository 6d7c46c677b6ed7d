"""A figure is told once in a text: of two different numbers taken for one figure, the one that is less surely it may be a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.claims.matching.verdict import Verdict
from taizhang.core import Figure


def told_twice(verdict: Verdict, others: Sequence[Verdict]) -> bool:
    """Whether a number called wrong was compared with a figure that another number of the text tells, better or before it."""
    if verdict.kind != "differs":
        return False
    known = [other for other in others if other is not verdict and other.figures and other.kind in ("agrees", "differs")]
    return all(any(_tells(other, verdict, figure) for other in known) for figure in verdict.figures)


def _tells(other: Verdict, verdict: Verdict, figure: Figure) -> bool:
    a, b = other.quantity, verdict.quantity
    if _question(other.figures[0]) != _question(figure) or (a.unit == "%") != (b.unit == "%") or a.meant == b.meant:
        return False
    return other.kind == "agrees" or (_score(other), -a.at[0]) > (_score(verdict), -b.at[0])


def _question(figure: Figure) -> tuple[object, ...]:
    return figure.indicator, figure.place, figure.period, tuple(sorted(figure.of.items()))


def _score(verdict: Verdict) -> float:
    return verdict.candidates[0].score if verdict.candidates else 0.0
