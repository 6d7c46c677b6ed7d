"""Why a figure differs from a column of somebody else's table, row by row, on both databases."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from taizhang.acts.comparing import Comparison, asked, compare_with_file
from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.core import InputError

from ..capture.test_xlsx import book as workbook
from .office import PATHS, VILLAGE, event, user
from .stops import crew, stop

FINES = "traffic.fines@431023@2022-12"
STOPS = "traffic.violations@431023@2022-12"
HEADS = "日期 时刻 违法种类 罚款"


@pytest.fixture
def stops(desk: Desk) -> Desk:
    crew(desk)
    for number, day in enumerate(("2022-11-30", "2022-12-01", "2022-12-05", "2022-12-20", "2022-12-27"), 1):
        stop(desk, number, day, fine=f"{100 * number}元")
    return desk


RIGHT = ("2022-12-01 00:02 超载 200", "2022-12-05 00:03 超载 300", "2022-12-20 00:04 超载 400", "2022-12-27 00:05 超载 500")


def why(
    desk: Desk,
    path: Path,
    *rows: str,
    heads: str = HEADS,
    figure: str = FINES,
    column: str | None = None,
    key: tuple[str, ...] = (),
) -> Comparison:
    lines = [",".join("" if cell == "-" else cell for cell in line.split(" ")) for line in (heads, *rows)]
    file = path / "other.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = compare_with_file(desk, asked(desk, figure), file, column, key)
    assert sum((cause.amount for cause in found.causes), Fraction(0)) == found.difference
    return found


def told(found: Comparison) -> dict[tuple[str, ...], int]:
    return {cause.kinds: int(cause.amount) for cause in found.causes}


def test_the_same(stops: Desk, tmp_path: Path) -> None:
    assert told(why(stops, tmp_path, *RIGHT)) == {}


def test_a_row_is_missing_there(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, *RIGHT[:2], RIGHT[3])
    assert told(found) == {("missing",): 400}
    assert stops.reader.at([found.causes[0].rows[0].seq or 0])[0].entry.day.isoformat() == "2022-12-20"


def test_a_row_is_missing_in_the_book(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, *RIGHT, "2022-12-09 09:00 超员 50")
    assert told(found) == {("missing",): -50}
    assert found.causes[0].rows[0].line == 6


def test_a_row_twice(stops: Desk, tmp_path: Path) -> None:
    assert told(why(stops, tmp_path, *RIGHT, RIGHT[1])) == {("doubled",): -300}


def test_a_row_of_another_month(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, "2022-11-30 00:01 超载 100", *RIGHT)
    assert told(found) == {("period",): -100}
    assert found.causes[0].rows[0].seq is not None


def test_the_file_says_yuan_in_ten_thousands(stops: Desk, tmp_path: Path) -> None:
    rows = [f"{row.rpartition(' ')[0]} {int(row.rpartition(' ')[2]) / 10000}" for row in RIGHT]
    found = why(stops, tmp_path, *rows, heads="日期 时刻 违法种类 罚款（万元）")
    assert [cause.kinds for cause in found.causes] == [("unit",)]
    assert found.causes[0].facts["factor"] == "10000"


def test_one_slip_of_a_digit(stops: Desk, tmp_path: Path) -> None:
    assert told(why(stops, tmp_path, *RIGHT[:3], "2022-12-27 00:05 超载 5000")) == {("unit",): -4500}


def test_another_value(stops: Desk, tmp_path: Path) -> None:
    assert told(why(stops, tmp_path, *RIGHT[:3], "2022-12-27 00:05 超载 530")) == {("value",): -30}


def test_struck_since(stops: Desk, tmp_path: Path) -> None:
    wrong = stop(stops, 20, "2022-12-12", fine="700元")
    line = stops.reader.entry(wrong.uid)
    assert line is not None
    strike(stops, [Correction(line)], "写错")
    found = why(stops, tmp_path, *RIGHT, "2022-12-12 00:20 超载 700")
    assert told(found) == {("struck",): -700}
    assert found.causes[0].rows[0].seq == wrong.seq


def test_struck_and_stated_anew(stops: Desk, tmp_path: Path) -> None:
    wrong = stop(stops, 20, "2022-12-12", fine="700元")
    line = stops.reader.entry(wrong.uid)
    assert line is not None
    strike(stops, [Correction(line, {"罚款": "90元"})], "写错")
    assert told(why(stops, tmp_path, *RIGHT, "2022-12-12 00:20 超载 700")) == {("corrected",): -610}


def test_a_place_that_is_not_the_figures(stops: Desk, tmp_path: Path) -> None:
    stop(stops, 30, "2022-12-12", VILLAGE, fine="60元")
    rows = ["2022-12-12 甲村 00:30 60"]
    found = why(stops, tmp_path, *rows, "2022-12-20 永兴县 00:04 400", heads="日期 区划 时刻 罚款", figure=f"traffic.fines@{VILLAGE}@2022-12")
    assert told(found) == {("place",): -400}


def test_a_summary_by_place_without_one_of_them(stops: Desk, tmp_path: Path) -> None:
    for number in (30, 31):
        stop(stops, number, "2022-12-12", VILLAGE, fine="60元")
    assert told(why(stops, tmp_path, "永兴县 1400", heads="区划 罚款")) == {("place",): 120}


def test_a_summary_by_month(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, "11月 100", "12月 1400", heads="日期 罚款", figure="traffic.fines@431023@2022")
    assert told(found) == {}


def test_a_summary_that_leaves_one_entry_out(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, "永兴县 1000", heads="区划 罚款")
    assert told(found) == {("missing",): 400}
    assert found.causes[0].rows[0].seq is not None


def test_counted_without_a_column(stops: Desk, tmp_path: Path) -> None:
    assert told(why(stops, tmp_path, *RIGHT[:3], figure=STOPS)) == {("missing",): 1}


def test_a_kind_that_was_left_out(stops: Desk, tmp_path: Path) -> None:
    for number in (40, 41, 42):
        stop(stops, number, "2022-12-15", kind="未戴头盔", fine="20元")
    found = why(stops, tmp_path, *RIGHT)
    assert told(found) == {("definition",): 60}
    assert found.causes[0].facts["left_out"] == "未戴头盔"


def test_it_waits_for_a_reviewer(stops: Desk, tmp_path: Path) -> None:
    clerk = user(stops, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    values = {"时刻": "08:00", "号牌号码": "湘L20000", "违法种类": "超员", "车辆类型": "货车", "罚款": "80元"}
    (answer,) = post(clerk, [event(clerk, "traffic.violation", "2022-12-15", VILLAGE, record="一中队", **values)])
    assert answer.what == "waiting", [problem.line() for problem in answer.problems]
    assert told(why(stops, tmp_path, *RIGHT, "2022-12-15 08:00 超员 80")) == {("waiting",): -80}


def test_totals_and_cells_without_a_number_are_told(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, *RIGHT, "2022-12-15 08:00 超员 若干", "合计 - - 1400")
    assert told(found) == {}
    assert len(found.notes) == 2


def test_two_causes_at_once(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, "2022-11-30 00:01 超载 100", *RIGHT[:3])
    assert told(found) == {("missing",): 500, ("period",): -100}


@pytest.mark.parametrize(("heads", "column", "key"), [("甲 乙 丙 丁", "丁", ()), (HEADS, "金额", ()), (HEADS, None, ("号码",))])
def test_a_table_that_cannot_be_compared(stops: Desk, tmp_path: Path, heads: str, column: str | None, key: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        why(stops, tmp_path, *RIGHT, heads=heads, column=column, key=key)


def test_a_place_that_was_left_out_is_named(stops: Desk, tmp_path: Path) -> None:
    for number in (30, 31):
        stop(stops, number, "2022-12-12", VILLAGE, fine="60元")
    found = why(stops, tmp_path, "永兴县 2022-12-01 200", "永兴县 2022-12-05 300", "永兴县 2022-12-20 400", "永兴县 2022-12-27 500", heads="区划 日期 罚款")
    assert told(found) == {("place",): 120}
    assert found.causes[0].facts["left_out"] == "甲村"


def test_a_workbook_as_the_other_office_sends_it(stops: Desk, tmp_path: Path) -> None:
    rows = (HEADS, *RIGHT[:3])
    cell = '<c t="inlineStr" r="{}{}"><is><t>{}</t></is></c>'
    lines = [(n, [cell.format("ABCD"[i], n, text) for i, text in enumerate(row.split())]) for n, row in enumerate(rows, 1)]
    file = tmp_path / "财政局.xlsx"
    file.write_bytes(workbook("".join(f'<row r="{n}">{"".join(cells)}</row>' for n, cells in lines)))
    found = compare_with_file(stops, asked(stops, FINES), file)
    assert (found.b.value, told(found)) == (900, {("missing",): 500})


def test_the_same_row_with_a_day_mistyped_is_not_missing_on_both_sides(stops: Desk, tmp_path: Path) -> None:
    found = why(stops, tmp_path, *RIGHT[:3], "2022-12-26 00:05 超载 500")
    assert told(found) == {("written",): 0}
    assert (found.causes[0].facts["left_out"], found.causes[0].rows[0].line) == ("日期", 5)
    found = why(stops, tmp_path, *RIGHT[:3], "2022-12-26 00:05 超载 501")
    assert told(found) == {("missing",): -1}
