"""Why two figures differ that are made of other figures (a ratio): which of these differ, and how much each explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.nouns import Cause, heaviest
from taizhang.cube.plainly import fitted, parts_of, places_of
from taizhang.expressions import Expression
from taizhang.packs import Pack

Value = Callable[[Asked], Fraction | None]
Why = Callable[[Asked, Asked], list[Cause]]


def causes(a: Asked, b: Asked, value: Value, why: Why) -> list[Cause]:
    """One part of B after the other is made that of A; each explains by how much the figure changes."""
    expression = parts_of(a.pack, a.indicator)
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


def _run(expression: Expression, pack: Pack, parts: Mapping[str, Fraction | None]) -> Fraction:
    """The figure over these parts; over nothing, nothing."""
    found = expression.run({name: fitted(part, places_of(pack.indicators[name])) for name, part in parts.items()})
    return Fraction(found or 0)


def _said(value: Fraction | None) -> str:
    return "" if value is None else str(value)
