"""Entries of a figure that a file does not have: single ones are missing; a whole month, place or kind was never meant to be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from taizhang.acts.comparing.matching import Matching
from taizhang.acts.comparing.nouns import Kind
from taizhang.acts.comparing.rows import Thing
from taizhang.ledger.rules.once import key_text

FEW, SOME = 2, 3
"""So many entries of a month or place, or of a kind, must be there before all of them missing means that it was left out."""

Told = tuple[Thing, tuple[Kind, ...], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Absent:
    """What a file leaves out."""

    matching: Matching

    def all(self) -> Iterator[Told]:
        """Each entry that is left, and why it is."""
        left = [thing for group in self.matching.groups.values() for thing in group.left_a]
        for kind, of, few in self._ways():
            whole = self._whole(left, of, few)
            yield from ((thing, (kind,), {"left_out": of(thing)}) for thing in left if of(thing) in whole)
            left = [thing for thing in left if of(thing) not in whole]
        yield from ((thing, ("missing",), {}) for thing in left)

    def part(self, things: Sequence[Thing], amount: Fraction) -> tuple[tuple[Kind, ...], dict[str, str]] | None:
        """The one month, place or kind that makes just this amount of what a summary has under one key."""
        for kind, of in self._parts():
            parts: dict[str, list[Thing]] = {}
            for thing in things:
                parts.setdefault(of(thing), []).append(thing)
            fitting = [one for one, some in parts.items() if one and (self.matching.rows.total(some) or 0) == amount]
            if len(parts) > 1 and len(fitting) == 1:
                return (kind,), {"left_out": fitting[0]}
        return None

    def _parts(self) -> list[tuple[Kind, Callable[[Thing], str]]]:
        """By what a summary may leave out a part."""
        return [("period", _month), ("place", _own_place), *(("definition", self._by(path)) for path in self._paths())]

    def _ways(self) -> list[tuple[Kind, Callable[[Thing], str], int]]:
        """By what a file may leave out entries, and how many of these there must be at least."""
        ways: list[tuple[Kind, Callable[[Thing], str], int]] = [("period", self._month, FEW), ("place", self._place, FEW)]
        ways.append(("place", _own_place, FEW if self._has("place") else SOME))
        return [*ways, *(("definition", self._by(path), SOME) for path in self._paths())]

    def _whole(self, left: list[Thing], of: Callable[[Thing], str], few: int) -> set[str]:
        """The months (places, kinds) of which the file has nothing at all, while it has others."""
        here = Counter(of(thing) for thing in self.matching.rows.counted.values())
        gone = Counter(of(thing) for thing in left)
        whole = {one for one, count in gone.items() if one and count >= few and count == here[one]}
        return whole if len(here) > len(whole) else set()

    def _month(self, thing: Thing) -> str:
        return _month(thing) if self._has("day") else ""

    def _place(self, thing: Thing) -> str:
        return next((joint.of_thing(thing) for joint in self.matching.joints if joint.part == "place"), "")

    def _by(self, path: str) -> Callable[[Thing], str]:
        return lambda thing: key_text(self.matching.rows.read(thing, [path])[path])

    def _paths(self) -> tuple[str, ...]:
        return self.matching.rows.asked.indicator.by

    def _has(self, part: str) -> bool:
        return any(joint.part == part for joint in self.matching.joints)


def _month(thing: Thing) -> str:
    return "" if thing.record else thing.entry.day.isoformat()[:7]


def _own_place(thing: Thing) -> str:
    return str(thing.entry.place)
