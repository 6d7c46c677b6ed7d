"""A stretch of days that figures are asked for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Step = Literal["day", "month", "quarter", "year"]
STEPS: tuple[Step, ...] = ("day", "month", "quarter", "year")

_NAMED = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_BETWEEN = ".."


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, both included. A stock is asked for at the last. ValueError when the last is before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @classmethod
    def read(cls, text: str) -> Period:
        """2022, 2022-Q4, 2022-12, 2022-12-28, or two of these with `..` between; ValueError for anything else."""
        first, between, last = text.partition(_BETWEEN)
        return cls(cls._named(first).first, cls._named(last).last) if between else cls._named(first)

    @classmethod
    def _named(cls, text: str) -> Period:
        found = _NAMED.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is no period")
        year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
        if day:
            return cls(date(year, month, day), date(year, month, day))
        low, high = (month, month) if month else (3 * quarter - 2, 3 * quarter) if quarter else (1, 12)
        return cls(date(year, low, 1), date(year, high, monthrange(year, high)[1]))

    @classmethod
    def around(cls, day: date, step: Step) -> Period:
        """The day, month, quarter or year that a day lies in."""
        if step == "day":
            return cls(day, day)
        month = day.month if step == "month" else 3 * ((day.month - 1) // 3) + 1 if step == "quarter" else 1
        last = month if step == "month" else month + 2 if step == "quarter" else 12
        return cls(date(day.year, month, 1), date(day.year, last, monthrange(day.year, last)[1]))

    def parts(self, step: Step) -> Iterator[Period]:
        """The days, months, quarters or years of it, in order; the first and last cut to what lies within."""
        start = self.first
        while start <= self.last:
            whole = Period.around(start, step)
            yield Period(start, min(whole.last, self.last))
            if whole.last == date.max:
                return
            start = whole.last + timedelta(1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """As `read` takes it, in the shortest way: 2022, 2022-Q4, 2022-12, 2022-12-28, 2022-01-05..2022-03-31."""
        names = {"year": "{0:%Y}", "quarter": "{0:%Y}-Q{1}", "month": "{0:%Y-%m}", "day": "{0}"}
        for step, name in names.items():
            if Period.around(self.first, step) == self:  # type: ignore[arg-type]
                return name.format(self.first, (self.first.month + 2) // 3)
        return f"{self.first}{_BETWEEN}{self.last}"
