"""The text layer of a PDF: lines in order, page furniture left out, what is missing said."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from taizhang.capture import load
from taizhang.capture.furniture import without_furniture

from .make import locked_pdf, pdf

STORY = [["岚溪新修水渠", "全县新修水渠今年达到1786", "公里，能够灌溉农田3.2万", "亩。"], ["今年，计划再修30公里。"]]
TEXT = "岚溪新修水渠\n\n全县新修水渠今年达到1786\n公里，能够灌溉农田3.2万\n亩。\n\n今年，计划再修30公里。"


def test_lines_come_in_order_with_their_breaks(tmp_path: Path) -> None:
    source = load(pdf(tmp_path / "稿.pdf", *STORY))
    assert (source.text, source.kind, source.warnings) == (TEXT, "pdf", ())


def test_a_pdf_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    assert load(locked_pdf(tmp_path / "稿.pdf", "", *STORY)).text == TEXT


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    source = load(pdf(tmp_path / "稿.pdf", STORY[0], [], STORY[1], []))
    assert source.text == TEXT
    assert source.warnings == (("第 2、4 页没有文字层，未检查。", "No text layer on page 2, 4: not checked."),)


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [["湖溪简报", f"第{n}段开头，", f"共{n}家。", f"— {n} —"] for n in range(1, 5)]
    text = load(pdf(tmp_path / "稿.pdf", *pages)).text
    assert text.split() == [line for page in pages for line in page[1:3]]


def test_a_number_at_the_end_of_a_page_that_counts_no_pages_stays() -> None:
    pages = [["年发电量", "1786"], ["万度。", "收入20"], ["亿元。", "7"]]
    assert without_furniture(pages) == pages


def test_bare_numbers_that_count_the_pages_go() -> None:
    pages = [["甲", "17"], ["乙", "18"], ["丙", "19"]]
    assert without_furniture(pages) == [["甲"], ["乙"], ["丙"]]


def test_a_font_with_its_own_code_table_is_read(tmp_path: Path) -> None:
    """Some programs number the glyphs they use and give two tables: codes to glyphs, codes to characters."""

    def renumber(writer: PdfWriter) -> None:
        font = writer.pages[0]["/Resources"]["/Font"]["/F1"]
        codes = b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        to_text = codes + b"2 beginbfchar\n<0102> <5C97>\n<0201> <0035>\nendbfchar\n"
        for key, table in (("/Encoding", codes), ("/ToUnicode", to_text)):
            stream = DecodedStreamObject()
            stream.set_data(table)
            font[NameObject(key)] = writer._add_object(stream)
        content = DecodedStreamObject()
        content.set_data(b"BT /F1 12 Tf 1 0 0 1 60 700 Tm <01020201> Tj ET")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(content)

    assert load(pdf(tmp_path / "稿.pdf", ["占位"], extra=renumber)).text == "岗5"
