"""A field and its type: what a value may be, and its one canonical form."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from taizhang.core import Problem, civil_today
from taizhang.packs.problems import Pair, shown

Value = int | str | bool | list[str]
"""A canonical value as it stands in an entry; money in 分, decimals and dates as text. Absent is None."""

Raw = object
"""A value as it comes: text, int, Decimal, float of a sheet, date, bool, list of texts, or None."""

Kind = Literal["text", "integer", "decimal", "date", "boolean", "texts"]
"""What a value is in an expression. Money and decimals are `decimal` (money in 元)."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One field (数据元): its names, its type, its unit and its limits.

    `also` are its synonyms as heads of sheets write them. `low` and `high` are limits, ends included:
    numbers in the field's unit, or days (`today` for the day of cleaning). `places` are digits after the
    point. `of` names the register of a record reference. `personal` values are sealed at entry, and so is
    free text that is not `open`. `computed` is the expression of a field nobody types.
    """

    name: str
    title: str
    type: ValueType
    title_en: str = ""
    also: tuple[str, ...] = ()
    unit: str | None = None
    places: int | None = None
    low: Decimal | str | None = None
    high: Decimal | str | None = None
    length: int | None = None
    choices: tuple[str, ...] = ()
    of: str | None = None
    required: bool = False
    personal: bool = False
    open: bool = False
    computed: str | None = None
    ended: str | None = None

    @property
    def sealed(self) -> bool:
        """True when its values are encrypted at entry: personal, or free text the pack does not call open."""
        return self.personal or (self.type.free and not self.open)

    def clean(self, raw: Raw, today: date | None = None) -> Value | Problem | None:
        """The canonical value, None for nothing there, or why it cannot be taken. A problem never repeats a personal value."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        got = self.type.clean(raw, self, today or civil_today())
        return got.problem(self, raw) if isinstance(got, No) else got

    def warnings(self, value: Value | None) -> tuple[Problem, ...]:
        """What is worth a look in a canonical value, though it is taken."""
        return () if value is None else tuple(no.problem(self, value) for no in self.type.warnings(value))

    def expressed(self, value: Value | None) -> Any:
        """A canonical value as expressions see it: money in 元, decimals and days by their type; None stays None."""
        return None if value is None else self.type.in_expressions(value)

    @property
    def heads(self) -> tuple[str, ...]:
        """Every name a sheet may give it: title, then synonyms."""
        return (self.title, *self.also)


@dataclass(frozen=True, slots=True)
class No:
    """Why a value is not taken: what was expected and what to do; `found` where more can be said than the value."""

    expected: Pair
    do: Pair
    found: Pair | None = None

    def problem(self, field: Field, raw: Raw) -> Problem:
        """The problem, with the value only where it is not personal."""
        zh, en = self.found or ("", "")
        if not field.sealed:
            said = f"“{shown(as_text(raw))}”"
            zh, en = f"{said}{'，' if zh else ''}{zh}", f"{said}{', ' if en else ''}{en}"
        zh, en = zh or "个人信息（不显示）", en or "a personal value (not shown)"
        return Problem(field.title, zh, self.expected[0], self.do[0], en, self.expected[1], self.do[1])


class ValueType(ABC):
    """A type of values. `name` as packs write it, `kind` in expressions, `takes` the keys of a field that mean something for it."""

    name: ClassVar[str]
    kind: ClassVar[Kind] = "text"
    says: ClassVar[Pair]
    example: ClassVar[tuple[str, str]]
    takes: ClassVar[frozenset[str]] = frozenset()
    needs: ClassVar[frozenset[str]] = frozenset()
    personal: ClassVar[bool] = False
    free: ClassVar[bool] = False

    @abstractmethod
    def clean(self, raw: Raw, field: Field, today: date) -> Value | No:
        """The canonical form of a value that is there."""

    def warnings(self, value: Value) -> tuple[No, ...]:
        """Doubts about a canonical value that is taken all the same."""
        return ()

    def in_expressions(self, value: Value) -> Any:
        """A canonical value as expressions see it."""
        return value


def as_text(raw: Raw) -> str:
    """A raw value as one would write it."""
    if isinstance(raw, (list, tuple)):
        return "、".join(as_text(x) for x in raw)
    return str(raw)


def narrow(raw: Raw) -> str:
    """A code or number as typed: full-width forms made narrow, no white space around or between."""
    return "".join(unicodedata.normalize("NFKC", as_text(raw)).split())


def prose(raw: Raw) -> str:
    """A free text: NFC, white space and line breaks made single spaces."""
    return " ".join(CONTROL.sub(" ", unicodedata.normalize("NFC", as_text(raw))).split())
