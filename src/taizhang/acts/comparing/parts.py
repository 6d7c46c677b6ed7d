"""Why two figures differ that are made of other figures (a ratio): which of these differ, and how much each explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.nouns import Cause, heaviest
from taizhang.core import rounded
from taizhang.expressions import Expression, parse
from taizhang.packs import Pack
from taizhang.packs.expressing import number_type

PLACES = 4
"""Digits of an indicator that another one is made of, where it does not say."""

Value = Callable[[Asked], Fraction | None]
Why = Callable[[Asked, Asked], list[Cause]]


def causes(a: Asked, b: Asked, value: Value, why: Why) -> list[Cause]:
    """One part of B after the other is made that of A; each explains by how much the figure changes."""
    expression = _expression(a)
    of_a = {name: value(a.with_indicator(name)) for name in expression.names}
    now = {name: value(b.with_indicator(name)) for name in expression.names}
    made = []
    before = _run(expression, a.pack, now)
    for name in expression.names:
        if now[name] == of_a[name]:
            continue
        was, now[name] = now[name], of_a[name]
        after = _run(expression, a.pack, now)
        part = a.with_indicator(name)
        facts = {"title": part.indicator.title, "unit": part.indicator.unit, "a": _said(of_a[name]), "b": _said(was)}
        made.append(Cause(("part",), after - before, facts=facts, within=heaviest(why(part, b.with_indicator(name)))))
        before = after
    return made


def _expression(one: Asked) -> Expression:
    names = {name: number_type(_places(one.pack, name)) for name in one.pack.indicators if name != one.indicator.name}
    return parse(one.indicator.value, names)


def _run(expression: Expression, pack: Pack, parts: Mapping[str, Fraction | None]) -> Fraction:
    """The figure over these parts; over nothing, nothing."""
    found = expression.run({name: _fitted(part, _places(pack, name)) for name, part in parts.items()})
    return Fraction(found or 0)


def _fitted(value: Fraction | None, places: int) -> Decimal | int | None:
    """A part as an exact number of so many places."""
    if value is None:
        return None
    scaled = int(rounded(value, places) * 10**places)
    return Decimal(scaled).scaleb(-places) if places else scaled


def _places(pack: Pack, name: str) -> int:
    places = pack.indicators[name].places
    return PLACES if places is None else places


def _said(value: Fraction | None) -> str:
    return "" if value is None else str(value)
