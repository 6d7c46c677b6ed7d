"""Setting up a book: init, places, packs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.core import InputError
from taizhang.ledger.places import find_source

from ..books import Databases
from ..conftest import IN_CI
from .clerks import PLACES, Clerk, founded


def test_a_book_is_founded_and_what_comes_next_is_said(tmp_path: Path) -> None:
    said = Clerk(tmp_path)("init", tmp_path / "b", "--place", "安化县")
    assert "已建账：湖南省益阳市安化县" in said
    assert "taizhang places load" in said
    assert json.loads((tmp_path / "b" / "book.json").read_text(encoding="utf-8"))["place"] == 430923


def test_the_same_on_both_databases(clerk_of_both: Clerk) -> None:
    assert clerk_of_both.json("pack", "list")[0][0] == {"pack": "library", "title": "老干部图书室", "version": 1}
    assert clerk_of_both.json("places", "find", "甲村")[0][0]["path"] == "43/4309/430923/430923101/430923101201/"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--place", "鼓楼区"), "4 处都叫"),
        (("--place", "火星"), "没有区划"),
        (("--place", "4309231"), "没有区划"),
        (("--place", "43", "--database", "mysql://u:secret@h/b"), "地址读不懂"),
        (("--place", "43", "--database", "postgresql://u:secret@127.0.0.1:1/b"), "不能使用"),
    ],
)
def test_a_book_that_cannot_be_founded(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    printed = Clerk(tmp_path)("init", tmp_path / "b", *words, ends=2)
    assert said in printed
    assert "secret" not in printed
    assert not (tmp_path / "b" / "book.json").exists()


def test_a_folder_in_use_is_left_alone(clerk: Clerk) -> None:
    assert "这里已有一本账本" in clerk("init", clerk.folder, "--place", "43", ends=2)
    assert "there is a book here already" in clerk("init", clerk.folder, "--place", "43", "--lang", "en", ends=2)


def test_no_book_and_no_such_user(clerk: Clerk, tmp_path: Path) -> None:
    assert "这里没有账本" in Clerk(tmp_path)("log", ends=2)
    assert "没有这个用户" in clerk.as_("nobody")("log", ends=2)
    assert "no such user" in clerk.as_("nobody")("log", "--lang", "en", ends=2)


def test_a_countys_list_of_places(tmp_path: Path) -> None:
    clerk = founded(tmp_path / "b")
    assert clerk.json("places", "load", "--from", tmp_path / "places.csv") == [
        {"added": 0, "changed": 0, "unchanged": 5, "kept": 0, "problems": []}
    ]
    bad = tmp_path / "bad.csv"
    bad.write_text(PLACES + "统计,4309231,短,\n", encoding="utf-8")
    assert "没有装入" in clerk("places", "load", "--from", bad, ends=1)
    assert "cannot be opened" in clerk("places", "load", "--from", "none.csv", "--lang", "en", ends=1)


def test_the_places_of_the_country(tmp_path: Path) -> None:
    try:
        find_source()
    except InputError as absent:
        if IN_CI:
            pytest.fail(str(absent))
        pytest.skip(f"left out: the places of the country: {absent}")
    clerk = Clerk(tmp_path / "b")
    clerk("init", tmp_path / "b", "--place", "430923")
    assert clerk.json("places", "load")[0]["added"] > 400
    assert "清塘铺镇" in clerk("places", "find", "安化")


def test_places_are_found_by_code_and_name(clerk: Clerk) -> None:
    said = clerk("places", "find", "安化县清塘铺镇")
    assert said.splitlines()[0] == "湖南省益阳市安化县清塘铺镇　430923101"
    assert "甲村" in said
    assert "查不到地点" in clerk("places", "find", "火星", ends=1)
    assert clerk.json("places", "find", "火星", ends=1)[0]["problem"]["found"]


def test_a_pack_is_started_checked_tried_and_installed(clerk: Clerk) -> None:
    assert "已建 ponds" in clerk("pack", "new", "ponds")
    assert "没有问题" in clerk("pack", "check", "ponds")
    assert "不符 0 个" in clerk("pack", "test", "ponds")
    assert "第 1 版" in clerk("pack", "install", "ponds")
    assert "没有变化" in clerk("pack", "install", "ponds")
    assert clerk.json("pack", "install", "ponds")[0]["fresh"] is False


def test_all_problems_of_a_pack(clerk: Clerk) -> None:
    clerk("pack", "new", "ponds")
    path = Path("ponds/pack.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    assert "titel" in clerk("pack", "check", "ponds", ends=1)
    assert clerk.json("pack", "check", "ponds", ends=1)[0]["problems"]
    assert "没有安装" in clerk("pack", "install", "ponds", ends=1)


def test_a_pack_that_is_nowhere(clerk: Clerk) -> None:
    assert "library、medicine、mines、traffic" in clerk("pack", "check", "nowhere", ends=2)
    clerk("pack", "new", "ponds")
    assert "已经有了" in clerk("pack", "new", "ponds", ends=2)
    assert "不能作专项名称" in clerk("pack", "new", "Ponds!", ends=2)


def test_programmes_and_types_are_listed(clerk: Clerk) -> None:
    listed = clerk("pack", "list")
    assert "library   老干部图书室" in listed
    assert "未装" in listed
    assert {"type": "library.lend", "title": "借出", "kind": "transfer"} in clerk.json("pack", "list", "--types")[0]
    assert "Lending library" in clerk("pack", "list", "--lang", "en")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['django'] = None; from taizhang.cli.main import main; main()"
    run = [sys.executable, "-c", code, "init", str(tmp_path / "b"), "--place", "43"]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=os.environ, check=False)
    assert done.returncode == 2
    assert "pip install taizhang[book]" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_loads_nothing_of_the_book(examples: Path) -> None:
    heavy = "{'django', 'taizhang.cli.book_call', 'taizhang.ledger', 'duckdb', 'yaml'}"
    code = f"import sys; from taizhang.cli.main import main\ntry: main()\nfinally: print({heavy} & set(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "check", str(examples / "article.txt")], capture_output=True, check=False)
    assert done.stderr.decode().strip() == "set()"


@pytest.mark.parametrize("dialect", ["postgres"])
def test_a_database_that_is_no_book_and_a_password_that_is_kept_nowhere(databases: Databases, tmp_path: Path) -> None:
    address = databases.empty()
    secret = address.replace("postgresql://tests@", "postgresql://tests:open-sesame@")
    said = Clerk(tmp_path)("init", tmp_path / "b", "--place", "43", "--database", secret)
    assert "TAIZHANG_DATABASE" in said
    assert "open-sesame" not in said + (tmp_path / "b" / "book.json").read_text(encoding="utf-8")
    clerk = Clerk(tmp_path / "b")
    for wrong in (databases.empty(), f"{address}&sslmood=never", address.replace("tests@", "nobody@")):
        said = clerk("log", ends=2, TAIZHANG_DATABASE=wrong)
        assert "本程序出错" not in said
    assert "建账" in clerk("people", "list", TAIZHANG_DATABASE=secret)
