"""Looking after a book: whether it is what was written, and what follows from it made anew."""

from __future__ import annotations

from collections.abc import Callable

from taizhang.acts.desk import Desk
from taizhang.core import EVERY_PROGRAMME, DutyRole, InputError, Problem
from taizhang.ledger import rebuild as rebuilding
from taizhang.ledger import verify as verifying
from taizhang.ledger.verify import Verified
from taizhang.people import log

Progress = Callable[[int], None]


def verify(desk: Desk, progress: Progress = lambda _: None) -> Verified:
    """Read the whole book and compare: entries, tree, checkpoints with their signatures, and all that follows from the entries."""
    book, path = desk.book, _needed(desk, "audit", "manage")
    found = verifying.verify(book.store, book.number, book.catalogue, book.public, progress)
    told = f"{len(found.problems)} problems" if found.problems else None
    log(
        desk.scope, "verify", place=path, detail={"entries": found.entries, "problems": len(found.problems)}, refused=told, using=book.alias
    )
    return found


def rebuild(desk: Desk, progress: Progress = lambda _: None) -> int:
    """Make records, balances and loans anew from the entries; how many entries there are."""
    book, path = desk.book, _needed(desk, "manage")
    count = rebuilding.rebuild(book.store, book.number, book.catalogue, progress)
    log(desk.scope, "rebuild", place=path, detail={"entries": count}, using=book.alias)
    return count


def _needed(desk: Desk, *roles: DutyRole) -> str:
    """The path of the book's place, where one of these roles is held in every programme; InputError where none is."""
    path = desk.reader.path(desk.book.place)
    if not any(desk.scope.may(role, EVERY_PROGRAMME, path) for role in roles):
        do = ("请由审计或管理人员办理。", "Have an auditor or manager do it.")
        raise InputError(
            Problem("权限", "这要看整本账", "审计或管理职责", do[0], "this reads the whole book", "the role audit or manage", do[1])
        )
    return path
