"""Several books open in one program: each act, and its line in the log, is of its own book, or there is no act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections

from taizhang.acts.desk import Desk, open_desk
from taizhang.acts.posting import post
from taizhang.core import Entry
from taizhang.ledger import book as book_of_a_folder
from taizhang.ledger.book import Book
from taizhang.ledger.keys import KeyFile, Unfinished
from taizhang.ledger.plans import ERASE
from taizhang.ledger.store import Astray
from taizhang.ledger.uids import new_uid
from taizhang.people import acts

from ..books import Databases
from .office import COUNTY, VILLAGE, county, on
from .villages import ok, talk


@pytest.fixture
def two(databases: Databases, dialect: str, tmp_path: Path) -> Iterator[list[Desk]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(county(tmp_path / name, databases.empty() if dialect == "postgres" else "", "traffic")) for name in ("one", "two")
        ]


def lines(desk: Desk) -> int:
    return len(acts(desk.scope, act="post", using=desk.book.alias))


def test_each_writes_its_own_log(two: list[Desk]) -> None:
    first, second = two
    ok(post(first, [talk(first, VILLAGE)]))
    assert (lines(first), lines(second)) == (1, 0)
    assert (first.book.size, second.book.size) == (2, 1)


def test_a_book_whose_alias_was_taken_writes_nothing(two: list[Desk]) -> None:
    """What it would write would stand in no transaction, and its log in the other book."""
    first, second = [on(open_desk(desk.book.folder, "founder", alias="taken"), desk.today) for desk in two]
    try:
        with pytest.raises(Astray):
            post(first, [talk(first, VILLAGE)])
        ok(post(second, [talk(second, VILLAGE)]))
        assert [desk.book.size for desk in two] == [1, 2]
        assert [lines(desk) for desk in two] == [0, 1]
    finally:
        second.close()
        first.book.keys.close()
        first.book.store.connection.close()


def test_a_book_is_not_written_from_another_thread(two: list[Desk]) -> None:
    desk = two[0]
    found: list[BaseException] = []

    def caught(act: Callable[[], object]) -> None:
        try:
            act()
        except BaseException as error:
            found.append(error)

    thread = Thread(target=caught, args=[lambda: post(desk, [talk(desk, VILLAGE)])])
    thread.start()
    thread.join()
    assert [type(error) for error in found] == [Astray]
    assert (desk.book.size, lines(desk)) == (1, 0)


def test_a_book_that_cannot_be_opened_leaves_nothing_open(two: list[Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("newest", "KeyFile"):
        monkeypatch.setattr(book_of_a_folder, name, fails)
        with pytest.raises(ZeroDivisionError):
            open_desk(two[0].book.folder, "founder", alias="broken")
        assert connections["broken"].connection is None
        monkeypatch.undo()
    monkeypatch.setattr(Book, "_finish_erasures", fails)
    with pytest.raises(ZeroDivisionError):
        open_desk(two[0].book.folder, "founder", alias="broken")
    assert connections["broken"].connection is None


def test_an_erasure_that_is_still_unfinished_does_not_keep_a_book_closed(two: list[Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = two[0]
    desk.book.keys.intend(["aaaaaaaaaaaaaaaa"])
    with desk.book.store.transaction():
        told = {"record": "aaaaaaaaaaaaaaaa"}
        gone = Entry(new_uid(), "event", ERASE, COUNTY, desk.today, desk.scope.user, 1, record="aaaaaaaaaaaaaaaa", data=told)
        desk.book.journal.append([gone])

    def busy(self: KeyFile, records: list[str]) -> None:
        raise Unfinished("it is being read")

    monkeypatch.setattr(KeyFile, "_destroy", busy)
    open_desk(desk.book.folder, "founder", alias="busy").close()
    assert desk.book.keys.intended() == ["aaaaaaaaaaaaaaaa"]
    monkeypatch.undo()
    open_desk(desk.book.folder, "founder", alias="busy").close()
    assert desk.book.keys.intended() == []


def fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError
