"""Acts that nobody should send: each is refused by name, and what stands beside it in the batch is accepted all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import Error

from taizhang.core import Entry, Scope
from taizhang.ledger import KeyFile
from taizhang.ledger.book import Book
from taizhang.ledger.reading import Reader
from taizhang.ledger.rebuild import rebuild
from taizhang.ledger.tables import ENTRY

from ..books import ORIGIN, SmallBook
from .entries import FUND, entry, mine, received, stop, struck
from .test_journal import held, is_sound, words

BROKEN = [
    {"uid": None}, {"uid": 5}, {"uid": "\ud800"}, {"record": "a\0b"}, {"record": "\ud800"}, {"record": 7}, {"actor": "\ud800"}, {"place": 2**63},
    {"data": {"a": "\ud800"}}, {"data": {"a": 2**63}}, {"data": {"a": 0.5}}, {"data": {"a": [None]}}, {"data": None}, {"type": None}, {"type": "a"},
    {"kind": "foo"}, {"kind": None}, {"day": None}, {"day": "2023-01-01"}, {"kind": "strike", "strikes": "x\0", "why": "x"}, {"sealed": {"a": "b!"}},
]  # fmt: skip
BROKEN_TRANSFERS = [
    {"source": "a\0b"}, {"source": "\ud800"}, {"source": None}, {"item": "\ud800"}, {"item": 5}, {"quantity": 2**63}, {"quantity": -(2**63)},
    {"quantity": None}, {"quantity": 1.5}, {"quantity": -5}, {"quantity": 0}, {"due": "2023-01-01"},
]  # fmt: skip
STRANGE = {
    "an event of a register's type": entry("event", "mines.mine", record="m"),
    "a state of an event's type": entry("state", "traffic.violation", record="m"),
    "a transfer of an event's type": entry("transfer", "traffic.violation", item="money", quantity=1, source="mines.givers", target=FUND),
    "an event of a transfer's type": entry("event", "mines.receive"),
    "a state of the book's own": entry("state", "book.pack", record="m"),
    "a type the book has not": entry("event", "book.other"),
}
LACKING = {
    "a renewal of nothing": entry("event", "book.renew", record="r"),
    "a renewal to no day": entry("event", "book.renew", record="r", data={"loan": "x", "due": "2023-02-30"}),
    "an erasure of nothing": entry("event", "book.erase", record="r"),
    "an erasure of another": entry("event", "book.erase", record="r", data={"record": "s"}),
}


@pytest.mark.parametrize("change", BROKEN, ids=repr)
def test_a_broken_entry_is_refused_alone(book: SmallBook, change: dict[str, Any]) -> None:
    book.journal.append([stop(1)])  # so that ids are looked up
    assert words(book.journal, stop(1), replace(stop(1), **change), stop(2)) == ["ok", "form", "ok"]


@pytest.mark.parametrize("change", BROKEN_TRANSFERS, ids=repr)
def test_a_broken_transfer_is_refused_alone(book: SmallBook, change: dict[str, Any]) -> None:
    assert words(book.journal, received(3), replace(received(5), **change), received(4)) == ["ok", "form", "ok"]
    assert held(book) == 7


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_an_entry_of_another_kind_than_its_type_is_refused(book: SmallBook, strange: Entry) -> None:
    assert words(book.journal, stop(1), strange, stop(2)) == ["ok", "type", "ok"]


@pytest.mark.parametrize("lacking", LACKING.values(), ids=LACKING)
def test_an_entry_of_the_book_says_what_it_is_about(book: SmallBook, lacking: Entry) -> None:
    assert words(book.journal, stop(1), lacking, stop(2)) == ["ok", "form", "ok"]


def test_an_act_says_nothing_twice(book: SmallBook) -> None:
    one, wrong = stop(1), stop(2)
    assert words(book.journal, (one, one), wrong, stop(3)) == ["form", "ok", "ok"]
    assert words(book.journal, (struck(wrong), struck(wrong)), stop(3)) == ["struck_already", "ok"]


def test_a_strike_is_of_the_type_of_what_it_withdraws(book: SmallBook) -> None:
    wrong = stop(1)
    other = entry("strike", "mines.receive", strikes=wrong.uid, why="写错了")
    assert words(book.journal, wrong, other, struck(wrong)) == ["ok", "type", "ok"]


def test_an_erasure_is_not_withdrawn(book: SmallBook) -> None:
    erased = entry("event", "book.erase", record="m", data={"record": "m"})
    assert words(book.journal, mine("m", name="甲矿"), erased, struck(erased)) == ["ok", "ok", "type"]


def test_an_account_holds_no_more_than_can_be_written(book: SmallBook) -> None:
    assert words(book.journal, received(2**63 - 1), received(1), stop(1)) == ["ok", "form", "ok"]
    assert held(book) == 2**63 - 1


def test_rebuilding_does_not_look_ahead(book: SmallBook) -> None:
    """A late state puts a record together anew; on rebuilding, later entries about it are there already but have not happened."""
    lent = replace(_lent("copy-1", "r"), due=date(2023, 1, 20))
    first, second = (entry("event", "book.renew", 9, record="r", data={"loan": lent.uid, "due": f"2023-02-0{n}"}) for n in (1, 2))
    states = [entry("state", "library.copy", on, record="copy-1", data=data) for on, data in ((5, {"book": "b-1"}), (3, {"kind": "外借"}))]
    hold = entry("event", "library.hold", 2, record="b-2", data={"reader": "r"})
    later = entry("state", "library.copy", 7, record="copy-1", data={"book": "b-2"})
    book.journal.append([*states, hold, _acquired("copy-1"), lent, later, first, struck(first), second])
    assert book.store.rows("SELECT ended_seq FROM waiting") == [(None,)]
    assert book.store.rows("SELECT due, renewed FROM loan") == [("2023-02-02", 1)]
    book.journal.append([mine("a", 5), mine("a", 3), mine("b", mine_code="K"), mine("a", 1, mine_code="K")])
    assert is_sound(book)
    rebuild(book.store, book.number, book.catalogue)
    assert book.store.rows("SELECT record FROM record_key WHERE type = 'mines.mine'") == [("b",)]


def test_a_record_is_found_by_its_key_after_a_late_state_without_it(book: SmallBook) -> None:
    book.journal.append([mine("m", 10, mine_code="K"), mine("m", 5, area="2")])
    assert book.store.rows("SELECT key FROM record_key") == [('["K"]',)]
    book.journal.append([mine("n", 1, area="3"), mine("n", 2, mine_code="L"), mine("n", 3, mine_code="M")])
    assert book.store.rows("SELECT key FROM record_key WHERE record = 'n'") == [('["M"]',)]
    assert is_sound(book)


def test_a_hold_that_two_loans_end_waits_when_both_are_struck(book: SmallBook) -> None:
    book.journal.append([entry("state", "library.copy", record=c, data={"book": "b-1"}) for c in ("copy-1", "copy-2")])
    hold = entry("event", "library.hold", 2, record="b-1", data={"reader": "r"})
    lent = [_lent("copy-1", "r"), _lent("copy-2", "r")]
    book.journal.append([_acquired("copy-1"), _acquired("copy-2"), hold, *lent])
    for strike, ended in ((struck(lent[0]), 7), (struck(lent[1]), None)):
        book.journal.append([strike])
        assert book.store.rows("SELECT ended_seq FROM waiting") == [(ended,)]
    assert is_sound(book)


def test_a_return_counts_for_no_later_loan(book: SmallBook) -> None:
    given = entry("transfer", "library.give_back", 2, item="copy-1", quantity=1, source="library.reader/r", target="library.shelf/s")
    early = entry("transfer", "library.move", 2, item="copy-1", quantity=1, source="library.shelf/s", target="library.reader/r")
    twice, lent = _lent("copy-1", "r"), _lent("copy-1", "r")
    book.journal.append([_acquired("copy-1", 2), early, given, lent, twice])
    book.journal.append([struck(twice)])  # counts again what came back
    assert book.store.rows("SELECT uid, back FROM loan") == [(lent.uid, 0)]
    assert is_sound(book)


def test_a_return_that_is_struck_is_none(book: SmallBook) -> None:
    lent = _lent("copy-1", "r")
    given = entry("transfer", "library.give_back", 5, item="copy-1", quantity=1, source="library.reader/r", target="library.shelf/s")
    book.journal.append([_acquired("copy-1"), lent, given])
    assert book.store.rows("SELECT back, ended FROM loan") == [(1, "2023-01-05")]
    book.journal.append([struck(given)])
    assert book.store.rows("SELECT back, ended FROM loan") == [(0, None)]
    assert is_sound(book)


def test_a_late_state_does_not_bring_back_what_was_erased(book: SmallBook) -> None:
    told = entry("state", "base.person", 10, record="p", data={"sex": "女"}, sealed={"name": "QUJD"})
    erased = entry("event", "book.erase", 11, record="p", data={"record": "p"})
    book.journal.append([told, erased, entry("state", "base.person", 5, record="p", data={"sex": "男"})])
    assert book.store.rows("SELECT data, sealed FROM record") == [('{"sex":"女"}', "{}")]
    assert is_sound(book)


def test_what_was_erased_is_told_from_what_is_said_otherwise(book: SmallBook) -> None:
    """An erasure takes along entries sealed by themselves: of whom they name, and why such a one was struck."""
    seal = {"note": "QUJD"}
    of_record = entry("event", "library.hold", 2, record="p", data={"reader": "x"}, sealed=seal)
    naming, kept = (entry("event", "library.hold", 2, record=f"own-{n}", data={"reader": "p"}, sealed=seal) for n in (1, 2))
    why = entry("strike", "library.hold", record="own-3", strikes=naming.uid, sealed={"why": "QUJD"})
    alone = entry("event", "library.hold", 2, record="own-4", data={"reader": "x"}, sealed=seal)
    told = [of_record, naming, kept, why, alone]
    book.journal.append(told)
    erased = entry("event", "book.erase", 9, record="p", data={"record": "p", "entries": [naming.uid, why.uid]})
    by_itself = entry("event", "book.erase", 9, record=alone.uid, data={"record": alone.uid})
    assert words(book.journal, erased, by_itself) == ["ok", "ok"]
    again = [replace(one, sealed=dict.fromkeys(one.sealed, "QUJE")) for one in told]
    assert words(book.journal, *again) == ["erased", "erased", "conflict", "erased", "erased"]


def test_no_entry_is_replaced(book: SmallBook) -> None:
    """What would put a row in the place of another is refused like a change, by number and by id."""
    book.journal.append([stop(1), stop(2)])
    columns = ", ".join(ENTRY.columns)
    for changed in (columns.replace("place", "7"), columns.replace("seq", "seq + 10").replace("place", "7")):
        for way in ("INSERT OR REPLACE", "REPLACE") if book.store.dialect == "sqlite" else ("INSERT",):
            with pytest.raises(Error), book.store.transaction():
                book.store.run(f"{way} INTO entry ({columns}) SELECT {changed} FROM entry WHERE seq = 1")
    assert [row[0] for row in book.store.rows("SELECT place FROM entry ORDER BY seq")] == [431122, 431122]
    assert is_sound(book)


def _acquired(copy: str, quantity: int = 1) -> Entry:
    return entry("transfer", "library.acquire", item=copy, quantity=quantity, source="library.acquired", target="library.shelf/s")


def _lent(copy: str, reader: str) -> Entry:
    return entry("transfer", "library.lend", 3, item=copy, quantity=1, source="library.shelf/s", target=f"library.reader/{reader}")


def test_a_record_is_where_it_was_stated_last(book: SmallBook, tmp_path: Path) -> None:
    """Of two registers stated on the same day, one of them late as well, the later word tells the place."""
    home = Book(tmp_path, book.alias, book.store, book.number, ORIGIN, 43, KeyFile(tmp_path / "keys"), book.catalogue, book.journal)
    states = [("mines.site", 14, 431122), ("mines.mine", 14, 431123), ("mines.site", 13, 431122)]
    book.journal.append([entry("state", kind, on, record="m", place=place) for kind, on, place in states])
    seen = Reader(home, Scope.of_the_house("tests")).record("m")
    standing = home.inside().record("m")
    assert seen is not None
    assert standing is not None
    assert (seen.place, standing.place) == (431123, 431123)
