"""The names of an indicator as columns: the same names, in the same order of precedence, as the rules read them.

`ledger.rules.facts.Names` reads a name of one entry; this writes the SQL of that name for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from taizhang.core import InputError
from taizhang.cube.attributes import Attributes
from taizhang.cube.refusals import personal
from taizhang.expressions import column_type
from taizhang.expressions.sql import Writer, quoted
from taizhang.ledger.catalogue import Catalogue
from taizhang.packs import Event, Field, Item, Pack, Parameter, Register, Transfer
from taizhang.packs.expressing import parameter_type, quantity_type, type_of

Held = Callable[[str, Item], str]
"""SQL of what an account (SQL) holds now of an item."""


@dataclass(frozen=True)
class Columns:
    """The names of one register, event or transfer; `day` is SQL of the day its facts are of.

    Rows have the columns of their relation under the alias r. `extra` are names only the source of the rows knows
    (as_of, returned, balance).
    """

    catalogue: Catalogue
    pack: Pack
    thing: Register | Event | Transfer
    attributes: Attributes
    day: str
    extra: Mapping[str, str]
    held: Held

    def sql(self, name: str) -> str:
        """The SQL of a name; InputError where it is personal: what is sealed never enters the cube."""
        path = tuple(name.split("."))
        if name in self.extra and name not in self.thing.fields:
            return self.extra[name]
        found = (
            self._own(path)
            or (self._of_transfer(path) if isinstance(self.thing, Transfer) else None)
            or (self._of_event(path) if isinstance(self.thing, Event) else None)
            or (self._of_register(path) if isinstance(self.thing, Register) else None)
            or {"day": self.day, "place": "CAST(r.place AS VARCHAR)"}.get(name)
            or self._parameter(name)
        )
        if found is None:
            raise KeyError(name)
        return found

    def _own(self, path: tuple[str, ...]) -> str | None:
        name, *rest = path
        field = self.thing.fields.get(name)
        if field is None:
            return None
        _open(field)
        if isinstance(self.thing, Register):
            raw = self.attributes.value("r.record", self.day, self.thing, name)
        else:
            raw = f"CAST(r.{quoted(f'f_{name}')} AS {column_type(type_of(field))})"
        return self._through(raw, self.pack.register(field.of or ""), tuple(rest)) if rest else raw

    def _of_register(self, path: tuple[str, ...]) -> str | None:
        """Of a register also its own name, and the records of the items it holds (for balances)."""
        if path[0] == self.thing.name:
            return self._through("r.record", self.pack.register(self.thing.name), path[1:])
        holds = self.thing.holds if isinstance(self.thing, Register) else ()
        items = [item for name in holds if (item := self.pack.item(name)) and item.of == path[0]]
        return self._through("r.item", self.pack.register(path[0]), path[1:]) if items else None

    def _of_event(self, path: tuple[str, ...]) -> str | None:
        about = self.pack.register(getattr(self.thing, "about", None) or "")
        if about is None:
            return None
        if path == ("record",):
            return "r.record"
        return self._through("r.record", about, path[1:] if path[0] == about.name else path)

    def _of_transfer(self, path: tuple[str, ...]) -> str | None:
        assert isinstance(self.thing, Transfer)
        item = self.pack.item(self.thing.item)
        for end, name in (("target", self.thing.target), ("source", self.thing.source)):
            register = self.pack.register(name)
            if path == (end, "balance") and register and item:
                return self.held(f"r.{end}", item)
            if path[0] == end or (path[0] == name and register and self.thing.source != self.thing.target):
                return self._through(record_of_account(f"r.{end}"), register, path[1:])
        if path == ("quantity",) and item:
            return in_units(item, "r.quantity")
        if path == ("due",):
            return self.extra.get("due", "r.due")
        return self._through("r.item", self.pack.register(item.of), path[1:]) if item and item.of and path[0] == item.of else None

    def _through(self, record: str, register: Register | None, path: tuple[str, ...]) -> str | None:
        """A record's key, or a field of it, perhaps through one that points to another record."""
        if not path:
            return record
        field = register.fields.get(path[0]) if register else None
        if register is None or field is None:
            return None
        _open(field)
        value = self.attributes.value(record, self.day, register, field.name)
        return self._through(value, self.pack.register(field.of or ""), path[1:])

    def _parameter(self, name: str) -> str | None:
        """A dated value: a case for each day from which it holds, within it one for each choice."""
        parameter = self.pack.parameters.get(name)
        if parameter is None:
            return None
        choices = [self.sql(by) for by in parameter.by]
        cases = (f"WHEN {self.day} >= DATE '{dated.start}' THEN {_branch(parameter, dated.value, choices)}" for dated in reversed(parameter.values))
        return f"CASE {' '.join(cases)} END"


def in_units(item: Item, parts: str) -> str:
    """Smallest parts (SQL) in the item's unit, exactly."""
    if item.parts == 1:
        return parts
    digits = len(str(item.parts)) - 1
    return f"CAST(CAST({parts} AS DECIMAL(38,0)) * 0.{'0' * (digits - 1)}1 AS {column_type(quantity_type(item))})"


def record_of_account(account: str) -> str:
    """The record of an account (SQL), or the account itself where it is a single one."""
    return f"CASE WHEN contains({account}, '/') THEN substr({account}, strpos({account}, '/') + 1) ELSE {account} END"


def _branch(parameter: Parameter, branch: object, choices: list[str]) -> str:
    kind = column_type(parameter_type(parameter))
    if not isinstance(branch, Mapping):
        return f"CAST({Writer('duckdb').literal(parameter.type.in_expressions(branch))} AS {kind})"  # type: ignore[arg-type]
    cases = (f"WHEN '{choice}' THEN {_branch(parameter, below, choices[1:])}" for choice, below in branch.items())
    return f"CASE {choices[0]} {' '.join(cases)} END"


def _open(field: Field) -> None:
    if field.sealed:
        raise InputError(personal(field.title, field.title_en))
