"""What a county's list says of codes, against what the book has.

From the first day it names, the list says everything of a code: what the book has before that day stays, what it has from
then on is replaced. So the same list again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from taizhang.core import Problem
from taizhang.ledger.places.lines import Line
from taizhang.ledger.places.problems import both, problem
from taizhang.ledger.places.schemes import STAT, key_of, told
from taizhang.ledger.places.sheet import Sheet
from taizhang.ledger.places.spans import LAST, Spell, by_start, until
from taizhang.ledger.places.tree import Tree

Code = tuple[str, str]
"""A scheme and a code."""


@dataclass(slots=True)
class Statements:
    """The lines with the key of the place each means, and what each code that changes has meant since ever."""

    keyed: list[tuple[Line, int]] = field(default_factory=list)
    changed: dict[Code, list[Spell]] = field(default_factory=dict)


def state(sheet: Sheet, lines: list[Line], tree: Tree) -> tuple[Statements, list[Problem]]:
    """What the list changes of codes and names, and every clash."""
    statements = Statements(_keyed(lines, tree))
    said = _said(statements.keyed)
    problems = [_overlap(sheet, a, b) for a, b in _overlaps(lines)]
    rows = {(line.scheme.name, line.code): line.row for line in reversed(lines)}
    for code, spells in said.items():
        old = sorted(tree.of_code(code[1], code[0]), key=by_start)
        new = [*until(old, spells[0].start), *spells]
        if new != old:
            statements.changed[code] = new
        problems += [_taken(sheet, rows.get(code, 0), tree, s) for s in _lost(old, new, spells)]
    return statements, problems


def _keyed(lines: list[Line], tree: Tree) -> list[tuple[Line, int]]:
    """The key of the place each line means: by its statistical code, else as the book knows the code, else as another line does."""
    by_code = {(line.scheme.name, line.code): line.stat for line in reversed(lines) if line.stat}
    return [(line, _key(line, by_code, tree)) for line in lines]


def _key(line: Line, by_code: Mapping[Code, str], tree: Tree) -> int:
    stat = line.stat
    known = [] if stat else tree.of_code(line.code, line.scheme.name)
    if not known:
        stat = stat or by_code.get((line.scheme.name, line.code))
        known = tree.of_code(stat, STAT.name) if stat else []
    if known:
        span = Spell("", "", 0, "", line.start, line.end)
        return max(known, key=lambda s: (s.meets(span), by_start(s))).place
    return key_of(STAT, stat) if stat else key_of(line.scheme, line.code)


def _said(keyed: list[tuple[Line, int]]) -> dict[Code, list[Spell]]:
    """What the list says of each code, in order of days. A statistical code beside another is said too, unless it has rows of its own."""
    said: dict[Code, list[Spell]] = {}
    for line, key in keyed:
        said.setdefault((line.scheme.name, line.code), []).append(_spell(line, key, line.scheme.name, line.code))
    beside: dict[Code, list[Spell]] = {}
    for line, key in keyed:
        if line.stat and (STAT.name, line.stat) not in said:
            beside.setdefault((STAT.name, line.stat), []).append(_spell(line, key, STAT.name, line.stat))
    return {code: sorted(spells, key=by_start) for code, spells in said.items()} | {c: _apart(s) for c, s in beside.items()}


def _spell(line: Line, key: int, scheme: str, code: str) -> Spell:
    return Spell(scheme, code, key, line.name, line.start, line.end)


def _apart(spells: list[Spell]) -> list[Spell]:
    """Those that do not meet an earlier one: a place with two codes of its own is said of once."""
    kept: list[Spell] = []
    for spell in sorted(spells, key=by_start):
        if not kept or not kept[-1].meets(spell):
            kept.append(spell)
    return kept


def _overlaps(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Lines that say two things of one code on one day, each with the one it meets."""
    by_code: dict[Code, list[Line]] = {}
    for line in lines:
        by_code.setdefault((line.scheme.name, line.code), []).append(line)
    for same in by_code.values():
        last: Line | None = None
        for line in sorted(same, key=lambda n: (n.start or "", n.row)):
            if last and (line.start or "") <= (last.end or LAST):
                yield (last, line) if last.row < line.row else (line, last)
            if last is None or (line.end or LAST) > (last.end or LAST):
                last = line


def _lost(old: list[Spell], new: list[Spell], said: Iterable[Spell]) -> Iterator[Spell]:
    """What the book has of places that the list takes the code from without saying until when they had it."""
    named, kept = {s.place for s in said}, set(new)
    return (s for s in old if s not in kept and s.place not in named)


def _overlap(sheet: Sheet, a: Line, b: Line) -> Problem:
    code = told(b.scheme.name, b.code)
    return problem(
        sheet.where(b.row, "code"),
        (f"{code} 与第 {a.row} 行同时有效", f"{code} holds on days of row {a.row} too"),
        ("同一代码在同一天只指一处地点、一个名称", "on each day one place and one name for a code"),
        ("请写明前一行的停用日期和后一行的启用日期，或删去一行。", "Say when the one ended and the other began, or leave one out."),
    )


def _taken(sheet: Sheet, row: int, tree: Tree, lost: Spell) -> Problem:
    code = told(lost.scheme, lost.code)
    return problem(
        sheet.where(row, "code") if row else sheet.file,
        (f"{code} 在账本中属于{tree.full_name(lost.place)}", f"{code} is {tree.full_name(lost.place)} in the book"),
        both(code),
        (
            "代码改归他处时，请同时列出原地点用该代码的最后一天（并写其统计代码）。",
            "Where a code passes to another place, also list until when it was the first one's (with that one's statistical code).",
        ),
    )
