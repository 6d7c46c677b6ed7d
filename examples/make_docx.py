"""Writes article.docx from article.txt: python examples/make_docx.py"""

from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).parent
WRITTEN = datetime(2023, 1, 1, tzinfo=UTC)  # fixed, so that the file only changes with the article


def main() -> None:
    """One Word paragraph for each line; the title and the byline are centred."""
    title, byline, *body = [line for line in (HERE / "article.txt").read_text(encoding="utf-8").splitlines() if line]
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    heading = document.add_paragraph(title)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.runs[0].font.size, heading.runs[0].bold = Pt(22), True
    document.add_paragraph(byline).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in body:
        document.add_paragraph(line).paragraph_format.first_line_indent = Cm(1.13) if line[-1] in "。）" else None
    about = document.core_properties
    about.title, about.author, about.created, about.modified = title, "", WRITTEN, WRITTEN
    document.save(str(HERE / "article.docx"))


if __name__ == "__main__":
    main()
