"""Why a figure differs from a column of somebody else's table: each of their rows is looked for in the book.

Rows are recognised by the columns that mean something in the figure's entries (day, place, number, record …). First it is seen
in which unit the column counts; then equals are matched; what is left is explained one by one: written twice, withdrawn since, of
another period or place, not accepted yet, of another value, or on one side only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from taizhang.acts.comparing.absent import Absent
from taizhang.acts.comparing.asking import Asked
from taizhang.acts.comparing.elsewhere import Elsewhere
from taizhang.acts.comparing.joints import Joint, Joints, bare
from taizhang.acts.comparing.matching import Group, Matching, alike, grouped, match, repeated, single
from taizhang.acts.comparing.nouns import Cause, Comparison, Kind, Row, Side, heaviest
from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.acts.comparing.scales import POWERS, Scale, Scales
from taizhang.acts.comparing.sources import rows_of
from taizhang.acts.comparing.tables import Line, Table, read
from taizhang.acts.desk import Desk
from taizhang.core import InputError, Problem
from taizhang.cube import Cube
from taizhang.ledger.rules import heads_of
from taizhang.packs.formulas import OF_ONE_NAME

NOTHING = Fraction(0)


def compare_with_file(desk: Desk, a: Asked, file: str | Path, column: str | None = None, key: Sequence[str] = ()) -> Comparison:
    """A figure of the book, and a column of a table. InputError where the table cannot be read, or nothing in it is known here."""
    if a.indicator.source is None:
        raise InputError(_made_of_others(a))
    value = Cube(a.book, desk.scope).figure(a.question).value
    with desk.book.store.transaction():
        rows = rows_of(a, desk.sight.path)
        joints = Joints(desk, rows)
        table = read(file, column, lambda heads: _measured(rows, joints, heads))
        used = column or _measured(rows, joints, table.heads)
        chosen = _chosen(joints, table, key, used)
        found = _Filed(desk, rows, table, chosen, used).causes()
    sides = Side(a.words, value, a.indicator.unit, a.question, a.indicator.places), Side(table.name, table.total, a.indicator.unit)
    return Comparison(*sides, heaviest(found), table.notes)


def _measured(rows: Rows, joints: Joints, heads: Sequence[str]) -> str | None:
    """The column of the number that the indicator sums up; None where it counts rows, and each row is one."""
    summed = OF_ONE_NAME.fullmatch(rows.asked.indicator.value)
    if summed is None:
        return None
    for head in heads:
        plain = bare(head)
        found = heads_of((plain,), joints.type, rows.asked.book.catalogue)
        field = joints.plan.head(plain)
        if found.parts.get(plain) == summed[1] or (field is not None and field.name == summed[1]):
            return head
        if summed[1] == "balance" and plain in ("结存", "库存", "数量", "balance"):
            return head
    raise InputError(_which_column(heads, rows.asked.indicator.title))


def _chosen(joints: Joints, table: Table, key: Sequence[str], used: str | None) -> list[Joint]:
    """The columns that rows are recognised by: those named, else all that mean something, but for the number itself."""
    unknown = [head for head in key if head not in table.heads]
    if unknown:
        raise InputError(_no_heads(table, unknown))
    heads = key or [head for head in table.heads if head != used]
    made = [joint for head in heads if (joint := joints.of(head, [line.cells.get(head, "") for line in table.lines]))]
    uid = next((joint for joint in made if joint.part == "uid"), None)
    found = [uid] if uid and not key else [joint for joint in made if any(line.cells.get(joint.head, "").strip() for line in table.lines)]
    if not found:
        raise InputError(_nothing_known(table, key))
    return found


class _Filed:
    """One comparison."""

    def __init__(self, desk: Desk, rows: Rows, table: Table, joints: Sequence[Joint], column: str | None) -> None:
        self._desk, self._rows, self._table, self._joints = desk, rows, table, joints
        self._scales = Scales(rows)
        groups = grouped(rows, table.lines, joints)
        scale = self._scales.of(single(groups.values(), rows), column, table.lines)
        self._matching = Matching(rows, joints, scale, groups)
        self._found: dict[tuple[Kind, ...], list[Row]] = {}
        self._facts: dict[tuple[Kind, ...], dict[str, str]] = {}
        match(self._matching)
        self._elsewhere, self._absent = Elsewhere(desk, self._matching), Absent(self._matching)

    def causes(self) -> list[Cause]:
        """Every cause, each with its rows."""
        self._unit(self._matching.scale)
        for group in self._matching.groups.values():
            self._written_twice(group)
            self._other_value(group)
        told = {line: self._elsewhere.why(line) for group in self._matching.groups.values() for line in group.left_b}
        same = self._written_otherwise([line for line, (_, seq, _) in told.items() if seq is None])
        for line, (kinds, seq, facts) in told.items():
            if line not in same:
                self._say(kinds, Row(None, self._matching.told(line), seq, line.number, self._words(line)), facts)
        for thing, kinds, facts in self._absent.all():
            self._say(kinds, Row(self._matching.adds(thing), None, thing.seq), facts)
        return [Cause(kinds, _amount(rows), tuple(rows), self._facts.get(kinds, {})) for kinds, rows in self._found.items()]

    def _unit(self, scale: Scale) -> None:
        """The whole column in another unit."""
        for line in self._table.lines:
            told = self._matching.told(line)
            if told != line.value:
                self._say(("unit",), Row(told, line.value, None, line.number, self._words(line)), _factor(scale.of(line), scale.unit))

    def _written_twice(self, group: Group) -> None:
        for line in repeated(group) if group.things else ():
            group.left_b.remove(line)
            self._say(("doubled",), Row(None, self._matching.told(line), None, line.number, self._words(line)))
        for thing in alike(group) if group.lines else ():
            group.left_a.remove(thing)
            self._say(("doubled",), Row(self._matching.adds(thing), None, thing.seq))

    def _other_value(self, group: Group) -> None:
        """One line against what the book has under its key."""
        if len(group.left_b) != 1 or not group.left_a:
            return
        (line,), things = group.left_b, group.left_a
        a, b = self._rows.total(things) or NOTHING, self._matching.told(line)
        kinds, seq, facts = self._reason(group, line, a, b)
        own = things[0].seq if len(things) == 1 else None
        self._say(kinds, Row(a, b, own or seq, line.number, self._words(line)), facts)
        group.left_a, group.left_b = [], []

    def _written_otherwise(self, lines: list[Line]) -> set[Line]:
        """Rows that the book has but for one column (a day mistyped): one on each side, alike in all others and in value."""
        found, taken = set[Line](), set[tuple[object, ...]]()
        for joint in self._joints if len(self._joints) > 2 else ():
            others = [one for one in self._joints if one is not joint]
            left = grouped(self._rows, [line for line in lines if line not in found], others, self._left())
            pairs = [(group.things[0], group.lines[0]) for group in left.values() if len(group.things) == len(group.lines) == 1]
            for thing, line in pairs:
                added = self._matching.adds(thing)
                if added == self._matching.told(line):
                    self._say(("written",), Row(added, added, thing.seq, line.number, self._words(line)), {"left_out": joint.head})
                    found.add(line)
                    taken.add(thing.key)
            for one in self._matching.groups.values():
                one.left_a = [thing for thing in one.left_a if thing.key not in taken]
        return found

    def _left(self) -> list[Thing]:
        """What of the figure is not matched."""
        return [thing for group in self._matching.groups.values() for thing in group.left_a]

    def _reason(self, group: Group, line: Line, a: Fraction, b: Fraction) -> tuple[tuple[Kind, ...], int | None, dict[str, str]]:
        factor = self._matching.scale.of(line)
        if abs(a - b) <= line.step * factor:
            return ("rounding",), None, {}
        withdrawn = self._elsewhere.withdrawn(group, a, b)
        if withdrawn:
            return ("corrected",) if len(group.left_a) == 1 else ("struck",), withdrawn.seq, {}
        ratio = a / b if b else NOTHING
        for name, size in self._scales.factors(group.left_a[0]):
            if ratio == size:
                return ("unit",), None, _factor(size, name)
        if one := self._missing_one(group, a - b):
            return ("missing",), one.seq, {}
        part = self._absent.part(group.left_a, a - b)
        return (part[0], None, part[1]) if part else (("value",), None, {})

    def _missing_one(self, group: Group, difference: Fraction) -> Thing | None:
        """The one entry that a summary leaves out: the only one that is the difference."""
        fitting = [thing for thing in group.left_a if self._matching.adds(thing) == difference]
        return fitting[0] if len(fitting) == 1 and len(group.left_a) > 1 else None

    def _say(self, kinds: tuple[Kind, ...], row: Row, facts: dict[str, str] | None = None) -> None:
        self._found.setdefault(kinds, []).append(row)
        facts = {name: self._called(fact) if name == "left_out" and "place" in kinds else fact for name, fact in (facts or {}).items()}
        known = self._facts.setdefault(kinds, dict(facts))
        for name, fact in facts.items():
            if known.get(name, fact) != fact:
                known[name] = ""  # no one fact for all rows

    def _called(self, place: str) -> str:
        """A place by its name."""
        return self._desk.places.name(int(place)) if place.isdecimal() and int(place) in self._desk.places else place

    def _words(self, line: Line) -> str:
        return " ".join(filter(None, (line.cells.get(joint.head, "").strip() for joint in self._joints)))


def _amount(rows: Iterable[Row]) -> Fraction:
    return sum(((row.a or NOTHING) - (row.b or NOTHING) for row in rows), NOTHING)


def _factor(factor: Fraction, unit: str) -> dict[str, str]:
    return {"factor": str(factor), "unit": unit, "slip": "yes" if not unit and factor in POWERS else ""}


def _made_of_others(a: Asked) -> Problem:
    do = ("请分别比较组成它的指标。", "Compare the indicators it is made of, one by one.")
    found = (f"{a.indicator.title}由别的指标算出，没有可以逐行核对的条目", "it is made of other indicators and has no rows of its own")
    return Problem(a.words, found[0], "由条目算出的指标", do[0], found[1], "an indicator computed from entries", do[1])


def _which_column(heads: Sequence[str], title: str) -> Problem:
    do = ("请用 --column 指明。", "Name it with --column.")
    found = (f"看不出哪一列是{title}", "no column is known to hold the number")
    return Problem("--column", found[0], "、".join(heads), do[0], found[1], ", ".join(heads), do[1])


def _no_heads(table: Table, unknown: Sequence[str]) -> Problem:
    do = ("请用其中的列。", "Use columns of it.")
    found = (f"没有这些列：{'、'.join(unknown)}", f"no such columns: {', '.join(unknown)}")
    return Problem(table.name, found[0], "、".join(table.heads), do[0], found[1], ", ".join(table.heads), do[1])


def _nothing_known(table: Table, key: Sequence[str]) -> Problem:
    do = ("请用 --key 指明用来核对的列，或把列名改成专项里的名称。", "Name the columns to match by with --key, or use the names of the programme.")
    found = ("没有一列能认出是哪一条", "no column tells which entry a row is")
    return Problem(table.name, found[0], "、".join(key or table.heads), do[0], found[1], ", ".join(key or table.heads), do[1])
