"""Quantities as a desk writes them, in whole smallest parts; exactly, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from taizhang.core import Problem, Value
from taizhang.ledger.rules import words
from taizhang.ledger.rules.nouns import Raw
from taizhang.packs import Field, Item, parts_of, split
from taizhang.packs.types import number
from taizhang.packs.types.base import narrow

MOST = 2**63 - 1


def parts(item: Item, raw: Raw, record: Mapping[str, Value], fields: Mapping[str, Field]) -> int | Problem:
    """How many smallest parts a quantity such as 10盒 is; `record` are the values of the item's record, `fields` its fields."""
    units = units_of(item)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return 1 if item.single else words.no_quantity(units)
    written, unit = _unit(narrow(str(raw)), units)
    amount = number(raw if unit is None else written, None)
    if not isinstance(amount, Fraction):
        return words.bad_quantity(raw, units)
    if amount < 0:
        return words.negative(raw)
    size = parts_of(item, 1, unit or item.unit, record)
    if size is None:
        name = item.units.get(unit or "")
        return words.unknown_size(unit or "", fields[name].title if isinstance(name, str) else str(unit))
    return _whole(item, raw, amount * size)


def _whole(item: Item, raw: Raw, count: Fraction) -> int | Problem:
    if count.denominator != 1:
        return words.not_whole(raw, item.part or item.unit)
    if count > MOST:
        return words.too_much(raw)
    return words.one_only(item.unit) if item.single and count != 1 else int(count)


def units_of(item: Item) -> list[str]:
    """The units a quantity may be written in, the item's own first."""
    return [item.unit, *([item.part] if item.part else []), *item.units]


def _unit(text: str, units: list[str]) -> tuple[str, str | None]:
    """The number, and the unit behind it; the longest that fits, so that 万元 is not 万 and 元."""
    unit = next((u for u in sorted(units, key=len, reverse=True) if text.endswith(u) and len(text) > len(u)), None)
    return (text.removesuffix(unit), unit) if unit else (text, None)


def told(item: Item, count: int) -> str:
    """An amount for a message, in the item's unit and, where that says less, its smallest part."""
    whole = split(item, abs(count), item.unit, {})
    if whole is None or item.parts == 1:
        return f"{count}{item.unit}"
    digits = len(str(item.parts)) - 1
    tail = f"{whole[1]:0{digits}d}".rstrip("0")
    return f"{'-' if count < 0 else ''}{whole[0]}{'.' + tail if tail else ''}{item.unit}"
