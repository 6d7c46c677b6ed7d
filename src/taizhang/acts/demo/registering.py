"""What is registered beyond what entries need, and what happens beside the totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from taizhang.acts.demo.aims import Aim, Region, inner_first
from taizhang.acts.demo.days import day_in
from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.ground import Ground
from taizhang.acts.demo.hints import Hints
from taizhang.acts.demo.picking import Picker
from taizhang.acts.demo.refusals import Refused, no_room
from taizhang.acts.demo.world import in_order
from taizhang.core import Period
from taizhang.packs import Pack

_TRIES = 200
_WORKING_DAYS = (1, 1, 1, 1, 1, 0, 0)
_LAST_YEAR = 300
"""Records beyond what entries need were registered within so many days of the stock that counts them."""


class Registrar:
    """Adds to the records of a pack, once its entries are known."""

    def __init__(self, pack: Pack, hints: Hints, aims: Sequence[Aim], picker: Picker, ground: Ground, rng: Random, today: date) -> None:
        self._pack, self._hints, self._aims, self._picker = pack, hints, aims, picker
        self._world, self._ground, self._rng, self._today = picker.world, ground, rng, today

    def registers(self) -> None:
        """The records that totals of registers ask for beyond those the entries needed; those that name others come first."""
        for register in reversed(in_order(self._world.catalogue)):
            aims = [aim for aim in self._aims if aim.region.type == register.type and aim.measure == "count"]
            for at, region in enumerate(regions := inner_first(aim.region for aim in aims)):
                avoid = [one for one in regions[:at] if not one.covers(region)]
                self._register(next(aim for aim in aims if aim.region == region), avoid)

    def _register(self, aim: Aim, avoid: Sequence[Region]) -> None:
        register = self._pack.registers[aim.region.type.partition(".")[2]]
        inside = [one for one in self._world.all(register) if aim.region.holds(self._ground.path(one.place), one)]
        if len(inside) > aim.amount:
            raise Refused([no_room(aim.total, f"别的总数已要用到 {len(inside)} 个", f"other totals need {len(inside)} of them already")])
        for _ in range(aim.amount - len(inside)):
            self._one_more(register.name, aim, avoid)

    def _one_more(self, name: str, aim: Aim, avoid: Sequence[Region]) -> None:
        register, region = self._pack.registers[name], aim.region
        for _ in range(_TRIES):
            mark = self._world.mark()
            place = self._ground.at(region.place, self._hints.register(name).at, self._rng)
            made = self._picker.make(register, place, [*region.wanted("own")])
            made.used(self._day_of_record(region, avoid))
            path = self._ground.path(made.place)
            if region.holds(path, made) and not any(one.holds(path, made) for one in avoid):
                return
            self._world.undo(mark)
        raise Refused([no_room(aim.total, "这样的对象做不出来", "such records cannot be made")])

    def _day_of_record(self, region: Region, avoid: Sequence[Region]) -> date:
        """A working day of the last year of a stock, after the days of the stocks it holds more than."""
        last = min(region.period.last, self._today)
        before = [one.period.last for one in avoid if one.period.last < last]
        first = max([last - timedelta(_LAST_YEAR), *(day + timedelta(1) for day in before)])
        return day_in(Period(first, last), _WORKING_DAYS, (), self._rng)

    # ---- beside the totals -----------------------------------------------------------------------------------------------------

    def beside(self) -> list[Draft]:
        """Entries that no total counts, for records of the registers that hints name."""
        return [one for name in self._pack.events if self._hints.entry(name).each for one in self._beside(name)]

    def _beside(self, name: str) -> Iterator[Draft]:
        """Some for every record of a register."""
        thing, hint = self._pack.events.get(name), self._hints.entry(name)
        register = self._pack.register(hint.each)
        if thing is None or register is None or any(aim.region.type == thing.type for aim in self._aims):
            return
        end = min(max((aim.region.period.last for aim in self._aims), default=self._today), self._today)
        for record in list(self._world.all(register)):
            for _ in range(self._rng.randint(0, hint.times) if hint.times > 1 else 1):
                first = record.day
                last = max(first, min(first + timedelta(hint.after), end))
                draft = Draft(thing, record.place, day_in(Period(first, last), hint.week, hint.market, self._rng), ends={"record": record})
                self._picker.own(draft)
                yield draft
