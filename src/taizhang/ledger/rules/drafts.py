"""A proposal on its way to an entry: what is known of it so far, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from taizhang.core import Entry, Problem, Value
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.owners import is_of_persons
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.cleaning import clean, out_of_use, places_known, refused, the_day, the_place
from taizhang.ledger.rules.facts import Facts
from taizhang.ledger.rules.nouns import Judged, Proposal, Ready
from taizhang.ledger.rules.plan import Plan

_NOTHING: Mapping[str, Value] = {}
_NO_SEALS: Mapping[str, str] = {}


@dataclass(slots=True)
class Draft:
    """One proposal, its plan and facts; `record` will stand in the entry. `placeless` is one whose place its record tells."""

    proposal: Proposal
    plan: Plan
    facts: Facts
    problems: list[Problem] = field(default_factory=list)
    uid: str = ""
    record: str | None = None
    placeless: bool = False

    def judged(self) -> Judged:
        """The refusal."""
        return refusal(self.proposal, self.problems)


def begun(bench: Bench, plan: Plan, proposal: Proposal) -> Draft:
    """Day, place and own values; the head of the entry is for its kind."""
    struck = bench.struck
    problems = list(proposal.problems)
    if proposal.kind != plan.entry_kind:
        problems.append(words.of_another_kind(plan.thing.title, proposal.kind))
    day = the_day(bench, struck.day if proposal.day is None and struck else proposal.day)
    when = day if not isinstance(day, Problem) else bench.today
    stated = struck.place if proposal.place is None and struck else proposal.place
    placeless = stated is None and (plan.about is not None or plan.entry_kind != "event")
    place = 0 if placeless else the_place(bench, proposal.otherwise if stated is None else stated, when)
    problems += [found for found in (day, place) if isinstance(found, Problem)]
    if plan.ended and when >= plan.ended:
        problems.append(words.ended(plan.thing.title, str(plan.thing.ended)))
    data = clean(bench, plan, proposal.values, problems)
    if plan.places:
        problems += places_known(bench, plan, data, when)
    if plan.ended_fields:
        problems += out_of_use(plan, data, when)
    facts = Facts(bench, data, when, place if isinstance(place, int) else 0)
    return Draft(proposal, plan, facts, problems, placeless=placeless)


def find_place(bench: Bench, draft: Draft) -> None:
    """Where a statement is made that does not say where: at the place of its record, or of an end of the transfer."""
    found = (bench.standing(record) for record in _near(bench, draft))
    standing = next((one for one in found if one is not None), None)
    place = standing.place if standing else the_place(bench, draft.proposal.otherwise, draft.facts.day)
    if isinstance(place, Problem):
        draft.problems.append(place)
    else:
        draft.facts.place = place


def _near(bench: Bench, draft: Draft) -> Iterator[str]:
    """The records whose place tells: of a transfer the target, then the source, where it is in the book and no person, who may be anywhere."""
    if draft.record:
        yield draft.record
    for account in (draft.facts.target, draft.facts.source):
        record = record_of(account or "")
        if account and record and not bench.catalogue.outside(account) and not _is_persons(bench, account):
            yield record


def _is_persons(bench: Bench, account: str) -> bool:
    register = bench.catalogue.register(account.partition("/")[0])
    return register is not None and is_of_persons(register, bench.catalogue)


def missed(draft: Draft) -> None:
    """Note the required fields that are not there (of events and transfers; a state may know them already)."""
    data = draft.facts.data
    lacking = [f for f in draft.plan.required if f.name not in data]
    if lacking:
        given = refused(draft.problems, draft.plan, draft.proposal.values)
        ended = draft.plan.ended_fields
        draft.problems += [
            words.missing(f) for f in lacking if f.name not in given and not (f.name in ended and draft.facts.day >= ended[f.name])
        ]


def refusal(proposal: Proposal, problems: list[Problem]) -> Judged:
    """The problems of a proposal, each with what names the row."""
    where = proposal.where
    named = (replace(p, where=f"{where} {p.where}".strip()) for p in problems) if where else problems
    return Judged(problems=tuple(named), where=where)


def ready(bench: Bench, draft: Draft) -> Ready:
    """The entry of a draft that nothing is wrong with; what is personal stands apart."""
    facts, plan = draft.facts, draft.plan
    sealed = plan.sealed
    data, personal = facts.data, _NOTHING
    if sealed:
        personal = {name: value for name, value in data.items() if name in sealed and value is not None}
        data = {name: value for name, value in data.items() if name not in personal}
    return Ready(
        Entry(
            draft.uid, plan.entry_kind, plan.type, facts.place, facts.day,
            draft.proposal.actor, bench.recorded_at, draft.record, data, _NO_SEALS, plan.version, facts.item, facts.quantity, facts.source,
            facts.target, facts.due if plan.loan else None,
        ),
        personal,
    )  # fmt: skip
