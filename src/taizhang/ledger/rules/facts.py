"""What expressions may know of one entry, and how each name is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from taizhang.core import Value
from taizhang.ledger.catalogue import Catalogue, record_of
from taizhang.ledger.standing import Standing
from taizhang.packs import Event, Field, Item, Pack, Parameter, Register, Transfer


class Seen(Protocol):
    """Where facts are looked up: records with the values of a day, and what accounts hold."""

    def standing(self, key: str, day: date | None = None) -> Standing | None:
        """A record with the values it had on a day, or now."""

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        """A sealed value in plain."""

    def held(self, account: str, kind: str) -> int:
        """What an account holds of a kind."""


@dataclass(slots=True)
class Facts:
    """One entry as expressions see it: `data` has its own values in canonical form, the personal ones in plain.

    `record`, `source` and `target` are keys of records or single accounts; `accounts` are the keys of both ends;
    `extra` are names a caller adds (as_of, returned, balance).
    """

    seen: Seen
    data: dict[str, Value]
    day: date
    place: int
    record: str | None = None
    item: str | None = None
    kind: str = ""
    quantity: int | None = None
    source: str | None = None
    target: str | None = None
    due: date | None = None
    extra: Mapping[str, Any] | None = None

    def value(self, key: str | None, owner: str, name: str) -> Value:
        """A field of a record on the entry's day; None when the record or the value is not there."""
        standing = self.seen.standing(key, self.day) if key else None
        if standing is None:
            return None
        plain = standing.values.get(owner, {}).get(name)
        if plain is None and name in standing.sealed.get(owner, ()):
            return self.seen.open(standing, owner, name)
        return plain


