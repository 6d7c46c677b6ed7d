"""The records an entry names, and what they point to: by these a loan ends a hold, and a hold keeps a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taizhang.ledger.catalogue import Catalogue, record_of
from taizhang.ledger.roles import in_roles
from taizhang.ledger.rules.ahead import Ahead
from taizhang.ledger.rules.facts import Facts, Seen
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.ledger.standing import Standings, Waiting


def named(plan: Plan, facts: Facts) -> frozenset[str]:
    """The records an entry names itself: the one it is about, its fields, its item and the records of its accounts."""
    fields = (facts.data.get(name) for name in plan.refs)
    ends = (record_of(account) for account in (facts.source, facts.target) if account)
    item = facts.item if plan.item_register else None
    return frozenset(name for name in (facts.record, item, *fields, *ends) if isinstance(name, str))


def reach(catalogue: Catalogue, seen: Seen, records: Iterable[str]) -> frozenset[str]:
    """These records and those one of their fields points to: a copy names its book."""
    found = set(records)
    for key in tuple(found):
        found.update(_pointed(catalogue, seen, key))
    return frozenset(found)


def _pointed(catalogue: Catalogue, seen: Seen, key: str) -> Iterator[str]:
    standing = seen.standing(key)
    for type_name, values in standing.values.items() if standing else ():
        register = catalogue.register(type_name)
        for name in plan_of(catalogue, register).refs if register else ():
            value = values.get(name)
            if isinstance(value, str):
                yield value


def ended(seen: Seen, standings: Standings | Ahead, catalogue: Catalogue, plan: Plan, facts: Facts) -> Iterator[Waiting]:
    """The open entries that a statement ends: it names all that they name, and what both say under one name is the same."""
    names = reach(catalogue, seen, named(plan, facts))
    for name in getattr(plan.thing, "closes", ()):
        for waiting in standings.waiting(f"{plan.pack.name}.{name}", names):
            entry = standings.entry(waiting.uid)
            if entry is not None and in_roles(catalogue, plan.type, facts.record, facts.data, entry):
                yield waiting
