"""The steps every register entry, event and transfer goes through, one row or many."""

from __future__ import annotations

from taizhang.ledger.rules import checks, events, once, states, transfers, uniques
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft, find_place, ready
from taizhang.ledger.rules.nouns import Judged

_HEADS = {"state": states.head, "event": events.head, "transfer": transfers.head}
_SETTLED = {"state": states.settle, "event": events.settle, "transfer": transfers.settle}


def begin(bench: Bench, draft: Draft) -> None:
    """What the entry is about, or what moves from where to where; the day due; what is computed."""
    _HEADS[draft.plan.entry_kind](bench, draft)
    if draft.placeless:
        find_place(bench, draft)
    if draft.plan.entry_kind == "transfer":
        transfers.prepare(draft)
    if not draft.problems:
        checks.compute(bench, draft)


def identify(bench: Bench, draft: Draft) -> Judged | None:
    """Its uid; an answer when the book has it."""
    return once.identify(bench, draft)


def settle(bench: Bench, draft: Draft) -> None:
    """The key of a record that comes with it; of a new record, what must be there."""
    _SETTLED[draft.plan.entry_kind](bench, draft)


def judge_move(bench: Bench, draft: Draft) -> None:
    """Of a transfer: whether what moves is there, and may go; of an event: whether there is something for it to end; of a state:
    whether another record has what it takes."""
    if draft.plan.entry_kind == "transfer":
        transfers.judge(bench, draft)
    elif draft.plan.entry_kind == "event":
        events.judge(bench, draft)
    elif draft.plan.uniques:
        uniques.judge(bench, draft)


def answer(bench: Bench, draft: Draft) -> Judged:
    """The entry, or the refusal."""
    if draft.problems:
        return draft.judged()
    return Judged((ready(bench, draft),), where=draft.proposal.where)
