"""Correcting and going on: strike and restate, renew, give back."""

from __future__ import annotations

import json
from pathlib import Path

from .clerks import DAY, Clerk, lend, resident, shelve, table


def test_lent_renewed_given_back_on_both_databases(clerk_of_both: Clerk, tmp_path: Path) -> None:
    shelve(clerk_of_both, tmp_path)
    lend(clerk_of_both, tmp_path)
    assert "已续借，应还 2023-04-27" in clerk_of_both("renew", "C1", "--day", "2023-01-10")
    assert clerk_of_both.json("balance", "R1")[0]["parts"] == 1
    assert "已归还" in clerk_of_both("return", "C1", "--day", "2023-02-01")
    assert clerk_of_both.json("balance", "R1") == []


def test_a_loan_by_its_uid_and_by_its_number(library: Clerk, tmp_path: Path) -> None:
    uid = lend(library, tmp_path)
    seq = library.json("show", uid)[0]["seq"]
    assert "已续借" in library("renew", uid, "--day", "2023-01-10")
    assert "已归还（应还 2023-04-27，已逾期）" in library("return", seq, "--day", "2023-09-01")
    assert "没有未还的借出" in library("return", uid, ends=1)


def test_the_rules_of_a_loan_hold(library: Clerk, tmp_path: Path) -> None:
    rows = table(tmp_path / "l.csv", "日期 条码号 馆藏点编号 身份证号", f"{DAY} C2 S1 {resident(1)}")
    assert "阅览本不外借" in library("post", rows, "--type", "借出", ends=1)
    lend(library, tmp_path, "C3", 2)
    library("renew", "C3", "--day", "2023-01-02")
    assert "没有记入" in library("renew", "C3", "--day", "2023-01-05", ends=1)
    assert "没有这个对象" in library("renew", "C9", ends=2)
    assert "不是日期" in library("renew", "C3", "--day", "昨天", ends=2)


def test_an_entry_is_struck_and_shown_so(library: Clerk, tmp_path: Path) -> None:
    uid = lend(library, tmp_path)
    assert "已红冲" in library("strike", uid, "--why", "扫错了读者")
    said = library("show", uid)
    assert "已于" in said
    assert "红冲" in said
    assert "扫错了读者" not in library("history", "C1")
    assert "扫错了读者" in library("history", "C1", "--reveal")
    assert "已红冲过" in library("strike", uid, "--why", "再来", ends=1)
    assert library.json("balance", "R1") == []


def test_struck_and_restated_in_one_act(library: Clerk, tmp_path: Path) -> None:
    uid = lend(library, tmp_path)
    again = tmp_path / "again.json"
    again.write_text(json.dumps({"调入": resident(2)}, ensure_ascii=False), encoding="utf-8")
    assert "已红冲，并已重记" in library("strike", uid, "--why", "扫错了读者", "--with", again)
    assert [one["account"].split("/")[0] for one in library.json("balance", "R2")] == ["library.reader"]
    assert library.json("balance", "R1") == []


def test_a_row_of_a_table_restates_too(library: Clerk, tmp_path: Path) -> None:
    entry = library.json("history", "B2")[0]
    row = table(tmp_path / "again.csv", "书目号 题名 类别", "B2 安化黑茶志 历史")
    library("strike", entry["uid"], "--why", "题名抄错", "--with", row)
    assert "安化黑茶志" in library("show", "B2")
    two = table(tmp_path / "two.csv", "书目号 题名", "B2 甲", "B2 乙")
    assert "不止一行" in library("strike", entry["uid"], "--why", "x", "--with", two, ends=2)


def test_several_are_corrected_together_and_named_by_their_numbers(library: Clerk, tmp_path: Path) -> None:
    first, second = (library.json("history", book)[0]["seq"] for book in ("B1", "B2"))
    rows = table(tmp_path / "again.csv", "第几条 题名", f"第{second}条 黑茶志", f"{first} 水利志")
    assert "已红冲，并已重记" in library("strike", first, f"第{second}条", "--why", "题名抄错", "--with", rows)
    assert "水利志" in library("show", "B1")
    assert "黑茶志" in library("show", "B2")
    other = table(tmp_path / "other.csv", "第几条 题名", f"{first} 甲", "99 乙")
    assert "“第几条”一列" in library("strike", first, second, "--why", "x", "--with", other, ends=2)


def test_a_strike_that_cannot_be(library: Clerk, tmp_path: Path) -> None:
    uid = lend(library, tmp_path)
    acquired = next(one["uid"] for one in library.json("history", "C1") if one["type"] == "library.acquire")
    said = library("strike", acquired, "--why", "没有入藏", ends=1)
    lent = library.json("show", uid)[0]["seq"]
    assert f"第{lent}条" in said, "the later movement to restate is named"
    assert "没有写" in library("strike", uid, "--why", " ", ends=1) or "写明原因" in library("strike", uid, "--why", " ", ends=1)
    assert "账本里没有这一条" in library("strike", "99999", "--why", "x", ends=2)
    assert "账本里没有这一条" in library("strike", "什么", "--why", "x", ends=2)
    assert "no such entry" in library("strike", "0" * 32, "--why", "x", "--lang", "en", ends=2)
