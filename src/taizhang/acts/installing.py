"""Installing a pack: a new programme, or the next version of one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.core import Problem
from taizhang.ledger.book import Book
from taizhang.ledger.installed import examine, keep
from taizhang.ledger.taken import refill
from taizhang.packs import Pack, Register
from taizhang.people import log


@dataclass(frozen=True, slots=True)
class Installed:
    """The pack and its version in this book; `fresh` says that the book did not have it. Or problems, and nothing was done."""

    pack: str
    version: int
    fresh: bool
    problems: tuple[Problem, ...] = ()


def install(desk: Desk, folder: Path) -> Installed:
    """Install a pack folder: checked whole, compared with the version before it and with the records there are, kept, and entered in the journal."""
    try:
        with desk.book.store.transaction():
            done = _install(desk, folder)
    except _Undone as undone:
        return Installed(folder.name, 0, False, undone.problems)
    if done.fresh:
        desk.book.refresh()
    return done


class _Undone(Exception):
    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("nothing was installed")
        self.problems = problems


def _install(desk: Desk, folder: Path) -> Installed:
    book = desk.book
    book.journal.lock()
    found = examine(book.store, book.number, folder, desk.scope.user, book.place)
    if found.pack is None:
        return Installed(folder.name, 0, False, found.problems)
    path = desk.reader.path(book.place)
    if not desk.scope.may("manage", found.pack.name, path):
        return Installed(found.pack.name, 0, False, (_not_allowed(found.pack.title),))
    if found.entry is None:
        return Installed(found.pack.name, found.version, False)
    _keep_apart(book, found.pack)
    keep(book.store, book.number, folder, found.pack, found.version)
    (outcome,) = book.journal.append([found.entry])
    seqs = (outcome.seq or 0, 1)
    log(desk.scope, "install", programme=found.pack.name, place=path, entries=seqs, detail={"version": found.version}, using=book.alias)
    return Installed(found.pack.name, found.version, True)


def _keep_apart(book: Book, pack: Pack) -> None:
    """What no two records may have the same from now on, none may have the same already."""
    before = book.catalogue.packs.get(pack.name)
    if any(register.unique for one in (before, pack) if one for register in one.registers.values()):
        twice = refill(book.store, book.number, pack)
        if twice:
            raise _Undone(tuple(_twice(*one) for one in twice))


def _twice(register: Register, names: tuple[str, ...], count: int) -> Problem:
    title = "、".join(register.fields[name].title for name in names)
    do = ("请先更正这些对象，再装这一版。", "Correct these records first, then install this version.")
    found = (f"账本里有 {count} 个值不止一个{register.title}在用", f"{count} values are had by more than one record")
    expected = (f"互不相同的{title}", "values that differ")
    return Problem(f"registers.{register.name}.unique", found[0], expected[0], do[0], found[1], expected[1], do[1])


def _not_allowed(title: str) -> Problem:
    do = ("请由管理人员安装。", "Have a manager install it.")
    return Problem("权限", f"您不能管理{title}", "管理职责", do[0], f"you may not manage {title}", "the role manage at the book's place", do[1])
