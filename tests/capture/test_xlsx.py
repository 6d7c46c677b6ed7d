"""Rows of a workbook: what was typed, cell for cell, with the row numbers of the sheet; what cannot be trusted is told."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.capture.mending_file import MendingFile
from taizhang.capture.rows import Row, Sheet, rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="177" formatCode="[Red]0.00&quot;元&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="9"/><xf numFmtId="177"/><xf numFmtId="20"/></cellXfs></styleSheet>"""


def book(sheet: str, texts: tuple[str, ...] = (), more: str = "", before: str = "", workbook: str = "") -> bytes:
    """The bytes of a workbook whose first sheet has these rows."""
    shared = "".join(f"<si>{text}</si>" for text in texts)
    sheets = f'{before}<sheet name="名单" sheetId="1" r:id="rId1"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>{more}</worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/styles.xml": STYLES,
    }
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def row(number: int, *cells: str, hidden: bool = False) -> str:
    """A row of cells: a text, or XML of a cell with @ for its place."""
    inner = "".join(
        cell.replace("@", f"{chr(65 + i)}{number}") if cell.startswith("<") else _inline(cell, f"{chr(65 + i)}{number}")
        for i, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}" hidden="{int(hidden)}">{inner}</row>'


def _inline(text: str, place: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def read(data: bytes) -> tuple[list[Row], Sheet]:
    with rows(io.BytesIO(data), "名单.xlsx") as sheet:
        return list(sheet), sheet


def values(*cells: str) -> list[str]:
    """What the cells of one row below heads A, B, C … are read as."""
    heads = [f"列{i}" for i in range(len(cells))]
    found, sheet = read(book(row(1, *heads) + row(2, *cells)))
    assert not sheet.problems
    return [str(found[0].cells[head]) for head in heads]


def test_texts_shared_rich_and_inline(tmp_path: Path) -> None:
    shared = ("<t>编号</t>", "<r><t>姓</t></r><r><t>名</t></r><rPh><t>xing</t></rPh>")
    heads = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    found, sheet = read(book(heads + row(2, "0012", "张三，“甲”\n二行"), shared))
    assert sheet.heads == ("编号", "姓名")
    assert found == [Row(2, {"编号": "0012", "姓名": "张三，“甲”\n二行"}, sheet.file, 2)]


def test_numbers_as_they_were_typed() -> None:
    kept = ("2.7999999999999998", "1E+2", "0.30000000000000004", "-5", "123456.78")
    assert values(*(f'<c r="@"><v>{one}</v></c>' for one in kept)) == ["2.8", "100", "0.3", "-5", "123456.78"]
    assert values('<c r="@" s="4"><v>12.5</v></c>', '<c r="@" s="3"><v>0.92</v></c>') == ["12.5", "92%"]


def test_days_and_times() -> None:
    cells = ('<c r="@" s="1"><v>44927</v></c>', '<c r="@" s="2"><v>44931.5</v></c>', '<c r="@" s="5"><v>0.33680555555555558</v></c>')
    assert values(*cells) == ["2023-01-01", "2023-01-05 12:00", "08:05"]
    found, _ = read(book(row(1, "日") + row(2, '<c r="@" s="1"><v>43465</v></c>'), workbook='<workbookPr date1904="1"/>'))
    assert found[0].cells == {"日": "2023-01-01"}


def test_formulas_give_what_was_computed_and_yes_and_no() -> None:
    cells = ('<c r="@"><f>1+1</f><v>2</v></c>', '<c r="@" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>', '<c r="@" t="b"><v>1</v></c>')
    assert values(*cells) == ["2", "甲x", "是"]


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    found, sheet = read(book(row(1, "甲", "乙") + row(4, "1", "2") + row(7, "", "3")))
    assert [(one.at, one.number, dict(one.cells)) for one in found] == [(4, 4, {"甲": "1", "乙": "2"}), (7, 7, {"甲": "", "乙": "3"})]
    assert [note.reason for note in sheet.notes] == ["blank_rows"]


@pytest.mark.parametrize(
    ("sheet", "more", "reason"),
    [
        (row(1, "总表") + row(2, "甲"), '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>', "merged"),
        (row(1, "甲") + row(2, '<c r="@"><f>SUM(B1)</f></c>') + row(3, "x"), "", "no_value"),
        (row(1, "甲") + row(2, '<c r="@" t="e"><v>#N/A</v></c>'), "", "cell_error"),
    ],
)
def test_what_cannot_be_trusted_is_a_problem_of_the_file(sheet: str, more: str, reason: str) -> None:
    _, found = read(book(sheet, more=more))
    assert [problem.reason for problem in found.problems] == [reason]
    assert "A1:C1" in found.problems[0].line() or "名单.xlsx:A2" in found.problems[0].line()


def test_hidden_rows_and_other_sheets_are_told() -> None:
    found, sheet = read(book(row(1, "甲") + row(2, "1", hidden=True) + row(3, "2")))
    assert len(found) == 2
    assert [(note.reason, note.row) for note in sheet.notes] == [("hidden_rows", 2)]
    other = '<sheet name="旧" sheetId="2" state="hidden" r:id="rId2"/>'
    assert [dict(one.cells) for one in read(book(row(1, "甲") + row(2, "1"), before=other))[0]] == [{"甲": "1"}]


def test_a_file_to_mend_is_a_csv_whose_rows_are_those_of_the_sheet(tmp_path: Path) -> None:
    found, sheet = read(book(row(1, "编号", "村") + row(5, "0012", "无名村")))
    with MendingFile(tmp_path / "待改.csv", sheet) as mending:
        mending.add(found[0])
    with rows(tmp_path / "待改.csv") as again:
        (mended,) = again
    assert (mended.file, mended.number, mended.cells) == (sheet.file, 5, {"编号": "0012", "村": "无名村"})


def test_what_is_no_sound_workbook_is_told() -> None:
    good = book(row(1, "甲") + row(2, "1"))
    for cut in (len(good) // 3, len(good) - 30):
        assert read(good[:cut])[1].problems
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(good)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            doctype = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' if name.endswith("sheet1.xml") else ""
            new.writestr(name, doctype + old.read(name).decode().replace(">1</t>", ">&a;</t>"))
    assert [problem.reason for problem in read(stream.getvalue())[1].problems] == ["not_table"]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8), min_size=2, max_size=4), max_size=6))
def test_any_texts_come_back(table: list[list[str]]) -> None:
    cells = [[f"v{cell}" for cell in line] for line in table]
    heads = [f"列{i}" for i in range(4)]
    found, _ = read(book(row(1, *heads) + "".join(row(n, *line) for n, line in enumerate(cells, 2))))
    assert [[one.cells[head] for head in heads] for one in found] == [[*line, *[""] * (4 - len(line))] for line in cells]
