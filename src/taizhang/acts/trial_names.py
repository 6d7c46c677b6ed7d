"""The names of a case: what its records and steps stand for by now, and the places it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.acts.desk import Desk
from taizhang.acts.trial_words import never_made
from taizhang.core import Entry
from taizhang.packs import Pack, column, find_by_words
from taizhang.packs.naming import spot
from taizhang.packs.reading import Node


@dataclass
class Named:
    """A record by the name a case gave it: its key, and the registers it was registered in, in order."""

    key: str
    types: list[str] = field(default_factory=list)


@dataclass
class Names:
    """A case on its way, at the desk of somebody who may do everything."""

    desk: Desk
    pack: Pack
    case: Node
    records: dict[str, Named] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)

    def record(self, node: Node, key: str | None = None) -> Named:
        """The record that a node (or what stands under a key of it) names; Missing where it was never recorded."""
        name = (node.word(key) if key else node.text) or ""
        if name not in self.records:
            raise never_made(spot(node, key) if key else node.at, name)
        return self.records[name]

    def uid(self, node: Node) -> str:
        """The entry of the earlier step a node is about (`of`)."""
        label = node.word("of") or ""
        if label not in self.uids:
            raise never_made(spot(node, "of"), label)
        return self.uids[label]

    def note(self, step: Node, entry: Entry) -> None:
        """What the names of a step stand for from now on."""
        if label := step.word("as"):
            self.uids[label] = entry.uid
        name = step.word("record")
        if name and step.word("do") == "登记":
            named = self.records.setdefault(name, Named(entry.record or ""))
            named.types.append(entry.type)

    def called(self, key: str) -> str:
        """The name of a record; its key where it has none."""
        return next((name for name, named in self.records.items() if named.key == key), key)


def place_codes(pack: Pack, case: Node) -> set[str]:
    """The codes of places a case names: its place, those of its steps, and values of fields that hold one."""
    steps = case.get("steps")
    codes = {case.word("place") or ""}
    for step in _with_restated(steps.items if steps else ()):
        codes.add(step.word("place") or "")
        values, thing = step.get("values"), _thing(pack, step)
        for head, node in (values.entries if values else {}).items():
            found = column(thing.fields, head) if thing else None
            if found is not None and found.type.name == "place":
                codes.add(node.text)
    return {code for code in codes if code.isdecimal()}


def _with_restated(steps: tuple[Node, ...]) -> Iterator[Node]:
    for step in steps:
        yield step
        if restate := step.get("restate"):
            yield restate


def _thing(pack: Pack, step: Node) -> Any | None:
    base: Mapping[str, Any] = pack.base.registers if pack.base else {}
    return find_by_words({**base, **pack.registers, **pack.events, **pack.transfers}, step.word("what"))
