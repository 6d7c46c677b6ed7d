"""事项: what they are about, the same one told twice, what they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.core import Entry
from taizhang.ledger.rules import record_key_of
from taizhang.ledger.rules.naming import ended
from taizhang.ledger.rules.plan import plan_of
from taizhang.ledger.rules.rows import facts_of
from taizhang.ledger.rules.seen import Looked
from taizhang.ledger.uids import once_uid

from .desk import ORIGIN, Desk, shipped, words
from .packs import shop
from .worlds import LI, OLD, Library, Medicine, Mines

STOP = {"时刻": "8:05", "号牌号码": "湘M12345", "车辆类型": "货车", "违法种类": "超载"}


class Traffic(Desk):
    def __init__(self) -> None:
        super().__init__(shipped("traffic"))
        for name in ("城区中队", "沱江中队"):
            self.record("traffic.crew", {"中队名称": name})

    def stop(self, **changed: object) -> object:
        return self.say("traffic.violation", {**STOP, **changed}, record="城区中队")


@pytest.mark.parametrize(
    ("type_name", "values", "record", "said"),
    [
        ("mines.accept", {"修复面积": "42", "成活率": "92"}, "DA-0017", "修复面积大于矿山面积"),
        ("mines.accept", {"修复面积": "42亩", "成活率": "70"}, "DA-0017", "成活率低于验收标准"),
        ("mines.accept", {"成活率": "92"}, "DA-0017", "修复面积：没有填写"),
        ("mines.accept", {"修复面积": "2"}, None, "修复项目：没有填写"),
        ("mines.accept", {"修复面积": "2"}, "DA-9", "修复项目“DA-9”尚未登记"),
        ("mines.accept", {"修复面积": "2", "修复比例": "9"}, "DA-0017", "由系统算出"),
    ],
)
def test_wrong_rows(type_name: str, values: dict[str, str], record: str | None, said: str) -> None:
    assert said in words(Mines().say(type_name, values, record=record))


def test_a_bad_value_is_not_also_missed() -> None:
    judged = Mines().say("mines.accept", {"修复面积": "很大"}, record="DA-0017")
    assert [p.where for p in judged.problems] == ["修复面积"]


def test_a_mine_that_is_no_site_yet_is_held() -> None:
    desk = Mines()
    desk.record("mines.mine", {"矿山编号": "DA-2", "矿山名称": "乙", "矿山类型": "砂石土矿"})
    assert desk.say("mines.survey", {"排查面积": "1"}, record="DA-2").ready
    assert desk.say("mines.accept", {"修复面积": "2"}, record="DA-2").held


def test_an_unknown_value_breaks_no_check_and_a_computed_one_is_left_out() -> None:
    desk = Mines()
    desk.record("mines.site", {"矿山编号": "DA-2", "矿山名称": "乙", "矿山类型": "砂石土矿"})
    entry = desk.say("mines.accept", {"修复面积": "400"}, record="DA-2").ready[0].entry
    assert entry.data == {"restored": "400"}


def test_what_is_computed_stands_in_the_entry() -> None:
    entry = Mines().say("mines.accept", {"修复面积": "2.1", "成活率": "92%"}, record="DA-0017").ready[0].entry
    assert entry.data == {"restored": "2.1", "survival": "92", "share": "75"}


def test_records_are_taken_as_they_were_on_the_day() -> None:
    desk = Mines()
    desk.record("mines.mine", {"矿山编号": "DA-0017", "损毁面积": "5"}, day="2022-12-01")
    desk.record("mines.mine", {"矿山编号": "DA-0017", "损毁面积": "1"}, day="2022-12-20")
    accept = {"修复面积": "3"}
    assert desk.say("mines.accept", accept, record="DA-0017", day="2022-12-10").ready
    assert "大于矿山面积" in words(desk.say("mines.accept", accept, record="DA-0017", day="2022-12-25"))
    assert desk.say("mines.accept", accept, record="DA-0017", day="2022-01-01").ready  # before the first: what was said first


def test_a_parameter_is_that_of_the_day() -> None:
    desk = Mines()
    assert desk.say("mines.accept", {"修复面积": "2", "成活率": "10"}, record="DA-0017", day="2018-12-31").ready


def test_the_same_stop_told_twice_exists_whoever_tells_it() -> None:
    desk = Traffic()
    first = desk.stop().ready[0].entry  # type: ignore[attr-defined]
    again = desk.say("traffic.violation", {**STOP, "时刻": "8时05分", "号牌号码": "湘 m·12345"}, record="城区中队", actor="clerk-2")
    assert again.exists == first.uid
    assert not again.ready


@pytest.mark.parametrize(
    ("changed", "record", "named"),
    [({}, "沱江中队", "中队"), ({"车辆类型": "摩托车"}, "城区中队", "车辆类型"), ({"罚款": "500"}, "城区中队", "罚款")],
)
def test_told_otherwise_it_is_refused_with_what_differs(changed: dict[str, str], record: str, named: str) -> None:
    desk = Traffic()
    desk.stop()
    said = words(desk.say("traffic.violation", {**STOP, **changed}, record=record))
    assert f"不一致：{named}" in said
    assert "湘M12345" not in said


def test_a_plate_stands_in_no_uid() -> None:
    """Whoever holds the open bytes can try every plate there is: the uid must not follow from one."""
    entry = Traffic().stop().ready[0].entry  # type: ignore[attr-defined]
    assert entry.uid != once_uid(ORIGIN, "traffic.violation", "2022-12-31", "08:05", "湘M12345", "超载")
    assert "plate" not in entry.data


def test_personal_values_stand_apart_and_are_sealed_for_the_record() -> None:
    ready = Medicine().say("medicine.visit", {"体温": "36.5", "备注": "无异常"}, record=OLD).ready[0]
    assert ready.personal == {"note": "无异常"}
    assert ready.entry.data == {"temperature": "36.5"}
    assert ready.entry.record is not None


def test_an_event_about_nothing_gets_a_record_of_its_own_for_what_is_sealed(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    ready = desk.say("shop.rumour", {"内容": "听说"}).ready[0]
    assert ready.entry.record == record_key_of(ready.entry.uid)
    assert desk.say("traffic.accident").problems  # of a programme this book has not


def test_delivered_again_by_its_own_uid(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    uid = desk.uid("shop.rumour", {"内容": "听说"})
    assert desk.say("shop.rumour", {"内容": "听说"}, uid=uid).exists == uid
    said = words(desk.say("shop.rumour", {"内容": "没听说"}, uid=uid))
    assert "不一致：内容" in said
    assert "听说" not in said
    desk.book.erased.add(record_key_of(uid))
    assert desk.say("shop.rumour", {"内容": "听说"}, uid=uid).erased


def test_an_event_about_nothing_takes_no_record(tmp_path: Path) -> None:
    assert "对象" in words(Desk(shop(tmp_path)).say("shop.rumour", {"内容": "听说"}, record="1"))


def ends(desk: Desk, entry: Entry) -> list[str]:
    """The types of the open entries that an entry ends."""
    seen, plan = Looked(desk.book), plan_of(desk.catalogue, desk.catalogue.things[entry.type])
    return [waiting.type for waiting in ended(seen, desk.book, desk.catalogue, plan, facts_of(seen, plan, entry))]


def test_what_ends_a_hold() -> None:
    desk = Library()
    desk.uid("library.hold", {"预约人": LI}, record="S-1", day="2022-12-01")
    other = desk.say("library.lend", source="A", target=desk.jia, item="101", day="2022-11-15").ready[0].entry
    assert ends(desk, other) == []
    wanted = desk.lend(desk.yi, "2022-12-02", item="102").ready[0].entry
    desk.book.posted.pop()
    assert ends(desk, wanted) == ["library.hold"]
