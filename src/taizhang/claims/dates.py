"""Date arithmetic: days that are not, spans against their length, weekdays, anniversaries, ages, plan years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from taizhang.claims.moments import DASH, Moment, lengths, moments, settled
from taizhang.claims.prose import SMALL, sentence_at
from taizhang.claims.years import contradiction, number_of, years
from taizhang.core import Finding, Story

OTHER_CALENDAR = re.compile(r"农历|阴历|旧历|藏历|傣历|回历|腊月|正月")
RANGE = re.compile(rf"(?:起|开始)?(?:，)?(?:一?直)?{DASH}")
STARTED = re.compile(r"[^，。；！？\n\d]{0,8}(?:开工|动工|奠基|启动|开建|始建)[^。；！？\n\d]{0,14}")
FINISHED = re.compile(r"[^，。；！？\n\d]{0,8}(?:竣工|完工|建成|通车|投产|投用|落成)")
NUMBER = rf"(?P<n>\d{{1,4}}|{SMALL})"
LENGTH = rf"{NUMBER}(?P<unit>年|个月|天|日)(?![\d级龄多余半内前后来生制期老陈初底]|以|左右|上下|规划|计划)"
LASTING = re.compile(
    rf"(?:|的|间|这|，?[^，。；！？\n\d]{{0,6}}(?:历时|为期|前后|长达|整整|跨越|共计|共|总工期|工期))(?:为|了|达|的|是)?(?<![近约超过逾不到连续]){LENGTH}"
)
TERM = re.compile(rf"(?:总工期|工期|历时|为期)(?:为|是|共)?{LENGTH}(?:，[^，。；！？\n\d]{{0,6}}|[（(][从自]?)$")
STREAK = re.compile(rf"，?[^，。；！？\n\d]{{0,4}}连续{NUMBER}年")
PLANNED = re.compile(r"计划|合同|原定|预计|提前|推迟|延期|延后|其间|期间|停工|中断")
DAYS = "一二三四五六日"
WEEKDAY = re.compile(r"(?:[（( ]?|，(?=[^，。；\n]{3}[，。）]))(?:星期|周|礼拜)(?P<day>[一二三四五六日天])(?![至到、和年期])")


def date_arithmetic(story: Story) -> Iterable[Finding]:
    """A contradiction for every date, span, weekday, anniversary, age or plan year that cannot be right."""
    dates = list(moments(story.flow.text))
    yield from _impossible(story, dates)
    yield from _spans(story, dates)
    yield from _weekdays(story, dates)
    yield from years(story)


def _impossible(story: Story, dates: list[Moment]) -> Iterator[Finding]:
    text = story.flow.text
    for d in dates:
        named = d.month is not None and (d.year is not None or d.day is not None)
        if named and not d.possible and not _other_calendar(text, d):
            said = text[slice(*d.at)]
            what = "一年只有12个月" if not 1 <= (d.month or 1) <= 12 else f"{d.month}月没有{d.day}日"
            what_en = "a year has 12 months" if not 1 <= (d.month or 1) <= 12 else f"month {d.month} has no day {d.day}"
            yield contradiction(story, (d.at,), said, "没有这一天", None, f"“{said}”：{what}。", f"“{said}”: {what_en}.")


def _spans(story: Story, dates: list[Moment]) -> Iterator[Finding]:
    text = story.flow.text
    for start, end in pairwise(d for d in dates if d.possible):
        between = text[start.at[1] : end.at[0]] if end.at[0] - start.at[1] < 40 else "。"
        ranged = bool(RANGE.fullmatch(between))
        built = bool(STARTED.fullmatch(between)) and FINISHED.match(text, end.at[1])
        if (ranged or built) and not _other_calendar(text, start):
            yield from _order(story, start, end)
            yield from _length(story, start, end, built.end() if built else end.at[1])
            yield from _streak(story, start, end)


def _order(story: Story, start: Moment, end: Moment) -> Iterator[Finding]:
    if start.year is not None and end.year is not None and end.last() < start.first():
        said = story.flow.text[start.at[0] : end.at[1]]
        yield contradiction(
            story,
            (start.at, end.at),
            said,
            "终点早于起点",
            None,
            f"“{said}”：后一个日期比前一个早。",
            f"“{said}”: the later date is before the earlier.",
        )


def _length(story: Story, start: Moment, end: Moment, after: int) -> Iterator[Finding]:
    text = story.flow.text
    stated = LASTING.match(text, after) or TERM.search(text, max(start.at[0] - 24, 0), start.at[0])
    last = settled(start, end)
    if not stated or not last or last.last() < start.first() or PLANNED.search(text, *sentence_at(text, start.at[0])):
        return
    unit = {"个月": "月", "天": "日"}.get(stated["unit"], stated["unit"])
    number, fits = number_of(stated["n"]), lengths(start, last, unit)
    if number in fits or not number:
        return
    span, said = (stated.start("n"), stated.end("unit")), text[stated.start("n") : stated.end("unit")]
    dates = f"{text[slice(*start.at)]}到{text[slice(*end.at)]}"
    follows = f"{fits[0]}到{fits[-1]}{stated['unit']}"
    miss = f"{number - fits[-1] if number > fits[-1] else number - fits[0]:+d}"
    why = f"{dates}是{follows}，文中说“{said}”。"
    yield contradiction(
        story, (start.at, end.at, span), said, follows, miss, why, f"From {dates} it is {follows}, but the text says “{said}”."
    )


def _streak(story: Story, start: Moment, end: Moment) -> Iterator[Finding]:
    """连续N年 cannot be longer than the years it is said of."""
    said = STREAK.match(story.flow.text, end.at[1])
    if not said or start.year is None or end.year is None or number_of(said["n"]) <= end.year - start.year + 1:
        return
    years = end.year - start.year + 1
    dates = story.flow.text[start.at[0] : end.at[1]]
    why, why_en = (
        f"{dates}只有{years}年，文中说“连续{said['n']}年”。",
        f"{dates} is {years} years, but the text says {said['n']} years running.",
    )
    yield contradiction(
        story, (start.at, end.at, said.span()), f"连续{said['n']}年", f"{years}年", f"+{number_of(said['n']) - years}", why, why_en
    )


def _weekdays(story: Story, dates: list[Moment]) -> Iterator[Finding]:
    text = story.flow.text
    for d in dates:
        said = WEEKDAY.match(text, d.at[1])
        if said and d.year and d.day and d.possible and not _other_calendar(text, d):
            true = DAYS[d.first().weekday()]
            if said["day"].replace("天", "日") != true:
                day = text[slice(*d.at)]
                why, why_en = (
                    f"{day}是星期{true}，文中说“{said[0].strip('（(， ')}”。",
                    f"{day} is 星期{true}, not “{said[0].strip('（(， ')}”.",
                )
                yield contradiction(story, ((d.at[0], said.end()),), said[0].strip("（(， "), f"星期{true}", None, why, why_en)


def _other_calendar(text: str, d: Moment) -> bool:
    return bool(OTHER_CALENDAR.search(text, *sentence_at(text, d.at[0])))
