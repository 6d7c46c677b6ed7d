"""`taizhang demo`: a book of invented data says so wherever it is shown, and no other book does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .clerks import PLACES, Clerk

FOOT = "演示账本：数据均为虚构"
TOTALS = """title: 例
place: "430923"
totals:
  - {indicator: traffic.violations, place: 安化县, period: 2022-12, value: 12}
  - {indicator: traffic.fines, place: 安化县, period: 2022-12, value: 1234.5}
"""


@pytest.fixture
def demo(tmp_path: Path) -> tuple[Clerk, str]:
    """A clerk at a demonstration book, and what was said when it was built."""
    (tmp_path / "totals.yaml").write_text(TOTALS, encoding="utf-8")
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    clerk = Clerk(tmp_path / "demo", "demo")
    return clerk, clerk("demo", clerk.folder, "--totals", tmp_path / "totals.yaml", "--places", tmp_path / "places.csv", "--strike", 2)


def test_it_tells_every_total_with_what_the_book_says(demo: tuple[Clerk, str]) -> None:
    said = demo[1].splitlines()
    assert [line.split()[-2:] for line in said[1:3]] == [["12", "12"], ["1234.5", "1234.5"]]
    assert "2 个总数都一分不差，核验相符" in said[3]
    assert "随后随机红冲 2 条" in said[4]
    assert said[5] == FOOT


def test_every_command_of_the_book_says_that_it_is_invented(demo: tuple[Clerk, str]) -> None:
    clerk, _ = demo
    for words in (["show", "城区中队"], ["figure", "traffic.violations", "--period", "2022-12"], ["verify"], ["log"], ["review"]):
        typed = clerk.typed(*words)
        assert typed.stdout.splitlines()[-1] == FOOT, words
    assert clerk("verify", "--lang", "en").splitlines()[-1] == "A demonstration book: everything in it is invented"
    typed = clerk.typed("figure", "traffic.violations", "--period", "2022-12", "--format", "json")
    assert typed.stderr.splitlines()[-1] == FOOT
    assert json.loads(typed.stdout.splitlines()[0])["value"]


def test_the_book_says_so_itself_and_in_a_backup(demo: tuple[Clerk, str], tmp_path: Path) -> None:
    clerk, _ = demo
    told = json.loads((clerk.folder / "book.json").read_text(encoding="utf-8"))
    assert told["demo"] is True
    assert "数据均为虚构" in told["title"]
    clerk("backup", tmp_path / "backups", "--keys", tmp_path / "keys")
    (copy,) = (tmp_path / "backups").iterdir()
    clerk("restore", copy, "--keys", tmp_path / "keys", "--to", tmp_path / "again")
    assert Clerk(tmp_path / "again", "demo")("verify").splitlines()[-1] == FOOT


def test_a_real_book_is_not_written_into_and_says_nothing_of_it(library: Clerk, tmp_path: Path) -> None:
    (tmp_path / "totals.yaml").write_text(TOTALS, encoding="utf-8")
    before = library.json("verify")[0]["entries"]
    assert "这里是一本真的账本" in library("demo", library.folder, "--totals", tmp_path / "totals.yaml", ends=2)
    assert library.json("verify")[0]["entries"] == before
    assert FOOT not in library("verify")


def test_contradictory_totals_are_told_and_leave_nothing(tmp_path: Path) -> None:
    row = "  - {indicator: traffic.violations, place: 安化县, period: 2022-12-05, value: 13}\n"
    (tmp_path / "totals.yaml").write_text(TOTALS + row, encoding="utf-8")
    clerk = Clerk(tmp_path / "demo", "demo")
    said = clerk("demo", clerk.folder, "--totals", tmp_path / "totals.yaml", ends=2)
    assert "totals.yaml:4" in said
    assert "totals.yaml:6" in said
    assert not clerk.folder.exists()
    assert "page" in clerk("demo", clerk.folder, "--totals", "nothing", ends=2)


def test_a_text_checked_beside_it_is_told_so_too(demo: tuple[Clerk, str], tmp_path: Path) -> None:
    clerk, _ = demo
    article = tmp_path / "article.txt"
    article.write_text("安化县道路安全\n2022年12月，安化县查处交通违法12起。\n", encoding="utf-8")
    said = clerk("check", article, "--book", clerk.folder, ends=1)  # two of the twelve were struck
    assert "“查处交通违法”为10起" in said
    assert FOOT in said.splitlines()
    clerk("check", article, "--book", clerk.folder, "--html", tmp_path / "out.html", ends=1)
    assert FOOT in (tmp_path / "out.html").read_text(encoding="utf-8")
    told = clerk.typed("check", article, "--book", clerk.folder, "--json")
    assert json.loads(told.stdout.splitlines()[0])["invented"] is True


@pytest.mark.parametrize(("stops", "says", "ends"), [(12, "相符　12起", 0), (15, "“查处交通违法”为15起", 1)])
def test_a_book_of_other_totals_refutes_the_same_text_with_its_own_value(tmp_path: Path, stops: int, says: str, ends: int) -> None:
    (tmp_path / "totals.yaml").write_text(TOTALS.replace("value: 12}", f"value: {stops}}}"), encoding="utf-8")
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    article = tmp_path / "article.txt"
    article.write_text("安化县道路安全\n2022年12月，安化县查处交通违法12起。\n", encoding="utf-8")
    clerk = Clerk(tmp_path / "demo", "demo")
    clerk("demo", clerk.folder, "--totals", tmp_path / "totals.yaml", "--places", tmp_path / "places.csv")
    assert says in clerk("check", article, "--book", clerk.folder, ends=ends)
