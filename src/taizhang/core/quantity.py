"""A number as it stands in prose: its range, unit, hedge, and what it is said of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from taizhang.core.ranges import Number, Range

Span = tuple[int, int]
Hedge = Literal["exact", "at_least", "at_most", "about", "range"]
Role = Literal["level", "rate", "rank", "change", "before", "after"]
Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as read.

    `spans` are offsets into the raw file, end exclusive, in reading order: one span, or several
    where the layout cut the figure. `at` is its place in the text of its story. `low` and `high`
    are what the hedge says (万 and 亿 expanded, percentages in percent, None = unbounded); `meant`
    is every value the printed digits can stand for, which is what arithmetic must use.
    """

    spans: tuple[Span, ...]
    at: Span
    surface: str
    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    meant: Range
    unit: str | None
    unit_text: str
    hedge: Hedge
    role: Role
    direction: Direction | None = None
    per: str | None = None
    subject: str | None = None
    subject_at: Span | None = None
    place: str | None = None
    time: str | None = None
    of: str | None = None
    core_at: Span | None = None
    neutral: str | None = None
    note: str | None = None

    @property
    def range(self) -> Range:
        """What the words say: the hedge's range around the printed number."""
        return Range(self.low, self.high, self.low_open, self.high_open)

    @property
    def start(self) -> int:
        """The first raw offset in reading order."""
        return self.spans[0][0]

    def as_json(self) -> dict[str, Any]:
        """The field names of the annotation standard; numbers as int or float."""
        out: dict[str, Any] = {}
        if len(self.spans) == 1:
            out["start"], out["end"] = self.spans[0]
        else:
            out["parts"] = [list(s) for s in self.spans]
        out["surface"] = self.surface
        out["low"], out["high"] = json_number(self.low), json_number(self.high)
        if self.low_open:
            out["low_open"] = True
        if self.high_open:
            out["high_open"] = True
        out.update(unit=self.unit, unit_text=self.unit_text, hedge=self.hedge, role=self.role)
        for key in ("direction", "per", "of", "note"):
            if (value := getattr(self, key)) is not None:
                out[key] = value
        out.update(subject=self.subject, place=self.place, time=self.time)
        return out


def json_number(x: Number | None) -> int | float | None:
    """A whole number as int, any other as float."""
    if x is None:
        return None
    return int(x) if x == int(x) else float(x)
