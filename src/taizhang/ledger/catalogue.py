"""The programmes a book runs: what a type of entry, an account or an item is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from taizhang.packs import Account, Event, Item, Pack, Register, Transfer, base_pack

HOUSE = "book"
"""The pack name of a book's own entries: a pack installed, a loan renewed, a record erased."""
BASE = "base"

Thing = Register | Event | Transfer


@dataclass(frozen=True)
class Catalogue:
    """The packs in force, by name, with the shared registers; `versions` are their numbers in this book."""

    packs: Mapping[str, Pack]
    versions: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, *packs: Pack, versions: Mapping[str, int] | None = None) -> Catalogue:
        """These packs and the shared registers."""
        return cls({BASE: base_pack(), **{p.name: p for p in packs}}, versions or {})

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """Every register, event and transfer by its type."""
        return {thing.type: thing for pack in self.packs.values() for thing in _things(pack)}

    @cached_property
    def _chains(self) -> dict[tuple[str, str], tuple[Register, ...]]:
        """The chains that were asked for, by the pack and name of their last register."""
        return {}

    def pack_of(self, type_name: str) -> Pack | None:
        """The pack of a type of entry, an account or an item."""
        return self.packs.get(type_name.partition(".")[0])

    def register(self, type_name: str) -> Register | None:
        """The register of a type such as medicine.box."""
        thing = self.things.get(type_name)
        return thing if isinstance(thing, Register) else None

    def chain(self, register: Register) -> tuple[Register, ...]:
        """The register and those it extends, the root first: a record of it is a record of each."""
        known = self._chains.get((register.pack, register.name))
        if known is None or known[-1] is not register:
            known = self._chains[register.pack, register.name] = self._chain(register)
        return known

    def _chain(self, register: Register) -> tuple[Register, ...]:
        found = [register]
        while (above := self._above(found[-1])) is not None:
            found.append(above)
        return tuple(reversed(found))

    def root(self, register: Register) -> Register:
        """The register that gives the key."""
        return self.chain(register)[0]

    def owners(self, register: Register) -> Mapping[str, str]:
        """Which register's type keeps each field: the one that adds it."""
        return {name: one.type for one in self.chain(register) for name in one.own}

    def end(self, pack: Pack, name: str) -> Register | Account | None:
        """The register or single account that an end of a transfer names."""
        return pack.holder(name)

    def account(self, pack: Pack, name: str, record: str | None) -> str:
        """The key of an account: `type/record` for a record's, `pack.name` for a single one."""
        holder = pack.holder(name)
        return f"{holder.type}/{record}" if isinstance(holder, Register) else f"{pack.name}.{name}"

    def outside(self, account: str) -> bool:
        """Whether an account stands for the world outside and has no floor."""
        type_name, slash, _ = account.partition("/")
        if slash:
            register = self.register(type_name)
            return register is not None and register.outside
        pack = self.pack_of(type_name)
        single = pack.accounts.get(type_name.partition(".")[2]) if pack else None
        return single is not None and single.outside

    def kind(self, pack: Pack, item: str) -> str:
        """The kind of an item as balances keep it: `money`, or `pack.item`."""
        return item if item not in pack.items else f"{pack.name}.{item}"

    def item(self, kind: str) -> Item | None:
        """The item of a kind."""
        pack = self.packs[BASE] if kind == "money" else self.pack_of(kind)
        return pack.item(kind.rpartition(".")[2]) if pack else None

    def item_kind(self, transfer: Transfer) -> str:
        """The kind of what a transfer moves; of a return, what its loan moved."""
        pack = self.packs[transfer.pack]
        lent = pack.transfers.get(transfer.returns or "")
        return self.kind(pack, (lent or transfer).item)

    def _above(self, register: Register) -> Register | None:
        return self.packs[register.pack].register(register.extends) if register.extends else None


def record_of(account: str) -> str | None:
    """The record an account belongs to; None for a single account."""
    return account.partition("/")[2] or None


def _things(pack: Pack) -> Iterator[Thing]:
    yield from pack.registers.values()
    yield from pack.events.values()
    yield from pack.transfers.values()
