"""Days on which things happen: more on working days or market days, as the hints say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from taizhang.core import Period

EVERY_DAY = (1, 1, 1, 1, 1, 1, 1)


def day_in(period: Period, week: Sequence[int], market: Sequence[int], rng: Random) -> date:
    """A day of the period. `week` weighs Monday to Sunday; days of the month that end in a digit of `market` weigh three times as much."""
    sums = _sums(period, tuple(week), tuple(market))
    if not sums[-1]:
        return period.first + timedelta(rng.randrange(len(sums)))
    return period.first + timedelta(bisect_left(sums, rng.randint(1, sums[-1])))


@cache
def _sums(period: Period, week: tuple[int, ...], market: tuple[int, ...]) -> list[int]:
    days = (period.first + timedelta(i) for i in range((period.last - period.first).days + 1))
    return list(accumulate(week[day.weekday()] * (3 if day.day % 10 in market else 1) for day in days))
