"""What rows of a file and rows of a figure are recognised by: columns whose heads mean something in the figure's entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from taizhang.acts.comparing.asking import viewed
from taizhang.acts.comparing.rows import Rows, Thing
from taizhang.acts.comparing.sources import OfBalances, OfEntries
from taizhang.acts.desk import Desk
from taizhang.core import Problem
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.rules import heads_of
from taizhang.ledger.rules.meaning import record_meant
from taizhang.ledger.rules.once import key_text
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.packs import Field, Register, column
from taizhang.packs.types import parse_day

_MONTH = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})月?(?:份)?", re.ASCII)
_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")


@dataclass(frozen=True, slots=True)
class Joint:
    """A column by which rows are recognised: `part` is day, place, uid, or the name of a value; both sides as one text."""

    head: str
    part: str
    of_cell: Callable[[str], str]
    of_thing: Callable[[Thing], str]


@dataclass(frozen=True, slots=True)
class Joints:
    """Makes the joints of a table for the rows of a figure."""

    desk: Desk
    rows: Rows

    @property
    def plan(self) -> Plan:
        """What the rules know of the type of the rows."""
        asked = self.rows.asked
        return plan_of(asked.book.catalogue, asked.book.catalogue.things[self.type])

    @property
    def type(self) -> str:
        """The type of the entries, or of the register."""
        register = self.rows.asked.pack.register(self.rows.asked.indicator.source or "")
        return register.type if register else f"{self.rows.asked.pack.name}.{self.rows.asked.indicator.source}"

    def of(self, head: str, cells: Iterable[str]) -> Joint | None:
        """The joint of a column with these cells; None where its head means nothing by which a row can be recognised."""
        found = heads_of((head,), self.type, self.rows.asked.book.catalogue)
        if found.values and (field := self.plan.head(head)):
            return self._of_field(head, field.name, field)
        if found.keys:
            part, path = found.keys[head]
            return self._of_key(head, part, path)
        part = found.parts.get(head, "")
        if part in ("day", "place", "uid"):
            return self._of_part(head, part, cells)
        if part in ("record", "item", "source", "target") and (register := self._register(part)):
            return Joint(head, part, self._record(register), _end(part))
        return self._of_item(head)

    def _of_part(self, head: str, part: str, cells: Iterable[str]) -> Joint | None:
        if not isinstance(self.rows, OfEntries):
            return self._of_place(head, cells) if part == "place" and not isinstance(self.rows, OfBalances) else None
        if part == "uid":
            return Joint(head, part, lambda cell: cell.strip().replace("-", "").lower(), lambda thing: thing.entry.uid)
        return self._of_place(head, cells) if part == "place" else self._of_day(head, cells)

    def _of_day(self, head: str, cells: Iterable[str]) -> Joint:
        """Days; months where a cell is one."""
        year = self.rows.question.period.last.year
        if all(parse_day(cell) for cell in cells if cell.strip()):
            return Joint(head, "day", lambda cell: _day(cell), lambda thing: thing.entry.day.isoformat())
        return Joint(head, "day", lambda cell: _month(cell, year), lambda thing: thing.entry.day.isoformat()[:7])

    def _of_place(self, head: str, cells: Iterable[str]) -> Joint:
        """Places; an entry stands under the nearest place above it that the column names."""
        keys = {cell: self._place(cell) for cell in dict.fromkeys(cells)}
        named = {key for key in keys.values() if key.isdecimal()}

        @cache
        def nearest(place: int) -> str:
            above = self.desk.sight.path(place).rstrip("/").split("/")
            return next((key for key in reversed(above) if key in named), str(place))

        return Joint(head, "place", lambda cell: keys.get(cell, cell.strip()), lambda thing: nearest(thing.entry.place))

    def _place(self, cell: str) -> str:
        """The key of a place, first of one within the figure's place; the words themselves where they name none."""
        top, day = self.desk.sight.path(self.rows.question.place), self.rows.last.isoformat()
        for within in (top, viewed(self.desk)) if cell.strip() else ():
            key = self.desk.places.place_key(cell.strip(), day, within)
            if not isinstance(key, Problem):
                return str(key)
        return cell.strip()

    def _of_field(self, head: str, name: str, field: Field) -> Joint | None:
        """A value of the entry or record itself; personal ones are not compared."""
        if field.sealed:
            return None
        register = self.rows.asked.pack.register(field.of or "")
        of_cell = self._record(register) if register else _cleaned(field)
        return Joint(head, name, of_cell, self._value(name))

    def _of_key(self, head: str, part: str, path: tuple[str, ...]) -> Joint | None:
        """A key field of a record the entry names: in the open by its value; a personal one leads to its record, unread."""
        register = self._register(part)
        if register is None:
            return None
        root = self.rows.asked.book.catalogue.root(register)
        field = self._field(root, path)
        if field is not None and not field.sealed:
            return Joint(head, ".".join((part, *path)), _cleaned(field), self._value(".".join((self._prefix(part), *path))))
        return Joint(head, part, self._record(register), _end(part)) if field is not None and root.key == path else None

    def _of_item(self, head: str) -> Joint | None:
        """Of balances also what is said of the item that is held."""
        if not isinstance(self.rows, OfBalances):
            return None
        pack = self.rows.asked.pack
        items = (item for name in self.rows.register.holds if (item := pack.item(name)) and item.of)
        for register in (pack.register(item.of or "") for item in items):
            field = column(register.fields, head) if register else None
            if register and field and not field.sealed:
                return Joint(head, field.name, _cleaned(field), self._value(f"{register.name}.{field.name}"))
        return None

    def _field(self, root: Register, path: tuple[str, ...]) -> Field | None:
        field = root.fields.get(path[0])
        inner = self.rows.asked.pack.register(field.of or "") if field and len(path) > 1 else None
        return self._field(self.rows.asked.book.catalogue.root(inner), path[1:]) if inner else field if len(path) == 1 else None

    def _register(self, part: str) -> Register | None:
        plan = self.plan
        if part in ("source", "target"):
            return plan.pack.register(getattr(plan.thing, part, ""))
        return plan.about if part == "record" else plan.item_register

    def _prefix(self, part: str) -> str:
        register = self._register(part)
        return part if part in ("source", "target") or register is None else register.name

    def _value(self, name: str) -> Callable[[Thing], str]:
        return lambda thing: key_text(self.rows.read(thing, [name])[name])

    def _record(self, register: Register) -> Callable[[str], str]:
        """The record that a cell means; the words themselves where there is none. Asked once for each text."""
        desk, rows = self.desk, self.rows

        @cache
        def meant(cell: str) -> str:
            if not cell.strip():
                return ""
            found = record_meant(cell.strip(), register, rows.standings, rows.asked.book.catalogue, desk.today, desk.place_of)
            return found if isinstance(found, str) else cell.strip()

        return meant


