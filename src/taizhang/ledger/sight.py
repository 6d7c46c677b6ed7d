"""What a scope lets one see of a book: places by their paths, types by their programmes, registers with those they extend."""

from __future__ import annotations

from collections.abc import Iterable

from taizhang.core import DutyRole, Entry, Scope
from taizhang.ledger.canonical import read_values
from taizhang.ledger.catalogue import BASE, Catalogue
from taizhang.ledger.plans import FREEZE, RENEW
from taizhang.ledger.records import Registers
from taizhang.ledger.store import Store, among


class Sight:
    """Asks a scope about the entries and records of one book; paths and types once read are kept."""

    def __init__(self, store: Store, book: int, catalogue: Catalogue, scope: Scope) -> None:
        self._store, self._book, self.catalogue, self._scope = store, book, catalogue, scope
        self._paths: dict[int, str] = {}
        self._allowed: dict[tuple[DutyRole, str, int], bool] = {}
        self._lent: dict[str, str] = {}

    def path(self, place: int) -> str:
        """The path of a place; of one that is not in the table, as its code tells."""
        if place not in self._paths:
            rows = self._store.rows("SELECT path FROM place WHERE key = ?", [place])
            self._paths[place] = rows[0][0] if rows else _path_of_code(place)
        return self._paths[place]

    def may(self, role: DutyRole, type_name: str, place: int) -> bool:
        """Whether the role is held for this type at a place; for shared registers in any programme."""
        asked = (role, type_name, place)
        if asked not in self._allowed:
            programme, path = type_name.partition(".")[0], self.path(place)
            names = self._scope.programmes(role) if programme == BASE else (programme,)
            self._allowed[asked] = any(self._scope.may(role, name, path) for name in names)
        return self._allowed[asked]

    def holder(self, role: DutyRole, type_name: str, place: int) -> str | None:
        """Whose duty allows it; None where one's own does."""
        programme, path = type_name.partition(".")[0], self.path(place)
        names = self._scope.programmes(role) if programme == BASE else (programme,)
        holders = {self._scope.on_behalf_of(role, name, path) for name in names if self._scope.may(role, name, path)}
        return None if None in holders else min(filter(None, holders), default=None)

    def may_entry(self, role: DutyRole, entry: Entry) -> bool:
        """The same for an entry: a renewal is of the programme that lent."""
        return self.may(role, self.programme_type(entry), entry.place)

    def programme_type(self, entry: Entry) -> str:
        """The type whose programme an entry belongs to: its own, of a renewal that of its loan, of a frozen figure its indicator."""
        if entry.type == FREEZE:
            return str(entry.data.get("indicator", entry.type))
        loan = self._renewed(entry) if entry.type == RENEW else None
        return (self.lent(loan) if loan else None) or entry.type

    def lent(self, uid: str) -> str | None:
        """The type of the entry of this uid, which lent."""
        self.look([uid])
        return self._lent.get(uid)

    def look(self, uids: Iterable[str]) -> None:
        """Read the types of many loans in one question."""
        wanted = [uid for uid in dict.fromkeys(uids) if uid not in self._lent]
        if wanted:
            condition, values = among(self._store, "uid", wanted)
            self._lent.update(self._store.rows(f"SELECT uid, type FROM entry WHERE book = ? AND {condition}", [self._book, values]))

    def registers(self, role: DutyRole, laid: Registers) -> set[str]:
        """The registers of a record for which the role is held: each at the place it was last stated at, and those it extends.

        Who looks after people at risk in a village sees who they are, wherever they are readers of a library too.
        """
        own = {type_name for type_name, kept in laid.items() if self.may(role, type_name, kept.place)}
        things = (self.catalogue.register(type_name) for type_name in own)
        return own | {above.type for thing in things if thing for above in self.catalogue.chain(thing) if above.type in laid}

    def _renewed(self, entry: Entry) -> str | None:
        """The uid of the loan that a renewal, or the renewal a strike withdraws, is of."""
        data = entry.data
        if entry.kind == "strike":
            rows = self._store.rows("SELECT data FROM entry WHERE book = ? AND uid = ?", [self._book, entry.strikes])
            data = read_values(rows[0][0]) if rows else {}
        loan = data.get("loan")
        return loan if isinstance(loan, str) else None


def _path_of_code(place: int) -> str:
    """The path a statistical code tells by its own length: 2, 4, 6, 9 and 12 digits."""
    code = str(place)
    return "".join(f"{code[:n]}/" for n in (2, 4, 6, 9, 12) if n <= len(code))
