"""Where the places of a county's list belong in the tree: new ones, and those that move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from taizhang.core import Problem
from taizhang.ledger.places.lines import Line
from taizhang.ledger.places.lookup import Places
from taizhang.ledger.places.problems import problem
from taizhang.ledger.places.schemes import LEVELS, STAT, TITLES, above, level_of, told
from taizhang.ledger.places.sheet import Sheet
from taizhang.ledger.places.spans import FIRST, LAST, Spell
from taizhang.ledger.places.tree import Node, Tree, newest_name


@dataclass(slots=True)
class Seats:
    """New places; places that move, each with its line; and the paths that all places had whose path changes."""

    new: list[int] = field(default_factory=list)
    moved: dict[int, Line] = field(default_factory=dict)
    paths_before: dict[int, str] = field(default_factory=dict)


def seat(sheet: Sheet, keyed: list[tuple[Line, int]], spells: dict[int, list[Spell]], tree: Tree) -> tuple[Seats, list[Problem]]:
    """Put the new places into the tree, and find those whose parent the list has changed. The tree is changed on the way."""
    seats, last = Seats(), _last_lines(keyed)
    waiting = [key for key in last if key not in tree.nodes]
    there = [key for key in last if key in tree.nodes]
    for key in there:
        tree.restate(key, spells[key])
    problems: dict[int, Problem] = {}
    for _ in LEVELS:  # each level of the list needs the one above it seated first
        problems = _seat_new(sheet, waiting, last, spells, tree)
        seats.new += [key for key in waiting if key not in problems]
        if len(problems) in (0, len(waiting)):
            break
        waiting = list(problems)
    parents, elsewhere = _new_parents(sheet, [*there, *seats.new], last, tree)
    seats.moved = {key: last[key] for key in parents}
    seats.paths_before = _move(parents, tree)
    return seats, [*problems.values(), *(elsewhere or _unsettled(sheet, [*there, *seats.new], last, tree))]


def _last_lines(keyed: Iterable[tuple[Line, int]]) -> dict[int, Line]:
    """For each place the line that holds last, of those that say where it belongs if any does."""
    last: dict[int, Line] = {}
    for line, key in keyed:
        other = last.get(key)
        if other is None or (bool(line.parents), line.start or FIRST) >= (bool(other.parents), other.start or FIRST):
            last[key] = line
    return last


def _seat_new(sheet: Sheet, waiting: list[int], last: dict[int, Line], spells: dict[int, list[Spell]], tree: Tree) -> dict[int, Problem]:
    """Seat those whose parent is there; the others with what is wrong."""
    problems: dict[int, Problem] = {}
    places = Places(tree)
    seated: list[tuple[int, Node]] = []
    for key in waiting:
        line = last[key]
        parent = _parent(sheet, line, places)
        level = parent if isinstance(parent, Problem) else _level(sheet, line, parent, tree)
        if isinstance(level, Problem):
            problems[key] = level
        else:
            path = tree.nodes[parent].path if isinstance(parent, int) else ""
            seated.append((key, Node(f"{path}{key}/", level, newest_name(spells[key]) or line.name)))
    for key, node in seated:
        tree.add(key, node, spells[key])
    return problems


def _new_parents(sheet: Sheet, keys: list[int], last: dict[int, Line], tree: Tree) -> tuple[dict[int, int], list[Problem]]:
    """The new parents of places that the list puts below another one."""
    found: dict[int, int] = {}
    problems: list[Problem] = []
    places = Places(tree)
    for key in keys:
        line = last[key]
        parent = _parent(sheet, line, places) if line.parents else None
        if isinstance(parent, Problem):
            problems.append(parent)
        elif parent is not None and [parent] != tree.above(key)[:1]:
            if _is_above(parent, tree.nodes[key].level, tree):
                found[key] = parent
            else:
                problems.append(_not_above(sheet, line, parent, tree.nodes[key].level, tree))
    return found, problems


def _move(parents: dict[int, int], tree: Tree) -> dict[int, str]:
    """Put places below other parents, with all below them; the paths they had."""
    if not parents:
        return {}
    before = {key: node.path for key, node in tree.nodes.items()}
    above = {key: next(iter(tree.above(key)), 0) for key in tree.nodes} | parents
    for key in sorted(tree.nodes, key=lambda k: LEVELS.index(tree.nodes[k].level)):
        node, parent = tree.nodes[key], tree.nodes.get(above[key])
        tree.nodes[key] = node._replace(path=f"{parent.path}{key}/") if parent else node
    return {key: path for key, path in before.items() if path != tree.nodes[key].path}


def _unsettled(sheet: Sheet, keys: list[int], last: dict[int, Line], tree: Tree) -> list[Problem]:
    """Lines whose parent would be another, or none, in the tree they make: the same list again must change nothing."""
    parents, problems = _new_parents(sheet, keys, last, tree)
    return problems + [_shifts(sheet, last[key], tree.full_name(parent)) for key, parent in parents.items()]


def _parent(sheet: Sheet, line: Line, places: Places) -> int | Problem | None:
    """The key of the parent a line tells, or its code; None for a province."""
    told_so = line.parents or _by_digits(line)
    if not told_so:
        return None if level_of(line.scheme, line.code) == LEVELS[0] else _no_parent(sheet, line)
    keys: list[int] = []
    for column, text in told_so:
        found = places.place_key(_with_scheme(line, text), line.start or line.end or LAST, "")
        if isinstance(found, Problem):
            return replace(found, where=sheet.where(line.row, column))
        keys.append(found)
    return keys[0] if len(set(keys)) == 1 else _two_parents(sheet, line, [places.full_name(key) for key in keys])


def _with_scheme(line: Line, parent: str) -> str:
    """The parent as written; bare digits are a code of the line's own scheme."""
    return told(line.scheme.name, parent) if line.scheme.digits and parent.isdecimal() else parent


