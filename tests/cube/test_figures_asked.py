"""What a question is answered: the figure with what must be said beside it, or why it cannot be placed; and nothing beyond one's duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from taizhang.core import Figure, Grant, InputError, Period, Question, Scope
from taizhang.cube import Cube
from taizhang.cube.doubts import note_verified
from taizhang.ledger.book import Book
from taizhang.ledger.places import load_list
from taizhang.ledger.signing import SoftSigner

from ..books import SmallBook
from ..ledger.entries import allotted, entry, mine, received, struck
from ..ledger.insider import unlocked
from ..ledger.places_made import list_of, loaded
from .shelves import whole

HOUSE = Scope.of_the_house("the figures of a test")
TODAY = date(2023, 6, 1)
COUNTY, TOWN, OTHER_TOWN, VILLAGE = 431023, 431023101, 431023001, 431023101201


@pytest.fixture
def county(book: SmallBook, tmp_path: Path) -> Book:
    loaded(book.store, tmp_path)
    return whole(book, tmp_path / "book")


def ask(book: Book, indicator: str, place: int = COUNTY, period: str = "2023-01", scope: Scope = HOUSE, **more: Any) -> Figure:
    return Cube(book, scope, TODAY).figure(Question(indicator, place, Period.read(period), **more))


def refused(book: Book, indicator: str, place: int = COUNTY, scope: Scope = HOUSE, **more: Any) -> str:
    with pytest.raises(InputError) as told:
        Cube(book, scope, TODAY).figures(Question(indicator, place, Period.read("2023-01"), **more))
    return told.value.problem.line()


def accident(on: int = 5, place: int = TOWN, **data: Any) -> Any:
    return entry("event", "traffic.accident", on, place=place, data={"clock": "08:30", **data})


# ---- 0, nothing, and no such ratio -----------------------------------------------------------------------------------------------


def test_a_count_is_0_only_where_something_was_recorded_by_then(county: Book) -> None:
    county.journal.append([accident(5), accident(5, place=OTHER_TOWN)])
    county.journal.append([accident(20)])
    assert ask(county, "traffic.accidents", TOWN, "2023-01").value == 2
    assert ask(county, "traffic.accidents", TOWN, "2023-02").value == 0
    before = ask(county, "traffic.accidents", TOWN, "2022")
    assert (before.state, before.value) == ("no_record", None)
    elsewhere = ask(county, "traffic.accidents", 431024, "2023-02")
    assert (elsewhere.state, elsewhere.value) == ("no_record", None)


def test_what_was_withdrawn_was_not_recorded(county: Book) -> None:
    wrong = accident(5)
    county.journal.append([wrong])
    county.journal.append([struck(wrong)])
    assert ask(county, "traffic.accidents", TOWN, "2023-02").state == "no_record"
    assert ask(county, "traffic.accidents", TOWN, "2023-02", as_of=1).value == 0


def test_a_ratio_over_zero_is_undefined_and_of_nothing_not_known(county: Book) -> None:
    assert ask(county, "mines.cost_per_hectare").state == "no_record"
    county.journal.append([received(5000), allotted(4000)])
    assert ask(county, "mines.cost_per_hectare", 431122).state == "no_record"  # nothing is said of any area
    county.journal.append([entry("event", "mines.accept", 6, record="site-1", data={"restored": "0"})])
    over_zero = ask(county, "mines.cost_per_hectare", 431122)
    assert (over_zero.state, over_zero.value) == ("undefined", None)
    county.journal.append([entry("event", "mines.accept", 7, record="site-1", data={"restored": "1.6"})])
    assert ask(county, "mines.cost_per_hectare", 431122).value == 25  # 40元 over 1.6公顷


def test_a_value_that_is_not_of_its_field_is_unknown_and_the_figure_says_so(county: Book) -> None:
    """No act of ours lets one in; a pack whose newer version takes another type for a field may."""
    wrong = accident(6, deaths="two", place=OTHER_TOWN)
    county.journal.append([accident(5, deaths=1), wrong])
    told = ask(county, "traffic.deaths")
    assert (told.value, [warning.where for warning in told.warnings]) == (1, ["traffic.accident"])
    assert "第 2 条的" in told.warnings[0].found
    narrow = Scope("u1", frozenset([Grant("view", "43/4310/431023/431023101/", "traffic")]), TODAY)
    assert "有的条目的" in ask(county, "traffic.deaths", TOWN, scope=narrow).warnings[0].found
    county.journal.append([struck(wrong)])
    assert not ask(county, "traffic.deaths").warnings


# ---- what cannot be placed -------------------------------------------------------------------------------------------------------


def test_an_unknown_indicator_is_told_the_nearest(county: Book) -> None:
    said = refused(county, "查处交通违章")
    assert "查处交通违法（traffic.violations）" in said
    assert Cube(county, HOUSE).defined("查处违法").key == "traffic.violations"


def test_an_unknown_place_path_or_entry_is_told(county: Book) -> None:
    assert "账本所知的区划" in refused(county, "traffic.violations", 439999)
    assert "kind、vehicle、crew" in refused(county, "traffic.violations", by=("colour",))
    assert "kind、vehicle、crew" in refused(county, "traffic.violations", of={"colour": "红"})
    assert "0 到 0" in refused(county, "traffic.violations", as_of=3)
    assert "不能同时用" in refused(county, "traffic.violations", by=("month", "year"))
    assert "不能按 county 分" in refused(county, "traffic.violations", TOWN, by=("county",))


def test_nothing_is_broken_down_by_what_is_personal(county: Book) -> None:
    for path in ("plate", "driver.name"):
        assert "个人信息" in refused(county, "traffic.violations", by=(path,))
        assert "个人信息" in refused(county, "traffic.violations", of={path: "示例甲"})


# ---- whose figures ---------------------------------------------------------------------------------------------------------------


def test_a_question_beyond_ones_duties_is_told_the_same_whatever_lies_there(county: Book) -> None:
    narrow = Scope("u1", frozenset([Grant("view", "43/4310/431023/431023101/", "traffic")]), TODAY)
    asked = [("traffic.accidents", COUNTY), ("traffic.accidents", OTHER_TOWN), ("traffic.accidents", 439999), ("mines.invested", TOWN)]
    before = [refused(county, key, place, narrow) for key, place in asked]
    county.journal.append([accident(5), accident(5, place=OTHER_TOWN), received(100), allotted(50)])
    assert [refused(county, key, place, narrow) for key, place in asked] == before
    assert all("不在您的职责之内" in said for said in before)
    assert ask(county, "traffic.accidents", TOWN, scope=narrow).value == 1
    assert ask(county, "traffic.accidents", VILLAGE, scope=narrow).state == "no_record"


def test_entries_beyond_ones_duties_stand_in_no_trace(county: Book) -> None:
    county.journal.append([accident(5), accident(6, place=OTHER_TOWN)])
    narrow = Scope("u1", frozenset([Grant("view", "43/4310/431023/431023101/", "traffic")]), TODAY)
    question = Question("traffic.accidents", TOWN, Period.read("2023"))
    (row,) = Cube(county, narrow, TODAY).trace(question)
    assert (row.seq, row.adds) == (1, 1)
    assert row.line is not None


# ---- what must be said beside it -------------------------------------------------------------------------------------------------


def warned(figure: Figure) -> list[str]:
    return [problem.found for problem in figure.warnings]


def test_a_period_that_is_not_over_is_told(county: Book) -> None:
    county.journal.append([accident(5)])
    assert warned(ask(county, "traffic.accidents", period="2023-05")) == []
    assert warned(ask(county, "traffic.accidents", period="2023-06-01")) == ["2023-06-01 到 2023-06-01 还没有过完"]
    assert warned(ask(county, "traffic.accidents", period="2023")) == ["2023 到 2023-06-01 还没有过完"]
    assert warned(ask(county, "mines.mines_on_list", period="2023-06-01")) == []  # a stock is of that day
    known = ask(county, "traffic.accidents", period="2023-01", as_of=1)  # recorded on 3 January
    assert warned(known) == ["2023-01 到 2023-01-03 还没有过完"]


def test_a_merged_place_names_its_successor_and_keeps_its_figures(county: Book, tmp_path: Path) -> None:
    county.journal.append([accident(5, place=VILLAGE), accident(6, place=431023101202)])
    rows = ("统计,431023101201,甲村委会,,,2023-02-28,", "统计,431023101202,新村村委会,,,2023-02-28,", "统计,431023101210,甲新村,,2023-03-01,,")
    assert not load_list(county.store, list_of(tmp_path, *rows)).problems
    county.journal.append([accident(7, place=431023101210)])
    old, new = ask(county, "traffic.accidents", VILLAGE, "2023"), ask(county, "traffic.accidents", 431023101210, "2023")
    assert (old.value, new.value) == (1, 1)
    assert "甲村委会到 2023-02-28 为止；次日启用的是甲新村" in warned(old)
    assert "甲新村自 2023-03-01 起；此前一日停用的是甲村委会、新村村委会" in warned(new)
    assert warned(ask(county, "traffic.accidents", VILLAGE, "2023-01")) == []
    assert ask(county, "traffic.accidents", TOWN, "2023").value == 3
    by_village = Cube(county, HOUSE, TODAY).figures(Question("traffic.accidents", TOWN, Period.read("2023-01"), by=("village",)))
    assert [(figure.place, figure.value) for figure in by_village] == [(VILLAGE, 1), (431023101202, 1), (431023101210, 1)]


def test_a_place_that_moved_takes_its_entries_along(county: Book, tmp_path: Path) -> None:
    county.journal.append([accident(5, place=431023104201)])
    rows = list_of(tmp_path, "统计,431023104,金龟镇,统计:431024,,,")
    assert load_list(county.store, rows, move=True).changed
    assert ask(county, "traffic.accidents", COUNTY).state == "no_record"
    assert ask(county, "traffic.accidents", 431024).value == 1
    (town,) = Cube(county, HOUSE, TODAY).figures(Question("traffic.accidents", 431024, Period.read("2023-01"), by=("township",)))
    assert (town.place, town.value) == (431023104, 1)


def test_an_entry_above_the_level_asked_for_stands_at_its_own_place(county: Book) -> None:
    county.journal.append([accident(5, place=COUNTY), accident(6, place=TOWN), accident(7, place=VILLAGE)])
    found = Cube(county, HOUSE, TODAY).figures(Question("traffic.accidents", COUNTY, Period.read("2023-01"), by=("village",)))
    assert [(figure.place, figure.value) for figure in found] == [(COUNTY, 1), (TOWN, 1), (VILLAGE, 1)]


WRONG = "账本核验有问题，此数未必可信"


def test_a_book_that_did_not_verify_says_so_with_every_figure_until_it_does(county: Book) -> None:
    county.journal.append([accident(5)])
    note_verified(county.folder, 2)
    figures = Cube(county, HOUSE, TODAY).figures(Question("traffic.accidents", COUNTY, Period.read("2023-01"), by=("month",)))
    assert [(figure.value, warned(figure)) for figure in figures] == [(1, [WRONG])]
    note_verified(county.folder, 0)
    assert warned(ask(county, "traffic.accidents")) == []


def test_entries_that_are_not_those_that_were_signed_are_told_without_reading_the_book(county: Book, book: SmallBook) -> None:
    SoftSigner.new().save(county.folder / "signing.pem")
    county.journal.append([accident(5), accident(6)])
    county.checkpoint()
    assert warned(ask(county, "traffic.accidents")) == []
    unlocked(book)
    with book.store.transaction():
        book.store.run("UPDATE entry SET leaf = ? WHERE seq = 2", [b"\0" * 32])
    assert warned(ask(county, "traffic.accidents")) == [WRONG]


# ---- as of -----------------------------------------------------------------------------------------------------------------------


def test_as_of_a_day_is_as_of_its_last_entry_in_china(county: Book) -> None:
    midnight = 1_672_675_200_000_000  # 2023-01-03 00:00 in China
    moments = (midnight - 1, midnight, midnight + 86_400_000_000)
    county.journal.append([replace(accident(1), recorded_at=moment) for moment in moments])
    cube = Cube(county, HOUSE, TODAY)
    assert [cube.size_on(date(2023, 1, day)) for day in (1, 2, 3, 4)] == [0, 1, 2, 3]


def test_late_entries_and_changed_records_are_seen_from_the_entry_on_that_told_them(county: Book) -> None:
    county.journal.append([mine("m1", 1, kind="砂石土矿"), entry("event", "mines.accept", 9, record="m1", data={"restored": "2.5"})])
    county.journal.append([mine("m1", 5, kind="历史遗留矿山"), mine("m1", 20, kind="砂石土矿")])
    of = {"site.kind": "历史遗留矿山"}
    values = [ask(county, "mines.restored_area", 431122, as_of=number, of=of).value for number in (2, 3, 4)]
    assert values == [None, Fraction(5, 2), Fraction(5, 2)]  # on the ninth it was what was said on the fifth


# ---- stocks ----------------------------------------------------------------------------------------------------------------------

SHELF, READER = "library.shelf/s1", "library.reader/r1"


def test_returns_count_against_the_oldest_loans_and_a_renewal_moves_the_day_due(county: Book) -> None:
    def copy(kind: str, source: str, target: str, on: int, quantity: int = 1, **more: Any) -> Any:
        return entry("transfer", f"library.{kind}", on, place=TOWN, item="c1", quantity=quantity, source=source, target=target, **more)

    first, second = copy("lend", SHELF, READER, 2, 3, due=date(2023, 1, 9)), copy("lend", SHELF, READER, 4, 2, due=date(2023, 1, 12))
    county.journal.append([copy("acquire", "library.acquired", SHELF, 1, 9), first, second])
    back = copy("give_back", READER, SHELF, 8, 2)
    county.journal.append([copy("give_back", READER, SHELF, 6, 2), back])  # of the first two, then the rest of it and one of the second
    assert [ask(county, "library.on_loan", period=f"2023-01-0{day}").value for day in (3, 5, 7, 8)] == [1, 2, 2, 1]
    assert [ask(county, "library.overdue", period=f"2023-01-{day}").value for day in (12, 13)] == [0, 1]
    renewal = entry("event", "book.renew", 11, place=TOWN, record="r1", data={"loan": second.uid, "due": "2023-01-20"})
    county.journal.append([renewal])
    assert [ask(county, "library.overdue", period=f"2023-01-{day}").value for day in (13, 20, 21)] == [0, 0, 1]
    assert ask(county, "library.overdue", period="2023-01-13", as_of=5).value == 1
    county.journal.append([struck(back)])
    assert ask(county, "library.on_loan", period="2023-01-08").value == 2


def test_an_account_that_was_emptied_holds_0_and_one_that_never_held_anything_is_not_known(county: Book) -> None:
    shelf = entry("state", "library.shelf", 1, place=TOWN, record="s1", data={"shelf_code": "S1"})
    county.journal.append([shelf])
    assert ask(county, "library.books_held").state == "no_record"
    moved = {"place": OTHER_TOWN, "item": "c1", "quantity": 2}
    county.journal.append([entry("transfer", "library.acquire", 2, source="library.acquired", target=SHELF, **moved)])
    county.journal.append([entry("transfer", "library.withdraw", 5, source=SHELF, target="library.withdrawn", **moved)])
    assert [ask(county, "library.books_held", TOWN, f"2023-01-0{day}").value for day in (1, 2, 5)] == [None, 2, 0]
    assert ask(county, "library.books_held", OTHER_TOWN, "2023-01-05").state == "no_record"  # the shelf stands elsewhere
    narrow = Scope("u1", frozenset([Grant("view", "43/4310/431023/431023101/", "library")]), TODAY)
    rows = Cube(county, narrow, TODAY).trace(Question("library.books_held", TOWN, Period.read("2023-01")))
    assert [(row.adds, row.line) for row in rows] == [(2, None), (-2, None)]  # entered where he sees nothing, they moved what he sees
