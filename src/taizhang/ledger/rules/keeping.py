"""Who must accept an entry, and how long its personal values are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

from taizhang.core import Entry, Value
from taizhang.ledger.catalogue import Catalogue, Thing
from taizhang.ledger.standing import Standing
from taizhang.packs import Retain
from taizhang.packs.model import Level

LEVELS: tuple[Level, ...] = get_args(Level)
"""From the lowest to the highest."""


def level(thing: Thing, catalogue: Catalogue) -> Level | None:
    """Whose acceptance an entry of this type waits for: the thing's own rule, else the pack's; None when nobody's."""
    return thing.review or catalogue.packs[thing.pack].review


def level_of(type_name: str, catalogue: Catalogue) -> Level | None:
    """The same by the type of an entry or of a strike; the book's own entries (a renewal) wait for nobody."""
    thing = catalogue.things.get(type_name)
    return level(thing, catalogue) if thing else None


def keep_until(what: Entry | Standing, catalogue: Catalogue) -> date | None:
    """The first day on which personal values may be erased; None when no rule asks to keep them.

    Of a record it is the latest that one of its registers asks for, counted from its latest state; what its events and transfers
    ask for, they say themselves. Where the date field a rule counts from is not known, it counts from the day of the entry.
    """
    if isinstance(what, Entry):
        return _kept(what.type, what.data, what.day, catalogue)
    if what.since is None:
        return None
    asked = (_kept(type_name, values, what.since, catalogue) for type_name, values in what.values.items())
    return max((day for day in asked if day is not None), default=None)


def _kept(type_name: str, values: Mapping[str, Value], day: date, catalogue: Catalogue) -> date | None:
    thing = catalogue.things.get(type_name)
    retain = thing.retain_until or catalogue.packs[thing.pack].retain_until if thing else None
    return _after(retain, values, day) if retain else None


def _after(retain: Retain, values: Mapping[str, Value], day: date) -> date:
    start = values.get(retain.after)
    first = date.fromisoformat(start) if isinstance(start, str) else day
    return years_after(first, retain.years)


def years_after(day: date, years: int) -> date:
    """The same day so many years on; of a 29 February the 1 March."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
