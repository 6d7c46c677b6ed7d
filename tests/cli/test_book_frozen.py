"""Printing figures and what becomes of them: frozen, proved, and named when an entry they used is withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .clerks import Clerk, lend, shelve
from .test_book_proof import verified

LOANS = ("figure", "借阅人次", "--period", "2022-12")


@pytest.fixture
def lending(clerk_of_both: Clerk, tmp_path: Path) -> Clerk:
    shelve(clerk_of_both, tmp_path)
    lend(clerk_of_both, tmp_path, "C1", 1, "2022-12-28")
    lend(clerk_of_both, tmp_path, "C3", 2, "2022-12-30")
    return clerk_of_both


def number_of_loan(clerk: Clerk, copy: str) -> int:
    return int(next(one["seq"] for one in reversed(clerk.json("history", copy)) if one["type"] == "library.lend"))


def test_frozen_and_listed(lending: Clerk) -> None:
    assert "还没有封存的数" in lending("frozen", "list")
    said = lending(*LOANS, "--freeze", "简报第1期")
    assert "已封存 1 个数，用在：简报第1期" in said
    assert "指纹" in said
    (kept,) = lending.json("frozen", "list")
    assert (kept["label"], kept["printed"], kept["title"]) == ("简报第1期", "2", "借阅人次")
    assert "简报第1期" in lending("frozen", "list")
    assert lending.json("frozen", "list", "--label", "别的") == []
    assert "printed in" in lending("frozen", "list", "--lang", "en")


def test_every_cell_of_a_breakdown_is_frozen(lending: Clerk) -> None:
    frozen = lending.json(*LOANS, "--by", "copy.book.subject", "--freeze", "附表")
    assert sorted((one["of"]["copy.book.subject"], one["printed"]) for one in frozen) == [("历史", "1"), ("水利", "1")]


def test_a_strike_says_where_the_entry_was_used(lending: Clerk) -> None:
    seq = number_of_loan(lending, "C3")
    lending(*LOANS, "--freeze", "简报第1期")
    lending("figure", "在借册数", "--period", "2022-12-30", "--freeze", "简报第1期")
    lending("figure", "借阅人次", "--period", "2021", "--freeze", "年鉴", ends=2)
    said = lending("strike", seq, "--why", "写错")
    assert f"第{seq}条曾用于 2 个已公布的数；用 taizhang affected {seq} 列出。" in said
    used = lending.json("affected", seq)
    assert [(one["printed"], one["now"], one["difference"]) for one in used] == [("2", "1", "-1"), ("2", "1", "-1")]
    listed = lending("affected", seq)
    assert "用于 2 个已公布的数，其中 2 个现在不同。" in listed
    assert [one["printed"] for one in lending.json("frozen", "list")] == ["2", "2"]


def test_why_a_printed_figure_is_another_today(lending: Clerk) -> None:
    (frozen,) = lending.json(*LOANS, "--freeze", "简报第1期")
    assert "两个数相同" in lending("why", f"第{frozen['seq']}条")
    lending("strike", number_of_loan(lending, "C3"), "--why", "写错")
    said = lending("why", f"第{frozen['seq']}条", ends=1)
    assert "甲比乙少 1人次：乙里有 1 条已红冲（-1人次）。" in said
    assert "简报第1期 借阅人次" in said
    assert lending("why", f"frozen:{frozen['seq']}", "借阅人次@430923@2022-12", ends=1)
    assert "没有封存数" in lending("why", "第1条", ends=2)
    assert "B" in lending("why", "借阅人次@430923@2022-12", ends=2)


def test_an_entry_that_no_figure_used(lending: Clerk) -> None:
    lending(*LOANS, "--freeze", "简报第1期")
    assert "没有哪个已公布的数用过这一条" in lending("affected", 1)
    assert "曾用于" not in lending("strike", number_of_loan(lending, "C3"), "--why", "写错", "--format", "json")


def test_a_proof_of_a_figure_stands_up_to_the_verifier(lending: Clerk, tmp_path: Path) -> None:
    key, proof = lending("key").strip(), tmp_path / "proof.json"
    assert "这个数和它的 2 个条目" in lending(*LOANS, "--proof", proof)
    lending("export", "--blind", tmp_path / "all.blind")
    held = verified("--key", key, "--export", tmp_path / "all.blind", proof)
    assert held.returncode == 0, held.stderr
    assert "借阅人次 2 人次" in held.stdout
    assert "没有遗漏" in held.stdout
    told = json.loads(proof.read_text(encoding="utf-8"))
    told["figure"]["value"] = "3"
    proof.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert verified("--key", key, proof).returncode == 1
    told["figure"]["value"], told["entries"] = "1", told["entries"][:1]
    proof.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert verified("--key", key, "--export", tmp_path / "all.blind", proof).returncode == 1


def test_a_figure_beyond_the_verifier_is_proved_by_its_entries(lending: Clerk, tmp_path: Path) -> None:
    key, proof = lending("key").strip(), tmp_path / "proof.json"
    assert "只有" in lending("figure", "在借册数", "--period", "2022-12-30", "--proof", proof)
    held = verified("--key", key, proof)
    assert held.returncode == 0, held.stderr
    assert json.loads(proof.read_text(encoding="utf-8"))["figure"] is None
