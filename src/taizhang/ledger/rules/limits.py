"""Limits: no more than so much within so many days, counted apart for each person, drug …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from taizhang.core import Entry, Problem
from taizhang.ledger.rules import words
from taizhang.ledger.rules.amounts import told
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft
from taizhang.ledger.rules.facts import in_units
from taizhang.ledger.rules.plan import LimitRule
from taizhang.ledger.rules.rows import facts_of
from taizhang.packs import Transfer
from taizhang.packs.types.numbers import plain

LONGEST = 36_600


def exceeded(bench: Bench, draft: Draft) -> Iterator[Problem]:
    """The limits this transfer would pass, with what was moved before."""
    row = draft.plan.row(draft.facts) if draft.plan.limits else None
    for rule in draft.plan.limits if row is not None else ():
        most, days = rule.most.run(row), rule.days.run(row)
        if most is None or days is None:
            continue  # unknown before its first from-date: no breach
        span = min(max(int(days), 1), LONGEST)
        before = _most_before(bench, draft, rule, span)
        item, held = draft.plan.item, _sum(before)
        if item is not None and in_units(item, held + (draft.facts.quantity or 0)) > most:
            limit = f"{plain(Decimal(most))}{item.unit}"
            yield words.over("数量", rule.limit, limit, told(item, held), span, (entry.uid for entry in before))


def _most_before(bench: Bench, draft: Draft, rule: LimitRule, span: int) -> list[Entry]:
    """The most that others make in any span of days this one falls into: an entry written late must not pass unseen."""
    day = draft.facts.day
    back, on = timedelta(min(span - 1, day.toordinal() - 1)), timedelta(span - 1)
    same = list(_same(bench, draft, rule, day - back, min(bench.today, day + on) if bench.today >= day else day))
    ends = {day, *(e.day for e in same if e.day > day)}
    return max((_within(same, end - timedelta(min(span - 1, end.toordinal() - 1)), end) for end in ends), key=_sum)


def _within(entries: Sequence[Entry], first: date, last: date) -> list[Entry]:
    return [e for e in entries if first <= e.day <= last]


def _sum(entries: Iterable[Entry]) -> int:
    return sum(e.quantity or 0 for e in entries)


def _same(bench: Bench, draft: Draft, rule: LimitRule, first: date, last: date) -> Iterator[Entry]:
    """The transfers on these days that count towards the same."""
    key = tuple(reading.get(draft.facts) for reading in rule.per)
    sealed = any(reading.sealed for reading in rule.per)
    for entry in _candidates(bench, draft, rule, first, last):
        facts = facts_of(bench, draft.plan, entry, bench.book.opened(entry) if sealed else None)
        if entry.uid != draft.uid and tuple(reading.get(facts) for reading in rule.per) == key:
            yield entry


def _candidates(bench: Bench, draft: Draft, rule: LimitRule, first: date, last: date) -> Iterator[Entry]:
    account = _account(draft, rule)
    if account:
        yield from bench.book.moved(draft.plan.type, account, first, last)
    else:
        yield from bench.book.happened(draft.plan.type, first, last)


def _account(draft: Draft, rule: LimitRule) -> str | None:
    """The account that the limit is counted for, if it is counted for one."""
    thing, facts = draft.plan.thing, draft.facts
    assert isinstance(thing, Transfer)
    names = {"target": facts.target, "source": facts.source}
    if thing.source != thing.target:
        names = {thing.source: facts.source, thing.target: facts.target, **names}
    return next((names[path] for path in rule.limit.per if path in names), None)
