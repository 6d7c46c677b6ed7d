"""What follows from a batch in which nothing has to be judged closely: applied kind by kind, and not entry by entry.

Such are events without consequences, states that are not late, and transfers that leave no account short, on no day before
the account's last. They touch different tables, so their order among each other does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from taizhang.core import Entry
from taizhang.ledger.columns import Column
from taizhang.ledger.deriving import Deriver
from taizhang.ledger.plans import OWN, Plan, Plans


def applied_together(deriver: Deriver, first: int, entries: Sequence[Entry], columns: Sequence[Column]) -> bool:
    """Apply and write what follows from new entries, the first with this seq; False, and nothing done, when one is to be judged by itself."""
    plans = _plain_plans(deriver.plans, set(zip(columns[1], columns[2], strict=True)))
    if plans is None:
        return False
    deriver.flush()
    states = ((seq, entry, plans[entry.type]) for seq, entry in enumerate(entries, first) if entry.kind == "state")
    _, kinds_of, types, _, days, _, _, _, _, _, _, items, quantities, sources, targets, *_ = columns
    moves = zip(count(first), kinds_of, types, days, items, quantities, sources, targets, strict=False)
    transfers = [move for move in moves if move[1] == "transfer"]
    kinds = {type_name: plan.kind for type_name, plan in plans.items()}
    if deriver.records.post_in_order(states) and deriver.balances.post_plainly(transfers, kinds):
        deriver.flush()
        return True
    deriver.forget()
    return False


def _plain_plans(plans: Plans, shapes: set[tuple[str, str]]) -> dict[str, Plan] | None:
    """The plan of each type, when none has consequences and each is of the kind its entries are."""
    found: dict[str, Plan] = {}
    for kind, type_name in shapes:
        plan = plans[type_name]
        if plan is None or not plan.is_plain or plan.form != kind or type_name in OWN:
            return None
        found[type_name] = plan
    return found
