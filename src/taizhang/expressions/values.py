"""Values as an entry keeps them (JSON: decimals and dates as text, lists) become values of an expression, and are checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal as Exact
from typing import Any

from taizhang.expressions.types import EXACT, Boolean, Choice, Choices, Day, Number, Type, Value

_DECIMAL = re.compile(r"-?\d{1,38}(\.\d{1,38})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def value_of(raw: object, kind: Type) -> Value:
    """The value a field of an entry holds; ValueError, with what was expected, when it does not fit the type."""
    if raw is None:
        return None
    value = _read(raw, kind)
    if value is None:
        raise ValueError(f"{raw!r:.60} is not {described(kind)}")
    return value


def row_of(data: Mapping[str, object], names: Mapping[str, Type]) -> dict[str, Value]:
    """The fields of an entry that expressions may read; a field that is not there is null."""
    return {name: value_of(data.get(name), kind) for name, kind in names.items()}


def described(kind: Type) -> str:
    """A type with its limits, as a message names it."""
    if isinstance(kind, Choice | Choices):
        return f"{kind} of {'、'.join(kind.values[:12])}"
    if not isinstance(kind, Number):
        return str(kind)
    low, high = (Exact(end).scaleb(-kind.places, EXACT) for end in (kind.least, kind.most))
    return f"{kind} {low:f} … {high:f}"


def _read(raw: Any, kind: Type) -> Value:
    """The value, or None when it does not fit."""
    if isinstance(kind, Number):
        return _number(raw, kind)
    if isinstance(kind, Boolean):
        return raw if isinstance(raw, bool) else None
    if isinstance(kind, Day):
        return _day(raw)
    if isinstance(kind, Choices):
        return tuple(raw) if isinstance(raw, list | tuple) and all(item in kind.values for item in raw) else None
    if not isinstance(raw, str) or isinstance(kind, Choice) and raw not in kind.values:
        return None
    return raw


def _number(raw: Any, kind: Number) -> int | Exact | None:
    if isinstance(raw, str) and _DECIMAL.fullmatch(raw):
        raw = Exact(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | Exact) or not Exact(raw).is_finite():
        return None
    units = EXACT.scaleb(Exact(raw), kind.places)
    if units != units.to_integral_value(context=EXACT) or not kind.least <= units <= kind.most:
        return None
    return int(raw) if kind.places == 0 else Exact(raw)


def _day(raw: Any) -> date | None:
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) and _DAY.fullmatch(raw) else None
    except ValueError:
        return None
