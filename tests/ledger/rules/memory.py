"""A book in memory, small and naive: every question is answered by reading all entries again."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from taizhang.core import Entry, Value
from taizhang.ledger.catalogue import Catalogue, record_of
from taizhang.ledger.rules import RENEW, Ready
from taizhang.ledger.standing import Lent, Standing, Standings, Waiting
from taizhang.packs import Event, Register, Transfer


class Memory:
    """Entries in the order they were posted; sealed values stand beside them in plain."""

    def __init__(self, catalogue: Catalogue, posted: Iterable[Ready] = (), left_out: Iterable[str] = ()) -> None:
        self.catalogue = catalogue
        self.posted = list(posted)
        self.left_out = frozenset(left_out)
        self.erased: set[str] = set()

    def post(self, ready: Iterable[Ready]) -> None:
        self.posted += ready

    # ---- what stands -----------------------------------------------------------------------------------------------------------

    def standing(self) -> Iterator[Entry]:
        """The entries that are not struck, strikes left out."""
        struck = self.left_out | {e.strikes for e in self.all() if e.kind == "strike"}
        return (e for e in self.all() if e.kind != "strike" and e.uid not in struck)

    def all(self) -> Iterator[Entry]:
        return (ready.entry for ready in self.posted)

    def entry(self, uid: str) -> Entry | None:
        return next((e for e in self.all() if e.uid == uid), None)

    def entries(self, uids: Iterable[str]) -> Mapping[str, Entry]:
        wanted = set(uids)
        return {e.uid: e for e in self.all() if e.uid in wanted}

    def struck(self, uid: str) -> bool:
        return uid in self.left_out or any(e.strikes == uid for e in self.all() if e.kind == "strike")

    @contextmanager
    def without(self, uid: str) -> Iterator[Standings]:
        yield Memory(self.catalogue, self.posted, self.left_out | {uid})

    def opened(self, entry: Entry) -> Mapping[str, Value] | None:
        if entry.record in self.erased:
            return None
        return next(r.personal for r in self.posted if r.entry.uid == entry.uid)

    def token(self, field_name: str, value: str) -> str:
        return hmac.digest(b"the book's own key", f"{field_name}:{value}".encode(), "sha256").hex()

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def record(self, key: str, day: date | None = None) -> Standing | None:
        states = sorted((e for e in self.standing() if e.kind == "state" and e.record == key), key=lambda e: e.day)
        values: dict[str, dict[str, Any]] = {}
        sealed: dict[str, dict[str, Any]] = {}
        for entry in states:
            self._lay(entry, values, sealed, late=day is not None and entry.day > day)
        return Standing(key, states[-1].place, values, sealed, states[-1].day) if states else None

    def _lay(self, entry: Entry, values: dict[str, dict[str, Any]], sealed: dict[str, dict[str, Any]], *, late: bool) -> None:
        register = self.catalogue.register(entry.type)
        assert register is not None
        owners = self.catalogue.owners(register)
        for one in self.catalogue.chain(register):
            values.setdefault(one.type, {})
            sealed.setdefault(one.type, {})
        for name, value in {**entry.data, **self._personal(entry)}.items():
            owner, personal = owners[name], name in self._personal(entry)
            if not (late and (name in values[owner] or name in sealed[owner])):
                values[owner].pop(name, None)
                sealed[owner].pop(name, None)
                (sealed if personal else values)[owner][name] = (entry.uid, "…") if personal else value

    def _personal(self, entry: Entry) -> Mapping[str, Value]:
        return next(r.personal for r in self.posted if r.entry.uid == entry.uid)

    def records(self, keys: Iterable[str]) -> Mapping[str, Standing]:
        found = {key: self.record(key) for key in keys}
        return {key: standing for key, standing in found.items() if standing}

    def find(self, root: str, key: tuple[Value, ...], sealed: bool) -> str | None:
        register = self.catalogue.register(root)
        assert register is not None
        for entry in self.standing():
            told = {**entry.data, **self._personal(entry)}
            if entry.kind == "state" and self._root(entry.type) == root and tuple(told.get(n) for n in register.key) == key:
                return entry.record
        return None

    def find_all(self, root: str, keys: Iterable[tuple[Value, ...]], sealed: bool) -> Mapping[tuple[Value, ...], str]:
        found = {key: self.find(root, key, sealed) for key in keys}
        return {key: record for key, record in found.items() if record}

    def holders(self, type_name: str, names: Sequence[str], keys: Iterable[tuple[Value, ...]]) -> Mapping[tuple[Value, ...], frozenset[str]]:
        stated = {e.record for e in self.standing() if e.kind == "state" and e.record}
        now = {key: standing.having(type_name, names) for key in stated if (standing := self.record(key))}
        return {key: frozenset(r for r, having in now.items() if having == key) for key in keys}

    def _root(self, type_name: str) -> str:
        register = self.catalogue.register(type_name)
        assert register is not None
        return self.catalogue.root(register).type

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        uid, _ = standing.sealed[type_name][field_name]
        return None if standing.key in self.erased else next(r.personal[field_name] for r in self.posted if r.entry.uid == uid)

    # ---- what moved ------------------------------------------------------------------------------------------------------------

    def balance(self, account: str, item: str) -> int:
        return sum(self._change(e, account) for e in self.standing() if e.item == item)

    def held(self, account: str, kind: str) -> int:
        return sum(self._change(e, account) for e in self.standing() if e.item and self._kind(e) == kind)

    @staticmethod
    def _change(entry: Entry, account: str) -> int:
        return (entry.quantity or 0) * ((entry.target == account) - (entry.source == account))

    def _kind(self, entry: Entry) -> str:
        thing = self.catalogue.things[entry.type]
        assert isinstance(thing, Transfer)
        return self.catalogue.item_kind(thing)

    def moved(self, type_name: str, account: str, first: date, last: date) -> Iterable[Entry]:
        return [e for e in self.happened(type_name, first, last) if account in (e.source, e.target)]

    def happened(self, type_name: str, first: date, last: date) -> Iterable[Entry]:
        return [e for e in self.standing() if e.type == type_name and first <= e.day <= last]

    # ---- loans and open entries ------------------------------------------------------------------------------------------------

    def _loans(self) -> list[Lent]:
        loans: dict[str, Lent] = {}
        for e in self.standing():
            thing = self.catalogue.things.get(e.type)
            if isinstance(thing, Transfer) and thing.loan:
                loans[e.uid] = Lent(e.uid, e.type, e.item or "", e.source or "", e.target or "", e.quantity or 0, e.day, e.due or e.day)
            elif isinstance(thing, Transfer) and thing.returns:
                self._give_back(loans, e, f"{thing.pack}.{thing.returns}")
            elif e.type == RENEW and str(e.data["loan"]) in loans:
                old = loans[str(e.data["loan"])]
                loans[old.uid] = _with(old, due=date.fromisoformat(str(e.data["due"])), renewed=old.renewed + 1)
        return list(loans.values())

    @staticmethod
    def _give_back(loans: dict[str, Lent], entry: Entry, lends: str) -> None:
        left = entry.quantity or 0
        for loan in list(loans.values()):
            same = (loan.type, loan.item, loan.source, loan.target) == (lends, entry.item, entry.target, entry.source)
            if same and loan.ended is None and left:
                taken = min(left, loan.quantity - loan.back)
                left -= taken
                over = loan.back + taken == loan.quantity
                loans[loan.uid] = _with(loan, back=loan.back + taken, ended=entry.day if over else None)

    def loan(self, uid: str) -> Lent | None:
        return next((loan for loan in self._loans() if loan.uid == uid), None)

    def lent(self, item: str, target: str | None = None) -> Iterable[Lent]:
        return [x for x in self._loans() if x.item == item and x.ended is None and target in (None, x.target)]

    def _open(self) -> list[Waiting]:
        waiting: list[Waiting] = []
        for e in self.standing():
            thing = self.catalogue.things.get(e.type)
            if not isinstance(thing, Event | Transfer):
                continue
            if thing.closes:
                named = self._reach(self._named(e))
                closed = {f"{thing.pack}.{name}" for name in thing.closes}
                waiting = [w for w in waiting if w.type not in closed or not named.issuperset(w.names) or not self._alike(e, w)]
            if isinstance(thing, Event):
                names = [e.record, *(e.data.get(n) for n, f in thing.fields.items() if f.of)] if thing.about else []
                waiting.append(Waiting(e.uid, e.type, e.day, tuple(n for n in names if isinstance(n, str))))
        return waiting

    def _alike(self, entry: Entry, waiting: Waiting) -> bool:
        """What both tell under one name is the same."""
        open_entry, thing = self.entry(waiting.uid), self.catalogue.things[entry.type]
        assert open_entry is not None
        other = self.catalogue.things[open_entry.type]
        same_about = getattr(thing, "about", None) != getattr(other, "about", None) or entry.record == open_entry.record
        refs = [n for n, f in other.fields.items() if f.of and n in thing.fields and n in open_entry.data]
        return (isinstance(thing, Transfer) or same_about) and all(entry.data.get(n) == open_entry.data[n] for n in refs)

    def _named(self, entry: Entry) -> set[str]:
        thing = self.catalogue.things[entry.type]
        fields = [entry.data.get(n) for n, f in thing.fields.items() if f.of]
        return {
            n
            for n in (entry.record, entry.item, record_of(entry.source or ""), record_of(entry.target or ""), *fields)
            if isinstance(n, str)
        }

    def _reach(self, names: set[str]) -> set[str]:
        found = set(names)
        for name in names:
            standing = self.record(name)
            for type_name, values in standing.values.items() if standing else ():
                register = self.catalogue.register(type_name)
                assert isinstance(register, Register)
                found.update(v for n, v in values.items() if register.fields[n].of and isinstance(v, str))
        return found

    def waiting(self, type_name: str, names: Iterable[str]) -> Iterable[Waiting]:
        known = set(names)
        return [w for w in self._open() if w.type == type_name and known.issuperset(w.names)]

    def queued(self, type_name: str, records: Iterable[str]) -> Iterable[Waiting]:
        known = set(records)
        return [w for w in self._open() if w.type == type_name and w.names[0] in known]


def _with(loan: Lent, **changed: Any) -> Lent:
    told = {name: getattr(loan, name) for name in Lent.__slots__}
    return Lent(**{**told, **changed})
