"""Bundles in which nothing seems to need a close look: one entry that does is judged as it would be by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taizhang.core import Entry
from taizhang.ledger.batches import FEW
from taizhang.ledger.journal import Refused

from ..books import SmallBook
from .entries import FUND, allotted, entry, mine, received, stop
from .test_journal import held, is_sound, words

MANY = 4 * FEW


def among(one: Entry, *before: Entry, at: int = MANY // 2) -> list[Entry]:
    """An entry among many that are plain."""
    plain = [stop(1 + n % 28) for n in range(MANY)]
    return [*before, *plain[:at], one, *plain[at:]]


@pytest.mark.parametrize("taken", [101, 2**62])
def test_one_transfer_of_more_than_is_there(book: SmallBook, taken: int) -> None:
    bundle = among(allotted(taken, 5), received(100, 1))
    assert words(book.journal, *bundle).count("short") == 1
    assert words(book.journal, *bundle).count("exists") == MANY + 1
    assert held(book) == 100
    assert is_sound(book)


def test_one_transfer_on_a_day_that_is_past(book: SmallBook) -> None:
    before = (received(100, 1), allotted(60, 10), received(60, 20))
    assert words(book.journal, *among(allotted(50, 5), *before)).count("short") == 1
    assert words(book.journal, *among(allotted(40, 5))).count("ok") == MANY + 1
    assert held(book) == 60
    assert is_sound(book)


def test_a_state_that_is_late(book: SmallBook) -> None:
    bundle = among(mine("m", 5, area="9", name="甲矿"), mine("m", 10, area="2.8"))
    assert set(words(book.journal, *bundle)) == {"ok"}
    assert book.store.rows("SELECT data, day, first_seq FROM record") == [('{"area":"2.8","name":"甲矿"}', "2023-01-10", 1)]
    assert is_sound(book)


def test_what_was_tried_together_is_not_kept_in_mind(book: SmallBook) -> None:
    """The last one of a bundle falls short: what the others moved is counted once."""
    bundle = [received(10, 1), mine("m", 3, area="1"), *(allotted(1, 2) for _ in range(MANY)), allotted(1, 1)]
    found = words(book.journal, *bundle)
    assert (found.count("ok"), found.count("short")) == (12, MANY - 9)
    assert held(book) == 0
    assert is_sound(book)


def test_one_id_twice_in_a_bundle(book: SmallBook) -> None:
    one = stop(3)
    assert words(book.journal, *among(one, one)) == ["ok", *["ok"] * (MANY // 2), "exists", *["ok"] * (MANY // 2)]
    other = replace(stop(4), uid=one.uid)
    assert words(book.journal, *among(other)).count("conflict") == 1
    assert is_sound(book)


def test_a_bundle_that_is_refused_leaves_what_stands_around_it(book: SmallBook) -> None:
    """Within a larger transaction it is undone alone."""
    with book.store.transaction():
        book.journal.append([received(10)])
        with pytest.raises(Refused):
            book.journal.append([received(5), mine("m", area="1"), allotted(99, 2)])
        assert held(book) == 10
        book.journal.append([allotted(4, 2)])
    assert held(book) == 6
    assert book.store.rows("SELECT count(*) FROM entry") == [(2,)]
    assert is_sound(book)


def test_one_entry_of_a_type_that_is_not_there(book: SmallBook) -> None:
    for odd in (entry("event", "nowhere.thing"), entry("event", "mines.mine"), entry("state", "traffic.violation", record="r")):
        assert words(book.journal, *among(odd)).count("type") == 1
    assert words(book.journal, *among(allotted(5, 1, site=FUND))).count("itself") == 1
    assert is_sound(book)
