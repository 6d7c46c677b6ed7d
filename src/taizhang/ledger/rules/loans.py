"""Loans: when due, who waits, what is given back, how often renewed, when overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from taizhang.core import Entry, Problem
from taizhang.ledger.catalogue import HOUSE, record_of
from taizhang.ledger.rules import amounts, words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.cleaning import the_day, the_place
from taizhang.ledger.rules.drafts import Draft, refusal
from taizhang.ledger.rules.facts import Facts
from taizhang.ledger.rules.finding import Finder
from taizhang.ledger.rules.naming import named, reach
from taizhang.ledger.rules.nouns import Judged, Proposal, Ready
from taizhang.ledger.rules.plan import Plan
from taizhang.ledger.standing import Lent, Waiting
from taizhang.ledger.uids import UID, new_uid
from taizhang.packs.types import parse_day

RENEW = f"{HOUSE}.renew"
LONGEST = 36_600


def overdue(loan: Lent, day: date) -> bool:
    """Whether a loan is overdue on a day: after it was due, while it is not back."""
    return day > loan.due and (loan.ended is None or day < loan.ended)


def set_due(draft: Draft) -> None:
    """The day due: as the rules say, or an earlier one that was agreed."""
    rule = draft.plan.loan
    assert rule is not None
    days = rule.days.run(draft.plan.row(draft.facts))
    due = _due(draft.facts.day, draft.facts.day, days, draft.proposal.due)
    if isinstance(due, Problem):
        draft.problems.append(due)
    else:
        draft.facts.due = due


def _due(start: date, from_day: date, days: Any, given: object) -> date | Problem:
    """`days` after `start`; a day given must lie between `from_day` and that."""
    last = start + timedelta(int(days)) if days is not None and 0 <= days <= LONGEST else None
    agreed = parse_day(given) if given not in (None, "") else last
    if given not in (None, "") and agreed is None:
        return words.no_day("应还日期", given)
    if agreed is None:
        found = ("借期不明", "the days of the loan are not known")
        return words.no_due(found, ("读者、物项和参数所定的借期", "a rule for this borrower and item"))
    if agreed < from_day or (last is not None and agreed > last):
        expected = (f"{from_day} 至 {last or '…'}", f"{from_day} to {last or '…'}")
        return words.no_due((f"{agreed}", f"{agreed}"), expected)
    return agreed


# ---- who waits -----------------------------------------------------------------------------------------------------------------


def somebody_waits(bench: Bench, draft: Draft) -> Problem | None:
    """A refusal when somebody else waits for the item and is first."""
    rule = draft.plan.loan
    if rule is None or rule.queue is None or draft.facts.item is None:
        return None
    first = next(_queue(bench, rule.queue, draft.facts), None)
    if first is None:
        return None
    served = reach(bench.catalogue, bench, named(draft.plan, draft.facts)).issuperset(first.names)
    return None if served else words.waited_for(renewal=False)


def _queue(bench: Bench, queue: str, facts: Facts) -> Iterator[Waiting]:
    """Who waits for the item on the day, the first in line first: for its record, or for what that points to."""
    records = sorted(reach(bench.catalogue, bench, [facts.item or ""]))
    return (waiting for waiting in bench.book.queued(queue, records) if waiting.day <= facts.day)


# ---- returns -------------------------------------------------------------------------------------------------------------------


def find_return(bench: Bench, draft: Draft) -> None:
    """Item and accounts of a return are those of its loan, the other way round."""
    proposal, facts = draft.proposal, draft.facts
    again = bench.entry(proposal.uid) if proposal.uid else None
    if again is not None and again.type == draft.plan.type:  # delivered again: its loan is over by now
        facts.item, facts.source, facts.target, facts.quantity = again.item, again.source, again.target, again.quantity
        return
    if bench.struck is not None and bench.struck.type == draft.plan.type and proposal.of is None and proposal.item is None:
        source = proposal.source if proposal.source is not None else record_of(bench.struck.source or "")
        proposal = replace(proposal, item=bench.struck.item, source=source)
    loan = _loan(bench, draft.plan, proposal)
    if isinstance(loan, Problem):
        draft.problems.append(loan)
        return
    if facts.day < loan.day:
        draft.problems.append(words.before_loan(loan.day))
    facts.item, facts.source, facts.target, facts.due = loan.item, loan.target, loan.source, loan.due
    facts.quantity = _given_back(draft, loan)
    _ends_agree(bench, draft)


def _loan(bench: Bench, plan: Plan, proposal: Proposal) -> Lent | Problem:
    """The loan by the uid of the entry that lent, or by its item and perhaps its borrower."""
    if proposal.of is not None:
        loan = bench.book.loan(proposal.of)
        stands = loan is not None and loan.ended is None and loan.type == plan.returns
        return loan if loan is not None and stands else words.no_loan(plan.thing.title)
    register = plan.item_register
    if register is None or proposal.item is None:
        return words.no_loan(plan.thing.title) if register is None else _no_item(bench, plan)
    item = Finder(bench, register, f"物项（{register.title}）")(proposal.item)
    if isinstance(item, Problem):
        return item
    found = [loan for loan in bench.book.lent(item) if loan.type == plan.returns]
    borrower = _borrower(bench, plan, proposal)
    if isinstance(borrower, Problem):
        return borrower
    left = [loan for loan in found if borrower is None or record_of(loan.target) == borrower]
    if len({(loan.source, loan.target) for loan in left}) > 1:
        return words.several_loans(plan.thing.title, len(left))
    return left[0] if left else words.no_loan(plan.thing.title)


def _no_item(bench: Bench, plan: Plan) -> Problem:
    register = plan.item_register
    assert register is not None
    return words.no_record(f"物项（{register.title}）", register, bench.catalogue.root(register))


def _borrower(bench: Bench, plan: Plan, proposal: Proposal) -> str | Problem | None:
    """Who gives back, when the desk says so."""
    holder = plan.pack.register(getattr(plan.thing, "source", ""))
    if proposal.source is None or holder is None:
        return None
    return Finder(bench, holder, f"调出（{holder.title}）")(proposal.source)


def _given_back(draft: Draft, loan: Lent) -> int | None:
    item, left = draft.plan.item, loan.quantity - loan.back
    if item is None or draft.proposal.quantity is None:
        return left
    sizes = {n: draft.facts.value(loan.item, draft.plan.item_owners[n], n) for n in item.units.values() if isinstance(n, str)}
    register = draft.plan.item_register
    found = amounts.parts(item, draft.proposal.quantity, sizes, register.fields if register else {})
    if not isinstance(found, Problem) and found > left:
        found = words.more_than_lent(amounts.told(item, left))
    if isinstance(found, Problem):
        draft.problems.append(found)
        return None
    return found


def _ends_agree(bench: Bench, draft: Draft) -> None:
    """Ends that the desk names as well must be those of the loan."""
    proposal, facts = draft.proposal, draft.facts
    for where, name, ref, key in (
        ("调出", getattr(draft.plan.thing, "source", ""), proposal.source, facts.source),
        ("调入", getattr(draft.plan.thing, "target", ""), proposal.target, facts.target),
    ):
        register = draft.plan.pack.register(name)
        if ref is None or register is None:
            continue
        found = Finder(bench, register, f"{where}（{register.title}）")(ref)
        if isinstance(found, Problem):
            draft.problems.append(found)
        elif found != record_of(key or ""):
            draft.problems.append(words.strange_end(where, register.title))


# ---- renewals ------------------------------------------------------------------------------------------------------------------


def judge_renewal(bench: Bench, proposal: Proposal) -> Judged:
    """A renewal (续借): an event of the book's own, about the borrower, with the loan and its new day due."""
    known = bench.entry(proposal.uid) if proposal.uid else None
    if proposal.uid and known is not None and known.type == RENEW and known.data.get("loan") == proposal.of:
        return Judged(exists=proposal.uid, where=proposal.where)
    problems = list(proposal.problems)
    if proposal.uid and (known is not None or not UID.fullmatch(proposal.uid)):
        problems.append(words.bad_uid(proposal.uid) if known is None else words.differs(["续借"]))
    day = the_day(bench, proposal.day)
    place = the_place(bench, proposal.place, day if isinstance(day, date) else bench.today)
    problems += [found for found in (day, place) if isinstance(found, Problem)]
    loan = bench.book.loan(proposal.of) if proposal.of else None
    lent = bench.entry(loan.uid) if loan else None
    if loan is None or lent is None or loan.ended is not None:
        problems.append(words.no_loan("续借"))
    if problems or loan is None or lent is None or isinstance(day, Problem) or isinstance(place, Problem):
        return refusal(proposal, problems)
    due = _renewed(bench, loan, lent, day, proposal.due)
    if not isinstance(due, date):
        return refusal(proposal, due)
    entry = Entry(
        uid=proposal.uid or new_uid(),
        kind="event",
        type=RENEW,
        place=place,
        day=day,
        actor=proposal.actor,
        recorded_at=bench.recorded_at,
        record=record_of(loan.target),
        data={"loan": loan.uid, "due": due.isoformat()},
    )
    return Judged((Ready(entry),), where=proposal.where)


