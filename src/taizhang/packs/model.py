"""The nouns of a pack: immutable, with every name resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from taizhang.packs.types import Field, Value, ValueType

Level = Literal["village", "township", "county", "prefecture", "province"]
Branch = Value | Mapping[str, "Branch"]
"""A value of a parameter, or one for each choice."""


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold, and what to say when it does not."""

    that: str
    say: str
    say_en: str = ""


@dataclass(frozen=True, slots=True)
class Retain:
    """Personal values are kept for `years` from `after`: the entry's `day`, or a date field."""

    years: int
    after: str


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of thing. `fields` are all of them, inherited ones first; `own` names those it adds.

    A record of a register that extends another *is* a record of that other: one key, no copy. `unique` are sets of its own
    fields that no two records have the same values of.
    """

    pack: str
    name: str
    title: str
    key: tuple[str, ...]
    fields: Mapping[str, Field]
    own: tuple[str, ...]
    title_en: str = ""
    extends: str | None = None
    holds: tuple[str, ...] = ()
    outside: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    checks: tuple[Check, ...] = ()
    review: Level | None = None
    retain_until: Retain | None = None
    ended: str | None = None

    @property
    def type(self) -> str:
        """The type of its states, such as medicine.box."""
        return f"{self.pack}.{self.name}"


@dataclass(frozen=True, slots=True)
class Account:
    """A single named account. One that is `outside` has no floor; any other never goes below 0."""

    name: str
    title: str
    holds: tuple[str, ...]
    title_en: str = ""
    outside: bool = False
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What moves, in whole smallest parts; `parts` of them make one `unit`, in which expressions and figures speak.

    `units` tells how many smallest parts a larger unit has: a number, or the field of the item's register
    that knows. `of` is that register: each of its records is an item of its own.
    """

    name: str
    title: str
    unit: str
    title_en: str = ""
    parts: int = 1
    part: str = ""
    of: str | None = None
    units: Mapping[str, int | str] = field(default_factory=dict)
    expires: str | None = None
    single: bool = False
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a day on, and the document that set it."""

    start: date
    value: Branch
    set_by: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """Values by date. `by` are the choice fields they depend on, as paths (reader.kind)."""

    name: str
    title: str
    type: ValueType
    values: tuple[Dated, ...]
    title_en: str = ""
    unit: str | None = None
    places: int | None = None
    by: tuple[str, ...] = ()

    def on(self, day: date) -> Dated | None:
        """What holds on a day; None before the first from-date, for absent is not zero."""
        return next((v for v in reversed(self.values) if v.start <= day), None)

    def value(self, day: date, *choices: str) -> Value | None:
        """The value on a day for the choices of `by`, in their order."""
        dated = self.on(day)
        branch: Branch | None = dated.value if dated else None
        for choice in choices:
            branch = branch.get(choice) if isinstance(branch, Mapping) else None
        return None if isinstance(branch, Mapping) else branch


@dataclass(frozen=True, slots=True)
class Event:
    """This happened on a day at a place, perhaps about a record, with these values. With `must_close` it ends an open entry, or is none."""

    pack: str
    name: str
    title: str
    fields: Mapping[str, Field]
    title_en: str = ""
    about: str | None = None
    checks: tuple[Check, ...] = ()
    once: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    must_close: bool = False
    review: Level | None = None
    retain_until: Retain | None = None
    ended: str | None = None

    @property
    def type(self) -> str:
        """The type of its entries."""
        return f"{self.pack}.{self.name}"


@dataclass(frozen=True, slots=True)
class Loan:
    """The rules of a loan: expressions over item, borrower and parameters; `queue` names the hold event."""

    days: str
    renewals: str = "0"
    renew_days: str = ""
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within `days`, counted apart for each value of `per`."""

    most: str
    per: tuple[str, ...]
    days: str
    say: str
    say_en: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """An item moves from one account to another; a `loan` is due back, `returns` gives one back."""

    pack: str
    name: str
    title: str
    item: str
    source: str
    target: str
    fields: Mapping[str, Field]
    title_en: str = ""
    checks: tuple[Check, ...] = ()
    loan: Loan | None = None
    returns: str | None = None
    limits: tuple[Limit, ...] = ()
    once: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    review: Level | None = None
    retain_until: Retain | None = None
    ended: str | None = None

    @property
    def type(self) -> str:
        """The type of its entries."""
        return f"{self.pack}.{self.name}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named figure: `value` over the entries (or records) of `source`, or over other indicators where there is no source."""

    name: str
    title: str
    unit: str
    value: str
    title_en: str = ""
    also: tuple[str, ...] = ()
    source: str | None = None
    where: str | None = None
    by: tuple[str, ...] = ()
    kind: Literal["flow", "stock"] = "flow"
    places: int | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A programme. `base` is the shared pack whose registers and dictionary stand behind every other."""

    name: str
    title: str
    office: str
    title_en: str = ""
    about: str = ""
    review: Level | None = None
    retain_until: Retain | None = None
    dictionary: Mapping[str, Field] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    transfers: Mapping[str, Transfer] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    base: Pack | None = None

    def register(self, name: str) -> Register | None:
        """A register of this pack or of the base."""
        return self.registers.get(name) or (self.base.registers.get(name) if self.base else None)

    def item(self, name: str) -> Item | None:
        """An item of this pack, or money."""
        return self.items.get(name) or (MONEY if name == MONEY.name else None)

    def holder(self, name: str) -> Register | Account | None:
        """The register or single account of a name."""
        return self.register(name) or self.accounts.get(name)


MONEY = Item("money", "资金", "元", "money", parts=100, part="分", units={"角": 10, "元": 100, "万元": 1_000_000, "亿元": 10_000_000_000})


def parts_of(item: Item, quantity: Decimal | int, unit: str, record: Mapping[str, Value | None]) -> int | None:
    """How many smallest parts a quantity is, exactly; None when the unit is unknown here or it does not come out whole."""
    size = _size(item, unit, record)
    whole = None if size is None else Decimal(quantity) * size
    return int(whole) if whole is not None and whole == whole.to_integral_value() else None


def split(item: Item, parts: int, unit: str, record: Mapping[str, Value | None]) -> tuple[int, int] | None:
    """Smallest parts as whole larger units and the rest (50 片 are 2 盒 and 2 片); together they are the parts again."""
    size = _size(item, unit, record)
    return None if not size else divmod(parts, size)


def _size(item: Item, unit: str, record: Mapping[str, Value | None]) -> int | None:
    if unit == item.unit:
        return item.parts
    if unit == item.part:
        return 1
    size = item.units.get(unit)
    known = record.get(size) if isinstance(size, str) else size
    return known if isinstance(known, int) and known > 0 else None
