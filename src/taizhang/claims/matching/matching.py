"""From a claim to an indicator, a place, a period and a cell; or to the reason why not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from taizhang.claims.matching.cells import Cell
from taizhang.claims.matching.leaning import Beside, lean
from taizhang.claims.matching.lexicon import within
from taizhang.claims.matching.moments import Moments, When, dateline
from taizhang.claims.matching.opened import OpenBook
from taizhang.claims.matching.scoring import FLOOR, FLOOR_OF_ANOTHER_UNIT, MARGIN, Fit, fit
from taizhang.claims.matching.tallies import NAMED, tallied
from taizhang.claims.matching.topics import Topics
from taizhang.claims.matching.units import factor, printed_unit
from taizhang.claims.matching.whereabouts import Where
from taizhang.claims.matching.wording import NEAR, Wording, Words
from taizhang.core import Figure, Period, Quantity, Question, Span, Story
from taizhang.cube.cube import Defined

SHOWN = 3
LEAST = 0.8
"""What all that stands beside must come to before an indicator is named for it."""
SURE = 1.2
"""What it must come to before a number is called wrong by it."""
MOST_READINGS = 6
Sorts = dict[str, list[Cell]]
"""The cells that words name, by the path of the breakdown."""
_REACH, _FEW = 4, 40
"""So many numbers back one may go on with; so many are looked at in all."""
_OF_WHICH = "其中"
_SOME = re.compile(r"[^，。；：、比较]{2,}的[，,]?[^，。；：、的]{0,5}$")
_SOME_LONG = 24
_AND_MORE = re.compile(r"[\u4e00-\u9fff](?:和|及|等|与|以及)[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Likely:
    """An indicator that fits a claim: how well, the size of the printed unit in its unit (None: not comparable), the cells named.

    `others` are breakdowns that the words may mean as well; `named` says that the number counts exactly what the indicator is called.
    """

    fit: Fit
    factor: Fraction | None
    cells: dict[str, list[Cell]]
    others: tuple[dict[str, list[Cell]], ...] = ()
    named: bool = False

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.fit.profile.key


@dataclass(frozen=True, slots=True)
class Matched:
    """What a claim was matched with. `why` names what is missing where it was not: none, unit, margin, faint, sort, place, outside, time, intent.

    One that is not `sure` was led to by what stands beside the words: it may agree, but is never called wrong."""

    likely: tuple[Likely, ...] = ()
    where: Where | None = None
    when: When | None = None
    why: str = ""
    sure: bool = True

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
        self.topics = Topics(self.wording, opened.profiles)
        self.places = opened.places.of(story, opened.home)
        self._done: dict[Span, Matched] = {}
        self._starts = [q.at[0] for q in story.quantities]

    def match(self, q: Quantity) -> Matched:
        """What a quantity tells of: by its words first, then its place, then its time."""
        if q.at not in self._done:
            self._done[q.at] = self.match_words(q, self.wording.around(q))
        return self._done[q.at]

    def match_words(self, q: Quantity, said: Words) -> Matched:
        """The same with these words around it."""
        own = any(weight > NEAR for weight in said.acts.values())
        ways = (self.likely, self._goes_on) if own else (self._goes_on, self.likely)
        tried = [way(q, said) for way in ways]
        likely = next((found for found in tried if found and found[0].factor is not None), tried[0] or tried[1])
        why, sure = self._undecided(q, likely, said), True
        if (why == "none" or why == "margin" and not own) and (going := self._goes_on(q, said, paragraphs=2)):
            likely, why = going, self._undecided(q, going, said)
        low, high = self.wording.sentence(q.at[0])
        where = self.places.governing(low, q.at[0], high)
        when = self.moments.of(q, low)
        if when is None or not when.periods:
            when = self.moments.near()
        if why in ("none", "margin", "unit") and (leaning := self._leaning(q, said, self._beside(q, where, when))):
            likely, sure = leaning, leaning[0].fit.score >= SURE
            why = self._undecided(q, leaning, said) if leaning[0].fit.score >= LEAST else "faint"
        sure = sure and not self._unknown_sort(q, likely)
        return Matched(likely, where, when, why or self.unplaced(where, when), sure)

    def _leaning(self, q: Quantity, said: Words, beside: Beside) -> tuple[Likely, ...]:
        """Where the words leave it open: the indicators of the programme the passage is about, in a unit that fits, by all that stands beside."""
        topic = self.topics.at(q.at[0])
        if not topic or q.unit in (None, "%"):
            return ()
        unit = self.unit(q)
        found = []
        for profile in self.opened.profiles.all:
            size = factor(unit, profile.one.indicator.unit, self.opened.lexicon)
            if profile.one.pack.name != topic or size is None:
                continue
            named = self._cells(profile.one, said)
            leaning = lean(profile, self.opened.profiles, said, beside, len(named))
            found.append(Likely(leaning, size, *self._sorts(q, profile.one, named, said)))
        found.sort(key=lambda one: -one.fit.score)
        return tuple(found) if found and found[0].fit.score > 0 else ()

    def _beside(self, q: Quantity, where: Where | None, when: When) -> Beside:
        """What the numbers before it in its paragraph were taken for."""
        earlier = [self.match(o) for o in self.before(q, self.wording.paragraph(q.at[0])) if o.role != "change" and o.unit != "%"][:_REACH]
        taken = [found.best for found in earlier if found.likely and not found.why]
        told = frozenset(found.best.key for found in earlier if found.likely and not found.best.cells and (found.where, found.when) == (where, when))
        source = taken[0].fit.profile.one if taken else None
        return Beside(f"{source.pack.name}.{source.indicator.source}" if source else "", told)

    def _unknown_sort(self, q: Quantity, likely: tuple[Likely, ...]) -> bool:
        """Whether what stands before the number tells of some sort in words that nothing knows: 喝了几杯还没到醉的，9起."""
        if not likely or likely[0].cells or any(likely[0].others):
            return False
        low, _ = self.wording.sentence(q.at[0])
        m = _SOME.search(self.wording.text, max(low, q.at[0] - _SOME_LONG), q.at[0])
        every = likely[0].fit.profile.names
        if m is None or self.wording.text[m.start() - 1] in "比较":
            return False
        return not any(sense.groups & every for sense in within(self.wording.senses, m.start(), m.end()))

    def before(self, q: Quantity, low: int) -> list[Quantity]:
        """The numbers before one, from an offset on, the nearest first; a few of them where there are many."""
        i = bisect_left(self._starts, q.at[0])
        return [o for o in reversed(self.story.quantities[max(i - _FEW, 0) : i]) if low <= o.at[0]]

    def _goes_on(self, q: Quantity, said: Words, paragraphs: int = 1) -> tuple[Likely, ...]:
        """A number that names a sort and no doing of its own goes on with the number before it that is counted by that sort: 其中布洛芬 …"""
        unit, low = self.unit(q), self.wording.paragraph(q.at[0], paragraphs)
        before = [o for o in self.before(q, low) if o.role != "change" and o.unit != "%"]
        for earlier in before[:_REACH]:
            found = self.match(earlier)
            if found.why or not (cells := self.opened.cells.named(found.best.fit.profile.one, said.own)):
                continue
            size = factor(unit, found.best.fit.profile.one.indicator.unit, self.opened.lexicon)
            if size is not None:
                return (Likely(found.best.fit, size, cells),)
        return ()

    def unit(self, q: Quantity) -> str:
        """The unit a quantity is printed in, with what it is counted by."""
        low, _ = self.wording.sentence(q.at[0])
        return printed_unit(q, self.wording.text[low : q.at[0]])

    def likely(self, q: Quantity, said: Words) -> tuple[Likely, ...]:
        """The indicators whose words fit, the best first; those in another unit stand behind. Of a bare tally those called what it counts."""
        if named := self._tally(q, said):
            return named
        found = [one for one in self.fitting(q, said) if one.fit.score >= FLOOR and (one.factor or self._surely(q, one.fit, said))]
        same = sorted((one for one in found if one.factor is not None), key=lambda one: -one.fit.score)
        return tuple(same or sorted(found, key=lambda one: -one.fit.score))

    def _tally(self, q: Quantity, said: Words) -> tuple[Likely, ...]:
        found = [(profile, self._cells(profile.one, said)) for profile in tallied(q, self.opened.called, self.wording, self.places)]
        return tuple(Likely(Fit(p, NAMED), Fraction(1), *self._sorts(q, p.one, cells, said), named=True) for p, cells in found)

    def _surely(self, q: Quantity, found: Fit, said: Words) -> bool:
        """Whether the words alone are sure of an indicator of another unit: they name nothing that it does not know, and the number
        counts nothing of another kind (30人 is no number of mines)."""
        if self.opened.lexicon.unlike(self.unit(q), found.profile.one.indicator.unit):
            return False
        return found.score >= FLOOR_OF_ANOTHER_UNIT and all(groups & found.profile.every for groups in said.things)

    def fitting(self, q: Quantity, said: Words) -> Iterator[Likely]:
        """Every indicator that has the doing the words tell, with its score."""
        profiles, unit = self.opened.profiles, self.unit(q)
        for profile in profiles.all:
            size = factor(unit, profile.one.indicator.unit, self.opened.lexicon) if q.unit is not None else Fraction(1)
            if fit(profile, profiles, said, 1) is None:
                continue
            named = self._cells(profile.one, said)
            if found := fit(profile, profiles, said, len(named)):
                yield Likely(found, size, *self._sorts(q, profile.one, named, said))

    def _cells(self, one: Defined, said: Words) -> dict[str, list[Cell]]:
        cells = self.opened.cells
        return next((found for text in (said.own, said.clause, said.topic) if (found := cells.named(one, text))), {})

    def _sorts(self, q: Quantity, one: Defined, named: Sorts, said: Words) -> tuple[Sorts, tuple[Sorts, ...]]:
        """The sorts meant, and what else may be: of 党史资料和图书 the whole before the sort; of a number that names none the one named
        since the number before it, or for that; first where it goes on in one breath (砂石土矿修复面积16公顷，投入资金186万元)."""
        if named:
            return ({}, (named,)) if _AND_MORE.search(said.own) else (named, ())
        low, _ = self.wording.sentence(q.at[0])
        before = self.before(q, low)
        since = self.wording.text[max(low, before[0].at[1] if before else low) : q.at[0]]
        found = (self.opened.cells.named(one, text) for text in (since, *(self.wording.own(o) for o in before)))
        other = next((cells for cells in found if cells), None)
        if other is None:
            return {}, ()
        breath = before and _OF_WHICH not in said.sentence and "；" not in since and self.opened.cells.named(one, self.wording.own(before[0]))
        return (other, ({},)) if breath and before[0].unit != q.unit else ({}, (other,))

    def _undecided(self, q: Quantity, likely: tuple[Likely, ...], said: Words) -> str:
        if not likely:
            return "none"
        if likely[0].factor is None:
            return "unit"
        if said.shy:
            return "intent"
        if len(likely) > 1 and likely[0].fit.score - likely[1].fit.score < MARGIN * (1 if q.unit else 2):
            return "margin"
        part = _OF_WHICH in said.own and not likely[0].cells and not likely[0].named and all(weight <= NEAR for weight in said.acts.values())
        return "sort" if part or self._other_sort(likely[0], said) else ""

    def _other_sort(self, best: Likely, said: Words) -> bool:
        """Whether its own words name a sort that its pack knows, but this indicator is not broken down by."""
        if best.cells:
            return False
        pack = best.fit.profile.one.pack.name
        others = (p.one for p in self.opened.profiles.all if p.one.pack.name == pack and p.key != best.key)
        return any(self.opened.cells.named(one, said.own) for one in others)

    @staticmethod
    def unplaced(where: Where | None, when: When | None) -> str:
        """What is missing of place and time: place, outside (of the book), time; nothing where both are known."""
        if where is None:
            return "place"
        if where.key is None:
            return "outside"
        return "" if when is not None and when.periods else "time"

    # ---- figures ---------------------------------------------------------------------------------------------------------------

    def figures(self, found: Matched) -> Iterator[Figure]:
        """The figures of every reading the words allow, the likeliest first, each asked for when its turn comes."""
        assert found.where is not None
        assert found.where.key is not None
        asked = [(period, of) for period in self.periods(found) for of in readings(found.best)]
        for period, of in asked[:MOST_READINGS]:
            figure = self.opened.figure(Question(found.best.key, found.where.key, period, of=of))
            if figure is not None:
                yield figure

    def periods(self, found: Matched) -> list[Period]:
        """The periods a claim may mean of its indicator: a stock its last day; a sum up to a day the year's, and all there is."""
        stock = found.best.fit.profile.one.indicator.kind == "stock"
        when = found.when or When("")
        periods = list(when.periods)
        if stock:
            return [Period(p.last, p.last) for p in periods]
        if when.upto:
            first = min(self.opened.first_day, periods[0].last)
            periods += [Period(first, p.last) for p in periods]
        return list(dict.fromkeys(periods))


def readings(likely: Likely) -> list[dict[str, str]]:
    """The breakdowns that words may mean: one cell of each path; several of one path do not tell which, so it is the whole of it."""
    said = (likely.cells, *likely.others)
    return [{path: cells[0].value for path, cells in found.items() if len(cells) == 1} for found in said]


def _byline_day(story: Story) -> date | None:
    return dateline(story.article.byline or "")