def _renewed(bench: Bench, loan: Lent, lent: Entry, day: date, given: object) -> date | list[Problem]:
    """The new day due, or every reason why there is none; the rules are those of the day it is renewed."""
    plan = bench.plan(loan.type)
    if plan is None or plan.loan is None:
        return [words.no_loan("续借")]
    facts = replace(_facts(bench, plan, lent), day=day)
    row, problems = plan.row(facts), []
    if day < loan.day:
        problems.append(words.before_loan(loan.day))
    most = plan.loan.renewals.run(row) or 0
    if loan.renewed >= most:
        problems.append(words.renewed_enough(loan.renewed, int(most)))
    if plan.loan.queue and _others_wait(bench, plan, facts):
        problems.append(words.waited_for(renewal=True))
    due = _due(loan.due, loan.due, plan.loan.renew_days.run(row), given)
    if isinstance(due, Problem):
        return [*problems, due]
    if due < day:  # long overdue: even renewed it should be back by now
        problems.append(words.no_due((f"续借后应还 {due}", f"renewed it is due on {due}"), (f"不早于 {day}", f"no earlier than {day}")))
    return problems or due


def _facts(bench: Bench, plan: Plan, lent: Entry) -> Facts:
    return Facts(
        bench, dict(lent.data), lent.day, lent.place, None, lent.item, plan.kind, lent.quantity, lent.source, lent.target, lent.due
    )


def _others_wait(bench: Bench, plan: Plan, facts: Facts) -> bool:
    """Whether somebody else than the borrower waits for the item."""
    assert plan.loan is not None
    own = reach(bench.catalogue, bench, named(plan, facts))
    return any(not own.issuperset(waiting.names) for waiting in _queue(bench, plan.loan.queue or "", facts))
