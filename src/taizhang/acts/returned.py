"""What a reviewer returned, as a file to mend: a row for each entry in the words of a desk, and why it came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from taizhang.acts.desk import Desk
from taizhang.acts.restating import quantity_of, written
from taizhang.acts.reviewing import Submission
from taizhang.core import Entry
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.reading import Seen
from taizhang.ledger.rules import HEADS, heads_of, heads_offered
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.packs import Field, Register


@dataclass(frozen=True, slots=True)
class Returned:
    """A row by head, why it came back, and the titles of what is personal: it is not written out, and is to be filled in again."""

    cells: dict[str, str]
    why: str
    personal: tuple[str, ...] = ()


@dataclass
class Sheet:
    """The rows of one type; `strikes` came back too, and are struck anew."""

    heads: tuple[str, ...]
    rows: list[Returned] = field(default_factory=list)
    strikes: int = 0


def to_mend(desk: Desk, type_name: str, submissions: Iterable[Submission]) -> Sheet:
    """The returned acts of a type as rows; posted again, each takes the place of the one that came back."""
    catalogue = desk.book.catalogue
    uid = HEADS["uid"][0]
    sheet = Sheet((*(head.name for head in heads_offered(type_name, catalogue)), uid))
    for one in submissions:
        if one.type != type_name:
            continue
        if one.entries[0].kind == "strike":
            sheet.strikes += 1
            continue
        sheet.rows += (_row(desk, sheet.heads, entry, one.why or "") for entry in one.entries)
    return sheet


def _row(desk: Desk, heads: tuple[str, ...], entry: Entry, why: str) -> Returned:
    plan = plan_of(desk.book.catalogue, desk.book.catalogue.things[entry.type])
    found = heads_of(heads, entry.type, desk.book.catalogue)
    parts = dict(_parts(desk, plan, entry))
    cells = {head: parts.get(part, "") for head, part in found.parts.items()}
    fields = {head: one for head in found.values if (one := plan.head(head))}
    cells |= {head: _cell(desk, plan, one, entry) for head, one in fields.items() if one.name in entry.data}
    personal = tuple(head for head, one in fields.items() if one.name in entry.sealed)
    return Returned({head: cells.get(head, "") for head in heads}, why, personal)


def _parts(desk: Desk, plan: Plan, entry: Entry) -> Iterator[tuple[str, str]]:
    yield from (("day", str(entry.day)), ("place", str(entry.place)), ("uid", entry.uid))
    named = {"record": entry.record if plan.about else None, "item": entry.item if plan.item_register else None}
    ends = {"source": record_of(entry.source or ""), "target": record_of(entry.target or "")}
    for part, record in {**named, **ends}.items():
        if record:
            yield part, _named(desk, record)
    amount = quantity_of(plan, entry)
    if amount:
        yield "quantity", amount


def _cell(desk: Desk, plan: Plan, one: Field, entry: Entry) -> str:
    value = written(one, entry.data[one.name])
    if value is None:
        return ""
    if one.name in plan.refs:
        return _named(desk, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _named(desk: Desk, record: str, depth: int = 0) -> str:
    """A record by its natural key, or by its own where that is personal or not seen: a sheet takes both."""
    seen = desk.reader.now([record]).get(record)
    root = _root(desk, seen) if seen and depth < 3 else None
    if seen is None or root is None or any(root.fields[name].sealed for name in root.key):
        return record
    values = [seen.values.get(root.type, {}).get(name) for name in root.key]
    if any(value is None for value in values):
        return record
    inner = (_named(desk, str(value), depth + 1) if root.fields[name].of else str(value) for name, value in zip(root.key, values, strict=True))
    return "/".join(inner)


def _root(desk: Desk, seen: Seen) -> Register | None:
    registers = (desk.book.catalogue.register(type_name) for type_name in seen.values)
    return next((desk.book.catalogue.root(register) for register in registers if register), None)
