"""What a desk asks, and what the rules answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, Protocol

from taizhang.core import Entry, EntryKind, Problem, Value

Raw = object
"""A value as it comes from a sheet, a form or a JSON line."""

Ref = str | Mapping[str, Raw] | None
"""A record: its opaque key, its natural key as a clerk writes it (several key fields joined by "/"), or its key fields."""

PlaceOf = Callable[[str, date], "int | Problem"]
"""The key of the place a text names on a day, or why there is none."""


class _Known(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = _Known.UNKNOWN
"""A value that is known to be unknown: it empties a field of a record. (An empty cell says nothing at all.)"""


class Earlier(Protocol):
    """What was posted before the file of a row: a row that says the same, word for word, repeats it."""

    def alike(self, entry: Entry) -> Iterable[Entry]:
        """Entries that may say what this one says and that no row of the file repeats so far, the oldest first."""

    def repeated(self, uid: str) -> None:
        """A row of the file repeats this entry: another row that says the same is one more."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One statement in the words of a pack, not yet judged.

    `values` go by title, synonym or name of a field. `of` is the uid of the loan a return gives back or a renewal
    (`book.renew`) prolongs, or of a struck entry that is stated again. A strike names the entry it `strikes` and `why`, and may `restate` it in the same act; what the
    restatement leaves out of type, day, place, record, item and accounts is that of the struck entry. `where` names the row
    for the desk; `problems` are what was wrong with its columns already. With `earlier` it is not taken where it repeats one of these.
    Without `place` an event or a state is where the record is that it is of, a transfer where it goes to (where it comes from, if
    that is outside or a person), and `otherwise` where there is none yet.
    """

    kind: EntryKind
    type: str
    day: Raw
    place: Raw
    values: Mapping[str, Raw]
    actor: str
    record: Ref = None
    item: Ref = None
    quantity: Raw = None
    source: Ref = None
    target: Ref = None
    due: Raw = None
    of: str | None = None
    uid: str | None = None
    strikes: str | None = None
    why: str | None = None
    restate: Proposal | None = None
    where: str = ""
    problems: tuple[Problem, ...] = ()
    earlier: Earlier | None = None
    otherwise: Raw = None


@dataclass(frozen=True, slots=True)
class NotYet(Problem):
    """A record that the book does not have yet, of the `register` of that type: the row may be held and tried again."""

    register: str = ""


@dataclass(frozen=True, slots=True)
class NotEnough(Problem):
    """An account that does not hold what should leave it: how much it does hold is only for who may see that `account`."""

    account: str = ""


@dataclass(frozen=True, slots=True)
class Over(Problem):
    """More than a limit allows: how much there was is only for who may see the entries it was `counted` from."""

    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken(Problem):
    """What another record has: which one is told to who sees that `record` in the `register` of that type."""

    register: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry that may be posted once `personal` is sealed into it, under the key of `entry.record`."""

    entry: Entry
    personal: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to one proposal: entries that are `ready`, or `problems`, or it `exists` already under that uid.

    `erased` says that what exists was sealed for a record that has been erased since. `conflict` is the uid of an entry
    that tells the same happening otherwise; the problem says in what. `repeats` is the uid of one from another file that says the same.
    """

    ready: tuple[Ready, ...] = ()
    problems: tuple[Problem, ...] = ()
    exists: str | None = None
    erased: bool = False
    where: str = ""
    conflict: str | None = None
    repeats: str | None = None

    @property
    def held(self) -> bool:
        """Whether nothing is wrong but that a record is not there yet."""
        return bool(self.problems) and all(isinstance(p, NotYet) for p in self.problems)
