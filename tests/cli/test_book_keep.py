"""Keeping: erase, back up, restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.cli import book_asked, book_keep

from ..acts.older import made_older
from ..books import Databases
from .clerks import Clerk, resident, shelve, table

LONG_AGO = "2010-05-04"


@pytest.fixture
def aged(library: Clerk, tmp_path: Path) -> Clerk:
    """With a person of long ago, whom nothing asks to keep any longer."""
    row = f"{resident(9)} 示例丙"
    library("post", table(tmp_path / "p.csv", "身份证号 姓名", row), "--type", "人员", "--day", LONG_AGO)
    return library


def test_erased_when_its_time_has_come(aged: Clerk) -> None:
    key = aged.json("show", resident(9))[0]["record"]
    assert aged.json("erase", key, "--yes")[0]["what"] == "erased"
    assert "示例丙" not in aged("show", key, "--reveal")
    assert "没有这个对象" in aged("show", resident(9), ends=2)
    assert "相符" in aged("verify")


def test_a_person_registered_by_mistake_is_found_by_the_key_of_the_record(aged: Clerk) -> None:
    told = aged.json("history", resident(9))[0]
    aged("strike", told["uid"], "--why", "登记错了人")
    assert "登记已红冲" in aged("show", told["record"], ends=1)
    assert "红冲：人员" in aged("history", told["record"])
    assert aged.json("erase", told["record"], "--yes")[0]["what"] == "erased"  # the strike is of today, what it withdrew is not
    assert "相符" in aged("verify")


def test_before_its_time_it_is_restricted(library: Clerk) -> None:
    said = library("erase", "R1", "--yes")
    assert "未到期限，已限制查看" in said
    assert "示例甲" not in library("show", "R1", "--reveal")
    assert "restricted until" in library("erase", "R2", "--yes", "--lang", "en")


def test_erasing_asks_first(aged: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--yes" in aged("erase", resident(9), ends=2)
    monkeypatch.setattr(book_keep, "is_somebody_there", lambda: True)
    assert "没有抹除" in aged("erase", resident(9), ends=1, stdin="n\n")
    assert "示例丙" in aged("show", resident(9), "--reveal")
    assert "已抹除" in aged("erase", resident(9), stdin="y\n")


def test_an_id_number_need_not_stand_in_the_history_of_the_shell(aged: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    """For `-` it is read from standard input, or asked for unseen."""
    assert "示例丙" in aged("show", "-", "--reveal", stdin=f"{resident(9)}\n")
    assert "人员" in aged("history", "-", stdin=f"{resident(9)}\n")
    assert "没有输入" in aged("show", "-", ends=2)
    assert "--yes" in aged("erase", "-", stdin=f"{resident(9)}\n", ends=2)
    monkeypatch.setattr(book_asked, "is_somebody_there", lambda: True)
    said = aged("show", "-", stdin=f"{resident(9)}\n")
    assert "不显示" in said
    assert resident(9) not in said
    monkeypatch.undo()
    assert "已抹除" in aged("erase", "-", "--yes", stdin=f"{resident(9)}\n")


def test_several_are_erased_from_a_list(aged: Clerk, tmp_path: Path) -> None:
    row = f"{resident(8)} 示例丁"
    aged("post", table(tmp_path / "p8.csv", "身份证号 姓名", row), "--type", "人员", "--day", LONG_AGO)
    told = aged.json("erase", "-", "--yes", stdin=f"{resident(9)}\n\n{resident(8)}\n")
    assert [one["what"] for one in told] == ["erased", "erased"]


def test_keys_that_nothing_needs_are_destroyed_when_asked(aged: Clerk) -> None:
    assert "无用的密钥 0 个" in aged("erase", "--unused")
    assert aged.json("erase", "--unused") == [{"discarded": 0}]
    assert "二者取一" in aged("erase", ends=2)
    assert "二者取一" in aged("erase", "R1", "--unused", ends=2)


def test_who_may_not_manage_may_not_erase(library: Clerk) -> None:
    library("people", "add", "li", "--name", "示例李")
    library("people", "duty", "li", "填报", "--why", "任命")
    assert "管理" in library.as_("li")("erase", "R1", "--yes", ends=1)
    assert "没有这个对象" in library("erase", "nobody", "--yes", ends=2)


def test_backed_up_and_restored(aged: Clerk, tmp_path: Path) -> None:
    (told,) = aged.json("backup", tmp_path / "backups", "--keys", tmp_path / "keys")
    aged("erase", resident(9), "--yes")
    assert "已恢复" in aged(
        "restore", told["folder"], "--keys", tmp_path / "keys", "--to", tmp_path / "again", "--erased", aged.folder / "book.keys.erased"
    )
    again = Clerk(tmp_path / "again")
    assert "相符" in again("verify")
    assert "示例甲" in again("show", "R1", "--reveal")
    assert "没有这个对象" in again("show", resident(9), ends=2)


def test_restored_on_postgres(databases: Databases, dialect: str, clerk_of_both: Clerk, tmp_path: Path) -> None:
    shelve(clerk_of_both, tmp_path)
    (told,) = clerk_of_both.json("backup", tmp_path / "backups", "--keys", tmp_path / "keys")
    extra = ("--database", databases.empty()) if dialect == "postgres" else ()
    clerk_of_both("restore", told["folder"], "--keys", tmp_path / "keys", "--to", tmp_path / "again", *extra)
    assert "相符" in Clerk(tmp_path / "again")("verify")


def test_backups_that_cannot_be(library: Clerk, tmp_path: Path) -> None:
    assert "在一处" in library("backup", tmp_path / "b", "--keys", tmp_path / "b" / "keys", ends=2)
    (told,) = library.json("backup", tmp_path / "b", "--keys", tmp_path / "k")
    assert "不是备份" in library("restore", tmp_path, "--keys", tmp_path / "k", "--to", tmp_path / "r", ends=2)
    assert "没有密钥备份" in library("restore", told["folder"], "--keys", tmp_path / "none", "--to", tmp_path / "r", ends=2)
    assert "已有一本账本" in library("restore", told["folder"], "--keys", tmp_path / "k", "--to", library.folder, ends=2)
    with (Path(told["folder"]) / "book.sqlite3").open("ab") as file:
        file.write(b"x")
    assert "damaged" in library("restore", told["folder"], "--keys", tmp_path / "k", "--to", tmp_path / "r", "--lang", "en", ends=2)


def test_a_book_of_an_older_program_is_brought_up_by_the_first_command(library: Clerk) -> None:
    """Said in one line beside what was asked for, and once."""
    made_older(library.folder, "", "0003_taken")
    told = library.typed("show", "R1")
    assert told.exit_code == 0
    assert "已更新到本版（0003_taken）" in told.stderr
    assert "更新" not in told.stdout
    assert "更新" not in library("show", "R1")


def test_checking_a_text_says_so_too(library: Clerk, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("2022年12月，县图书馆借出图书3册。", encoding="utf-8")
    made_older(library.folder, "", "0003_taken")
    assert "brought up to this one (0003_taken)" in library.typed("check", tmp_path / "text.txt", "--book", library.folder, "--lang", "en").stderr
