"""Date arithmetic: days that are not, stretches against their length, weekdays, anniversaries, ages, plan years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from taizhang.claims.anniversaries import anniversaries
from taizhang.claims.elapsed import fitting
from taizhang.claims.moments import Moment, moments
from taizhang.claims.prose import sentence_at, widened
from taizhang.claims.stretches import RANGE, Stretch, stretches
from taizhang.claims.years import contradiction, years
from taizhang.core import Finding, Story

OTHER_CALENDAR = re.compile(r"农历|阴历|旧历|藏历|傣历|回历|腊月|正月")
CLOSE = 40
DAYS = "一二三四五六日"
WEEKDAY = re.compile(r"(?:[（( ]?|，(?=[^，。；\n]{3}[，。）]))(?:星期|周|礼拜)(?P<day>[一二三四五六日天])(?![至到、和年期])")


def date_arithmetic(story: Story) -> Iterable[Finding]:
    """A contradiction for every date, stretch, weekday, anniversary, age or plan year that cannot be right."""
    text = widened(story.flow.text)
    dates = [d for d in moments(text) if not _other_calendar(text, d)]
    yield from _impossible(story, dates)
    yield from _order(story, text, dates)
    for stretch in stretches(text, dates):
        yield from _length(story, stretch)
    yield from _weekdays(story, text, dates)
    yield from anniversaries(story, text, dates)
    yield from years(story)


def _impossible(story: Story, dates: list[Moment]) -> Iterator[Finding]:
    text = story.flow.text
    for d in dates:
        named = d.month is not None and (d.year is not None or d.day is not None)
        if named and not replace(d, hour=None, minute=None).possible:
            said = text[slice(*d.at)]
            what = "一年只有12个月" if not 1 <= (d.month or 1) <= 12 else f"{d.month}月没有{d.day}日"
            what_en = "a year has 12 months" if not 1 <= (d.month or 1) <= 12 else f"month {d.month} has no day {d.day}"
            yield contradiction(story, (d.at,), said, "没有这一天", None, f"“{said}”：{what}。", f"“{said}”: {what_en}.")


def _order(story: Story, text: str, dates: list[Moment]) -> Iterator[Finding]:
    for start, end in pairwise(d for d in dates if d.possible):
        ranged = end.at[0] - start.at[1] < CLOSE and RANGE.fullmatch(text, start.at[1], end.at[0])
        if ranged and start.year is not None and end.year is not None and end.last() <= start.first():
            said = story.flow.text[start.at[0] : end.at[1]]
            why, why_en = f"“{said}”：后一个日期比前一个早。", f"“{said}”: the later date is before the earlier."
            yield contradiction(story, (start.at, end.at), said, "终点早于起点", None, why, why_en)


def _length(story: Story, stretch: Stretch) -> Iterator[Finding]:
    start, end, said, text = stretch.start, stretch.end, stretch.said, story.flow.text
    fits = fitting(start, end, said.unit, stretch.kind)
    if said.amount <= fits[-1] and (stretch.part or said.amount >= fits[0]):
        return
    printed, dates = text[slice(*said.at)], f"{text[slice(*start.at)]}到{text[slice(*end.at)]}"
    follows = "到".join(str(n) for n in sorted({fits[0], fits[-1]})) + said.words
    miss = said.amount - (fits[-1] if said.amount > fits[-1] else fits[0])
    why, why_en = f"{dates}是{follows}，文中说“{printed}”。", f"From {dates} it is {follows}, but the text says “{printed}”."
    yield contradiction(story, (start.at, end.at, said.at), printed, follows, f"{float(miss):+g}", why, why_en)


def _weekdays(story: Story, text: str, dates: list[Moment]) -> Iterator[Finding]:
    for d in dates:
        said = WEEKDAY.match(text, d.at[1])
        if said and d.year and d.day and d.possible:
            true = DAYS[d.first().weekday()]
            if said["day"].replace("天", "日") != true:
                day, printed = text[slice(*d.at)], said[0].strip("（(， ")
                why, why_en = f"{day}是星期{true}，文中说“{printed}”。", f"{day} is 星期{true}, not “{printed}”."
                yield contradiction(story, ((d.at[0], said.end()),), printed, f"星期{true}", None, why, why_en)


def _other_calendar(text: str, d: Moment) -> bool:
    return bool(OTHER_CALENDAR.search(text, *sentence_at(text, d.at[0])))
