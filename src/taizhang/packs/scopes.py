"""Which names an expression may use where it stands, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from taizhang.packs.expressing import BOOLEAN, DATE, TEXT, Type, parameter_type, quantity_type, type_of
from taizhang.packs.model import Event, Indicator, Item, Pack, Register, Transfer
from taizhang.packs.types import Field

Names = dict[str, Type]
DEEPEST = 2
"""How many references a path follows: batch.drug.kind goes from the batch to its drug."""
MOST_NAMES = 500


def of_register(pack: Pack, register: Register) -> Names:
    """In a check or computed field of a register: its fields, those of records they point to, the parameters."""
    return {"place": TEXT, **_fields(pack, register.fields, ""), **_parameters(pack)}


def of_event(pack: Pack, event: Event) -> Names:
    """In an event: its own fields; the record and its fields, bare or with the register's name; day, place, parameters."""
    names: Names = {**_parameters(pack), "day": DATE, "place": TEXT}
    about = pack.register(event.about) if event.about else None
    if about:
        names |= _fields(pack, about.fields, "")
        names |= _record(pack, about, about.name) | {"record": TEXT}
    return names | _fields(pack, event.fields, "")


def of_transfer(pack: Pack, transfer: Transfer, due: bool = True) -> Names:
    """In a transfer: its own fields, quantity, source and target with their fields, the item's record, due, day, place, parameters.

    `source.balance` and `target.balance` are what the accounts held of the item (all batches, all copies) before it.
    """
    names: Names = {**_parameters(pack), "day": DATE, "place": TEXT}
    item = pack.item(transfer.item)
    if item:
        names["quantity"] = quantity_type(item)
        names |= _item(pack, item)
    if due and (transfer.loan or transfer.returns):
        names["due"] = DATE
    for end, name in (("source", transfer.source), ("target", transfer.target)):
        names[end] = TEXT
        if register := pack.register(name):
            names |= _record(pack, register, end)
            if item:
                names[f"{end}.balance"] = quantity_type(item)
            if transfer.source != transfer.target:
                names |= _record(pack, register, name)
    return names | _fields(pack, transfer.fields, "")


def of_indicator(pack: Pack, indicator: Indicator) -> Names:
    """In an indicator: the names of its source; at a day also as_of, and for loans returned; for registers that hold items, balance."""
    source = indicator.source or ""
    names: Names = {}
    if source in pack.events:
        names = of_event(pack, pack.events[source])
    elif source in pack.transfers:
        names = of_transfer(pack, pack.transfers[source])
        if pack.transfers[source].loan and indicator.kind == "stock":
            names["returned"] = BOOLEAN
    elif register := pack.register(source):
        names = of_register(pack, register) | _record(pack, register, register.name) | _balances(pack, register)
    if indicator.kind == "stock":
        names["as_of"] = DATE
    return names


def _balances(pack: Pack, register: Register) -> Names:
    """What a register holds: `balance` for one kind of item, `balance.<item>` for each of several."""
    held = [item for name in register.holds if (item := pack.item(name))]
    names: Names = {"balance": quantity_type(held[0])} if len(held) == 1 else {f"balance.{i.name}": quantity_type(i) for i in held}
    for item in held:
        names |= _item(pack, item)
    return names


def _item(pack: Pack, item: Item) -> Names:
    register = pack.register(item.of) if item.of else None
    return _record(pack, register, register.name) if register else {}


def _parameters(pack: Pack) -> Names:
    return {p.name: parameter_type(p) for p in pack.parameters.values()}


def _record(pack: Pack, register: Register, prefix: str) -> Names:
    """A record under a name: the name itself (its key), and every field below it."""
    return {prefix: TEXT, **_fields(pack, register.fields, prefix + ".")}


def _fields(pack: Pack, fields: Mapping[str, Field], prefix: str) -> Names:
    return dict(islice(_walk(pack, fields, prefix, DEEPEST if not prefix else DEEPEST - 1), MOST_NAMES))


def _walk(pack: Pack, fields: Mapping[str, Field], prefix: str, depth: int) -> Iterator[tuple[str, Type]]:
    """The fields themselves first, then those of records they point to."""
    for name, field in fields.items():
        yield prefix + name, type_of(field)
    for name, field in fields.items() if depth else ():
        if target := pack.register(field.of or ""):
            yield from _walk(pack, target.fields, f"{prefix}{name}.", depth - 1)
