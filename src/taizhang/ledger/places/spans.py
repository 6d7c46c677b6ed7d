"""Spans of days: from a day to a day, both included, as ISO texts; None is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FIRST, LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Spell:
    """What a code meant for a while: this place, under this name."""

    scheme: str
    code: str
    place: int
    name: str
    start: str | None = None
    end: str | None = None

    def holds(self, day: str) -> bool:
        """True on the days of the span."""
        return (self.start or FIRST) <= day <= (self.end or LAST)

    def meets(self, other: Spell) -> bool:
        """True when the two have a day in common."""
        return (self.start or FIRST) <= (other.end or LAST) and (other.start or FIRST) <= (self.end or LAST)


def day_before(day: str) -> str:
    """The day before; an OverflowError before year 1."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def by_start(spell: Spell) -> tuple[str, str]:
    """For sorting: the earliest first, and what ends first."""
    return (spell.start or FIRST, spell.end or LAST)


def until(spells: list[Spell], day: str | None) -> list[Spell]:
    """What of them lies before a day; those that reach into it end the day before."""
    if day is None or day == FIRST:
        return []
    kept = [spell for spell in spells if (spell.start or FIRST) < day]
    return [_ended(spell, day_before(day)) if (spell.end or LAST) >= day else spell for spell in kept]


def _ended(spell: Spell, day: str) -> Spell:
    return Spell(spell.scheme, spell.code, spell.place, spell.name, spell.start, day)