Getter = Callable[[Facts], Any]
Deep = Callable[[Facts, "str | None"], Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name is read, and whether its value is personal; `name` is set where it is kept."""

    get: Getter
    sealed: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one register, event or transfer, read in the order of precedence that packs lay down."""

    catalogue: Catalogue
    pack: Pack
    thing: Register | Event | Transfer

    def reading(self, name: str) -> Reading | None:
        """How a name is read here; None when it is none of these."""
        path = tuple(name.split("."))
        return (
            self._extra(name)
            or self._own(path)
            or (self._of_transfer(path) if isinstance(self.thing, Transfer) else None)
            or (self._of_event(path) if isinstance(self.thing, Event) else None)
            or (self._of_register(path) if isinstance(self.thing, Register) else None)
            or _plain(path)
            or self._parameter(name)
        )

    def _extra(self, name: str) -> Reading | None:
        if name not in ("as_of", "returned", "balance") and not name.startswith("balance."):
            return None
        if name in self.thing.fields:
            return None
        return Reading(lambda facts: (facts.extra or {}).get(name))

    def _own(self, path: tuple[str, ...]) -> Reading | None:
        """A field of the entry itself, or of a record such a field points to. A state that leaves a field as it is has it too."""
        name, *rest = path
        field = self.thing.fields.get(name)
        if field is None:
            return None
        raw = self._known(name) if isinstance(self.thing, Register) else _stated(name)
        if not rest:
            return Reading(_expressed(field, raw), field.sealed)
        below = self._through(self.pack.register(field.of or ""), tuple(rest))
        return below and Reading(_after(raw, below[0]), below[1])

    def _known(self, name: str) -> Getter:
        register = self.thing
        assert isinstance(register, Register)
        owner = self.catalogue.owners(register)[name]

        def get(facts: Facts) -> Any:
            return facts.data[name] if name in facts.data else facts.value(facts.record, owner, name)

        return get

    def _of_register(self, path: tuple[str, ...]) -> Reading | None:
        """Of a register also its own name, and the records of the items it holds (for balances)."""
        if path[0] == self.thing.name:
            return self._prefixed(self.pack.register(self.thing.name), path, _record)
        holds = self.thing.holds if isinstance(self.thing, Register) else ()
        items = [item for name in holds if (item := self.pack.item(name)) and item.of == path[0]]
        return self._prefixed(self.pack.register(path[0]), path, _item) if items else None

    def _of_event(self, path: tuple[str, ...]) -> Reading | None:
        about = self.pack.register(getattr(self.thing, "about", None) or "")
        if about is None:
            return None
        if path == ("record",):
            return Reading(_record)
        if path[0] == about.name:
            return self._prefixed(about, path, _record)
        below = self._through(about, path)
        return below and Reading(_after(_record, below[0]), below[1])

    def _of_transfer(self, path: tuple[str, ...]) -> Reading | None:
        assert isinstance(self.thing, Transfer)
        item = self.pack.item(self.thing.item)
        for end, name, get in (("target", self.thing.target, _target), ("source", self.thing.source, _source)):
            register = self.pack.register(name)
            if path[0] == end:
                if path[1:] == ("balance",) and register and item:
                    return Reading(_held(end, item))
                return self._prefixed(register, path, get)
            if path[0] == name and register and self.thing.source != self.thing.target:
                return self._prefixed(register, path, get)
        if path == ("quantity",) and item:
            return Reading(_quantity(item))
        if path == ("due",):
            return Reading(lambda facts: facts.due)
        return self._prefixed(self.pack.register(item.of), path, _item) if item and item.of and path[0] == item.of else None

    def _prefixed(self, register: Register | None, path: tuple[str, ...], get: Getter) -> Reading | None:
        """A record under a name: the name itself is its key, what follows are its fields."""
        if len(path) == 1:
            return Reading(get)
        below = self._through(register, path[1:])
        return below and Reading(_after(get, below[0]), below[1])

    def _through(self, register: Register | None, path: tuple[str, ...]) -> tuple[Deep, bool] | None:
        """A field of a record, perhaps through one that points to another record."""
        field = register.fields.get(path[0]) if register else None
        if register is None or field is None:
            return None
        owner = self.catalogue.owners(register)[field.name]
        if len(path) == 1:
            return _deep(field, owner), field.sealed
        below = self._through(self.pack.register(field.of or ""), path[1:])
        return below and (_deeper(field.name, owner, below[0]), below[1])

    def _parameter(self, name: str) -> Reading | None:
        parameter = self.pack.parameters.get(name)
        if parameter is None:
            return None
        readings = [self.reading(by) for by in parameter.by]
        return Reading(_parameter(parameter, [r.get for r in readings if r]))


def _plain(path: tuple[str, ...]) -> Reading | None:
    if path == ("day",):
        return Reading(lambda facts: facts.day)
    return Reading(lambda facts: str(facts.place)) if path == ("place",) else None


def _record(facts: Facts) -> str | None:
    return facts.record


def _item(facts: Facts) -> str | None:
    return facts.item


def _source(facts: Facts) -> str | None:
    return _end(facts.source)


def _target(facts: Facts) -> str | None:
    return _end(facts.target)


def _end(account: str | None) -> str | None:
    """The record of an account, or the account itself where it is a single one."""
    return account and (record_of(account) or account)


def _stated(name: str) -> Getter:
    return lambda facts: facts.data.get(name)


def _expressed(field: Field, raw: Getter) -> Getter:
    express = field.expressed
    return lambda facts: express(raw(facts))


def _after(get: Getter, below: Deep) -> Getter:
    return lambda facts: below(facts, get(facts))


def _deep(field: Field, owner: str) -> Deep:
    name, express = field.name, field.expressed
    return lambda facts, key: express(facts.value(key, owner, name))


def _deeper(name: str, owner: str, below: Deep) -> Deep:
    def get(facts: Facts, key: str | None) -> Any:
        value = facts.value(key, owner, name)
        return below(facts, value if isinstance(value, str) else None)

    return get


def _held(end: str, item: Item) -> Getter:
    def get(facts: Facts) -> Any:
        account = facts.target if end == "target" else facts.source
        return None if account is None else in_units(item, facts.seen.held(account, facts.kind))

    return get


def _quantity(item: Item) -> Getter:
    return lambda facts: None if facts.quantity is None else in_units(item, facts.quantity)


def in_units(item: Item, parts: int) -> int | Decimal:
    """Smallest parts in the item's unit, as expressions and figures see them."""
    return parts if item.parts == 1 else Decimal(parts).scaleb(1 - len(str(item.parts)))


def _parameter(parameter: Parameter, by: list[Getter]) -> Getter:
    express = parameter.type.in_expressions

    def get(facts: Facts) -> Any:
        choices = [one(facts) for one in by]
        if any(not isinstance(choice, str) for choice in choices):
            return None
        value = parameter.value(facts.day, *choices)
        return None if value is None else express(value)

    return get
