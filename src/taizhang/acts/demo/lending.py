"""Loans, in order of time: what is lent is on the shelf, nobody has too much at once, and it comes back or is left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from taizhang.acts.demo.aims import Aim
from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.hints import Hints
from taizhang.acts.demo.picking import Picker
from taizhang.acts.demo.refusals import Refused, no_room
from taizhang.acts.demo.world import Record, fits
from taizhang.packs import Pack, Register, Transfer

_AT_ONCE = 2
"""How many things an invented borrower has at most."""
_OPEN = ("open", "overdue")
_LATE = 90
"""An overdue loan is late by at most so many days."""
_TRIES = 12


class Lending:
    """Gives the loans of one type their items, their borrowers, and their returns. From `most` items on, those there are go first."""

    def __init__(
        self, pack: Pack, thing: Transfer, hints: Hints, picker: Picker, rng: Random, today: date, most: int | None = None
    ) -> None:
        self._most = most
        self._pack, self._thing, self._hints, self._picker, self._rng, self._today = pack, thing, hints, picker, rng, today
        self._hint = hints.entry(thing.name)
        item = pack.item(thing.item)
        found = pack.register(item.of) if item and item.of else None, pack.register(thing.target)
        self._items, self._borrowers = found
        self._back: list[Draft] = []
        self._free: dict[int, list[Record]] = {}
        self._open: dict[int, int] = {}
        self._readers: list[Record] = []
        self._lent = 0

    def lend(self, loans: Sequence[Draft], aims: Sequence[Aim], path_of: Callable[[int], str]) -> list[Draft]:
        """The returns of these loans, which get item and borrower."""
        left = self._left_open(loans, aims, path_of)
        asked = [aim for aim in aims if aim.measure in _OPEN]
        give_back = next((one for one in self._pack.transfers.values() if one.returns == self._thing.name), None)
        returns: list[Draft] = []
        for loan in sorted(loans, key=lambda one: one.day):
            self._take_back(loan.day)
            self._assign(loan)
            last = min((aim.region.period.last for aim in asked if loan.day <= aim.region.period.last), default=self._today)
            day = loan.day + timedelta(self._rng.randint(*self._hint.back))
            if id(loan) in left or give_back is None or (day > last and not asked):
                continue
            returns.append(Draft(give_back, loan.place, min(day, last), of=loan, quantity=1, ends=_other_way(loan)))
            self._back.append(returns[-1])
        return returns

    def _assign(self, loan: Draft) -> None:
        """An item that lies on the shelf, and a borrower who has not too many."""
        hint = self._hint
        if self._items is not None:
            wanted = [*loan.wanted.get("item", ()), *hint.ends.get("item", {}).items()]
            free = self._free.setdefault(id(loan.ends["source"]), [])
            sparing = self._most is not None and self._lent >= self._most
            again = next((one for one in self._some(free) if fits(one, wanted)), None) if sparing or self._rng.randrange(2) else None
            if again is not None:
                free.remove(again)
            else:
                self._lent += 1
            loan.ends["item"] = again or self._picker.pick(self._items, loan.place, wanted, fresh=True)
        if self._borrowers is not None:
            loan.ends["target"] = self._borrower(self._borrowers, loan)
            self._open[id(loan.ends["target"])] = self._open.get(id(loan.ends["target"]), 0) + 1
        for end in loan.ends.values():
            if end is not None:
                end.used(loan.day)

    def _borrower(self, register: Register, loan: Draft) -> Record:
        wanted = [*loan.wanted.get("target", ()), *self._hint.ends.get("target", {}).items()]
        many = self._hints.register(register.name).many
        if len(self._readers) >= many:
            for one in self._some(self._readers):
                if self._open.get(id(one), 0) < _AT_ONCE and fits(one, wanted):
                    return one
        self._readers.append(self._picker.pick(register, loan.place, wanted, fresh=True))
        return self._readers[-1]

    def _take_back(self, day: date) -> None:
        """What came back before a day lies on the shelf again."""
        came = [one for one in self._back if one.day < day]
        self._back = [one for one in self._back if one.day >= day]
        for one in came:
            self._open[id(one.ends["source"])] -= 1
            self._free.setdefault(id(one.ends["target"]), []).extend(item for item in (one.ends["item"],) if item)

    def _some(self, records: Sequence[Record]) -> Iterator[Record]:
        return (self._rng.choice(records) for _ in range(_TRIES if records else 0))

    def _left_open(self, loans: Sequence[Draft], aims: Sequence[Aim], path_of: Callable[[int], str]) -> set[int]:
        """The loans that are not back on the day a total asks for: so many overdue, the others lent shortly before."""
        left: set[int] = set()
        for aim in sorted((one for one in aims if one.measure in _OPEN), key=lambda one: one.measure, reverse=True):  # overdue ones are open too
            inside = [one for one in loans if aim.region.holds(path_of(one.place), one)]
            have = sum(id(one) in left for one in inside)
            first, last = self._window(aim)
            free = [one for one in inside if id(one) not in left]
            fitting = [one for one in free if first <= one.day <= last]
            others = (one for one in free if one not in fitting)
            while len(fitting) < aim.amount - have and (one := next(others, None)) is not None:
                if self._moved(one, first, last, aims, path_of(one.place)):
                    fitting.append(one)
            if not 0 <= aim.amount - have <= len(fitting):
                raise Refused([no_room(aim.total, f"合适的借出只有 {len(fitting) + have} 条", f"only {len(fitting) + have} loans fit it")])
            left |= {id(one) for one in self._rng.sample(fitting, aim.amount - have)}
        return left

    def _window(self, aim: Aim) -> tuple[date, date]:
        """The days on which a loan was lent that is not back: long before where it is overdue, else shortly before."""
        day, (shortest, longest) = aim.region.period.last, self._hint.due
        if aim.measure == "overdue":
            return day - timedelta(longest + _LATE), day - timedelta(longest + 1)
        return day - timedelta(shortest - 1), day

    def _moved(self, loan: Draft, first: date, last: date, aims: Sequence[Aim], path: str) -> bool:
        """Move a loan to another day, if every total it counts towards still counts it."""
        before, counted = loan.day, [aim.region.holds(path, loan) for aim in aims]
        loan.day = first + timedelta(self._rng.randint(0, (last - first).days))
        if counted == [aim.region.holds(path, loan) for aim in aims]:
            return True
        loan.day = before
        return False


def _other_way(loan: Draft) -> dict[str, Record | None]:
    return {"item": loan.ends.get("item"), "source": loan.ends.get("target"), "target": loan.ends.get("source")}
