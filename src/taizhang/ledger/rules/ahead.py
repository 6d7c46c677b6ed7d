"""A book with the entries of one judging laid over it: records made by earlier rows are there for later ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date

from taizhang.core import Entry, Value
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules.nouns import Ready
from taizhang.ledger.standing import Lent, Standing, Standings, Waiting
from taizhang.packs import Register

Key = tuple[Value, ...]
Names = tuple[str, ...]


class Ahead:
    """The `Standings` below, and what earlier rows of the same call said: records and uids.

    What rows do to balances, loans and queues is not laid over: their callers post such rows one by one.
    """

    def __init__(self, below: Standings, catalogue: Catalogue) -> None:
        self.below, self._catalogue = below, catalogue
        self._ready: dict[str, Ready] = {}
        self._records: dict[str, Standing] = {}
        self._keys: dict[tuple[str, Key], str] = {}
        self._below: dict[tuple[str, Names, Key], frozenset[str]] = {}
        self._having: dict[tuple[str, Names, Key], set[str]] = {}

    def add(self, ready: Ready) -> None:
        """Count an entry in."""
        entry = ready.entry
        self._ready[entry.uid] = ready
        register = self._catalogue.register(entry.type)
        if entry.kind == "state" and register is not None and entry.record is not None:
            self._records[entry.record] = self._after(entry.record, register, ready)
            self._note_key(register, entry.record, ready)
            self._note_values(register, self._records[entry.record])

    def _after(self, record: str, register: Register, ready: Ready) -> Standing:
        """The record after one more state: each value with the register that keeps it."""
        before = self.record(record)
        values = {t: dict(v) for t, v in before.values.items()} if before else {}
        sealed = {t: dict(v) for t, v in before.sealed.items()} if before else {}
        owners = self._catalogue.owners(register)
        for one in self._catalogue.chain(register):
            values.setdefault(one.type, {})
        since = before.since if before else None
        late = since is not None and since > ready.entry.day
        for name, value in ready.entry.data.items():
            if not (late and name in values[owners[name]]):
                values[owners[name]][name] = value
        for name in ready.personal:
            if not (late and name in sealed.get(owners[name], ())):
                sealed.setdefault(owners[name], {})[name] = (ready.entry.uid, "")
        return Standing(record, ready.entry.place, values, sealed, since if late else ready.entry.day)

    def _note_key(self, register: Register, record: str, ready: Ready) -> None:
        root = self._catalogue.root(register)
        stated = {**ready.entry.data, **ready.personal}
        if all(name in stated for name in root.key):
            self._keys[root.type, tuple(stated[name] for name in root.key)] = record

    def _note_values(self, register: Register, standing: Standing) -> None:
        for one in self._catalogue.chain(register):
            for names in one.unique:
                self._having.setdefault((one.type, names, standing.having(one.type, names)), set()).add(standing.key)

    def noted(self, root: str, key: Key) -> str | None:
        """The record that an earlier row gave this natural key."""
        return self._keys.get((root, key))

    def has_record(self, record: str) -> bool:
        """Whether an earlier row stated this record."""
        return record in self._records

    def has(self, uid: str) -> bool:
        """Whether an earlier row has this uid."""
        return uid in self._ready

    # ---- the questions a row may change --------------------------------------------------------------------------------------------

    def record(self, key: str, day: date | None = None) -> Standing | None:
        """A record; of a day before an earlier row's state, as it was then."""
        here = self._records.get(key)
        if here is None or (day is not None and here.since is not None and here.since > day):
            return self.below.record(key, day) or here
        return here

    def records(self, keys: Iterable[str]) -> Mapping[str, Standing]:
        """Many records."""
        wanted = set(keys)
        here = {key: self._records[key] for key in wanted & self._records.keys()}
        return {**self.below.records(wanted - here.keys()), **here}

    def find(self, root: str, key: Key, sealed: bool) -> str | None:
        """The record of a natural key."""
        return self._keys.get((root, key)) or self.below.find(root, key, sealed)

    def find_all(self, root: str, keys: Iterable[Key], sealed: bool) -> Mapping[Key, str]:
        """Many natural keys."""
        wanted = list(keys)
        here = {key: self._keys[root, key] for key in wanted if (root, key) in self._keys}
        return {**self.below.find_all(root, [key for key in wanted if key not in here], sealed), **here}

    def holders(self, type_name: str, names: Sequence[str], keys: Iterable[Key]) -> Mapping[Key, frozenset[str]]:
        """The records that have these values; each is asked of the book below once."""
        fields, wanted = tuple(names), set(keys)
        fresh = [key for key in wanted if (type_name, fields, key) not in self._below]
        found = self.below.holders(type_name, fields, fresh) if fresh else {}
        self._below.update({(type_name, fields, key): found.get(key, frozenset()) for key in fresh})
        return {key: self._holders(type_name, fields, key) for key in wanted}

    def _holders(self, type_name: str, names: Names, key: Key) -> frozenset[str]:
        """Those below that did not give the values up since, and those that have them since."""
        asked = (type_name, names, key)
        candidates = self._below[asked] | self._having.get(asked, set())
        return frozenset(r for r in candidates if r not in self._records or self._records[r].having(type_name, names) == key)

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        """A sealed value in plain."""
        uid, ciphertext = standing.sealed[type_name][field_name]
        if not ciphertext and uid in self._ready:
            return self._ready[uid].personal.get(field_name)
        return self.below.open(standing, type_name, field_name)

    def entry(self, uid: str) -> Entry | None:
        """An entry."""
        ready = self._ready.get(uid)
        return ready.entry if ready else self.below.entry(uid)

    def entries(self, uids: Iterable[str]) -> Mapping[str, Entry]:
        """Many entries."""
        wanted = set(uids)
        here = {uid: self._ready[uid].entry for uid in wanted & self._ready.keys()}
        return {**self.below.entries(wanted - here.keys()), **here}

    def opened(self, entry: Entry) -> Mapping[str, Value] | None:
        """The sealed values of an entry."""
        ready = self._ready.get(entry.uid)
        return ready.personal if ready else self.below.opened(entry)

    # ---- the questions it does not -------------------------------------------------------------------------------------------------

    def token(self, field_name: str, value: str) -> str:
        """What stands for a personal value."""
        return self.below.token(field_name, value)

    def without(self, uid: str) -> AbstractContextManager[Standings]:
        """The book as if an entry were struck."""
        return self.below.without(uid)

    def struck(self, uid: str) -> bool:
        """Whether an entry was withdrawn."""
        return self.below.struck(uid)

    def balance(self, account: str, item: str) -> int:
        """What an account holds of an item."""
        return self.below.balance(account, item)

    def held(self, account: str, kind: str) -> int:
        """What an account holds of a kind."""
        return self.below.held(account, kind)

    def moved(self, type_name: str, account: str, first: date, last: date) -> Iterable[Entry]:
        """The transfers of a type, in or out of an account."""
        return self.below.moved(type_name, account, first, last)

    def happened(self, type_name: str, first: date, last: date) -> Iterable[Entry]:
        """The entries of a type."""
        return self.below.happened(type_name, first, last)

    def loan(self, uid: str) -> Lent | None:
        """A loan."""
        return self.below.loan(uid)

    def lent(self, item: str, target: str | None = None) -> Iterable[Lent]:
        """The loans of an item."""
        return self.below.lent(item, target)

    def waiting(self, type_name: str, names: Iterable[str]) -> Iterable[Waiting]:
        """The open entries that name only these."""
        return self.below.waiting(type_name, names)

    def queued(self, type_name: str, records: Iterable[str]) -> Iterable[Waiting]:
        """The open entries about one of these."""
        return self.below.queued(type_name, records)
