"""The invented records of a book: made when an entry needs them, used again where that is plausible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import record_key_of
from taizhang.ledger.uids import row_uid
from taizhang.packs import Register


@dataclass(eq=False, slots=True)
class Record:
    """An invented record: what is known of it so far, fields by name, other records as such; `day` is when it is registered."""

    register: Register
    place: int
    uid: str
    number: int
    day: date
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its key in the book."""
        return record_key_of(self.uid)

    def at(self, path: str) -> Any:
        """The value at the end of a path of fields; the record itself for the empty path."""
        name, _, rest = path.partition(".")
        value = self.values.get(name) if name else self
        return value.at(rest) if rest and isinstance(value, Record) else value

    def used(self, day: date) -> None:
        """It is needed on a day: it and what it names are registered by then."""
        if day < self.day:
            self.day = day
        for value in self.values.values():
            if isinstance(value, Record):
                value.used(self.day)


def is_called(value: Any, word: str) -> bool:
    """Whether a value is what a word says; a record by any of its own values."""
    if isinstance(value, Record):
        return any(word == one for one in value.values.values() if isinstance(one, str))
    return word in value if isinstance(value, list) else value is not None and str(value) == word


@dataclass
class World:
    """All records of a book, by register and place; `seed` names the book, so that the same seed gives the same keys."""

    catalogue: Catalogue
    seed: str
    last: date
    """No record is registered later."""
    records: dict[str, list[Record]] = field(default_factory=dict)
    _pools: dict[tuple[str, int], list[Record]] = field(default_factory=dict)
    _order: list[Record] = field(default_factory=list)

    def add(self, register: Register, place: int, values: Mapping[str, Any]) -> Record:
        """A new record at a place."""
        some = self.records.setdefault(register.type, [])
        uid = row_uid("taizhang demo", self.seed, register.type, len(some))
        record = Record(register, place, uid, len(some) + 1, self.last, dict(values))
        some.append(record)
        self._order.append(record)
        for one in self.catalogue.chain(register):
            self._pools.setdefault((one.type, place), []).append(record)
        return record

    def mark(self) -> int:
        """How many records there are: `undo` takes away those made since."""
        return len(self._order)

    def undo(self, mark: int) -> None:
        """Take away the records made since a mark."""
        while len(self._order) > mark:
            record = self._order.pop()
            self.records[record.register.type].pop()
            for one in self.catalogue.chain(record.register):
                self._pools[one.type, record.place].pop()

    def pool(self, register: Register, place: int) -> list[Record]:
        """The records of a register, or of one that extends it, that stand at a place."""
        return self._pools.get((register.type, place), [])

    def all(self, register: Register) -> Iterator[Record]:
        """Every record of a register or of one that extends it."""
        for (type_name, _), some in self._pools.items():
            if type_name == register.type:
                yield from some


def fits(record: Record, wanted: Iterable[tuple[str, Iterable[str]]]) -> bool:
    """Whether at the end of each path stands one of the words."""
    return all(any(is_called(record.at(path), word) for word in words) for path, words in wanted)


def in_order(catalogue: Catalogue) -> list[Register]:
    """All registers, each after those its records name; of some that name each other one comes first."""
    registers = {one.type: one for pack in catalogue.packs.values() for one in pack.registers.values()}
    named = {name: _named(catalogue, one) - {name} for name, one in registers.items()}
    order: dict[str, None] = {}
    while len(order) < len(named):
        left = [name for name in named if name not in order]
        order |= dict.fromkeys([name for name in left if named[name] <= order.keys()] or left[:1])
    return [registers[name] for name in order]


def _named(catalogue: Catalogue, register: Register) -> set[str]:
    pack = catalogue.packs[register.pack]
    return {found.type for field in register.fields.values() if (found := pack.register(field.of or ""))}
