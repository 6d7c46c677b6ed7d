"""Reviewing: what waits, accepting it, returning it with a reason."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.acts import reasons, wording
from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer
from taizhang.core import Entry, Problem, review_role
from taizhang.ledger.canonical import decode
from taizhang.ledger.journal import Outcome
from taizhang.ledger.rules.again import judge_again
from taizhang.ledger.store import among
from taizhang.packs.model import Level
from taizhang.people import log

_COLUMNS = "id, uid, type, place, day, level, entries, proposed_by, proposed_at, state, why"


@dataclass(frozen=True, slots=True)
class Submission:
    """An act that waits (待审): its entries as they would be appended, who proposed them and when (microseconds since 1970)."""

    number: int
    uid: str
    type: str
    place: int
    level: Level
    entries: tuple[Entry, ...]
    proposed_by: str
    proposed_at: int
    state: str
    why: str | None


def waiting(desk: Desk, *, state: str = "waiting", mine: bool = False, limit: int = 1000) -> list[Submission]:
    """What waits for this reviewer, the oldest first; or, with `mine`, what this user proposed."""
    store, number = desk.book.store, desk.book.number
    sql = f"SELECT id, type, place, level FROM submission WHERE book = ? AND state = ?{' AND proposed_by = ?' if mine else ''} ORDER BY id"
    rows = store.rows(sql, [number, state, *([desk.scope.user] if mine else [])])
    likely = [row[0] for row in rows if mine or desk.may(review_role(row[3]), row[1], row[2])]  # of an act its first entry
    found: list[Submission] = []
    for start in range(0, len(likely), max(limit, 1)):
        condition, values = among(store, "id", likely[start : start + limit])
        sql = f"SELECT {_COLUMNS} FROM submission WHERE book = ? AND {condition} ORDER BY id"
        some = (_submission(desk, row) for row in store.rows(sql, [number, values]))
        found += [one for one in some if mine or _may_review(desk, one)]
        if len(found) >= limit:
            break
    return found[:limit]


def accept(desk: Desk, numbers: Sequence[int]) -> list[Answer]:
    """Accept what waits; each act is judged once more, and accepted, or left waiting with what stands against it."""
    return [_accept(desk, number) for number in numbers]


def give_back(desk: Desk, number: int, why: str) -> Answer:
    """Return an act to who proposed it, with the reason."""
    with desk.book.store.transaction():
        desk.begin()
        found = _taken_up(desk, number)
        if isinstance(found, Answer):
            return found
        if not why.strip():
            return Answer("refused", found.uid, problems=(_no_reason(),))
        _decide(desk, found, "returned", reasons.sealed(desk, found.entries[0], why.strip()))
    return Answer("ok", found.uid)


def _accept(desk: Desk, number: int) -> Answer:
    with desk.book.store.transaction():
        desk.begin()
        found = _taken_up(desk, number)
        if isinstance(found, Answer):
            return found
        if any(entry.sealed and entry.kind != "strike" and _is_erased(desk, entry) for entry in found.entries):
            return Answer("erased", found.uid, problems=(_erased(number),))
        problems = judge_again(found.entries, desk.book.inside(), desk.book.catalogue, desk.today)
        if problems:
            return Answer("refused", found.uid, problems=wording.within(desk, problems))
        (outcome,) = desk.book.journal.append([found.entries], partly=True)
        if outcome.what in ("refused", "conflict"):
            return _against(desk, outcome)
        _decide(desk, found, "accepted", None, outcome)
    return Answer(outcome.what, outcome.uid, outcome.seq)


def _is_erased(desk: Desk, entry: Entry) -> bool:
    return desk.book.keys.erased(entry.uid) or desk.book.keys.erased(entry.record or "")


def _taken_up(desk: Desk, number: int) -> Submission | Answer:
    """The submission, if it waits and this user may review it; nothing is told of any other."""
    rows = desk.book.store.rows(f"SELECT {_COLUMNS} FROM submission WHERE book = ? AND id = ?", [desk.book.number, number])
    found = _submission(desk, rows[0]) if rows else None
    if found is None or not _may_review(desk, found):
        return Answer("refused", problems=(_not_there(number),))
    if found.state != "waiting":
        return Answer("refused", found.uid, problems=(_decided(found),))
    return found


def _may_review(desk: Desk, found: Submission) -> bool:
    return all(desk.may(review_role(found.level), entry.type, entry.place) for entry in found.entries)


def _decide(desk: Desk, found: Submission, state: str, why: str | None, outcome: Outcome | None = None) -> None:
    sql = "UPDATE submission SET state = ?, decided_by = ?, decided_at = ?, why = ? WHERE book = ? AND id = ?"
    desk.book.store.run(sql, [state, desk.scope.user, time.time_ns() // 1000, why, desk.book.number, found.number])
    log(
        desk.scope,
        "accept" if state == "accepted" else "return",
        programme=found.type.partition(".")[0],
        place=desk.sight.path(found.place),
        on_behalf_of=desk.holder(review_role(found.level), [(entry.type, entry.place) for entry in found.entries]),
        entries=(outcome.seq, len(found.entries)) if outcome is not None and outcome.seq is not None else None,
        detail={"submission": found.number, "uid": found.uid},
        using=desk.book.alias,
    )


def _submission(desk: Desk, row: tuple[object, ...]) -> Submission:
    number, uid, type_name, place, _, level, lines, by, at, state, why = row
    entries = tuple(decode(line.encode()) for line in str(lines).split("\n"))
    reason = reasons.opened(desk, entries[0], str(why)) if why else None
    return Submission(number, uid, type_name, place, level, entries, by, at, state, reason)  # type: ignore[arg-type]


def _against(desk: Desk, outcome: Outcome) -> Answer:
    problems = wording.refused(desk, outcome.refusal) if outcome.refusal else (wording.conflict(desk, outcome.uid),)
    return Answer("refused" if outcome.refusal else "conflict", outcome.uid, problems=problems)


def _not_there(number: int) -> Problem:
    do = ("请用 taizhang review 查看。", "See taizhang review.")
    return Problem(str(number), "没有这份待您审核的", "待审的号", do[0], "nothing of this number waits for you", "a number that waits", do[1])


def _decided(found: Submission) -> Problem:
    word, en = ("已接受", "accepted already") if found.state == "accepted" else ("已退回", "returned already")
    return Problem(str(found.number), word, "待审的", "不必再审。", en, "one that waits", "Nothing is left to do.")


def _erased(number: int) -> Problem:
    found = ("对象已抹除", "its record was erased")
    do = ("请退回。", "Return it.")
    return Problem(str(number), found[0], "未抹除的对象", do[0], found[1], "a record that is there", do[1])


def _no_reason() -> Problem:
    return Problem("why", "没有写原因", "退回的原因", "请写明原因。", "no reason", "why it is returned", "Say why.")
