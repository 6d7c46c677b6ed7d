"""Clerks who type commands at a book."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from taizhang.cli.main import app

PLACES = """类别,代码,名称,上级代码
统计,43,湖南省,
统计,4309,益阳市,43
统计,430923,安化县,4309
统计,430923101,清塘铺镇,430923
统计,430923101201,甲村,430923101
"""
DAY = "2022-12-28"


@dataclass(frozen=True)
class Clerk:
    """Somebody at a book. Called with the words of a command, gives what was printed; `ends` is the exit code it must have."""

    folder: Path
    login: str = "founder"

    def __call__(self, *words: Any, ends: int = 0, stdin: str | None = None, **env: str) -> str:
        done = self.typed(*words, stdin=stdin, **env)
        assert done.exit_code == ends, f"{words} ended with {done.exit_code}:\n{done.output}"
        return done.stdout + done.stderr

    def typed(self, *words: Any, stdin: str | None = None, **env: str) -> Result:
        known = {"TAIZHANG_BOOK": str(self.folder), "TAIZHANG_USER": self.login, **env}
        done: Result = CliRunner().invoke(app, [str(word) for word in words], env=known, input=stdin)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def json(self, *words: Any, ends: int = 0, stdin: str | None = None) -> list[Any]:
        """What a program reads, one value for each line."""
        done = self.typed(*words, "--format", "json", stdin=stdin)
        assert done.exit_code == ends, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    def as_(self, login: str) -> Clerk:
        """Somebody else at the same book."""
        return replace(self, login=login)


def table(path: Path, *rows: str) -> Path:
    """A csv as an office writes it: the heads, then the rows, cells apart by spaces."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(["" if cell == "-" else cell for cell in row.split()] for row in rows)
    return path


def founded(folder: Path, *packs: str, database: str = "") -> Clerk:
    """The first user of a new book of 安化县."""
    clerk = Clerk(folder)
    clerk("init", folder, "--place", "430923", "--title", "安化县台账", *(("--database", database) if database else ()))
    listed = folder.parent / "places.csv"
    listed.write_text(PLACES, encoding="utf-8")
    clerk("places", "load", "--from", listed)
    for name in packs:
        clerk("pack", "install", name)
    return clerk


def resident(number: int) -> str:
    """A resident ID of nobody: the district 999999 does not exist."""
    head = f"99999919500101{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return head + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(head, weights, strict=True)) % 11]


def shelve(clerk: Clerk, folder: Path) -> None:
    """Two books with three copies on a shelf, and two readers."""
    clerk(
        "post", table(folder / "books.csv", "书目号 题名 类别", "B1 水利工程概论 水利", "B2 安化黑茶 历史"), "--type", "书目", "--day", DAY
    )
    clerk(
        "post",
        table(folder / "copies.csv", "条码号 所属书目 外借类型", "C1 B1 外借", "C2 B1 阅览", "C3 B2 短借"),
        "--type",
        "图书复本",
        "--day",
        DAY,
    )
    clerk("post", table(folder / "shelf.csv", "馆藏点编号 馆藏点", "S1 图书室"), "--type", "馆藏点名录", "--day", DAY)
    readers = (f"{resident(1)} 示例甲 R1 离退休干部", f"{resident(2)} 示例乙 R2 在职职工")
    clerk("post", table(folder / "readers.csv", "身份证号 姓名 借书证号 读者类型", *readers), "--type", "读者", "--day", DAY)
    clerk(
        "post", table(folder / "in.csv", "条码号 馆藏点编号 来源", "C1 S1 采购", "C2 S1 采购", "C3 S1 捐赠"), "--type", "入藏", "--day", DAY
    )


def lend(clerk: Clerk, folder: Path, copy: str = "C1", reader: int = 1, day: str = DAY) -> str:
    """A copy is lent; the uid of the loan."""
    rows = table(folder / f"lend-{copy}-{day}.csv", "日期 条码号 馆藏点编号 身份证号", f"{day} {copy} S1 {resident(reader)}")
    clerk("post", rows, "--type", "借出")
    return str(next(one["uid"] for one in reversed(clerk.json("history", copy)) if one["type"] == "library.lend"))
