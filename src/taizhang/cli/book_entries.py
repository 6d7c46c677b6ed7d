"""An entry in few words, as one line of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from taizhang.cli.book_values import Shown

if TYPE_CHECKING:
    from taizhang.core import Entry, Value

HIDDEN = "●●●"


def title(shown: Shown, entry: Entry) -> str:
    """What kind of entry it is."""
    words = shown.type(entry.type)
    return shown.call.tell("strike of", title=words) if entry.kind == "strike" else words


def summary(shown: Shown, entry: Entry, opened: Mapping[str, Value] | None = None) -> str:
    """What an entry says: movement, then values; personal ones only where they were opened."""
    values: dict[str, Any] = {**entry.data, **(dict.fromkeys(entry.sealed, HIDDEN) if opened is None else opened)}
    parts = [movement(shown, entry)] if entry.kind == "transfer" else []
    thing = shown.thing(entry.type)
    if entry.kind == "strike":
        parts.append(str(values.get("why") or entry.why or ""))
    elif thing is not None:
        parts += [f"{name} {value}" for name, value in shown.fields(thing.fields, values)]
    else:
        parts += [f"{name} {value}" for name, value in own_values(shown, values)]
    return "　".join(filter(None, parts))


def whole(shown: Shown, entry: Entry, opened: Mapping[str, Value] | None = None) -> str:
    """The same where it does not stand below what it is about: that comes first."""
    from taizhang.packs import Event

    thing = shown.thing(entry.type)
    whose = shown.record(entry.record) if entry.record and entry.kind == "event" and isinstance(thing, Event) and thing.about else ""
    return "　".join(filter(None, (whose, summary(shown, entry, opened))))


def movement(shown: Shown, entry: Entry) -> str:
    """What went from where to where, and when it is due back."""
    kind = kind_of(shown, entry)
    amount = shown.amount(kind, entry.item or "", entry.quantity or 0)
    item = shown.item(entry.item or "", kind)
    ends = f"{shown.account(entry.source or '')} → {shown.account(entry.target or '')}"
    due = shown.call.tell("due", day=entry.due) if entry.due else ""
    return "　".join(filter(None, (f"{item} {amount}", ends, due)))


def number(shown: Shown, uid: str) -> str:
    """An entry by its number (第12条); by its uid where it is not seen."""
    line = shown.desk.reader.entry(uid)
    return shown.call.tell("number", n=f"{line.seq:,}") if line else uid


def kind_of(shown: Shown, entry: Entry) -> str:
    """The kind of item that a transfer moves."""
    from taizhang.packs import Transfer

    thing = shown.thing(entry.type)
    return shown.desk.book.catalogue.item_kind(thing) if isinstance(thing, Transfer) else ""


def own_values(shown: Shown, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the book's own entries say: the loan renewed and its due day, the pack installed."""
    told = [(name, values[name]) for name in ("loan", "due", "pack", "version", "until") if name in values]
    return [(shown.call.tell(f"own {name}"), _lent(shown, str(value)) if name == "loan" else str(value)) for name, value in told]


def _lent(shown: Shown, uid: str) -> str:
    """A loan by what was lent, and the number of its entry."""
    line = shown.desk.reader.entry(uid)
    if line is None:
        return uid
    item = shown.item(line.entry.item or "", kind_of(shown, line.entry))
    return f"{item} {shown.call.tell('number', n=f'{line.seq:,}')}"
