"""Erasing a record: its key is destroyed, and with it every personal value; before its time it is restricted instead."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.acts.desk import Desk
from taizhang.core import Entry, Problem
from taizhang.ledger.catalogue import HOUSE
from taizhang.ledger.keys import Unfinished
from taizhang.ledger.plans import ERASE, RESTRICT
from taizhang.ledger.reading import Line, Reader
from taizhang.ledger.rules import keep_until
from taizhang.ledger.uids import new_uid
from taizhang.people import log


@dataclass(frozen=True, slots=True)
class Erasing:
    """What became of a record: erased, or, with a day, restricted until then; or a problem, and nothing was done."""

    record: str
    what: str
    until: date | None = None
    problem: Problem | None = None


def erase(desk: Desk, records: Sequence[str]) -> list[Erasing]:
    """Erase records (their keys); an answer to each. Erased is for good: no backup of the book brings the values back.

    A record that a pack asks to keep longer is restricted: nobody sees its personal values until it may be erased.
    """
    book = desk.book
    with book.store.transaction():
        book.lock()
        found = [_looked_at(desk, record) for record in dict.fromkeys(records)]
        gone = [one.record for one in found if one.what == "erased"]
        book.keys.intend(gone)  # should this program die now, the next to open the book goes by what the journal says
        _enter(desk, [one for one in found if one.what in ("erased", "restricted")])
    try:
        if gone:
            book.keys.erase(gone)
    except Unfinished:
        return [replace(one, problem=_being_read(one.record)) if one.what == "erased" else one for one in found]
    return found


def _looked_at(desk: Desk, record: str) -> Erasing:
    lines = [line for line in _about(desk, record) if not line.entry.type.startswith(f"{HOUSE}.")]
    managed = [desk.may_entry("manage", line.entry) for line in lines]
    if desk.reader.record(record) is None and not any(managed):
        return Erasing(record, "refused", problem=_not_there(record))
    if not all(managed):
        return Erasing(record, "refused", problem=_not_allowed(record))
    until = _until(desk, record, lines)
    return Erasing(record, "restricted", until) if until is not None and until > desk.today else Erasing(record, "erased")


def _about(desk: Desk, record: str) -> list[Line]:
    """Every entry sealed for a record: asked without a scope, for none of them may be forgotten."""
    return Reader(desk.book, desk.scope.of_the_house("finding all that is sealed for a record")).history(record)


def _until(desk: Desk, record: str, lines: Iterable[Line]) -> date | None:
    """The latest day any of its entries is to be kept."""
    days = [day for line in lines if (day := keep_until(line.entry, desk.book.catalogue)) is not None]
    standing = desk.book.inside().record(record)
    of_record = keep_until(standing, desk.book.catalogue) if standing else None
    return max([*days, *([of_record] if of_record else [])], default=None)


def _enter(desk: Desk, done: Sequence[Erasing]) -> None:
    """Each erasure is an entry itself, and a line of the log."""
    if not done:
        return
    at = time.time_ns() // 1000
    entries = [
        Entry(
            new_uid(),
            "event",
            ERASE if one.what == "erased" else RESTRICT,
            desk.book.place,
            desk.today,
            desk.scope.user,
            at,
            record=one.record,
            data={"record": one.record} | ({"until": one.until.isoformat()} if one.until else {}),
        )
        for one in done
    ]
    with desk.book.store.transaction():
        outcomes = desk.book.journal.append(entries)
        seqs = (outcomes[0].seq or 0, len(outcomes))
        log(desk.scope, "erase", place=desk.reader.path(desk.book.place), entries=seqs, detail={"records": len(done)}, using=desk.book.alias)


def _being_read(record: str) -> Problem:
    found = ("已抹除；但密钥文件正被另一个程序读取，盘上还有旧的一页", "erased, but another program reads the file of keys and keeps a page of it on disk")
    do = ("请关闭其他程序后再打开一次账本，即可清除。", "Close it and open the book once more, which clears it.")
    return Problem(record, found[0], "没有别的程序在读", do[0], found[1], "nobody who reads it", do[1])


def _not_there(record: str) -> Problem:
    do = ("请核对对象。", "Check the record.")
    return Problem(record, "没有这个对象", "已登记的对象", do[0], "no such record", "a record that is there", do[1])


def _not_allowed(record: str) -> Problem:
    do = ("请由管理所有有关专项的人员抹除。", "Have somebody erase it who manages all programmes it stands in.")
    found = ("您不能管理它所在的全部专项", "you do not manage every programme it stands in")
    return Problem(record, found[0], "管理职责", do[0], found[1], "the role manage", do[1])
