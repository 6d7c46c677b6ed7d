"""How many entries a region needs, and how much each of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from random import Random

from taizhang.acts.demo.aims import Aim, inner_first, parts_of_name
from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.hints import EntryHint, Hints
from taizhang.acts.demo.refusals import Refused, contradict, no_room
from taizhang.acts.demo.splitting import split
from taizhang.packs import Event, Pack, Transfer
from taizhang.packs.types.numbers import plain

_MOST = 10**15
_FEW, _MANY = 12, 200_000
"""How many entries a sum is shared among where no hint says how much one usually is; and how many at most."""

PathOf = Callable[[int], str]


class Amounts:
    """Shares sums among the entries they are sums of."""

    def __init__(self, pack: Pack, hints: Hints, rng: Random, path_of: PathOf) -> None:
        self._pack, self._hints, self._rng, self._path_of = pack, hints, rng, path_of

    def wanted(self, thing: Event | Transfer, own: Sequence[Aim], aims: Sequence[Aim], mine: Sequence[Draft]) -> tuple[int, Mapping[str, int]]:
        """How many entries a region still needs, and in which parts how many of them are to be of new records."""
        told = {aim.of: aim for aim in own}
        fresh: dict[str, int] = {}
        for (measure, part), aim in told.items():
            if measure == "distinct":
                fresh[part] = aim.amount - len({id(one.ends.get(part)) for one in mine})
                if fresh[part] < 0:
                    raise _over(aim, mine, aims)
        counted = told.get(("count", ""))
        if counted is not None:
            left = counted.amount - len(mine)
            if left < 0 or max(fresh.values(), default=0) > left:
                raise _over(counted, mine, aims)
            return left, fresh
        if fresh:
            return max(fresh.values()), fresh
        sums = [self._by_sum(thing, aim, aims, mine) for aim in own if aim.measure == "sum"]
        loans = [0 if mine else aim.amount for aim in own if aim.measure in ("open", "overdue")]
        return max([*sums, *loans], default=0), fresh

    def _by_sum(self, thing: Event | Transfer, aim: Aim, aims: Sequence[Aim], mine: Sequence[Draft]) -> int:
        """How many entries a sum needs beyond those there are: as many as one usually is of it."""
        hint = self._hints.entry(thing.name)
        within = [one for one in aims if one is not aim and one.of == aim.of and aim.region.covers(one.region) and one.region != aim.region]
        outermost = [one for one in within if not any(other is not one and other.region.covers(one.region) for other in within)]
        own = [one for one in mine if not any(other.region.holds(self._path_of(one.place), one) for other in outermost)]
        left = aim.amount - sum(one.amount for one in outermost) - sum(one.low for one in own if aim.name == "quantity")
        if left < 0:
            others = [one.total for one in outermost] + [one.total for one in own if one.total]
            other = next(iter(others), aim.total)
            raise Refused([contradict(aim.total, other, "加起来超过它", "together they are above it")])
        if not left:  # a sum of nothing is nothing known: 0 needs an entry that says so
            return int(not mine and aim.name != "quantity")
        if own and not hint.typical:
            return 0
        typical = hint.typical * (1 if aim.name == "quantity" else parts_of_name(self._pack, thing.name, aim.name)) or -(-left // _FEW)
        count = min(-(-left // typical), _MANY) - len(own)
        outer = [one for one in aims if one.measure in ("count", "distinct") and one.region.covers(aim.region) and one.region != aim.region]
        return max(0, min([count, *(one.amount - len(mine) for one in outer)]))

    def settle(self, thing: Event | Transfer, some: Sequence[Draft], aims: Sequence[Aim]) -> None:
        """Give every entry its quantity, and the fields that totals add up."""
        measures = {aim.name for aim in aims if aim.measure == "sum"}
        if isinstance(thing, Transfer):
            measures.add("quantity")
        for name in sorted(measures):
            self._settle(thing, name, some, aims)

    def _settle(self, thing: Event | Transfer, name: str, some: Sequence[Draft], every: Sequence[Aim]) -> None:
        aims = [aim for aim in every if aim.of == ("sum", name)]
        left = [one for one in some if not one.quantity or name != "quantity"]
        done: dict[int, int] = {}
        for region in inner_first(aim.region for aim in aims):
            aim = next(aim for aim in aims if aim.region == region)
            inside = [one for one in left if region.holds(self._path_of(one.place), one)]
            group = [one for one in inside if id(one) not in done]
            rest = aim.amount - sum(done[id(one)] for one in inside if id(one) in done)
            for one, part in zip(group, self._parts(thing, name, aim, rest, group, every), strict=True):
                done[id(one)] = part
        for one in left:
            if id(one) in done:
                self._give(thing, name, one, done[id(one)])
            elif name == "quantity":
                one.quantity = one.low or (1 if self._is_single(thing) else self._usual(thing))

    def _parts(self, thing: Event | Transfer, name: str, aim: Aim, rest: int, group: Sequence[Draft], aims: Sequence[Aim]) -> list[int]:
        hint = self._hints.entry(thing.name)
        lows, highs = self._bounds(thing, name, group, hint, rest)
        step = hint.step if name == "quantity" else 1
        parts = split(rest, lows, highs, self._rng, step)
        if parts is None:
            near = [one.total for one in aims if aim.region.covers(one.region) or one.region.covers(aim.region)]
            other = next((one for one in (*(one.total for one in group), *near) if one and one != aim.total), None)
            if other:
                raise Refused([contradict(aim.total, other, "加起来不相符", "they do not add up")])
            raise Refused([no_room(aim.total, f"{len(group)} 条分不成这个数", f"{len(group)} entries cannot share it")])
        return parts

    def _bounds(self, thing: Event | Transfer, name: str, group: Sequence[Draft], hint: EntryHint, rest: int) -> tuple[list[int], list[int]]:
        if name != "quantity":
            field = thing.fields.get(name)
            size = parts_of_name(self._pack, thing.name, name)
            low = int(field.low * size) if field and isinstance(field.low, Decimal) else 0
            high = int(field.high * size) if field and isinstance(field.high, Decimal) else _MOST
            least = max(low, 1) if rest >= len(group) else low
            return [least] * len(group), [high] * len(group)
        shared: dict[tuple[int, int], int] = {}
        for one in group:
            who = (id(one.ends.get("target")), id(one.ends.get("item")))
            shared[who] = shared.get(who, 0) + 1
        most = [hint.most // shared[id(one.ends.get("target")), id(one.ends.get("item"))] if hint.most else _MOST for one in group]
        return [max(one.low, 1) for one in group], [max(high, one.low) for high, one in zip(most, group, strict=True)]

    def _give(self, thing: Event | Transfer, name: str, one: Draft, part: int) -> None:
        if name == "quantity":
            one.quantity = part
        else:
            one.values[name] = plain(Decimal(part) / parts_of_name(self._pack, thing.name, name))

    def _is_single(self, thing: Event | Transfer) -> bool:
        item = self._pack.item(thing.item) if isinstance(thing, Transfer) else None
        return item is not None and item.single

    def _usual(self, thing: Event | Transfer) -> int:
        typical = self._hints.entry(thing.name).typical or 1
        return self._rng.randint(max(1, typical // 2), typical + typical // 2)


def _over(aim: Aim, mine: Sequence[Draft], aims: Sequence[Aim]) -> Refused:
    """More entries than a total allows are asked for by others."""
    other = next((one.total for one in mine if one.total not in (None, aim.total)), None)
    other = other or next((one.total for one in aims if one is not aim and one.region == aim.region), None)
    if other is None:
        return Refused([no_room(aim.total, f"已有 {len(mine)} 条", f"there are {len(mine)} entries already")])
    return Refused([contradict(aim.total, other, "合起来超过它", "together they are above it")])
