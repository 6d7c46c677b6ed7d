"""The chains along which things move: what brings an item to an account, and what must be there before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.acts.demo.aims import Aim, Cell, Region
from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.totals import Total
from taizhang.acts.demo.world import Record
from taizhang.packs import Event, Pack, Register, Transfer

_FAR = 99


@dataclass(slots=True)
class Need:
    """So much of an item must be in an account by a day; `total` asked for it."""

    account: Record | None
    item: Record | None
    place: int
    quantity: int
    day: date
    total: Total | None


class Chains:
    """The transfers of a pack, by how far they are from outside."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._moves = [one for one in pack.transfers.values() if not one.returns and not one.ended]
        self._depths: dict[str, int] = {}
        for _ in self._moves:  # as often as a chain may be long
            self._depths = {name: self._reach(name) for one in self._moves for name in (one.source, one.target)}

    def depth(self, transfer: Transfer) -> int:
        """How many transfers bring what this one moves."""
        return self._depths.get(transfer.source, _FAR)

    def downstream_first(self) -> list[Transfer]:
        """Every transfer but returns, the ends of the chains first."""
        return sorted(self._moves, key=lambda one: -self.depth(one))

    def brings(self, transfer: Transfer) -> bool:
        """Whether this is how its target gets what it holds."""
        return transfer is self._into(transfer.target, transfer.item)

    def before(self, transfer: Transfer) -> list[Transfer]:
        """The transfers that bring what this one moves, the nearest first."""
        found: list[Transfer] = []
        step = self._into(transfer.source, transfer.item)
        while step is not None and step not in found and not self._is_outside(found[-1].source if found else transfer.source):
            found.append(step)
            step = self._into(step.source, step.item)
        return found

    def parts(self, thing: Event | Transfer) -> list[tuple[str, Register]]:
        """The parts of an entry that are records, the item last."""
        if isinstance(thing, Event):
            about = self._pack.register(thing.about or "")
            return [("record", about)] if about else []
        item = self._pack.item(thing.item)
        names = {"target": thing.target, "source": thing.source, "item": (item.of if item else None) or ""}
        return [(part, register) for part, name in names.items() if (register := self._pack.register(name))]

    def single(self, thing: Event | Transfer) -> bool:
        """Whether there is one of each item that moves."""
        item = self._pack.item(thing.item) if isinstance(thing, Transfer) else None
        return item is not None and item.single

    def needs(self, transfer: Transfer, drafts: Sequence[Draft]) -> list[Need]:
        """What this transfer must bring, where it is the one that brings it: for each account and item all that will leave."""
        found: dict[tuple[int, int], Need] = {}
        if not self.brings(transfer) or self._is_outside(transfer.target):
            return []
        for one in drafts:
            thing = one.thing
            if isinstance(thing, Transfer) and thing.source == transfer.target and thing.item == transfer.item and one.of is None:
                account, item = one.ends.get("source"), one.ends.get("item")
                need = found.setdefault((id(account), id(item)), Need(account, item, account.place if account else one.place, 0, one.day, one.total))
                need.quantity = 1 if self.single(transfer) else need.quantity + one.quantity
                need.day = min(need.day, one.day)
        return list(found.values())

    def held(self, transfer: Transfer, aims: Sequence[Aim], drafts: Sequence[Draft], path_of: Callable[[int], str]) -> list[Aim]:
        """What accounts are to hold at the end of a day, as what must have been brought by then."""
        if not self.brings(transfer):
            return []
        register = self._pack.register(transfer.target)
        mine = [aim for aim in aims if register and aim.measure == "held" and aim.region.type == register.type]
        return [self._brought(transfer, aim, drafts, path_of) for aim in mine]

    def _brought(self, transfer: Transfer, aim: Aim, drafts: Sequence[Draft], path_of: Callable[[int], str]) -> Aim:
        cells = frozenset(_as_target(cell) for cell in aim.region.cells)
        out = Region("", aim.region.place, aim.region.path, aim.region.period, frozenset(_as_source(cell) for cell in cells))
        back = replace(out, cells=cells)
        left = sum(one.quantity for one in self._moved(drafts, transfer, "source") if out.holds(path_of(one.place), one))
        left -= sum(one.quantity for one in self._moved(drafts, transfer, "target") if back.holds(path_of(one.place), one))
        measure = ("count", "") if self.single(transfer) else ("sum", "quantity")
        return Aim(aim.total, replace(aim.region, type=transfer.type, cells=cells), *measure, aim.amount + left)

    def _moved(self, drafts: Sequence[Draft], transfer: Transfer, end: str) -> Iterator[Draft]:
        for one in drafts:
            thing = one.thing
            if isinstance(thing, Transfer):
                names = (thing.source, thing.target)
                if thing.returns:
                    lent = self._pack.transfers[thing.returns]
                    names = (lent.target, lent.source)
                if names[end == "target"] == transfer.target:
                    yield one

    def _into(self, name: str, item: str) -> Transfer | None:
        ways = [one for one in self._moves if one.target == name and one.item == item]
        return min(ways, key=self.depth, default=None)

    def _reach(self, name: str) -> int:
        if self._is_outside(name):
            return 0
        ways = [self._depths.get(one.source, 0 if self._is_outside(one.source) else _FAR) for one in self._moves if one.target == name]
        return 1 + min(ways, default=_FAR)

    def _is_outside(self, name: str) -> bool:
        holder = self._pack.holder(name)
        return holder is not None and holder.outside


def _as_target(cell: Cell) -> Cell:
    part, way, word = cell
    return ("target" if part == "own" else part), way, word


def _as_source(cell: Cell) -> Cell:
    part, way, word = cell
    return ("source" if part == "target" else part), way, word
