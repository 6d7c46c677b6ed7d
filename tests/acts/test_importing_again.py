"""An import stopped half-way: what it had given back is tried again, and is not lost from the file to mend."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from taizhang.acts import importing
from taizhang.acts.desk import Desk
from taizhang.acts.importing import Imported, import_rows
from taizhang.acts.posting import post
from taizhang.capture.rows import rows

from .office import again, move
from .test_importing import table
from .test_posting import stocked
from .villages import ok

HEADS = ["日期", "区划", "药库编号", "物项", "数量", "报损原因"]


def discards(path: Path, *quantities: int) -> Path:
    return table(path, [["2022-12-28", "431023", "K01", "YP-1/B1", f"{n}片", "破损"] for n in quantities], HEADS)


def run(desk: Desk, path: Path, stop_at: int = 0) -> Imported:
    def progress(phase: str, _: int, __: int) -> None:
        if phase == "post" and stop_at and stop_at <= len(desk.book.store.rows("SELECT 1 FROM entry WHERE type = 'medicine.discard'")):
            raise KeyboardInterrupt

    with rows(path) as sheet:
        return import_rows(desk, sheet, "medicine.discard", valid_only=True, mend=path.with_name("待改.csv"), progress=progress)


def given_back(path: Path) -> list[str]:
    with path.with_name("待改.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["数量"] for row in csv.DictReader(file)]


def test_rows_given_back_before_it_stopped_are_given_back_again(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stocked(desk, "10盒")
    monkeypatch.setattr(importing, "BATCH", 2)
    path = discards(tmp_path / "报损.csv", 10, 999, 20, 30, 888, 1)
    first = run(desk, path, stop_at=3)
    assert (first.interrupted, first.counts, first.bad, first.stopped_at) == (True, {"ok": 3}, 1, 5)
    second = run(again(desk), path)
    assert second.counts == {"exists": 3, "ok": 1}
    assert [cell.strip("=\"") for cell in given_back(path)] == ["999片", "888片"]
    assert second.bad == 2


def test_they_are_posted_where_they_can_be_by_then(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stocked(desk, "10盒")
    monkeypatch.setattr(importing, "BATCH", 2)
    path = discards(tmp_path / "报损.csv", 10, 500, 20, 30, 1, 2)
    run(desk, path, stop_at=3)
    ok(post(desk, [move(desk, "medicine.purchase", "30盒", item="YP-1/B1", source="91999999MA0000A199", target="K01")]))
    second = run(desk, path)
    assert second.counts == {"exists": 3, "ok": 3}
    assert second.mend is None
    assert list((desk.book.folder / "staging").glob("*-medicine.discard.json")) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_file_to_mend_is_its_owners_alone_also_where_one_was_before(desk: Desk, tmp_path: Path) -> None:
    stocked(desk, "10盒")
    before = tmp_path / "待改.csv"
    before.write_text("", encoding="utf-8")
    before.chmod(0o644)
    run(desk, discards(tmp_path / "报损.csv", 999))
    assert before.stat().st_mode & 0o777 == 0o600
