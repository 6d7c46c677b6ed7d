"""Years, months, days and clock times as printed: how exact they are, and the first and last instant they can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from taizhang.claims.prose import SMALL, number_of
from taizhang.core import Span

Kind = Literal["period", "events", "since"]  # how two moments bound a stretch of time
DASH = r"(?:—{1,2}|-|－|–|~|～|至|到)"
HAN_YEAR = "[一二][〇○零一二三四五六七八九]{3}"
YEAR = rf"(?:[12]\d{{3}}|{HAN_YEAR})"
PART = rf"(?:\d{{1,2}}|{SMALL})"
CLOCK = (
    r"(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚|夜里|深夜)?"
    r"(?P<hour>\d{1,2})(?:时(?!间|代|期|速|许|段)|点(?=\d{1,2}分|整|半|钟)|[:：](?=\d\d(?![\d:：])))"
    r"(?:(?P<minute>\d{1,2})分?|(?P<thirty>半)|(?P<sharp>整)|钟)?"
)
MOMENT = re.compile(
    rf"(?<![\d.第前近])(?:"
    rf"(?P<year>{YEAR})年(?:(?P<month>{PART})月份?(?:(?P<day>{PART})[日号])?)?"
    rf"|(?P<bare>[12]\d{{3}})(?={DASH}[12]\d{{3}}年)"
    rf"|(?:(?<=[—\-－–~～至到])|同月|当月)(?P<day3>\d{{1,2}})[日号]"
    rf"|(?P<which>次年|翌年|第二年|同年|当年)?(?P<month2>\d{{1,2}})月份?(?:(?P<day2>\d{{1,2}})[日号])?"
    rf"|(?P<tomorrow>次日|翌日|第二天)?(?={CLOCK.replace('?P<', '?P<_')})"
    rf")(?:{CLOCK})?(?![龄间\d])"
)
NOON = frozenset(("下午", "傍晚", "晚上", "晚间", "晚", "中午"))
LEAP_YEAR, PLAIN_YEAR = 2020, 2021
LAST_DAY = 31
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of time as far as it is printed; `later` is 1 for 次年 and 次日, counted in years, or in days for a clock time."""

    at: Span
    year: int | None
    month: int | None
    day: int | None
    hour: int | None = None
    minute: int | None = None
    later: int = 0

    @property
    def precision(self) -> str:
        """The smallest part that is printed, as a unit: 年, 月, 日, 小时 or 分钟."""
        parts = (("分钟", self.minute), ("小时", self.hour), ("日", self.day), ("月", self.month))
        return next((unit for unit, part in parts if part is not None), "年")

    @property
    def dated(self) -> bool:
        """False for a clock time alone."""
        return self.year is not None or self.month is not None or self.day is not None

    @property
    def possible(self) -> bool:
        """False for a month 13 or a 30th of February; a 29th of February needs a leap year only where the year is printed."""
        if not 1 <= (self.month or 1) <= 12 or (self.hour or 0) > 24 or (self.minute or 0) > 59:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year or LEAP_YEAR, self.month or 1)[1]

    def first(self) -> datetime:
        """The first instant it can mean; a year that is not printed is a plain one."""
        year = self.year or (LEAP_YEAR if (self.month, self.day) == (2, 29) else PLAIN_YEAR)
        day = datetime(year, self.month or 1, self.day or 1)
        return day + timedelta(hours=self.hour or 0, minutes=self.minute or 0)

    def last(self) -> datetime:
        """The end of the last instant it can mean: where the next year, month, day, hour or minute begins."""
        start = self.first()
        if self.precision == "年":
            return datetime(start.year + 1, 1, 1)
        if self.precision == "月":
            return start + monthrange(start.year, start.month)[1] * DAY
        return start + {"日": DAY, "小时": timedelta(hours=1), "分钟": timedelta(minutes=1)}[self.precision]


def moments(text: str) -> Iterator[Moment]:
    """Every date and clock time, in reading order."""
    for m in MOMENT.finditer(text):
        if m.end() > m.start():
            yield _moment(m)


def _moment(m: re.Match[str]) -> Moment:
    year, month, day = m["year"] or m["bare"], m["month"] or m["month2"], m["day"] or m["day2"] or m["day3"]
    hour = None if m["hour"] is None else int(m["hour"])
    if hour is not None and hour < 12 and m["half"] in NOON:
        hour += 12
    minute = 30 if m["thirty"] else 0 if m["sharp"] else None if m["minute"] is None else int(m["minute"])
    later = int(m["which"] in ("次年", "翌年", "第二年") or m["tomorrow"] is not None)
    return Moment(m.span(), _part(year), _part(month), _part(day), hour, minute, later)


def _part(printed: str | None) -> int | None:
    return None if printed is None else number_of(printed)


def settled(start: Moment, end: Moment) -> Moment | None:
    """The end with the parts it leaves to the start: the year, the month, the day. None when unknowable, or before the start."""
    if end.year is not None:
        return end if start.year is not None else None
    if not end.dated:
        return _clock(start, end)
    if not start.month or (not end.month and (end.day or 0) < (start.day or LAST_DAY)):
        return None
    end = replace(end, month=end.month or start.month)
    earlier = (end.month, end.day or start.day or 1) < (start.month, start.day or 1)
    if earlier and start.year is not None and not end.later:
        return None
    end = replace(end, year=start.first().year + (earlier or bool(end.later)))
    return end if end.possible else None


def _clock(start: Moment, end: Moment) -> Moment | None:
    """A clock time on the day of the start, or the next one; 9时…4时 ends in the afternoon."""
    if start.hour is None or end.hour is None or (start.dated and start.day is None):
        return None
    day = start.first().replace(hour=0, minute=0) + end.later * DAY
    hour = end.hour + 12 * (end.hour < start.hour and end.hour < 12 and not end.later)
    if not end.later and (hour, end.minute or 0) < (start.hour, start.minute or 0) or hour > 23:
        return None
    return replace(end, year=day.year, month=day.month, day=day.day, hour=hour)
