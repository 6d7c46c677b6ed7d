"""What a few proposals will ask of the book, the records they name and what accounts hold: told before it is held, so that both are one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from taizhang.core import Problem
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules.bench import is_sealed
from taizhang.ledger.rules.finding import is_single
from taizhang.ledger.rules.nouns import Proposal, Raw
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.ledger.rules.record_keys import RECORD_KEY
from taizhang.ledger.standing import Account, Named
from taizhang.packs import Register, Transfer

MOST = 16
"""Of so many proposals the records are asked for with the lock; of more they are asked for many at once, when they are looked at."""


def foreseen(proposals: Sequence[Proposal], catalogue: Catalogue, today: date) -> Iterator[Named | Account]:
    """The records that proposals name plainly, by one open field, and the accounts between which something moves that is all of one
    item. Any other is asked for when it is looked at."""
    if len(proposals) <= MOST:
        yield from dict.fromkeys(one for proposal in proposals for one in _asked(proposal, catalogue, today))


def _asked(proposal: Proposal, catalogue: Catalogue, today: date) -> Iterator[Named | Account]:
    thing = catalogue.things.get(proposal.type)
    if thing is None:
        return
    plan = plan_of(catalogue, thing)
    for register, ref in _refs(plan, proposal):
        yield from _named(register, ref, catalogue, today)
    if plan.item is not None and plan.item_register is None and not plan.returns:
        for name, ref in _ends(plan, proposal):
            yield from _accounts(plan, name, ref, today)


def _named(register: Register, ref: Raw, catalogue: Catalogue, today: date) -> Iterator[Named]:
    root = plan_of(catalogue, register).root
    if isinstance(ref, str) and is_single(root) and not is_sealed(root) and not RECORD_KEY.fullmatch(ref):
        value = root.fields[root.key[0]].clean(ref.strip(), today)
        if value is not None and not isinstance(value, Problem):
            yield root.type, (value,)


def _accounts(plan: Plan, name: str, ref: Raw, today: date) -> Iterator[Account]:
    """The account at an end of a transfer: a single one, or that of a record that is named plainly."""
    holder = plan.pack.holder(name)
    if isinstance(holder, Register):
        yield from (Account(plan.kind, f"{holder.type}/", named) for named in _named(holder, ref, plan.catalogue, today))
    elif holder is not None:
        yield Account(plan.kind, plan.catalogue.account(plan.pack, name, None))


def _ends(plan: Plan, proposal: Proposal) -> tuple[tuple[str, Raw], ...]:
    """The names of the accounts of a transfer, and how a proposal names them."""
    thing = plan.thing
    return ((thing.source, proposal.source), (thing.target, proposal.target)) if isinstance(thing, Transfer) else ()


def _refs(plan: Plan, proposal: Proposal) -> Iterator[tuple[Register, Raw]]:
    """The registers in which a proposal names records, and how it names them."""
    if isinstance(plan.thing, Register):
        yield plan.thing, proposal.record
        yield from ((plan.thing, raw) for head, raw in proposal.values.items() if (f := plan.head(head)) and f.name in plan.root.key)
    if plan.about is not None:
        yield plan.about, proposal.record
    if isinstance(plan.thing, Transfer):
        yield from ((holder, ref) for name, ref in _ends(plan, proposal) if isinstance(holder := plan.pack.holder(name), Register))
        if plan.item_register is not None:
            yield plan.item_register, proposal.item
