"""What somebody may not do or propose at all: refused before it is judged, since a judgement tells of the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from taizhang.acts.desk import Desk
from taizhang.core import EVERY_PROGRAMME, ROLE_TITLES, DutyRole, Entry, InputError, Problem
from taizhang.ledger.catalogue import BASE
from taizhang.ledger.rules import RENEW, NotEnough, Proposal, words
from taizhang.ledger.uids import UID
from taizhang.packs import Transfer
from taizhang.packs.types import parse_day

PERSON = "base.person"


def barred(desk: Desk, proposal: Proposal) -> Problem | None:
    """Why who acts may not propose this; None when it may be judged."""
    named = proposal.strikes or proposal.of
    problem = _of_another(desk, proposal, named) if named else None
    stated = proposal.restate if proposal.kind == "strike" else proposal
    if problem is None and stated is not None and stated.type not in ("", RENEW):
        problem = _elsewhere(desk, stated)
    return problem


def _of_another(desk: Desk, proposal: Proposal, uid: str) -> Problem | None:
    """What is to be struck, given back or renewed is an entry one may see; and one strikes where one may enter."""
    line = desk.reader.entry(uid) if UID.fullmatch(uid) else None
    if line is None:
        is_loan = proposal.type == RENEW or proposal.kind == "transfer"
        return words.no_loan("借出") if is_loan else words.no_such_entry(uid)
    if proposal.strikes and not desk.may_entry("enter", line.entry):
        return not_allowed(desk, desk.sight.programme_type(line.entry), line.entry.place)
    return None


def _elsewhere(desk: Desk, proposal: Proposal) -> Problem | None:
    """A programme in which one enters nothing, or a place where one does not; a place given as a key must be there."""
    if proposal.type not in desk.book.catalogue.things:
        return None  # the rules say so
    if not may_enter_somewhere(desk, proposal.type):
        return not_allowed_at_all(desk, proposal.type)
    place = proposal.place
    if isinstance(place, int):
        if place != desk.book.place and place not in desk.places:
            return _no_place(desk, place)
        return None if desk.may("enter", proposal.type, place) else not_allowed(desk, proposal.type, place)
    return _at(desk, proposal, desk.today) and _at(desk, proposal, _day(proposal) or desk.today)


def _at(desk: Desk, proposal: Proposal, day: date) -> Problem | None:
    """Whether the place that a text means on a day is one where nothing may be entered; what is no place, the rules tell."""
    key = desk.place_of(str(proposal.place).strip(), day) if proposal.place is not None else None
    return not_allowed(desk, proposal.type, key) if isinstance(key, int) and not desk.may("enter", proposal.type, key) else None


def _day(proposal: Proposal) -> date | None:
    return proposal.day if isinstance(proposal.day, date) else parse_day(proposal.day)


def _no_place(desk: Desk, key: int) -> Problem | None:
    found = desk.places.place_key(str(key), desk.today.isoformat(), ())
    return replace(found, where="地点") if isinstance(found, Problem) else None


def beyond(desk: Desk, entries: Iterable[Entry]) -> dict[str, Problem]:
    """By uid the entries that reach for what is kept elsewhere, and why they may not: a state of what is registered where one
    enters nothing (people move, and are nobody's), a transfer out of an account one does not see."""
    narrow = [entry for entry in entries if not desk.may("enter", entry.type, desk.book.place)]
    return {**_kept_elsewhere(desk, narrow), **_drawn_elsewhere(desk, narrow)} if narrow else {}


def _kept_elsewhere(desk: Desk, entries: Iterable[Entry]) -> dict[str, Problem]:
    catalogue, out = desk.book.catalogue, dict[str, Problem]()
    registers = {entry.uid: catalogue.register(entry.type) for entry in entries if entry.kind == "state"}
    states = [e for e in entries if (register := registers.get(e.uid)) and catalogue.root(register).type != PERSON]
    places = desk.reader.places(e.record or "" for e in states) if states else {}
    for entry in states:
        place = places.get((entry.record or "", entry.type))
        if place is not None and not desk.may("enter", entry.type, place):
            register = registers[entry.uid]
            out[entry.uid] = _registered_elsewhere(register.title if register else entry.type)
    return out


def _drawn_elsewhere(desk: Desk, entries: Iterable[Entry]) -> dict[str, Problem]:
    """What comes back from a loan comes from whoever has it."""
    things = ((entry, desk.book.catalogue.things.get(entry.type)) for entry in entries if entry.source)
    sources = {entry.uid: entry.source or "" for entry, thing in things if isinstance(thing, Transfer) and not thing.returns}
    kept = {account for account in sources.values() if not desk.book.catalogue.outside(account)}
    seen = desk.reader.seen_accounts(kept) if kept else set()
    return {uid: _drawn() for uid, account in sources.items() if account in kept and account not in seen}


def undrawn(desk: Desk, problems: Iterable[Problem], where: str) -> list[Problem]:
    """The problems of a row, of which none tells whether an account that is not seen holds enough: nothing is drawn from it at all."""
    drawn = replace(_drawn(), where=f"{where} {_drawn().where}".strip())
    return [drawn if isinstance(one, NotEnough) and not desk.reader.sees_account(one.account) else one for one in problems]


def _registered_elsewhere(title: str) -> Problem:
    found = (f"这个{title}由别处登记，不在您的职责范围内", "it is registered elsewhere, outside of your duties")
    do = ("请核对编号，或请那里的人员办理。", "Check its key, or have somebody there do it.")
    return Problem("对象", found[0], "您的职责范围内的对象", do[0], found[1], "one within your duties", do[1])


def _drawn() -> Problem:
    found = ("调出的账户不在您的职责范围内", "the account it comes from is outside of your duties")
    do = ("请由管理这一账户的人员办理。", "Have somebody do it who keeps that account.")
    return Problem("调出", found[0], "您的职责范围内的账户", do[0], found[1], "an account within your duties", do[1])


def may_enter_somewhere(desk: Desk, type_name: str) -> bool:
    """Whether who acts may enter this type anywhere; shared registers in any programme."""
    programme = type_name.partition(".")[0]
    return bool(desk.scope.programmes("enter") if programme == BASE else desk.scope.places("enter", programme))


def need_whole_book(desk: Desk, *roles: DutyRole) -> str:
    """The path of the book's place, where one of these roles is held in every programme; InputError where none is."""
    desk.renew()
    path = desk.sight.path(desk.book.place)
    if not any(desk.scope.may(role, EVERY_PROGRAMME, path) for role in roles):
        zh, en = (mark.join(ROLE_TITLES[role][at] for role in roles) for at, mark in enumerate(("或", " or ")))
        do = ("请由有此职责的人员办理。", "Have somebody do it who has it.")
        problem = Problem("权限", "这要看整本账", f"{zh}职责", do[0], "this reads the whole book", f"the role {en}", do[1])
        raise InputError(problem)
    return path


def not_allowed(desk: Desk, type_name: str, at: int) -> Problem:
    """Who acts may not enter this here."""
    place = desk.places.name(at) if at in desk.places else str(at)
    pack = desk.book.catalogue.pack_of(type_name)
    title = pack.title if pack else type_name
    return Problem(
        "权限",
        f"您不能在{place}填报{title}",
        "有填报职责的地方和专项",
        "请联系管理人员。",
        f"you may not enter {title} at {place}",
        "a place and programme of your duties",
        "Ask who manages them.",
    )


def not_allowed_at_all(desk: Desk, type_name: str) -> Problem:
    """Who acts may enter this nowhere."""
    pack = desk.book.catalogue.pack_of(type_name)
    title = pack.title if pack else type_name
    do = ("请联系管理人员。", "Ask who manages them.")
    return Problem("权限", f"您没有填报{title}的职责", "填报职责", do[0], f"you have no duty to enter {title}", "the role enter", do[1])
