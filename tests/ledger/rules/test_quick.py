"""The quick reader of plain texts says what the field's own reader says, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taizhang.ledger.rules.quick import quick
from taizhang.packs import TYPES, Field

FIELDS = [
    Field("a", "整数", TYPES["integer"], unit="人"),
    Field("a", "整数", TYPES["integer"], unit="人", low=Decimal("1"), high=Decimal("99.5")),
    Field("a", "小数", TYPES["decimal"], unit="米", places=2, high=Decimal("12.345")),
    Field("a", "小数", TYPES["decimal"], unit="米", places=0),
    Field("a", "金额", TYPES["money"], unit="元", low=Decimal(0), high=Decimal(1000)),
    Field("a", "成活率", TYPES["percent"], low=Decimal(0), high=Decimal(100)),
    Field("a", "面积", TYPES["area"], unit="公顷", high=Decimal(10)),
    Field("a", "面积", TYPES["area"], unit="m2"),
    Field("a", "面积", TYPES["area"], unit="㎡"),
    Field("a", "日期", TYPES["date"]),
    Field("a", "时刻", TYPES["time"]),
    Field("a", "种类", TYPES["choice"], choices=("甲", "乙 丙", "e\u0301")),
]
TEXTS = st.one_of(
    st.from_regex(r"-?[0-9]{0,14}(\.[0-9]{0,6})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,14}(\.[0-9]{0,6})?( ?[%元米人万㎡]| 公顷|公顷|m2|2){0,2}", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}:[0-9]{2}", fullmatch=True),
    st.sampled_from(["甲", "乙 丙", "乙  丙", "e\u0301", "é", "１２", "٣", "1.", ".5", "007", "1e3", "²", "2023-W01-1", "20230101", "+5"]),
    st.text(max_size=12),
)


@given(st.sampled_from(FIELDS), TEXTS)
def test_equal_or_silent(field: Field, text: str) -> None:
    read = quick(field)
    assert read is not None
    value = read(text)
    if value is not None:
        assert value == field.clean(text, date(2023, 1, 1))
        assert type(value) is type(field.clean(text, date(2023, 1, 1)))


def test_limits_are_for_the_field_to_tell() -> None:
    inside = [
        None if (read := quick(field)) is None else [read(text) for text in ("0", "1", "99", "100", "12.34", "12.35")]
        for field in FIELDS[1:3]
    ]
    assert inside == [[None, 1, 99, None, None, None], ["0", "1", None, None, "12.34", None]]


def test_it_is_of_use() -> None:
    plain = ["12", "12", "3.50米", "3", "12.5元", "92.5%", "2.8公顷", "2.8", "2.8", "2022-12-28", "08:05", "甲"]
    read = [quick(field) for field in FIELDS]
    assert all(one is not None and one(text) is not None for one, text in zip(read, plain, strict=True))
