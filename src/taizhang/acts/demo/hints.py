"""How the entries of a programme look when they are invented: `demo.yaml` beside its pack.yaml. See docs/demo.md.

A programme without hints is invented all the same, from the types of its fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from taizhang.acts.demo.days import EVERY_DAY
from taizhang.core import Problem
from taizhang.packs import PROGRAMMES, Field, Pack
from taizhang.packs.problems import among, problem
from taizhang.packs.reading import Node, read_yaml

FILE = "demo.yaml"
LEVELS = ("province", "prefecture", "county", "township", "village")
WAYS = frozenset({"among", "pick", "weights", "from", "places", "number", "invent", "words", "days", "choose", "place", "least", "over", "when", "share"})
"""What may be said of a value; docs/demo.md tells each."""

Way = Mapping[str, Any]
"""How one value is made."""
Ends = Mapping[str, Mapping[str, Sequence[str]]]
"""Of each part of an entry (source, target, item, record) what its fields may be."""


@dataclass(frozen=True, slots=True)
class RegisterHint:
    """Records of a register: the level they stand at, how many there are at a place (0: each use another), those there are at all."""

    at: str = "county"
    many: int = 0
    list: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryHint:
    """Entries of a type: the level they stand at, how much one usually moves or measures, on which days, what is picked for it.

    `step` is the size of round amounts; of loans `back` are the least and most days until the return, `due` those of the rules. `each` asks for
    entries beside the totals: for every record of that register `times` of them, up to `after` days later. `again` is the part
    whose record other entries brought in: money goes to the sites that are accepted. What an account holds on a day was brought
    in over the `reach` of days before; of `early` days drawn the first is taken, so that most came at the beginning.
    """

    at: str = "county"
    typical: int = 0
    most: int = 0
    step: int = 1
    week: tuple[int, ...] = EVERY_DAY
    market: tuple[int, ...] = ()
    ends: Ends = field(default_factory=dict)
    back: tuple[int, int] = (5, 25)
    due: tuple[int, int] = (10, 100)
    each: str = ""
    times: int = 1
    after: int = 30
    again: str = ""
    reach: int = 365
    early: int = 1


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints of a programme, with those of the shared registers behind them. `fields` by type and field (violation.clock), or field alone."""

    registers: Mapping[str, RegisterHint] = field(default_factory=dict)
    entries: Mapping[str, EntryHint] = field(default_factory=dict)
    fields: Mapping[str, Sequence[Way]] = field(default_factory=dict)
    behind: Hints | None = None

    def register(self, name: str) -> RegisterHint:
        """The hint of a register."""
        return self.registers.get(name) or (self.behind.register(name) if self.behind else RegisterHint())

    def entry(self, name: str) -> EntryHint:
        """The hint of an event or transfer."""
        return self.entries.get(name, EntryHint())

    def ways(self, owner: str, name: str) -> Sequence[Way]:
        """How a field of a register, event or transfer is made; nothing where no hint says so."""
        own = self.fields.get(f"{owner}.{name}") or self.fields.get(name)
        return own or (self.behind.ways(owner, name) if self.behind else ())

    def in_order(self, owner: str, fields: Iterable[Field]) -> list[Field]:
        """Fields as they are filled: those that depend on others (`when`) after the rest."""
        return sorted(fields, key=lambda field: any("when" in way for way in self.ways(owner, field.name)))


def read_hints(pack: Pack, folder: Path, problems: list[Problem]) -> Hints:
    """The hints beside a pack, those of the shared registers behind them; what is wrong with them is noted."""
    behind = _read(PROGRAMMES / "base", None, problems)
    read = _read(folder, behind, problems, {*pack.registers, *pack.events, *pack.transfers})
    return replace(read, entries={name: _in_parts(pack, name, hint) for name, hint in read.entries.items()})


def _in_parts(pack: Pack, name: str, hint: EntryHint) -> EntryHint:
    """Amounts of a transfer in smallest parts; in the file they are in the unit of its item."""
    item = pack.item(pack.transfers[name].item) if name in pack.transfers else None
    size = item.parts if item else 1
    return replace(hint, typical=hint.typical * size, most=hint.most * size, step=hint.step * size)


