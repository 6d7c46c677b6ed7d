"""A county's own list: what it says of places by day, and everything that can be wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.core import Problem
from taizhang.ledger.places import load_list, places_of
from taizhang.ledger.places.schemes import key_of, scheme_named

from ..books import SmallBook
from ..conftest import ROOT
from .entries import stop
from .places_made import HEADS, content, list_of, listed, loaded, told

CIVIL = 10**15


@pytest.fixture
def county(book: SmallBook, tmp_path: Path) -> SmallBook:
    """A book with the small province."""
    loaded(book.store, tmp_path)
    return book


def key(book: SmallBook, text: str, day: str = "2023-01-03", within: str = "43/") -> int | str:
    found = places_of(book.store).place_key(text, day, within)
    return f"{found.found}；{found.do}" if isinstance(found, Problem) else found


def test_a_list_adds_places_below_those_that_are_there(county: SmallBook, tmp_path: Path) -> None:
    done = listed(
        county.store,
        tmp_path,
        "统计,431023101203,高仓村,,,,",
        "民政,431023102,城郊乡,永兴县,,,",
        "民政,431023102201,丙村,民政:431023102,,,",
        "自编,YX-0017,丙村一组,永兴县城郊乡丙村,,,",
        "自编,YX-0018,丁组,统计:431023101201,,,",
    )
    assert told(done) == []
    assert (done.added, done.changed, done.unchanged) == (5, 0, 0)
    places = places_of(county.store)
    assert places.path(431023101203) == "43/4310/431023/431023101/431023101203/"
    assert places.path(CIVIL + 431023102201) == f"43/4310/431023/{CIVIL + 431023102}/{CIVIL + 431023102201}/"
    group = key(county, "YX-0017")
    assert isinstance(group, int)
    assert (places.level(group), places.full_name(group)) == ("group", "湖南省郴州市永兴县城郊乡丙村丙村一组")
    assert key(county, "自编:YX-0018") == key(county, "甲村丁组") != group


def test_rows_may_stand_in_any_order(county: SmallBook, tmp_path: Path) -> None:
    rows = ["自编,Z-1,丙村一组,城郊乡丙村,,,", "民政,431023102201,丙村,民政:431023102,,,", "民政,431023102,城郊乡,统计:431023,,,"]
    done = listed(county.store, tmp_path, *rows)
    assert (done.added, told(done)) == (3, [])


def test_the_same_list_again_changes_nothing(county: SmallBook, tmp_path: Path) -> None:
    rows = (
        "统计,431023101,马田新镇,,2020-01-01,,",
        "民政,431023102,城郊乡,永兴县,,2021-06-30,",
        "民政,431023102,城郊镇,永兴县,2021-07-01,,",
        "民政,431023109,金龟新镇,,,,431023104",
        "自编,A-1,甲村上组,甲村,,,",
    )
    assert told(listed(county.store, tmp_path, *rows)) == ["villages.csv:6 上级代码 “甲村”可指 2 处地点"]
    rows = (*rows[:4], "自编,A-1,甲村上组,马田新镇甲村,,,")
    first = listed(county.store, tmp_path, *rows)
    before = content(county.store)
    again = listed(county.store, tmp_path, *rows)
    assert (first.added, first.changed, first.unchanged) == (2, 2, 0)
    assert (again.added, again.changed, again.unchanged, again.problems) == (0, 0, 4, ())
    assert content(county.store) == before
    assert loaded(county.store, tmp_path).kept == 1
    assert content(county.store) == before


@pytest.mark.parametrize(
    "rows",
    [
        ["自编,A,甲村,马田镇甲村,,,"],
        ["自编,A,马田镇,马田镇,2019-12-31,,", "统计,431023101,丁镇,,2020-01-01,,"],
        ["民政,431023109,甲镇,,,,431023101", "民政,431023102,乙镇,统计:431024,,,431023101"],
        ["民政,431023109,甲镇,永兴县,,2019-12-31,", "民政,431023109,乙镇,,2020-01-01,,431023104"],
    ],
    ids=["a group named as its village", "a group named as its town was", "two codes and names of one town", "a code of two towns in turn"],
)
def test_odd_lists_too_change_nothing_when_they_are_loaded_again(county: SmallBook, tmp_path: Path, rows: list[str]) -> None:
    first = listed(county.store, tmp_path, *rows)
    before = content(county.store)
    again = listed(county.store, tmp_path, *rows)
    assert told(again) == told(first)
    assert (again.added, again.changed) == (0, 0)
    assert content(county.store) == before


def test_a_renamed_place_keeps_its_key_and_each_day_its_name(county: SmallBook, tmp_path: Path) -> None:
    listed(county.store, tmp_path, "统计,431023101,马田新镇,,2020-01-01,,")
    assert key(county, "马田镇", "2019-12-31") == key(county, "马田新镇", "2020-01-01") == 431023101
    assert "当日为 马田新镇" in str(key(county, "马田镇", "2020-01-01"))
    assert "当日为 马田镇" in str(key(county, "永兴县马田新镇", "2019-12-31"))
    places = places_of(county.store)
    assert [places.name(431023101, day) for day in ("2019-12-31", "2020-01-01")] == ["马田镇", "马田新镇"]
    assert places.name(431023101) == "马田新镇"


def test_villages_that_merge_end_and_the_new_one_begins(county: SmallBook, tmp_path: Path) -> None:
    done = listed(
        county.store,
        tmp_path,
        "统计,431023101201,甲村委会,,,2022-12-31,",
        "统计,431023101202,新村村委会,,,2022-12-31,",
        "统计,431023101210,甲新村,,2023-01-01,,",
    )
    assert (done.added, done.changed, told(done)) == (1, 2, [])
    assert key(county, "马田镇甲村", "2022-12-31") == 431023101201
    assert "不通用（… 至 2022-12-31）" in str(key(county, "马田镇甲村", "2023-01-01"))
    assert "请核对日期" in str(key(county, "431023101201", "2023-01-01"))
    assert "不通用" in str(key(county, "甲新村", "2022-12-31"))
    assert key(county, "甲新村", "2023-01-01") == 431023101210


def test_one_code_of_two_schemes_may_mean_two_places(county: SmallBook, tmp_path: Path) -> None:
    done = listed(county.store, tmp_path, "民政,431023101,城关镇,永兴县,,,")
    assert (done.added, told(done)) == (1, [])
    assert key(county, "民政:431023101") == CIVIL + 431023101
    assert key(county, "统计:431023101") == 431023101
    both = str(key(county, "431023101"))
    assert "可指 2 处" in both
    assert "写带类别的代码" in both
    assert "统计:431023101" in places_of(county.store).place_key("431023101", "2023-01-03", "43/").expected  # type: ignore[union-attr]


def test_one_code_of_two_schemes_for_one_place_is_that_place(county: SmallBook, tmp_path: Path) -> None:
    done = listed(county.store, tmp_path, "民政,431023101,马田镇,,,,431023101", "民政,431023109,金龟镇,,,,431023104")
    assert (done.added, done.changed, told(done)) == (0, 2, [])
    assert key(county, "431023101") == key(county, "民政:431023101000") == 431023101
    assert key(county, "民政:431023109") == 431023104
    assert "查不到" in str(key(county, "统计:431023109"))


def test_a_code_in_use_twice_on_one_day_is_told(county: SmallBook, tmp_path: Path) -> None:
    done = listed(
        county.store,
        tmp_path,
        "民政,431023102,甲乡,永兴县,,2020-06-30,",
        "民政,431023102,乙乡,永兴县,2020-06-30,,",
        "民政,431023103,丙乡,永兴县,,2020-06-29,",
        "民政,431023103,丁乡,永兴县,2020-06-30,,",
        "民政,431023105,戊乡,永兴县,,,",
        "民政,431023105,戊乡,永兴县,,,",
    )
    assert told(done) == ["villages.csv:3 代码 民政:431023102 与第 2 行同时有效", "villages.csv:7 代码 民政:431023105 与第 6 行同时有效"]
    assert done.added == 0


def test_a_code_that_passes_to_another_place_says_until_when_it_was_the_first_ones(county: SmallBook, tmp_path: Path) -> None:
    listed(county.store, tmp_path, "民政,431023109,马田镇,,,,431023101")
    alone = listed(county.store, tmp_path, "民政,431023109,金龟镇,,2020-01-01,,431023104")
    assert told(alone) == ["villages.csv:2 代码 民政:431023109 在账本中属于湖南省郴州市永兴县马田镇"]
    both = listed(county.store, tmp_path, "民政,431023109,马田镇,,,2019-12-31,431023101", "民政,431023109,金龟镇,,2020-01-01,,431023104")
    assert told(both) == []
    assert [key(county, "民政:431023109", day) for day in ("2019-12-31", "2020-01-01")] == [431023101, 431023104]


def test_a_place_moves_with_all_below_it(county: SmallBook, tmp_path: Path) -> None:
    done = listed(county.store, tmp_path, "统计,431023104,金龟镇,嘉禾县,,,")
    assert (done.changed, told(done)) == (2, [])
    places = places_of(county.store)
    assert places.path(431023104) == "43/4310/431024/431023104/"
    assert places.path(431023104201) == "43/4310/431024/431023104/431023104201/"
    assert key(county, "嘉禾县金龟镇新村") == 431023104201
    assert loaded(county.store, tmp_path).unchanged == 17
    assert places_of(county.store).path(431023104) == "43/4310/431024/431023104/"


def test_villages_the_package_adds_go_where_the_county_put_their_town(book: SmallBook, tmp_path: Path) -> None:
    listed(book.store, tmp_path, "统计,43,湖南省,,,,", "统计,4310,郴州市,,,,", "统计,431024,嘉禾县,,,,", "统计,431023104,金龟镇,嘉禾县,,,")
    assert loaded(book.store, tmp_path).added == 13
    assert places_of(book.store).path(431023104201) == "43/4310/431024/431023104/431023104201/"


def test_a_place_with_entries_below_moves_only_when_that_is_meant(county: SmallBook, tmp_path: Path) -> None:
    county.journal.append([replace(stop(), place=431023104201)])
    before = content(county.store)
    rows = ("统计,431023104,金龟镇,嘉禾县,,,", "统计,431023101,马田镇,嘉禾县,,,")
    refused = listed(county.store, tmp_path, *rows)
    assert told(refused) == ["villages.csv:2 上级代码 金龟镇 及其下级已有条目，改属 湖南省郴州市嘉禾县 会改变往年的汇总"]
    assert content(county.store) == before
    assert told(listed(county.store, tmp_path, *rows, move=True)) == []
    assert places_of(county.store).path(431023104201) == "43/4310/431024/431023104/431023104201/"


def test_moves_within_moves_come_out_whole(county: SmallBook, tmp_path: Path) -> None:
    done = listed(
        county.store,
        tmp_path,
        "统计,431023101201,甲村委会,统计:431122100,,,",
        "统计,431122,东安县,郴州市,,,",
        "统计,431023101,马田镇,东安县,,,",
    )
    assert told(done) == []
    paths = {k: path for k, path, *_ in content(county.store)[0]}  # type: ignore[misc]
    assert paths[431023101201] == "43/4310/431122/431122100/431023101201/"
    assert paths[431023101202] == "43/4310/431122/431023101/431023101202/"


def test_a_parent_that_would_be_another_once_the_list_is_in_force_is_told(county: SmallBook, tmp_path: Path) -> None:
    gone = listed(county.store, tmp_path, "自编,G-1,新村上组,永兴县金龟镇新村,,,", "统计,431023104,金龟镇,嘉禾县,,,")
    assert told(gone) == ["villages.csv:2 上级代码 查不到地点“永兴县金龟镇新村”"]
    renamed = listed(county.store, tmp_path, "统计,431023101210,丙村,永兴县马田镇,,,", "统计,431023101,马田新镇,,,,")
    assert told(renamed) == ["villages.csv:2 上级代码 查不到地点“永兴县马田镇”"]
    twice = listed(county.store, tmp_path, "自编,G-1,上组,马田镇新村,,,", "统计,431023101209,新村,马田镇,,,")
    assert told(twice) == ["villages.csv:2 上级代码 “马田镇新村”可指 2 处地点"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",431023109,甲镇,,,,", "代码类别 没有填写"),
        ("国标,431023109,甲镇,,,,", "代码类别 “国标”"),
        ("统计,,甲镇,,,,", "代码 没有填写"),
        ("统计,43102310,甲镇,,,,", "代码 “43102310”"),
        ("统计,4.31023E+11,甲镇,,,,", "代码 “4.31023E+11”"),
        ("民政,YX-1,甲镇,永兴县,,,", "代码 “YX-1”"),
        ("自编,a b,甲组,甲村,,,", ""),
        ("自编,统计:43,甲组,甲村,,,", "代码 “统计:43”"),
        ("统计,431023109,,,,,", "名称 没有填写"),
        ("统计,431023109,431023109,,,,", "名称 “431023109”"),
        ("统计,431023109,永兴县/甲镇,,,,", "名称 “永兴县/甲镇”"),
        ("统计,431023109,=HYPERLINK(1),,,,", "名称 “=HYPERLINK(1)”"),
        ("统计,431023109," + "甲" * 61 + ",,,,", "名称 “甲甲"),
        ("统计,431023109,甲镇,,2023-02-30,,", "启用日期 “2023-02-30”"),
        ("统计,431023109,甲镇,,44927,,", "启用日期 “44927”"),
        ("统计,431023109,甲镇,,2023-01-02,2023-01-01,", "停用日期 “2023-01-01”"),
        ("统计,431023109,甲镇,,,,431023108", "统计代码 “431023108”"),
        ("民政,431023109,甲镇,永兴县,,,4310231", "统计代码 “4310231”"),
        ("统计,431099109,甲镇,,,,", "上级代码 查不到地点“统计:431099”"),
        ("统计,431023109,甲镇,永星县,,,", "上级代码 查不到地点“永星县”"),
        ("统计,431023109,甲镇,甲村,,,", "上级代码 “甲村”可指 2 处地点"),
        ("统计,431023109,甲镇,马田镇,,,", "上级代码 甲镇（乡级）不能属于湖南省郴州市永兴县马田镇（乡级）"),
        ("统计,431023109,甲镇,431023109,,,", "上级代码 查不到地点“统计:431023109”"),
        ("统计,4310,郴州市,永兴县,,,", "上级代码 郴州市（市级）不能属于湖南省郴州市永兴县（县级）"),
        ("民政,431023109,甲镇,,,,", "上级代码 查不到地点“民政:431023”"),
        ("自编,G-1,甲组,,,,", "上级代码 甲组 没有写明上级"),
        ("统计,431023109,甲镇,永兴县,,,,多余", " “多余”不在任何列下"),
        ('统计,431023109,"甲\n镇",,,,', "名称 “甲�镇”"),
        ('统计,431023109,"甲镇,,,,', " 表格写法有误"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_cell(county: SmallBook, tmp_path: Path, row: str, says: str) -> None:
    before = content(county.store)
    done = listed(county.store, tmp_path, "统计,431023108,好镇,,,,", row)
    if not says:  # spaces within a code are no part of it
        assert [p.where for p in done.problems] == ["villages.csv:3 上级代码"]
        return
    assert len(done.problems) == 1
    assert told(done)[0].startswith("villages.csv:3")
    assert says in told(done)[0]
    assert all((p.expected, p.do, p.found_en, p.expected_en, p.do_en) for p in done.problems)
    assert content(county.store) == before


def test_all_problems_are_told_in_the_order_of_the_rows(county: SmallBook, tmp_path: Path) -> None:
    done = listed(
        county.store,
        tmp_path,
        "统计,431023109,甲镇,无此县,,,",
        "统计,,乙镇,,昨天,,",
        "民政,431023105,戊乡,永兴县,,,",
        "民政,431023105,己乡,永兴县,,,",
        "中央,431023109,丙镇,,,,",
    )
    assert [p.where for p in done.problems] == [
        "villages.csv:2 上级代码",
        "villages.csv:3 代码",
        "villages.csv:3 启用日期",
        "villages.csv:5 代码",
        "villages.csv:6 代码类别",
    ]


@pytest.mark.parametrize(
    ("heads", "says"),
    [
        ("代码,名称", "villages.csv:1 缺少“代码类别”列"),
        ("代码类别,代码,名称,上极代码", "villages.csv:1 上极代码 没有这一列"),
        ("代码类别,代码,名称,code", "villages.csv:1 “代码”与“code”是同一列"),
        ("", "villages.csv:1 缺少“代码类别”列"),
    ],
)
def test_heads_that_are_not_known_are_told(county: SmallBook, tmp_path: Path, heads: str, says: str) -> None:
    done = listed(county.store, tmp_path, "统计,431023109,甲镇,", heads=heads)
    assert says in told(done)


@pytest.mark.parametrize(
    "heads",
    [HEADS, "scheme,code,name,parent,valid_from,valid_to,stat_code", "类别\t编码\t 地名 \t上级\t生效日期\t失效日期\t统计用区划代码"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_lists_come_in_two_encodings_and_two_languages(county: SmallBook, tmp_path: Path, heads: str, encoding: str) -> None:
    rows = ["统计,431023109,䶮溪镇,永兴县,2020年1月2日,2022/12/31,", "统计,431023110,联通镇,永兴县,20200102,,"]
    rows = [row.replace(",", "\t") for row in rows] if "\t" in heads else rows
    done = load_list(county.store, list_of(tmp_path, *rows, heads=heads, encoding=encoding))
    assert (done.added, told(done)) == (2, [])
    assert key(county, "永兴县䶮溪镇", "2020-01-02") == 431023109


def test_a_line_in_another_encoding_is_found(county: SmallBook, tmp_path: Path) -> None:
    path = list_of(tmp_path, "统计,431023109,甲镇,,,,", "统计,431023110,乙镇,,,,")
    path.write_bytes(path.read_bytes() + "统计,431023111,丙镇,,,,\n".encode("gb18030"))
    assert told(load_list(county.store, path)) == ["villages.csv:4 本行不是 UTF-8 编码，与其他行不同"]
    path = list_of(tmp_path, "统计,431023109,甲镇,,,,", "统计,431023110,乙镇,,,,", encoding="gb18030")
    path.write_bytes(path.read_bytes() + "统计,431023111,丙镇,,,,\n".encode())
    assert told(load_list(county.store, path)) == ["villages.csv:4 本行不是 GB18030 编码，与其他行不同"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xff\xfe" + "代码".encode("utf-16-le"),
        b"\0" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04\xff\xff",
        HEADS.encode(),
        HEADS.encode() + b"\n,,,\n" * 5,
    ],
)
def test_what_is_no_list_is_told(county: SmallBook, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "villages.csv"
    path.write_bytes(data)
    done = load_list(county.store, path)
    assert done.problems
    assert done.added == 0


def test_the_list_of_the_documentation_loads(county: SmallBook, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "places.md").read_text(encoding="utf-8")
    path = tmp_path / "villages.csv"
    path.write_text(page.split("```\n代码类别")[1].split("```")[0].join(("代码类别", "")), encoding="utf-8")
    done = load_list(county.store, path)
    assert (done.added, done.changed, told(done)) == (2, 3, [])
    assert key(county, "永兴县甲乙村") == 431023101210
    assert key(county, "民政:431023109") == 431023104


def test_a_file_that_is_not_there_is_told(county: SmallBook, tmp_path: Path) -> None:
    assert "打不开" in told(load_list(county.store, tmp_path / "nothing.csv"))[0]
    assert "打不开" in told(load_list(county.store, tmp_path))[0]


def test_many_problems_are_cut_and_counted(county: SmallBook, tmp_path: Path) -> None:
    done = listed(county.store, tmp_path, *("统计,1,甲,,,," for _ in range(700)))
    assert len(done.problems) == 501
    assert "另有 200 处" in done.problems[-1].found


@pytest.mark.parametrize(
    ("scheme", "code", "key"),
    [("统计", "431023101", 431023101), ("民政", "431023101", CIVIL + 431023101), ("自编", "YX-1", 2_570_709_030_933_364)],
)
def test_the_key_of_a_place_is_the_same_in_every_book(scheme: str, code: str, key: int) -> None:
    known = scheme_named(scheme)
    assert known is not None
    assert key_of(known, code) == key
