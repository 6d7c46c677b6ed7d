"""What a file to post may look like, and what is told: every row is given, every problem with its row and column."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.capture.rows import Row, RowProblem, Sheet, rows
from taizhang.capture.rows.cells import guarded, taken
from taizhang.capture.rows.lines import LONGEST_LINE
from taizhang.capture.rows.problems import words
from taizhang.core import InputError

HEADS = "编号,姓名,村\n"


def sheet_of(data: str | bytes, name: str = "名单.csv") -> Sheet:
    return rows(io.BytesIO(data if isinstance(data, bytes) else data.encode()), name)


def read(data: str | bytes, name: str = "名单.csv") -> tuple[list[Row], Sheet]:
    sheet = sheet_of(data, name)
    return list(sheet), sheet


def reasons(row: Row) -> list[str]:
    return [f"{p.reason} {p.column}".strip() for p in row.problems]


def bad(data: str | bytes, name: str = "名单.csv") -> dict[int, list[str]]:
    """Reasons and columns by row, of the rows that have any."""
    return {row.at: reasons(row) for row in read(data, name)[0] if row.problems}


def cells(data: str | bytes, name: str = "名单.csv") -> list[list[object]]:
    return [list(row.cells.values()) for row in read(data, name)[0]]


def test_a_row_has_its_number_its_cells_by_head_and_the_hash_of_its_file() -> None:
    data = (HEADS + "0012,张三,甲村\n13,李四,\n").encode()
    found, sheet = read(data)
    assert sheet.heads == ("编号", "姓名", "村")
    assert found[0] == Row(2, {"编号": "0012", "姓名": "张三", "村": "甲村"}, hashlib.sha256(data).hexdigest(), 2)
    assert found[1].cells["村"] == "", "an empty cell is there and empty"
    assert not sheet.problems
    assert not sheet.notes


def test_a_sheet_can_be_read_again() -> None:
    sheet = sheet_of(HEADS + "1,张三,甲村\n\n2,李四\n")
    assert list(sheet) == list(sheet)
    assert [note.found for note in sheet.notes] == ["空行 1 行，已跳过"]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    found, _ = read(HEADS + '\n1,"张\n三",甲村\n\n\n2,李四,乙村\n')
    assert [row.number for row in found] == [3, 6]
    assert found[0].cells["姓名"] == "张\n三"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_line_ends_and_separators(encoding: str, end: str, separator: str) -> None:
    text = (HEADS + '1,张三,甲村\n2,李四,"乙 村"\n').replace("\n", end).replace(",", separator)
    found, sheet = read(text.encode(encoding))
    assert sheet.heads == ("编号", "姓名", "村")
    assert [list(row.cells.values()) for row in found] == [["1", "张三", "甲村"], ["2", "李四", "乙 村"]]
    assert not sheet.problems + sheet.notes + [p for row in found for p in row.problems]


def test_rows_in_another_encoding_are_told_and_read_all_the_same() -> None:
    data = (HEADS + "1,张三,甲村\n").encode() + "2,李建国,乙村\n".encode("gbk") + "3,王五,丙村\n".encode()
    assert bad(data) == {3: ["other_encoding"]}
    assert cells(data)[1] == ["2", "李建国", "乙村"]


def test_utf8_rows_in_a_gbk_file_are_told_too() -> None:
    others = "".join(f"{i},联通,水库\n" for i in range(3, 9))
    data = (HEADS + "1,张三,甲村\n").encode("gbk") + "2,李建国,水库管理所\n".encode() + others.encode("gbk")
    assert bad(data) == {3: ["other_encoding"]}
    assert cells(data)[1:3] == [["2", "李建国", "水库管理所"], ["3", "联通", "水库"]]


def test_utf8_that_would_read_as_gbk_too_is_told_from_it() -> None:
    mistaken = "水库,渠道"
    assert mistaken.encode().decode("gbk") == "姘村簱,娓犻亾"
    others = "".join(f"{i},张三,甲村\n" for i in range(3, 9))
    data = HEADS.encode("gbk") + f"2,{mistaken}\n".encode() + others.encode("gbk")
    assert bad(data) == {2: ["other_encoding"]}
    assert cells(data)[0] == ["2", "水库", "渠道"]


def test_a_line_end_may_fall_between_two_blocks_of_the_file() -> None:
    for shift in range(4):
        row = "1,张三,甲村\r\n"
        data = (HEADS.strip() + "x" * shift + "\r\n" + row * 40_000).encode()
        found, sheet = read(data)
        assert len(found) == 40_000
        assert not sheet.notes
        assert found[-1].at == 40_001


def test_bytes_that_no_encoding_reads_spoil_their_row_only() -> None:
    data = (HEADS + "1,张三,甲村\n").encode() + b"2,\xff\xfe\x80,\xe4\xb9\n" + "3,王五,丙村\n".encode()
    assert bad(data) == {3: ["unreadable", "lost 姓名", "lost 村"]}


def test_a_file_in_an_encoding_that_is_none_of_ours() -> None:
    data = "編號,姓名,鄉鎮\n1,陳國華,龍潭鎮\n2,許淑芬,鳳凰鄉\n".encode("big5")
    found, sheet = read(data)
    assert [p.reason for p in sheet.problems] == ["encoding"]
    assert not found


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1,张三", ["few"]),
        ("1,张三,甲村,多余", ["many"]),
        ("1,张三,甲村,,", []),
        ("1,张\0三,甲村", ["nul 姓名"]),
        ("1,张�,甲村", ["lost 姓名"]),
        ('1,"张三,甲村', ["open_quote 姓名"]),
        ('1,"张"三,甲村', ["stray_quote 姓名"]),
        ('"a""b",张三,"甲', ["open_quote 村"]),
        ('1,5"管,甲村', []),
        ('1,"5""管",甲村', []),
        ("1,张三," + "长" * 40_000, ["long_cell 村"]),
        ('1,张三,"' + "长" * 140_000 + '"', ["long_cell 村"]),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_column(line: str, told: list[str]) -> None:
    data = HEADS + "0,好,好\n" + line + "\n9,好,好\n"
    assert bad(data) == ({3: told} if told else {})
    assert [row.at for row in read(data)[0]] == [2, 3, 4]


def test_all_problems_are_told_not_the_first() -> None:
    assert bad(HEADS + "1,\0,\ufffd,x\n2\n") == {2: ["nul 姓名", "lost 村", "many"], 3: ["few"]}


def test_a_quotation_mark_left_open_does_not_take_the_rows_behind_it() -> None:
    many = "".join(f"{i},张三,甲村\n" for i in range(1000))
    assert bad(HEADS + '1,"五寸管,甲村\n' + many) == {2: ["open_quote 姓名"]}
    # and not when a later row has one, which would close it with as many cells as there are heads
    assert bad(HEADS + '1,"五寸管,甲村\n2,好,好\n3,六寸",乙村\n4,好,好\n') == {2: ["open_quote 姓名"]}


def test_open_quotation_marks_in_every_row_cost_no_more_than_their_length(count: Callable[[int, int], int]) -> None:
    n = count(20_000, 200_000)
    assert len(bad('甲,乙\n"a,\n' + 'a","x\n' * n)) == n + 1


def test_cells_of_a_spreadsheet_are_taken_as_the_text_they_show() -> None:
    found, sheet = read(HEADS + '="0012",\'0731,甲村\n"=""0013""",O\'Neil,\'=1+1\n')
    assert [list(row.cells.values()) for row in found] == [["0012", "0731", "甲村"], ["0013", "O'Neil", "=1+1"]]
    assert [(n.reason, n.column, n.row, n.found[:0] or "个" in n.found) for n in sheet.notes] == [
        ("equals", "编号", 2, True),
        ("apostrophe", "姓名", 2, True),
        ("apostrophe", "村", 3, True),
    ]
    assert "2 个" in sheet.notes[0].found


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_a_guarded_text_is_taken_as_it_was(text: str) -> None:
    assert taken(guarded(text))[0] == text


