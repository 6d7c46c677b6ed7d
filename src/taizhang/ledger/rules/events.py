"""Events: the record they are about, and their uid's own record where something is sealed without one."""

from __future__ import annotations

from taizhang.core import Problem
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft, missed
from taizhang.ledger.rules.finding import Finder
from taizhang.ledger.rules.naming import ended
from taizhang.ledger.rules.record_keys import record_key_of
from taizhang.packs import Event


def head(bench: Bench, draft: Draft) -> None:
    """Find the record the event is about."""
    about, ref = draft.plan.about, draft.proposal.record
    if about is None:
        if ref is not None:
            draft.problems.append(words.strange_end("对象", draft.plan.thing.title))
    else:
        known = bench.resolved.get((draft.plan.about_type, ref)) if isinstance(ref, str) else None
        found = known or _about(bench, draft, Finder(bench, about, about.title))
        if isinstance(found, Problem):
            draft.problems.append(found)
        else:
            draft.record = draft.facts.record = found
        if about.ended and draft.facts.day.isoformat() >= about.ended:
            draft.problems.append(words.ended(about.title, about.ended))
    missed(draft)


def settle(bench: Bench, draft: Draft) -> None:
    """What is sealed without a record gets one of its own, which follows from the uid."""
    if draft.plan.about is None and draft.uid and any(draft.facts.data.get(name) is not None for name in draft.plan.sealed):
        draft.record = record_key_of(draft.uid)


def judge(bench: Bench, draft: Draft) -> None:
    """What must end an open entry is refused where none is open."""
    thing, pack = draft.plan.thing, draft.plan.pack
    if not isinstance(thing, Event) or not thing.must_close:
        return
    if not any(ended(bench, bench.book, bench.catalogue, draft.plan, draft.facts)):
        draft.problems.append(words.nothing_open([pack.events[name] for name in thing.closes]))


def _about(bench: Bench, draft: Draft, finder: Finder) -> str | Problem:
    """A restatement that names no record is about that of the struck entry."""
    ref = draft.proposal.record
    if ref is None and bench.struck is not None and bench.struck.type == draft.plan.type:
        ref = bench.struck.record
    if ref is None:
        return words.no_record(finder.register.title, finder.register, finder.root)
    return finder(ref)
