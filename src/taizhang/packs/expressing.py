"""The seam to the expression language: what fields, items and parameters are in it, and checking one expression."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from taizhang.expressions import BOOLEAN, DATE, TEXT, BadExpression, Choice, Choices, Number, Slip, Type, decimal, integer, parse
from taizhang.packs.model import Item, Parameter
from taizhang.packs.types import Field

__all__ = ["BOOLEAN", "DATE", "TEXT", "Slip", "Type", "checked", "number_type", "parameter_type", "quantity_type", "type_of"]

PLACES = {"integer": 0, "money": 2, "percent": 2, "area": 4}
"""Digits after the point where a field does not say."""


def type_of(field: Field) -> Type:
    """What a field is in an expression; money is in 元, an absent value is null."""
    if field.type.kind in ("integer", "decimal"):
        return _number(field)
    if field.type.name == "choice":
        return Choice(field.choices)
    if field.type.kind == "texts":
        return Choices(field.choices)
    plain: dict[str, Type] = {"date": DATE, "boolean": BOOLEAN}
    return plain.get(field.type.kind, TEXT)


def _number(field: Field) -> Type:
    places = field.places if field.places is not None else PLACES.get(field.type.name, 0)
    low, high = (limit if isinstance(limit, Decimal) else None for limit in (field.low, field.high))
    try:
        return decimal(places, low, high)
    except ValueError:  # limits that cannot be are a problem of the field, told where it is defined
        return decimal(places)


def parameter_type(parameter: Parameter) -> Type:
    """What a parameter is in an expression: its value on the entry's day."""
    return decimal(parameter.places if parameter.places is not None else PLACES.get(parameter.type.name, 0))


def quantity_type(item: Item) -> Type:
    """What an amount of an item is in an expression: in the item's unit, exact to its smallest part."""
    return integer() if item.parts == 1 else decimal(len(str(item.parts)) - 1)


def number_type(places: int = 4) -> Number:
    """A number of that many places."""
    return decimal(places)


def checked(
    text: str, names: Mapping[str, Type], wants: Type | None, *, aggregates: bool = False
) -> tuple[tuple[Slip, ...], frozenset[str]]:
    """What is wrong with an expression that must give `wants`, and the names it reads."""
    try:
        expression = parse(text, names, aggregates=aggregates)
    except BadExpression as bad:
        return bad.problems, frozenset()
    return _misfit(text, expression.type, wants), frozenset(expression.names)


def _misfit(text: str, got: Type, wants: Type | None) -> tuple[Slip, ...]:
    if wants is None or _fits(got, wants):
        return ()
    zh, en = f"得到的是 {got}", f"it gives {got}"
    return (
        Slip(
            text[:40], zh, str(wants), "请改写；小数位过多时用 round。", en, str(wants), "Rewrite it; round where it has too many places."
        ),
    )


def _fits(got: Type, wants: Type) -> bool:
    if isinstance(wants, Number):
        return isinstance(got, Number) and got.places <= wants.places
    return type(got) is type(wants) or (wants == TEXT and isinstance(got, Choice))
