"""One value of one indicator, and the question it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from taizhang.core.period import Period
from taizhang.core.problem import Problem

FigureState = Literal["known", "no_record", "undefined", "suppressed"]
"""`no_record`: the book says nothing of it, which is never 0; `undefined`: a ratio over zero; `suppressed`: too few persons to be shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """A figure asked for: an indicator ("medicine.issued") of a place (its key) and all below it, over a period.

    `of` are the cells of a breakdown that count: for each path of the indicator (batch.drug) the one value, of a record its key.
    `by` breaks the answer down: by paths of the indicator, by place (`township`: the places of that level below this one), or by time
    (`month`). `as_of` is what the book knew with its entry of that number; None for all it knows now.
    """

    indicator: str
    place: int
    period: Period
    by: tuple[str, ...] = ()
    of: Mapping[str, str] = field(default_factory=dict)
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value for a place and period: exact, in `unit`; None unless `state` is known.

    `of` tells the cell of a breakdown. `version` is that of the definition (its pack's), `as_of` the number of the last
    entry it counts, `places` the digits it is printed with (None: as it is). `warnings` hold whatever must be said beside it.
    """

    indicator: str
    title: str
    unit: str
    place: int
    period: Period
    value: Fraction | None
    state: FigureState
    version: int
    as_of: int
    of: Mapping[str, str] = field(default_factory=dict)
    places: int | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def printed(self) -> Fraction | None:
        """The value as it is printed: halves to even."""
        return None if self.value is None else rounded(self.value, self.places)


def rounded(value: Fraction, places: int | None) -> Fraction:
    """As it is printed: halves to even at so many digits after the point; unchanged where no count is given."""
    return value if places is None else Fraction(round(value * 10**places), 10**places)
