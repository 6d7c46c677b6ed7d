"""Importing a file: every bad row told and given back to mend, the good ones posted once, however often it is tried."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from taizhang.acts import importing
from taizhang.acts.desk import Desk
from taizhang.acts.importing import Imported, import_rows
from taizhang.acts.posting import post
from taizhang.capture.rows import rows
from taizhang.ledger.verify import verify

from .office import again, resident, state

VIOLATION = "traffic.violation"
HEADS = ["日期", "区划", "中队名称", "时刻", "号牌号码", "车辆类型", "违法种类", "罚款"]


def table(path: Path, lines: list[list[str]], heads: list[str] = HEADS, encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([heads, *lines])
    return path


def stops(count: int, seed: int = 1) -> list[list[str]]:
    """So many different stops of the crew in town."""
    return [["2022-12-28", "431023", "城区中队", f"{n // 60 % 24}:{n % 60:02d}", f"湘M{n // 1440:05d}", "货车", "超载", "500元"] for n in range(count)]


def crew(desk: Desk) -> None:
    assert post(desk, [state(desk, "traffic.crew", 中队名称="城区中队")])[0].what == "ok"


def run(desk: Desk, path: Path, **how: object) -> Imported:
    with rows(path) as sheet:
        return import_rows(desk, sheet, VIOLATION, mend=path.with_name("待改.csv"), **how)  # type: ignore[arg-type]


def test_a_file_is_posted_once_however_often_it_is_imported(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    path = table(tmp_path / "查处.csv", stops(300))
    first, second = run(desk, path), run(desk, path)
    assert (first.counts, first.bad, first.mend) == ({"ok": 300}, 0, None)
    assert second.counts == {"exists": 300}
    other = table(tmp_path / "再录.csv", stops(300)[::-1], encoding="gb18030")
    assert run(desk, other).counts == {"exists": 300}  # another file, the same stops: the pack's `once` knows them
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue).problems


def test_bad_rows_come_back_to_mend_and_the_good_ones_can_go(desk: Desk, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """A large file with one bad row in a hundred: wrong types, unknown places, days to come, negative money, unknown crews."""
    crew(desk)
    whole, bad = count(4000, 1_000_000), count(40, 10_000)
    lines = stops(whole)
    spoil = [(4, ""), (0, "2023-01-05"), (1, "999999"), (7, "-5元"), (5, "航天飞机"), (3, "25:61"), (0, "昨天"), (7, "五百块吧")]
    chosen = Random(7).sample(range(whole), bad)
    for i, line in enumerate(chosen):
        column, text = spoil[i % len(spoil)]
        lines[line][column] = text
    path = table(tmp_path / "查处.csv", lines)
    size = desk.book.size
    told = run(desk, path)
    assert (told.rows, told.bad, told.posted) == (whole, bad, False)
    assert desk.book.size == size  # nothing was written
    done = run(desk, path, valid_only=True)
    assert (done.counts["ok"], done.bad) == (whole - bad, bad)
    assert done.mend is not None
    with done.mend.open(encoding="utf-8-sig", newline="") as file:
        back = list(csv.DictReader(file))
    assert len(back) == bad
    assert all(row["问题（改好后不必删）"] for row in back)
    assert [row["行号（勿改）"].partition("@")[0] for row in back] == [f"第{n + 2}行" for n in sorted(chosen)]
    assert [back[0][head] for head in ("中队名称", "号牌号码", "车辆类型")] == [lines[min(chosen)][i] for i in (2, 4, 5)]
    print(f"seed 7: {whole} rows, {bad} bad, {desk.book.size - size} posted")


def test_the_mended_file_finishes_the_import(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    lines = stops(20)
    lines[3][7], lines[11][0] = "五百块吧", "2023-02-01"
    path = table(tmp_path / "查处.csv", lines)
    done = run(desk, path, valid_only=True)
    assert (done.counts["ok"], done.bad) == (18, 2)
    assert done.mend is not None
    mended = done.mend.read_text(encoding="utf-8-sig").replace("五百块吧", "500元").replace("2023-02-01", "2022-12-28")
    done.mend.write_text(mended, encoding="utf-8-sig")
    assert run(desk, done.mend.rename(tmp_path / "改好.csv")).counts == {"ok": 2}
    assert run(desk, path, valid_only=True).counts["exists"] == 18


def test_an_import_that_was_stopped_goes_on_where_it_stood(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew(desk)
    monkeypatch.setattr(importing, "BATCH", 50)
    path = table(tmp_path / "查处.csv", stops(200))

    def stop(phase: str, done: int, whole: int) -> None:
        if phase == "post" and len(desk.book.store.rows("SELECT 1 FROM entry WHERE type = ?", [VIOLATION])) == 100:
            raise KeyboardInterrupt

    stopped = run(desk, path, progress=stop)
    assert (stopped.interrupted, stopped.stopped_at) == (True, 101)
    assert len(desk.book.store.rows("SELECT 1 FROM entry WHERE type = ?", [VIOLATION])) == 100
    later = again(desk)
    try:
        assert run(later, path).counts == {"exists": 100, "ok": 100}
    finally:
        later.close()


def test_people_are_imported_sealed_and_bad_numbers_are_told_without_repeating_them(desk: Desk, tmp_path: Path) -> None:
    heads = ["身份证号", "姓名", "人群类别"]
    wrong = resident(5)[:-1] + ("0" if resident(5)[-1] != "0" else "1")
    lines = [[resident(n), f"示例{n}", "65岁以上"] for n in range(5)] + [[wrong, "示例错", "65岁以上"]]
    path = table(tmp_path / "名单.csv", lines, heads)
    with rows(path) as sheet:
        done = import_rows(desk, sheet, "medicine.at_risk", valid_only=True, mend=tmp_path / "待改.csv", place="431023")
    assert done.counts["ok"] == 5
    (problem,) = done.problems
    assert "校验位" in problem.found
    assert wrong not in problem.line() + problem.line("en")
    assert desk.reader.find("base.person", [resident(3)]) is not None


def test_a_column_that_means_nothing_is_told_once_for_every_row(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    path = table(tmp_path / "查处.csv", [[*line, "x"] for line in stops(3)], [*HEADS, "颜色"])
    done = run(desk, path)
    assert not done.posted
    assert {p.found for p in done.problems} == {"没有这一项"}
