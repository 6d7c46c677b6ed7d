"""Who is who in an open entry and in the one that is to end it: what both say under one name, they say alike."""

from __future__ import annotations

from collections.abc import Mapping

from taizhang.core import Entry, Value
from taizhang.ledger.catalogue import Catalogue, Thing
from taizhang.packs import Event


def in_roles(catalogue: Catalogue, type_name: str, record: str | None, data: Mapping[str, Value], waiting: Entry) -> bool:
    """Whether an entry of a type, about a record, with these values, has the same records in the same places as an open one.

    What 乙 hands to 甲 does not end what 甲 offered: both entries name a giver, and it is another.
    """
    thing, other = catalogue.things.get(type_name), catalogue.things.get(waiting.type)
    if thing is None or other is None:
        return False
    about = _about(thing)
    if about is not None and about == _about(other) and record != waiting.record:
        return False
    shared = [name for name, field in other.fields.items() if field.of and name in thing.fields and thing.fields[name].of]
    return all(waiting.data.get(name) in (None, data.get(name)) for name in shared)


def _about(thing: Thing) -> str | None:
    return thing.about if isinstance(thing, Event) else None
