"""What an entry of each type does to what follows from the journal, read from the packs once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.core import Entry, EntryKind, Value
from taizhang.ledger.catalogue import HOUSE, Catalogue
from taizhang.ledger.roles import in_roles
from taizhang.packs import Event, Field, Pack, Register, Transfer

RENEW, ERASE, RESTRICT, INSTALLED, FREEZE = (f"{HOUSE}.{name}" for name in ("renew", "erase", "restrict", "pack", "freeze"))
OWN = frozenset([RENEW, ERASE, RESTRICT, INSTALLED, FREEZE])
"""The types of the book's own entries, all of them events."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The effects of one type, whose entries are all of one `form` (and strikes of those).

    `owners` tells which register keeps each field of a state, `chain` the registers it is a state of (root first), `key` the
    fields of its natural key (empty when one of them is sealed: then the key store finds it). `kind` is the kind of item a
    transfer moves. `closes` are the types of open entries it may end, `refs` its fields that point to records,
    `about` says that its record is what it tells of, and `waits` that it is an open entry until something ends it. `unique`
    are the sets of fields that no two records of the register have the same, `apart` whether its chain has any.
    """

    type: str
    form: EntryKind = "event"
    chain: tuple[str, ...] = ()
    owners: Mapping[str, str] | None = None
    key: tuple[str, ...] = ()
    kind: str = ""
    lends: bool = False
    returns: str | None = None
    closes: tuple[str, ...] = ()
    waits: bool = False
    refs: tuple[str, ...] = ()
    about: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    apart: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing but movements and values follows from it."""
        return not (self.lends or self.returns or self.closes or self.waits)


class Plans:
    """The plans of a catalogue, made when first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[str, Plan | None] = {}

    def __getitem__(self, type_name: str) -> Plan | None:
        """The plan of a type; None when no pack of the book knows it."""
        if type_name not in self._made:
            self._made[type_name] = self._make(type_name)
        return self._made[type_name]

    def refs(self, type_name: str) -> tuple[str, ...]:
        """The fields of a register that point to records."""
        plan = self[type_name]
        return plan.refs if plan else ()

    def ends(self, entry: Entry, waiting: Entry) -> bool:
        """Whether an entry that names all that an open one names also has it in the same places."""
        return in_roles(self._catalogue, entry.type, entry.record, entry.data, waiting)

    def closing(self, types: Iterable[str]) -> list[str]:
        """The types whose entries may end open entries of these types."""
        ended = set(types)
        found = (self[type_name] for type_name in self._catalogue.things)
        return [plan.type for plan in found if plan is not None and ended.intersection(plan.closes)]

    def _make(self, type_name: str) -> Plan | None:
        if type_name.partition(".")[0] == HOUSE:
            return Plan(type_name) if type_name in OWN else None
        thing = self._catalogue.things.get(type_name)
        if thing is None:
            return None
        if isinstance(thing, Register):
            return self._state(thing)
        pack = self._catalogue.packs[thing.pack]
        closes = tuple(f"{pack.name}.{name}" for name in thing.closes)
        if isinstance(thing, Event):
            return Plan(type_name, closes=closes, waits=thing.name in _waiting(pack), refs=_refs(thing.fields), about=thing.about is not None)
        return self._transfer(pack, thing, closes)

    def _state(self, register: Register) -> Plan:
        chain = self._catalogue.chain(register)
        root = chain[0]
        key = () if any(root.fields[name].sealed for name in root.key) else root.key
        return Plan(
            register.type,
            "state",
            chain=tuple(one.type for one in chain),
            owners=self._catalogue.owners(register),
            key=key,
            refs=_refs(register.fields),
            unique=register.unique,
            apart=any(one.unique for one in chain),
        )

    def _transfer(self, pack: Pack, transfer: Transfer, closes: tuple[str, ...]) -> Plan:
        return Plan(
            transfer.type,
            "transfer",
            kind=self._catalogue.item_kind(transfer),
            lends=transfer.loan is not None,
            returns=f"{pack.name}.{transfer.returns}" if transfer.returns else None,
            closes=closes,
            refs=_refs(transfer.fields),
        )


def _refs(fields: Mapping[str, Field]) -> tuple[str, ...]:
    return tuple(name for name, field in fields.items() if field.of)


def _waiting(pack: Pack) -> frozenset[str]:
    """The events of a pack that stay open until something closes them."""
    named = [name for event in pack.events.values() for name in event.closes]
    named += [name for transfer in pack.transfers.values() for name in transfer.closes]
    queues = [t.loan.queue for t in pack.transfers.values() if t.loan and t.loan.queue]
    return frozenset([*named, *queues])


def wrong_of_house(entry: Entry) -> str:
    """What one of the book's own entries lacks; empty when nothing, or when it is another's."""
    if entry.type == RENEW:
        loan, due = entry.data.get("loan"), entry.data.get("due")
        return "" if isinstance(loan, str) and _is_day(due) else "data: a renewal has the uid of its loan and the day due"
    if entry.type in (ERASE, RESTRICT):
        return "" if entry.record and entry.data.get("record") == entry.record else "data: the record it is about"
    if entry.type == FREEZE:
        return "" if _is_frozen(entry.data) else "data: a frozen figure has its indicator, its days, its last entry and its label"
    return ""


def _is_frozen(data: Mapping[str, Value]) -> bool:
    texts = all(isinstance(data.get(name), str) for name in ("indicator", "label", "printed", "value"))
    return texts and isinstance(data.get("as_of"), int) and _is_day(data.get("first")) and _is_day(data.get("last"))


def erased_by(data: Mapping[str, Value]) -> list[str]:
    """The keys that an erasure destroyed: a record's, and those of entries that are sealed by themselves and tell of it."""
    entries = data.get("entries", ())
    return [str(data["record"]), *(entries if isinstance(entries, (list, tuple)) else ())]


def _is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
