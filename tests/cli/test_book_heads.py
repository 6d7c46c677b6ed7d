"""What a sheet looks like: its heads, and a blank one that can be filled in and posted."""

from __future__ import annotations

import csv
from pathlib import Path

from .clerks import Clerk


def test_the_heads_of_a_type(library: Clerk) -> None:
    said = library("pack", "heads", "读者").splitlines()
    assert next(line for line in said if line.startswith("身份证号")).split()[1] == "是"
    assert "离退休干部、在职职工" in next(line for line in said if line.startswith("读者类型"))
    (told,) = library.json("pack", "heads", "借出")
    assert [one["head"] for one in told] == ["日期", "图书复本", "馆藏点名录", "读者", "应还日期", "地点"]
    assert "needed" in library("pack", "heads", "借出", "--lang", "en")
    assert "没有这一类" in library("pack", "heads", "借书", ends=2)


def test_a_blank_sheet_is_filled_in_and_posted(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "空表.csv"
    clerk("pack", "heads", "书目", "--blank", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (heads,) = list(csv.reader(file))
    cells = {"日期": "2022-12-28", "书目号": "B1", "题名": "水利志"}
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([cells.get(head, "") for head in heads])
    assert "记入 1" in clerk("post", path, "--type", "书目")
    assert "已经有了" in clerk("pack", "heads", "书目", "--blank", path, ends=2)
