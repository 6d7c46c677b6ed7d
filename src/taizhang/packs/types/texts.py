"""Texts, choices, yes or no, references."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar

from taizhang.core import places, places_by_name
from taizhang.packs.problems import among, nearest
from taizhang.packs.types.base import Field, Kind, No, Raw, Value, ValueType, narrow, prose

LONGEST_RECORD = 100
DEFAULT_LENGTH = 2000
YES = frozenset({"是", "有", "对", "√", "✓", "☑", "true", "yes", "y", "1"})
NOT = frozenset({"否", "无", "不是", "没有", "×", "✗", "☒", "false", "no", "n", "0"})
SEPARATORS = re.compile(r"[、，,;；/\s]+")
PLACE_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)


class Text(ValueType):
    """Free text; sealed unless the field is `open`."""

    name = "text"
    says = ("文字；除非写明 open: true，按个人信息加密保存", "text; encrypted like personal values unless `open: true`")
    example = ("  永兴县 ", "永兴县")
    takes = frozenset({"length", "open"})
    free = True

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """NFC text with single spaces."""
        text = prose(raw)
        most = field.length or DEFAULT_LENGTH
        if len(text) > most:
            return No(
                (f"不超过 {most} 字", f"at most {most} characters"),
                ("请缩短。", "Shorten it."),
                (f"{len(text)} 字", f"{len(text)} characters"),
            )
        return text


class Choice(ValueType):
    """One of the listed values."""

    name = "choice"
    says = ("所列值之一", "one of the listed values")
    example = ("砂石土矿", "砂石土矿")
    takes = frozenset({"choices"})
    needs = frozenset({"choices"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The value as listed."""
        text = prose(raw)
        return text if text in field.choices else _not_listed(text, field)


class Choices(ValueType):
    """Several of the listed values."""

    name = "choices"
    kind: ClassVar[Kind] = "texts"
    says = ("所列值中的若干个，用顿号分开", "several of the listed values, between 、")
    example = ("回填种植土、边坡放缓", "边坡放缓、回填种植土")
    takes = frozenset({"choices"})
    needs = frozenset({"choices"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The values in the order of the list, each once."""
        parts = [prose(x) for x in raw] if isinstance(raw, (list, tuple)) else SEPARATORS.split(prose(raw))
        given = {p for p in parts if p}
        for text in sorted(given - set(field.choices)):
            return _not_listed(text, field)
        return [c for c in field.choices if c in given]

    def in_expressions(self, value: Value) -> tuple[str, ...]:
        """As a tuple."""
        return tuple(value) if isinstance(value, list) else (str(value),)


def _not_listed(text: str, field: Field) -> No:
    near = nearest(text, field.choices)
    do = (f"是否应为 {near}？", f"Did you mean {near}?") if near else ("请从中选择。", "Choose one of them.")
    listed = among(field.choices)
    return No((listed or "（没有可选的值）", listed or "(nothing to choose from)"), do)


class Boolean(ValueType):
    """Yes or no."""

    name = "boolean"
    kind: ClassVar[Kind] = "boolean"
    says = ("是或否（有/无、√/× 均可）", "yes or no (是/否, 有/无, √/×)")
    example = ("是", "true")

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """True or False."""
        word = narrow(raw).lower()
        if word in YES or word in NOT:
            return word in YES
        return No(("是 或 否", "是 or 否"), ("请填写是或否；不知道就留空。", "Say which; leave it empty when it is not known."))


class PlaceCode(ValueType):
    """A place by its code; a county, prefecture or province also by name."""

    name = "place"
    says = (
        "区划代码（2、4、6、9、12 位），县级以上也可写名称；是否存在由账本核对",
        "a place code; counties and above by name too; the book checks that it exists",
    )
    example = ("永兴县", "431023")

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The code."""
        text = narrow(raw)
        if PLACE_CODE.fullmatch(text):
            return text
        named = places_by_name().get(text, ())
        if len(named) == 1:
            return named[0].code
        if named:
            listed = among(p.code for p in named)
            return No((listed, listed), ("同名的不止一处，请写代码。", "Several places have this name: write the code."))
        return No(("区划代码或县级以上名称", "a place code, or the name of a county or above"), ("请核对名称。", "Check the name."))


class RecordKey(ValueType):
    """The key of a record of another register."""

    name = "record"
    says = ("另一名录中的对象；是否存在由账本核对", "a record of another register; the book checks that it exists")
    example = ("DA-0017", "DA-0017")
    takes = frozenset({"of"})
    needs = frozenset({"of"})

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The key as text."""
        text = prose(raw)
        if len(text) > LONGEST_RECORD:
            return No(
                (f"不超过 {LONGEST_RECORD} 字的编号", f"a key of at most {LONGEST_RECORD} characters"), ("请核对编号。", "Check the key.")
            )
        return text


def county_known(code: str) -> bool:
    """True when a six-digit code stands in the table of places (statistical codes of one year)."""
    return any(p.code == code for p in places())
