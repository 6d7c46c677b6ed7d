"""Posting a file: good rows, bad rows, again, stopped, and what nobody should ever see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from taizhang.acts import importing
from taizhang.cli import book_post

from .clerks import DAY, Clerk, resident, shelve, table

BOOKS = "书目号 题名 类别"


def test_rows_are_posted_once_on_both_databases(clerk_of_both: Clerk, tmp_path: Path) -> None:
    shelve(clerk_of_both, tmp_path)
    assert "已有 2" in clerk_of_both("post", tmp_path / "books.csv", "--type", "书目", "--day", DAY)
    (told,) = clerk_of_both.json("post", tmp_path / "in.csv", "--type", "入藏", "--day", DAY)
    assert (told["rows"], told["ok"], told["exists"], told["bad"], told["problems"]) == (3, 0, 3, 0, [])
    assert [one["parts"] for one in clerk_of_both.json("balance", "S1")] == [1, 1, 1]


def test_a_bad_row_stops_the_file_and_is_named_with_row_and_column(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利", "B2 坏书 天文", "- 无号 水利")
    said = clerk("post", rows, "--type", "书目", ends=1)
    assert f"{rows}:3 类别：" in said
    assert f"{rows}:4 书目号：" in said
    assert "退回 2" in said
    assert "没有记入" in said
    assert "--valid-only" in said
    assert Path("b.待改.csv").exists()


def test_a_column_that_is_wrong_throughout_is_told_once(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, *(f"B{n} 书{n} 天文" for n in range(300)), "- 无号 水利")
    said = clerk("post", rows, "--type", "书目", ends=1)
    assert said.count("类别：“天文”") == 1
    assert f"{rows}:302 书目号：没有填写" in said
    assert "这样的共 300 行：第 2、3、4、5、6……行。" in said
    assert "退回 301" in said


def test_the_good_rows_first_then_the_mended_ones(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利", "B2 坏书 天文")
    said = clerk("post", rows, "--type", "书目", "--valid-only", "--mend", "mend.csv", ends=1)
    assert "记入 1" in said
    assert "mend.csv" in said
    mended = Path("mend.csv").read_text(encoding="utf-8-sig").replace("天文", "文学")
    Path("mend.csv").write_text(mended, encoding="utf-8-sig")
    assert "记入 1" in clerk("post", "mend.csv", "--type", "书目")


def test_a_check_posts_nothing(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利")
    assert "各行都能记。这次只是检查" in clerk("post", rows, "--type", "书目", "--check")
    assert "没有这个对象" in clerk("show", "B1", ends=2)


def test_a_check_judges_what_only_posting_tells(library: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "out.csv", "条码号 馆藏点编号 身份证号", f"C1 S1 {resident(1)}", f"C1 S1 {resident(2)}")
    said = library("post", rows, "--type", "借出", "--check", ends=1)
    assert f"{rows}:3" in said
    assert "各行都能记" not in said
    assert len(library.json("balance", "S1")) == 3


def test_an_edited_file_says_what_it_repeats(clerk: Clerk, tmp_path: Path) -> None:
    clerk("post", table(tmp_path / "b.csv", BOOKS, "B1 好书 水利"), "--type", "书目", "--day", DAY)
    edited = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利", "B2 好书二 水利")
    seq = clerk.json("history", "B1")[0]["seq"]
    said = clerk("post", edited, "--type", "书目", "--day", DAY, ends=1)
    assert f"共 1 行：第2行（第{seq}条）。确是另一件事，请加 --again" in said
    assert "记入 1　重复 1" in said
    assert f"rows 1: row 2 (entry {seq})" in clerk("post", edited, "--type", "书目", "--day", DAY, "--lang", "en", ends=1)
    assert clerk.json("post", edited, "--type", "书目", "--day", DAY, "--again")[0]["ok"] == 1


def test_a_sheet_without_days_is_of_today_and_says_so(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利")
    assert "都按今天 20" in clerk("post", rows, "--type", "书目")
    other = table(tmp_path / "c.csv", BOOKS, "B4 好书 水利")
    assert "都按今天" not in clerk("post", other, "--type", "书目", "--day", DAY)
    gap = table(tmp_path / "d.csv", f"日期 {BOOKS}", f"{DAY} B2 好书 水利", "- B3 好书 水利")
    assert f"{gap}:3 日期：没有填写" in clerk("post", gap, "--type", "书目", ends=1)


def test_what_is_not_registered_yet_is_told_apart(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "c.csv", "条码号 所属书目 外借类型", "C1 B1 外借")
    said = clerk("post", rows, "--type", "图书复本", ends=1)
    assert "待登记 1" in said
    assert "尚未登记" in said


def test_a_head_that_means_nothing_is_told_once(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", f"{BOOKS} 颜色", *(f"B{n} 书 水利 红" for n in range(30)))
    said = clerk("post", rows, "--type", "书目", ends=1)
    assert said.count("颜色") == 1
    assert "没有记入" in said
    assert not Path("b.待改.csv").exists()


def test_standard_input_and_json(clerk: Clerk) -> None:
    line = '{"书目号": "B1", "题名": "好书"}\n{"书目号": "B2", "题名": 3}\n'
    (told,) = clerk.json("post", "-", "--type", "library.book", stdin=line)
    assert (told["ok"], told["type"]) == (2, "library.book")
    assert "共 1 行" in clerk("post", "-", "--type", "书目", ends=1, stdin="书目号,题名\nB3,\n")
    assert Path("library.book.待改.csv").exists()


@pytest.mark.parametrize("words", ["书目", "book", "library.book", "老干部图书室/书目", "library/book"])
def test_a_type_by_title_or_name(clerk: Clerk, tmp_path: Path, words: str) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利")
    assert clerk.json("post", rows, "--type", words)[0]["type"] == "library.book"


def test_a_type_that_is_none_or_several(clerk: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利")
    said = clerk("post", rows, "--type", "书木目", ends=2)
    assert "没有这一类" in said
    assert "是否应为“书目”" in said
    assert "no such type" in clerk("post", rows, "--type", "借", "--lang", "en", ends=2)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "找不到这个文件"),
        ("empty.csv", b"", "空"),
        ("sheet.csv", b"PK\x03\x04" + b"\0" * 200, "工作簿"),
        ("heads.csv", "书目号,题名\n".encode(), "行"),
        ("odd.csv", b"\xff\xfe\x00\xd8" * 40, ""),
    ],
)
def test_files_that_are_none(clerk: Clerk, tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = clerk.typed("post", path, "--type", "书目")
    assert done.exit_code in (1, 2)
    assert said in done.output
    assert "Traceback" not in done.output
    assert "本程序出错" not in done.output


def test_personal_values_are_never_repeated(clerk: Clerk, tmp_path: Path) -> None:
    wrong = resident(7)[:-1] + ("0" if resident(7)[-1] != "0" else "1")
    rows = table(tmp_path / "r.csv", "身份证号 姓名 借书证号 读者类型", f"{wrong} 示例错 R9 离退休干部")
    said = clerk("post", rows, "--type", "读者", ends=1)
    assert "校验位" in said
    assert wrong not in said
    assert "示例错" not in said


def test_who_may_enter_nothing_is_told_so(clerk: Clerk, tmp_path: Path) -> None:
    clerk("people", "add", "wang", "--name", "示例王")
    clerk("people", "duty", "wang", "审计", "--why", "任命")
    rows = table(tmp_path / "b.csv", BOOKS, "B1 好书 水利")
    assert "您没有填报老干部图书室的职责" in clerk.as_("wang")("post", rows, "--type", "书目", ends=2)


def test_stopped_it_says_where_and_goes_on_from_there(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    rows = table(tmp_path / "b.csv", BOOKS, *(f"B{n} 书{n} 水利" for n in range(35)))
    batches = 0

    @contextmanager
    def stopping(_: Any) -> Iterator[Any]:
        def tell(phase: str, done: int, whole: int) -> None:
            nonlocal batches
            batches += phase == "post"
            if batches == 2:
                raise KeyboardInterrupt

        yield tell

    monkeypatch.setattr(book_post, "phases", stopping)
    said = clerk("post", rows, "--type", "书目", ends=130)
    assert "已停在第 21 行" in said
    batches = -99
    (told,) = clerk.json("post", rows, "--type", "书目")
    assert (told["exists"], told["ok"], told["stopped_at"]) == (20, 15, None)


def test_stopped_while_checking_nothing_was_posted(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    @contextmanager
    def stopping(_: Any) -> Iterator[Any]:
        yield stop

    monkeypatch.setattr(book_post, "phases", stopping)
    rows = table(tmp_path / "b.csv", BOOKS, "B1 书 水利")
    assert "什么都没有记入" in clerk("post", rows, "--type", "书目", ends=130)
    assert "Nothing was posted" in clerk("post", rows, "--type", "书目", "--lang", "en", ends=130).replace("nothing", "Nothing")


def test_a_book_that_somebody_else_is_writing(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taizhang.ledger.database.BUSY_SECONDS", 0.2)
    rows = table(tmp_path / "b.csv", BOOKS, "B1 书 水利")
    other = sqlite3.connect(clerk.folder / "book.sqlite3")
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "正被另一个程序使用" in clerk("post", rows, "--type", "书目", ends=2)
        assert "another program" in clerk("post", rows, "--type", "书目", "--lang", "en", ends=2)
    finally:
        other.close()
    assert "记入 1" in clerk("post", rows, "--type", "书目")


@pytest.mark.parametrize("missing", ["signing.pem", "book.sqlite3", "book.json"])
def test_a_book_with_a_part_missing(clerk: Clerk, missing: str) -> None:
    (clerk.folder / missing).unlink()
    said = clerk("checkpoint", ends=2)
    assert not (clerk.folder / missing).exists()
    assert "本程序出错" not in said
    assert "Traceback" not in said


def test_usage_errors_speak_both_languages(clerk: Clerk) -> None:
    for words in (("post",), ("post", "x.csv"), ("post", "x.csv", "--type"), ("post", "x", "--type", "y", "--format", "xml"), ("pack",)):
        said = clerk("post" if words == ("pack",) else words[0], *words[1:], ends=2)
        assert " · " in said
