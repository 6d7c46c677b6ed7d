"""登记: which record, what must be there, what cannot be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.ledger.rules import UNKNOWN
from taizhang.packs import check

from .desk import Desk, words
from .packs import shop
from .worlds import OLD, ZHANG, Library, Medicine, Mines

MINE = {"矿山编号": "DA-0017", "矿山名称": "示例采石场", "矿山类型": "砂石土矿", "损毁面积": "42亩"}


def test_a_new_record_and_a_later_state_of_it() -> None:
    desk = Desk()
    first = desk.say("mines.mine", MINE)
    later = desk.say("mines.mine", {"图斑编号": "DA-0017", "损毁面积": "3公顷"})
    assert later.ready[0].entry.record == first.ready[0].entry.record
    assert later.ready[0].entry.data == {"mine_code": "DA-0017", "area": "3"}
    assert first.ready[0].entry.data["area"] == "2.8"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"矿山编号": "DA-1", "矿山类型": "砂石土矿"}, "矿山名称：没有填写"),
        ({"矿山名称": "示例", "矿山类型": "砂石土矿"}, "矿山编号：没有填写"),
        ({**MINE, "矿山类型": "金矿"}, "砂石土矿、历史遗留矿山"),
        ({**MINE, "损毁面积": "很大"}, "数字，如 12"),
        ({**MINE, "损毁面积": "-2"}, "不小于 0"),
        ({**MINE, "损毁面积积": "2"}, "是否应为 损毁面积？"),
        ({**MINE, "矿山面积": "2"}, "损毁面积 有两列"),
    ],
)
def test_wrong_rows(values: dict[str, str], said: str) -> None:
    assert said in words(Desk().say("mines.mine", values))


def test_all_problems_are_told_at_once() -> None:
    judged = Desk().say(
        "mines.mine", {"矿山编号": "DA-1", "矿山类型": "金矿", "损毁面积": "很大", "备注": "x"}, day="2022-02-30", place="永洲市"
    )
    assert [p.where for p in judged.problems] == ["日期", "地点", "备注", "矿山类型", "损毁面积", "矿山名称"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"day": "2023-01-01"}, "2023-01-01 在今天之后"),
        ({"day": "0202-12-01"}, "不早于 1900-01-01"),
        ({"day": "去年"}, "真实的日期"),
        ({"day": None}, "日期：没有填写"),
        ({"place": "永洲市"}, "没有这个地方：永洲市"),
        ({"place": ""}, "地点：没有填写"),
        ({"where": "第 7 行", "place": ""}, "第 7 行 地点：没有填写"),
        ({"kind": "event"}, "按 event 提交"),
        ({"uid": "17"}, "UUID"),
    ],
)
def test_wrong_heads(head: dict[str, str], said: str) -> None:
    assert said in words(Desk().say("mines.mine", MINE, **head))


def test_an_unknown_type_is_told_with_the_nearest() -> None:
    assert "是否应为 mines.mine？" in words(Desk().say("mines.mien", MINE))


def test_a_register_that_extends_another_is_of_the_same_record() -> None:
    desk = Desk()
    mine = desk.record("mines.mine", MINE)
    site = desk.say("mines.site", {"矿山编号": "DA-0017", "开工日期": "2022-05-01"})
    assert site.ready[0].entry.record == mine
    assert desk.book.record(mine).values["mines.mine"]["area"] == "2.8"  # type: ignore[union-attr]


def test_a_reader_need_not_say_the_name_that_the_person_has() -> None:
    desk = Desk()
    person = desk.record("base.person", {"身份证号": OLD, "姓名": "示例甲"})
    short = {"身份证号": OLD, "借书证号": "D9", "读者类型": "离退休干部"}
    assert desk.record("library.reader", short) == person
    assert "姓名：没有填写" in words(desk.say("library.reader", {**short, "身份证号": ZHANG}))


def test_a_person_is_no_reader_before_they_have_what_a_reader_needs() -> None:
    desk = Desk()
    desk.record("base.person", {"身份证号": OLD, "姓名": "示例甲"})
    assert "借书证号：没有填写" in words(desk.say("library.reader", {"身份证号": OLD, "读者类型": "离退休干部"}))


def test_checks_see_what_is_known_besides() -> None:
    desk = Medicine()
    assert "有效期应晚于生产日期" in words(desk.say("medicine.batch", {"所属药品": "YP-001", "批号": "B2211", "有效期至": "2022-10-01"}))
    assert desk.say("medicine.batch", {"所属药品": "YP-001", "批号": "B2211", "有效期至": "2025-10-01"}).ready


def test_a_field_of_the_key_is_not_changed() -> None:
    desk = Mines()
    for record in (desk.mine, "DA-0017"):
        said = words(desk.say("mines.mine", {"矿山编号": "DA-0071"}, record=record))
        assert "识别对象的字段不能改" in said
        assert "请红冲那次登记并重记" in said


def test_a_key_of_several_fields_and_of_another_record() -> None:
    desk = Medicine()
    same = desk.say("medicine.batch", {"每盒片数": 12}, record="YP-001/B2211")
    assert same.ready[0].entry.record == desk.batch
    by_fields = desk.say("medicine.batch", {"每盒片数": 24}, record={"药品编码": "x", "所属药品": "YP-001", "批号": "B2211"})
    assert by_fields.ready[0].entry.record == desk.batch
    assert "各部分用 / 隔开" in words(desk.say("medicine.batch", {"每盒片数": 12}, record="B2211"))
    assert "药品编码 / 批号" in words(desk.say("medicine.batch", {"每盒片数": 12}, record="B2211"))


def test_what_points_to_a_record_that_is_not_there_is_held() -> None:
    desk = Library()
    judged = desk.say("library.copy", {"条码号": "103", "所属书目": "S-9", "外借类型": "外借"})
    assert judged.held
    assert "书目“S-9”尚未登记" in words(judged)
    desk.record("library.book", {"书目号": "S-9", "题名": "又一种"})
    assert desk.say("library.copy", {"条码号": "103", "所属书目": "S-9", "外借类型": "外借"}).ready


def test_a_row_with_another_mistake_is_not_held() -> None:
    assert not Library().say("library.copy", {"条码号": "103", "所属书目": "S-9", "外借类型": "借"}).held


def test_what_is_said_to_be_unknown_empties_a_field() -> None:
    desk = Medicine()
    keeper = desk.record("base.person", {"身份证号": ZHANG, "姓名": "示例甲"})
    desk.record("medicine.box", {"药箱编号": "X-001", "管理员": ZHANG})
    assert desk.book.record(desk.box).values["medicine.box"]["keeper"] == keeper  # type: ignore[union-attr]
    desk.record("medicine.box", {"药箱编号": "X-001", "管理员": UNKNOWN})
    assert desk.book.record(desk.box).values["medicine.box"]["keeper"] is None  # type: ignore[union-attr]
    assert "写明不详" in words(desk.say("medicine.box", {"药箱编号": "X-001", "所在村": UNKNOWN}))
    empty = desk.say("medicine.box", {"药箱编号": "X-001", "管理员": ""})
    assert empty.ready[0].entry.data == {"box_code": "X-001"}


def test_an_unknown_place_in_a_field() -> None:
    assert "村代码" in words(Desk().say("base.village", {"村代码": "无此村", "村名称": "甲村"}))
    assert "没有这个地方：001122334455" in words(Desk().say("base.village", {"村代码": "001122334455", "村名称": "甲村"}))


def test_keys_within_keys(tmp_path: Path) -> None:
    """A label is known by its corner, and that by its stall: written out, or the corner by its own key."""
    desk = Desk(shop(tmp_path))
    desk.record("shop.stall", {"摊位编号": "1"})
    corner = desk.record("shop.corner", {"所在摊位": "1", "角号": "东"})
    label = desk.record("shop.label", {"所在角落": "1/东", "签号": "a/7"})
    for named in (
        "1/东/a/7",
        "1／东／a/7",
        {"所在角落": corner, "签号": "a/7"},
        {"corner": {"stall": "1", "角号": "东"}, "label_no": "a/7"},
    ):
        assert desk.say("shop.label", record=named).ready[0].entry.record == label, named
    other = desk.record("shop.label", {"所在角落": corner, "签号": "8"})
    assert desk.say("shop.label", record=f"{corner}/8").ready[0].entry.record == other
    assert "摊位编号 / 角号 / 签号" in words(desk.say("shop.label", record="8"))


def test_a_computed_field_follows_the_values_of_the_record(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    key = desk.record("shop.stall", {"摊位编号": "1", "长": 4, "宽": 2})
    assert desk.book.record(key).values["shop.stall"]["ground"] == 8  # type: ignore[union-attr]
    later = desk.say("shop.stall", {"摊位编号": "1", "宽": 3})
    assert later.ready[0].entry.data == {"code": "1", "wide": 3, "ground": 12}
    assert desk.say("shop.stall", {"摊位编号": "1", "宽": 3}).ready[0].entry.data == {"code": "1", "wide": 3}
    assert "由系统算出" in words(desk.say("shop.stall", {"摊位编号": "1", "占地": 3}))
    assert "算出的值不合" in words(desk.say("shop.stall", {"摊位编号": "1", "长": 6, "宽": 100}))


def test_ended_things_take_nothing_from_that_day(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    desk.record("shop.stall", {"摊位编号": "1"})
    assert "自 2022-06-01 起停用" in words(desk.say("shop.old_visit", record="1"))
    assert desk.say("shop.old_visit", record="1", day="2022-05-31").ready
    assert "自 2022-06-01 起停用" in words(desk.say("shop.stall", {"摊位编号": "1", "旧号": "9"}))


def test_a_key_that_turns_in_a_circle_is_refused_and_not_followed(tmp_path: Path) -> None:
    """A pack can say that a thing is known by another thing of its kind; nobody can then name the first."""
    text = "pack: ring\ntitle: 环\noffice: 示例局\nregisters:\n  bead: {title: 珠, key: next, fields: {next: {title: 下一颗, type: record, of: bead}}}\n"
    (tmp_path / "ring").mkdir()
    (tmp_path / "ring" / "pack.yaml").write_text(text, encoding="utf-8")
    pack, problems = check(tmp_path / "ring")
    assert pack is not None, problems
    assert Desk(pack).say("ring.bead", {"下一颗": "甲"}).problems
