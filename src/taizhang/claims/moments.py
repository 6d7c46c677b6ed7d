"""Days, months and years as printed, and how long it is from one to another at least and at most."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from taizhang.core import Span

DASH = r"(?:—{1,2}|-|－|–|~|～|至|到)"
MOMENT = re.compile(
    rf"(?<![\d.])(?:"
    rf"(?P<year>[12]\d{{3}})年(?:(?P<month>\d{{1,2}})月份?(?:(?P<day>\d{{1,2}})[日号])?)?"
    rf"|(?P<bare>[12]\d{{3}})(?={DASH}[12]\d{{3}}年)"
    rf"|(?<=[—\-－–~～至到])(?P<day3>\d{{1,2}})[日号]"
    rf"|(?P<next>次年|翌年|第二年)?(?P<month2>\d{{1,2}})月份?(?:(?P<day2>\d{{1,2}})[日号])?)"
    rf"(?![龄间])"
)
LEAP_YEAR, PLAIN_YEAR = 2020, 2021


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is printed; `next_year` for 次年."""

    at: Span
    year: int | None
    month: int | None
    day: int | None
    next_year: bool = False

    @property
    def precision(self) -> str:
        """The smallest part that is printed: year, month or day."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def possible(self) -> bool:
        """False for a month 13 or a 30th of February; a 29th of February needs a leap year only where the year is printed."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        return 1 <= self.day <= monthrange(self.year or LEAP_YEAR, self.month or 1)[1]

    def first(self) -> date:
        """The first day it can be."""
        return date(self.year or PLAIN_YEAR, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The last day it can be."""
        year, month = self.year or PLAIN_YEAR, self.month or 12
        return date(year, month, self.day or monthrange(year, month)[1])


def moments(text: str) -> Iterator[Moment]:
    """Every date printed in Arabic digits, in reading order."""
    for m in MOMENT.finditer(text):
        year, month, day = m["year"] or m["bare"], m["month"] or m["month2"], m["day"] or m["day2"] or m["day3"]
        numbers = [None if part is None else int(part) for part in (year, month, day)]
        yield Moment(m.span(), numbers[0], numbers[1], numbers[2], m["next"] is not None)


def settled(start: Moment, end: Moment) -> Moment | None:
    """The end with its year (and month): its own, the start's, or the next (次年; or where only that can follow the start). None when unknowable."""
    if end.year is not None:
        return end if start.year is not None else None
    if end.month is None and end.day and start.day:  # 10月1日至8日
        end = replace(end, month=start.month)
        return replace(end, year=start.year or PLAIN_YEAR) if (end.day or 0) >= start.day and end.possible else None
    if not start.month or not end.month:
        return None
    earlier = (end.month, end.day or start.day or 1) < (start.month, start.day or 1)
    if earlier and start.year is not None and not end.next_year:
        return None
    return replace(end, year=(start.year or PLAIN_YEAR) + (earlier or end.next_year))


def lengths(start: Moment, end: Moment, unit: str) -> range:
    """How many years, months or days (年, 月, 日) can be said to lie between, both ways of counting allowed; `end` is settled."""
    years = (end.year or 0) - (start.year or PLAIN_YEAR)
    if start.precision == end.precision == {"年": "year", "月": "month", "日": "day"}[unit]:
        months = 12 * years + (end.month or 0) - (start.month or 0)
        whole = {"年": years, "月": months, "日": (end.first() - start.first()).days}[unit]
        leap = unit == "日" and start.year is None and start.month != end.month
        return range(whole, whole + 2 + leap)
    least, most = (end.first() - start.last()).days, (end.last() - start.first()).days + 1
    size = {"年": (366, 365), "月": (31, 28), "日": (1, 1)}[unit]
    return range(max(least // size[0], 0), most // size[1] + 2)
