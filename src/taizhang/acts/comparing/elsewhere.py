"""Rows of a file that the figure does not count: whether the book has them elsewhere, and why they do not count there."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice

from taizhang.acts.comparing.joints import keyed, known_by
from taizhang.acts.comparing.matching import Group, Key, Matching
from taizhang.acts.comparing.nouns import KINDS, Kind
from taizhang.acts.comparing.rows import Thing
from taizhang.acts.comparing.tables import Line
from taizhang.acts.desk import Desk
from taizhang.ledger.canonical import decode

MOST = 100
"""So many entries under one key are looked at for one row: a key that does not tell more of them apart tells nothing."""
Why = tuple[tuple[Kind, ...], int | None, dict[str, str]]


class Elsewhere:
    """Looks for rows in the whole book, within the scope; each entry answers for one row."""

    def __init__(self, desk: Desk, matching: Matching) -> None:
        self._desk, self._matching, self._rows = desk, matching, matching.rows
        self._taken: set[tuple[object, ...]] = set()

    def why(self, line: Line) -> Why:
        """Why the figure does not count a row of the file."""
        key = keyed(self._matching.joints, line.cells)
        found = self._best(self._things.get(key, ()), self._matching.told(line))
        if found is not None:
            self._taken.add(found.key)
            return tuple(sorted(self._rows.fails(found), key=KINDS.index)), found.seq, {}
        if key in self._waiting:
            return ("waiting",), None, {}
        return self._by_its_cells(line) or ("missing",), None, {}

    def withdrawn(self, group: Group, now: Fraction, then: Fraction) -> Thing | None:
        """The entry of this key that was withdrawn and explains another value: it alone, or what is counted with it."""
        for thing in self._things.get(group.key, ()):
            if "struck" in self._rows.fails(thing) and self._matching.adds(thing) in (then, then - now):
                return thing
        return None

    def _best(self, things: Sequence[Thing], value: Fraction) -> Thing | None:
        """One of the same value where there is one; with the fewest reasons not to count."""
        free = islice((thing for thing in things if thing.key not in self._taken), MOST)
        return min(free, key=lambda thing: (self._matching.adds(thing) != value, len(self._rows.fails(thing)), thing.seq), default=None)

    def _by_its_cells(self, line: Line) -> tuple[Kind, ...]:
        """Of another period or place, as the row itself says."""
        said = {joint.part: joint.of_cell(line.cells.get(joint.head, "")) for joint in self._matching.joints}
        found: tuple[Kind, ...] = ()
        if (day := said.get("day")) and not self._in_period(day):
            found += ("period",)
        place = said.get("place", "")
        return (*found, "place") if place.isdecimal() and not self._rows.here(int(place)) else found

    def _in_period(self, day: str) -> bool:
        """Whether a day or a month lies within; what is no day is not judged."""
        first, last = self._rows.first.isoformat(), self._rows.last.isoformat()
        return not day[:1].isdecimal() or first[: len(day)] <= day <= last[: len(day)]

    @cached_property
    def _things(self) -> dict[Key, list[Thing]]:
        """What the figure does not count, by its key."""
        found: dict[Key, list[Thing]] = {}
        for thing in self._rows.everything():
            if thing.key not in self._rows.counted and self._desk.sight.may("view", thing.entry.type, thing.entry.place):
                found.setdefault(known_by(self._matching.joints, thing), []).append(thing)
        return found

    @cached_property
    def _waiting(self) -> set[Key]:
        """What was proposed, would count, and waits for a review."""
        book = self._desk.book
        rows = book.store.rows("SELECT entries FROM submission WHERE book = ? AND state = 'waiting'", [book.number])
        entries = [decode(line.encode()) for (lines,) in rows for line in lines.split("\n")]
        mine = [Thing(0, entry) for entry in entries if entry.type == self._type and self._desk.sight.may("view", entry.type, entry.place)]
        return {known_by(self._matching.joints, thing) for thing in mine}

    @property
    def _type(self) -> str:
        return f"{self._rows.asked.pack.name}.{self._rows.asked.indicator.source}"
