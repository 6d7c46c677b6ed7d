"""A county's own list of places into the database: all of it, or every problem and nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from taizhang.core import Problem
from taizhang.ledger.places import saving
from taizhang.ledger.places.lines import Line, read_lines
from taizhang.ledger.places.loading import Loaded
from taizhang.ledger.places.problems import problem, shortened
from taizhang.ledger.places.schemes import STAT
from taizhang.ledger.places.seating import Seats, parent_column, seat
from taizhang.ledger.places.sheet import Sheet, read_sheet
from taizhang.ledger.places.spans import Spell
from taizhang.ledger.places.stating import Code, Statements, state
from taizhang.ledger.places.tree import Tree, newest_name
from taizhang.ledger.store import Store

_ROW = re.compile(r":(\d+)( |$)")


@dataclass(slots=True)
class _Plan:
    """What is to be written."""

    new: list[int] = field(default_factory=list)
    paths: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    codes: Mapping[Code, list[Spell]] = field(default_factory=dict)
    keys: set[int] = field(default_factory=set)


def load_list(store: Store, path: Path, *, move: bool = False) -> Loaded:
    """Load a list such as villages.csv.

    A place that has entries, or that has such below it, moves to another parent only with `move`: sums of past years
    for the places above would change.
    """
    sheet, problems = read_sheet(path)
    if problems:
        return Loaded(problems=shortened(problems, sheet.file))
    with store.transaction():
        saving.hold(store)
        tree = Tree.of(store)
        plan, problems = _planned(store, sheet, tree, move)
        if problems:
            return Loaded(problems=shortened(problems, sheet.file))
        _write(store, plan, tree)
    changed = _changed(plan) - set(plan.new)
    return Loaded(added=len(plan.new), changed=len(changed), unchanged=len(plan.keys) - len(plan.new) - len(changed & plan.keys))


def _planned(store: Store, sheet: Sheet, tree: Tree, move: bool) -> tuple[_Plan, list[Problem]]:
    lines, problems = read_lines(sheet, lambda code: bool(tree.of_code(code, STAT.name)))
    statements, clashes = state(sheet, lines, tree)
    spells = _spells_after(statements, tree)
    old_names = {key: tree.nodes[key].name for key in spells if key in tree.nodes}
    seats, unseated = seat(sheet, statements.keyed, spells, tree)
    problems += clashes + unseated
    if not move:
        problems += _with_entries(store, sheet, seats, tree)
    names = {key: name for key, old in old_names.items() if (name := newest_name(spells[key])) and name != old}
    paths = {key: tree.nodes[key].path for key in seats.paths_before}
    return _Plan(seats.new, paths, names, statements.changed, {key for _, key in statements.keyed}), _in_order(problems)


def _spells_after(statements: Statements, tree: Tree) -> dict[int, list[Spell]]:
    """All codes and names of the list's places as they will be."""
    keys = dict.fromkeys(key for _, key in statements.keyed)
    after = {
        key: [s for s in tree.spells(key) if (s.scheme, s.code) not in statements.changed] if key in tree.nodes else [] for key in keys
    }
    for spells in statements.changed.values():
        for spell in spells:
            after.setdefault(spell.place, []).append(spell)
    return after


def _with_entries(store: Store, sheet: Sheet, seats: Seats, tree: Tree) -> list[Problem]:
    """Places that would move although entries name them, or places below."""
    if not seats.paths_before:
        return []
    before = seats.paths_before
    named = [before[key] for key in saving.with_entries(store, before)]
    moved = ((key, line) for key, line in seats.moved.items() if any(path.startswith(before[key]) for path in named))
    return [_moves(sheet, line, tree.full_name(tree.above(key)[0])) for key, line in moved]


def _moves(sheet: Sheet, line: Line, parent: str) -> Problem:
    return problem(
        sheet.where(line.row, parent_column(line)),
        (
            f"{line.name} 及其下级已有条目，改属 {parent} 会改变往年的汇总",
            f"{line.name} has entries: under {parent} it would change sums of past years",
        ),
        ("原来的上级", "the parent it has"),
        (
            "如自某日起改属，请给原代码写停用日期，另列一处新地点；确需连同往年一起改属，请在导入时注明移动。",
            "If it changed on a day, end the old code and list a new place from then; to move it with its past, load the list with move.",
        ),
    )


def _write(store: Store, plan: _Plan, tree: Tree) -> None:
    saving.add(store, [(key, tree.nodes[key]) for key in plan.new], [])
    saving.put_paths(store, plan.paths)
    saving.rename(store, plan.names)
    moved = {(s.scheme, s.code) for key in plan.paths.keys() - set(plan.new) for s in tree.spells(key)}
    # codes of places that move are written anew too: so other processes know of the change
    saving.restate(store, {(scheme, code): tree.of_code(code, scheme) for scheme, code in moved} | dict(plan.codes))


def _changed(plan: _Plan) -> set[int]:
    return {*plan.paths, *plan.names, *(s.place for spells in plan.codes.values() for s in spells)}


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By row, as one mends them."""
    return sorted(problems, key=lambda p: int(found[1]) if (found := _ROW.search(p.where)) else 0)
