"""What a few proposals will ask of the book: the records they name, told before it is held, so that both are one question."""

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
from taizhang.ledger.standing import Named
from taizhang.packs import Register, Transfer

MOST = 16
"""Of so many proposals the records are asked for with the lock; of more they are asked for many at once, when they are looked at."""


def foreseen(proposals: Sequence[Proposal], catalogue: Catalogue, today: date) -> Iterator[Named]:
    """The records that proposals name plainly: by one open field. Any other is asked for when it is looked at."""
    if len(proposals) <= MOST:
        yield from dict.fromkeys(key for proposal in proposals for key in _named(proposal, catalogue, today))


def _named(proposal: Proposal, catalogue: Catalogue, today: date) -> Iterator[Named]:
    thing = catalogue.things.get(proposal.type)
    for register, ref in _refs(plan_of(catalogue, thing), proposal) if thing is not None else ():
        root = plan_of(catalogue, register).root
        if isinstance(ref, str) and is_single(root) and not is_sealed(root) and not RECORD_KEY.fullmatch(ref):
            value = root.fields[root.key[0]].clean(ref.strip(), today)
            if value is not None and not isinstance(value, Problem):
                yield root.type, (value,)


def _refs(plan: Plan, proposal: Proposal) -> Iterator[tuple[Register, Raw]]:
    """The registers in which a proposal names records, and how it names them."""
    if isinstance(plan.thing, Register):
        yield plan.thing, proposal.record
        yield from ((plan.thing, raw) for head, raw in proposal.values.items() if (f := plan.head(head)) and f.name in plan.root.key)
    if plan.about is not None:
        yield plan.about, proposal.record
    if isinstance(plan.thing, Transfer):
        ends = (plan.thing.source, proposal.source), (plan.thing.target, proposal.target)
        yield from ((holder, ref) for name, ref in ends if isinstance(holder := plan.pack.holder(name), Register))
        if plan.item_register is not None:
            yield plan.item_register, proposal.item
