"""Types of fields: one canonical form for each value, or a reason a clerk understands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import Problem
from taizhang.packs import MONEY, TYPES, Field, Item, parts_of, split

TODAY = date(2022, 12, 28)


def field(kind: str, **more: Any) -> Field:
    given = (
        {"unit": "公顷"}
        if kind == "area"
        else {"choices": ("红", "黄", "绿")}
        if kind.startswith("choice")
        else {"places": 2}
        if kind == "decimal"
        else {}
    )
    return Field("x", "某项", TYPES[kind], **{**given, **more})


# type, what is written, what is kept; None where it is refused, with words of the message
VALUES: list[tuple[Field, Any, Any, str]] = [
    (field("integer", unit="片"), "1.2万", 12000, ""),
    (field("integer", unit="片"), "24片", 24, ""),
    (field("integer", unit="片"), "１２", 12, ""),
    (field("integer", unit="片"), "1,234", 1234, ""),
    (field("integer", unit="片"), "12盒", None, "单位 片"),
    (field("integer", unit="片"), "12.5", None, "整数"),
    (field("integer", unit="片"), "若干", None, "数字"),
    (field("integer", unit="片"), "0", 0, ""),
    (field("integer", unit="片"), "  ", None, ""),
    (field("integer", unit="片", low=Decimal(1)), "0", None, "不小于 1"),
    (field("integer", unit="片"), True, None, "数字"),
    (field("integer", unit="片"), 3.0, 3, ""),
    (field("integer"), "1e3", None, "数字"),
    (field("integer"), "9" * 30, None, "数字"),
    (field("integer"), float("nan"), None, "数字"),
    (field("decimal", places=4, unit="公顷"), "16.5828", "16.5828", ""),
    (field("decimal", places=4, unit="公顷"), "16.50", "16.5", ""),
    (field("decimal", places=4, unit="公顷"), 31.5, "31.5", ""),
    (field("decimal", places=4, unit="公顷"), 0.1 + 0.2, None, "15 位"),
    (field("decimal", places=2), "-0.00", "0", ""),
    (field("decimal", places=2), "1.234", None, "最多 2 位小数"),
    (field("money"), "955.925万元", 955925000, ""),
    (field("money"), "8500元", 850000, ""),
    (field("money"), "1.2亿", 12_000_000_000, ""),
    (field("money"), "0.01", 1, ""),
    (field("money"), "0.001", None, "到分为止"),
    (field("money"), "-3", -300, ""),
    (field("percent"), "95.5%", "95.5", ""),
    (field("percent"), "95", "95", ""),
    (field("percent", high=Decimal(100)), "120%", None, "不大于 100"),
    (field("area"), "31.5亩", "2.1", ""),
    (field("area"), "10亩", None, "0.6667"),
    (field("area"), "25000平方米", "2.5", ""),
    (field("area"), "-1", None, "不小于 0"),
    (field("date"), "2022年12月3日", "2022-12-03", ""),
    (field("date"), "2022/2/28", "2022-02-28", ""),
    (field("date"), datetime(2022, 1, 2, 3, 4), "2022-01-02", ""),
    (field("date"), "2022年2月30日", None, "真实的日期"),
    (field("date"), "2022.1", None, "真实的日期"),
    (field("date", high="today"), "2022-12-29", None, "不晚于 2022-12-28"),
    (field("time"), "8时5分", "08:05", ""),
    (field("time"), "24:00", None, "时刻"),
    (field("choice"), " 红 ", "红", ""),
    (field("choice"), "红色", None, "红、黄、绿"),
    (field("choices"), "绿、红", ["红", "绿"], ""),
    (field("choices"), ["绿", "绿"], ["绿"], ""),
    (field("boolean"), "√", True, ""),
    (field("boolean"), "否", False, ""),
    (field("boolean"), "大概", None, "是 或 否"),
    (field("place"), "永兴县", "431023", ""),
    (field("place"), "431023", "431023", ""),
    (field("place"), "永新兴县", None, "区划代码"),
    (field("text", open=True), "  两  段\n文字 ", "两 段 文字", ""),
    (field("text", open=True, length=3), "四个字啊", None, "不超过 3 字"),
    (field("resident_id"), "99999919480130002７", "999999194801300027", ""),
    (field("resident_id"), "999999194801300028", None, "校验位不符"),
    (field("resident_id"), "999999194802300027", None, "出生日期不真实"),
    (field("resident_id"), "999999480130002", None, "15 位"),
    (field("credit_code"), "91999999ma0000a199", "91999999MA0000A199", ""),
    (field("credit_code"), "91999999MA0000A198", None, "校验位不符"),
    (field("credit_code"), "91999999MAO000A199", None, "I O S V Z"),
    (field("isbn"), "ISBN 978-999990001-0", "9789999900010", ""),
    (field("isbn"), "0-306-40615-2", "9780306406157", ""),
    (field("isbn"), "9789999900011", None, "校验位"),
    (field("phone"), "+86 100-1234-5678", None, "手机号"),
    (field("phone"), "+86 10012345678", "10012345678", ""),
    (field("phone"), "（0731）1234 5678", "0731-12345678", ""),
    (field("phone"), "10012345678、10012345679", None, "一格只写一个"),
    (field("plate"), "湘 m·12345", "湘M12345", ""),
    (field("plate"), "湘MD12345", "湘MD12345", ""),
    (field("plate"), "12345", None, "号牌"),
]


@pytest.mark.parametrize(("kind", "raw", "kept", "words"), VALUES, ids=[f"{f.type.name} {r}" for f, r, _, _ in VALUES])
def test_a_value_as_people_write_it(kind: Field, raw: Any, kept: Any, words: str) -> None:
    got = kind.clean(raw, TODAY)
    if words:
        assert isinstance(got, Problem)
        assert words in got.line()
    else:
        assert got == kept
        assert type(got) is type(kept)


@pytest.mark.parametrize("kind", list(TYPES.values()), ids=list(TYPES))
def test_the_example_of_a_type_holds(kind: Any) -> None:
    typed, kept = kind.example
    example = {"choice": ("砂石土矿",), "choices": ("边坡放缓", "回填种植土")}.get(kind.name, ())
    asked = field(kind.name, choices=example, places=4 if kind.name == "decimal" else None)
    got = asked.clean(typed.split("（")[0], TODAY)
    assert not isinstance(got, Problem), got
    shown = "、".join(got) if isinstance(got, list) else {True: "true", False: "false"}[got] if isinstance(got, bool) else str(got)
    assert shown == kept


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=40) | st.integers() | st.floats() | st.booleans() | st.dates())
def test_what_is_clean_stays_as_it_is(kind: str, raw: Any) -> None:
    asked = field(kind, unit={"area": "公顷"}.get(kind))
    got = asked.clean(raw, TODAY)
    if got is None or isinstance(got, Problem) or kind == "money":
        return
    assert asked.clean(got, TODAY) == got


@given(st.integers(-(10**14), 10**14))
def test_money_is_exact_to_the_fen(fen: int) -> None:
    assert field("money").clean(f"{Decimal(fen).scaleb(-2):f}") == fen


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_id_is_found(at: int, digit: str) -> None:
    right = "999999194801300027"
    wrong = right[:at] + digit + right[at + 1 :]
    assert (wrong == right) == (field("resident_id").clean(wrong, TODAY) == right)


def test_an_unknown_county_only_warns() -> None:
    asked = field("resident_id")
    assert asked.clean("999999194801300027", TODAY) == "999999194801300027"
    assert [w.found for w in asked.warnings("999999194801300027")] != []


def test_a_personal_value_is_in_no_message() -> None:
    for kind, raw in (("resident_id", "999999194801300028"), ("phone", "100-secret"), ("text", "长" * 3000)):
        got = field(kind, personal=True).clean(raw, TODAY)
        assert isinstance(got, Problem)
        assert raw[:6] not in got.line() + got.line("en")


BOX = Item("tablet", "药品", "片", units={"盒": "per_box", "箱": 2400})


@given(st.integers(0, 10**12), st.integers(1, 1000))
def test_boxes_and_tablets_conserve(tablets: int, per_box: int) -> None:
    parted = split(BOX, tablets, "盒", {"per_box": per_box})
    assert parted is not None
    boxes, rest = parted
    assert boxes * per_box + rest == tablets
    assert 0 <= rest < per_box
    assert parts_of(BOX, boxes, "盒", {"per_box": per_box}) == boxes * per_box


def test_an_amount_that_is_no_whole_number_of_parts_is_refused() -> None:
    assert parts_of(BOX, Decimal("0.5"), "盒", {"per_box": 24}) == 12
    assert parts_of(BOX, Decimal("0.5"), "盒", {"per_box": 25}) is None
    assert parts_of(BOX, 1, "盒", {}) is None
    assert parts_of(BOX, 1, "瓶", {"per_box": 24}) is None
    assert parts_of(MONEY, Decimal("955.925"), "万元", {}) == 955925000
    assert parts_of(MONEY, Decimal("0.001"), "元", {}) is None
