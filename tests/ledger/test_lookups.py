"""A question for a few rows is answered by an index, however long the book is."""

from __future__ import annotations

import pytest

from taizhang.ledger.store import among

from ..books import SmallBook

LOOKUPS = [
    ("SELECT data, leaf FROM entry WHERE book = ? AND {}", "uid", "entry_unique_uid"),
    ("SELECT data, leaf FROM entry WHERE book = ? AND {}", "seq", "PRIMARY KEY"),
    ("SELECT data FROM record WHERE book = ? AND {}", "record", "PRIMARY KEY"),
    ("SELECT quantity FROM balance WHERE book = ? AND {}", "account", "PRIMARY KEY"),
    ("SELECT due FROM loan WHERE book = ? AND {}", "uid", "loan_by_uid"),
    ("SELECT due FROM loan WHERE book = ? AND ended IS NULL AND {} ORDER BY seq", "item", "loan_standing"),
    ("SELECT names FROM waiting WHERE book = ? AND type = 'x' AND ended_seq IS NULL AND {} ORDER BY seq", "first", "waiting_standing"),
    ("SELECT names FROM waiting WHERE book = ? AND {}", "ended_seq", "waiting_by_end"),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(("sql", "column", "index"), LOOKUPS, ids=[f"{sql.split()[3]}.{column}" for sql, column, _ in LOOKUPS])
def test_the_index_is_used(book: SmallBook, sql: str, column: str, index: str) -> None:
    condition, values = among(book.store, column, ["x"])
    plan = book.store.rows("EXPLAIN QUERY PLAN " + sql.format(condition), [book.number, values])
    search = str(plan[0][3])
    assert index in search
    assert f"{column}=?" in search, "it would be read from end to end"
