"""Where and when a row is that does not say so: at the place of its record, and never silently on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.importing import Imported, import_rows
from taizhang.acts.posting import post
from taizhang.acts.reviewing import accept, waiting
from taizhang.capture.rows import rows

from .office import COUNTY, PATHS, VILLAGE, event, move, on, state, user
from .test_importing import table
from .test_posting import stocked
from .villages import CARD, OTHER, at_risk, ok, said, two_villages

MINE = {"矿山名称": "北岭", "矿山类型": "砂石土矿"}
TOWN = 431023101


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


def run(desk: Desk, path: Path, type_name: str, **how: str) -> Imported:
    with rows(path) as sheet:
        return import_rows(desk, sheet, type_name, mend=path.with_name("待改.csv"), otherwise=str(COUNTY), **how)


def newest(desk: Desk, type_name: str, many: int = 1) -> list[int]:
    return [line.entry.place for line in reversed(desk.reader.latest(type_name=type_name, limit=many))]


def mines(desk: Desk, many: int = 1, place: int = TOWN) -> None:
    ok(post(desk, [state(desk, "mines.mine", place=place, 矿山编号=f"K{n}", **MINE) for n in range(many)]))


@pytest.mark.parametrize("many", [1, 150])
def test_what_happened_to_a_record_happened_where_it_is(desk: Desk, tmp_path: Path, many: int) -> None:
    mines(desk, many)
    path = table(tmp_path / "排查.csv", [["2022-12-28", f"K{n}"] for n in range(many)], ["日期", "废弃矿山"])
    assert run(desk, path, "mines.survey").counts == {"ok": many}
    assert newest(desk, "mines.survey", many) == [TOWN] * many


def test_the_place_that_is_told_goes_before(desk: Desk, tmp_path: Path) -> None:
    mines(desk, 2)
    path = table(tmp_path / "排查.csv", [["2022-12-28", "K0", str(COUNTY)], ["2022-12-28", "K1", ""]], ["日期", "废弃矿山", "地点"])
    assert run(desk, path, "mines.survey", place=str(VILLAGE)).counts == {"ok": 2}
    assert newest(desk, "mines.survey", 2) == [COUNTY, VILLAGE]


@pytest.mark.parametrize("many", [1, 150])
def test_a_record_stated_again_stays_where_it_is_and_a_new_one_is_of_the_whole_book(desk: Desk, tmp_path: Path, many: int) -> None:
    mines(desk, many)
    lines = [["2022-12-28", f"K{n}", "2公顷"] for n in range(many)]
    assert run(desk, table(tmp_path / "矿山.csv", lines, ["日期", "矿山编号", "损毁面积"]), "mines.mine").counts == {"ok": many}
    assert newest(desk, "mines.mine", many) == [TOWN] * many
    site = table(tmp_path / "项目.csv", [["2022-12-28", "K0"]], ["日期", "矿山编号"])
    assert run(desk, site, "mines.site").counts == {"ok": 1}
    assert newest(desk, "mines.site") == [TOWN]
    new = table(tmp_path / "新.csv", [["2022-12-28", "新", *MINE.values()]], ["日期", "矿山编号", *MINE])
    assert run(desk, new, "mines.mine").counts == {"ok": 1}
    assert newest(desk, "mines.mine") == [COUNTY]


def test_where_a_record_is_is_not_told_to_who_enters_nothing_there(desk: Desk) -> None:
    mines(desk, place=OTHER)
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "mines"))
    (answer,) = post(clerk, [replace(event(clerk, "mines.survey", record="K0"), place=None)])
    assert answer.what == "refused"
    assert "请填写地点" in said([answer])
    assert str(OTHER) not in said([answer])
    assert desk.places.name(OTHER) not in said([answer])


def test_a_village_is_named_by_its_name(desk: Desk) -> None:
    ok(post(desk, [state(desk, "base.village", 村代码="甲村", 村名称="甲村")]))
    ok(post(desk, [state(desk, "medicine.box", 药箱编号="X1", 所在村="甲村")]))
    ok(post(desk, [state(desk, "medicine.box", 药箱编号="X2", 所在村=str(VILLAGE))]))
    found = [desk.reader.find("medicine.box", [code]) or "" for code in ("X1", "X2")]
    assert len({str(seen.values["medicine.box"]["village"]) for seen in desk.reader.now(found).values()}) == 1
    (answer,) = post(desk, [state(desk, "medicine.box", 药箱编号="X3", 所在村="无此村")])
    assert answer.what == "refused"
    assert "所在村" in said([answer])


def test_a_day_left_empty_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    mines(desk, 2)
    path = table(tmp_path / "排查.csv", [["2022-12-20", "K0"], ["", "K1"]], ["日期", "废弃矿山"])
    told = run(desk, path, "mines.survey")
    assert (told.bad, told.posted) == (1, False)
    assert "日期：没有填写" in told.problems[0].line()
    assert run(desk, path, "mines.survey", day="2022-12-21").counts == {"ok": 2}
    assert [str(line.entry.day) for line in desk.reader.latest(type_name="mines.survey")] == ["2022-12-21", "2022-12-20"]
    bare = table(tmp_path / "再查.csv", [["K0"]], ["废弃矿山"])
    assert run(desk, bare, "mines.survey").counts == {"ok": 1}
    assert desk.reader.latest(type_name="mines.survey", limit=1)[0].entry.day == desk.today


@pytest.mark.parametrize("many", [1, 150])
def test_a_sheet_without_a_day_is_known_another_day(desk: Desk, tmp_path: Path, many: int) -> None:
    """The day was never said: it is that of the first posting. Said now, and another, it is another statement."""
    lines = [[f"K{n}", *MINE.values()] for n in range(many)]
    path = table(tmp_path / "矿山.csv", lines, ["矿山编号", *MINE])
    assert run(desk, path, "mines.mine").counts == {"ok": many}
    later = on(desk, date(2022, 12, 30))
    assert run(later, path, "mines.mine").counts == {"exists": many}
    assert {line.entry.day for line in desk.reader.latest(type_name="mines.mine", limit=many)} == {desk.today}
    told = run(later, path, "mines.mine", day="2022-12-30")
    assert (told.bad, told.posted) == (many, False)
    assert "日期" in told.problems[0].line()


def test_nor_does_what_waits_wait_twice(desk: Desk, tmp_path: Path) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[COUNTY], "mines"))
    path = table(tmp_path / "矿山.csv", [["K1", *MINE.values()]], ["矿山编号", *MINE])
    assert run(clerk, path, "mines.mine").counts == {"waiting": 1}
    assert run(on(clerk, date(2022, 12, 30)), path, "mines.mine").counts == {"waiting": 1}
    (one,) = waiting(desk)
    assert [done.what for done in accept(desk, [one.number])] == ["ok"]
    assert run(on(clerk, date(2022, 12, 31)), path, "mines.mine").counts == {"exists": 1}


def test_what_is_once_a_day_is_another_on_another_day(desk: Desk, tmp_path: Path) -> None:
    """A sheet of a daily duty, posted each day as it is."""
    mines(desk)
    path = table(tmp_path / "排查.csv", [["K0"]], ["废弃矿山"])
    assert run(desk, path, "mines.survey").counts == {"ok": 1}
    assert run(on(desk, date(2022, 12, 29)), path, "mines.survey").counts == {"ok": 1}
    assert run(on(desk, date(2022, 12, 29)), path, "mines.survey").counts == {"exists": 1}


@pytest.mark.parametrize("many", [1, 150])
def test_what_moved_is_where_it_went_or_came_from(desk: Desk, tmp_path: Path, many: int) -> None:
    """Money allotted is the site's, money paid to a contractor too; money that came in is where its fund is kept."""
    mines(desk, many)
    ok(post(desk, [state(desk, "mines.site", place=TOWN, 矿山编号=f"K{n}") for n in range(many)]))
    ok(post(desk, [state(desk, "mines.fund", place=COUNTY, 资金编号="Z1", 资金渠道="财政资金")]))
    ok(post(desk, [state(desk, "mines.builder", place=OTHER, 统一社会信用代码="91999999MA0000A199", 单位名称="示例公司")]))
    sheets = {
        "mines.receive": (["资金来源", "金额"], [["Z1", "900万元"]], COUNTY),
        "mines.allot": (["资金来源", "修复项目", "金额"], [["Z1", f"K{n}", "2万元"] for n in range(many)], TOWN),
        "mines.pay": (["修复项目", "施工单位", "金额"], [[f"K{n}", "91999999MA0000A199", "1万元"] for n in range(many)], TOWN),
    }
    for type_name, (heads, lines, where) in sheets.items():
        path = table(tmp_path / f"{type_name}.csv", lines, heads)
        assert run(desk, path, type_name).counts == {"ok": len(lines)}, type_name
        assert newest(desk, type_name, len(lines)) == [where] * len(lines), type_name


