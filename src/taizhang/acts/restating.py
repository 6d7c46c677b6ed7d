"""Restating a struck entry: what the correction does not name stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from taizhang.acts.desk import Desk
from taizhang.core import Entry, Value
from taizhang.ledger.rules import Heads, Proposal, heads_of
from taizhang.ledger.rules.amounts import told as told_amount
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.packs import Field, Register, Transfer


def restatement(desk: Desk, entry: Entry, told: Mapping[str, object]) -> Proposal:
    """The entry as it stood, but for what `told` says by title or name; a column that is there and empty empties its field.

    Day, place, record, item and accounts are taken over by the rules. Here it is the values, personal ones too (nobody sees
    them on the way, and of an erased record there are none), and the quantity. The day due is reckoned anew. Personal values
    are not taken to another place by who may not see them here, nor out of a record that is restricted: they are told anew.
    """
    catalogue = desk.book.catalogue
    heads = heads_of(tuple(told), entry.type, catalogue)
    proposal = heads.proposal(told, actor=desk.scope.user)
    thing = catalogue.things.get(entry.type)
    if thing is None:
        return proposal
    plan = plan_of(catalogue, thing)
    quantity = quantity_of(plan, entry) if {"quantity", "unit"}.isdisjoint(heads.parts.values()) else proposal.quantity
    return replace(proposal, values={**_left(desk, entry, plan, heads), **proposal.values}, quantity=quantity)


def _left(desk: Desk, entry: Entry, plan: Plan, heads: Heads) -> dict[str, object]:
    """The values of fields that no head names, as a desk may write them; computed ones are computed anew."""
    named = {field.name for head in heads.values if (field := plan.head(head))}
    sealed = desk.book.inside().opened(entry) if _may_take(desk, entry, plan, heads) else None
    stood = {**entry.data, **(sealed or {})}
    left = {name: plan.head(name) for name in stood if name not in named}
    return {name: written(field, stood[name]) for name, field in left.items() if field and not field.computed}


def _may_take(desk: Desk, entry: Entry, plan: Plan, heads: Heads) -> bool:
    """Whether personal values may go along, seen by nobody who could not see them before."""
    parts = set(heads.parts.values())
    key = plan.root.key if isinstance(plan.thing, Register) else ()
    named = {field.name for head in heads.values if (field := plan.head(head))}
    if "place" in parts and not desk.may_entry("reveal", entry):
        return False
    stays = "record" not in parts and not heads.keys and named.isdisjoint(key)
    return stays or not desk.reader.is_restricted(entry.record or "")


def written(field: Field, value: Value) -> object:
    """Canonical values clean to themselves, but for money: kept in 分, written in 元."""
    return field.expressed(value) if field.type.name == "money" else value


def quantity_of(plan: Plan, entry: Entry) -> str | None:
    """How much it moved, as a desk would write it; of a return the rules know."""
    if not isinstance(plan.thing, Transfer) or plan.returns or plan.item is None or entry.quantity is None:
        return None
    return f"{entry.quantity}{plan.item.part}" if plan.item.part else told_amount(plan.item, entry.quantity)
