"""A desk: an open book, who sits at it, and the day."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from taizhang.core import DutyRole, Entry, Grant, InputError, Problem, Scope, civil_today
from taizhang.core.scope import HOUSE
from taizhang.ledger.book import Book
from taizhang.ledger.inside import Inside
from taizhang.ledger.places import Places, places_of
from taizhang.ledger.reading import Reader
from taizhang.ledger.sight import Sight
from taizhang.ledger.standing import Account, Named
from taizhang.people import key_of, scope


@dataclass
class Desk:
    """What every act takes: the book, the scope of who acts, and today."""

    book: Book
    scope: Scope
    today: date
    _places: Places | None = field(default=None, repr=False)
    _sight: Sight | None = field(default=None, repr=False)
    _entering: tuple[str, ...] | None = field(default=None, repr=False)

    @property
    def places(self) -> Places:
        """The places of the book."""
        if self._places is None:
            self._places = places_of(self.book.store)
        return self._places

    @property
    def reader(self) -> Reader:
        """The book within this scope."""
        return Reader(self.book, self.scope)

    @property
    def sight(self) -> Sight:
        """What this scope lets one see and do."""
        if self._sight is None or self._sight.catalogue is not self.book.catalogue:
            self._sight = Sight(self.book.store, self.book.number, self.book.catalogue, self.scope)
        return self._sight

    def begin(self, foreseen: Iterable[Named | Account] = ()) -> Inside:
        """Hold the book until the transaction ends, under the duties that are in force by now; the book as rules ask of it.

        These records and accounts are read together with the lock.
        """
        inside = self.book.held(foreseen)
        self.renew()
        return inside

    def renew(self) -> None:
        """Give up what was allowed when the desk was opened and is not any more: a duty ended, a delegation, a user.

        What was given since then is had at a desk that is opened since then.
        """
        if self.scope.user == HOUSE:
            return
        now = scope(self.scope.user, max(self.scope.on, civil_today()), using=self.book.alias)
        if not self.scope.grants <= now.grants:
            self.scope = replace(self.scope, grants=frozenset(grant for grant in self.scope.grants if _is_held(grant, now)))
            self._sight = self._entering = None

    def place_of(self, text: str, day: date) -> int | Problem:
        """The key of the place a text means on a day, among those where one may enter anything."""
        if self._entering is None:
            self._entering = tuple(sorted({place for name in self.scope.programmes("enter") for place in self.scope.places("enter", name)}))
        return self.places.place_key(text, day.isoformat(), self._entering)

    def may(self, role: DutyRole, type_name: str, place: int) -> bool:
        """Whether the role is held for this type at a place; for shared registers in any programme."""
        return self.sight.may(role, type_name, place)

    def may_entry(self, role: DutyRole, entry: Entry) -> bool:
        """Whether the role is held for an entry where it stands."""
        return self.sight.may_entry(role, entry)

    def sees(self, record: str, type_name: str) -> bool:
        """Whether a record is within the scope in a register; asked of the book as it stands."""
        if self.may("view", type_name, self.book.place):
            return True
        seen = self.reader.now([record]).get(record)
        return seen is not None and type_name in seen.values

    def holder(self, role: DutyRole, where: Iterable[tuple[str, int]]) -> str | None:
        """Whose duties one uses for these types and places, where they are all one other's."""
        holders = {self.sight.holder(role, type_name, place) for type_name, place in where}
        return holders.pop() if len(holders) == 1 else None

    def close(self) -> None:
        """Close the book."""
        self.book.close()


def _is_held(grant: Grant, now: Scope) -> bool:
    return any(one.on_behalf_of == grant.on_behalf_of and one.covers(grant.role, grant.programme, grant.place) for one in now.grants)


def open_desk(folder: Path, login: str | None = None, *, database: str | None = None, today: date | None = None, alias: str = "default") -> Desk:
    """The desk of a user (by login; else whoever is logged in to this machine) at a book; InputError names an unknown one."""
    book = Book.open(folder, database=database, alias=alias)
    name = login or getpass.getuser()
    key = key_of(name, using=alias)
    if key is None:
        book.close()
        do = ("请用 --as 指明登录名，或请管理人员登记。", "Name a login with --as, or have one added.")
        raise InputError(Problem(name, "账本里没有这个用户", "已登记的登录名", do[0], "no such user in this book", "a login that is there", do[1]))
    day = today or civil_today()
    return Desk(book, scope(key, day, using=alias), day)
