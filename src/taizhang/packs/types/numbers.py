"""Numbers: whole, with places, money, percentages, areas. Exact; nothing is rounded in silence."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from taizhang.core import unit_named, units
from taizhang.packs.types.base import Field, Kind, No, Raw, Value, ValueType, narrow

# At most 18 digits before the point and 12 after: more is no figure of an office, and 10^18 分 still fits the entry.
NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,12}))?(\D{0,12})", re.ASCII)
SCALES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100}
MOST = 2**63 - 1
DIGITS_OF_A_SHEET = 15

_WANTED = ("数字，如 12 或 1.5万", "a number such as 12 or 1.5万")
_MEND = ("请只写一个数；不知道就留空，不要写 0。", "Write one number; leave it empty when it is not known, not 0.")


def number(raw: Raw, unit: str | None) -> Fraction | No:
    """The number in the unit of its field; 万 and a unit of the same kind behind it are taken into account."""
    if isinstance(raw, bool):
        return No(_WANTED, _MEND)
    if isinstance(raw, float) and len(repr(raw).strip("-0.").replace(".", "")) > DIGITS_OF_A_SHEET:
        return No(("不超过 15 位有效数字", "at most 15 significant digits"), ("请以文本形式填写。", "Give it as text."))
    text = narrow(format(Decimal(repr(raw)), "f") if isinstance(raw, float) and raw == raw and abs(raw) < MOST else raw)
    if len(text) > 60 or not (m := NUMBER.fullmatch(text)):
        return No(_WANTED, _MEND)
    sign, whole, places, tail = m.groups()
    size = _factor(tail, unit)
    if isinstance(size, No):
        return size
    value = Fraction(whole.replace(",", "") + "." + (places or "0")) * size
    return -value if sign == "-" else value


def _factor(tail: str, unit: str | None) -> Fraction | No:
    """How many of the field's unit one of the written unit is."""
    if not tail:
        return Fraction(1)
    for scale, size in [("", 1), *SCALES.items()]:
        rest = tail[len(scale) :]
        if tail.startswith(scale) and (factor := _conversion(rest, unit)) is not None:
            return factor * size
    wanted = unit or "不带单位的数字"
    return No((f"单位 {wanted}", f"the unit {unit}" if unit else "a number without a unit"), ("请换算后填写。", "Convert it first."))


def _conversion(written: str, unit: str | None) -> Fraction | None:
    if not written:
        return Fraction(1)
    if unit is None:
        return None
    if written == unit:
        return Fraction(1)
    a, b = units().get(written), units().get(unit)
    # Measure words (个, 家, 盒) share a kind but not a base: only what has one base converts.
    return a.factor / b.factor if a and b and a.base == b.base else None


def canonical(value: Fraction, places: int) -> str | No:
    """The text of a decimal with at most that many places, without trailing zeros."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        near = plain(Decimal(round(scaled)).scaleb(-places))
        return No(
            (f"最多 {places} 位小数", f"at most {places} digits after the point"),
            (f"请按规定取舍后填写，如 {near}。", f"Round it as your rules say, for example {near}."),
        )
    if abs(scaled) > MOST:
        return No(("较小的数", "a smaller number"), ("请核对位数。", "Check the digits."))
    return plain(Decimal(int(scaled)).scaleb(-places))


def plain(value: Decimal) -> str:
    """A decimal as canonical text: no exponent, no trailing zeros, no minus zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def within(value: Fraction, field: Field) -> No | None:
    """The limits of the field."""
    for limit, zh, en in ((field.low, "不小于", "at least"), (field.high, "不大于", "at most")):
        if isinstance(limit, Decimal) and (value < Fraction(limit) if limit is field.low else value > Fraction(limit)):
            unit = field.unit or ""
            return No(
                (f"{zh} {plain(limit)}{unit}", f"{en} {plain(limit)}{unit}"), ("请核对数字和单位。", "Check the number and its unit.")
            )
    return None


