"""Segments that are flipped, cut short, lost or left half done by a killed sealer: never served, and made anew."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import InputError
from taizhang.cube.manifest import open_newest
from taizhang.cube.segments import Segment, is_sound
from taizhang.cube.shelf import Shelf

from ..books import Databases, SmallBook, small_book
from ..ledger.disk import hunt
from ..ledger.entries import stop
from ..ledger.random_books import Office
from .shelves import assert_holds, filled, manifest, segments, shelf_of, whole
from .worker import BOOK


def held_or_refused(shelf: Shelf, book: SmallBook) -> int | None:
    """How many rows there are, all of them right; None where the format of the manifest was refused."""
    try:
        return assert_holds(shelf, book)
    except InputError as refused:
        return None if "format" in str(refused) else -1


def test_flipped_bytes_are_never_served(book: SmallBook, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
    shutil.copytree(tmp_path / "cube", tmp_path / "sound")
    rng, flipped = Random(41), Counter[str]()
    for _ in range(count(60, 3000)):
        shutil.rmtree(tmp_path / "cube")
        shutil.copytree(tmp_path / "sound", tmp_path / "cube")
        path = rng.choice([*segments(tmp_path), *(tmp_path / "cube").glob("manifest-*")])
        raw = bytearray(path.read_bytes())
        at = rng.randrange(len(raw))
        raw[at] ^= 1 << rng.randrange(8)
        path.write_bytes(raw)
        with shelf_of(book, tmp_path) as shelf:
            assert held_or_refused(shelf, book) in (46, None), (path, at)
        flipped[path.suffix] += 1
    print(dict(flipped))
    assert flipped[".parquet"] > flipped[".json"] > 0


def test_bytes_flipped_under_an_open_shelf_are_noticed_and_mended(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        assert assert_holds(shelf, book) == 46
        for path in segments(tmp_path):
            with path.open("r+b") as file:
                file.seek(200)
                file.write(bytes([file.read(1)[0] ^ 4]))
        assert assert_holds(shelf, book) == 46
        shelf.wait()
        assert assert_holds(shelf, book) == 46
    assert all(is_sound(tmp_path / "cube", one) for one in manifest(tmp_path).segments)


@pytest.mark.parametrize("how", ["cut", "emptied", "gone", "folder gone"])
def test_a_file_cut_short_or_gone_is_made_anew(book: SmallBook, tmp_path: Path, how: str) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        path = next(one for one in segments(tmp_path) if one.name.startswith("traffic"))
        if how == "folder gone":
            shutil.rmtree(tmp_path / "cube")
        elif how == "gone":
            path.unlink()
        else:
            os.truncate(path, 0 if how == "emptied" else path.stat().st_size - 1)
        assert assert_holds(shelf, book) == 46
    with shelf_of(book, tmp_path) as again:
        assert assert_holds(again, book) == 46
        again.seal()
        assert assert_holds(again, book) == 46


def test_files_that_go_away_while_they_are_read_are_a_problem_and_the_next_question_is_answered(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
        with shelf.reading() as reading:
            relation = reading.relation("traffic.violation")
            shutil.rmtree(tmp_path / "cube")
            with pytest.raises(InputError, match="Ask again"):
                reading.run(f"SELECT * FROM {relation} AS r")
        assert assert_holds(shelf, book) == 46


def test_a_newer_format_is_refused_with_the_way_out(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
    (path,) = (tmp_path / "cube").glob("manifest-*")
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with shelf_of(book, tmp_path) as shelf:
        with pytest.raises(InputError, match="Upgrade this program; or delete this folder"), shelf.reading():
            pass
        shutil.rmtree(tmp_path / "cube")
        assert assert_holds(shelf, book) == 46


def test_a_damaged_segment_is_not_merged_into_a_new_one(book: SmallBook, tmp_path: Path) -> None:
    filled(book)
    with shelf_of(book, tmp_path) as shelf:
        assert shelf.seal()
    for path in segments(tmp_path):
        raw = bytearray(path.read_bytes())
        raw[100] ^= 1
        path.write_bytes(raw)
    with shelf_of(book, tmp_path) as shelf:
        book.journal.append([stop() for _ in range(40)])
        assert shelf.seal()
        assert assert_holds(shelf, book) == 86


# ---- killed ----------------------------------------------------------------------------------------------------------------------


def test_a_sealer_is_killed_at_any_moment(book: SmallBook, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """The columns hold the journal afterwards, and the next sealing leaves no file that nobody needs."""
    littered: list[int] = []

    def check(home: Path, told: list[list[int]]) -> None:
        there, named = set(map(str, segments(home))), {str(home / "cube" / one.file) for one in _segments_of(home)}
        littered.append(len(there - named) + len([*(home / "cube").glob("*.tmp")]))
        assert all(size == rows for size, rows in told)
        with shelf_of(book, home) as shelf:
            assert assert_holds(shelf, book) == book.store.rows("SELECT size FROM book")[0][0]
            shelf.seal()
            assert assert_holds(shelf, book) == book.store.rows("SELECT size FROM book")[0][0]
        assert set(map(str, segments(home))) == {str(home / "cube" / one.file) for one in _segments_of(home)}

    environment = {BOOK: f"{book.number} {book.address}"}
    killed = hunt(f"{__package__}.worker:work", check, tmp_path, 4105, count(10, 500), longest=0.3, environment=environment)
    print(killed, f"{sum(map(bool, littered))} left half a sealing behind")
    assert killed.acknowledged >= killed.kills
    assert sum(map(bool, littered)) >= count(0, 50)


def _segments_of(home: Path) -> tuple[Segment, ...]:
    held = open_newest(home / "cube")
    if held is None:
        return ()
    held.release()
    return held.manifest.segments


# ---- whatever happens ------------------------------------------------------------------------------------------------------------

STEPS = st.lists(st.sampled_from(["act", "act", "act", "seal", "open anew", "flip", "lose"]), min_size=4, max_size=10)


@given(steps=STEPS, seed=st.integers(0, 10**6))
def test_relations_hold_the_journal_whatever_happens(folder_of_books: Databases, steps: list[str], seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("shelf")
    office, rng = Office(Random(seed)), Random(seed)
    with small_book(folder_of_books.address("sqlite")) as book:
        book.store.run("PRAGMA synchronous=OFF")
        shelf = Shelf(whole(book, home), seal_from=10)
        for step in steps:
            if step == "act":
                for act, _ in office.acts(len(office.delivered) + 4):
                    book.journal.append([act], partly=True)
            elif step == "seal":
                shelf.seal()
            elif step == "open anew":
                shelf.close()
                shelf = Shelf(whole(book, home), seal_from=10)
            else:
                _damage(home, rng, step)
            if step != "act":
                assert_holds(shelf, book)
        assert_holds(shelf, book)
        shelf.close()
    shutil.rmtree(home)


def _damage(home: Path, rng: Random, how: str) -> None:
    files = segments(home)
    if not files:
        return
    path = rng.choice(files)
    if how == "lose":
        path.unlink(missing_ok=True)
        return
    with suppress(FileNotFoundError), path.open("r+b") as file:
        file.seek(rng.randrange(path.stat().st_size))
        at = file.tell()
        byte = file.read(1)[0] ^ 1 << rng.randrange(8)
        file.seek(at)
        file.write(bytes([byte]))