def _read(folder: Path, behind: Hints | None, problems: list[Problem], known: set[str] | None = None) -> Hints:
    path = folder / FILE
    if not path.is_file():
        return Hints(behind=behind)
    root, found = read_yaml(path.read_bytes(), f"{folder.name}/{FILE}")
    problems += found
    if root is None:
        return Hints(behind=behind)
    _only(root, ("registers", "entries", "fields"), problems)
    registers = {name: _register(node, problems) for name, node in _part(root, "registers", known, problems)}
    entries = {name: _entry(node, problems) for name, node in _part(root, "entries", known, problems)}
    fields = {name: _ways(node, problems) for name, node in _part(root, "fields", None, problems)}
    return Hints(registers, entries, fields, behind)


def _part(root: Node, key: str, known: set[str] | None, problems: list[Problem]) -> list[tuple[str, Node]]:
    node = root.get(key)
    rows = list(node.entries.items()) if node else []
    problems += [_unknown(one, name, sorted(known)) for name, one in rows if known is not None and name not in known]
    return rows


def _register(node: Node, problems: list[Problem]) -> RegisterHint:
    _only(node, ("at", "many", "list"), problems)
    rows = node.get("list")
    return RegisterHint(_level(node, problems), _whole(node, "many", 0, problems), tuple(row.plain() for row in rows.items) if rows else ())


def _entry(node: Node, problems: list[Problem]) -> EntryHint:
    ends = ("source", "target", "item", "record")
    _only(node, ("at", "typical", "most", "step", "week", "market", "back", "due", "each", "times", "after", "again", "reach", "early", *ends), problems)
    told = {end: one.plain() for end in ends if (one := node.get(end)) is not None}
    back, due = _wholes(node, "back", (5, 25), problems), _wholes(node, "due", (10, 100), problems)
    return EntryHint(
        _level(node, problems),
        _whole(node, "typical", 0, problems),
        _whole(node, "most", 0, problems),
        _whole(node, "step", 1, problems),
        _wholes(node, "week", EVERY_DAY, problems),
        _wholes(node, "market", (), problems),
        {end: {path: [w] if isinstance(w, str) else w for path, w in paths.items()} for end, paths in told.items()},
        (back[0], back[-1]),
        (due[0], due[-1]),
        node.word("each") or "",
        _whole(node, "times", 1, problems),
        _whole(node, "after", 30, problems),
        node.word("again") or "",
        _whole(node, "reach", 365, problems),
        _whole(node, "early", 1, problems),
    )


def _ways(node: Node, problems: list[Problem]) -> Sequence[Way]:
    """One way, or several of which the first whose `when` fits is taken; a list of texts is what to choose among."""
    if isinstance(node.value, str) or (node.items and all(isinstance(one.value, str) for one in node.items)):
        return ({"among": [one.text for one in node.items]},)
    several = node.items if isinstance(node.value, tuple) else (node,)
    for one in several:
        _only(one, sorted(WAYS), problems)
    return tuple(one.plain() for one in several)


def _level(node: Node, problems: list[Problem]) -> str:
    level = node.word("at") or "county"
    if level not in LEVELS:
        problems.append(_unknown(node.entries["at"], level, LEVELS))
    return level


def _whole(node: Node, key: str, default: int, problems: list[Problem]) -> int:
    return _wholes(node, key, (default,), problems)[0]


def _wholes(node: Node, key: str, default: tuple[int, ...], problems: list[Problem]) -> tuple[int, ...]:
    found = node.get(key)
    texts = [one.text for one in found.items] if found else []
    if found and not (texts and all(text.isascii() and text.isdigit() for text in texts)):
        problems.append(_unknown(found, str(found.plain()), ["0 1 2 …"]))
        return default
    return tuple(map(int, texts)) or default


def _only(node: Node, known: Sequence[str], problems: list[Problem]) -> None:
    problems += [_unknown(one, name, known) for name, one in node.entries.items() if name not in known]


def _unknown(node: Node, name: str, known: Sequence[str]) -> Problem:
    told = among(known)
    return problem(node.at, (f"不认识的 {name}", f"{name} is not known here"), (told, told), ("请核对。", "Check it."))
