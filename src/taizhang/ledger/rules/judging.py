"""`judge`: proposals in, entries ready to be sealed and posted out, or what is wrong with each."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from taizhang.ledger.catalogue import Catalogue, Thing
from taizhang.ledger.rules import columns, steps, words
from taizhang.ledger.rules.ahead import Ahead
from taizhang.ledger.rules.bench import Bench, Sees
from taizhang.ledger.rules.checks import check
from taizhang.ledger.rules.drafts import begun, refusal
from taizhang.ledger.rules.loans import RENEW, judge_renewal
from taizhang.ledger.rules.nouns import Judged, PlaceOf, Proposal
from taizhang.ledger.rules.plan import plan_of
from taizhang.ledger.rules.strikes import judge_strike
from taizhang.ledger.standing import Standings

BATCH = 100
"""From so many rows of one type on, the book is asked for all of them at once."""


def judge(
    proposals: Sequence[Proposal],
    standings: Standings,
    catalogue: Catalogue,
    today: date,
    origin: str,
    place_of: PlaceOf,
    *,
    recorded_at: int | None = None,
    sees: Sees = lambda record, type_name: True,
) -> list[Judged]:
    """An answer to each proposal, in order.

    `origin` names the book in derived uids, `place_of` gives the key of a place by what a clerk writes, and `recorded_at`
    (microseconds since 1970; now if absent) stands in the entries. A person is not there for who does not see him (`sees`).
    Rows see the records and uids of the rows before them, but not what these do to balances, loans and queues: rows of types
    that are `is_stateful` are handed over one by one, each when the one before is posted.
    """
    at = time.time_ns() // 1000 if recorded_at is None else recorded_at
    bench = Bench(catalogue, today, origin, place_of, at, Ahead(standings, catalogue), sees=sees)
    out: list[Judged] = []
    for (_, type_name), run in groupby(proposals, key=lambda p: (p.kind, p.type)):
        rows = list(run)
        plan = bench.plan(type_name)
        if len(rows) >= BATCH and plan is not None and not plan.stateful and rows[0].kind != "strike":
            out += columns.judge_columns(bench, plan, rows, judge_one)
            continue
        for proposal in rows:
            out.append(judge_one(bench, proposal))
            for one in out[-1].ready if len(out) < len(proposals) else ():
                bench.add(one)
    return out


def judge_one(bench: Bench, proposal: Proposal) -> Judged:
    """The answer to one proposal."""
    if proposal.kind == "strike":
        return judge_strike(bench, proposal, judge_one)
    if proposal.type == RENEW:
        return judge_renewal(bench, proposal)
    plan = bench.plan(proposal.type)
    if plan is None:
        return refusal(proposal, [*proposal.problems, words.unknown_type(proposal.type, bench.catalogue.things)])
    draft = begun(bench, plan, proposal)
    steps.begin(bench, draft)
    known = steps.identify(bench, draft)
    if known is not None:
        return known
    steps.settle(bench, draft)
    if not draft.problems:
        check(draft)
        steps.judge_move(bench, draft)
    return steps.answer(bench, draft)


def is_stateful(thing: Thing, catalogue: Catalogue) -> bool:
    """Whether one entry of this type may change the verdict on another: its rows are judged one by one, each posted before the next."""
    return plan_of(catalogue, thing).stateful