@pytest.mark.parametrize(
    "risky", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "0012", "431023199001010011", "3-4", "1E5", "2023-01-03", "＝1"]
)
def test_what_a_spreadsheet_would_change_or_run_is_written_as_text(risky: str) -> None:
    assert guarded(risky).startswith('="')


def test_numbers_and_words_are_written_as_they_are() -> None:
    assert [guarded(t) for t in ("", "0", "-5", "12.5", "甲村", "O'Neil", " =1")] == ["", "0", "-5", "12.5", "甲村", "O'Neil", " =1"]


def test_heads_are_told_where_they_cannot_be_used() -> None:
    _, sheet = read("编号,姓名,编 号,０１０＄ａ,\n1,2,3,4,\n")
    assert sheet.heads == ("编号", "姓名", "编 号 (3)", "010$a")
    assert [(p.reason, p.where) for p in sheet.problems] == [("twice_head", "名单.csv:C1 编 号 (3)")]
    assert [(p.reason, p.column) for p in sheet.notes] == [("wide_head", "010$a")]


def test_a_column_without_a_head_may_be_empty_but_not_used() -> None:
    assert bad("编号,,村,\n1,,甲村,\n2,谁,乙村,\n3,,丙村,谁\n") == {3: ["headless"], 4: ["many"]}


