"""Why two figures differ, as data: sides, causes, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from taizhang.core import Problem, Question

Kind = Literal[
    "struck", "corrected", "later", "waiting", "missing", "doubled", "period", "place", "cell", "definition", "value", "unit", "part", "rounding",
    "written",
]  # fmt: skip
"""What sets rows apart: withdrawn since; withdrawn and stated anew; accepted since; proposed and not accepted; on one side only;
counted twice; of another period, place or cell of the breakdown; counted by another definition; of another value or unit. `written`: the same
but for what one column says. `part`:
another indicator that a figure is made of; `rounding`: printed and exact."""

KINDS: tuple[Kind, ...] = (
    "unit", "definition", "period", "place", "cell", "struck", "corrected", "later", "waiting", "doubled", "missing", "value", "part", "rounding",
    "written",
)  # fmt: skip
"""In the order in which causes that weigh the same are named."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one entry, or one row of a file, adds to either figure; None where it is not in it.

    `seq` is the number of the entry, `instead` that of the one stated in its place; `line` is the row of the file, and `words`
    what it says there.
    """

    a: Fraction | None
    b: Fraction | None
    seq: int | None = None
    line: int | None = None
    words: str = ""
    instead: int | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause, or several that no row lets tell apart, with the amount of the difference (A less B) it explains.

    `facts` are what its sentence names: the factor of a unit, the title of a part. Of a part, `within` says why it differs, in
    its own unit.
    """

    kinds: tuple[Kind, ...]
    amount: Fraction
    rows: tuple[Row, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    within: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the figures: its words, its value in `unit`, and what it answers; a file has no question. None: no record."""

    words: str
    value: Fraction | None
    unit: str
    question: Question | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures, and the causes of their difference: the amounts sum to it exactly. The heaviest cause stands first.

    Where a side has no record at all it is taken for nothing, and its value stays None. `notes` tell what of a file was not
    counted: totals, cells that hold no number.
    """

    a: Side
    b: Side
    causes: tuple[Cause, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def difference(self) -> Fraction:
        """A less B, in A's unit."""
        return (self.a.value or Fraction(0)) - (self.b.value or Fraction(0))


def heaviest(causes: list[Cause]) -> tuple[Cause, ...]:
    """Causes in the order they are told."""
    return tuple(sorted(causes, key=lambda one: (-abs(one.amount), [KINDS.index(kind) for kind in one.kinds])))
