"""Which columns the entries of a type have, and of which type each is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from taizhang.expressions import DATE, TEXT, Number, Type
from taizhang.expressions.columns import arrow_type
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.plans import ERASE, FREEZE, INSTALLED, RENEW, RESTRICT
from taizhang.packs.expressing import type_of
from taizhang.packs.types import Field

STRUCK, PLACES = "struck", "places"
"""Two relations that are no type of entry: what was withdrawn by what, and where places are."""

COMMON = pa.schema(
    [
        ("seq", pa.int64()), ("own", pa.int64()), ("sign", pa.int8()), ("day", pa.date32()), ("place", pa.int64()),
        ("record", pa.string()), ("item", pa.string()), ("source", pa.string()), ("target", pa.string()), ("quantity", pa.int64()),
        ("due", pa.date32()), ("unknown", pa.list_(pa.string())), ("unfit", pa.list_(pa.string())),
    ]
)  # fmt: skip
"""What every entry has. `own` is its own number and `seq` that of its strike where it is a red twin, whose `sign` is −1.

`unknown` are the fields an entry says are unknown, which is not the same as not said; `unfit` those whose value is not of the
field's type, and which are null for that. Both are null where there are none.
"""
SAID = ("unknown", "unfit")
"""The columns that are made of what an entry says."""
STRUCK_COLUMNS = pa.schema([("own", pa.int64()), ("seq", pa.int64())])
PLACE_COLUMNS = pa.schema([("key", pa.int64()), ("path", pa.string()), ("level", pa.string()), ("name", pa.string())])

MOST_LEADING = 2
_WORD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_SQL_TYPES = {
    "int8": "TINYINT", "int64": "BIGINT", "date32[day]": "DATE", "string": "VARCHAR", "bool": "BOOLEAN", "list<item: string>": "VARCHAR[]",
}  # fmt: skip
_HOUSE: Mapping[str, Mapping[str, Type]] = {RENEW: {"loan": TEXT, "due": DATE}, ERASE: {"record": TEXT}, RESTRICT: {}, INSTALLED: {"pack": TEXT}, FREEZE: {}}


@dataclass(frozen=True)
class Layout:
    """The plain fields of one type of entry; `cents` are those kept in 分 and spoken of in 元. What is sealed has no column.

    `leading` are the fields with few values that indicators ask for most, by which segments are sorted first.
    """

    type: str
    fields: Mapping[str, Type] = field(default_factory=dict)
    cents: frozenset[str] = frozenset()
    leading: tuple[str, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue, type_name: str) -> Layout:
        """The columns of a type; KeyError where no pack of the book knows it."""
        if type_name == STRUCK:
            return cls(STRUCK)
        if type_name in _HOUSE:
            return cls(type_name, _HOUSE[type_name])
        plain = {name: one for name, one in catalogue.things[type_name].fields.items() if not one.sealed}
        cents = frozenset(name for name, one in plain.items() if one.type.name == "money")
        return cls(type_name, {name: type_of(one) for name, one in plain.items()}, cents, leading(catalogue, type_name, plain))

    @property
    def order(self) -> tuple[str, ...]:
        """What its segments are sorted by."""
        return ("own", "seq") if self.type == STRUCK else (*(f"f_{name}" for name in self.leading), "place", "day", "own", "seq")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Each column with its type, as segments tell which they have: `seq BIGINT`."""
        return tuple(f"{column.name} {sql_type(column.type)}" for column in self.schema)

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns: those every entry has, then `f_<name>` for each field."""
        if self.type == STRUCK:
            return STRUCK_COLUMNS
        return pa.schema([*COMMON, *((f"f_{name}", stored_type(kind)) for name, kind in self.fields.items())])


def sql_type(kind: pa.DataType) -> str:
    """The type of a column as the engine names it."""
    name = str(kind)
    return _SQL_TYPES.get(name) or f"DECIMAL{name[name.index('(') :]}"


def leading(catalogue: Catalogue, type_name: str, fields: Mapping[str, Field]) -> tuple[str, ...]:
    """The choices of a type that its pack's indicators break down by or ask for, the most wanted first; not more than two."""
    pack = catalogue.pack_of(type_name)
    asked: Counter[str] = Counter()
    for one in pack.indicators.values() if pack else ():
        if f"{type_name.partition('.')[0]}.{one.source}" == type_name:
            asked.update({*one.by, *_WORD.findall(one.where or "")})
    wanted = [name for name, _ in asked.most_common() if name in fields and fields[name].type.name in ("choice", "boolean")]
    return tuple(wanted[:MOST_LEADING])


def stored_type(kind: Type) -> pa.DataType:
    """As `arrow_type`, but 18 digits take 8 bytes. Limits are not kept here: those of a pack may change, what was entered does not."""
    if not isinstance(kind, Number):
        return arrow_type(kind)
    if kind.places == 0 and kind.reach < 2**63:
        return pa.int64()
    return pa.decimal64(18, kind.places) if kind.digits <= 18 else pa.decimal128(38, kind.places)