def bare(head: str) -> str:
    """A head without what stands in brackets: 金额（万元） is 金额."""
    return _BRACKETS.sub("", head).strip()


def keyed(joints: Sequence[Joint], cells: Mapping[str, str]) -> tuple[str, ...]:
    """What a row of the file is recognised by."""
    return tuple(joint.of_cell(cells.get(joint.head, "")) for joint in joints)


def known_by(joints: Sequence[Joint], thing: Thing) -> tuple[str, ...]:
    """What a row of the figure is recognised by."""
    return tuple(joint.of_thing(thing) for joint in joints)


def _cleaned(field: Field) -> Callable[[str], str]:
    def clean(cell: str) -> str:
        value = field.clean(cell)
        return cell.strip() if isinstance(value, Problem) else key_text(field.expressed(value))

    return clean


def _end(part: str) -> Callable[[Thing], str]:
    if part in ("source", "target"):
        return lambda thing: record_of(getattr(thing.entry, part) or "") or ""
    return lambda thing: str(getattr(thing.entry, part) or "")


def _day(cell: str) -> str:
    found = parse_day(cell)
    return found.isoformat() if found else cell.strip()


def _month(cell: str, year: int) -> str:
    day = parse_day(cell)
    if day:
        return day.isoformat()[:7]
    found = _MONTH.fullmatch("".join(cell.split()))
    return f"{int(found[1] or year):04d}-{int(found[2]):02d}" if found else cell.strip()
