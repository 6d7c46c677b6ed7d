"""Verifying and rebuilding beside somebody who goes on writing: no false alarm, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from taizhang.ledger.journal import Journal
from taizhang.ledger.rebuild import rebuild
from taizhang.ledger.verify import verify

from ..books import SmallBook
from .crowd import all_at_once
from .entries import allotted, mine, received, stop
from .test_journal import held, is_sound


def test_what_is_added_meanwhile_is_left_out(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the first look at the book and its entries, somebody appends."""
    book.journal.append([stop(1) for _ in range(300)])
    asked = book.store.stream

    def later(sql: str, params: Sequence[Any] = ()) -> Iterator[Any]:
        book.journal.append([stop(2) for _ in range(300)])
        return asked(sql, params)

    monkeypatch.setattr(book.store, "stream", later)
    found = verify(book.store, book.number)
    assert (found.entries, found.problems) == (300, ())


@pytest.mark.parametrize("what", ["entries", "all that follows", "rebuild"])
def test_a_book_that_grows_is_sound_at_every_moment(book: SmallBook, what: str, count: Callable[[int, int], int]) -> None:
    bundles, done = count(25, 400), threading.Event()
    book.journal.append([stop(1) for _ in range(300)])
    looks: list[int] = []

    def write(journal: Journal) -> None:
        try:
            for number in range(bundles):
                done.wait(0.002)  # so that the other has its turn
                journal.append([received(5, 1), *(stop(2) for _ in range(40)), allotted(5, 2), mine("m1", 3, area=str(number))])
        finally:
            done.set()

    def look(journal: Journal) -> None:
        while not done.wait(0.005) or not looks:
            if what == "rebuild":
                looks.append(rebuild(journal.store, journal.book, journal.catalogue))
                continue
            found = verify(journal.store, journal.book, journal.catalogue if what != "entries" else None)
            assert not found.problems, [problem.line("en") for problem in found.problems]
            looks.append(found.entries)

    failed = [error for error in all_at_once(book, [write, look]) if error is not None]
    assert not failed, failed
    print(f"{len(looks)} looks, from {looks[0]} to {looks[-1]} entries")
    assert held(book) == 0
    assert is_sound(book)
    assert book.store.rows("SELECT size FROM book") == [(300 + 43 * bundles,)]
