"""What accounts hold, and the floor under it: inside one transaction, read once, kept in memory, written back in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.store import Store, sought
from taizhang.ledger.tables import BALANCE, MOVEMENT

Key = tuple[str, str]
"""Account and item."""

_MOST = 2**63 - 1
_HELD = "account, kind, quantity, last_day, seq"
# One seek for each day that has movements: days are few, and the table is ordered by day so that new rows stand together.
_DAYS = """
WITH RECURSIVE days(day) AS (
  SELECT min(day) FROM movement WHERE book = ? AND day >= ?
  UNION ALL SELECT (SELECT min(m.day) FROM movement m WHERE m.book = ? AND m.day > days.day) FROM days WHERE days.day IS NOT NULL)
SELECT m.day, sum(m.quantity) FROM days CROSS JOIN movement m
WHERE m.book = ? AND m.day = days.day AND m.account = ? AND m.item = ? GROUP BY m.day"""


class Move(NamedTuple):
    """A change of what an account holds of an item of a kind, on a day, in smallest parts."""

    account: str
    item: str
    kind: str
    day: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Short:
    """An account that would hold less than nothing: `quantity` at the end of `day`, or, with no day, now; it has `held`."""

    account: str
    item: str
    kind: str
    held: int
    quantity: int
    day: str | None = None


class Kept(NamedTuple):
    """A balance as the table keeps it: the kind of item, how much, the last day something moved, and by which entry."""

    kind: str
    quantity: int
    last_day: str
    seq: int


Holdings = Mapping[Key, Kept | None]
"""What accounts hold; None of one that holds nothing and never did."""


@dataclass(slots=True)
class _Held:
    kind: str
    quantity: int = 0
    last_day: str = ""
    seq: int = 0
    floored: bool = True


class Balances:
    """The balances of a book within a transaction that holds the book's lock."""

    def __init__(self, store: Store, book: int, catalogue: Catalogue) -> None:
        self._store, self._book, self._catalogue = store, book, catalogue
        self._held: dict[Key, _Held] = {}
        self._touched: dict[Key, _Held] = {}
        self._known: set[Key] = set()
        self._floored: dict[str, bool] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._pending: dict[Key, list[tuple[str, int]]] = {}
        self._days: dict[Key, tuple[str, dict[str, int]]] = {}

    def foresaw(self, held: Holdings) -> None:
        """What these accounts hold, read already."""
        self._known.update(held)
        self._held.update((key, _Held(*kept, self._has_floor(key[0]))) for key, kept in held.items() if kept is not None)

    def load(self, keys: Iterable[Key]) -> None:
        """Read what many accounts hold in one question."""
        wanted = {key for key in keys if key not in self._known}
        self._known |= wanted
        accounts: dict[str, list[str]] = {}
        for account, item in wanted:
            accounts.setdefault(item, []).append(account)
        for item, some in accounts.items():
            question = sought(self._store, _HELD, "balance WHERE book = ? AND item = ?", [self._book, item], "account", some)
            for account, kind, quantity, last_day, seq in self._store.rows(*question):
                self._held[account, item] = _Held(kind, quantity, last_day, seq, self._has_floor(account))

    def hold(self, moves: Sequence[Move]) -> bool:
        """Whether what the accounts would hold can be written: integers of 64 bits."""
        return all(-_MOST <= self._of(move).quantity + move.quantity <= _MOST for move in moves)

    def judge(self, moves: Sequence[Move]) -> list[Short]:
        """Which accounts these moves, taken together, would bring below their floor, now or at the end of a past day."""
        if len(moves) == 2 and moves[0].account != moves[1].account:  # a transfer by itself: only its source can fall short
            taken = moves[0] if moves[0].quantity < 0 else moves[1]
            held = self._of(taken)
            if not held.floored or (held.quantity + taken.quantity >= 0 and taken.day >= held.last_day):
                return []
        by_key: dict[Key, list[Move]] = {}
        for move in moves:
            by_key.setdefault((move.account, move.item), []).append(move)
        return [short for key, some in by_key.items() if (short := self._short(key, some)) is not None]

    def post(self, seq: int, moves: Sequence[Move]) -> None:
        """Write the moves of an accepted entry."""
        for move in moves:
            held = self._of(move)
            held.quantity += move.quantity
            held.seq = seq
            if move.day > held.last_day:
                held.last_day = move.day
            key = (move.account, move.item)
            self._touched[key] = held
            self._rows.append((self._book, move.day, move.account, move.item, seq, move.quantity))
            self._pending.setdefault(key, []).append((move.day, move.quantity))
            if key in self._days:
                self._note(key, move)

    def post_plainly(self, transfers: Iterable[Sequence[Any]], kinds: Mapping[str, str]) -> bool:
        """Write transfers (seq, "transfer", type, day, item, quantity, source, target), the kind of item given by type.

        False at the first that has to be judged closely: then `forget` what was posted. Else `flush` it before anything is judged.
        """
        book, rows, touched, held_of = self._book, self._rows, self._touched, self._held.get
        for seq, _, type_name, day, item, quantity, source, target in transfers:
            out, into = (source, item), (target, item)
            giver = held_of(out) or self._begun(source, item, kinds[type_name])
            taker = held_of(into) or self._begun(target, item, kinds[type_name])
            left, got = giver.quantity - quantity, taker.quantity + quantity
            if quantity < 1 or source == target or left < -_MOST or got > _MOST:
                return False
            if giver.floored and (left < 0 or day < giver.last_day):
                return False
            giver.quantity, taker.quantity = left, got
            giver.seq = taker.seq = seq
            touched[out], touched[into] = giver, taker
            if day > giver.last_day:
                giver.last_day = day
            if day > taker.last_day:
                taker.last_day = day
            rows.append((book, day, source, item, seq, -quantity))
            rows.append((book, day, target, item, seq, quantity))
        self._days.clear()
        return True

    def forget(self) -> None:
        """Give up what was not flushed."""
        self._held, self._known, self._touched = {}, set(), {}
        self._rows, self._pending, self._days = [], {}, {}

    def flush(self) -> None:
        """Write everything; what was read stays known."""
        if not self._rows:
            return
        self._store.insert("movement", MOVEMENT.columns, self._rows)
        changed = [(self._book, a, i, h.kind, h.quantity, h.last_day, h.seq) for (a, i), h in self._touched.items()]
        self._store.upsert(BALANCE, changed)
        self._rows, self._touched, self._pending = [], {}, {}

    def _of(self, move: Move) -> _Held:
        return self._held.get((move.account, move.item)) or self._begun(move.account, move.item, move.kind)

    def _begun(self, account: str, item: str, kind: str) -> _Held:
        """What an account holds that was not read, or never held anything."""
        if (account, item) not in self._known:
            self.load([(account, item)])
        held = self._held.get((account, item))
        if held is None:
            held = self._held[account, item] = _Held(kind, floored=self._has_floor(account))
        return held

    def _has_floor(self, account: str) -> bool:
        sort = account.partition("/")[0] + "/" if "/" in account else account
        if sort not in self._floored:
            self._floored[sort] = not self._catalogue.outside(account)
        return self._floored[sort]

    def _short(self, key: Key, moves: list[Move]) -> Short | None:
        held = self._of(moves[0])
        change = sum(move.quantity for move in moves)
        if not held.floored or all(move.quantity >= 0 for move in moves):
            return None
        if held.quantity + change < 0:
            return Short(*key, held.kind, held.quantity, held.quantity + change)
        first = min(move.day for move in moves)
        if first >= held.last_day and len(moves) == 1:
            return None
        return self._short_day(key, held, moves, first)

    def _short_day(self, key: Key, held: _Held, moves: list[Move], first: str) -> Short | None:
        """The first past day whose end these moves would make negative."""
        before = self._sums(key, first)
        after = dict(before)
        for move in moves:
            after[move.day] = after.get(move.day, 0) + move.quantity
        was = now = held.quantity - sum(before.values())
        for day in sorted(after):
            was, now = was + before.get(day, 0), now + after[day]
            if now < 0 and now < was:
                return Short(*key, held.kind, was, now, day)
        return None

    def _sums(self, key: Key, first: str) -> dict[str, int]:
        """What was moved on each day from `first` on, what is not yet written included."""
        since, sums = self._days.get(key, ("", {}))
        if not since or since > first:
            found = self._store.rows(_DAYS, [self._book, first, self._book, self._book, *key])
            sums = {day: int(quantity) for day, quantity in found}
            for day, quantity in self._pending.get(key, ()):
                if day >= first:
                    sums[day] = sums.get(day, 0) + quantity
            self._days[key] = (first, sums)
        return {day: quantity for day, quantity in sums.items() if day >= first}

    def _note(self, key: Key, move: Move) -> None:
        since, sums = self._days[key]
        if move.day >= since:
            sums[move.day] = sums.get(move.day, 0) + move.quantity
