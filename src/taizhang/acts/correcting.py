"""Correcting and going on: strike an entry and restate it, renew a loan, take back what was lent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post, post_as_one
from taizhang.acts.restating import restatement
from taizhang.core import InputError, Problem
from taizhang.ledger.reading import Line
from taizhang.ledger.rules import RENEW, Proposal
from taizhang.ledger.standing import Lent
from taizhang.packs import Transfer


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry to withdraw, and what is stated otherwise in its place, in the words of its type; None: nothing is."""

    line: Line
    again: Mapping[str, object] | None = None


def strike(desk: Desk, corrections: Sequence[Correction], why: str) -> Answer:
    """Withdraw entries for a reason, in one act, and state again what is to stand in their place; judged net."""
    return post_as_one(desk, [_proposal(desk, one, why) for one in corrections])


def _proposal(desk: Desk, one: Correction, why: str) -> Proposal:
    entry = one.line.entry
    restate = restatement(desk, entry, one.again) if one.again is not None else None
    return Proposal("strike", entry.type, None, None, {}, desk.scope.user, strikes=entry.uid, why=why, restate=restate)


def renew(desk: Desk, loan: Lent, day: date | None = None, due: str | None = None) -> Answer:
    """Renew a loan, to the day its rules say or an earlier one."""
    where = _place_of(desk, loan)
    return post(desk, [Proposal("event", RENEW, day or desk.today, where, {}, desk.scope.user, of=loan.uid, due=due)])[0]


def give_back(desk: Desk, loan: Lent, values: Mapping[str, object] | None = None, day: date | None = None) -> Answer:
    """Take back what a loan lent, all that is left of it."""
    returning = _returning(desk, loan)
    where = _place_of(desk, loan)
    proposal = Proposal("transfer", returning.type, day or desk.today, where, values or {}, desk.scope.user, of=loan.uid)
    return post(desk, [proposal])[0]


def loan_of(desk: Desk, uid: str | None = None, item: str | None = None) -> Lent:
    """The loan that an entry made, or that holds an item (its record) now; InputError when there is none within the scope."""
    inside = desk.book.inside()
    found = [inside.loan(uid)] if uid else list(inside.lent(item or ""))
    within = [loan for loan in found if loan is not None and desk.reader.entry(loan.uid) is not None]
    if not within:
        raise InputError(_no_loan(uid or ""))
    return within[0]


def _returning(desk: Desk, loan: Lent) -> Transfer:
    """The transfer by which such a loan comes back."""
    pack = desk.book.catalogue.pack_of(loan.type)
    name = loan.type.partition(".")[2]
    for transfer in pack.transfers.values() if pack else ():
        if transfer.returns == name:
            return transfer
    raise InputError(_no_loan(loan.uid))


def _place_of(desk: Desk, loan: Lent) -> str:
    line = desk.reader.entry(loan.uid)
    return str(line.entry.place if line else desk.book.place)


def _no_loan(where: str) -> Problem:
    do = ("请核对写的是哪一件，或看一看是否已经归还。", "Check it, or see whether it is back already.")
    return Problem(
        where or "借出", "没有这笔未还的借出", "未还的借出", do[0], "no such loan that is not back", "a loan that is not back", do[1]
    )
