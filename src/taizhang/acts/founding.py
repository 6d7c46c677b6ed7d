"""Founding a book: its folder and database, and the first user, who may do everything there."""

from __future__ import annotations

import getpass
from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.acts.placing import seed
from taizhang.core import EVERY_PROGRAMME, ROLE_TITLES, Scope, civil_today
from taizhang.ledger.book import Book, refuse_used, whole_or_nothing
from taizhang.people import add_department, add_user, give_duty, scope


def found(
    folder: Path,
    place: int,
    *,
    place_path: str,
    database: str | None = None,
    title: str = "",
    login: str | None = None,
    name: str = "",
    alias: str = "default",
    demo: bool = False,
) -> Desk:
    """A new book, and the desk of its first user: who is logged in to this machine, unless told otherwise.

    The first user gets every role at the book's place, in every programme; he gives others theirs. InputError where
    there is a book already. A `demo` book says on every screen that all in it is invented.
    """
    refuse_used(folder)
    with whole_or_nothing(folder, alias):
        book = Book.create(folder, place, database=database, title=title, alias=alias, demo=demo)
        try:
            with book.store.transaction():
                return _first_desk(book, place_path, title, login, name)
        except BaseException:
            book.forsake()  # a server keeps what is not in the folder
            raise


def _first_desk(book: Book, place_path: str, title: str, login: str | None, name: str) -> Desk:
    """The places above the book's own, and the user who is to give others their duties."""
    seed(book)
    alias = book.alias
    day, house = civil_today(), Scope.of_the_house("the first user of a new book")
    account = login or getpass.getuser()
    department = add_department(house, name=title or "账本管理", place=place_path, using=alias)
    key = add_user(house, name=name or account, login=account, department=department, since=day, using=alias)
    for role in ROLE_TITLES:
        give_duty(house, user=key, role=role, place=place_path, programme=EVERY_PROGRAMME, reason="建账", since=day, using=alias)
    return Desk(book, scope(key, day, using=alias), day)
