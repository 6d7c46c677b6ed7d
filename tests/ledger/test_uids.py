"""Ids: made in order of time, or derived and the same each time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.ledger import UidClock, new_uid, new_uids, once_uid, row_uid


def test_a_new_id_is_a_uuid_of_version_7_with_the_time_in_front() -> None:
    before, uid, after = time.time_ns() // 1_000_000, UUID(new_uid()), time.time_ns() // 1_000_000
    assert (uid.version, uid.variant) == (7, "specified in RFC 4122")
    assert before <= uid.int >> 80 <= after + 5


def test_ids_rise_within_a_process() -> None:
    made = [new_uid() for _ in range(2000)] + new_uids(20_000) + [new_uid()]
    assert all(a < b for a, b in pairwise(made))


def test_ids_rise_when_the_clock_steps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = UidClock()
    first = next(clock.uids(1))
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert next(clock.uids(1)) > first


def test_threads_never_share_an_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: [new_uid() for _ in range(500)] + new_uids(500), range(16)))
    assert all(a < b for batch in batches for a, b in pairwise(batch))
    assert len({uid for batch in batches for uid in batch}) == 16_000


def test_the_rows_of_a_sheet_have_ids_that_follow_each_other() -> None:
    uids = [row_uid("book-1", "ab" * 32, "Sheet1", row) for row in [*range(3000), 2**20, 2**32 - 1]]
    assert all(a < b for a, b in pairwise(uids))
    assert len({uid[:12] for uid in uids}) == 1
    assert {(UUID(uid).version, UUID(uid).variant) for uid in uids} == {(8, "specified in RFC 4122")}


@pytest.mark.parametrize("row", [-1, 2**32])
def test_a_row_number_has_bounds(row: int) -> None:
    with pytest.raises(ValueError, match="row number"):
        row_uid("b", "f", "s", row)


PARTS = st.lists(st.text(max_size=4), min_size=3, max_size=3)


@given(PARTS, PARTS, st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_derived_ids_are_equal_exactly_when_what_they_derive_from_is(a: list[str], b: list[str], m: int, n: int) -> None:
    assert (row_uid(*a, m) == row_uid(*b, n)) == ((a, m) == (b, n))
    assert (once_uid(*a) == once_uid(*b)) == (a == b)


def test_parts_do_not_run_together() -> None:
    assert once_uid("book", "a.b", "12", "3") != once_uid("book", "a.b", "1", "23")
    assert once_uid("book", "a.b", "123") != once_uid("book", "a.b", "123", "")


def test_derived_ids_stay_what_they_are() -> None:
    assert row_uid("book-1", "ab" * 32, "Sheet1", 7) == "ee40e4bfd5bf800080001d5308272edd"
    assert once_uid("book-1", "medicine.person", "p-7", "2023-01") == "d3d66fc8f4758c2b862b5efe9446c46e"
