"""Many rows asked for in one question, alike on both databases."""

from __future__ import annotations

import pytest

from taizhang.ledger.store import count_anew, sought
from taizhang.ledger.tables import RECORD

from ..books import SmallBook
from .entries import stop

ODD = ("plain", 'quo"ted', "back\\slash", "{a,b}", "NULL", "", "矿山 一号", "%s ?", "it's")


@pytest.fixture
def named(book: SmallBook) -> SmallBook:
    """A book with a record of each odd name, and one of another book's."""
    rows = [(book.number, name, "mines.mine", 43, "2023-01-01", 1, 1, "{}", "{}") for name in ODD]
    book.store.upsert(RECORD, [*rows, (book.number + 1, "plain", "mines.mine", 43, "2023-01-01", 1, 1, "{}", "{}")])
    return book


@pytest.mark.parametrize("wanted", [ODD, ODD[:1], ("plain", "absent"), ("absent",), ()])
def test_many_are_found_whatever_they_are_called(named: SmallBook, wanted: tuple[str, ...]) -> None:
    rows = named.store.rows(*sought(named.store, "book, record", "record WHERE book = ?", [named.number], "record", wanted))
    assert sorted(rows) == sorted((named.number, name) for name in set(wanted) & set(ODD))


def test_several_questions_are_answered_in_order(named: SmallBook) -> None:
    count = "SELECT count(*) FROM record WHERE book = ?"
    assert named.store.answers([(count, [named.number]), (count, [named.number + 1]), (count, [0])]) == [[(len(ODD),)], [(1,)], [(0,)]]


def test_postgres_counts_its_tables_where_a_book_is_ten_times_as_large(named: SmallBook) -> None:
    if named.store.dialect == "sqlite":
        pytest.skip("SQLite is told the sizes when its tables are made")
    known = "SELECT reltuples FROM pg_class WHERE oid = 'record'::regclass"
    with named.store.transaction():
        before = named.store.rows(known)
        count_anew(named.store, 5, 99)
        count_anew(named.store, 100, 999)
        assert named.store.rows(known) == before
        count_anew(named.store, 99, 100)
        assert named.store.rows(known) == [(len(ODD) + 1,)]


def test_a_book_grown_on_one_connection_is_counted(book: SmallBook) -> None:
    """The plans made while it was small are not kept: each would read all of the book for every id it is asked for."""
    if book.store.dialect == "sqlite":
        pytest.skip("SQLite is told the sizes when its tables are made")
    book.journal.append([stop(record=f"crew-{n}", time="08:00") for n in range(120)])
    assert book.store.rows("SELECT reltuples FROM pg_class WHERE oid = 'entry'::regclass")[0][0] >= 100
