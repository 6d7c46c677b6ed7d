"""Values of records as they held on a day: laid field by field, joined to the day of an entry.

The value of a field on a day is what was last said by then; a field first said later has what was said first, as the rules
read records. So every statement of a field holds from its day until the next one, and the first holds since ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from taizhang.cube.relations import AsOf
from taizhang.expressions.sql import column_type, quoted
from taizhang.ledger.catalogue import Catalogue
from taizhang.packs import Register
from taizhang.packs.expressing import type_of

PLACE = "place"
_SINCE_EVER, _FOR_EVER = "DATE '-infinity'", "DATE 'infinity'"


def family(catalogue: Catalogue, register: Register) -> list[str]:
    """The types whose states are states of this register too: its own, and those of registers that extend it."""
    registers = (thing for thing in catalogue.things.values() if isinstance(thing, Register))
    return [one.type for one in registers if register.type in {above.type for above in catalogue.chain(one)}]


@dataclass
class Attributes:
    """The joins that bring values of records to the rows of a question; each is made once."""

    catalogue: Catalogue
    as_of: AsOf
    joins: list[str] = field(default_factory=list)
    _made: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    def value(self, record: str, day: str, register: Register, name: str) -> str:
        """SQL of a field of a record (both SQL) on a day; null where the record or the value is not known."""
        owner = self.catalogue.owners(register)[name]
        return self._joined(record, day, owner, name)

    def place(self, record: str, day: str, register: Register) -> str:
        """SQL of where a record stood on a day; null where there is none."""
        return self._joined(record, day, self.catalogue.root(register).type, "")

    def _joined(self, record: str, day: str, owner: str, name: str) -> str:
        key = (record, day, owner, name)
        if key not in self._made:
            alias = f"a{len(self.joins)}"
            self._made[key] = f"{alias}.value"
            on = f"{alias}.record = {record} AND {alias}.since <= {day} AND {day} < {alias}.until"
            self.joins.append(f"LEFT JOIN {self._versions(owner, name)} AS {alias} ON {on}")
        return self._made[key]

    def _versions(self, owner: str, name: str) -> str:
        """Every statement of a field, or with no name of where the record is, and the days it holds."""
        register = self.catalogue.register(owner)
        assert register is not None
        said = " UNION ALL ".join(self._said(register, type_name, name) for type_name in family(self.catalogue, register))
        since = f"CASE WHEN row_number() OVER said = 1 THEN {_SINCE_EVER} ELSE day END"
        until = f"coalesce(lead(day) OVER said, {_FOR_EVER})"
        over = "WINDOW said AS (PARTITION BY record ORDER BY day, own)"
        return f"(SELECT record, value, {since} AS since, {until} AS until FROM ({said}) {over})"

    def _said(self, register: Register, type_name: str, name: str) -> str:
        states = self.as_of.standing(type_name)
        if not name:
            return f"SELECT record, own, day, {PLACE} AS value FROM {states}"
        column = quoted(f"f_{name}")
        cast = f"CAST({column} AS {column_type(type_of(register.fields[name]))})"
        said = f"({column} IS NOT NULL OR list_contains(unknown, '{name}') OR list_contains(unfit, '{name}'))"
        return f"SELECT record, own, day, {cast} AS value FROM {states} WHERE {said}"
