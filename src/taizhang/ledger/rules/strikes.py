"""Strikes: an entry withdrawn for a reason, and perhaps restated in the same act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from taizhang.core import Entry, Problem
from taizhang.ledger.catalogue import HOUSE
from taizhang.ledger.rules import uniques, words
from taizhang.ledger.rules.amounts import told
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.cleaning import the_day, the_place
from taizhang.ledger.rules.drafts import refusal
from taizhang.ledger.rules.loans import RENEW
from taizhang.ledger.rules.nouns import Judged, Proposal, Ready
from taizhang.ledger.rules.record_keys import record_key_of
from taizhang.ledger.uids import UID, new_uid
from taizhang.packs import TYPES, Field

WHY = Field("why", "原因", TYPES["text"], length=500, required=True)
One = Callable[[Bench, Proposal], Judged]


def judge_strike(bench: Bench, proposal: Proposal, judge_one: One) -> Judged:
    """The strike and its restatement, or every reason against either."""
    known = bench.entry(proposal.uid) if proposal.uid else None
    if known is not None and known.kind == "strike" and known.strikes == proposal.strikes:
        return Judged(exists=known.uid, where=proposal.where)
    struck = bench.entry(proposal.strikes or "")
    problems = [*proposal.problems, *_against(bench, proposal, known, struck)]
    why = WHY.clean(proposal.why, bench.today)
    if why is None or isinstance(why, Problem):
        problems.append(why or words.no_reason())
    if struck is None or problems:
        return refusal(proposal, problems)
    made = _strike(bench, proposal, struck)
    if isinstance(made, list):
        return refusal(proposal, made)
    if proposal.restate is None and struck.kind == "state" and (left := _left_holding(bench, struck) or _given_back(bench, struck)):
        return refusal(proposal, [left])
    strike = Ready(made, {"why": str(why)})
    return _restated(bench, proposal, struck, strike, judge_one) if proposal.restate else Judged((strike,), where=proposal.where)


def _against(bench: Bench, proposal: Proposal, known: Entry | None, struck: Entry | None) -> list[Problem]:
    if struck is None:
        return [words.no_such_entry(proposal.strikes or "")]
    if struck.kind == "strike":
        return [words.strike_struck()]
    if struck.type.partition(".")[0] == HOUSE and struck.type != RENEW:
        return [words.of_the_house(struck.type)]
    if bench.is_struck(struck.uid):
        return [words.struck_before()]
    if proposal.uid and (known is not None or not UID.fullmatch(proposal.uid)):
        return [words.bad_uid(proposal.uid)]
    return []


def _strike(bench: Bench, proposal: Proposal, struck: Entry) -> Entry | list[Problem]:
    """A strike has the type and the record of what it withdraws, and the day and place where it is done."""
    day = the_day(bench, bench.today if proposal.day is None else proposal.day)
    place = struck.place if proposal.place is None else the_place(bench, proposal.place, bench.today)
    if isinstance(day, Problem) or isinstance(place, Problem):
        return [found for found in (day, place) if isinstance(found, Problem)]
    uid = proposal.uid or new_uid()
    return Entry(
        uid=uid,
        kind="strike",
        type=struck.type,
        place=place,
        day=day,
        actor=proposal.actor,
        recorded_at=bench.recorded_at,
        record=struck.record or record_key_of(uid),
        version=bench.catalogue.versions.get(struck.type.partition(".")[0]),
        strikes=struck.uid,
    )


def _left_holding(bench: Bench, struck: Entry) -> Problem | None:
    """A record that would be gone, while its account is not: nobody could name what went there any more."""
    catalogue, record = bench.catalogue, struck.record or ""
    register = catalogue.register(struck.type)
    if register is None:
        return None
    pack = catalogue.packs[register.pack]
    with bench.book.without(struck.uid) as standings:
        standing = standings.record(record)
        if standing is not None and standing.has(register.type):
            return None
        for name in register.holds:
            kind = catalogue.kind(pack, name)
            item, count = catalogue.item(kind), standings.held(catalogue.account(pack, register.name, record), kind)
            if item and count:
                return words.still_holds(register.title, told(item, count))
    return None


def _given_back(bench: Bench, struck: Entry) -> Problem | None:
    """What a record had before comes back with the strike; another may have it by now."""
    plan = bench.plan(struck.type)
    if plan is None or not plan.uniques:
        return None
    with bench.book.without(struck.uid) as standings:
        return uniques.clash(standings, bench.catalogue, struck.record or "")


def _restated(bench: Bench, proposal: Proposal, struck: Entry, strike: Ready, judge_one: One) -> Judged:
    """The restatement is judged in the book as it is without the struck entry."""
    restate = proposal.restate
    assert restate is not None
    kind = struck.kind if not restate.type or restate.type == struck.type else restate.kind
    again = replace(restate, type=restate.type or struck.type, kind=kind, where=restate.where or proposal.where)
    with bench.book.without(struck.uid) as standings:
        judged = judge_one(bench.beside(standings, struck), again)
    if judged.problems or judged.exists:
        return judged
    if struck.kind == "state" and all(ready.entry.record != struck.record for ready in judged.ready) and (left := _given_back(bench, struck)):
        return refusal(proposal, [left])
    return Judged((strike, *judged.ready), where=proposal.where)