def test_what_is_given_to_a_person_is_given_where_it_was(desk: Desk, tmp_path: Path) -> None:
    stocked(desk)
    ok(post(desk, [state(desk, "base.village", 村代码="甲村", 村名称="甲村")]))
    ok(post(desk, [state(desk, "medicine.box", place=VILLAGE, 药箱编号="X1", 所在村="甲村")]))
    at_risk(desk, OTHER)
    allotted = table(tmp_path / "分配.csv", [["YP-1", "B1", "K01", "X1", "2盒", "防疫"]], ["药品编码", "批号", "药品储备库", "便民药箱", "数量", "分配理由"])
    given = table(tmp_path / "发放.csv", [["YP-1", "B1", "X1", CARD["身份证号"], "6片"]], ["药品编码", "批号", "便民药箱", "身份证号", "数量"])
    for path, type_name in ((allotted, "medicine.allot"), (given, "medicine.issue")):
        told = run(desk, path, type_name)
        assert told.counts == {"ok": 1}, [p.line() for p in told.problems]
        assert newest(desk, type_name) == [VILLAGE]


def test_where_an_account_is_is_not_told_to_who_enters_nothing_there(desk: Desk) -> None:
    stocked(desk)
    ok(post(desk, [state(desk, "base.village", 村代码="甲村", 村名称="甲村")]))
    ok(post(desk, [state(desk, "medicine.box", place=OTHER, 药箱编号="X2", 所在村="甲村")]))
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "medicine"))
    told = replace(move(clerk, "medicine.allot", "1盒", item="YP-1/B1", source="K01", target="X2", values={"分配理由": "防疫"}), place=None)
    (answer,) = post(clerk, [told])
    assert answer.what == "refused"
    assert str(OTHER) not in said([answer])
    assert desk.places.name(OTHER) not in said([answer])
