"""What stands in a book, as the rules see it: small nouns, and the questions that may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from taizhang.core import Entry, Value

Sealed = tuple[str, str]
"""A sealed value and what opens it: the uid of the entry that sealed it, and the ciphertext."""

Named = tuple[str, tuple[Value, ...]]
"""An open natural key, with the type of its root register before it."""


class Account(NamedTuple):
    """An account of an item: its key, or, where it is a record's, what stands in the key before that record, and who the record is."""

    item: str
    key: str
    of: Named | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A record: its values by the type of the register that keeps them ("base.person", "library.reader").

    A record now has the values it had on every day from `since` on, the day of its latest state; None where that is not known.
    """

    key: str
    place: int
    values: Mapping[str, Mapping[str, Value]]
    sealed: Mapping[str, Mapping[str, Sealed]] = field(default_factory=dict)
    since: date | None = None

    def has(self, type_name: str) -> bool:
        """Whether it is registered in the register of that type."""
        return type_name in self.values

    def having(self, type_name: str, names: Iterable[str]) -> tuple[Value, ...]:
        """The open values of some fields of a register; None where there is none."""
        values = self.values.get(type_name, {})
        return tuple(values.get(name) for name in names)


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan: `uid` and `type` of the entry that lent, what went from whom to whom, and how it stands.

    `back` counts what was returned of `quantity`; the loan is over on `ended`.
    """

    uid: str
    type: str
    item: str
    source: str
    target: str
    quantity: int
    day: date
    due: date
    renewed: int = 0
    back: int = 0
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open entry (a hold, an offer): the records it names, its own first."""

    uid: str
    type: str
    day: date
    names: tuple[str, ...]


class Standings(Protocol):
    """A book inside a transaction, all earlier rows of the same act included."""

    def record(self, key: str, day: date | None = None) -> Standing | None:
        """A record now, or with the values it had on a day; a field first said later has what was said first.

        A mine registered in November was a mine in March: what is known of it is better than nothing.
        """

    def records(self, keys: Iterable[str]) -> Mapping[str, Standing]:
        """Many records now, in one question; those that are not there are left out."""

    def find(self, root: str, key: tuple[Value, ...], sealed: bool) -> str | None:
        """The record of a natural key in a root register (type), such as ("base.person", ("430…",), True)."""

    def find_all(self, root: str, keys: Iterable[tuple[Value, ...]], sealed: bool) -> Mapping[tuple[Value, ...], str]:
        """Many natural keys in one question."""

    def holders(self, type_name: str, names: Sequence[str], keys: Iterable[tuple[Value, ...]]) -> Mapping[tuple[Value, ...], frozenset[str]]:
        """The records of a register that have these values of a set of fields (`unique:`), in one question; what nobody has is left out."""

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        """A sealed value in plain; None when it was erased."""

    def balance(self, account: str, item: str) -> int:
        """What an account holds of an item, in smallest parts; 0 when it never held any."""

    def held(self, account: str, kind: str) -> int:
        """What an account holds of all items of a kind (all batches, all copies)."""

    def moved(self, type_name: str, account: str, first: date, last: date) -> Iterable[Entry]:
        """The transfers of a type, in or out of an account, on these days; struck ones left out."""

    def happened(self, type_name: str, first: date, last: date) -> Iterable[Entry]:
        """The entries of a type on these days; struck ones left out."""

    def entry(self, uid: str) -> Entry | None:
        """An entry of the journal."""

    def entries(self, uids: Iterable[str]) -> Mapping[str, Entry]:
        """Many entries in one question; those that are not there are left out."""

    def opened(self, entry: Entry) -> Mapping[str, Value] | None:
        """The sealed values of an entry in plain; None when its record was erased."""

    def token(self, field_name: str, value: str) -> str:
        """What may stand for a personal value in the open: a text under a key of the book, the same each time."""

    def without(self, uid: str) -> AbstractContextManager[Standings]:
        """The book as it would be if that entry were struck; what follows from it (a hold it ended) is undone as well."""

    def supposing(self) -> AbstractContextManager[Supposing]:
        """The book as it would be with entries that are not written yet."""

    def struck(self, uid: str) -> bool:
        """Whether an entry was withdrawn."""

    def loan(self, uid: str) -> Lent | None:
        """A loan by the entry that lent."""

    def lent(self, item: str, target: str | None = None) -> Iterable[Lent]:
        """The loans of an item that are not over, of one borrower or of all; the oldest first."""

    def waiting(self, type_name: str, names: Iterable[str]) -> Iterable[Waiting]:
        """The open entries of a type of which every record named is among these names; the oldest first."""

    def queued(self, type_name: str, records: Iterable[str]) -> Iterable[Waiting]:
        """The open entries of a type about one of these records (the first they name), whoever waits; the oldest first."""


class Supposing(Protocol):
    """A book beside the real one, where acts are tried that are to be accepted together."""

    @property
    def inside(self) -> Standings:
        """The book with what was taken so far."""

    def take(self, entries: Iterable[Entry]) -> None:
        """Let these entries follow."""
