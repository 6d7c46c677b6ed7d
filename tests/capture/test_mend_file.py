"""The file to mend: bad rows as they stood, opened in a spreadsheet, mended, posted again, and known as the same rows."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.capture.mending_file import MendingFile
from taizhang.capture.rows import Row, rows
from taizhang.capture.rows.marks import LINE, ORIGIN, TROUBLE, Mark, read_mark
from taizhang.core import Problem

HEADS = "编号,姓名,村\n"
NO_SUCH_VILLAGE = Problem("村", "没有这个村", "区划代码", "请核对。", "no such village", "a place code", "Check it.")


def written(path: Path, data: str | bytes, name: str = "名单.csv", problems: Iterable[Problem] = ()) -> tuple[Path, list[Row]]:
    """The file to mend of this input with all its rows in it, and those rows."""
    target = path / f"退回{Path(name).suffix}"
    with rows(io.BytesIO(data if isinstance(data, bytes) else data.encode()), name) as sheet, MendingFile(target, sheet) as mending:
        found = list(sheet)
        for row in found:
            mending.add(row, problems)
    return target, found


def again(path: Path) -> list[Row]:
    with rows(path) as sheet:
        return list(sheet)


def as_spreadsheet(path: Path) -> list[list[str]]:
    """What a spreadsheet shows: `="0012"` as its text."""
    table = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    return [[c[2:-1].replace('""', '"') if c.startswith('="') else c for c in line] for line in table]


def save(path: Path, table: list[list[str]], encoding: str = "utf-8-sig") -> None:
    """As a spreadsheet saves: every row as wide as the widest, CRLF."""
    width = max(map(len, table))
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([*line, *[""] * (width - len(line))] for line in table)


def test_what_a_clerk_sees(tmp_path: Path) -> None:
    path, _ = written(tmp_path, HEADS + "0012,张三,无名村\n", problems=[NO_SUCH_VILLAGE])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    heads, line = as_spreadsheet(path)
    assert heads == ["编号", "姓名", "村", "行号（勿改）", "问题（改好后不必删）"]
    assert line[:3] == ["0012", "张三", "无名村"]
    assert line[3].startswith("第2行@")
    assert line[4] == "村：没有这个村；应为区划代码。请核对。"


def test_a_mended_row_is_the_same_row(tmp_path: Path) -> None:
    path, first = written(tmp_path, HEADS + "0012,张三,无名村\n0013,李四,乙村\n", problems=[NO_SUCH_VILLAGE])
    table = as_spreadsheet(path)
    table[1][2] = "甲村"
    save(path, table)
    mended = again(path)
    assert [(r.file, r.number, r.at) for r in mended] == [(r.file, r.number, at) for r, at in zip(first, [2, 3], strict=True)]
    assert mended[0].cells == {"编号": "0012", "姓名": "张三", "村": "甲村"}
    assert not mended[0].problems


def test_how_it_was_written_is_not_told_to_the_clerk(tmp_path: Path) -> None:
    path, _ = written(tmp_path, HEADS + "0012,张三,无名村\n", problems=[NO_SUCH_VILLAGE])
    with rows(path) as sheet:
        assert next(iter(sheet)).cells["编号"] == "0012"
        assert not sheet.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_way_of_saving_it_is_understood(tmp_path: Path, encoding: str) -> None:
    path, first = written(tmp_path, HEADS + "0012,张三,无名村\n")
    save(path, as_spreadsheet(path), encoding)
    assert [(r.file, r.number, r.cells) for r in again(path)] == [(r.file, r.number, r.cells) for r in first]


def test_rows_sorted_merged_and_columns_moved_keep_their_rows(tmp_path: Path) -> None:
    path, first = written(tmp_path, HEADS + "3,丙,c\n1,甲,a\n")
    (tmp_path / "另").mkdir()
    other, second = written(tmp_path / "另", HEADS + "2,乙,b\n")
    table = as_spreadsheet(path) + as_spreadsheet(other)[1:]
    moved = [[line[3], line[4], *line[:3]] for line in [table[0], *sorted(table[1:])]]
    save(path, moved)
    assert {(r.file, r.number, r.cells["姓名"]) for r in again(path)} == {(r.file, r.number, r.cells["姓名"]) for r in first + second}


def test_a_row_told_for_its_shape_is_told_again_until_it_is_changed_or_confirmed(tmp_path: Path) -> None:
    path, _ = written(tmp_path, HEADS + '1,张三\n2,"五寸管,乙村\n3,好,丙村\n')
    assert [[p.reason for p in r.problems] for r in again(path)] == [["unchanged"], ["unchanged"], []]
    table = as_spreadsheet(path)
    table[1][2] = "甲村"  # the missing cell is filled in
    table[2][4] = ""  # the quotation mark is right as it is
    save(path, table)
    assert [r.problems for r in again(path)] == [(), (), ()]
    assert again(path)[1].cells["姓名"] == '"五寸管'


def test_cells_without_a_head_stay_behind_the_row_until_they_are_cleared(tmp_path: Path) -> None:
    path, first = written(tmp_path, HEADS + "1,张三,甲村,多余\n")
    table = as_spreadsheet(path)
    assert table[1][5] == "多余"
    assert [p.reason for p in again(path)[0].problems] == ["many"]
    save(path, [line[:5] for line in table])
    assert [(r.number, r.problems) for r in again(path)] == [(first[0].number, ())]


def test_rows_in_another_encoding_can_be_posted_once_they_were_looked_at(tmp_path: Path) -> None:
    path, first = written(tmp_path, (HEADS + "1,张三丰,甲村\n").encode() + "2,李建国,乙村\n".encode("gbk"))
    assert [p.reason for p in first[1].problems] == ["other_encoding"]
    assert [r.problems for r in again(path)] == [(), ()]


def test_what_was_lost_is_told_again_until_it_is_written(tmp_path: Path) -> None:
    path, _ = written(tmp_path, (HEADS + "1,张\0三,甲村\n").encode() + b"2,\xff,\n")
    assert [[p.reason for p in r.problems] for r in again(path)] == [["lost"], ["lost"]]


def test_a_mark_that_was_changed_dragged_or_copied_is_told(tmp_path: Path) -> None:
    path, first = written(tmp_path, HEADS + "1,甲,a\n2,乙,b\n3,丙,c\n4,丁,d\n")
    table = as_spreadsheet(path)
    table[1][3] = table[1][3].replace("第2行", "第7行")
    table[2][3] = table[4][3]
    table[3][3] = ""
    save(path, table)
    found = again(path)
    assert [[p.reason for p in r.problems] for r in found] == [["mark_broken"], [], [], ["mark_twice"]]
    assert found[2].file != first[0].file, "a row without a mark is a new row, of this file"
    assert found[2].number == 4


def test_a_mark_survives_what_happens_to_texts_in_offices() -> None:
    mark = Mark(12, "0123456789abcdef" * 4, "00ff00ff")
    assert read_mark(str(mark)) == mark
    assert read_mark(f"  {str(mark).upper()}\n".replace("1", "１").replace("@", "＠")) == mark
    assert read_mark("第12行") is None


@given(st.integers(1, 2**32 - 1), st.binary(min_size=32, max_size=32), st.integers(0, 200), st.characters(codec="ascii"))
def test_a_mark_with_a_character_changed_is_no_mark_of_another_row(number: int, file: bytes, at: int, other: str) -> None:
    mark = Mark(number, file.hex())
    text = str(mark)
    at %= len(text)
    assert read_mark(text[:at] + other + text[at + 1 :]) in (None, mark)


def test_a_mended_file_can_be_sent_back_again(tmp_path: Path) -> None:
    path, first = written(tmp_path, HEADS + "1,张三\n0013,李四,乙村\n")
    with rows(path) as sheet, MendingFile(tmp_path / "再退回.csv", sheet) as mending:
        for row in sheet:
            mending.add(row)
    second = again(tmp_path / "再退回.csv")
    assert [(r.file, r.number, [p.reason for p in r.problems]) for r in second] == [
        (first[0].file, 2, ["unchanged"]),
        (first[0].file, 3, []),
    ]


def test_nothing_bad_makes_no_file_and_what_is_made_is_private(tmp_path: Path) -> None:
    with rows(io.BytesIO(HEADS.encode()), "a.csv") as sheet, MendingFile(tmp_path / "退回.csv", sheet) as mending:
        assert list(sheet) == []
    assert mending.count == 0
    assert not mending.path.exists()
    path, _ = written(tmp_path, HEADS + "1,张三\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_words_in_english(tmp_path: Path) -> None:
    with rows(io.BytesIO((HEADS + "1,张三\n").encode()), "a.csv") as sheet, MendingFile(tmp_path / "mend.csv", sheet, "en") as mending:
        for row in sheet:
            mending.add(row, [NO_SUCH_VILLAGE])
    told = as_spreadsheet(mending.path)[1][4]
    assert told.startswith("this row: only 2 cells. Expected: 3 cells, as many as heads.")
    assert "村: no such village." in told


def test_a_formula_from_outside_does_not_run_in_the_clerk_s_spreadsheet(tmp_path: Path) -> None:
    path, first = written(tmp_path, "编号,=1+1\n=HYPERLINK(0),+1\n")
    written_cells = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert all(c.startswith('="') for line in written_cells for c in line[1:2])
    assert [r.cells for r in again(path)] == [r.cells for r in first]


# jsonl


def test_objects_come_back_as_objects_with_two_keys_more(tmp_path: Path) -> None:
    path, first = written(tmp_path, '{"编号": "0012", "面积": 16.50}\n', "a.jsonl", [NO_SUCH_VILLAGE])
    made = json.loads(path.read_text("utf-8"), parse_float=str)
    assert made == {"编号": "0012", "面积": "16.50", ORIGIN: str(Mark(1, first[0].file)), TROUBLE: "村：没有这个村；应为区划代码。请核对。"}
    path.write_text(path.read_text("utf-8").replace("16.50", "17"), "utf-8")
    assert [(r.file, r.number, r.cells, r.problems) for r in again(path)] == [(first[0].file, 1, {"编号": "0012", "面积": 17}, ())]


def test_a_line_that_is_no_object_comes_back_in_a_key(tmp_path: Path) -> None:
    path, first = written(tmp_path, '{"a": 1, "a": 2}\n{"a": \n[1]\n', "a.jsonl")
    made = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [m[LINE] for m in made] == ['{"a": 1, "a": 2}', '{"a": ', "[1]"]
    assert [[p.reason for p in r.problems] for r in again(path)] == [["twice_key"], ["not_json"], ["not_object"]]
    made[0][LINE] = '{"a": 2}'
    path.write_text("\n".join(json.dumps(m, ensure_ascii=False) for m in made), "utf-8")
    mended = again(path)[0]
    assert (mended.file, mended.number, mended.cells, mended.problems) == (first[0].file, 1, {"a": 2}, ())


def test_what_was_lost_in_an_object_is_told_until_it_is_written(tmp_path: Path) -> None:
    path, _ = written(tmp_path, '{"a": "张\ufffd"}\n{"a": ["\\u0000"]}\n{"a": "\\\\u0000"}\n', "a.jsonl")
    assert [[p.reason for p in r.problems] for r in again(path)] == [["lost"], ["nul"], []]
    path.write_text(path.read_text("utf-8").replace("张\ufffd", "张三").replace('["\\u0000"]', "[]"), "utf-8")
    assert [r.problems for r in again(path)] == [(), (), ()]


# the law


CELL = st.text(st.sampled_from("a0１5.-+=@'\"“,;\t\n 张村�\0第2行@"), max_size=12)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=8)


def _same(row: Row, back: Row) -> bool:
    """The same row with the same texts; what was missing is empty, what no spreadsheet can hold is �."""
    cells = {head: str(row.cells.get(head, "")).replace("\0", "\ufffd") for head in back.cells}
    beyond = tuple(text.replace("\0", "\ufffd") for text in row.beyond)
    return (row.file, row.number, cells, beyond) == (back.file, back.number, back.cells, back.beyond)


@given(TABLE)
def test_every_row_comes_back_as_it_stood(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["编号", "姓名", "村"], *table])
    _round_trip(text.getvalue())


@given(st.lists(st.text(st.sampled_from('a0,,""\'= 张\n'), max_size=10), max_size=10))
def test_every_row_of_a_broken_file_comes_back_as_it_stood(lines: list[str]) -> None:
    _round_trip(HEADS + "\n".join(lines))


def _round_trip(data: str) -> None:
    with TemporaryDirectory() as folder:
        path, first = written(Path(folder), data)
        if not first:
            return
        found = again(path)
        assert [row.number for row in found] == [row.number for row in first]
        assert all(_same(row, back) for row, back in zip(first, found, strict=True))
        assert all(back.problems for row, back in zip(first, found, strict=True) if row.problems), "told once, told until mended"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
    | st.text(st.characters(exclude_characters="\0\ufffd", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.lists(st.dictionaries(st.text("ab张", min_size=1, max_size=4), JSON, max_size=4), min_size=1, max_size=6))
def test_every_object_comes_back_as_it_was(objects: list[dict[str, object]]) -> None:
    data = "\n".join(json.dumps(o, default=lambda d: f"decimal {d}", ensure_ascii=False) for o in objects)
    with TemporaryDirectory() as folder:
        path, first = written(Path(folder), data, "a.jsonl")
        assert [(r.number, r.cells) for r in again(path)] == [(r.number, r.cells) for r in first]


def test_of_many_rows_the_good_are_taken_and_the_bad_come_back_mended(tmp_path: Path, count: Callable[[int, int], int]) -> None:
    n = count(20_000, 1_000_000)
    source = tmp_path / "名单.csv"
    with source.open("w", encoding="utf-8") as file:
        file.write(HEADS)
        file.writelines(f"{i:07},张三{'' if i % 100 == 7 else ',甲村'}\n" for i in range(n))
    taken = set[int]()
    with rows(source) as sheet, MendingFile(tmp_path / "退回.csv", sheet) as mending:
        for row in sheet:
            taken.add(row.number) if not row.problems else mending.add(row)
    assert mending.count == n // 100
    table = as_spreadsheet(mending.path)
    save(mending.path, [table[0], *([*line[:2], "甲村", *line[3:]] for line in table[1:])])
    with rows(mending.path) as back:
        mended = {row.number for row in back if not row.problems and row.file == sheet.file}
    assert len(mended) == n // 100
    assert taken | mended == set(range(2, n + 2))
