"""Proof: verify names what is wrong, and what is proved stands up to the verifier."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from .clerks import Clerk, lend, shelve, table

VERIFIER = Path(__file__).resolve().parents[2] / "verifier" / "taizhang_verify.py"


def verified(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(VERIFIER), *map(str, words)], capture_output=True, encoding="utf-8", check=False)


def test_proved_exported_and_verified_on_both_databases(clerk_of_both: Clerk, tmp_path: Path) -> None:
    shelve(clerk_of_both, tmp_path)
    uid = lend(clerk_of_both, tmp_path)
    key = clerk_of_both("key").strip()
    (tmp_path / "proof.json").write_text(clerk_of_both("prove", uid, 3), encoding="utf-8")
    assert "已导出" in clerk_of_both("export", "--blind", tmp_path / "all.blind")
    assert verified("--key", key, tmp_path / "proof.json").returncode == 0
    assert verified("--key", key, "--export", tmp_path / "all.blind", tmp_path / "proof.json").returncode == 0
    (told,) = clerk_of_both.json("verify")
    assert (told["checkpoints"], told["problems"]) == (1, [])


def test_the_fingerprint_is_the_same_wherever_it_is_printed(library: Clerk) -> None:
    printed = library("checkpoint").splitlines()[0]
    assert printed in library("verify")
    assert len(printed.split()) == 9
    (told,) = library.json("checkpoint")
    assert printed == f"指纹 {told['fingerprint']}"
    assert told["text"].splitlines()[1] == str(told["size"])


def test_whoever_changed_an_entry_is_found_out(clerk_of_both: Clerk, dialect: str, tmp_path: Path) -> None:
    shelve(clerk_of_both, tmp_path)
    change = "UPDATE entry SET day = '2001-01-01' WHERE seq = 3"
    if dialect == "sqlite":
        with sqlite3.connect(clerk_of_both.folder / "book.sqlite3") as database:
            database.execute("DROP TRIGGER entry_is_not_changed")
            database.execute(change)
        database.close()
    else:
        address = clerk_of_both.json("log", "--limit", "1") and (clerk_of_both.folder / "book.json").read_text(encoding="utf-8")
        url = address.split('"database": "')[1].split('"')[0]
        with psycopg.connect(url) as database:
            database.execute("DROP TRIGGER entry_is_not_changed ON entry")
            database.execute(change)
    said = clerk_of_both("verify", ends=1)
    assert "3" in said
    assert "不符" in said
    assert "Not as it was written" in clerk_of_both("verify", "--lang", "en", ends=1)


def test_a_wrong_balance_is_named_and_rebuilt(library: Clerk) -> None:
    with sqlite3.connect(library.folder / "book.sqlite3") as database:
        database.execute("UPDATE balance SET quantity = 7 WHERE quantity = 1")
    database.close()
    assert "taizhang rebuild" in library("verify", ends=1)
    assert "已由" in library("rebuild")
    assert "相符" in library("verify")


def test_a_proof_needs_entries_that_are_there(library: Clerk) -> None:
    assert "账本里没有这一条" in library("prove", "99999", ends=2)
    assert "PROVE" not in library("prove", ends=2)


def test_the_export_is_blind_and_needs_an_auditor(library: Clerk, tmp_path: Path) -> None:
    library("export", "--blind", tmp_path / "a.blind")
    assert "示例甲" not in (tmp_path / "a.blind").read_text(encoding="utf-8")
    assert " · " in library("export", tmp_path / "b", ends=2)
    library("people", "add", "li", "--name", "示例李")
    library("people", "duty", "li", "填报", "--why", "任命")
    li = library.as_("li")
    assert "审计" in li("export", "--blind", tmp_path / "c", ends=2)
    assert "这要看整本账" in li("verify", ends=2)
    assert "管理" in li("rebuild", ends=2)


@pytest.mark.parametrize("target", ["missing/all.blind", "."])
def test_a_place_that_cannot_be_written(library: Clerk, tmp_path: Path, target: str) -> None:
    said = library("export", "--blind", tmp_path / target, ends=2)
    assert "本程序出错" not in said


def test_waiting_entries_are_no_entries_yet(clerk: Clerk, tmp_path: Path) -> None:
    clerk("people", "add", "li", "--name", "示例李")
    clerk("people", "duty", "li", "填报", "--why", "任命")
    before = clerk.json("verify")[0]["entries"]
    clerk.as_("li")("post", table(tmp_path / "d.csv", "药品编码 药品名称 每盒片数", "D1 布洛芬片 20"), "--type", "药品目录")
    assert clerk.json("verify")[0]["entries"] == before
