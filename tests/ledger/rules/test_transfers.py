"""划转: what moves, from where to where, how much; and what is not there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import Problem
from taizhang.ledger.rules.amounts import parts, told
from taizhang.packs import MONEY, Item, split

from .desk import Desk, words
from .packs import shop
from .worlds import OLD, Library, Medicine, Mines

TABLET = Item("tablet", "药品", "片", of="batch", units={"盒": "per_box"}, expires="expiry")
ALLOT = {"source": "K01", "target": "X-001", "item": "YP-001/B2211"}
WHY = {"分配理由": "追加"}


@pytest.mark.parametrize(
    ("quantity", "count"), [("10盒", 240), ("240", 240), (" 1 片 ", 1), ("１０盒", 240), ("1.5盒", 36), (10, 10), ("0片", None)]
)
def test_quantities(quantity: object, count: int | None) -> None:
    judged = Medicine().say("medicine.allot", WHY, quantity=quantity, **ALLOT)
    if count is None:
        assert "数量应大于 0" in words(judged)
    else:
        assert judged.ready[0].entry.quantity == count


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ("-5片", "是负数"),
        ("-0.5盒", "是负数"),
        ("10袋", "片、盒"),
        ("许多", "片、盒"),
        ("", "数量：没有填写"),
        (None, "数量：没有填写"),
        ("0.3片", "合不成整片"),
        ("99999999999999999片", "结存"),
        ("999999999999999999盒", "过大"),
        ("1千片", "结存 240片，不够转出 1000片"),
    ],
)
def test_wrong_quantities(quantity: object, said: str) -> None:
    assert said in words(Medicine().say("medicine.allot", WHY, quantity=quantity, **ALLOT))


@pytest.mark.parametrize(("quantity", "count"), [("31万元", 31_000_000), ("12.5元", 1250), ("5分", 5), ("0.01", 1), (3, 300)])
def test_money_is_counted_in_fen(quantity: object, count: int) -> None:
    desk = Mines()
    desk.uid("mines.receive", target="ZJ-1", quantity="100万元")
    assert desk.say("mines.allot", source="ZJ-1", target="DA-0017", quantity=quantity).ready[0].entry.quantity == count


def test_half_a_fen_is_no_money() -> None:
    assert "合不成整分" in words(Mines().say("mines.allot", source="ZJ-1", target="DA-0017", quantity="0.005元"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source": "K09"}, "药品储备库“K09”尚未登记"),
        ({"target": "X-9"}, "便民药箱“X-9”尚未登记"),
        ({"item": "YP-001/B9"}, "药品批次“YP-001/B9”尚未登记"),
        ({"item": None}, "物项（药品批次）：没有填写"),
        ({"source": None}, "调出（药品储备库）：没有填写"),
        ({"record": "X-001"}, "与这种划转不符"),
        ({"due": "2023-01-01"}, "应还日期：与这种划转不符"),
        ({"quantity": "241片"}, "结存 240片，不够转出 241片"),
    ],
)
def test_wrong_ends(changed: dict[str, object], said: str) -> None:
    assert said in words(Medicine().say("medicine.allot", WHY, **{"quantity": "1片", **ALLOT, **changed}))


def test_an_organisation_that_supplies_is_no_pharmacy() -> None:
    judged = Medicine().say("medicine.supply", source="K01", target="91999999MA0000A199", item="YP-001/B2211", quantity="1盒")
    assert judged.held


def test_expired_medicine_only_leaves_the_book() -> None:
    desk = Medicine(today=__import__("datetime").date(2025, 1, 1))
    assert "有效期至 2024-10-31，已过期" in words(desk.say("medicine.allot", WHY, quantity="1片", **ALLOT))
    thrown = desk.say("medicine.discard", {"报损原因": "过期"}, source="K01", item="YP-001/B2211", quantity="1片")
    assert thrown.ready[0].entry.target == "medicine.destroyed"


def test_a_size_that_nobody_knows(tmp_path: Path) -> None:
    found = parts(TABLET, "1盒", {}, Medicine().catalogue.things["medicine.batch"].fields)
    assert isinstance(found, Problem)
    assert "每盒片数" in found.do


def test_from_here_to_here(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    desk.record("shop.stall", {"摊位编号": "1"})
    desk.uid("shop.supply", target="1", quantity="2袋")
    assert "同一处" in words(desk.say("shop.pass_on", source="1", target="1", quantity="1袋"))


def test_checks_see_the_balance_before(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    for code in "12":
        desk.record("shop.stall", {"摊位编号": code})
    desk.uid("shop.supply", target="1", quantity="2袋")
    assert "至少留一半" in words(desk.say("shop.pass_on", source="1", target="2", quantity="25001克"))
    assert desk.say("shop.pass_on", source="1", target="2", quantity="1袋").ready
    assert "至少留一半" in words(desk.say("shop.pass_on", source="1", target="2", quantity="1袋"))


def test_whose_record_personal_values_are_sealed_for(tmp_path: Path) -> None:
    desk = Desk(shop(tmp_path))
    stall = desk.record("shop.stall", {"摊位编号": "1"})
    desk.uid("shop.supply", target="1", quantity="1袋")
    eaten = desk.say("shop.eat", {"谁": "示例甲"}, source="1", quantity="1斤").ready[0]
    assert eaten.personal == {"who": "示例甲"}
    assert eaten.entry.record == stall
    plain = desk.say("shop.eat", source="1", quantity="1斤").ready[0]
    assert plain.entry.record is None


@pytest.mark.parametrize("type_name", ["shop.serve", "shop.bring"])
def test_of_both_ends_the_person_s_record_is_the_one_they_are_sealed_for(tmp_path: Path, type_name: str) -> None:
    desk = Desk(shop(tmp_path))
    desk.record("shop.stall", {"摊位编号": "1"})
    guest = desk.record("shop.guest", {"身份证号": OLD, "姓名": "示例甲", "桌号": "3"})
    desk.uid("shop.supply", target="1", quantity="1袋")
    ends = {"source": "1", "target": OLD} if type_name == "shop.serve" else {"source": OLD, "target": "1"}
    assert desk.say(type_name, {"谁经手": "示例乙"}, quantity="1斤", **ends).ready[0].entry.record == guest


def test_a_person_s_number_is_in_no_message() -> None:
    said = words(Medicine().say("medicine.issue", source="X-001", target="999999195006120013", item="YP-001/B2211", quantity="1片"))
    assert "重点人群（编号属个人信息，不显示）尚未登记" in said
    assert "999999195006120013" not in said
    assert OLD not in words(Medicine().say("medicine.issue", source="X-001", target=OLD, item="YP-001/B2211", quantity="7片"))


@given(st.integers(0, 10**9), st.integers(1, 1000))
def test_boxes_and_tablets_are_the_same_tablets(count: int, per_box: int) -> None:
    whole = split(TABLET, count, "盒", {"per_box": per_box})
    assert whole is not None
    sizes: dict[str, object] = {"per_box": per_box}
    boxes, rest = (parts(TABLET, f"{n}{unit}", sizes, {}) for n, unit in zip(whole, ("盒", "片"), strict=True))  # type: ignore[arg-type]
    assert isinstance(boxes, int)
    assert isinstance(rest, int)
    assert boxes + rest == count


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_money_is_exact_or_refused(amount: object) -> None:
    got = parts(MONEY, f"{amount:f}万元", {}, {})
    exact = Fraction(str(amount)) * 1_000_000
    assert got == int(exact) if exact.denominator == 1 else isinstance(got, Problem)


@given(st.integers(0, 10**12))
def test_an_amount_told_is_the_amount(count: int) -> None:
    assert parts(MONEY, told(MONEY, count), {}, {}) == count


def test_the_one_there_is_comes_in_once() -> None:
    desk = Library()
    again = {"target": "B", "item": "101", "day": "2022-11-20"}
    assert "这一件图书已在账内" in words(desk.say("library.acquire", {"来源": "捐赠"}, **again))
    desk.uid("library.withdraw", {"剔除原因": "遗失"}, source="A", item="101", day="2022-11-10")
    assert desk.say("library.acquire", {"来源": "捐赠"}, **again).ready
