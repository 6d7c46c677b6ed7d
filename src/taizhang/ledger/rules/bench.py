"""One judging: what is asked of the book, each question once, and where earlier rows of the same call are laid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from taizhang.core import Entry, Problem, Value
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules.ahead import Ahead
from taizhang.ledger.rules.nouns import PlaceOf, Raw, Ready
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.ledger.standing import Standing, Standings
from taizhang.packs import Field, Register

Key = tuple[Value, ...]
Sees = Callable[[str, str], bool]
"""Whether whoever proposes sees a record, by its key, in a register, by its type."""


@dataclass(slots=True)
class Bench:
    """What the rules know while they judge. `struck` is the entry that the proposal restates."""

    catalogue: Catalogue
    today: date
    origin: str
    place_of: PlaceOf
    recorded_at: int
    book: Ahead
    struck: Entry | None = None
    sees: Sees = lambda record, type_name: True
    layouts: dict[tuple[str, tuple[str, ...]], Any] = field(default_factory=dict)
    days: dict[str, date | Problem] = field(default_factory=dict)
    resolved: dict[tuple[str, str], str] = field(default_factory=dict)
    _now: dict[str, Standing | None] = field(default_factory=dict)
    _then: dict[tuple[str, date], Standing | None] = field(default_factory=dict)
    _found: dict[tuple[str, Key], str] = field(default_factory=dict)
    _asked: set[tuple[str, Key]] = field(default_factory=set)
    _absent: set[str] = field(default_factory=set)
    _present: dict[str, Entry] = field(default_factory=dict)
    _places: dict[tuple[str, date], int | Problem] = field(default_factory=dict)

    def beside(self, standings: Standings, struck: Entry) -> Bench:
        """The same desk with the book as it is without an entry."""
        ahead = Ahead(standings, self.catalogue)
        return Bench(self.catalogue, self.today, self.origin, self.place_of, self.recorded_at, ahead, struck, self.sees)

    def plan(self, type_name: str) -> Plan | None:
        """The plan of a type."""
        thing = self.catalogue.things.get(type_name)
        return plan_of(self.catalogue, thing) if thing is not None else None

    def add(self, ready: Ready) -> None:
        """Lay an entry over the book for the rows that follow."""
        self.book.add(ready)
        if ready.entry.kind == "state" and ready.entry.record:
            self._now.pop(ready.entry.record, None)
            self._then.clear()

    def place(self, text: str, day: date) -> int | Problem:
        """The place a text names."""
        known = self._places.get((text, day))
        if known is None:
            known = self._places[text, day] = self.place_of(text, day)
        return known

    def cleaned(self, field: Field, raw: Raw) -> Value | Problem | None:
        """The canonical value of a field; a place by any of its names, as everywhere else."""
        got = field.clean(raw, self.today)
        if field.type.name != "place" or not isinstance(got, Problem):
            return got
        found = self.place(str(raw).strip(), self.today)
        if isinstance(found, Problem):
            return replace(found, where=field.title)
        code = field.clean(str(found), self.today)
        return got if isinstance(code, Problem) else code  # a place that has no code of statistics is told by another

    def shows(self, record: str, register: Register) -> bool:
        """Whether a record may be told to be there: a person is not, to who does not see him in this register.

        Somebody who has a list of ID numbers would learn which of them are in care elsewhere. What is found by an open key is
        told: two of one key there cannot be.
        """
        return not is_sealed(self.catalogue.root(register)) or self.book.has_record(record) or self.sees(record, register.type)

    # ---- records -------------------------------------------------------------------------------------------------------------------

    def standing(self, key: str, day: date | None = None) -> Standing | None:
        """A record now, or with the values of a day."""
        now = self._now[key] if key in self._now else self._look(key)
        if day is None or now is None or (now.since is not None and now.since <= day):
            return now
        if (key, day) not in self._then:
            self._then[key, day] = self.book.record(key, day) or now
        return self._then[key, day]

    def _look(self, key: str) -> Standing | None:
        found = self._now[key] = self.book.record(key)
        return found

    def look_all(self, keys: Iterable[str]) -> None:
        """Read many records in one question."""
        wanted = {key for key in keys if key not in self._now}
        if wanted:
            found = self.book.records(wanted)
            self._now.update((key, found.get(key)) for key in wanted)

    def find(self, root: Register, key: Key) -> str | None:
        """The record of a natural key."""
        if (root.type, key) not in self._asked:
            self.find_all(root, [key])
        return self.book.noted(root.type, key) or self._found.get((root.type, key))

    def find_all(self, root: Register, keys: Iterable[Key]) -> None:
        """Ask for many natural keys in one question."""
        wanted = {key for key in keys if (root.type, key) not in self._asked}
        self._asked.update((root.type, key) for key in wanted)
        if len(wanted) == 1:
            key = next(iter(wanted))
            found = self.book.find(root.type, key, is_sealed(root))
            if found is not None:
                self._found[root.type, key] = found
        elif wanted:
            some = self.book.find_all(root.type, wanted, is_sealed(root))
            self._found.update(((root.type, key), record) for key, record in some.items())

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        """A sealed value in plain."""
        return self.book.open(standing, type_name, field_name)

    def entry(self, uid: str) -> Entry | None:
        """An entry of the book, or of an earlier row."""
        if uid in self._present:
            return self._present[uid]
        return self.book.entry(uid) if uid not in self._absent or self.book.has(uid) else None

    def look_entries(self, uids: Iterable[str]) -> None:
        """Ask for many entries in one question; what is there is not changed, and what is not, only an earlier row can bring."""
        wanted = set(uids)
        found = self.book.entries(wanted) if wanted else {}
        self._present.update(found)
        self._absent.update(wanted - found.keys())

    def is_struck(self, uid: str | None) -> bool:
        """Whether an entry was withdrawn, or is by the strike that is judged."""
        return uid is not None and (self.book.struck(uid) or (self.struck is not None and self.struck.uid == uid))

    def held(self, account: str, kind: str) -> int:
        """What an account holds of a kind."""
        return self.book.held(account, kind)


def is_sealed(root: Register) -> bool:
    """Whether the natural key of a root register is personal."""
    return any(root.fields[name].sealed for name in root.key)
