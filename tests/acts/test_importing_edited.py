"""A file edited by its owner and posted again: what it repeats is told and not posted twice, what is new goes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.acts import importing
from taizhang.acts.desk import Desk
from taizhang.acts.importing import Imported, import_rows
from taizhang.acts.posting import post
from taizhang.acts.reviewing import waiting
from taizhang.capture.rows import rows

from .office import resident, state, strike, user
from .test_importing import table
from .test_posting import stocked

MINES = ["日期", "区划", "矿山编号", "矿山名称", "矿山类型", "损毁面积"]
MINE = ["2022-12-20", "431023", "K1", "北岭", "砂石土矿", "2.8"]


def run(desk: Desk, path: Path, type_name: str, **how: bool) -> Imported:
    with rows(path) as sheet:
        return import_rows(desk, sheet, type_name, mend=path.with_name("待改.csv"), **how)


def uids(desk: Desk, type_name: str) -> list[str]:
    return [line.entry.uid for line in reversed(desk.reader.latest(type_name=type_name))]


DISCARD = ["日期", "区划", "药库编号", "物项", "数量", "报损原因"]


def discards(path: Path, *quantities: int) -> Path:
    return table(path, [["2022-12-28", "431023", "K01", "YP-1/B1", f"{n}片", "破损"] for n in quantities], DISCARD)


def test_rows_of_the_edited_file_that_stand_already_are_not_moved_again(desk: Desk, tmp_path: Path) -> None:
    stocked(desk, "10盒")
    run(desk, discards(tmp_path / "报损.csv", 3, 4), "medicine.discard")
    first = uids(desk, "medicine.discard")
    told = run(desk, discards(tmp_path / "报损.csv", 3, 4, 5), "medicine.discard")
    assert (told.counts, told.bad) == ({"repeated": 2, "ok": 1}, 0)
    assert told.repeated == [(2, first[0]), (3, first[1])]
    assert run(desk, tmp_path / "报损.csv", "medicine.discard").counts == {"repeated": 2, "exists": 1}


def test_posted_all_the_same_where_it_happened_once_more(desk: Desk, tmp_path: Path) -> None:
    stocked(desk, "10盒")
    run(desk, discards(tmp_path / "报损.csv", 3), "medicine.discard")
    path = discards(tmp_path / "再报.csv", 3, 5)
    assert run(desk, path, "medicine.discard").counts == {"repeated": 1, "ok": 1}
    assert run(desk, path, "medicine.discard", again=True).counts == {"ok": 1, "exists": 1}
    assert len(uids(desk, "medicine.discard")) == 3


def test_one_more_of_the_same_is_one_more(desk: Desk, tmp_path: Path) -> None:
    """Two that are alike were posted; of three in the edited file one is new, wherever the batches end."""
    stocked(desk, "10盒")
    assert run(desk, discards(tmp_path / "报损.csv", 3, 3), "medicine.discard").counts == {"ok": 2}
    assert run(desk, discards(tmp_path / "报损.csv", 3, 3, 3), "medicine.discard").counts == {"repeated": 2, "ok": 1}


def test_alike_rows_of_one_file_are_all_posted_also_when_it_was_stopped(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stocked(desk, "10盒")
    monkeypatch.setattr(importing, "BATCH", 1)
    path = discards(tmp_path / "报损.csv", 3, 3, 999)
    assert run(desk, path, "medicine.discard").counts == {"ok": 2}
    assert run(desk, path, "medicine.discard").counts == {"exists": 2}


def test_what_was_struck_is_not_repeated(desk: Desk, tmp_path: Path) -> None:
    stocked(desk, "10盒")
    run(desk, discards(tmp_path / "报损.csv", 3), "medicine.discard")
    assert post(desk, [strike(desk, uids(desk, "medicine.discard")[0])])[0].what == "ok"
    assert run(desk, discards(tmp_path / "报损.csv", 3, 4), "medicine.discard").counts == {"ok": 2}


@pytest.mark.parametrize("many", [1, 150])
def test_a_register_edited_and_posted_again_says_only_what_is_new(desk: Desk, tmp_path: Path, many: int) -> None:
    """One by one and in columns: a state that was overtaken by a later one is not stated again over it."""
    lines = [["2022-12-20", "431023", f"K{n}", "北岭", "砂石土矿", "2.8"] for n in range(many)]
    run(desk, table(tmp_path / "矿山.csv", lines, MINES), "mines.mine")
    run(desk, table(tmp_path / "改名.csv", [["2022-12-20", "431023", "K0", "北岭采石场", "砂石土矿", "2.8"]], MINES), "mines.mine")
    more = [*lines, ["2022-12-20", "431023", "新", "南岭", "砂石土矿", "2.8"]]
    told = run(desk, table(tmp_path / "矿山.csv", more, MINES), "mines.mine")
    assert told.counts == {"repeated": many, "ok": 1}
    record = desk.reader.find("mines.mine", ("K0",))
    assert record is not None
    assert desk.reader.now([record])[record].values["mines.mine"]["name"] == "北岭采石场"


def test_personal_values_are_compared_too(desk: Desk, tmp_path: Path) -> None:
    heads = ["日期", "区划", "身份证号", "姓名", "联系电话"]
    first = ["2022-12-20", "431023", resident(1), "示例甲", "13800000000"]
    run(desk, table(tmp_path / "人员.csv", [first], heads), "base.person")
    other = ["2022-12-20", "431023", resident(1), "示例甲", "13800000001"]
    assert run(desk, table(tmp_path / "人员.csv", [other], heads), "base.person").counts == {"ok": 1}
    assert run(desk, table(tmp_path / "人员.csv", [first, other, ["2022-12-21", *first[1:]]], heads), "base.person").counts == {
        "repeated": 2,
        "ok": 1,
    }


def test_what_waits_for_a_reviewer_is_not_laid_before_him_twice(desk: Desk, tmp_path: Path) -> None:
    clerk = user(desk, "li", ("enter", "43/4310/431023/", "mines"))
    path = table(tmp_path / "矿山.csv", [MINE], MINES)
    assert run(clerk, path, "mines.mine").counts == {"waiting": 1}
    edited = table(tmp_path / "矿山.csv", [MINE, [*MINE[:2], "K2", *MINE[3:]]], MINES)
    assert run(clerk, edited, "mines.mine").counts == {"repeated": 1, "waiting": 1}
    assert len(waiting(desk)) == 2


def test_a_check_tells_it_and_posts_nothing(desk: Desk, tmp_path: Path) -> None:
    assert post(desk, [state(desk, "traffic.crew", 中队名称="城区中队")])[0].what == "ok"
    heads = ["日期", "区划", "中队名称"]
    path = table(tmp_path / "中队.csv", [["2022-12-28", "431023", "城区中队"]], heads)
    assert run(desk, path, "traffic.crew", check_only=True).counts == {"repeated": 1}
