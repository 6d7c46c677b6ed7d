"""Many rows asked for in one question, alike on both databases."""

from __future__ import annotations

import pytest

from taizhang.ledger.store import sought
from taizhang.ledger.tables import RECORD

from ..books import SmallBook

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
