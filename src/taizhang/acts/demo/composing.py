"""Totals of indicators that are made of others: they are not made to order, but must be what the other totals make."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from taizhang.acts.demo.refusals import contradict, no_room
from taizhang.acts.demo.totals import Total
from taizhang.core import Problem
from taizhang.expressions import parse
from taizhang.packs import Indicator, Pack
from taizhang.packs.expressing import number_type

_PLACES = 4
"""Digits of an indicator that another one is made of, where it does not say."""


def disagreeing(total: Total, pack: Pack, indicator: Indicator, totals: Sequence[Total]) -> Problem | None:
    """Why a total is not what the totals of its parts make, at the same place and for the same period; None where it is."""
    places = {name: _PLACES if one.places is None else one.places for name, one in pack.indicators.items() if one is not indicator}
    value = parse(indicator.value, {name: number_type(digits) for name, digits in places.items()})
    parts = {name: next((one for one in totals if _is_part(one, total, f"{pack.name}.{name}")), None) for name in value.names}
    there = [one for one in parts.values() if one is not None]
    if not there:
        names = "、".join(pack.indicators[name].title for name in value.names)
        return no_room(total, f"由{names}算得，它们还没有总数", f"it is made of {names}, of which there are no totals")
    found = value.run({name: None if one is None else _fitted(one.value, places[name]) for name, one in parts.items()})
    if found is not None and Fraction(found) == Fraction(total.value):
        return None
    told = "无" if found is None else str(found)
    return contradict(total, "、".join(map(str, there)), f"由各部分算得 {told}", f"its parts make {told}")


def _is_part(one: Total, whole: Total, indicator: str) -> bool:
    return (one.indicator, one.place, one.period, one.of) == (indicator, whole.place, whole.period, whole.of)


def _fitted(value: Decimal, places: int) -> Decimal | int:
    """A value as the number of so many places that an expression takes."""
    return round(value, places) if places else int(value)
