"""Why two figures of the book differ: the cause is named, and the amounts sum to the difference."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from taizhang.acts.comparing import Comparison, asked, compare, compare_with_file
from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer
from taizhang.core import InputError

from .office import COUNTY, PATHS, VILLAGE, user
from .stops import crew, stop


def why(desk: Desk, a: str, b: str) -> Comparison:
    found = compare(desk, asked(desk, a), asked(desk, b))
    assert sum((cause.amount for cause in found.causes), Fraction(0)) == found.difference
    return found


def kinds(found: Comparison) -> list[tuple[str, ...]]:
    return [cause.kinds for cause in found.causes]


def withdraw(desk: Desk, one: Answer, **again: str) -> None:
    line = desk.reader.entry(one.uid)
    assert line is not None
    assert strike(desk, [Correction(line, again or None)], "写错").what == "ok"


@pytest.fixture
def stops(desk: Desk) -> Desk:
    crew(desk)
    for number, day in enumerate(("2022-11-30", "2022-12-01", "2022-12-05", "2022-12-27"), 1):
        stop(desk, number, day)
    stop(desk, 9, "2022-12-05", VILLAGE, kind="超员")
    return desk


def test_another_period(stops: Desk) -> None:
    found = why(stops, "traffic.violations@431023@2022-12", "traffic.violations@431023@2022")
    assert (found.a.value, found.b.value) == (4, 5)
    assert kinds(found) == [("period",)]
    assert [row.b for row in found.causes[0].rows] == [1]


def test_another_place(stops: Desk) -> None:
    found = why(stops, f"查处交通违法@{COUNTY}@2022-12", f"查处交通违法@{VILLAGE}@2022-12")
    assert (kinds(found), found.difference) == ([("place",)], 3)


def test_place_and_period_at_once(stops: Desk) -> None:
    stop(stops, 40, "2022-11-02", VILLAGE)
    found = why(stops, f"traffic.violations@{VILLAGE}@2022-12", f"traffic.violations@{COUNTY}@2022-11")
    assert {cause.kinds: cause.amount for cause in found.causes} == {("period",): 0, ("period", "place"): -1}


def test_a_cell_of_a_breakdown(stops: Desk) -> None:
    found = why(stops, "traffic.violations@431023@2022-12", "traffic.violations:kind=超载@431023@2022-12")
    assert (kinds(found), found.difference) == ([("cell",)], 1)


def test_struck_since(stops: Desk) -> None:
    wrong = stop(stops, 20)
    then = stops.book.size
    withdraw(stops, wrong)
    found = why(stops, "traffic.violations@431023@2022-12", f"traffic.violations@431023@2022-12#{then}")
    assert (kinds(found), found.difference) == ([("struck",)], -1)
    assert found.causes[0].rows[0].seq == wrong.seq


def test_struck_and_stated_anew_is_one_correction(stops: Desk) -> None:
    wrong = stop(stops, 20, fine="200元")
    then = stops.book.size
    withdraw(stops, wrong, 罚款="20元")
    found = why(stops, f"traffic.fines@431023@2022-12#{then}", "traffic.fines@431023@2022-12")
    assert (kinds(found), found.difference) == ([("corrected",)], 180)
    (row,) = found.causes[0].rows
    assert (row.a, row.b, row.seq, row.instead) == (200, 20, wrong.seq, then + 2)


def test_accepted_since(stops: Desk) -> None:
    then = stops.book.size
    stop(stops, 30, "2022-12-02")
    found = why(stops, f"traffic.violations@431023@2022-12#{then}", "traffic.violations@431023@2022-12")
    assert (kinds(found), found.difference) == ([("later",)], -1)


def test_another_indicator(stops: Desk) -> None:
    found = why(stops, "traffic.violations@431023@2022-12", "traffic.accidents@431023@2022-12")
    assert kinds(found) == [("definition",)]


def test_two_causes_each_with_its_amount(stops: Desk) -> None:
    wrong = stop(stops, 20, fine="500元")
    then = stops.book.size
    withdraw(stops, wrong)
    found = why(stops, f"traffic.fines@431023@2022#{then}", "traffic.fines@431023@2022-12")
    assert {cause.kinds: cause.amount for cause in found.causes} == {("struck",): 500, ("period",): 200}
    assert kinds(found)[0] == ("struck",)


def test_units_that_have_nothing_to_do_with_each_other(stops: Desk) -> None:
    with pytest.raises(InputError, match="unit"):
        why(stops, "traffic.violations@431023@2022-12", "traffic.fines@431023@2022-12")


NO_FIGURE = (
    "traffic.violations@431023",
    "traffic.violations@nowhere@2022",
    "nothing@431023@2022",
    "traffic.violations/7@431023@2022",
    "traffic.violations:color=红@431023@2022",
    "traffic.violations@431023@2022#many",
    "@@@",
)


@pytest.mark.parametrize("words", NO_FIGURE)
def test_words_that_name_no_figure(stops: Desk, words: str) -> None:
    with pytest.raises(InputError):
        asked(stops, words)


def test_nobody_learns_of_what_lies_outside_his_duties(stops: Desk, tmp_path: Path) -> None:
    villager = user(stops, "villager", ("view", PATHS[VILLAGE], "traffic"))
    with pytest.raises(InputError, match="no place"):
        compare(villager, asked(villager, f"traffic.violations@{VILLAGE}@2022"), asked(villager, f"traffic.violations:kind=超载@{COUNTY}@2022"))
    theirs = tmp_path / "theirs.csv"
    theirs.write_text("日期,时刻,违法种类\n2022-12-01,00:02,超载\n2022-12-05,00:09,超员\n", encoding="utf-8")
    found = compare_with_file(villager, asked(villager, f"traffic.violations@{VILLAGE}@2022"), theirs)
    assert (kinds(found), found.causes[0].rows[0].seq) == ([("missing",)], None)
    found = compare_with_file(stops, asked(stops, f"traffic.violations@{VILLAGE}@2022"), theirs)
    assert kinds(found) == [("place",)]
