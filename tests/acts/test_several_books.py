"""Several books open in one program: each act, and its line in the log, is of its own book, or there is no act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from taizhang.acts.desk import Desk, open_desk
from taizhang.acts.posting import post
from taizhang.ledger.store import Astray
from taizhang.people import acts

from ..books import Databases
from .office import VILLAGE, county, on
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
