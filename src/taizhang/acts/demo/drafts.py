"""An invented event or transfer on its way to a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from taizhang.acts.demo.world import Record
from taizhang.packs import Event, Transfer

if TYPE_CHECKING:
    from taizhang.acts.demo.totals import Total

Wanted = Sequence[tuple[str, Sequence[str]]]
"""Paths of a record, and for each the words of which one must stand at its end."""


@dataclass(eq=False, slots=True)
class Draft:
    """An entry so far: values by field, `ends` by part (record, item, source, target), `quantity` in smallest parts.

    `low` is how much it must bring, 0 where nothing needs it; `wanted` what its records must be. `of` is the loan that a return gives back. `total` is what asked for it.
    """

    thing: Event | Transfer
    place: int
    day: date
    values: dict[str, Any] = field(default_factory=dict)
    ends: dict[str, Record | None] = field(default_factory=dict)
    wanted: dict[str, Wanted] = field(default_factory=dict)
    quantity: int = 0
    low: int = 0
    of: Draft | None = None
    total: Total | None = None
    number: int = 0

    def at(self, path: str) -> Any:
        """What stands at the end of a path that begins with a part: own.kind, record.kind, target."""
        part, _, rest = path.partition(".")
        if part == "own":
            name, _, deeper = rest.partition(".")
            value = self.values.get(name)
            return value.at(deeper) if deeper and isinstance(value, Record) else value
        end = self.ends.get(part)
        if end is None and rest:  # picked later, as it was decided
            return next((words[0] for way, words in self.wanted.get(part, ()) if way == rest), None)
        return end.at(rest) if end is not None and rest else end
