"""The cases of the four programmes, step by step: what is refused is refused in their words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taizhang.core import Problem
from taizhang.ledger.rules import overdue
from taizhang.ledger.rules.amounts import parts
from taizhang.packs import PROGRAMMES

from .desk import SHIPPED, Case

CASES = sorted(path for name in SHIPPED for path in (PROGRAMMES / name / "cases").glob("*.yaml"))


@pytest.fixture(params=CASES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def case(request: pytest.FixtureRequest) -> Case:
    path: Path = request.param
    made = Case(path)
    made.run()
    return made


def test_balances(case: Case) -> None:
    for told in case.case.get("then", {}).get("balances", ()):
        account, item = case.account(told["account"]), case.item(told["item"])
        kinds = {i.of: i for i in case.pack.items.values()}
        standing = case.desk.book.record(item)
        kind = next((kinds[t.partition(".")[2]] for t in standing.values if t.partition(".")[2] in kinds), None) if standing else None
        wanted = parts(kind or case.pack.item(item), told["quantity"], {}, {})  # type: ignore[arg-type]
        assert not isinstance(wanted, Problem)
        assert case.desk.book.balance(account, item) == wanted, told


def test_days_due(case: Case) -> None:
    for told in case.case.get("then", {}).get("due", ()):
        loan = case.desk.book.loan(case.steps[told["of"]])
        assert loan is not None
        assert loan.due == date.fromisoformat(told["day"])
        if "overdue_on" in told:
            late = date.fromisoformat(told["overdue_on"])
            assert overdue(loan, late)
            assert not overdue(loan, date.fromordinal(late.toordinal() - 1))