def _by_digits(line: Line) -> tuple[tuple[str, str], ...]:
    scheme, code = (STAT, line.stat) if line.stat else (line.scheme, line.code)
    parent = above(scheme, code)
    return (("parent", told(scheme.name, parent)),) if parent else ()


def _level(sheet: Sheet, line: Line, parent: int | None, tree: Tree) -> str | Problem:
    """The level its code tells, else the one below its parent's."""
    said = level_of(STAT, line.stat) if line.stat else level_of(line.scheme, line.code)
    if parent is None:
        return said or _no_parent(sheet, line)
    below = LEVELS[LEVELS.index(tree.nodes[parent].level) + 1 :]
    level = said or next(iter(below), "")
    return level if level in below else _not_above(sheet, line, parent, level, tree)


def _is_above(parent: int, level: str, tree: Tree) -> bool:
    return LEVELS.index(tree.nodes[parent].level) < LEVELS.index(level)


def parent_column(line: Line) -> str:
    """Where a line tells its parent, or should."""
    return line.parents[0][0] if line.parents else "parent"


def _two_parents(sheet: Sheet, line: Line, names: list[str]) -> Problem:
    return problem(
        sheet.where(line.row, line.parents[1][0]),
        (f"上级名称是{names[1]}，上级代码却是{names[0]}", f"by name the parent is {names[1]}, by code {names[0]}"),
        ("同一处上级", "one parent"),
        ("请改正其一，或只留一列。", "Mend one of them, or leave one out."),
    )


def _shifts(sheet: Sheet, line: Line, name: str) -> Problem:
    return problem(
        sheet.where(line.row, parent_column(line)),
        (f"名单生效后，这里的上级会变成{name}", f"once the list is in force, {name} is meant here"),
        ("始终指同一处的上级", "a parent that stays the same"),
        ("请写上级的代码。", "Write the parent's code."),
    )


def _no_parent(sheet: Sheet, line: Line) -> Problem:
    return problem(
        sheet.where(line.row, "parent"),
        (f"{line.name} 没有写明上级", f"nothing says where {line.name} belongs"),
        ("上级的代码（统计:431023101）或名称（永兴县马田镇）", "the parent's code (统计:431023101) or name (永兴县马田镇)"),
        ("请填写上级。", "Write the parent."),
    )


def _not_above(sheet: Sheet, line: Line, parent: int, level: str, tree: Tree) -> Problem:
    name, its = tree.full_name(parent), tree.nodes[parent].level
    return problem(
        sheet.where(line.row, parent_column(line)),
        (
            f"{line.name}（{TITLES.get(level, '更低一级')}）不能属于{name}（{TITLES[its]}）",
            f"{line.name} ({level or 'lower'}) cannot belong to {name} ({its})",
        ),
        ("级别更高的上级", "a parent of a higher level"),
        ("请核对上级和代码的位数。", "Check the parent, and the length of the code."),
    )
