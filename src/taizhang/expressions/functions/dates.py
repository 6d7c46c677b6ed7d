"""Days of the calendar. Today is never asked of the clock: the caller gives it under the name `today`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions.runs import of_one, of_two
from taizhang.expressions.sql import Writer
from taizhang.expressions.tree import Call, Function, Node
from taizhang.expressions.types import DATE, Number

LAST = date.max.toordinal() - 1  # days from 0001-01-01 to 9999-12-31
MONTHS = (12, 9999 * 12 + 11)  # months counted from the year 0, of the first and the last day
_ONE = "DATE '0001-01-01'"


def _part(least: int, most: int) -> Callable[[Asked], Node]:
    def build(asked: Asked) -> Node:
        asked.count(1, 1)
        asked.day(0)
        return asked.gives(Number(0, least, most))

    return build


def _part_sql(part: str) -> Callable[[Call, Writer], str]:
    return lambda call, write: f"CAST(EXTRACT({part} FROM {write(call.args[0])}) AS BIGINT)"


def _day_of_month(asked: Asked) -> Node:
    asked.count(1, 1)
    asked.day(0)
    return asked.gives(DATE)


def _first_sql(call: Call, write: Writer) -> str:
    return f"CAST(DATE_TRUNC('month', CAST({write(call.args[0])} AS TIMESTAMP)) AS DATE)"


def _last_sql(call: Call, write: Writer) -> str:
    if write.duckdb:
        return f"LAST_DAY({write(call.args[0])})"
    return f"CAST(DATE_TRUNC('month', CAST({write(call.args[0])} AS TIMESTAMP)) + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)"


def _days(asked: Asked) -> Node:
    asked.count(2, 2)
    asked.day(0)
    asked.day(1)
    return asked.gives(Number(0, -LAST, LAST))


def _days_sql(call: Call, write: Writer) -> str:
    start, end = (write(arg) for arg in call.args)
    return f"({end} - {start})"


def _moved(asked: Asked) -> Node:
    asked.count(2, 2)
    asked.day(0)
    kind = asked.whole(1)
    asked.fits(Number(0, kind.least - LAST, kind.most + LAST))
    return asked.gives(DATE)


def _add_days(day: date, count: int) -> date | None:
    to = day.toordinal() + count
    return date.fromordinal(to) if 1 <= to <= LAST + 1 else None


def _add_days_sql(call: Call, write: Writer) -> str:
    """Counted from 0001-01-01 and looked at before it becomes a date, so that no database sees a day out of the calendar."""
    to = f"({write(call.args[0])} - {_ONE} + {_wide(call, write)})"
    return f"CASE WHEN {to} BETWEEN 0 AND {LAST} THEN {_ONE} + CAST({to} AS INTEGER) END"


def _add_months(day: date, count: int) -> date | None:
    to = day.year * 12 + day.month - 1 + count
    if not MONTHS[0] <= to <= MONTHS[1]:
        return None
    year, month = divmod(to, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _add_months_sql(call: Call, write: Writer) -> str:
    day, count = write(call.args[0]), _wide(call, write)
    to = f"(EXTRACT(YEAR FROM {day}) * 12 + EXTRACT(MONTH FROM {day}) - 1 + {count})"
    step = f"TO_MONTHS(CAST({count} AS INTEGER))" if write.duckdb else f"MAKE_INTERVAL(months => CAST({count} AS INTEGER))"
    return f"CASE WHEN {to} BETWEEN {MONTHS[0]} AND {MONTHS[1]} THEN CAST({day} + {step} AS DATE) END"


def _wide(call: Call, write: Writer) -> str:
    """The count in a type where adding a day number cannot overflow."""
    kind = call.args[1].type
    assert isinstance(kind, Number)
    return write.number(call.args[1], Number(0, kind.least - LAST, kind.most + LAST))


def _last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _between(start: date, end: date) -> Any:
    gap: timedelta = end - start
    return gap.days


NULL = "null when any argument is null"
OUT = NULL + ", or the result lies outside 0001 to 9999"
DAY = "date '2023-05-31'"
DATES = (
    Function("year", "year(a)", "年", "the year", NULL, (f"year({DAY})", "2023"), _part(1, 9999), of_one(lambda d: d.year), _part_sql("YEAR")),
    Function("quarter", "quarter(a)", "季度，1 到 4", "the quarter, 1 to 4", NULL, (f"quarter({DAY})", "2"), _part(1, 4),
             of_one(lambda d: (d.month + 2) // 3), _part_sql("QUARTER")),
    Function("month", "month(a)", "月", "the month", NULL, (f"month({DAY})", "5"), _part(1, 12), of_one(lambda d: d.month), _part_sql("MONTH")),
    Function("day", "day(a)", "日", "the day of the month", NULL, (f"day({DAY})", "31"), _part(1, 31), of_one(lambda d: d.day), _part_sql("DAY")),
    Function("first_day", "first_day(a)", "当月第一天", "the first day of its month", NULL, (f"first_day({DAY})", "2023-05-01"), _day_of_month,
             of_one(lambda d: d.replace(day=1)), _first_sql),
    Function("last_day", "last_day(a)", "当月最后一天", "the last day of its month", NULL, ("last_day(date '2024-02-10')", "2024-02-29"), _day_of_month,
             of_one(_last_day), _last_sql),
    Function("days_between", "days_between(a, b)", "从 a 到 b 的天数；b 在前为负", "days from a to b; negative when b is earlier", NULL,
             ("days_between(date '2023-01-30', date '2023-02-02')", "3"), _days, of_two(_between), _days_sql),
    Function("add_days", "add_days(a, n)", "a 之后 n 天；n 可为负", "n days after a; n may be negative", OUT,
             (f"add_days({DAY}, 1)", "2023-06-01"), _moved, of_two(_add_days), _add_days_sql),
    Function("add_months", "add_months(a, n)", "a 之后 n 个月；当月无此日则取月末", "n months after a, at most to the end of that month", OUT,
             (f"add_months({DAY}, 1)", "2023-06-30"), _moved, of_two(_add_months), _add_months_sql),
)  # fmt: skip
