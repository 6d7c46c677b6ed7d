"""Days and times of day."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import ClassVar

from taizhang.packs.types.base import Field, Kind, No, Raw, Value, ValueType, narrow

DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]|(\d{2})(\d{2}))", re.ASCII
)
TIME = re.compile(r"(\d{1,2})(?::(\d{2})(?::\d{2})?|[时点](?:(\d{1,2})分?)?)", re.ASCII)


class Day(ValueType):
    """A day of the calendar."""

    name = "date"
    kind: ClassVar[Kind] = "date"
    says = (
        "日期，写作 2022-12-28、2022年12月28日 等；max: today 表示不得晚于当天",
        "a day such as 2022-12-28; `max: today` refuses days to come",
    )
    example = ("2022年12月28日", "2022-12-28")
    takes = frozenset({"min", "max"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The day as YYYY-MM-DD."""
        day = parse_day(raw)
        if day is None:
            return No(("真实的日期，如 2022-12-28", "a real day such as 2022-12-28"), ("请写全年月日。", "Write year, month and day."))
        low, high = _limit(field.low, today), _limit(field.high, today)
        if low and day < low:
            return No((f"不早于 {low}", f"no earlier than {low}"), ("请核对日期。", "Check the day."))
        if high and day > high:
            return No((f"不晚于 {high}", f"no later than {high}"), ("请核对日期。", "Check the day."))
        return day.isoformat()

    def in_expressions(self, value: Value) -> date:
        """As a day."""
        return date.fromisoformat(str(value))


class TimeOfDay(ValueType):
    """A time of day."""

    name = "time"
    says = ("时刻，写作 8:05 或 8时5分", "a time of day such as 8:05")
    example = ("8时5分", "08:05")

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The time as HH:MM."""
        m = TIME.fullmatch(raw.strftime("%H:%M") if isinstance(raw, datetime) else narrow(raw))
        hour, minute = (int(m[1]), int(m[2] or m[3] or 0)) if m else (24, 0)
        if hour > 23 or minute > 59:
            return No(("时刻，如 08:05", "a time such as 08:05"), ("请按 24 小时制填写。", "Write it by the 24-hour clock."))
        return f"{hour:02}:{minute:02}"


def parse_day(raw: Raw) -> date | None:
    """A day as people write it; None when it is none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if not (m := DAY.fullmatch(narrow(raw))):
        return None
    year, month, day = (int(g) for g in m.groups() if g)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _limit(limit: object, today: date) -> date | None:
    if limit == "today":
        return today
    return date.fromisoformat(limit) if isinstance(limit, str) else None
