"""Verifying and rebuilding beside somebody who goes on writing: no false alarm, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connections

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


def test_others_post_while_all_that_follows_is_replayed(book: SmallBook) -> None:
    """Each time it tells how far it is, somebody posts: it goes through at once, and the verdict is of the size it began with."""
    book.journal.append([received(500, 1), *(stop(1) for _ in range(299))])
    posted: list[str] = []

    def meanwhile(_: int) -> None:
        posted.extend(one.what for one in book.journal.append([allotted(5, 2), mine("m1", 3, area=str(len(posted))), stop(2)]))

    found = verify(book.store, book.number, book.catalogue, progress=meanwhile)
    assert (found.entries, found.problems) == (300, ())
    assert posted == ["ok"] * 6, "posted while the entries were read, and while what follows from them was made anew"
    assert book.store.rows("SELECT size FROM book") == [(306,)]
    assert is_sound(book)


def test_nothing_is_left_of_a_verification(book: SmallBook) -> None:
    """A table that hid one of the book's would take what is posted next, and lose it."""
    book.journal.append([received(5, 1)])
    for _ in range(2):
        assert not verify(book.store, book.number, book.catalogue).problems
    names = "sqlite_temp_master" if book.store.dialect == "sqlite" else "pg_tables WHERE schemaname LIKE 'pg_temp%'"
    assert book.store.rows(f"SELECT count(*) FROM {names}") == [(0,)]
    assert [alias for alias in connections.settings if "snapshot" in alias] == []


def test_a_transaction_verifies_what_it_wrote_itself(book: SmallBook) -> None:
    """And what it read before, PostgreSQL has planned: a plan goes on to mean the table that was there when it was made."""
    book.journal.append([received(5, 1), stop(1)])
    with book.store.transaction():
        for _ in range(12):
            book.journal.append([received(5, 1)])
        assert verify(book.store, book.number, book.catalogue).problems == ()
        book.store.run("UPDATE balance SET quantity = quantity + 1 WHERE book = ?", [book.number])
        assert [p.where for p in verify(book.store, book.number, book.catalogue).problems] == ["balance"]
        book.store.run("UPDATE balance SET quantity = quantity - 1 WHERE book = ?", [book.number])
    assert is_sound(book)


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
