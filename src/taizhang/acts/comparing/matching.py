"""Rows of a figure and rows of a file under the keys by which they are recognised, and what of each is left unmatched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from taizhang.acts.comparing.joints import Joint, keyed, known_by
from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.acts.comparing.scales import Scale, is_near
from taizhang.acts.comparing.tables import Line

Key = tuple[str, ...]


@dataclass(slots=True)
class Group:
    """What both sides have under one key; `left_a` and `left_b` are what is not matched by an equal on the other side."""

    key: Key
    things: list[Thing] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    left_a: list[Thing] = field(default_factory=list)
    left_b: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Matching:
    """Everything under its key, in the unit of the figure. `pairs` are things and the line that equals them."""

    rows: Rows
    joints: Sequence[Joint]
    scale: Scale
    groups: dict[Key, Group]

    def adds(self, thing: Thing) -> Fraction:
        """What a row of the figure adds to it."""
        return self.rows.alone(thing)

    def told(self, line: Line) -> Fraction:
        """What a row of the file adds, in the figure's unit."""
        return line.value * self.scale.of(line)


def grouped(rows: Rows, lines: Iterable[Line], joints: Sequence[Joint], things: Iterable[Thing] | None = None) -> dict[Key, Group]:
    """Both sides under their keys; of the figure all it counts, or only some things."""
    groups: dict[Key, Group] = {}
    for thing in rows.counted.values() if things is None else things:
        groups.setdefault(key := known_by(joints, thing), Group(key)).things.append(thing)
    for line in lines:
        groups.setdefault(key := keyed(joints, line.cells), Group(key)).lines.append(line)
    return groups


def single(groups: Iterable[Group], rows: Rows) -> list[tuple[Line, Sequence[Thing], Fraction]]:
    """The lines that stand alone under their key, with what the figure has there."""
    alone = (group for group in groups if len(group.lines) == 1 and group.things and group.lines[0].value)
    told = ((group.lines[0], group.things, _total(rows, group.things)) for group in alone)
    return [one for one in told if one[2]]


def match(matching: Matching) -> None:
    """Match equals under each key: one to one; else all things together against the one line of a summary."""
    for group in matching.groups.values():
        said: dict[Fraction, list[Line]] = {}
        for line in reversed(group.lines):
            said.setdefault(matching.told(line), []).append(line)
        group.left_a = []
        for thing in group.things:
            equal = said.get(matching.adds(thing))
            equal.pop() if equal else group.left_a.append(thing)
        group.left_b = sorted((line for lines in said.values() for line in lines), key=lambda line: line.number)
        if len(group.left_b) == 1 and len(group.left_a) > 1 and _together(matching, group):
            group.left_a, group.left_b = [], []


def _total(rows: Rows, things: Sequence[Thing]) -> Fraction:
    return rows.alone(things[0]) if len(things) == 1 else rows.total(things) or Fraction(0)


def _together(matching: Matching, group: Group) -> bool:
    (line,) = group.left_b
    return is_near(matching.rows.total(group.left_a) or Fraction(0), line, matching.scale.of(line)) and not line.step


def repeated(group: Group) -> list[Line]:
    """The lines left under a key that say, cell for cell, what another line of the file says already."""
    if not group.left_b:
        return []
    said = Counter(tuple(line.cells.items()) for line in group.lines)
    return [line for line in group.left_b if said[tuple(line.cells.items())] > 1]


def alike(group: Group) -> list[Thing]:
    """The things left under a key that say what another entry under it says already."""
    if not group.left_a:
        return []
    said = Counter(_said(thing) for thing in group.things)
    return [thing for thing in group.left_a if said[_said(thing)] > 1]


def _said(thing: Thing) -> tuple[object, ...]:
    e = thing.entry
    return (e.type, e.day, e.place, e.record, tuple(sorted((k, str(v)) for k, v in e.data.items())), e.item, e.quantity, e.source, e.target)
