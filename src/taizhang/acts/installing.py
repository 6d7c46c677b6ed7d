"""Installing a pack: a new programme, or the next version of one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.core import Problem
from taizhang.ledger.installed import examine, keep
from taizhang.people import log


@dataclass(frozen=True, slots=True)
class Installed:
    """The pack and its version in this book; `fresh` says that the book did not have it. Or problems, and nothing was done."""

    pack: str
    version: int
    fresh: bool
    problems: tuple[Problem, ...] = ()


def install(desk: Desk, folder: Path) -> Installed:
    """Install a pack folder: checked whole, compared with the version before it, kept, and entered in the journal."""
    book = desk.book
    with book.store.transaction():
        book.journal.lock()
        found = examine(book.store, book.number, folder, desk.scope.user, book.place)
        if found.pack is None:
            return Installed(folder.name, 0, False, found.problems)
        path = desk.reader.path(book.place)
        if not desk.scope.may("manage", found.pack.name, path):
            return Installed(found.pack.name, 0, False, (_not_allowed(found.pack.title),))
        if found.entry is None:
            return Installed(found.pack.name, found.version, False)
        keep(book.store, book.number, folder, found.pack, found.version)
        (outcome,) = book.journal.append([found.entry])
        seqs = (outcome.seq or 0, 1)
        log(desk.scope, "install", programme=found.pack.name, place=path, entries=seqs, detail={"version": found.version}, using=book.alias)
    book.refresh()
    return Installed(found.pack.name, found.version, True)


def _not_allowed(title: str) -> Problem:
    do = ("请由管理人员安装。", "Have a manager install it.")
    return Problem("权限", f"您不能管理{title}", "管理职责", do[0], f"you may not manage {title}", "the role manage at the book's place", do[1])
