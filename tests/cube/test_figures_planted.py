"""The comparison of figures finds what is wrong: each mistake is planted in the SQL, and must show in one of a few random books."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from random import Random
from typing import Any

import pytest

from taizhang.core import InputError
from taizhang.cube import rows
from taizhang.cube.attributes import Attributes
from taizhang.cube.engine import Engine
from taizhang.cube.leaves import Leaf
from taizhang.cube.naming import Columns
from taizhang.cube.placing import Below
from taizhang.cube.relations import AsOf
from taizhang.cube.rows import Sources

from ..books import Databases
from .comparing import Compared, compared

BOOKS, ROUNDS = 3, 3

MISTAKES: dict[str, tuple[Any, str, tuple[tuple[str, str], ...]]] = {
    # what is wrong: where, which function, what in its SQL becomes what
    "a sum takes a withdrawal for one more": (Leaf, "totals", (("ELSE -", "ELSE "),)),
    "a count takes a withdrawal for one more": (Leaf, "totals", (("sum(sign)", "sum(abs(sign))"),)),
    "what was struck still stands": (AsOf, "standing", (("NOT EXISTS", "EXISTS (SELECT 1) OR NOT EXISTS"),)),
    "a record is as it was stated last, whatever the day": (Attributes, "_versions", (("ORDER BY day, own", "ORDER BY own"),)),
    "a field first said later was not known before": (Attributes, "_versions", (("DATE '-infinity'", "day"),)),
    "what is said to be unknown is as it was before": (Attributes, "_said", (("list_contains(unknown", "FALSE AND list_contains(unknown"),)),
    "a renewal is not heeded": (rows, "renewed", (("VALUES (", "VALUES (0 * "), ("), (", "), (0 * "))),
    "a parameter has its first value": (Columns, "_parameter", ((">= DATE '", "<> DATE '"),)),
    "places lie where their digits say": (Below, "inside", ((" IN (", " IN (0 * "), (" NOT IN (", " NOT IN (0 * "))),
    "balances are those of the last day of all": (Sources, "_moves", ((" AND day <= DATE", " AND day <> DATE"),)),
    "records count in the period they were stated last": (Sources, "_records", (("HAVING min(day)", "HAVING max(day)"),)),
    "the condition is forgotten": (Engine, "_sql", ((" AND (", " OR ("),)),
}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def books(request: pytest.FixtureRequest, folder_of_books: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Compared]]:
    if request.param == "postgres" and folder_of_books.server is None:
        folder_of_books.server = request.getfixturevalue("server")
    with ExitStack() as opened:
        folder = tmp_path_factory.mktemp("planted")
        made = (compared(folder_of_books.address(request.param), folder / str(n), Random(f"planted {n}"), 260) for n in range(BOOKS))
        yield [opened.enter_context(one)[0] for one in made]


def differs(books: list[Compared]) -> bool:
    """Whether any figure of any book is otherwise than entry by entry."""
    for book in books * ROUNDS:
        for one in book.cube.indicators().values():
            try:
                book.compare(one, book.question(one))
            except (AssertionError, InputError):
                return True
    return False


def test_without_a_mistake_all_are_equal(books: list[Compared]) -> None:
    assert not differs(books[:1])


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_sql_shows(mistake: str, books: list[Compared], monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, changes = MISTAKES[mistake]
    right = getattr(where, name)
    planted: list[str] = []

    def wrong(*args: Any, **more: Any) -> Any:
        told = right(*args, **more)
        return tuple(_changed(part, changes, planted) for part in told) if isinstance(told, tuple) else _changed(told, changes, planted)

    monkeypatch.setattr(where, name, wrong)
    assert differs(books), mistake
    assert planted, "nothing was changed"


def _changed(told: Any, changes: tuple[tuple[str, str], ...], planted: list[str]) -> Any:
    if isinstance(told, rows.Rows):
        told.source = _changed(told.source, changes, planted)
    if not isinstance(told, str):
        return told
    for right, wrong in changes:
        if right in told:
            planted.append(right)
            told = told.replace(right, wrong)
    return told
