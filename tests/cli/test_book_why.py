"""`taizhang why` as an officer types it: the cause in one sentence, then the rows, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from .clerks import Clerk, lend, shelve, table

LOANS = "library.loans@430923@2022"


@pytest.fixture
def lending(clerk_of_both: Clerk, tmp_path: Path) -> Clerk:
    shelve(clerk_of_both, tmp_path)
    lend(clerk_of_both, tmp_path, "C1", 1, "2022-12-28")
    lend(clerk_of_both, tmp_path, "C3", 2, "2022-12-30")
    return clerk_of_both


def test_two_periods(lending: Clerk) -> None:
    said = lending("why", LOANS, "library.loans@安化县@2022-12-28", ends=1)
    assert "甲比乙多 1人次：乙不含其中一段时间（1 条）（+1人次）。" in said
    assert "2022-12-30" in said
    assert "A is 1人次 above B" in lending("why", LOANS, "library.loans@430923@2022-12-28", "--lang", "en", ends=1)
    assert "两个数相同。" in lending("why", LOANS, "library.loans@430923@2022-12")


def test_a_file_of_another_department(lending: Clerk, tmp_path: Path) -> None:
    file = table(tmp_path / "theirs.csv", "日期 条码号 借书", "2022-12-28 C1 1", "2022-12-28 C1 1")
    said = lending("why", LOANS, file, "--column", "借书", ends=1)
    assert "乙缺 1 条（+1人次）" in said
    assert "乙有 1 行重复（-1人次）" in said
    (told,) = lending.json("why", LOANS, file, "--key", "日期,条码号", ends=1)
    assert {tuple(cause["kinds"]): cause["amount"] for cause in told["causes"]} == {("missing",): "1", ("doubled",): "-1"}
    assert told["difference"] == "0"


def test_options_stand_in_for_place_and_period(lending: Clerk) -> None:
    assert "两个数相同" in lending("why", "借阅人次", "library.loans", "--place", "安化县", "--period", "2022")


def test_what_cannot_be_read_is_told(lending: Clerk, tmp_path: Path) -> None:
    assert "读不懂" in lending("why", LOANS, "library.loans@430923@soon", ends=2)
    assert "没有“金额”这一列" in lending("why", LOANS, table(tmp_path / "a.csv", "日期 条码号", "2022-12-28 C1"), "--column", "金额", ends=2)
    assert "missing.csv" in lending("why", LOANS, tmp_path / "missing.csv", ends=2)
