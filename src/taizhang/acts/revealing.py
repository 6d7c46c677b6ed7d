"""Seeing personal values: each reading is a line of the log before anything is shown, and so is each that is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from taizhang.acts.desk import Desk
from taizhang.acts.reviewing import Submission
from taizhang.acts.tracing import about
from taizhang.core import InputError, Problem, Value
from taizhang.ledger.reading import Line, Seen
from taizhang.people import log


def reveal_record(desk: Desk, key: str, *, day: date | None = None, seq: int | None = None) -> Seen | None:
    """A record with its personal values; None when there is none within the scope. InputError without the duty to see them."""
    seen = desk.reader.record(key, day=day, seq=seq)
    if seen is None:
        return None
    _noted(desk, key, seen.places.items())
    return desk.reader.record(key, day=day, seq=seq, reveal=True)


def reveal_history(desk: Desk, key: str) -> list[Line]:
    """Every entry about a record within the scope, with its personal values."""
    lines = about(desk, key)
    _noted(desk, key, [_where(desk, line) for line in lines if line.entry.sealed])
    return about(desk, key, reveal=True)


def reveal_entry(desk: Desk, uid: str) -> Line | None:
    """An entry with its personal values."""
    line = desk.reader.entry(uid)
    if line is None or not line.entry.sealed:
        return line
    _noted(desk, line.entry.record or "", [_where(desk, line)], uid)
    return desk.reader.entry(uid, reveal=True)


def reveal_waiting(desk: Desk, found: Iterable[Submission]) -> dict[str, Mapping[str, Value]]:
    """The personal values of what waits, by the uid of each entry: where the duty allows it, a line in the log for each submission.

    InputError, noted too, where it allows none of them.
    """
    sealed = [one for one in found if any(entry.sealed for entry in one.entries)]
    desk.renew()
    opened: dict[str, Mapping[str, Value]] = {}
    for one in sealed:
        where = [(desk.sight.programme_type(entry), entry.place) for entry in one.entries if entry.sealed]
        if any(desk.may("reveal", *at) for at in where):
            _noted(desk, one.entries[-1].record or "", where, one.uid)
            opened.update((entry.uid, desk.reader.opened(entry)) for entry in one.entries if entry.sealed)
    if sealed and not opened:
        _noted(desk, sealed[0].entries[-1].record or "", [(sealed[0].type, sealed[0].place)], sealed[0].uid)
    return opened


def _where(desk: Desk, line: Line) -> tuple[str, int]:
    """The type and place whose duty opens an entry."""
    return desk.sight.programme_type(line.entry), line.entry.place


def _noted(desk: Desk, record: str, where: Iterable[tuple[str, int]], uid: str | None = None) -> None:
    """The line in the log, durable on return; InputError where who asks may see nothing of it."""
    asked = list(where)
    desk.renew()
    allowed = [one for one in asked if desk.may("reveal", *one)]
    programmes = {type_name.partition(".")[0] for type_name, _ in allowed or asked}
    path = desk.reader.path((allowed or asked)[0][1]) if asked else ""
    refused = asked and not allowed
    with desk.book.store.transaction():
        log(
            desk.scope,
            "reveal",
            programme=programmes.pop() if len(programmes) == 1 else "",
            place=path,
            on_behalf_of=desk.holder("reveal", allowed),
            record=record,
            refused="not allowed" if refused else None,
            detail={"uid": uid} if uid else None,
            using=desk.book.alias,
        )
    if refused:
        raise InputError(_not_allowed())


def _not_allowed() -> Problem:
    do = ("请由有此职责的人查看。", "Have somebody look who has it.")
    return Problem(
        "权限", "您不能查看这里的个人信息", "“查看个人信息”职责", do[0], "you may not see personal values here", "the role reveal", do[1]
    )
