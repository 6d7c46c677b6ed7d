"""From a claim to an indicator, a place, a period and a cell; or to the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from taizhang.claims.matching.cells import Cell
from taizhang.claims.matching.moments import Moments, When, dateline
from taizhang.claims.matching.opened import OpenBook
from taizhang.claims.matching.scoring import FLOOR, FLOOR_OF_ANOTHER_UNIT, MARGIN, Fit, fit
from taizhang.claims.matching.units import factor
from taizhang.claims.matching.whereabouts import Where
from taizhang.claims.matching.wording import Wording, Words
from taizhang.core import Figure, Period, Quantity, Question, Story
from taizhang.cube.cube import Defined

SHOWN = 3
MOST_READINGS = 6


@dataclass(frozen=True, slots=True)
class Likely:
    """An indicator that fits a claim: how well, the size of the printed unit in its unit (None: not comparable), the cells named."""

    fit: Fit
    factor: Fraction | None
    cells: dict[str, list[Cell]]

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.fit.profile.key


@dataclass(frozen=True, slots=True)
class Matched:
    """What a claim was matched with. `why` names what is missing where it was not: none, unit, margin, sort, place, outside, time, intent."""

    likely: tuple[Likely, ...] = ()
    where: Where | None = None
    when: When | None = None
    why: str = ""

    @property
    def best(self) -> Likely:
        """The indicator taken."""
        return self.likely[0]


class Matcher:
    """Matches the quantities of one story with a book."""

    def __init__(self, opened: OpenBook, story: Story, day: date | None = None) -> None:
        self.opened, self.story = opened, story
        self.day = day or dateline(story.flow.text) or _byline_day(story)
        self.wording = Wording(story, opened.lexicon)
        self.moments = Moments(story, self.day)
        self.places = opened.places.of(story, opened.home)

    def match(self, q: Quantity, words: Words | None = None) -> Matched:
        """What a quantity tells of: by its words first, then its place, then its time."""
        said = words or self.wording.around(q)
        likely = self.likely(q, said)
        why = self._undecided(likely, said)
        low, high = self.wording.sentence(q.at[0])
        where = self.places.governing(low, q.at[0], high)
        when = self.moments.of(q, low)
        return Matched(likely, where, when, why or self._unplaced(where, when))

    def likely(self, q: Quantity, said: Words) -> tuple[Likely, ...]:
        """The indicators whose words fit, the best first; those in another unit stand behind."""
        found = [one for one in self._fitting(q, said) if one.fit.score >= (FLOOR if one.factor else FLOOR_OF_ANOTHER_UNIT)]
        same = sorted((one for one in found if one.factor is not None), key=lambda one: -one.fit.score)
        return tuple(same or sorted(found, key=lambda one: -one.fit.score))

    def _fitting(self, q: Quantity, said: Words) -> Iterator[Likely]:
        profiles = self.opened.profiles
        for profile in profiles.all:
            size = factor(q, profile.one.indicator.unit, self.opened.lexicon)
            cells = self._cells(profile.one, said)
            if found := fit(profile, profiles, said, len(cells)):
                yield Likely(found, size, cells)

    def _cells(self, one: Defined, said: Words) -> dict[str, list[Cell]]:
        cells = self.opened.cells
        return next((found for text in (said.own, said.clause, said.topic) if (found := cells.named(one, text))), {})

    def _undecided(self, likely: tuple[Likely, ...], said: Words) -> str:
        if not likely:
            return "none"
        if likely[0].factor is None:
            return "unit"
        if said.shy:
            return "intent"
        if len(likely) > 1 and likely[0].fit.score - likely[1].fit.score < MARGIN:
            return "margin"
        return "sort" if self._other_sort(likely[0], said) else ""

    def _other_sort(self, best: Likely, said: Words) -> bool:
        """Whether its own words name a sort that its pack knows, but this indicator is not broken down by."""
        if best.cells:
            return False
        pack = best.fit.profile.one.pack.name
        others = (p.one for p in self.opened.profiles.all if p.one.pack.name == pack and p.key != best.key)
        return any(self.opened.cells.named(one, said.own) for one in others)

    def _unplaced(self, where: Where | None, when: When | None) -> str:
        if where is None:
            return "place"
        if where.key is None:
            return "outside"
        return "" if when is not None and when.periods else "time"

    # ---- figures ---------------------------------------------------------------------------------------------------------------

    def figures(self, found: Matched, back: int = 0) -> list[Figure]:
        """The figures of every reading the words allow, the likeliest first; `back` asks for so many years before."""
        assert found.where is not None
        assert found.where.key is not None
        out: list[Figure] = []
        for period in self.periods(found, back):
            for of in readings(found.best.cells):
                figure = self.opened.figure(Question(found.best.key, found.where.key, period, of=of))
                if figure is not None:
                    out.append(figure)
        return out[:MOST_READINGS]

    def periods(self, found: Matched, back: int = 0) -> list[Period]:
        """The periods a claim may mean of its indicator: a stock its last day; a sum up to a day the year's, and all there is."""
        stock = found.best.fit.profile.one.indicator.kind == "stock"
        when = found.when or When("")
        periods = [_years_before(p, back) for p in when.periods]
        if stock:
            return [Period(p.last, p.last) for p in periods]
        if when.upto:
            first = min(self.opened.first_day, periods[0].last)
            periods += [Period(first, p.last) for p in periods]
        return list(dict.fromkeys(periods))


def readings(cells: dict[str, list[Cell]]) -> list[dict[str, str]]:
    """The breakdowns that named cells may mean: one of each path; of several of one path, they do not tell which, so the whole."""
    return [{path: found[0].value for path, found in cells.items() if len(found) == 1}]


def _years_before(period: Period, back: int) -> Period:
    if not back:
        return period
    return Period(_back(period.first, back), _back(period.last, back))


def _back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _byline_day(story: Story) -> date | None:
    return dateline(story.article.byline or "")
