"""Figures at the command line: asked for in words, broken down, traced; and what is told when they cannot be."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .clerks import DAY, Clerk, lend


@pytest.fixture
def lent(library: Clerk, tmp_path: Path) -> Clerk:
    """A copy of each book is lent, to two readers."""
    lend(library, tmp_path, "C1", 1)
    lend(library, tmp_path, "C3", 2, "2022-12-29")
    return library


def test_a_figure_by_title_synonym_or_key(lent: Clerk) -> None:
    for words in ("借阅人次", "图书借阅", "library.loans", "loans"):
        (figure,) = lent.json("figure", words, "--period", "2022")
        assert (figure["value"], figure["unit"], figure["state"], figure["version"]) == ("2", "人次", "known", 1)
        assert figure["warnings"] == []


def test_it_reads_well_in_both_languages(lent: Clerk) -> None:
    said = lent("figure", "借阅人次", "--period", "2022-12", "--by", "读者类型,日").splitlines()
    assert said[0] == "借阅人次　安化县　2022-12"
    assert [line.split() for line in said[1:5]] == [
        ["读者类型", "日", "数"],
        ["在职职工", "2022-12-29", "1", "人次"],
        ["离退休干部", DAY, "1", "人次"],
        ["全部", "2", "人次"],
    ]
    assert said[5].startswith("老干部图书室定义第1版　截至第")
    english = lent("figure", "loans", "--period", "2022-12", "--lang", "en")
    assert "loans   安化县   2022-12" in english
    assert "definition: Lending library version 1" in english


def test_a_stock_is_of_a_day_and_what_is_not_over_is_told(lent: Clerk) -> None:
    assert lent("figure", "在借册数", "--period", "2022-12-28").startswith("在借册数　安化县　2022-12-28\n")
    said = lent("figure", "借阅人次", "--period", "2999")
    assert "注意：" in said
    assert "还没有过完" in said


def test_records_in_a_breakdown_are_told_by_their_numbers_and_never_by_name(lent: Clerk) -> None:
    said = lent("figure", "借阅人次", "--period", "2022", "--by", "target")
    assert "R1" in said
    assert "R2" in said
    assert "示例" not in said
    (one,) = lent.json("figure", "借阅人次", "--period", "2022", "--of", "copy.book=B1")
    assert one["value"] == "1"


def test_as_of_an_entry_or_a_day(lent: Clerk) -> None:
    (now,) = lent.json("figure", "借阅人次", "--period", "2022")
    (before,) = lent.json("figure", "借阅人次", "--period", "2022", "--as-of", now["as_of"] - 1)
    assert (before["value"], before["as_of"]) == ("1", now["as_of"] - 1)
    (never,) = lent.json("figure", "借阅人次", "--period", "2022", "--as-of", "2000-01-01")
    assert (never["state"], never["value"], never["as_of"]) == ("no_record", None, 0)


def test_a_trace_is_paged_and_adds_up(lent: Clerk) -> None:
    rows = lent.json("figure", "藏书册数", "--period", "2022", "--trace")
    assert sum(int(row["adds"]) for row in rows) == 1
    first = lent("figure", "藏书册数", "--period", "2022", "--trace", "--limit", "2")
    assert f"还有：--after {rows[1]['seq']}" in first
    rest = lent.json("figure", "藏书册数", "--period", "2022", "--trace", "--after", rows[1]["seq"])
    assert rest == rows[2:]


def test_a_table_for_a_spreadsheet(lent: Clerk, tmp_path: Path) -> None:
    lent("figure", "借阅人次", "--period", "2022", "--by", "月", "--csv", tmp_path / "月.csv")
    with (tmp_path / "月.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["月", "借阅人次", "单位"]
    assert rows[1] == ["2022-01", "无记录", "人次"]
    assert rows[12] == ["2022-12", "2", "人次"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("借阅次数",), "借阅人次（library.loans）"),
        (("借阅人次", "--place", "长沙市"), "--place"),
        (("借阅人次", "--period", "去年"), "“去年”不是时期"),
        (("借阅人次", "--by", "颜色"), "copy.book.subject、reader.kind"),
        (("借阅人次", "--of", "读者类型"), "--of"),
        (("借阅人次", "--as-of", "前天"), "不是条目的编号，也不是日期"),
        (("借阅人次", "--as-of", "99999"), "没有第 99999 条"),
    ],
)
def test_what_cannot_be_placed_is_told(lent: Clerk, words: tuple[str, ...], told: str) -> None:
    assert told in lent("figure", *words, ends=2)


def test_somebody_without_the_duty_is_told_nothing(lent: Clerk) -> None:
    lent("people", "add", "wang", "--name", "示例王")
    lent("people", "duty", "wang", "查看", "--programme", "medicine", "--why", "任命")
    said = lent.as_("wang")("figure", "借阅人次", "--period", "2022", ends=2)
    assert "不在您的职责之内" in said


def test_a_book_that_did_not_verify_says_so(lent: Clerk) -> None:
    lent("verify")
    (sound,) = lent.json("figure", "借阅人次", "--period", "2022")
    assert sound["warnings"] == []
    mark = lent.folder / "verified.json"
    mark.write_text(mark.read_text(encoding="utf-8").replace("0", "1"), encoding="utf-8")
    (warned,) = lent.json("figure", "借阅人次", "--period", "2022")
    assert warned["warnings"][0]["found"] == "账本核验有问题，此数未必可信"
    assert warned["value"] == "2"
