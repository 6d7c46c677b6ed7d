"""Shares and changes, judged through the figures they are made of: 占 … %, 增长 … %, 增加 … 起."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from taizhang.claims.matching.matching import Likely, Matched, Matcher
from taizhang.claims.matching.moments import When
from taizhang.claims.matching.scoring import FLOOR, MARGIN
from taizhang.claims.matching.units import factor
from taizhang.core import Figure, Period, Quantity, Question

_SHARE = re.compile(r"占(?!地|用|据|领|有)")
_MONTH_BEFORE = re.compile(r"环比|比上月|较上月|比上个月|较上个月|比前一个月")
_YEAR_BEFORE = re.compile(r"同比|[比较](?:去年|上年|上一年|前一年|上年度|去年同期|上年同期)|比(?:19|20)\d\d年")
_BASE_YEAR = re.compile(r"[比较]((?:19|20)\d\d)年")
_POINTS = "百分点"
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Made:
    """What a share or a change comes to in the book: the value in the printed unit, and the two figures it is made of."""

    matched: Matched
    value: Fraction | None = None
    figures: tuple[Figure, ...] = ()


def is_share(matcher: Matcher, q: Quantity) -> bool:
    """Whether a percentage tells a part of a whole."""
    low, _ = matcher.wording.sentence(q.at[0])
    return q.unit == "%" and (q.of is not None or _SHARE.search(matcher.wording.text, max(low, q.at[0] - 30), q.at[0]) is not None)


def share(matcher: Matcher, q: Quantity) -> Made:
    """A part of a whole: the cells named for the part, over the same figure without them."""
    part = _part(matcher, q)
    if part.why:
        return Made(part)
    if not part.best.cells or _respectively(matcher, q):
        return Made(replace(part, why="base"))
    whole = replace(part, likely=(replace(part.best, cells={}),))
    a, b = _first(matcher, part), _first(matcher, whole)
    if a is None or b is None or not b.value or a.value is None:
        return Made(replace(part, why="base"), None, tuple(f for f in (a, b) if f))
    return Made(part, a.value / b.value * 100, (a, b))


def _respectively(matcher: Matcher, q: Quantity) -> bool:
    """Whether it is one of several shares told in one breath: 分别占 9%、11%和16%. Which part each is of, the words before do not tell."""
    low, _ = matcher.wording.sentence(q.at[0])
    said = matcher.wording.text[low : q.at[0]]
    return "分别" in said.rpartition("，")[2]


def _part(matcher: Matcher, q: Quantity) -> Matched:
    """The part: the number right before 占, else what the words before it name."""
    before = _before(matcher, q)
    if before is not None and _joined(matcher, before, q) and not is_share(matcher, before):
        return matcher.match(before)
    low, _ = matcher.wording.sentence(q.at[0])
    if (part := _of_earlier(matcher, q, low)) is not None:
        return part
    said = matcher.wording.around(q)
    cut = _SHARE.search(matcher.wording.text, low, q.at[0])
    said.own, said.clause = (matcher.wording.text[low : cut.start() if cut else q.at[0]],) * 2
    return _of_any_unit(matcher, q, said.own, matcher.match_words(q, said))


def _of_earlier(matcher: Matcher, q: Quantity, low: int) -> Matched | None:
    """Of a number told earlier in the sentence, by the sort named after it: 违章4起，其中超载占 …"""
    for whole in [o for o in matcher.before(q, low) if o.unit != "%"]:
        found = matcher.match(whole)
        words = matcher.wording.text[whole.at[1] : q.at[0]]
        if found.likely and not found.why and (cells := matcher.opened.cells.named(found.best.fit.profile.one, words)):
            return replace(found, likely=(replace(found.best, cells=cells),))
    return None


def _of_any_unit(matcher: Matcher, q: Quantity, words: str, found: Matched) -> Matched:
    """The same with indicators of every unit: those whose sorts the words name."""
    likely = sorted((one for one in matcher.fitting(q, matcher.wording.around(q)) if one.fit.score >= FLOOR), key=lambda one: -one.fit.score)
    sorted_out = [replace(one, factor=Fraction(1), cells=matcher.opened.cells.named(one.fit.profile.one, words)) for one in likely]
    named = [one for one in sorted_out if one.cells] or sorted_out
    if not named:
        return replace(found, likely=(), why="none")
    tied = len(named) > 1 and named[0].fit.score - named[1].fit.score < MARGIN and _countable(named)
    return replace(found, likely=tuple(named), why="margin" if tied else matcher.unplaced(found.where, found.when))


def _countable(named: Sequence[Likely]) -> bool:
    return named[0].key != named[1].key


def change(matcher: Matcher, q: Quantity) -> Made:
    """A growth or fall: the figure now and the one it is counted from."""
    now = _subject(matcher, q)
    if now.why:
        return Made(now)
    earlier = _base(matcher, q, now)
    if earlier is None:
        return Made(replace(now, why="base"))
    a, b = _first(matcher, now), _first(matcher, earlier)
    if a is None or b is None or a.value is None or b.value is None:
        return Made(replace(now, why="base"), None, tuple(f for f in (a, b) if f))
    return Made(now, _grown(q, now, a.value, b.value), (a, b))


def _grown(q: Quantity, now: Matched, after: Fraction, before: Fraction) -> Fraction | None:
    sign = -1 if q.direction == "down" else 1
    if q.unit == "%":
        return sign * (after / before - 1) * 100 if before else None
    return sign * (after - before) / (now.best.factor or Fraction(1))


def _subject(matcher: Matcher, q: Quantity) -> Matched:
    """What grew: the number it follows, else what its own words name."""
    before = _before(matcher, q)
    if before is not None and before.role != "change" and not _own_subject(matcher, before, q):
        found = matcher.match(before)
        if found.likely:
            return replace(found, likely=(replace(found.best, factor=factor(matcher.unit(q), found.best.fit.profile.one.indicator.unit, matcher.opened.lexicon)),))
        return found
    if q.unit != "%":
        return matcher.match(q)
    return _of_any_unit(matcher, q, matcher.wording.around(q).clause, matcher.match(q))


def _own_subject(matcher: Matcher, before: Quantity, q: Quantity) -> bool:
    """Whether the words between two numbers name a subject of their own."""
    between = matcher.wording.text[before.at[1] : q.at[0]]
    return any(g.startswith(("thing:", "choice:")) for s in matcher.opened.lexicon.senses(between) for g in s.groups)


def _base(matcher: Matcher, q: Quantity, now: Matched) -> Matched | None:
    """The same of the time it is counted from: of the number before it, the year or month before; None where nothing says."""
    low, _ = matcher.wording.sentence(q.at[0])
    said = matcher.wording.text[max(low, q.at[0] - 60) : q.at[0]]
    earlier = [o for o in matcher.before(q, low) if o.role == "before"]
    if named := _BASE_YEAR.search(said):
        return _shifted(now, lambda p: _year(p, int(named[1])))
    if _MONTH_BEFORE.search(said):
        return _shifted(now, _month_before)
    if earlier:
        return matcher.match(earlier[0])
    if _YEAR_BEFORE.search(said):
        return _shifted(now, lambda p: _year(p, p.last.year - 1))
    return _two_numbers(matcher, q, low)


def _two_numbers(matcher: Matcher, q: Quantity, low: int) -> Matched | None:
    """2021年 … 64起，2022年增加到100起，增长 …: the number told before the last one of the sentence."""
    told = [o for o in matcher.before(q, low) if o.role in ("level", "before", "after")]
    if len(told) < 2 or told[0].role != "after":
        return None
    found = matcher.match(told[1])
    return None if found.why else found


def _shifted(now: Matched, to: object) -> Matched | None:
    if now.when is None or not callable(to):
        return None
    return replace(now, when=When(now.when.words, tuple(to(p) for p in now.when.periods), now.when.upto))


def _year(period: Period, year: int) -> Period:
    back = period.last.year - year
    return Period(_moved(period.first, back), _moved(period.last, back))


def _moved(day: date, back: int) -> date:
    try:
        return day.replace(year=day.year - back)
    except ValueError:
        return day.replace(year=day.year - back, day=28)


def _month_before(period: Period) -> Period:
    return Period.around(period.first - timedelta(1), "month")


def _first(matcher: Matcher, found: Matched) -> Figure | None:
    """The figure of the likeliest reading."""
    if found.why or found.where is None or found.where.key is None or found.when is None or found.when.guessed:
        return None
    of = {path: cells[0].value for path, cells in found.best.cells.items() if len(cells) == 1}
    period = matcher.periods(found)[0]
    figure = matcher.opened.figure(Question(found.best.key, found.where.key, period, of=of))
    return figure if figure is not None and figure.value is not None else None


def _before(matcher: Matcher, q: Quantity) -> Quantity | None:
    """The number before it in its sentence."""
    low, _ = matcher.wording.sentence(q.at[0])
    return next(iter(matcher.before(q, low)), None)


def _joined(matcher: Matcher, before: Quantity, q: Quantity) -> bool:
    """Whether nothing but marks stands between a number and 占."""
    cut = _SHARE.search(matcher.wording.text, before.at[1], q.at[0])
    between = matcher.wording.text[before.at[1] : cut.start()] if cut else ""
    return cut is not None and len(between) < _NEAR and not re.search(r"[\u4e00-\u9fff]{3}", between)
