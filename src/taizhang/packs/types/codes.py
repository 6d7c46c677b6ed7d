"""National codes with check digits, phones, number plates."""

from __future__ import annotations

import re
from datetime import date
from itertools import cycle

from taizhang.packs.problems import Pair
from taizhang.packs.types.base import Field, No, Raw, Value, ValueType, narrow
from taizhang.packs.types.texts import county_known

RESIDENT = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT = re.compile(rf"[{CREDIT_ALPHABET}]{{2}}\d{{6}}[{CREDIT_ALPHABET}]{{10}}", re.ASCII)
MOBILE = re.compile(r"(?:\+?86-?)?(1\d{10})", re.ASCII)
LANDLINE = re.compile(r"\(?(0(?:10|2\d|[3-9]\d{2}))\)?-?(\d{7,8})(?:-(\d{1,6}))?", re.ASCII)
SHORT = re.compile(r"[2-9]\d{6,7}|[48]00-?\d{3}-?\d{4}|1[12]\d|9[56]\d{3,4}|123\d{2}", re.ASCII)
PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
PLATE = re.compile(rf"[{PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{5}}|[A-HJ-NP-Z0-9]{{6}}|[A-HJ-NP-Z0-9]{{4}}[挂学警港澳])", re.ASCII)
LIVING = 1850


class ResidentID(ValueType):
    """A resident ID (GB 11643): MOD 11-2 (GB/T 17710) and a real date of birth; an unknown county only warns."""

    name = "resident_id"
    says = (
        "公民身份号码 18 位（GB 11643）：核对校验位和出生日期，地区码未知只提示",
        "a resident ID of 18 digits (GB 11643): check digit and birth date; an unknown county code only warns",
    )
    example = ("99999919500612001 3", "999999195006120013")
    personal = True

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """18 characters, X in capitals."""
        text = narrow(raw).upper()
        if not RESIDENT.fullmatch(text):
            found = (f"{len(text)} 位", f"{len(text)} characters")
            return No(
                ("18 位身份证号", "an ID number of 18 characters"),
                ("请对照证件；15 位旧号请换成 18 位。", "Compare the card; an old number of 15 digits has one of 18."),
                found,
            )
        if (born := _birth(text)) is None or born > today or born.year < LIVING:
            return _wrong(("出生日期不真实", "an impossible date of birth"))
        if text[17] != resident_check(text[:17]):
            return _wrong(("校验位不符", "a wrong check digit"))
        return text

    def warnings(self, value: Value) -> tuple[No, ...]:
        """An unknown county: codes are withdrawn and people keep theirs."""
        if county_known(str(value)[:6]):
            return ()
        return (
            No(
                ("现行的县级代码", "a county code of today"),
                ("旧代码、外地代码可以保留；请顺手核对。", "Old codes are fine; have a look."),
                ("地区码不在表中", "a county code that is not in the table"),
            ),
        )


def resident_check(first: str) -> str:
    """The check character of the first 17 digits: MOD 11-2."""
    total = sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(first))
    return "10X98765432"[total % 11]


def _birth(text: str) -> date | None:
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def _wrong(found: Pair) -> No:
    return No(("号码前后相符", "a number that fits together"), ("请对照证件逐位核对。", "Compare it with the card, digit by digit."), found)


class CreditCode(ValueType):
    """A unified social credit code (GB 32100): 18 characters, the last checks the others modulo 31."""

    name = "credit_code"
    says = ("统一社会信用代码 18 位（GB 32100），核对校验位", "a unified social credit code (GB 32100) with its check character")
    example = ("91999999ma0000a199", "91999999MA0000A199")

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """18 capitals and digits."""
        text = narrow(raw).upper()
        if not CREDIT.fullmatch(text):
            found = (f"{len(text)} 位", f"{len(text)} characters")
            return No(
                ("18 位代码（不含 I O S V Z）", "18 characters without I O S V Z"), ("请对照营业执照。", "Compare the licence."), found
            )
        if text[17] != credit_check(text[:17]):
            return No(
                ("校验位相符的代码", "a code whose check character fits"),
                ("请对照营业执照逐位核对。", "Compare the licence, character by character."),
                ("校验位不符", "a wrong check character"),
            )
        return text

    def warnings(self, value: Value) -> tuple[No, ...]:
        """An unknown county of registration."""
        if county_known(str(value)[2:8]) or str(value)[2:8].endswith("0000"):
            return ()
        return (
            No(
                ("现行的县级代码", "a county code of today"),
                ("旧代码可以保留；请顺手核对。", "Old codes are fine; have a look."),
                ("登记地代码不在表中", "a county code that is not in the table"),
            ),
        )


def credit_check(first: str) -> str:
    """The check character of the first 17."""
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return CREDIT_ALPHABET[-total % 31]


class Isbn(ValueType):
    """An ISBN of 10 or 13 digits; kept as 13."""

    name = "isbn"
    says = ("国际标准书号，10 位或 13 位，核对校验位，以 13 位保存", "an ISBN of 10 or 13 digits with its check digit, kept as 13")
    example = ("978-7-100-00001-7", "9787100000017")

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """13 digits."""
        text = narrow(raw).upper().removeprefix("ISBN").lstrip(":：").replace("-", "")
        if re.fullmatch(r"\d{9}[\dX]", text, re.ASCII) and _isbn10(text):
            return (body := "978" + text[:9]) + isbn_check(body)
        if re.fullmatch(r"97[89]\d{10}", text, re.ASCII) and text[12] == isbn_check(text[:12]):
            return text
        return No(
            ("10 或 13 位、校验位相符的书号", "an ISBN of 10 or 13 digits whose check digit fits"),
            ("请对照版权页；没有书号的留空。", "Compare the imprint; leave it empty when there is none."),
        )


def isbn_check(first: str) -> str:
    """The thirteenth digit."""
    return str(-sum(int(c) * w for c, w in zip(first, cycle((1, 3)), strict=False)) % 10)


def _isbn10(text: str) -> bool:
    return sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(text)) % 11 == 0


class Phone(ValueType):
    """A phone number, mobile or landline."""

    name = "phone"
    says = ("电话：11 位手机号，或区号-号码", "a phone: 11 digits of a mobile, or area code and number")
    example = ("+86 10012345678", "10012345678")
    personal = True

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """Digits; area code and number with a hyphen between."""
        text = narrow(raw).replace("—", "-").replace("－", "-")
        if m := MOBILE.fullmatch(text):
            return m[1]
        if m := LANDLINE.fullmatch(text):
            return "-".join(g for g in m.groups() if g)
        if SHORT.fullmatch(text):
            return text
        found = (f"{len(text)} 个字符", f"{len(text)} characters")
        return No(
            ("手机号 11 位，或 0731-12345678", "a mobile of 11 digits, or 0731-12345678"),
            ("一格只写一个号码。", "One number in a cell."),
            found,
        )


class Plate(ValueType):
    """A number plate (GA 36)."""

    name = "plate"
    says = ("机动车号牌号码（GA 36）", "a number plate (GA 36)")
    example = ("湘 m·12345", "湘M12345")
    personal = True

    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The plate without dots and spaces, in capitals."""
        text = narrow(raw).upper().replace("·", "").replace("•", "").replace(".", "").replace("-", "")
        if PLATE.fullmatch(text):
            return text
        return No(
            ("号牌号码，如 湘M12345", "a plate such as 湘M12345"),
            ("请对照照片；无牌的留空并注明。", "Compare the picture; leave it empty when there is no plate."),
        )
