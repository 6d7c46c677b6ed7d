"""The last item, taken by many at once: one has it, the others are told that it is gone, and no account ever holds less than nothing.

First the bugs that would break this are planted, so that we know the test can fail.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count as numbers
from typing import Any

import pytest

from taizhang.ledger.balances import Balances
from taizhang.ledger.database import BUSY_SECONDS
from taizhang.ledger.journal import Act, End, Journal, Outcome
from taizhang.ledger.store import DjangoStore, Question, Row
from taizhang.ledger.tree import Frontier

from ..books import SmallBook
from .crowd import Make, all_at_once, journal_of
from .entries import FUND, allotted, received
from .test_journal import held, is_sound

TAKERS = 50
_sites = numbers()


def take(journal: Journal) -> Outcome:
    """One takes what is left of the fund for a site of its own."""
    (outcome,) = journal.append([allotted(1, 2, site=f"mines.site/s{next(_sites)}")], partly=True)
    return outcome


def answers(book: SmallBook, takers: int, make: Make = journal_of, **options: Any) -> Counter[str]:
    """What many are told who take the last item at the same moment."""
    told = all_at_once(book, [take] * takers, make, options)
    return Counter(type(one).__name__ if isinstance(one, Exception) else one.refusal.why if one.refusal else one.what for one in told)


def one_has_it(book: SmallBook, takers: int, found: Counter[str]) -> bool:
    return found == {"ok": 1, "short": takers - 1} and held(book) == 0


def test_exactly_one_has_the_last_item(book: SmallBook, count: Callable[[int, int], int]) -> None:
    """All rounds on the same fifty connections: what is lost is lost in the middle of work, not while connecting."""
    rounds, takers = count(10, 200), TAKERS
    again = threading.Barrier(takers + 1, timeout=BUSY_SECONDS)
    told: list[list[str]] = []

    def keep_taking(journal: Journal) -> list[str]:
        mine = []
        try:
            for _ in range(rounds):
                again.wait()
                outcome = take(journal)
                mine.append(outcome.refusal.why if outcome.refusal else outcome.what)
                again.wait()
        except Exception:
            again.abort()  # nobody waits for one that is gone
            raise
        return mine

    def put_out() -> None:
        told.extend(all_at_once(book, [keep_taking] * takers))

    crowd = threading.Thread(target=put_out)
    crowd.start()
    for number in range(rounds):
        book.journal.append([received(1)])
        again.wait()
        again.wait()
        assert held(book) == 0, f"round {number}"
    crowd.join()
    for words in zip(*told, strict=True):
        assert Counter(words) == {"ok": 1, "short": takers - 1}
    print(f"{takers} takers, {rounds} rounds")
    assert is_sound(book)


def test_two_from_several_funds(book: SmallBook, count: Callable[[int, int], int]) -> None:
    """Acts over several accounts: each whole or not at all, and what is there is never given twice."""
    funds = [FUND, "mines.fund/fund-2"]
    takers = count(12, TAKERS)
    book.journal.append([received(3, fund=fund) for fund in funds])

    def take_both(journal: Journal) -> str:
        (outcome,) = journal.append([tuple(allotted(1, 2, fund=fund) for fund in funds)], partly=True)
        return outcome.what

    assert Counter(all_at_once(book, [take_both] * takers)) == {"ok": 3, "refused": takers - 3}
    assert [held(book, fund) for fund in funds] == [0, 0]
    assert is_sound(book)


# ---- planted bugs --------------------------------------------------------------------------------------------------------------


class Unlocked(Journal):
    """A journal whose lock does not lock."""

    def lock(self, *also: Question) -> list[list[Row]]:
        sql = "SELECT size, tops, (SELECT max(uid) FROM entry) FROM book WHERE id = ?"
        size, tops, newest = self.store.rows(sql, [self.book])[0]
        tops = bytes(tops)
        frontier = Frontier(size, [tops[i : i + 32] for i in range(0, len(tops), 32)])
        self._end = End(self.store.within(), frontier, tops, newest, 0)
        return []


class Hasty(Journal):
    """A journal that looks before it locks, and not again: between the look and the act, others act."""

    everybody_looked: threading.Barrier

    def append(self, acts: Sequence[Act], *, partly: bool = False) -> list[Outcome]:
        assert self.store.rows("SELECT quantity FROM balance WHERE book = ? AND account = ?", [self.book, FUND]) == [(1,)]
        self.everybody_looked.wait()
        return super().append(acts, partly=partly)


def test_it_fails_without_the_lock(book: SmallBook) -> None:
    """On PostgreSQL the row of the book is not held; on SQLite a transaction begins as one that only reads."""
    takers = 12

    def goes_well() -> bool:
        book.journal.append([received(1)])
        if book.store.dialect == "postgres":
            return one_has_it(book, takers, answers(book, takers, lambda store, book: Unlocked(store, book.number, book.catalogue)))
        return one_has_it(book, takers, answers(book, takers, transaction_mode="DEFERRED"))

    assert not all(goes_well() for _ in range(20))  # the first failure ends it


def test_it_fails_when_judged_outside_the_lock(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    takers = 4
    Hasty.everybody_looked = threading.Barrier(takers, timeout=BUSY_SECONDS)

    def hasty(store: DjangoStore, book: SmallBook) -> Journal:
        return Hasty(store, book.number, book.catalogue)

    book.journal.append([received(1)])
    monkeypatch.setattr(Balances, "judge", lambda *_: [])
    found = answers(book, takers, hasty)
    assert not one_has_it(book, takers, found)
    assert held(book) < 0