def test_blank_rows_are_passed_over_and_told() -> None:
    found, sheet = read("\n" + HEADS + "1,张三,甲村\n\n , ,\n\n2,李四,乙村\n\n")
    assert [row.at for row in found] == [3, 7]
    assert [(n.reason, n.row) for n in sheet.notes] == [("blank_rows", 4)]
    assert "4 行" in sheet.notes[0].found


def test_several_kinds_of_line_ends_in_one_file() -> None:
    found, sheet = read(HEADS + "1,张三,甲村\r\n2,李四,乙村\r3,王五,丙村\n")
    assert [row.cells["编号"] for row in found] == ["1", "2", "3"]
    assert [n.reason for n in sheet.notes] == ["line_ends"]
    assert "CR、CRLF、LF" in sheet.notes[0].found


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "名单.csv", "empty"),
        (b"\n \n", "名单.csv", "empty"),
        (HEADS.encode(), "名单.csv", "head_only"),
        (b"PK\x03\x04" + bytes(50), "名单.xlsx", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "名单.xls", "workbook"),
        (b"%PDF-1.7 ...", "名单.csv", "not_table"),
        (b"\x89PNG\r\n\x1a\n", "名单.csv", "not_table"),
        (b"a,b\n" + bytes(100), "名单.csv", "not_table"),
        (b"", "名单.jsonl", "empty"),
        (b"\n\n", "名单.jsonl", "empty"),
        (b'[{"a": 1}]', "名单.json", "array"),
    ],
)
def test_files_without_rows(data: bytes, name: str, reason: str) -> None:
    found, sheet = read(data, name)
    assert not found
    assert [p.reason for p in sheet.problems] == [reason]


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError) as caught:
        rows("没有这个文件.csv")
    assert caught.value.problem.found == "找不到这个文件"


def test_a_line_of_100_megabytes_costs_no_memory_and_no_other_row(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    with path.open("wb") as file:
        file.write((HEADS + "1,张三,甲村\n2,").encode())
        for _ in range(100):
            file.write(b"x" * (1 << 20))
        file.write("\r\n3,王五,丙村\n".encode())
    tracemalloc.start()
    with rows(path) as sheet:
        found = list(sheet)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {row.at: reasons(row) for row in found if row.problems} == {3: ["long"]}
    assert [row.cells.get("编号") for row in found] == ["1", "", "3"]
    assert peak < 8 * LONGEST_LINE


@pytest.mark.parametrize("extra", [0, 1])
def test_a_line_is_too_long_wherever_it_stands(extra: int) -> None:
    line = "1,张," + "x" * (LONGEST_LINE - 6 + extra)
    for before in (0, 1000, 100_000):
        data = HEADS + "0,好,好\n" * before + line + "\n9,好,好\n"
        assert ("long" in bad(data)[before + 2][0]) == bool(extra) or bad(data)[before + 2] == ["long_cell 村"]


def test_standard_input_is_read_once_and_kept(tmp_path: Path) -> None:
    code = "from taizhang.capture.rows import rows; s = rows('-'); print(s.file, [r.cells for r in s], [r.at for r in s])"
    data = (HEADS + "1,张三,甲村\n").encode()
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert hashlib.sha256(data).hexdigest() in done.stdout.decode()
    assert "张三" in done.stdout.decode()


# jsonl


def test_an_object_a_line_with_exact_numbers() -> None:
    found, sheet = read(
        '{"编号": "0012", "面积": 16.50, "数": 12345678901234567890, "验收": null, "是": true}\n\n{"编号": "2"}\n', "a.jsonl"
    )
    assert found[0].cells == {"编号": "0012", "面积": Decimal("16.50"), "数": 12345678901234567890, "验收": None, "是": True}
    assert str(found[0].cells["面积"]) == "16.50"
    assert [row.number for row in found] == [1, 3]
    assert [n.reason for n in sheet.notes] == ["blank_rows"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a": 1, "a": 2}', "twice_key"),
        ('{"a": {"b": 1, "b": 1}}', "twice_key"),
        ("{" + ", ".join(f'"{i}": 0' for i in range(60_000)) + ', "a": 1, "a": 2}', "twice_key"),
        ('{"a": 1', "not_json"),
        ('{"a": 1} {"b": 2}', "not_json"),
        ("{'a': 1}", "not_json"),
        ("张三", "not_json"),
        ("[1, 2]", "not_object"),
        ("12", "not_object"),
        ('{"a": NaN}', "number"),
        ('{"a": 1e999999999999999999999}', "number"),
        ('{"a": 1e61}', "number"),
        ('{"a": ' + "9" * 5000 + "}", "number"),
        ('{"a": "\\ud800"}', "half"),
        ('{"a": "\\u0000"}', "nul"),
        ('{"a": "\ufffd"}', "lost"),
        ('{"a":' + "[" * 21 + "]" * 21 + "}", "deep"),
        ('{"a":' + "[" * 100_000, "deep"),
        ('{"a": "' + "x" * LONGEST_LINE + '"}', "long"),
    ],
)
def test_what_is_wrong_with_a_line_of_jsonl(line: str, reason: str) -> None:
    assert bad('{"a": 1}\n' + line + '\n{"a": 3}\n', "a.jsonl") == {2: [reason]}


