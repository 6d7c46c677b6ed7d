"""Erasing a record or an entry: its key is destroyed, and with it every personal value; before its time it is restricted instead."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.acts.choosing import entries_of_words, means_entry, record_of_words
from taizhang.acts.desk import Desk
from taizhang.acts.submitted import waiting_for
from taizhang.core import Entry, InputError, Problem, Value
from taizhang.ledger.catalogue import HOUSE
from taizhang.ledger.keys import Unfinished
from taizhang.ledger.owners import is_of_persons
from taizhang.ledger.plans import ERASE, RESTRICT
from taizhang.ledger.reading import Reader
from taizhang.ledger.records import natural_key
from taizhang.ledger.rules import keep_until
from taizhang.ledger.uids import UID, new_uid
from taizhang.packs import Register
from taizhang.people import log


@dataclass(frozen=True, slots=True)
class Erasing:
    """What became of a record, or of an entry by its uid: erased, or, with a day, restricted until then; or a problem, and nothing was done.

    `entries` are those that tell of it under keys of their own, and go with it.
    """

    record: str
    what: str
    until: date | None = None
    problem: Problem | None = None
    entries: tuple[str, ...] = ()


def meant(desk: Desk, words: str, type_name: str | None = None) -> list[str]:
    """What may be erased and words mean: a record; an entry by its uid or number; what is known only by a personal number.

    That is who waits to be registered, and entries sealed by themselves in which the number stands. InputError when there is
    nothing of the kind where who asks sees or manages anything.
    """
    if means_entry(words):
        return [entries_of_words(desk, [words])[0].entry.uid]
    beside = [name for name in _known_by(desk, words) if _manages_any(desk, name)]
    try:
        record = record_of_words(desk, words, type_name)
    except InputError:
        if not beside:
            raise
        return beside
    return list(dict.fromkeys([record, *beside]))


def _known_by(desk: Desk, number: str) -> list[str]:
    """The entries and the records not in the book that the index of personal values leads to."""
    catalogue, keys = desk.book.catalogue, desk.book.keys
    persons = [t for t, thing in catalogue.things.items() if isinstance(thing, Register) and is_of_persons(thing, catalogue)]
    records = [name for type_name in persons for name in keys.find(type_name, natural_key([number]))]
    return sorted(desk.book.telling(number)) + [name for name in records if waiting_for(desk.book, name)]


def _manages_any(desk: Desk, name: str) -> bool:
    return any(desk.may_entry("manage", entry) for entry in (*_about(desk, name), *waiting_for(desk.book, name)))


def erase(desk: Desk, names: Sequence[str]) -> list[Erasing]:
    """Erase records (their keys), or entries (their uids) that tell personal things of others; an answer to each.

    Erased is for good: no backup of the book brings the values back. What a pack asks to keep longer is restricted: nobody
    sees its personal values until it may be erased. A record takes with it what entries sealed by themselves tell of it.
    """
    book = desk.book
    with book.store.transaction():
        desk.begin()
        done = [_looked_at(desk, name) for name in dict.fromkeys(names)]
        gone = [key for one in done if one.what == "erased" for key in (one.record, *one.entries)]
        book.keys.intend(gone)  # should this program die now, the next to open the book goes by what the journal says
        _enter(desk, [one for one in done if one.what in ("erased", "restricted")])
    try:
        if gone:
            book.keys.erase(gone)
    except Unfinished:
        return [replace(one, problem=_being_read(one.record)) if one.what == "erased" else one for one in done]
    return done


def _looked_at(desk: Desk, name: str) -> Erasing:
    entries = _about(desk, name)
    managed = [desk.may_entry("manage", entry) for entry in (*entries, *waiting_for(desk.book, name))]
    if desk.reader.record(name) is None and not any(managed):
        return Erasing(name, "refused", problem=_not_there(name))
    if not all(managed):
        return Erasing(name, "refused", problem=_not_allowed(name))
    apart = desk.book.keys.apart(entry.uid for entry in entries if entry.sealed)
    alone = [entry.uid for entry in entries if entry.uid in apart]
    if UID.fullmatch(name) and entries and name not in alone:
        return Erasing(name, "refused", problem=_with_its_record(name, entries[0]))
    until = _until(desk, name, entries)
    if until is not None and until > desk.today:
        return Erasing(name, "restricted", until)
    return Erasing(name, "erased", entries=tuple(uid for uid in alone if uid != name))


def _about(desk: Desk, name: str) -> list[Entry]:
    """All that is sealed for a record, or the one entry of a uid, and why any of it was struck.

    It is asked without a scope, for none of it may be forgotten.
    """
    everything = Reader(desk.book, desk.scope.of_the_house("finding all that is sealed for a record"))
    is_entry = UID.fullmatch(name) is not None
    lines = everything.entries([name]) if is_entry else everything.history(name) + everything.entries(desk.book.telling_of(name))
    there = {line.seq for line in lines}
    lines = lines + everything.at({line.struck_by for line in lines if line.struck_by is not None} - there)
    return [line.entry for line in lines if not line.entry.type.startswith(f"{HOUSE}.")]


def _until(desk: Desk, name: str, entries: Iterable[Entry]) -> date | None:
    """The latest day any of its entries is to be kept."""
    inside = desk.book.inside()
    meant = (inside.entry(entry.strikes) or entry if entry.strikes else entry for entry in entries)  # a strike is kept as what it withdrew
    days = [day for entry in meant if (day := keep_until(entry, desk.book.catalogue)) is not None]
    standing = inside.record(name)
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
            data=_told(one),
        )
        for one in done
    ]
    with desk.book.store.transaction():
        outcomes = desk.book.journal.append(entries)
        seqs = (outcomes[0].seq or 0, len(outcomes))
        log(desk.scope, "erase", place=desk.reader.path(desk.book.place), entries=seqs, detail={"records": len(done)}, using=desk.book.alias)


def _told(one: Erasing) -> dict[str, Value]:
    until: dict[str, Value] = {"until": one.until.isoformat()} if one.until else {}
    entries: dict[str, Value] = {"entries": list(one.entries)} if one.entries else {}
    return {"record": one.record, **until, **entries}


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


def _with_its_record(uid: str, entry: Entry) -> Problem:
    if not entry.sealed:
        found, do = ("这一条没有封存的个人信息", "nothing personal is sealed in it"), ("不必抹除。", "There is nothing to erase.")
    else:
        found = ("这一条的个人信息随它的对象一起封存", "its personal values are sealed with those of its record")
        do = (f"请抹除对象 {entry.record}。", f"Erase the record {entry.record}.")
    return Problem(uid, found[0], "单独封存的一条", do[0], found[1], "an entry that is sealed by itself", do[1])
