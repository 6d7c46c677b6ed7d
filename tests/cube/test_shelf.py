"""Entries as columns: what a relation holds is what the journal holds, at every moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from taizhang.cube.relations import AsOf
from taizhang.cube.shelf import Shelf

from ..books import SmallBook
from ..ledger.entries import allotted, entry, mine, received, stop, struck
from ..ledger.random_books import Office
from .shelves import assert_holds, expected, rows, shelf_of, whole


def test_a_relation_has_a_column_for_each_plain_field(book: SmallBook, tmp_path: Path) -> None:
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([stop(3, fine=20050), stop(4)])
        with shelf.reading() as reading:
            first, second = rows(reading, "traffic.violation")
    assert reading.size == 2
    assert (first["seq"], first["own"], first["sign"], first["day"], first["place"]) == (1, 1, 1, date(2023, 1, 3), 431122)
    assert (first["f_kind"], first["f_fine"], second["f_fine"]) == ("超载", Decimal("200.50"), Decimal("50.00"))
    assert "f_plate" not in first  # personal


def test_a_strike_is_a_red_twin_of_what_it_withdraws(book: SmallBook, tmp_path: Path) -> None:
    wrong = stop(3, fine=500)
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([wrong, stop(4), struck(wrong, 20), stop(3, fine=700)])
        with shelf.reading() as reading:
            black, red = rows(reading, "traffic.violation")[:2]
            total = reading.run(f"SELECT sum(sign * f_fine) AS fines FROM {reading.relation('traffic.violation')} AS r").to_pylist()
            struck_rows = reading.run(f"SELECT own, seq FROM {reading.relation('struck')} AS r").to_pylist()
    assert red == {**black, "seq": 3, "sign": -1}
    assert total == [{"fines": Decimal("57.00")}]
    assert struck_rows == [{"own": 1, "seq": 3}]


def test_what_is_said_to_be_unknown_is_not_what_is_not_said(book: SmallBook, tmp_path: Path) -> None:
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([mine("m1", area="2.8"), mine("m1", 2, area=None), mine("m1", 3, name="甲矿")])
        with shelf.reading() as reading:
            found = [(row["f_area"], row["unknown"]) for row in rows(reading, "mines.mine")]
    assert found == [(Decimal("2.8"), None), (None, ["area"]), (None, None)]


def test_a_question_sees_what_was_accepted_before_it_and_nothing_later(book: SmallBook, tmp_path: Path) -> None:
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([received(500)])
        with shelf.reading() as early:
            book.journal.append([received(700), allotted(100)])
            with shelf.reading() as late:
                assert (early.size, late.size) == (1, 3)
                assert [row["quantity"] for row in rows(early, "mines.receive")] == [500]
                assert [row["quantity"] for row in rows(late, "mines.receive")] == [500, 700]
                assert rows(early, "mines.allot") == []
        assert assert_holds(shelf, book) == 3


def test_each_new_entry_is_seen_and_the_old_ones_are_not_read_again(book: SmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with shelf_of(book, tmp_path) as shelf:
        for number in range(40):
            book.journal.append([stop(1 + number % 28, fine=number)])
            assert assert_holds(shelf, book) == number + 1
        asked: list[tuple[int, int]] = []
        ask = book.store.rows
        monkeypatch.setattr(type(book.store), "rows", lambda store, sql, params=(): asked.append((sql, params)) or ask(sql, params))
        book.journal.append([stop()])
        asked.clear()
        with shelf.reading():
            pass
    ranges = [params for sql, params in asked if "ORDER BY seq" in sql]
    assert ranges == [[book.number, 40, 41]]


def test_an_entry_that_was_never_committed_is_forgotten(book: SmallBook, tmp_path: Path) -> None:
    class Undone(Exception):
        pass

    book.journal.append([stop(fine=100)])
    with shelf_of(book, tmp_path) as shelf:
        assert assert_holds(shelf, book) == 1
        with suppress(Undone), book.store.transaction():
            book.journal.append([stop(fine=200), stop(fine=300)])
            assert assert_holds(shelf, book) == 3
            raise Undone
        book.journal.append([stop(fine=400), stop(fine=500)])
        assert assert_holds(shelf, book) == 3


@pytest.fixture(params=["few", "many"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are read one by one, as few are, or in columns, as many are."""
    monkeypatch.setattr("taizhang.cube.typed.FEW", 10**9 if request.param == "few" else 0)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("type_name", "data"),
    [
        ("mines.mine", {"area": "2.80001"}), ("mines.mine", {"area": "wide"}), ("mines.mine", {"area": True}), ("mines.mine", {"area": ["1"]}),
        ("medicine.at_risk", {"groups": "老人"}), ("medicine.at_risk", {"groups": 3}), ("traffic.violation", {"fine": "ten"}),
        ("traffic.violation", {"fine": False}), ("traffic.violation", {"alcohol": "0.123"}),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_unknown_and_named(book: SmallBook, tmp_path: Path, type_name: str, data: dict[str, Any]) -> None:
    """It stops neither the figures of its type nor the sealing of the book; sealed or not, its entry and field are told."""
    kind, (name,) = "event" if type_name == "traffic.violation" else "state", data
    wrong = entry(kind, type_name, record="p1", data=data)
    book.journal.append([entry(kind, type_name, record="p1"), wrong, received(500)])
    for _ in range(2):  # in the tail, then in a segment
        with shelf_of(book, tmp_path) as shelf, shelf.reading() as reading:
            found = rows(reading, type_name)
            assert [(row["own"], row[f"f_{name}"], row["unfit"]) for row in found] == [(1, None, None), (2, None, [name])]
            assert reading.unfit() == {type_name: [(2, name)]}
        with shelf_of(book, tmp_path) as shelf:
            shelf.seal()
    book.journal.append([struck(wrong)])
    with shelf_of(book, tmp_path) as shelf, shelf.reading() as reading:
        assert [(row["sign"], row["unfit"]) for row in rows(reading, type_name)] == [(1, None), (1, [name]), (-1, [name])]
        assert AsOf(reading, 3).unfit() == {type_name: [(2, name)]}
        assert AsOf(reading, 4).unfit() == {}


def test_one_such_value_among_many_is_found(book: SmallBook, tmp_path: Path) -> None:
    many = [stop(1 + n % 28, fine="ten" if n == 33 else 100 * n) for n in range(90)]
    book.journal.append(many)
    with shelf_of(book, tmp_path) as shelf:
        with shelf.reading() as reading:
            assert [(row["own"], row["unfit"]) for row in rows(reading, "traffic.violation") if row["f_fine"] is None] == [(34, ["fine"])]
        assert shelf.seal()
        with shelf.reading() as reading:
            total = reading.run(f"SELECT sum(sign * f_fine) AS fines FROM {reading.relation('traffic.violation')} AS r").to_pylist()
            assert total == [{"fines": Decimal(sum(range(90)) - 33)}]
            assert reading.unfit() == {"traffic.violation": [(34, "fine")]}


def test_a_type_without_entries_is_an_empty_relation_and_one_of_no_pack_an_error(book: SmallBook, tmp_path: Path) -> None:
    with shelf_of(book, tmp_path) as shelf, shelf.reading() as reading:
        assert reading.size == 0
        assert rows(reading, "mines.mine") == []
        with pytest.raises(KeyError):
            reading.relation("mines.nothing")


def test_places_are_read_again_when_one_moves(book: SmallBook, tmp_path: Path) -> None:
    def add(key: int, path: str) -> None:
        book.store.run("INSERT INTO place (key, path, level, name) VALUES (?, ?, 'county', '')", [key, path])
        book.store.run("INSERT INTO place_code (place, scheme, code, name) VALUES (?, 'stat', ?, '')", [key, str(key)])

    with shelf_of(book, tmp_path) as shelf:
        for key, path in ((43, "43/"), (4311, "43/4311/")):
            add(key, path)
            with shelf.reading() as reading:
                found = reading.run(f"SELECT key, path FROM {reading.relation('places')} AS p ORDER BY key").to_pylist()
            assert found[-1] == {"key": key, "path": path}


def test_a_field_that_a_newer_version_adds_is_read_from_then_on(book: SmallBook, tmp_path: Path) -> None:
    """The process that asks knew the pack before the field was there; another one installed it and wrote."""
    known = whole(book, tmp_path)
    new = book.catalogue
    event = new.things["traffic.violation"]
    lacking = replace(event, fields={name: one for name, one in event.fields.items() if name != "fine"})
    old = replace(new, packs={**new.packs, "traffic": replace(new.packs["traffic"], events={**new.packs["traffic"].events, "violation": lacking})})
    known.catalogue = old
    shelf = Shelf(known)
    book.journal.append([stop(fine=100)])
    with shelf.reading() as reading:
        assert "f_fine" not in rows(reading, "traffic.violation")[0]
    known.catalogue = new
    with shelf.reading() as reading:
        assert rows(reading, "traffic.violation") == expected(book, "traffic.violation")
    shelf.close()


@pytest.mark.usefixtures("few")
def test_relations_hold_the_journal_after_any_acts(book: SmallBook, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen = 0
    for number in range(count(3, 60)):
        office = Office(Random(f"shelf {number}"))
        for act, _ in office.acts(60):
            book.journal.append([act], partly=True)
        with shelf_of(book, tmp_path) as shelf:
            seen += assert_holds(shelf, book)
    print(f"{seen} rows")
    assert seen >= count(3, 60) * 30


def test_entries_of_the_book_itself(book: SmallBook, tmp_path: Path) -> None:
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([entry("event", "book.pack", data={"pack": "mines", "sha256": "0", "version": 1})])
        assert assert_holds(shelf, book) == 1