def test_jsonl_is_known_by_its_first_character_where_no_name_tells() -> None:
    assert cells('\n{"a": 1}\n', "-") == [[1]]


# what holds for all


def test_no_message_repeats_what_stands_in_a_cell() -> None:
    secret = "430102199001010011"
    lines = [f'1,"{secret},甲', f'1,"{secret}"x,甲', f"1,{secret}\0,甲", f"{secret}", f"1,{secret},甲,{secret}", f"1,{secret}\ufffd,甲"]
    told = [p for row in read(HEADS + "\n".join(lines))[0] for p in row.problems]
    told += [p for row in read(f'{{"a": "{secret}"\n{secret}\n{{"a": {secret}e99}}\n', "a.jsonl")[0] for p in row.problems]
    assert len(told) == len(lines) + 3
    assert not [p for p in told if secret in p.line("zh") + p.line("en")]


def test_every_reason_has_its_words_in_both_languages() -> None:
    assert all(len(said) == 6 and all(said) for said in words().values())


def test_a_problem_says_file_row_column_and_what_to_do() -> None:
    problem = read(HEADS + "1,张\0三,甲村\n")[0][0].problems[0]
    assert isinstance(problem, RowProblem)
    assert (problem.row, problem.column, problem.where) == (2, "姓名", "名单.csv:B2 姓名")
    assert problem.line("zh") == "名单.csv:B2 姓名：格中有空字符（NUL），文件可能已损坏；应为文字。请对照原件重新填写这一格。"
    assert problem.line("en").startswith("名单.csv:B2 姓名: a NUL in the cell")


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.jsonl", "-"]))
def test_any_bytes_are_read_without_an_error(data: bytes, name: str) -> None:
    found, sheet = read(data, name)
    assert found or sheet.problems or not data
    assert all(p.line("zh") and "\n" not in p.line("zh") for p in [*sheet.problems, *sheet.notes, *(p for r in found for p in r.problems)])


LINE = st.text(st.sampled_from("a1,;\t\"'=\n\r\0 张村\ufffd"), max_size=12)


@given(st.lists(LINE, max_size=12))
def test_any_lines_are_read_without_an_error(lines: list[str]) -> None:
    found, _ = read(HEADS + "\n".join(lines))
    assert [row.at for row in found] == sorted({row.at for row in found})


SOUND = st.text(st.characters(exclude_characters="\r\0\ufffd\ufeff'=", exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    str.strip
)


@given(st.lists(st.tuples(SOUND, SOUND, SOUND), min_size=1, max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_csv_written_by_the_rules_is_read_back_whole(table: list[tuple[str, str, str]], encoding: str) -> None:
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in table)
    found, _ = read((HEADS + quoted + "\n").encode(encoding))
    assert [tuple(row.cells.values()) for row in found if not row.problems] == table


def test_what_is_said_of_capture_stays_light() -> None:
    code = "import sys, taizhang.capture.rows, taizhang.capture.cnmarc, taizhang.capture.mending_file; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"duckdb", "sqlglot", "django", "pyarrow", "pypdf", "lxml"} & set(loaded)
