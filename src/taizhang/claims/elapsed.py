"""How long it is from one moment to another, at least and at most, in the unit in which the text says it."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil, floor

from taizhang.claims.moments import Kind, Moment

MONTHS = {"月": 1, "年": 12}
MINUTES = {"分钟": 1, "小时": 60, "日": 24 * 60, "周": 7 * 24 * 60}
SLACK = Fraction(1, 10)  # of a unit: 2012年1月1日至2035年12月31日 is 24 years and nothing else


def fitting(start: Moment, end: Moment, unit: str, kind: Kind) -> range:
    """Every whole number of units that the two moments allow; `end` is settled.

    Counting the first and the last unit, or only one of them, is both right: 3月1日至5日 is 4 or 5 days. Things that happened at some
    time in a month or year ("events") may also lie one less apart: from 2018年 to 2022年, said of a period, is 4 or 5 years, of events
    3 to 5. Years "since" an event are simply counted: 4.
    """
    if unit == "日" and start.day and end.day:
        days = (end.first().date() - start.first().date()).days
        return range(days, days + 2 + _leap(start, end))
    if unit in MONTHS and start.precision == end.precision == unit:
        whole = (12 * (end.first().year - start.first().year) + end.first().month - start.first().month) // MONTHS[unit]
        return range(max(whole - (kind == "events"), 0), whole + 1 + (kind != "since"))
    least, most = _between(start, end, unit)
    slack = 0 if unit in ("日", "分钟") else SLACK
    return range(max(floor(least + slack), 0), max(ceil(most - slack), 0) + 1)


def _between(start: Moment, end: Moment, unit: str) -> tuple[Fraction, Fraction]:
    """The shortest and the longest time from one to the other."""
    if unit in MONTHS:
        size = MONTHS[unit]
        return (_months(end.first()) - _months(start.last())) / size, (_months(end.last()) - _months(start.first())) / size
    minute = timedelta(minutes=1)
    shortest, longest = (end.first() - start.last()) // minute, (end.last() - start.first()) // minute
    return Fraction(shortest, MINUTES[unit]), Fraction(longest, MINUTES[unit])


def _months(at: datetime) -> Fraction:
    """Months since year 0, days as parts of their month."""
    return 12 * at.year + at.month - 1 + Fraction(at.day - 1, monthrange(at.year, at.month)[1])


def _leap(start: Moment, end: Moment) -> bool:
    """True when a 29th of February that is not printed may lie between: the year is not printed, and the end of February does."""
    first, last = start.first(), end.first()
    return start.year is None and (first.month <= 2 < last.month or first.year < last.year and last.month > 2)
