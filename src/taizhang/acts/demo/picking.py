"""Picking the records of an entry: used again or made, at a place, with what they must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from taizhang.acts.demo.aims import Region
from taizhang.acts.demo.drafts import Draft, Wanted
from taizhang.acts.demo.ground import Ground
from taizhang.acts.demo.hints import Hints
from taizhang.acts.demo.values import Values
from taizhang.acts.demo.world import Record, World, fits
from taizhang.packs import Field, Pack, Register

_DEEPEST = 4


class NoSuch(Exception):
    """There is no record like that, and none can be made."""


class Picker:
    """Picks records of the registers of one pack. `settled` are the fields whose value decides what an entry counts towards."""

    def __init__(
        self, pack: Pack, hints: Hints, world: World, ground: Ground, values: Values, rng: Random, settled: frozenset[str]
    ) -> None:
        self._pack, self._hints, self.world, self._ground = pack, hints, world, ground
        self._values, self._rng, self._settled = values, rng, settled
        self._keyed: dict[str, set[tuple[str, ...]]] = {}

    def pick(self, register: Register, place: int, wanted: Wanted = (), fresh: bool = False, depth: int = 0) -> Record:
        """A record at the level of its register nearest to a place; NoSuch where there is none like that. `fresh`: none used before."""
        hint = self._hints.register(register.name)
        at = self._ground.at(place, hint.at, self._rng)
        if hint.list:
            return self._listed(register, at, hint.list, wanted)
        if not fresh and hint.many:
            found = [one for one in self.world.pool(register, at) if fits(one, wanted)]
            if len(found) >= hint.many:
                return self._rng.choice(found)
        return self.make(register, at, wanted, depth)

    def make(self, register: Register, place: int, wanted: Wanted = (), depth: int = 0) -> Record:
        """A new record, with what decides about it: the records it names, and the fields that count."""
        if depth > _DEEPEST:
            raise NoSuch(register.title)
        values: dict[str, Any] = {path: self._rng.choice(words) for path, words in wanted if "." not in path and path in register.fields}
        for field in register.fields.values():
            found = self._settle(register, field, values, place, wanted, depth)
            if found is not None:
                values[field.name] = found
        alone = values.get(register.key[0]) if len(register.key) == 1 else None
        made = self.world.add(register, alone.place if isinstance(alone, Record) else place, values)
        if not fits(made, wanted):
            raise NoSuch(register.title)
        return made

    def _settle(self, register: Register, field: Field, values: Mapping[str, Any], place: int, wanted: Wanted, depth: int) -> Any:
        below = [(path.partition(".")[2], words) for path, words in wanted if path.partition(".")[0] == field.name]
        target = self._pack.register(field.of or "")
        if target is None:
            known = field.name in values or field.name not in self._settled
            return values.get(field.name) if known else self._values.choose(self._hints, register.name, field, values)
        if not (field.required or below or self._hints.ways(register.name, field.name)):
            return None
        alone = self.world.catalogue.root(register).key == (field.name,)
        return self._unused(register, target, place, below, depth) if alone else self.pick(target, place, below, depth=depth + 1)

    def known(self, register: Register, place: int) -> Record:
        """A record of the same county that is there already; else a new one."""
        near = self._ground.path(self._ground.at(place, "county", self._rng))
        there = [one for one in self.world.all(register) if self._ground.path(one.place).startswith(near)]
        return self._rng.choice(there) if there else self.pick(register, place)

    def own(self, draft: Draft) -> None:
        """Choose the fields of an entry that decide what it counts towards."""
        for field in draft.thing.fields.values():
            if field.name in self._settled and field.name not in draft.values:
                target = self._pack.register(field.of or "")
                chosen = self.pick(target, draft.place) if target else self._values.choose(self._hints, draft.thing.name, field, draft.values)
                if chosen is not None:
                    draft.values[field.name] = chosen

    def decide(self, draft: Draft, parts: Mapping[str, Register], regions: Sequence[Region]) -> None:
        """What the records of a loan, picked later, are to be where totals tell loans apart by it."""
        for part, way, _ in sorted({cell for region in regions for cell in region.cells}):
            register = parts.get(part)
            known = {path for path, _ in draft.wanted.get(part, ())}
            field = self._field(register, way) if register and way not in known else None
            word = self._values.choose(self._hints, field[0], field[1], {}) if field else None
            if word is not None:
                draft.wanted[part] = [*draft.wanted.get(part, ()), (way, (word,))]

    def _field(self, register: Register, way: str) -> tuple[str, Field] | None:
        """The field at the end of a path, and the register it stands in."""
        name, _, rest = way.partition(".")
        field = register.fields.get(name)
        target = self._pack.register(field.of or "") if field else None
        if rest:
            return self._field(target, rest) if target else None
        return (register.name, field) if field and not field.of else None

    def _unused(self, register: Register, target: Register, place: int, wanted: Wanted, depth: int) -> Record:
        """A record of the same county that none of a register is about yet: one plan for each mine."""
        used = {id(one.at(register.key[0])) for one in self.world.all(register)}
        near = self._ground.path(self._ground.at(place, "county", self._rng))
        there = (one for one in self.world.all(target) if id(one) not in used and self._ground.path(one.place).startswith(near))
        free = next((one for one in there if fits(one, wanted)), None)
        return free or self.make(target, self._ground.at(place, self._hints.register(target.name).at, self._rng), wanted, depth + 1)

    def _listed(self, register: Register, place: int, rows: Sequence[Mapping[str, str]], wanted: Wanted) -> Record:
        """One of the records that the hints list."""
        if not self.world.pool(register, place):
            for row in rows:
                self.world.add(register, place, row)
        found = [one for one in self.world.pool(register, place) if fits(one, wanted)]
        if not found:
            raise NoSuch(register.title)
        return self._rng.choice(found)
