"""A .docx gives what its reader sees, in order."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from taizhang.capture import load

from .make import p, word, word_of


def test_paragraphs_and_tables_stand_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉不是正文"
    document.add_heading("全县春耕备耕", 1)
    table = document.add_table(rows=2, cols=2)
    cells = [cell for line in table.rows for cell in line.cells]
    for cell, words in zip(cells, ["项目", "面积", "早稻", "3.2万亩"], strict=True):
        cell.text = words
    document.add_paragraph("以上面积均为计划数。")
    document.save(str(tmp_path / "稿.docx"))
    source = load(tmp_path / "稿.docx")
    assert source.text == "全县春耕备耕\n\n项目\t面积\n早稻\t3.2万亩\n\n以上面积均为计划数。"
    assert (source.kind, source.encoding, source.warnings) == ("docx", None, ())


def run(markup: str) -> str:
    return f"<w:r>{markup}</w:r>"


def text(words: str) -> str:
    return f"<w:t>{words}</w:t>"


def row(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


BOX = f"<w:txbxContent>{p('框内5家')}</w:txbxContent>"
TWICE = f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
SEEN = {
    "runs": (p("投入", "2", "0亿元。"), "投入20亿元。"),
    "inserted and deleted": (p("一", f"<w:ins>{run(text('二'))}</w:ins>", f"<w:del>{run('<w:delText>三</w:delText>')}</w:del>"), "一二"),
    "moved away": (p("甲", f"<w:moveFrom>{run(text('旧处'))}</w:moveFrom>", "乙"), "甲乙"),
    "link": (p(f"<w:hyperlink>{run(text('链接'))}</w:hyperlink>"), "链接"),
    "content control": (p(f"<w:sdt><w:sdtContent>{run(text('控件'))}</w:sdtContent></w:sdt>"), "控件"),
    "hidden": (p("见", run("<w:rPr><w:vanish/></w:rPr>" + text("隐藏"))), "见"),
    "not hidden": (p("见", run('<w:rPr><w:vanish w:val="0"/></w:rPr>' + text("不隐藏"))), "见不隐藏"),
    "field": (p(run("<w:instrText>PAGE</w:instrText>" + text("3"))), "3"),
    "tab and break": (p(run(text("3") + "<w:tab/>" + text("页") + "<w:br/>" + text("下一行"))), "3\t页\n下一行"),
    "tab stop": (p('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>', "3家"), "3家"),
    "ruby": (p(run(f"<w:ruby><w:rt>{run(text('lán'))}</w:rt><w:rubyBase>{run(text('岚'))}</w:rubyBase></w:ruby>")), "岚"),
    "text box": (p("正文", run(TWICE), "续完") + p("后文"), "正文续完\n\n框内5家\n\n后文"),
    "table": (row(p("早稻"), p("3.2万亩")), "早稻\t3.2万亩"),
    "table for layout": (row(p("左栏一") + p("左栏二"), p("右栏")), "左栏一\n\n左栏二\n\n右栏"),
    "table in a table": (row(p("外"), row(p("内1"), p("内2")) + p("附注")), "外\n\n内1\t内2\n\n附注"),
}


@pytest.mark.parametrize(("body", "seen"), SEEN.values(), ids=SEEN.keys())
def test_what_the_reader_sees_is_taken(tmp_path: Path, body: str, seen: str) -> None:
    assert load(word_of(tmp_path / "稿.docx", body)).text == seen


def test_notes_follow_the_text(tmp_path: Path) -> None:
    path = word_of(tmp_path / "稿.docx", p("正文5家。"), footnotes=p("脚注：不含个体户。"))
    assert load(path).text == "正文5家。\n\n脚注：不含个体户。"


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    path = word(tmp_path / "稿.docx", "共5家。").rename(tmp_path / "稿.txt")
    assert (load(path).kind, load(path).text) == ("docx", "共5家。")


def test_a_docx_may_come_through_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(tmp_path / "稿.docx", "共5家。").read_bytes()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert load("-").text == "共5家。"
