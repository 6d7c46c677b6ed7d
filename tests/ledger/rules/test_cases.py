"""The cases of the four programmes, step by step: what is refused is refused in their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from taizhang.ledger.rules import overdue
from taizhang.ledger.rules.amounts import parts
from taizhang.packs import PROGRAMMES

from .desk import SHIPPED, Case

# The three acts each programme must show; those that need a journal or a reviewer run in tests/acts.
CASES = sorted(path for name in SHIPPED for path in (PROGRAMMES / name / "cases").glob("*.yaml") if not Case(path).has_reviewers)


@pytest.fixture(params=CASES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def case(request: pytest.FixtureRequest) -> Case:
    path: Path = request.param
    made = Case(path)
    made.run()
    return made


def test_balances(case: Case) -> None:
    for told in case.case.get("then", {}).get("balances", ()):
        account, (item, key) = case.account(told["account"]), case.item(told["item"])
        wanted = parts(item if key else replace(item, single=False), told["quantity"], {}, {})
        held = case.desk.book.balance(account, key) if key else case.desk.book.held(account, f"{case.pack.name}.{item.name}")
        assert held == wanted, told


def test_days_due(case: Case) -> None:
    for told in case.case.get("then", {}).get("due", ()):
        loan = case.desk.book.loan(case.steps[told["of"]])
        assert loan is not None
        assert loan.due == date.fromisoformat(told["day"])
        if "overdue_on" in told:
            late = date.fromisoformat(told["overdue_on"])
            assert overdue(loan, late)
            assert not overdue(loan, date.fromordinal(late.toordinal() - 1))
