"""Segments: sealed, merged, read beside sealers and by later programs; figures are those of the journal all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.cube import locks
from taizhang.cube.manifest import LOCK, Manifest, commit, open_newest, tidy
from taizhang.cube.shelf import Shelf
from taizhang.ledger.catalogue import Catalogue

from ..books import Databases, SmallBook, small_book
from ..ledger.entries import entry, received, stop, struck
from .shelves import assert_holds, filled, manifest, rows, segments, shelf_of, whole
from .worker import opened


def test_what_is_sealed_is_read_from_segments(book: SmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        assert assert_holds(shelf, book) == 46
    kept = manifest(tmp_path)
    assert (kept.through, {one.type for one in kept.segments}) == (46, {"traffic.violation", "mines.mine", "struck"})
    monkeypatch.setattr("taizhang.cube.shelf.chunk", lambda *_: pytest.fail("read from the journal"))
    with shelf_of(book, tmp_path) as again:
        assert assert_holds(again, book) == 46


def test_a_tail_lies_on_top_of_segments(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        late = stop(2, fine=1)
        book.journal.append([late, struck(late), received(500)])
        assert assert_holds(shelf, book) == 49
        with shelf_of(book, tmp_path) as again:
            assert assert_holds(again, book) == 49


def test_an_entry_that_is_sealed_is_struck(book: SmallBook, tmp_path: Path) -> None:
    wrong = stop(2, fine=700)
    book.journal.append([wrong])
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        book.journal.append([struck(wrong)])
        assert assert_holds(shelf, book) == 2
        assert shelf.seal()
        assert assert_holds(shelf, book) == 2
        with shelf.reading() as reading:
            sql = f"SELECT sum(sign * f_fine) FILTER (seq <= 1) AS before, sum(sign * f_fine) AS now FROM {reading.relation('traffic.violation')} r"
            assert [str(value) for value in reading.run(sql).to_pylist()[0].values()] == ["7.00", "0.00"]


def test_small_segments_become_larger_ones(book: SmallBook, tmp_path: Path) -> None:
    with shelf_of(book, tmp_path) as shelf:
        for number in range(40):
            book.journal.append([stop(1 + number % 28, fine=number) for _ in range(5)])
            assert shelf.seal()
        assert assert_holds(shelf, book) == 200
    assert 1 <= len(segments(tmp_path)) <= 6
    assert sum(one.rows for one in manifest(tmp_path).segments) == 200


def test_a_thread_seals_what_is_much(book: SmallBook, tmp_path: Path) -> None:
    shelf = Shelf(whole(book, tmp_path), seal_from=40)
    filled(book)
    assert assert_holds(shelf, book) == 46
    shelf.wait()
    assert manifest(tmp_path).through == 46
    assert assert_holds(shelf, book) == 46
    shelf.close()


def test_a_large_book_is_sealed_while_it_is_first_read(book: SmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taizhang.cube.shelf.CHUNK", 10)
    filled(book)
    shelf = Shelf(whole(book, tmp_path), most_in_memory=20)
    assert assert_holds(shelf, book) == 46
    assert manifest(tmp_path).through == 40
    shelf.close()


def test_what_may_be_undone_is_not_sealed(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf, book.store.transaction():
        assert not shelf.seal()
    assert not (tmp_path / "cube").exists() or not segments(tmp_path)


def test_all_segments_are_made_anew(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        for _ in range(3):
            shelf.seal()
            book.journal.append([stop()])
        before = {path.name for path in segments(tmp_path)}
        assert shelf.rebuild()
        assert before.isdisjoint(path.name for path in segments(tmp_path))
        assert assert_holds(shelf, book) == manifest(tmp_path).through == 49


# ---- packs that grow -------------------------------------------------------------------------------------------------------------


def lacking_fines(book: SmallBook) -> Catalogue:
    """The packs before violations had fines."""
    packs = book.catalogue.packs
    event = packs["traffic"].events["violation"]
    old = replace(event, fields={name: one for name, one in event.fields.items() if name != "fine"})
    return Catalogue({**packs, "traffic": replace(packs["traffic"], events={**packs["traffic"].events, "violation": old})})


def test_a_field_added_later_is_null_in_older_segments(book: SmallBook, tmp_path: Path) -> None:
    known = whole(book, tmp_path)
    known.catalogue = lacking_fines(book)
    book.journal.append([entry("event", "traffic.violation", record="crew-1", data={"kind": "超载"}) for _ in range(9)])
    old = Shelf(known)
    assert old.seal()
    old.close()
    before = segments(tmp_path)
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([stop(fine=700)])
        assert assert_holds(shelf, book) == 10
        assert segments(tmp_path) == before
        assert shelf.seal()
        assert assert_holds(shelf, book) == 10


def test_what_an_older_program_had_no_column_for_is_read_from_the_journal(book: SmallBook, tmp_path: Path) -> None:
    """It ran beside a newer one, whose entries it sealed."""
    known = whole(book, tmp_path)
    known.catalogue = lacking_fines(book)
    book.journal.append([stop(fine=100 * n) for n in range(9)])
    old = Shelf(known)
    assert old.seal()
    with shelf_of(book, tmp_path) as shelf:
        assert assert_holds(shelf, book) == 9
        shelf.wait()
        assert assert_holds(shelf, book) == 9
    assert not any(one.strange for one in manifest(tmp_path).segments)
    book.journal.append([stop(fine=5) for _ in range(20)])
    assert old.seal()
    with shelf_of(book, tmp_path) as shelf:
        assert assert_holds(shelf, book) == 29
    old.close()


# ---- other books -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def other(databases: Databases, dialect: str) -> Iterator[SmallBook]:
    """A second book."""
    with small_book(databases.address(dialect)) as made:
        yield made


def test_segments_of_another_course_of_the_book_are_not_served(book: SmallBook, other: SmallBook, tmp_path: Path) -> None:
    """A book restored from its backup went on otherwise: as long, under the same name, with other entries."""
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
    filled(other)
    with shelf_of(other, tmp_path) as shelf:
        assert assert_holds(shelf, other) == 46
        assert shelf.seal()
        assert assert_holds(shelf, other) == 46
    with shelf_of(other, tmp_path) as shelf:
        assert assert_holds(shelf, other) == 46


def test_segments_that_know_more_than_the_book_are_not_served(book: SmallBook, other: SmallBook, tmp_path: Path) -> None:
    filled(book)
    filled(other, 3)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
    with shelf_of(other, tmp_path) as shelf:
        assert assert_holds(shelf, other) == 5


# ---- beside one another ----------------------------------------------------------------------------------------------------------


def test_only_one_seals(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    first, second = Shelf(whole(book, tmp_path)), Shelf(whole(book, tmp_path), seal_from=1)
    (tmp_path / "cube").mkdir()
    with locks.alone(tmp_path / "cube" / LOCK, wait=False) as mine:
        assert mine
        assert assert_holds(second, book) == 46
        second.wait()
    assert not segments(tmp_path)
    assert first.seal()
    assert not second.seal()  # there is nothing left to do: it reads what the first sealed
    assert assert_holds(second, book) == assert_holds(first, book) == 46
    first.close()
    second.close()


def test_two_seal_at_once_in_turns(databases: Databases, dialect: str, tmp_path: Path) -> None:
    """Two programs append, read and seal one book at the same time, each over a connection of its own."""
    address = databases.address(dialect)
    failed: list[BaseException] = []

    def work(book: SmallBook) -> None:
        try:
            shelf = Shelf(whole(book, tmp_path), seal_from=10)
            for number in range(12):
                book.journal.append([stop(1 + number, fine=number) for _ in range(6)])
                with shelf.reading() as reading:
                    found = rows(reading, "traffic.violation")
                    assert [row["seq"] for row in found] == list(range(1, reading.size + 1))
                shelf.seal()
            shelf.close()
        except BaseException as error:
            failed.append(error)

    with small_book(address) as book:
        pair = [threading.Thread(target=_alone, args=(address, book.number, work)) for _ in range(2)]
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()
        assert not failed
        with shelf_of(book, tmp_path) as shelf:
            shelf.seal()
            assert assert_holds(shelf, book) == 144


_opening = threading.Lock()


def _alone(address: str, number: int, work: Callable[[SmallBook], None]) -> None:
    with opened(address, number) as book:
        with _opening:  # SQLite lets nobody wait who turns to its log of writes first
            book.store.rows("SELECT 1")
        work(book)


def test_a_reader_keeps_the_files_of_the_manifest_he_opened(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as old, shelf_of(book, tmp_path) as new:
        assert old.seal()
        with old.reading() as reading:
            sql = f"SELECT count(*) AS n FROM {reading.relation('traffic.violation')} AS r"
            book.journal.append([stop() for _ in range(40)])
            assert new.seal()
            assert reading.run(sql).to_pylist() == [{"n": 36}]
            assert len(segments(tmp_path)) == 4
        assert assert_holds(old, book) == 86
        book.journal.append([stop()])
        assert new.seal()
        assert len(segments(tmp_path)) <= 4
        assert assert_holds(old, book) == 87


def test_what_a_sealer_left_half_done_is_tidied_away(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        for name in ("traffic.violation-47-50-abcd.parquet", "traffic.violation-47-50-ef01.parquet.tmp", "manifest-000002.json.tmp"):
            (tmp_path / "cube" / name).write_bytes(b"half")
        book.journal.append([stop()])
        assert assert_holds(shelf, book) == 47
        assert shelf.seal()
        assert assert_holds(shelf, book) == 47
    assert {path.name for path in segments(tmp_path)} == {one.file for one in manifest(tmp_path).segments}


def test_a_manifest_that_is_no_json_counts_for_nothing(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        (tmp_path / "cube" / "manifest-000002.json").write_bytes(b"{")
        assert assert_holds(shelf, book) == 46
        assert shelf.seal()
        assert manifest(tmp_path).number == 3


def test_manifests_are_written_whole(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        commit(tmp_path, Manifest(number, "taizhang/43/tests", number, "00"))
    held = open_newest(tmp_path)
    assert held is not None
    commit(tmp_path, Manifest(4, "taizhang/43/tests", 4, "00"))
    tidy(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest-000003.json", "manifest-000004.json"]
    held.release()
    tidy(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest-000004.json"]
