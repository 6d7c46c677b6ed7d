"""Many rows of one type at once: the book is asked in a few questions, and checks run in columns."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from taizhang.expressions import BadTable, Engine, Expression
from taizhang.ledger.rules import steps, uniques, words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.checks import check
from taizhang.ledger.rules.drafts import Draft, begun
from taizhang.ledger.rules.finding import prefetch
from taizhang.ledger.rules.nouns import Judged, Proposal, Ref
from taizhang.ledger.rules.once import first_uid
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.ledger.rules.states import natural
from taizhang.ledger.uids import new_uids
from taizhang.packs import Register, Transfer

WORTH_A_TABLE = 6000
"""From so many checks (rows times rules) on, a table is quicker than the evaluator: a question to the engine costs 6 ms at once."""

_local = threading.local()
One = Callable[[Bench, Proposal], Judged]


def judge_columns(bench: Bench, plan: Plan, rows: Sequence[Proposal], one: One) -> list[Judged]:
    """An answer to each row. Rows that speak of what an earlier row spoke of come after the others, by themselves."""
    with _nothing_collected():
        return _judged(bench, plan, rows, one)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A batch makes very many objects that live on: a collector would look through them again and again, and find nothing."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _judged(bench: Bench, plan: Plan, rows: Sequence[Proposal], one: One) -> list[Judged]:
    drafts, repeated = _begin(bench, plan, rows)
    answers: dict[int, Judged] = {}
    for at, draft in drafts.items():
        known = steps.identify(bench, draft)
        if known is not None:
            answers[at] = known
        else:
            steps.settle(bench, draft)
    open_drafts = {at: draft for at, draft in drafts.items() if at not in answers}
    _check(plan, [draft for draft in open_drafts.values() if not draft.problems])
    if plan.uniques:
        uniques.ask(bench, open_drafts.values())
    for at, draft in open_drafts.items():
        if not draft.problems:
            steps.judge_move(bench, draft)
        answers[at] = steps.answer(bench, draft)
    _lay(bench, plan, answers, repeated)
    for at in repeated:
        answers[at] = one(bench, rows[at])
        for ready in answers[at].ready:
            bench.add(ready)
    return [answers[at] for at in range(len(rows))]


def _begin(bench: Bench, plan: Plan, rows: Sequence[Proposal]) -> tuple[dict[int, Draft], list[int]]:
    """The first row of each happening or record, with its head; and the rows that speak of one of these again."""
    _ask_refs(bench, plan, rows)
    uids = iter(new_uids(len(rows)))
    drafts = {at: begun(bench, plan, row) for at, row in enumerate(rows)}
    if isinstance(plan.thing, Register):
        _ask_records(bench, plan.thing, list(drafts.values()))
    seen: set[object] = set()
    repeated: list[int] = []
    marked = plan.entry_kind == "state" or bool(plan.once) or any(row.uid for row in rows)
    for at, draft in drafts.items():
        steps.begin(bench, draft)
        marks = set(_marks(bench, plan, draft)) if marked else ()
        if marks and not seen.isdisjoint(marks):
            repeated.append(at)
        seen.update(marks)
        draft.uid = draft.uid or next(uids)
    for at in repeated:
        del drafts[at]
    if plan.once or any(row.uid for row in rows):
        bench.look_entries(uid for draft in drafts.values() if (uid := draft.uid if plan.once else draft.proposal.uid))
    return drafts, repeated


def _marks(bench: Bench, plan: Plan, draft: Draft) -> Iterator[object]:
    """What makes two rows speak of the same: a uid, a record, the natural key of a new one."""
    if uid := first_uid(bench, draft):
        yield uid
    if isinstance(plan.thing, Register):
        record = draft.record or natural(plan.root, draft.facts.data)
        if record is not None:
            yield record
        yield from uniques.marks(bench, draft) if plan.uniques else ()


def _ask_refs(bench: Bench, plan: Plan, rows: Sequence[Proposal]) -> None:
    """The records that rows point to, in one question for each register."""
    heads = {head for row in rows for head in row.values} if plan.refs else set()
    for head in heads:
        field = plan.head(head)
        if field is not None and field.name in plan.refs:
            prefetch(bench, plan.refs[field.name], [_ref(row.values.get(head)) for row in rows])
    if plan.about:
        prefetch(bench, plan.about, [row.record for row in rows])
    if plan.item_register:
        prefetch(bench, plan.item_register, [row.item for row in rows])
    if isinstance(plan.thing, Transfer):
        for name, refs in ((plan.thing.source, [r.source for r in rows]), (plan.thing.target, [r.target for r in rows])):
            if register := plan.pack.register(name):
                prefetch(bench, register, refs)


def _ref(raw: object) -> Ref:
    return None if raw is None or isinstance(raw, Mapping) else str(raw)


def _ask_records(bench: Bench, register: Register, drafts: list[Draft]) -> None:
    """The records of states by their natural keys."""
    root = plan_of(bench.catalogue, register).root
    keys = [key for draft in drafts if (key := natural(root, draft.facts.data)) is not None]
    bench.find_all(root, keys)
    bench.look_all(found for key in keys if (found := bench.find(root, key)) is not None)
    prefetch(bench, register, [draft.proposal.record for draft in drafts])


def _lay(bench: Bench, plan: Plan, answers: Mapping[int, Judged], repeated: list[int]) -> None:
    """What later rows of the same call may ask for."""
    if repeated or plan.once or plan.entry_kind == "state":
        for judged in answers.values():
            for ready in judged.ready:
                bench.add(ready)


# ---- checks --------------------------------------------------------------------------------------------------------------------


def _check(plan: Plan, drafts: Sequence[Draft]) -> None:
    """Note every broken check; where a value does not fit a table, row by row."""
    rules = sum(len(one.rules) for one in plan.chain)
    if len(drafts) * rules < WORTH_A_TABLE:
        for draft in drafts:
            check(draft)
        return
    broken: list[tuple[Plan, dict[str, list[int]]]] = []
    try:
        broken = [(one, _broken(one, drafts)) for one in plan.chain if one.rules]
    except BadTable:
        for draft in drafts:
            check(draft)
        return
    for one, rows in broken:
        for at, rule in enumerate(one.rules):
            for index in rows[str(at)]:
                drafts[index].problems.append(words.broken(rule.where, rule.check))


def _broken(plan: Plan, drafts: Sequence[Draft]) -> dict[str, list[int]]:
    """Which rows break each check of a plan, the checks by their number."""
    expressions: dict[str, Expression] = {str(at): rule.that for at, rule in enumerate(plan.rules)}
    found = _engine().run(expressions, _table(plan, expressions, drafts))
    return {name: _false(found.column(name)) for name in expressions}


def _table(plan: Plan, expressions: Mapping[str, Expression], drafts: Sequence[Draft]) -> Any:
    from taizhang.expressions.columns import table_of

    names = {name: kind for expression in expressions.values() for name, kind in expression.names.items()}
    facts = [draft.facts for draft in drafts]
    columns: dict[str, list[Any]] = {"": [None] * len(facts)}
    for name in names:
        get = plan.readings[name].get
        columns[name] = [get(one) for one in facts]
    return table_of(columns, names)


def _false(column: Any) -> list[int]:
    return [at for at, value in enumerate(column.to_pylist()) if value is False]


def _engine() -> Engine:
    """One locked engine for each thread; making one costs more than a batch."""
    engine: Engine | None = getattr(_local, "engine", None)
    if engine is None:
        engine = _local.engine = Engine()
    return engine
