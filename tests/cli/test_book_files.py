"""Files as clerks have them: workbooks, and catalogues in CNMARC."""

from __future__ import annotations

from pathlib import Path

from ..capture.test_cnmarc import NOVEL, PONDS, record
from ..capture.test_xlsx import book, row
from .clerks import DAY, Clerk


def test_a_workbook_is_posted_and_its_bad_rows_come_back_to_mend(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "书目.xlsx"
    day = '<c r="@" s="1"><v>44923</v></c>'
    path.write_bytes(book(row(1, "日期", "书目号", "题名", "类别") + row(2, day, "0012", "水利志", "水利") + row(4, day, "B2", "黑茶", "天文")))
    said = clerk("post", path, "--type", "书目", "--valid-only", ends=1)
    assert f"{path}:4 类别：“天文”" in said
    assert "记入 1　退回 1" in said
    assert clerk.json("history", "0012")[0]["day"] == DAY
    mended = Path("书目.待改.csv").read_text(encoding="utf-8-sig").replace("天文", "历史")
    Path("书目.待改.csv").write_text(mended, encoding="utf-8-sig")
    assert "记入 1" in clerk("post", "书目.待改.csv", "--type", "书目")
    assert clerk.json("post", path, "--type", "书目", "--valid-only", ends=1)[0]["exists"] == 1


def test_merged_cells_are_told_and_nothing_is_posted(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "书目.xlsx"
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    path.write_bytes(book(row(1, "书目号", "") + row(2, "B1", "x"), more=merged))
    assert "合并的单元格" in clerk("post", path, "--type", "书目", ends=1)


def test_a_catalogue_brings_books_and_copies(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "馆藏.iso"
    path.write_bytes(record(PONDS) + record(NOVEL))
    assert "记入 2" in clerk("post", path, "--type", "书目", "--day", DAY)
    assert "外借类型" in clerk("post", path, "--type", "图书复本", "--day", DAY, ends=1)
    assert "记入 3" in clerk("post", path, "--type", "图书复本", "--day", DAY, "--set", "外借类型=外借")
    assert "01H0000017" in clerk("show", "S00017")
    assert "CNMARC 只有书目和复本" in clerk("post", path, "--type", "馆藏点名录", ends=2)
    clerk("post", path, "--type", "图书复本", "--set", "外借", ends=2)
