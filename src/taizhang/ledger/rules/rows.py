"""The names of entries and records as expressions see them: for checks, and for the figures of indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from taizhang.core import Entry, Value
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules.facts import Facts, Seen, in_units
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.ledger.rules.seen import Looked
from taizhang.ledger.standing import Standings
from taizhang.packs import Register


def facts_of(seen: Seen, plan: Plan, entry: Entry, opened: Mapping[str, Value] | None = None) -> Facts:
    """An entry of the book as expressions see it; its personal values are there where they were opened."""
    return Facts(
        seen,
        {**entry.data, **(opened or {})},
        entry.day,
        entry.place,
        entry.record,
        entry.item,
        plan.kind,
        entry.quantity,
        entry.source,
        entry.target,
        entry.due,
    )


def row(
    entry: Entry, standings: Standings, catalogue: Catalogue, names: Iterable[str], extra: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The values of these names for an entry of the book: its fields, paths such as batch.drug.form, quantity in the item's unit.

    `extra` are the names only the caller knows (as_of, returned). Values of records are those of the entry's day; balances
    are those of now. KeyError names a name that means nothing there, or an entry of no known type.
    """
    thing = catalogue.things[entry.type]
    plan = plan_of(catalogue, thing)
    wanted = tuple(names)
    personal = any(plan.is_personal(name) for name in wanted)
    facts = facts_of(Looked(standings), plan, entry, standings.opened(entry) if personal and entry.sealed else None)
    facts.extra = extra
    return plan.read(wanted, facts)


def row_of_record(
    type_name: str,
    record: str,
    day: date,
    standings: Standings,
    catalogue: Catalogue,
    names: Iterable[str],
    *,
    item: str | None = None,
    kind: str = "",
    balance: int | None = None,
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The values of these names for a record on a day; for one balance of it (an item of a kind) also `balance` and the item's fields."""
    plan = plan_of(catalogue, catalogue.things[type_name])
    standing = standings.record(record, day)
    facts = Facts(Looked(standings), {}, day, standing.place if standing else 0, record, item)
    facts.extra = {**(extra or {}), **_balances(plan, kind, balance)}
    return plan.read(names, facts)


def _balances(plan: Plan, kind: str, parts: int | None) -> dict[str, Any]:
    """The balance under the name an indicator gives it: `balance`, or `balance.item` where the register holds several."""
    holds = plan.thing.holds if isinstance(plan.thing, Register) else ()
    items = {plan.catalogue.kind(plan.pack, name): item for name in holds if (item := plan.pack.item(name))}
    item = items.get(kind) or (next(iter(items.values())) if len(items) == 1 else None)
    if parts is None or item is None:
        return {}
    return {"balance" if len(items) == 1 else f"balance.{item.name}": in_units(item, parts)}
