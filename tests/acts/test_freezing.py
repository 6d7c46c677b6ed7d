"""Freezing figures: what was printed is kept in the journal, for ever and on both databases."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.freezing import exact, freeze, frozen
from taizhang.acts.keeping import backup, restore
from taizhang.acts.proving import prove
from taizhang.acts.repairing import rebuild
from taizhang.core import Figure, InputError, Period, Question
from taizhang.cube import Cube
from taizhang.ledger.verify import verify
from taizhang.people import acts

from .office import COUNTY, PATHS, VILLAGE, county, on, user
from .stops import crew, stop

DECEMBER = Period.read("2022-12")


@pytest.fixture
def stops(desk: Desk) -> Desk:
    crew(desk)
    for number in (1, 2, 3):
        stop(desk, number)
    return desk


def figure(desk: Desk, indicator: str = "traffic.violations", place: int = COUNTY) -> Figure:
    return Cube(desk.book, desk.scope).figure(Question(indicator, place, DECEMBER))


def test_everything_about_it_is_kept(stops: Desk) -> None:
    size = stops.book.size
    (made,) = freeze(stops, [figure(stops)], "简报第12期")
    (kept,) = frozen(stops)
    assert kept == made
    assert (kept.label, kept.title, kept.printed, kept.value, kept.unit, kept.version) == ("简报第12期", "查处交通违法", "3", 3, "起", 1)
    assert (kept.as_of, kept.size, kept.question.period) == (size, size, DECEMBER)
    assert kept.root == (stops.book.last_checkpoint() or pytest.fail("no checkpoint"))[0].root.hex()
    assert kept.by == stops.scope.user


def test_later_entries_change_nothing_that_was_printed(stops: Desk) -> None:
    freeze(stops, [figure(stops)], "简报第12期")
    stop(stops, 9)
    assert [one.printed for one in frozen(stops)] == ["3"]
    assert figure(stops).value == 4


def test_it_is_an_entry_proved_like_any_other_and_never_withdrawn(stops: Desk) -> None:
    from taizhang.acts.correcting import Correction, strike

    (made,) = freeze(stops, [figure(stops)], "简报第12期")
    assert prove(stops, [made.uid])
    line = stops.reader.entry(made.uid)
    assert line is not None
    assert strike(stops, [Correction(line)], "不想要了").what == "refused"
    assert len(frozen(stops)) == 1


def test_rebuilt_and_verified(stops: Desk) -> None:
    freeze(stops, [figure(stops), figure(stops, "traffic.fines")], "简报第12期")
    rebuild(stops)
    assert len(frozen(stops)) == 2
    assert not verify(stops.book.store, stops.book.number, stops.book.catalogue).problems
    with stops.book.store.transaction():
        stops.book.store.run("UPDATE frozen SET label = 'another'")
    (problem,) = verify(stops.book.store, stops.book.number, stops.book.catalogue).problems
    assert problem.where == "frozen"


def test_one_line_of_the_log_in_the_same_transaction(stops: Desk) -> None:
    made = freeze(stops, [figure(stops), figure(stops, "traffic.fines")], "简报第12期")
    (line,) = acts(stops.scope, act="freeze", using=stops.book.alias)
    assert (line.programme, line.entries) == ("traffic", (made[0].seq, 2))


def test_who_only_views_does_not_freeze_and_sees_only_his_own_places(stops: Desk) -> None:
    freeze(stops, [figure(stops)], "简报第12期")
    viewer = user(stops, "viewer", ("view", PATHS[COUNTY], "traffic"))
    assert [one.printed for one in frozen(viewer)] == ["3"]
    with pytest.raises(InputError, match="may not freeze"):
        freeze(viewer, [figure(viewer)], "简报")
    assert frozen(user(stops, "villager", ("view", PATHS[VILLAGE], "traffic"))) == []
    assert frozen(user(stops, "miner", ("view", PATHS[COUNTY], "mines"))) == []
    assert len(freeze(on(user(stops, "clerk", ("enter", PATHS[COUNTY], "traffic")), stops.today), [figure(stops)], "简报")) == 1


@pytest.mark.parametrize("label", ["", "   ", "长" * 201])
def test_a_figure_is_frozen_under_a_name(stops: Desk, label: str) -> None:
    with pytest.raises(InputError, match="label"):
        freeze(stops, [figure(stops)], label)


def test_what_the_book_does_not_know_is_not_frozen(desk: Desk) -> None:
    with pytest.raises(InputError, match="no such figure"):
        freeze(desk, [figure(desk)], "简报")


def test_a_backup_brings_it_back(tmp_path: Path) -> None:
    with county(tmp_path / "book", "", "traffic") as stops:
        crew(stops)
        stop(stops, 1)
        freeze(stops, [figure(stops)], "简报第12期")
        made = backup(stops, tmp_path / "backups", tmp_path / "keys")
    book = restore(made.folder, tmp_path / "keys", tmp_path / "again", alias="restored")
    try:
        assert [one.label for one in frozen(Desk(book, stops.scope, stops.today))] == ["简报第12期"]
    finally:
        book.close()


@pytest.mark.parametrize(("value", "text"), [(Fraction(3), "3"), (Fraction(-5, 2), "-2.5"), (Fraction(1, 3), "1/3"), (Fraction(10**20), "1" + "0" * 20)])
def test_a_value_is_written_exactly(value: Fraction, text: str) -> None:
    assert exact(value) == text
    assert Fraction(text) == value
