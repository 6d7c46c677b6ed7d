"""Date arithmetic: days that are not, spans against their length, weekdays, anniversaries, ages, plan years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from taizhang.claims.moments import DASH, Moment, lengths, moments, settled
from taizhang.claims.prose import SMALL, sentence_at, sentences, small_number
from taizhang.core import Finding, Span, Story

OTHER_CALENDAR = re.compile(r"农历|阴历|旧历|藏历|傣历|回历|腊月|正月")
RANGE = re.compile(rf"(?:起|开始)?(?:，)?(?:一?直)?{DASH}")
STARTED = re.compile(r"[^，。；！？\n\d]{0,8}(?:开工|动工|奠基|启动|开建|始建)[^。；！？\n\d]{0,14}")
FINISHED = re.compile(r"[^，。；！？\n\d]{0,8}(?:竣工|完工|建成|通车|投产|投用|落成)")
NUMBER = rf"(?P<n>\d{{1,4}}|{SMALL})"
LENGTH = rf"{NUMBER}(?P<unit>年|个月|天|日)(?![\d级龄多余半内前后来生制期老陈初底]|以|左右|上下|规划|计划)"
LASTING = re.compile(
    rf"(?:|的|间|这|，?[^，。；！？\n\d]{{0,6}}(?:历时|为期|前后|长达|整整|跨越|共计|共|总工期|工期))(?:为|了|达|的|是)?(?<![近约超过逾不到连续]){LENGTH}"
)
TERM = re.compile(rf"(?:总工期|工期|历时|为期)(?:为|是|共)?{LENGTH}，[^，。；！？\n\d]{{0,6}}$")
STREAK = re.compile(rf"，?[^，。；！？\n\d]{{0,4}}连续{NUMBER}年")
PLANNED = re.compile(r"计划|合同|原定|预计|提前|推迟|延期|延后|其间|期间|停工|中断")
DAYS = "一二三四五六日"
WEEKDAY = re.compile(r"(?:[（( ]?|，(?=[^，。；\n]{3}[，。）]))(?:星期|周|礼拜)(?P<day>[一二三四五六日天])(?![至到、和年期])")
PLAN = re.compile(
    rf"“(?P<plan>十[一二三四五六]?五|[六七八九]五)”(?:时期|期间|规划)?[（(，]?(?:即)?(?P<from>\d{{4}})年?{DASH}(?P<to>\d{{4}})年"
)
PLAN_YEAR = re.compile(
    r"(?P<year>\d{4})年[，]?(?:作为|既?是|正值)“(?P<plan>十[一二三四五六]?五|[六七八九]五)”(?:规划|时期)?(?:的|实施的)?(?P<which>开局|收官|收关|第一|首)(?:之)?年"
)
FOUNDED = re.compile(
    r"(?:成立|创建|创办|始建|建立|组建|建校|建站|建院)于(?P<a>\d{4})年|(?P<b>\d{4})年(?:\d{1,2}月)?(?:成立|创建|创办|始建|组建|建校|建站|建院)"
)
ANNIVERSARY = re.compile(rf"(?P<year>\d{{4}})年[^。；！？\n\d]{{0,16}}?(?P<n>\d{{1,3}}|{SMALL})周年")
BORN = re.compile(r"(?:生于|出生于)(?P<a>\d{4})年|(?P<b>\d{4})年(?:\d{1,2}月)?(?:出生|生(?=[，的人于）]))")
AGED = re.compile(r"(?P<year>\d{4})年[^。；！？\n\d]{0,16}?(?:时年|年仅|享年|终年|已经?|年满|刚满|时)(?P<n>\d{1,3})岁")
Check = Callable[[Story], Iterator[Finding]]


def date_arithmetic(story: Story) -> Iterable[Finding]:
    """A contradiction for every date, span, weekday, anniversary, age or plan year that cannot be right."""
    dates = list(moments(story.flow.text))
    yield from _impossible(story, dates)
    yield from _spans(story, dates)
    yield from _weekdays(story, dates)
    for check in (_plans, _anniversaries, _ages):
        yield from check(story)


def _impossible(story: Story, dates: list[Moment]) -> Iterator[Finding]:
    text = story.flow.text
    for d in dates:
        named = d.year is not None or d.day is not None
        if named and not d.possible and not _other_calendar(text, d):
            said = text[slice(*d.at)]
            what = "一年只有12个月" if not 1 <= (d.month or 1) <= 12 else f"{d.month}月没有{d.day}日"
            what_en = "a year has 12 months" if not 1 <= (d.month or 1) <= 12 else f"month {d.month} has no day {d.day}"
            yield _finding(story, (d.at,), said, "没有这一天", None, f"“{said}”：{what}。", f"“{said}”: {what_en}.")


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
        yield _finding(
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
    number, fits = _number(stated["n"]), lengths(start, last, unit)
    if number in fits or not number:
        return
    span, said = (stated.start("n"), stated.end("unit")), text[stated.start("n") : stated.end("unit")]
    dates = f"{text[slice(*start.at)]}到{text[slice(*end.at)]}"
    follows = f"{fits[0]}到{fits[-1]}{stated['unit']}"
    miss = f"{number - fits[-1] if number > fits[-1] else number - fits[0]:+d}"
    why = f"{dates}是{follows}，文中说“{said}”。"
    yield _finding(story, (start.at, end.at, span), said, follows, miss, why, f"From {dates} it is {follows}, but the text says “{said}”.")


def _streak(story: Story, start: Moment, end: Moment) -> Iterator[Finding]:
    """连续N年 cannot be longer than the years it is said of."""
    said = STREAK.match(story.flow.text, end.at[1])
    if not said or start.year is None or end.year is None or _number(said["n"]) <= end.year - start.year + 1:
        return
    years = end.year - start.year + 1
    dates = story.flow.text[start.at[0] : end.at[1]]
    why, why_en = (
        f"{dates}只有{years}年，文中说“连续{said['n']}年”。",
        f"{dates} is {years} years, but the text says {said['n']} years running.",
    )
    yield _finding(
        story, (start.at, end.at, said.span()), f"连续{said['n']}年", f"{years}年", f"+{_number(said['n']) - years}", why, why_en
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
                yield _finding(story, ((d.at[0], said.end()),), said[0].strip("（(， "), f"星期{true}", None, why, why_en)


def _plans(story: Story) -> Iterator[Finding]:
    for m in PLAN.finditer(story.flow.text):
        first = _plan_start(m["plan"])
        if (int(m["from"]), int(m["to"])) not in ((first, first + 4), (first - 1, first + 4)):
            yield _plan(story, m, f"{first}年至{first + 4}年")
    for m in PLAN_YEAR.finditer(story.flow.text):
        right = _plan_start(m["plan"]) + (4 if m["which"].startswith("收") else 0)
        if int(m["year"]) != right:
            yield _plan(story, m, f"{right}年")


def _plan(story: Story, m: re.Match[str], follows: str) -> Finding:
    why = f"“{m['plan']}”的年份是{follows}，文中说“{m[0]}”。"
    return _finding(
        story, (m.span(),), m[0], follows, None, why, f"For the plan “{m['plan']}” it is {follows}, but the text says “{m[0]}”."
    )


def _plan_start(plan: str) -> int:
    """The first year of a five-year plan from the sixth on: 六五 1981, 十五 2001, 十四五 2021."""
    return 1951 + 5 * (small_number(plan[:-1]) or 0)


def _anniversaries(story: Story) -> Iterator[Finding]:
    for begun, said in _pairs(story.flow.text, FOUNDED, ANNIVERSARY):
        years = int(said["year"]) - int(begun["a"] or begun["b"])
        number = _number(said["n"])
        if years > 0 and number and number != years:
            why = f"{begun[0]}，到{said['year']}年是{years}周年，文中说“{said['n']}周年”。"
            why_en = f"{begun[0]}: by {said['year']} it is {years} years, but the text says {said['n']}."
            yield _finding(story, (begun.span(), said.span()), f"{said['n']}周年", f"{years}周年", f"{number - years:+d}", why, why_en)


def _ages(story: Story) -> Iterator[Finding]:
    for born, said in _pairs(story.flow.text, BORN, AGED):
        years = int(said["year"]) - int(born["a"] or born["b"])
        if years > 0 and abs(int(said["n"]) - years) > 1:
            why = f"{born[0]}，到{said['year']}年约{years}岁，文中说“{said['n']}岁”。"
            why_en = f"{born[0]}: in {said['year']} about {years} years old, but the text says {said['n']}."
            yield _finding(story, (born.span(), said.span()), f"{said['n']}岁", f"约{years}岁", f"{int(said['n']) - years:+d}", why, why_en)


def _pairs(text: str, first: re.Pattern[str], second: re.Pattern[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The matches of two patterns in one sentence that holds each of them once."""
    for start, end in sentences(text):
        said = list(second.finditer(text, start, end))
        begun = list(first.finditer(text, start, end)) if len(said) == 1 else []
        if len(begun) == 1 and (begun[0]["a"] or begun[0]["b"]) != said[0]["year"]:
            yield begun[0], said[0]


def _other_calendar(text: str, d: Moment) -> bool:
    return bool(OTHER_CALENDAR.search(text, *sentence_at(text, d.at[0])))


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else small_number(printed) or 0


def _finding(story: Story, at: tuple[Span, ...], printed: str, follows: str, miss: str | None, why: str, why_en: str) -> Finding:
    spans = tuple(raw for span in at for raw in story.flow.raw(span))
    return Finding(story.article.id, "contradiction", "dates", spans, printed, follows, miss, why, why_en)
