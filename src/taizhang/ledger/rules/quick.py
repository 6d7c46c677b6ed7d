"""Texts that are canonical at first sight, or nearly so: read without the field's whole reader, to the same value.

A sheet of a million rows mostly holds such texts. Whatever is not of the plainest form, or outside the limits, gets None
here and goes to `Field.clean`, which knows every way to write it and every way to refuse it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from taizhang.core import Value
from taizhang.packs import Field
from taizhang.packs.types.base import narrow, prose

Quick = Callable[[str], Value]
LONGEST = 12
_PLACES = {"money": 2, "percent": 2, "area": 4}
_UNITS = {"money": "元", "percent": "%"}


def quick(field: Field) -> Quick | None:
    """A quick reader of plain texts for a field, where its type has one."""
    kind = field.type.name
    if kind == "integer":
        return _whole(*_limits(field, 0))
    if kind in ("decimal", "percent", "area", "money"):
        places = field.places if field.places is not None and kind != "money" else _PLACES.get(kind, 0)
        return _places(places, *_limits(field, places), _unit(field), money=kind == "money")
    if kind == "date" and field.low is None and field.high is None:
        return _day
    if kind == "choice":
        return {choice: choice for choice in field.choices if prose(choice) == choice}.get
    return _time if kind == "time" else None


def _limits(field: Field, places: int) -> tuple[int, int]:
    """The limits in units of the last place; without any, nothing this long is outside."""
    low, high = field.low, field.high
    least = int(low.scaleb(places).to_integral_value(ROUND_CEILING)) if isinstance(low, Decimal) else 0
    most = int(high.scaleb(places).to_integral_value(ROUND_FLOOR)) if isinstance(high, Decimal) else 10 ** (LONGEST + places)
    return least, most


def _unit(field: Field) -> str:
    """The unit that may stand behind the number and says nothing more; empty where it needs a closer look."""
    unit = _UNITS.get(field.type.name, field.unit) or ""
    return unit if len(unit) <= LONGEST and unit == narrow(unit) and not any(sign.isdigit() for sign in unit) else ""


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _whole(least: int, most: int) -> Quick:
    def read(text: str) -> Value:
        if len(text) > LONGEST or not _is_digits(text):
            return None
        value = int(text)
        return value if least <= value <= most else None

    return read


def _places(places: int, least: int, most: int, unit: str, *, money: bool) -> Quick:
    def read(text: str) -> Value:
        whole, point, tail = text.removesuffix(unit).partition(".")
        if len(whole) > LONGEST or not _is_digits(whole) or (point and not _is_digits(tail)) or len(tail) > LONGEST:
            return None
        kept = tail.rstrip("0")
        units = int(whole + kept.ljust(places, "0"))
        if len(kept) > places or not least <= units <= most:
            return None
        return units if money else f"{int(whole)}.{kept}" if kept else str(int(whole))

    return read


def _day(text: str) -> Value:
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        date.fromisoformat(text)
    except ValueError:
        return None
    return text


def _time(text: str) -> Value:
    hour, colon, minute = text.partition(":")
    if len(text) != 5 or not colon or not _is_digits(hour) or not _is_digits(minute):
        return None
    return text if len(hour) == 2 and hour < "24" and minute < "60" else None
