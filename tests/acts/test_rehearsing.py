"""A file that is only checked, or has bad rows: what only posting tells is told too, and nothing is written."""

from __future__ import annotations

from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.acts.importing import Imported, import_rows
from taizhang.capture.rows import rows
from taizhang.ledger.verify import verify

from .office import PATHS, VILLAGE, user
from .test_importing import VIOLATION, crew, stops, table
from .test_importing_again import discards
from .test_posting import stocked


def run(desk: Desk, path: Path, type_name: str, **how: bool) -> Imported:
    with rows(path) as sheet:
        return import_rows(desk, sheet, type_name, mend=path.with_name("待改.csv"), **how)


def rows_of(done: Imported) -> list[str]:
    return [problem.where.partition(":")[2].split()[0] for problem in done.problems]


def test_a_check_tells_what_the_balance_does_not_allow(desk: Desk, tmp_path: Path) -> None:
    stocked(desk, "10盒")
    size = desk.book.size
    path = discards(tmp_path / "报损.csv", 100, 999, 0, 120)
    done = run(desk, path, "medicine.discard", check_only=True)
    assert (rows_of(done), done.bad, done.posted, done.counts) == (["3", "4"], 2, False, {})
    assert desk.book.size == size
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue).problems
    left = run(desk, path, "medicine.discard", valid_only=True)
    assert left.counts == {"ok": 2}, "the check has neither posted them nor kept them from being posted"


def test_a_check_tells_of_records_that_are_nowhere(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    lines = stops(4)
    lines[1][2], lines[2][3] = "城郊中队", "25:61"
    path = table(tmp_path / "查处.csv", lines)
    for how in ({"check_only": True}, {}):  # asked for, or because of the bad row: everything is told at once
        done = run(desk, path, VIOLATION, **how)
        assert (sorted(rows_of(done)), done.bad, done.held, done.posted) == (["3", "4"], 2, 1, False)
    assert not desk.book.store.rows("SELECT 1 FROM entry WHERE type = ?", [VIOLATION])


def test_a_check_lays_nothing_before_a_reviewer(desk: Desk, tmp_path: Path) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "*"), ("view", PATHS[VILLAGE], "*"))
    path = table(tmp_path / "矿山.csv", [["2022-12-01", str(VILLAGE), "DA-1", "某矿", "砂石土矿"]], ["日期", "区划", "矿山编号", "矿山名称", "矿山类型"])
    done = run(clerk, path, "mines.mine", check_only=True)
    assert (done.bad, done.counts) == (0, {})
    assert desk.book.store.rows("SELECT count(*) FROM submission") == [(0,)]
    assert run(clerk, path, "mines.mine").counts == {"waiting": 1}