class Decimals(ValueType):
    """A number with a stated count of places."""

    name = "decimal"
    kind: ClassVar[Kind] = "decimal"
    says = (
        "小数，位数由 places 规定，多余的位数不取舍而是退回",
        "a number with `places` digits after the point; more digits are refused, not rounded",
    )
    example = ("16.5828", "16.5828")
    takes = frozenset({"unit", "places", "min", "max"})
    needs = frozenset({"unit", "places"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """Canonical text such as 16.5828."""
        value = number(raw, field.unit)
        if isinstance(value, No):
            return value
        return within(value, field) or canonical(value, field.places or 0)

    def in_expressions(self, value: Value) -> Decimal:
        """As a decimal."""
        return Decimal(str(value))


class Area(Decimals):
    """An area; 亩, 公顷 and 平方米 convert exactly."""

    name = "area"
    says = (
        "面积，亩、公顷、平方米可互换；缺省 4 位小数（公顷即到平方米）",
        "an area; 亩, 公顷, 平方米 convert exactly; 4 places unless told otherwise",
    )
    example = ("31.5亩（单位 公顷）", "2.1")
    needs = frozenset({"unit"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """Canonical text in the unit of the field."""
        value = number(raw, field.unit)
        if isinstance(value, No):
            return value
        if value < 0:
            return No(("不小于 0", "at least 0"), ("请核对数字。", "Check the number."))
        return within(value, field) or canonical(value, 4 if field.places is None else field.places)


class Percent(Decimals):
    """A percentage: 95 and 95% are the same."""

    name = "percent"
    says = ("百分数，95 与 95% 相同；缺省 2 位小数", "a percentage; 95 and 95% are the same; 2 places unless told otherwise")
    example = ("95.5%", "95.5")
    takes = frozenset({"places", "min", "max"})
    needs = frozenset()

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """Canonical text in percent."""
        value = number(raw, "%")
        if isinstance(value, No):
            return value
        return within(value, field) or canonical(value, 2 if field.places is None else field.places)


class Whole(ValueType):
    """A whole number."""

    name = "integer"
    kind: ClassVar[Kind] = "integer"
    says = ("整数", "a whole number")
    example = ("1.2万", "12000")
    takes = frozenset({"unit", "min", "max"})
    needs = frozenset({"unit"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """An int."""
        value = number(raw, field.unit)
        if isinstance(value, No):
            return value
        if value.denominator != 1:
            return No(("整数", "a whole number"), ("请核对数字和单位。", "Check the number and its unit."))
        if abs(value) > MOST:
            return No(("较小的数", "a smaller number"), ("请核对位数。", "Check the digits."))
        return within(value, field) or int(value)


class Money(ValueType):
    """Money in 元, kept in 分."""

    name = "money"
    kind: ClassVar[Kind] = "decimal"
    says = (
        "金额，以元填写（1.2万、955.925万元 均可），账内以分记；式中以元计",
        "money, written in 元 (万 and 亿 too), kept in 分; expressions see 元",
    )
    example = ("955.925万元", "955925000")
    takes = frozenset({"min", "max"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """An int of 分."""
        value = number(raw, "元")
        if isinstance(value, No):
            return value
        if (value * 100).denominator != 1:
            return No(("到分为止", "no smaller than 分"), ("请核对小数位。", "Check the digits after the point."))
        if abs(value * 100) > MOST:
            return No(("较小的金额", "a smaller amount"), ("请核对位数。", "Check the digits."))
        return within(value, field) or int(value * 100)

    def in_expressions(self, value: Value) -> Decimal:
        """In 元."""
        return Decimal(int(str(value))).scaleb(-2)


def unit_known(unit: str) -> bool:
    """True for a unit of the table, and for a compound (元/盒) of two of them."""
    parts = unit.split("/")
    return len(parts) <= 2 and all(unit_named(p) is not None for p in parts)
