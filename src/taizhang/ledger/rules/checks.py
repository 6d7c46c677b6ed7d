"""Computed fields and checks of one entry, by the evaluator for single rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.core import Problem, Value
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft
from taizhang.packs import Field, Register


def compute(bench: Bench, draft: Draft) -> None:
    """Fill the computed fields: what is computed stands in the entry, so that figures and proofs need no second sum.

    Of a record they are computed from what is known of it now, and stated where they change.
    """
    for plan in draft.plan.chain:
        for field, expression in plan.computed:
            keep(bench, draft, field, expression.run(plan.row(draft.facts)))


def keep(bench: Bench, draft: Draft, field: Field, result: Any) -> None:
    """Put a computed value into the entry in the canonical form of its field."""
    value = canonical(bench, field, result)
    facts = draft.facts
    if isinstance(value, Problem):
        draft.problems.append(words.does_not_compute(field, value))
    elif isinstance(draft.plan.thing, Register):
        before = facts.value(facts.record, draft.plan.owners[field.name], field.name)
        facts.data = {name: v for name, v in facts.data.items() if name != field.name}
        if value != before:
            facts.data[field.name] = value
    elif value is not None:
        facts.data = {**facts.data, field.name: value}


def canonical(bench: Bench, field: Field, result: Any) -> Value | Problem:
    """The value of an expression as an entry keeps it; outside the field's limits it is refused."""
    if isinstance(result, Decimal):
        result = format(result, "f")
    elif isinstance(result, date):
        result = result.isoformat()
    elif isinstance(result, tuple):
        result = list(result)
    return field.clean(result, bench.today)


def check(draft: Draft) -> None:
    """Note every check that is broken. One that is null could not be decided, and passes."""
    for plan in draft.plan.chain:
        if plan.rules:
            row = plan.row(draft.facts)
            draft.problems += [words.broken(rule.where, rule.check) for rule in plan.rules if rule.that.run(row) is False]
