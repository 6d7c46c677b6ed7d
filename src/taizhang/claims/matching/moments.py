"""When a number holds: the times a text names, brought to days, with the day of the text where they need one."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from taizhang.claims.periods import number
from taizhang.core import Period, Quantity, Story
from taizhang.text.reader.times import TIME

_CHINESE = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年")
_AGO = re.compile(r"(?P<ago>去年|上年|今年|本年|前年)")
_YEAR_BEFORE = re.compile(r"前一年|上一年|头一年|上年")
_SAME = re.compile(r"当年|同年|该年|全年|这一年|年内")
_DAY = re.compile(r"(?P<only>\d{1,2})[日号]")
_HALF = re.compile(r"(?P<half>[上下])半年")
_QUARTER = re.compile(r"(?P<upto>前)?(?:第)?(?P<quarter>[一二三四1-4])季度")
_MONTHS = re.compile(r"(?P<first>\d{1,2})月?份?[至到—–~-](?P<last>\d{1,2})月|前(?P<count>\d{1,2}|[一二两三四五六七八九十]+)个月")
_MONTH = re.compile(r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<day>\d{1,2})[日号])?")
_THIS_MONTH = re.compile(r"本月|这个月")
_SAME_MONTH = re.compile(r"当月|同月|该月|全月|同一个月|本月|这个月|月内|月底|月末")
_LAST_MONTH = re.compile(r"上月|上个月")
_SINCE = re.compile(r"以来|至今|起")
_UPTO = re.compile(r"^(?:截至|截止|到|至)|底$|末$")
_NOW = re.compile(r"目前|现在|如今|当前|眼下|截至目前|^现$|至今|现已|日前|迄今|今天|今晚|今日")
_START = re.compile(r"年初")
_DATELINE = re.compile(
    r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?=讯|电|发[）)\n]|，?[^，。\n]{0,12}(?:记者|通讯员)|[）)]|\s*(?:\n|$))"
    r"|(?<=今天是|现在是)(?P<y1>20\d\d)年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"|(?P<y2>20\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)(?=\s*(?:\n|$))"
)
_AFTER_HEAD = re.compile(r"(?:讯|电)[\s　]*(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
"""本报讯 2022年12月31日，…: the day of the text, and of what it tells."""
_HEADLINE = re.compile(r"(?m)^[^。，\n]{0,30}?(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^。，\n]{0,20}$")
"""A short line of names and a day under the title: 2023年1月13日　周闻; 晚报记者　2023年1月6日综合报道."""
_DURATION = re.compile(r"(?:[一1]?(?:年|个月))(?:来|里|内|间|时间)?|其间|期间")
_TIMES = re.compile(
    rf"(?:本月|上月|当月|同月|全月|上个月|这个月|同一个月)(?:以来|底|末)?|年内|(?:前一年|上一年|头一年)(?:年?[底末])?|(?:到|截至)(?:今天|今晚|今日|\d{{1,2}}[日号])|{TIME.pattern}"
)
_COMPARED = re.compile(r"[比较同]$")
_PLANNED = re.compile(r"度?的?(?:工作|[\u4e00-\u9fff]书)?(?:打算|计划|安排|思路|展望|目标|规划|预算)")
"""2023年工作打算: a year that is planned holds for nothing that was done."""
_MORE = re.compile(r"[多少增减升降高低涨跌，。；]")
_ASIDE = re.compile(r"(?:同期)?(?:则|只|仅|才)?(?:是|为|有)?(?:[约近超]|仅|只)?(?=\d)")
_STOP = re.compile(r"[。！？\n]")
_HEAD, _FEW = 200, 60
_CLOSE = 12
"""A time that something is compared with holds only for a number behind it: 较11月的6起."""


@dataclass(frozen=True, slots=True)
class When:
    """A time as told: the days it may mean, the likeliest first; none where it cannot be told. `upto` sums up to its last day;
    `guessed` is one that no word tells, from the day of the text alone.
    """

    words: str
    periods: tuple[Period, ...] = ()
    upto: bool = False
    guessed: bool = False


def dateline(text: str) -> date | None:
    """The day of a text, from its head or foot: 2023年1月5日讯, a line that ends with a date."""
    for part in (text[:_HEAD], text[-_HEAD:]):
        for m in (*_DATELINE.finditer(part), *_AFTER_HEAD.finditer(part), *_HEADLINE.finditer(part)):
            year, month, day = (int(part) for part in m.groups() if part)
            made = _day(year, month, day)
            if made:
                return made
    return None


@dataclass(frozen=True, slots=True)
class _Said:
    at: int
    end: int
    when: When
    compared: bool


class Moments:
    """The times of one story."""

    def __init__(self, story: Story, day: date | None) -> None:
        self.text, self.day = story.flow.text, day
        self._story = story
        self._said: list[_Said] = []
        context: tuple[int | None, int | None] = (None, None)
        latest, end = 0, 0
        for m in _TIMES.finditer(self.text):
            if _DATELINE.match(self.text, m.start()) or self._in_head(m.start()):
                continue
            if _STOP.search(self.text, end, m.start()):
                context, latest = ((latest, None) if latest > (context[0] or 0) else context), 0
            compared = _COMPARED.search(self.text, max(m.start() - 2, 0), m.start()) is not None or _PLANNED.match(self.text, m.end()) is not None
            when, left = read_time(m[0], context, day)
            compared = compared or bool(_ASIDE.match(self.text, m.end())) and _earlier(when, context)
            context = context if compared else left
            latest, end = max(latest, context[0] or 0), m.end()
            self._said.append(_Said(m.start(), m.end(), when, compared))

    def _in_head(self, at: int) -> bool:
        """Whether a time is the day of the text, in a short line at its head or foot."""
        low, high = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        near = at < _HEAD or at > len(self.text) - _HEAD
        return near and _HEADLINE.match(self.text[low : high if high >= 0 else len(self.text)]) is not None

    def of(self, q: Quantity, low: int) -> When | None:
        """The time that governs a quantity whose sentence begins at `low`."""
        i = bisect_right(self._said, q.at[0] + 1, key=lambda s: s.end)
        before = self._said[max(i - _FEW, 0) : i]
        if before and before[-1].compared and self._measured_by(before[-1], q):
            return before[-1].when
        before = [s for s in before if not s.compared]
        if q.time:
            told = [s for s in before if q.time in s.when.words or s.when.words in q.time]
            told = [s for s in told if s.at >= low or not _NOW.search(s.when.words)]  # 目前 holds for its own sentence
            if told and (told[-1].when.periods or not _DURATION.fullmatch(told[-1].when.words)):
                return told[-1].when
        inside = [s for s in before if s.at >= low and s.when.periods]
        if inside:
            return inside[-1].when
        paragraph = self.text.rfind("\n", 0, q.at[0]) + 1
        opening = [s for s in before if s.at >= paragraph and s.when.periods and self._opens(s)]
        if opening:
            return opening[-1].when
        lead = [s for s in before if s.when.periods and self._opens(s)]
        return lead[-1].when if lead else self._only(before)

    def _measured_by(self, said: _Said, q: Quantity) -> bool:
        """Whether a number is that of the time something is compared with: nothing but its own words stands between."""
        return said.end + _CLOSE >= q.at[0] and not _MORE.search(self.text, said.end, q.at[0])

    @staticmethod
    def _only(before: list[_Said]) -> When | None:
        """The time of the text so far, where it has named no other."""
        told = [s for s in before if s.when.periods]
        return told[0].when if len({s.when.periods for s in told}) == 1 else None

    def spoken(self, low: int, high: int) -> list[Period]:
        """Every time named between two offsets, also one that something is compared with."""
        found = (s.when.periods for s in self._said if low <= s.at < high)
        return list(dict.fromkeys(period for periods in found for period in periods))

    def near(self) -> When:
        """Where no word tells the time, what a text of its day may mean: its month, its year, all up to then."""
        if self.day is None:
            return When("")
        month, year = Period.around(self.day, "month"), Period.around(self.day, "year")
        return When("", (month, year), upto=True, guessed=True)

    def _opens(self, said: _Said) -> bool:
        """Whether it stands at the head of a sentence or clause."""
        return self.text[max(said.at - 1, 0) : said.at] in ("", *"，。；！？\n：、“（ \u3000")


def _earlier(when: When, context: tuple[int | None, int | None]) -> bool:
    """Whether a time lies in a year before that of the text so far: told beside it, as what it was before."""
    return bool(when.periods and context[0] and when.periods[-1].last.year < context[0])


def read_time(words: str, context: tuple[int | None, int | None], day: date | None) -> tuple[When, tuple[int | None, int | None]]:
    """A time expression as days, and the year and month it leaves for what follows."""
    said = words.translate(_CHINESE) if "二〇" in words or "二零" in words else words
    if _YEAR_BEFORE.search(said) and context[0]:
        return When(words, (Period(date(context[0] - 1, 1, 1), date(context[0] - 1, 12, 31)),)), context
    year, month = _year(said, context, day)
    if year is None:
        if _NOW.search(said) and day:
            return When(words, (Period(date(day.year, 1, 1), day),), upto=True), context
        return When(words), context
    upto = bool(_UPTO.search(said) or _SINCE.search(said))
    rest = _AGO.sub("", _YEAR.sub("", said))
    period, month = _inside(rest, year, context[1] if month is None else month, day)
    if period is None:
        return When(words), (year, month)
    if _SINCE.search(said):
        period = Period(period.first, day) if day and day >= period.first else None
        if period is None:
            return When(words), (year, month)
    if upto and not _SINCE.search(said):
        period = Period(date(period.last.year, 1, 1), period.last)
    return When(words, (period,), upto), (year, month)


def _year(said: str, context: tuple[int | None, int | None], day: date | None) -> tuple[int | None, int | None]:
    """The year meant, and the month where the words turn back to one."""
    if m := _YEAR.search(said):
        return int(m["year"]), None
    if m := _AGO.search(said):
        back = {"去年": 1, "上年": 1, "前年": 2}.get(m["ago"], 0)
        return (day.year - back if day else None), None
    if _THIS_MONTH.search(said) and day:
        return day.year, day.month
    if _LAST_MONTH.search(said):
        return (day.year - (day.month == 1), (day.month - 2) % 12 + 1) if day else (None, None)
    if _SAME_MONTH.search(said) or _SAME.search(said) or _DAY.fullmatch(said.lstrip("截至到")) or said in ("年底", "年末", "年初"):
        return context[0] or (day.year if day else None), context[1]
    if _MONTH.search(said) or _QUARTER.search(said) or _HALF.search(said) or _MONTHS.search(said):
        return context[0] or _latest(said, day), None
    return None, None


def _latest(said: str, day: date | None) -> int | None:
    """The year of a bare month: the last such month that was over by the day of the text, or had begun."""
    if day is None:
        return None
    m = _MONTH.search(said)
    return day.year - (bool(m) and _number(m["month"]) > day.month) if m else day.year


def _inside(rest: str, year: int, month: int | None, day: date | None) -> tuple[Period | None, int | None]:
    """The part of the year that the rest of the words names."""
    if m := _MONTHS.search(rest):
        first, last = (1, _number(m["count"])) if m["count"] else (int(m["first"]), int(m["last"]))
        return _span(year, first, last), last
    if m := _QUARTER.search(rest):
        quarter = number(m["quarter"])
        return _span(year, 1 if m["upto"] else 3 * quarter - 2, 3 * quarter), None
    if m := _HALF.search(rest):
        return (_span(year, 1, 6) if m["half"] == "上" else _span(year, 7, 12)), None
    if m := _MONTH.search(rest):
        told = _number(m["month"])
        if m["day"]:
            one = _day(year, told, int(m["day"]))
            return (Period(one, one) if one else None), told
        return _span(year, told, told), told
    if (m := _DAY.search(rest)) and month:
        one = _day(year, month, int(m["only"]))
        return (Period(one, one) if one else None), month
    if _SAME_MONTH.search(rest) or _LAST_MONTH.search(rest):
        month = month or (day.month if day and day.year == year else None)
        return (_span(year, month, month) if month else None), month
    if _START.search(rest):
        return Period(date(year, 1, 1), date(year, 1, 1)), None
    return _span(year, 1, 12), None


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    ones = said.partition("十")[2]
    return (10 + (number(ones) if ones else 0)) if "十" in said else number(said)


def _span(year: int, first: int, last: int) -> Period | None:
    if not (1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
