"""From aims to entries: how many, when, where, of what, how much. What is given out is brought in before.

Types are planned from the end of a chain to its beginning: what villages give out decides what they must be allotted, that what
must be bought. Within a type the inner regions come first; what a total asks beyond them is made outside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from taizhang.acts.demo.aims import Aim, Region, inner_first
from taizhang.acts.demo.amounts import Amounts
from taizhang.acts.demo.chains import Chains
from taizhang.acts.demo.days import day_in
from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.ground import Ground
from taizhang.acts.demo.hints import Hints
from taizhang.acts.demo.lending import Lending
from taizhang.acts.demo.picking import NoSuch, Picker
from taizhang.acts.demo.refusals import Refused, contradict, no_room
from taizhang.acts.demo.world import Record, fits
from taizhang.core import Period
from taizhang.packs import Event, Pack, Transfer

LEAD = 6
"""Supplies come at most so many days before they are needed, where no total says when."""
_SLACK = 10
"""A period of so many days has its first ones left to what must come before."""
_EARLIER = 45
_TRIES = 200


class Planner:
    """Plans the entries of one pack. `today` is the last day anything may happen on."""

    def __init__(self, pack: Pack, hints: Hints, aims: Sequence[Aim], picker: Picker, ground: Ground, rng: Random, today: date) -> None:
        self._pack, self._hints, self._aims, self._picker = pack, hints, aims, picker
        self._ground, self._rng, self._today = ground, rng, today
        self._chains = Chains(pack)
        self._amounts = Amounts(pack, hints, rng, ground.path)
        self.drafts: list[Draft] = []
        self._by_type: dict[str, list[Draft]] = {}
        self._uses: dict[int, int] = {}

    def entries(self) -> list[Draft]:
        """The entries that totals ask for, and those these need; Refused where a total cannot be met."""
        for event in self._pack.events.values():
            self._type(event)
        for transfer in self._chains.downstream_first():
            self._type(transfer)
        return self.drafts

    # ---- a type ----------------------------------------------------------------------------------------------------------------

    def _type(self, thing: Event | Transfer) -> None:
        some = self._by_type.setdefault(thing.type, [])
        aims = [aim for aim in self._aims if aim.region.type == thing.type]
        if isinstance(thing, Transfer):
            aims += self._chains.held(thing, self._aims, self.drafts, self._ground.path)
            regions = inner_first(aim.region for aim in aims)
            some += self._needed(thing, regions)
        regions = inner_first(aim.region for aim in aims)
        for at, region in enumerate(regions):
            self._fill(thing, region, regions[:at], aims, some)
        self.drafts += some
        if isinstance(thing, Transfer) and thing.loan:
            lending = Lending(self._pack, thing, self._hints, self._picker, self._rng, self._today, self._to_lend(thing))
            self.drafts += lending.lend(some, aims, self._ground.path)
        self._amounts.settle(thing, some, aims)

    def _to_lend(self, thing: Transfer) -> int | None:
        """How many things are lent at most: half of what totals say the shelves hold."""
        source = self._pack.register(thing.source)
        held = [aim.amount for aim in self._aims if source and aim.measure == "held" and aim.region.type == source.type]
        return min(held) // 2 if held else None

    def _needed(self, thing: Transfer, regions: Sequence[Region]) -> Iterator[Draft]:
        """What must be brought for what leaves the accounts it goes to."""
        for need in self._chains.needs(thing, self.drafts):
            draft = Draft(thing, need.place, need.day, low=need.quantity, total=need.total)
            draft.ends = {"item": need.item, "target": need.account}
            draft.place = self._ground.at(need.place, self._hints.entry(thing.name).at, self._rng)
            self._ends(draft, None, frozenset())
            path = self._ground.path(draft.place)
            draft.day = next((day for region in regions if (day := self._day_within(draft, region, path))), None) or self._before(draft, path)
            self._used(draft)
            yield draft

    def _day_within(self, draft: Draft, region: Region, path: str) -> date | None:
        """A day of a region for what is needed by a day; None where it does not belong there."""
        first, last = region.period.first, min(region.period.last, draft.day)
        if first > last:
            return None
        day, draft.day = draft.day, last
        belongs, draft.day = region.holds(path, draft), day
        if not belongs:
            return None
        first = max(first, last - timedelta(LEAD), self._earliest(draft.thing, path, last))
        return self._day(draft.thing, Period(first, last))

    def _before(self, draft: Draft, path: str) -> date:
        """A day shortly before something is needed, though not before that which must come first still."""
        first = self._earliest(draft.thing, path, draft.day)
        return self._day(draft.thing, Period(max(first, draft.day - timedelta(LEAD)), draft.day))

    def _earliest(self, thing: Event | Transfer, path: str, day: date) -> date:
        """The first day of the totals of what must come before, as far as that is not after a day."""
        before = {one.type for one in self._chains.before(thing)} if isinstance(thing, Transfer) else set()
        regions = [aim.region for aim in self._aims if aim.region.type in before]
        near = [one for one in regions if path.startswith(one.path) or one.path.startswith(path)]
        return max((one.period.first for one in near if one.period.first <= day), default=date.min)

    def _fill(self, thing: Event | Transfer, region: Region, inner: Sequence[Region], aims: Sequence[Aim], some: list[Draft]) -> None:
        """Make what the aims of a region ask beyond what lies in it already."""
        own = [aim for aim in aims if aim.region == region]
        mine = [one for one in some if region.holds(self._ground.path(one.place), one)]
        count, fresh = self._amounts.wanted(thing, own, aims, mine)
        avoid = [one for one in inner if not one.covers(region)]
        again: dict[str, list[Record]] = {part: list({id(r): r for d in mine if (r := d.ends.get(part))}.values()) for part in fresh}
        for number in range(count):
            parts = frozenset(part for part, most in fresh.items() if number < most)
            draft = self._make(thing, region, avoid, parts, {part: some for part, some in again.items() if part not in parts}, own[0])
            for part in parts:
                again[part] += [end for end in (draft.ends.get(part),) if end is not None]
            some.append(draft)
        if not mine and any(aim.measure == "count" and not aim.amount for aim in own) and region.period.first > date.min:
            some.append(self._earlier(thing, region, [aim.region for aim in aims], own[0]))

    def _earlier(self, thing: Event | Transfer, region: Region, every: Sequence[Region], aim: Aim) -> Draft:
        """One entry before a period in which nothing happened: where nothing was ever recorded, nothing is known, and that is not 0."""
        first = region.period.first
        return self._make(thing, replace(region, period=Period(first - timedelta(_EARLIER), first - timedelta(1))), every, frozenset(), {}, aim)

    def _make(
        self, thing: Event | Transfer, region: Region, avoid: Sequence[Region], fresh: frozenset[str], again: dict[str, list[Record]], aim: Aim
    ) -> Draft:
        for _ in range(_TRIES):
            mark = self._picker.world.mark()
            try:
                draft = self._try(thing, region, fresh, again)
            except NoSuch as no:
                raise Refused([no_room(aim.total, f"没有这样的{no}", f"there is no such {no}")]) from None
            path = self._ground.path(draft.place)
            if region.holds(path, draft) and not any(one.holds(path, draft) for one in avoid):
                draft.total = aim.total
                self._used(draft)
                return draft
            self._picker.world.undo(mark)
        others = [one.total for one in self._aims if one.region in avoid]
        if others:
            raise Refused([contradict(aim.total, others[0], "其余的没有去处", "there is nowhere for the rest")])
        raise Refused([no_room(aim.total, "这样的条目做不出来", "such entries cannot be made")])

    def _try(self, thing: Event | Transfer, region: Region, fresh: frozenset[str], again: dict[str, list[Record]]) -> Draft:
        hint = self._hints.entry(thing.name)
        place = self._ground.at(region.place, hint.at, self._rng)
        period = self._late(thing, region.period, region.path)
        draft = Draft(thing, place, min(self._day(thing, period) for _ in range(max(hint.early, 1))))
        draft.wanted = {part: region.wanted(part) for part in ("record", "item", "source", "target")}
        if isinstance(thing, Transfer) and thing.loan:
            self._picker.decide(draft, dict(self._chains.parts(thing)), [aim.region for aim in self._aims if aim.region.type == thing.type])
        for way, words in region.wanted("own"):
            draft.values[way] = words[0]
        for part, some in again.items():
            if some:
                draft.ends[part] = self._rng.choice(some)
                draft.place = self._near(draft.place, draft.ends[part])
        self._known(draft, region)
        self._ends(draft, region, fresh)
        self._picker.own(draft)
        return draft

    def _known(self, draft: Draft, region: Region) -> None:
        """Of the part that hints want known already, a record other entries brought in: one that has come up least often."""
        part = self._hints.entry(draft.thing.name).again
        register = dict(self._chains.parts(draft.thing)).get(part)
        if register is None or part in draft.ends:
            return
        there = [one for one in self._picker.world.all(register) if self._ground.path(one.place).startswith(region.path)]
        fitting = [one for one in there if fits(one, region.wanted(part))]
        if fitting:
            least = min(self._uses.get(id(one), 0) for one in fitting)
            draft.ends[part] = found = self._rng.choice([one for one in fitting if self._uses.get(id(one), 0) == least])
            self._uses[id(found)] = least + 1
            draft.place = self._near(draft.place, found)

    def _near(self, place: int, record: Record | None) -> int:
        """The place of an entry about a record used again: where that stands, if it stands lower."""
        at = record.place if record else place
        return at if self._ground.path(at).count("/") >= self._ground.path(place).count("/") else place

    def _ends(self, draft: Draft, region: Region | None, fresh: frozenset[str]) -> None:
        """The records of an entry that are still open; of a loan, item and borrower are found when all loans are known."""
        hint = self._hints.entry(draft.thing.name)
        waits = ("item", "target") if isinstance(draft.thing, Transfer) and draft.thing.loan else ()
        for part, register in self._chains.parts(draft.thing):
            if part in draft.ends or part in waits:
                continue
            wanted = [*(region.wanted(part) if region else ()), *hint.ends.get(part, {}).items()]
            single = part == "item" and self._chains.single(draft.thing)
            draft.ends[part] = self._picker.pick(register, draft.place, wanted, part in fresh or single)

    def _used(self, draft: Draft) -> None:
        for end in draft.ends.values():
            if end is not None:
                end.used(draft.day)

    def _day(self, thing: Event | Transfer, period: Period) -> date:
        hint = self._hints.entry(thing.name)
        last = min(period.last, self._today)
        return day_in(Period(min(period.first, last), last), hint.week, hint.market, self._rng)

    def _late(self, thing: Event | Transfer, period: Period, path: str) -> Period:
        """A period without its first days where something must come before; one without a beginning reaches back as hints say."""
        first, last = period.first, min(period.last, self._today)
        if first == date.min:
            first = last - timedelta(self._hints.entry(thing.name).reach)
        if isinstance(thing, Transfer) and (period.last - first).days >= _SLACK:
            first += timedelta(self._chains.depth(thing))
        return Period(max(first, self._earliest(thing, path, period.last)), period.last)
