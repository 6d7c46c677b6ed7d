"""The entries that journal.py writes: seven in ten events, two transfers, one a state, about 20,000 records, the day advancing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from taizhang.core import Entry
from taizhang.ledger import new_uids

RECORDS, FUNDS, PLACES, A_DAY = 20_000, 20, 500, 1_000
FIRST, SECOND = date(2001, 1, 1), 1_000_000
KINDS = ("砂石土矿", "历史遗留矿山")
ENOUGH = 10**15  # 分, to begin with in each fund


class Mix:
    """A source of entries, batch after batch, the same for the same seed but for their ids."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(seed)
        self._made = 0
        self.records = [f"{self._rng.getrandbits(80):020x}"[:16] for _ in range(RECORDS)]
        self._places = [431122000000 + self._rng.randrange(10**6) for _ in range(PLACES)]

    def batches(self, count: int, size: int) -> Iterator[list[Entry]]:
        """`count` entries, `size` at a time."""
        for start in range(0, count, size):
            yield self.batch(min(size, count - start))

    def batch(self, count: int) -> list[Entry]:
        """The next `count` entries; the first fill the funds."""
        return [self._entry(uid) for uid in new_uids(count)]

    def _entry(self, uid: str) -> Entry:
        number, self._made = self._made, self._made + 1
        rng, day = self._rng, FIRST + timedelta(days=number // A_DAY)
        head = (uid, rng.choice(self._places), day, "clerk-17", 1_672_704_000_000_000 + number * SECOND)
        if number < FUNDS:
            return self._received(head, number, ENOUGH)
        kind = rng.random()
        if kind < 0.70:
            return self._event(head)
        if kind < 0.80:
            return self._state(head)
        if kind < 0.82:
            return self._received(head, rng.randrange(FUNDS), rng.randint(1, 10**8))
        return self._allotted(head)

    def _event(self, head: tuple[str, int, date, str, int]) -> Entry:
        uid, place, day, actor, at = head
        data = {"replanted": self._rng.randint(0, 5000), "survival": f"{self._rng.randint(700, 999) / 10}", "weather": "晴"}
        return Entry(uid, "event", "mines.tend", place, day, actor, at, self._rng.choice(self.records), data, version=1)

    def _state(self, head: tuple[str, int, date, str, int]) -> Entry:
        uid, place, day, actor, at = head
        data = {
            "area": f"{self._rng.randint(1, 99999) / 100}",
            "kind": self._rng.choice(KINDS),
            "name": f"第{self._rng.randrange(999)}号矿",
        }
        return Entry(uid, "state", "mines.mine", place, day, actor, at, self._rng.choice(self.records), data, version=1)

    def _received(self, head: tuple[str, int, date, str, int], fund: int, amount: int) -> Entry:
        return self._moved(head, "mines.receive", "mines.givers", f"mines.fund/fund-{fund}", amount)

    def _allotted(self, head: tuple[str, int, date, str, int]) -> Entry:
        fund, site = self._rng.randrange(FUNDS), self._rng.choice(self.records)
        return self._moved(head, "mines.allot", f"mines.fund/fund-{fund}", f"mines.site/{site}", self._rng.randint(1, 10**6))

    @staticmethod
    def _moved(head: tuple[str, int, date, str, int], type_name: str, source: str, target: str, amount: int) -> Entry:
        uid, place, day, actor, at = head
        return Entry(
            uid, "transfer", type_name, place, day, actor, at, version=1, item="money", quantity=amount, source=source, target=target
        )
