"""Judging an act once more when a reviewer accepts it: the book may have changed since it was proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from taizhang.core import Entry, Problem
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import checks, events, transfers, uniques, words
from taizhang.ledger.rules.ahead import Ahead
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft
from taizhang.ledger.rules.nouns import Proposal
from taizhang.ledger.rules.plan import Plan
from taizhang.ledger.rules.rows import facts_of
from taizhang.ledger.rules.states import natural
from taizhang.ledger.standing import Standings
from taizhang.packs import Event, Register


def judge_again(entries: Sequence[Entry], standings: Standings, catalogue: Catalogue, today: date) -> list[Problem]:
    """What stands against an act now: checks, limits, balances, queues, and whether what it strikes still stands."""
    with standings.supposing() as supposed:
        for some in _together(entries):
            problems = _of_some(some, supposed.inside, catalogue, today)
            if problems:
                return problems
            supposed.take(some)
            problems = _clashes(some, supposed.inside, catalogue)
            if problems:
                return problems
    return []


def _clashes(some: Sequence[Entry], standings: Standings, catalogue: Catalogue) -> list[Problem]:
    """What a record would have now that another has too: stated, or come back with a strike."""
    records = dict.fromkeys(entry.record for entry in some if entry.record and catalogue.register(entry.type))
    return [found for record in records if (found := uniques.clash(standings, catalogue, record)) is not None]


def _together(entries: Sequence[Entry]) -> list[list[Entry]]:
    """A strike with what restates it, each; entries without a strike by themselves."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if entry.kind == "strike" or not runs:
            runs.append([])
        runs[-1].append(entry)
    return runs


def _of_some(some: Sequence[Entry], standings: Standings, catalogue: Catalogue, today: date) -> list[Problem]:
    first = some[0]
    if first.kind != "strike":
        return list(_against(some, standings, catalogue, today))
    if standings.struck(first.strikes or ""):
        return [words.struck_before()]
    with standings.without(first.strikes or "") as without:
        return list(_against(some[1:], without, catalogue, today))


def _against(entries: Sequence[Entry], standings: Standings, catalogue: Catalogue, today: date) -> Iterator[Problem]:
    for entry in entries:
        bench = Bench(catalogue, today, "", _nowhere, entry.recorded_at, Ahead(standings, catalogue))
        plan = bench.plan(entry.type)
        if plan is not None:
            yield from _one(bench, plan, entry)


def _one(bench: Bench, plan: Plan, entry: Entry) -> list[Problem]:
    asked = Proposal(entry.kind, entry.type, entry.day, entry.place, {}, entry.actor)
    draft = Draft(asked, plan, facts_of(bench, plan, entry, bench.book.opened(entry)), uid=entry.uid, record=entry.record)
    if isinstance(plan.thing, Event) and plan.thing.about and bench.standing(entry.record or "") is None:
        register = plan.pack.register(plan.thing.about)
        if register is not None:
            draft.problems.append(words.not_yet("对象", register, None))
    if isinstance(plan.thing, Register):
        key = natural(plan.root, draft.facts.data)
        if key is not None and bench.find(plan.root, key) not in (None, entry.record):
            draft.problems.append(words.registered_since(plan.root))
    checks.check(draft)
    if entry.kind == "transfer":
        transfers.judge(bench, draft)
    elif entry.kind == "event":
        events.judge(bench, draft)
    return draft.problems


def _nowhere(text: str, day: date) -> int | Problem:
    return words.no_place()
