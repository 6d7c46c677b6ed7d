"""Under whose key the personal values of an entry stand: of whom it is about, or its own where it is about nobody."""

from __future__ import annotations

from taizhang.core import Entry
from taizhang.ledger.catalogue import Catalogue, record_of
from taizhang.packs import Event, Register, Transfer


def key_name(entry: Entry, catalogue: Catalogue) -> str:
    """The name of the key: the record of a person, and of an entry that has no other record; else the uid of the entry itself.

    What a stop of the third squad says of a driver is not the squad's. Under the key of the squad it could be erased only with
    all that was ever sealed for it; under a key of its own it is erased by itself.
    """
    register = _about(entry, catalogue)
    return entry.uid if register is not None and not is_of_persons(register, catalogue) else entry.record or ""


def is_of_persons(register: Register, catalogue: Catalogue) -> bool:
    """Whether the records of a register are found by something personal, an ID number: then they are persons."""
    root = catalogue.root(register)
    return any(root.fields[name].sealed for name in root.key)


def _about(entry: Entry, catalogue: Catalogue) -> Register | None:
    """The register of the record that an entry or a strike of it stands with; None where the record is the entry's own."""
    thing = catalogue.things.get(entry.type)
    if isinstance(thing, Register):
        return thing
    if isinstance(thing, Event):
        return catalogue.packs[thing.pack].register(thing.about) if thing.about else None
    return _of_an_end(entry, thing, catalogue) if isinstance(thing, Transfer) else None


def _of_an_end(entry: Entry, transfer: Transfer, catalogue: Catalogue) -> Register | None:
    """The register of the end that a transfer stands with. A strike names no ends: it stands by itself where one of them is of nobody."""
    pack = catalogue.packs[transfer.pack]
    if entry.kind == "strike":
        ends = [pack.register(name) for name in (transfer.source, transfer.target)]
        return next((one for one in ends if one is not None and not is_of_persons(one, catalogue)), None)
    with_it = [account for account in (entry.source, entry.target) if account and record_of(account) == entry.record]
    return catalogue.register(with_it[0].partition("/")[0]) if with_it else None
