"""The last values of entries and records, when everything that decides about figures is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.hints import Hints
from taizhang.acts.demo.picking import Picker
from taizhang.acts.demo.refusals import Refused, no_room
from taizhang.acts.demo.values import Values
from taizhang.acts.demo.world import Record, World
from taizhang.packs import Field, Pack

_TRIES = 60

Sums = Mapping[tuple[int, str], Decimal]
"""The largest value of a field (accept.restored) among the entries about a record."""


class Finisher:
    """Fills what is still open, in the order of the fields."""

    def __init__(self, pack: Pack, hints: Hints, values: Values, picker: Picker, rng: Random) -> None:
        self._pack, self._hints, self._values, self._picker, self._rng = pack, hints, values, picker, rng
        self._once: set[tuple[str, ...]] = set()

    def entries(self, drafts: Sequence[Draft]) -> None:
        """Fill the values of entries; of two that would be one happening, one becomes another."""
        for draft in drafts:
            own = dict(draft.values)
            for _ in range(_TRIES):
                self._fill(draft)
                key = self._key(draft)
                if key is None or key not in self._once:
                    break
                draft.values = dict(own)
            else:
                raise _too_many(draft)
            if key is not None:
                self._once.add(key)
            for value in draft.values.values():
                if isinstance(value, Record):
                    value.used(draft.day)

    def _fill(self, draft: Draft) -> None:
        for field in self._hints.in_order(draft.thing.name, draft.thing.fields.values()):
            if field.computed or field.ended or field.name in draft.values:
                continue
            made = self._value(draft.thing.name, field, draft.values, draft)
            if made is not None:
                draft.values[field.name] = made

    def _value(self, owner: str, field: Field, known: Mapping[str, Any], draft: Draft) -> Any:
        target = self._pack.register(field.of or "")
        if target is None:
            return self._values.make(self._hints, owner, field, known, draft.day, draft.place)
        ways = self._hints.ways(owner, field.name)
        if not (field.required or ways) or (ways and self._rng.randrange(100) >= int(ways[0].get("share", 100))):
            return None
        return self._picker.known(target, draft.place)

    def _key(self, draft: Draft) -> tuple[str, ...] | None:
        """What makes it one happening."""
        thing = draft.thing
        if not thing.once:
            return None
        known = {"day": draft.day, "record": id(draft.ends.get("record")), "place": draft.place, **{k: _same(v) for k, v in draft.values.items()}}
        return thing.type, *(str(known.get(name)) for name in thing.once)


def fill_records(world: World, hints_of: Mapping[str, Hints], values: Values, sums: Sums) -> None:
    """The values of every record that its entries left open; those of a shared register by the hints of the programme that made it."""
    for some in world.records.values():
        for record in some:
            hints = hints_of[record.register.pack]
            for field in hints.in_order(record.register.name, record.register.fields.values()):
                _fill_record(world, hints, values, record, field, sums)


def _fill_record(world: World, hints: Hints, values: Values, record: Record, field: Field, sums: Sums) -> None:
    if field.name in record.values or field.computed or field.ended or field.of:
        return
    chain = [one.name for one in reversed(world.catalogue.chain(record.register))]  # how a pharmacy is called, else any organisation
    owner = next((name for name in chain if hints.ways(name, field.name)), chain[0])
    made = values.make(hints, owner, field, record.values, record.day, record.place, sums.get((id(record), field.name)))
    if made is not None:
        record.values[field.name] = made


def largest(drafts: Sequence[Draft], hints_of: Mapping[str, Hints], pack: Pack) -> dict[tuple[int, str], Decimal]:
    """For each record and field that a hint holds above a field of its entries (`least: accept.restored`): the largest of these."""
    found: dict[tuple[int, str], Decimal] = {}
    hints = hints_of[pack.name]
    watched = {way["least"]: name.rpartition(".")[2] for name, ways in hints.fields.items() for way in ways if "least" in way}
    for draft in drafts:
        record = draft.ends.get("record")
        for name, value in draft.values.items() if record else ():
            field = watched.get(f"{draft.thing.name}.{name}")
            if field:
                key = (id(record), field)
                found[key] = max(found.get(key, Decimal(0)), Decimal(str(value)))
    return found


def _same(value: Any) -> Any:
    return id(value) if isinstance(value, Record) else value


def _too_many(draft: Draft) -> Refused:
    assert draft.total is not None
    return Refused([no_room(draft.total, "互不相同的条目不够", "there are not so many entries that differ")])
