"""Which columns the entries of a type have, and of which type each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from taizhang.expressions import DATE, TEXT, Number, Type
from taizhang.expressions.columns import arrow_type
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.plans import ERASE, INSTALLED, RENEW, RESTRICT
from taizhang.packs.expressing import type_of

STRUCK, PLACES = "struck", "places"
"""Two relations that are no type of entry: what was withdrawn by what, and where places are."""

COMMON = pa.schema(
    [
        ("seq", pa.int64()), ("own", pa.int64()), ("sign", pa.int8()), ("day", pa.date32()), ("place", pa.int64()),
        ("record", pa.string()), ("item", pa.string()), ("source", pa.string()), ("target", pa.string()), ("quantity", pa.int64()),
        ("due", pa.date32()), ("unknown", pa.list_(pa.string())),
    ]
)  # fmt: skip
"""What every entry has. `own` is its own number and `seq` that of its strike where it is a red twin, whose `sign` is −1.

`unknown` are the fields an entry says are unknown, which is not the same as not said; null where there are none.
"""
STRUCK_COLUMNS = pa.schema([("own", pa.int64()), ("seq", pa.int64())])
PLACE_COLUMNS = pa.schema([("key", pa.int64()), ("path", pa.string()), ("level", pa.string()), ("name", pa.string())])

_HOUSE: Mapping[str, Mapping[str, Type]] = {RENEW: {"loan": TEXT, "due": DATE}, ERASE: {"record": TEXT}, RESTRICT: {}, INSTALLED: {"pack": TEXT}}


@dataclass(frozen=True)
class Layout:
    """The plain fields of one type of entry; `cents` are those kept in 分 and spoken of in 元. What is sealed has no column."""

    type: str
    fields: Mapping[str, Type] = field(default_factory=dict)
    cents: frozenset[str] = frozenset()

    @classmethod
    def of(cls, catalogue: Catalogue, type_name: str) -> Layout:
        """The columns of a type; KeyError where no pack of the book knows it."""
        if type_name in _HOUSE:
            return cls(type_name, _HOUSE[type_name])
        plain = {name: one for name, one in catalogue.things[type_name].fields.items() if not one.sealed}
        cents = frozenset(name for name, one in plain.items() if one.type.name == "money")
        return cls(type_name, {name: type_of(one) for name, one in plain.items()}, cents)

    @property
    def schema(self) -> pa.Schema:
        """The columns: those every entry has, then `f_<name>` for each field."""
        return pa.schema([*COMMON, *((f"f_{name}", stored_type(kind)) for name, kind in self.fields.items())])


def stored_type(kind: Type) -> pa.DataType:
    """As `arrow_type`, but 18 digits take 8 bytes. Limits are not kept here: those of a pack may change, what was entered does not."""
    if not isinstance(kind, Number):
        return arrow_type(kind)
    if kind.places == 0 and kind.reach < 2**63:
        return pa.int64()
    return pa.decimal64(18, kind.places) if kind.digits <= 18 else pa.decimal128(38, kind.places)
