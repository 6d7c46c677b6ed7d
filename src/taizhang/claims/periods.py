"""When a value stands: the year, quarter or month that the words before it name, and which of two comes first.

A period is what the words say and no more: 去年 is one year ago, 2019年 a year, 整治前 some time past.
Two periods are ordered only where the words decide.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Literal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10, "首": 1}
NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十首])"
SUBYEAR = rf"(?:(?P<upto>前)?(?P<months>{NUMBER}?[至到\-—－~～、]?{NUMBER})个?月|前(?P<quarters>{NUMBER})季度|(?P<quarter>{NUMBER})季度|(?P<half>[上下])半年)"

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
AGO = re.compile(
    rf"(?P<last>去年|上(?:一)?(?:学|财)?年度?(?!均))|(?P<two>(?<!目)前年)|(?P<this>[今本](?:学|财)?年度?)|(?P<back>{NUMBER})年(?:之|以)?前"
)
PAST = re.compile(
    r"同期|此前|之前|以前|原来|原有|原先|原本|原|(?<!年)过去|从前|年初|月初|上月|上个月|上季度|初期|当初|当年|首次|初次|起初|最初|"
    r"[\u4e00-\u9fff]前(?:有|是|为|需|要|共|只|仅|$)|[改造治革建施]前"
)
NOW = re.compile(r"本月|本季度?|本期|当月|如今|现在|目前|当前|眼下|现有|现已|现为|现|截至|年末|年底|年(?:过去|之?后|以?来)|[改造治革建施]后")
SPAN = re.compile(r"半年|以来|(?:\d{1,2}|[一二两三四五六七八九十几]+)(?:年(?:来|间|里|内)?|日|份)|[年月季]度?[初末底]|份|度")
PLAIN_YEAR = re.compile(r"同比|去年|上一?年|上学年|前一年")  # known as years ago
PART = re.compile(SUBYEAR)

Basis = Literal["year", "part", "start", "vague"]


@dataclass(frozen=True, slots=True)
class Period:
    """A time as named: an absolute year, years ago (0 is this year), a part of a year, or only past or now."""

    year: int | None = None
    ago: int | None = None
    part: tuple[str, int] | None = None
    past: bool = False
    now: bool = False
    counted: Basis | None = None  # 年初, 上月: what a change since then is counted from
    next_to: bool = False  # 上年: the year before the one spoken of, whichever that is

    @property
    def is_named(self) -> bool:
        """True when the words name any time."""
        return self != Period()

    @property
    def is_past(self) -> bool:
        """True when the words themselves say that it is over."""
        return (self.past and not self.now and self.ago != 0) or (self.ago or 0) > 0


@dataclass(frozen=True, slots=True)
class Step:
    """How one value's time comes before another's: `years` apart where the words tell."""

    basis: Basis
    years: int | None = None


def period_of(words: str) -> Period:
    """The period that these words name; of several years the last."""
    years = YEAR.findall(words)
    ago = _ago(words)
    return Period(
        int(years[-1]) if years else None,
        None if years else ago,
        _part(words),
        bool(PAST.search(words)),
        bool(NOW.search(words)),
        counted_from(PLAIN_YEAR.sub("", words)),
        bool(re.search(r"上一?年", words)),
    )


def _ago(words: str) -> int | None:
    found = _last(AGO, words)
    if found is None:
        return None
    if found["back"]:
        return number(found["back"])
    return 1 if found["last"] else 2 if found["two"] else 0


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last place where a pattern stands in the words."""
    return next(iter(deque(pattern.finditer(words), maxlen=1)), None)


def _part(words: str) -> tuple[str, int] | None:
    found = _last(PART, words)
    if found is None:
        return None
    if found["half"]:
        return ("to", 6) if found["half"] == "上" else ("from", 6)
    if found["quarters"]:
        return "to", 3 * number(found["quarters"])
    if found["quarter"]:
        return "quarter", number(found["quarter"])
    return _months(found["upto"] is not None, found["months"])


def _months(up_to: bool, said: str) -> tuple[str, int]:
    """1至5月 and 前5个月 both reach to May; 5月 is a month."""
    last = re.findall(NUMBER, said)[-1]
    return ("to" if up_to or last != said else "month"), number(last)


def without_times(words: str) -> str:
    """The words without the times they name."""
    for pattern in (YEAR, AGO, PART, SPAN, NOW, PAST):
        words = pattern.sub("", words)
    return words


def number(word: str) -> int:
    """A small number in either script."""
    return int(word) if word.isdigit() else DIGITS[word]


def before(a: Period, b: Period) -> Step | None:
    """The step from `a` to `b` when the words make `a` the earlier, else None."""
    years = _years(a, b)
    if years is not None:
        return Step("year", years) if years > 0 and _alike(a, b) else _within(a, b) if years == 0 else None
    if a.year is not None and b.year is None and (b.ago == 0 or b.now):
        return Step("year")
    if a.next_to and not b.next_to and b.year is not None:
        return Step("year", 1)
    if a.is_past and not b.is_past and (b.year is None or a.ago is None):
        return Step(a.counted or "vague") if a.ago is None else Step("year", a.ago)
    return _within(a, b)


def _years(a: Period, b: Period) -> int | None:
    if a.year is not None and b.year is not None:
        return b.year - a.year
    if a.ago is not None and b.ago is not None:
        return a.ago - b.ago
    return None


def _alike(a: Period, b: Period) -> bool:
    """True for periods of the same length: 一季度 of two years, not 2022年 and 一季度 of 2023年."""
    return a.part == b.part or a.past or b.past or "month" in (a.part or b.part or ())


def _within(a: Period, b: Period) -> Step | None:
    """Two quarters or months of one year; 1至5月 holds 1至3月 and does not follow it."""
    if a.part is None or b.part is None or a.part[0] != b.part[0] or a.part[0] not in ("quarter", "month"):
        return None
    return Step("part") if a.part[1] < b.part[1] else None


def counted_from(words: str) -> Basis | None:
    """What the words before a change count it from: the year, quarter or month before, or the start of the year."""
    found = re.search(r"(?P<part>环比|上月|上个月|上季)|(?P<start>年初)|(?P<year>同比|上年|去年|上一年|上学年|前一年)", words)
    return None if found is None else found.lastgroup  # type: ignore[return-value]
