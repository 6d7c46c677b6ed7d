"""The places of a book in memory: found by key, by code, by name.

Most places have one statistical code, which is their key, and one name, ever. Only what differs from that keeps its
spells, so that the whole country fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern
from typing import NamedTuple

from taizhang.ledger.places.names import BETWEEN, form, short_names
from taizhang.ledger.places.schemes import STAT
from taizhang.ledger.places.spans import FIRST, Spell
from taizhang.ledger.store import Store

_ALL = (
    "SELECT place.key, place.path, place.level, place.name, c.scheme, c.code, c.name, c.valid_from, c.valid_to"
    " FROM place LEFT JOIN place_code c ON c.place = place.key ORDER BY place.key, c.id"
)
_PREFERRED = {"civil": 2, "own": 1, "stat": 0}


class Node(NamedTuple):
    """A place: the keys from the top, its level, its newest name."""

    path: str
    level: str
    name: str


class Tree:
    """All places of a database, or of a database and a list that is to be added."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self._spells: dict[int, list[Spell]] = {}
        self._codes: dict[str, list[int]] = {}
        self._forms: dict[str, int | tuple[int, ...]] = {}

    @classmethod
    def of(cls, store: Store) -> Tree:
        """What the database has."""
        tree, last = cls(), 0
        spells: list[Spell] = []
        for key, path, level, name, scheme, code, called, start, end in store.stream(_ALL):
            if key != last:
                tree._took(last, spells)
                last, spells = key, []
                tree.nodes[key] = Node(path, intern(level), name)
            if scheme is not None:
                spells.append(Spell(scheme, code, key, called, start, end))
        tree._took(last, spells)
        return tree

    def add(self, key: int, node: Node, spells: list[Spell]) -> None:
        """A place that is not there yet."""
        self.nodes[key] = node
        self._took(key, spells)

    def restate(self, key: int, spells: list[Spell]) -> None:
        """Other codes and names for a place that is there; what it was found by before no longer finds it."""
        self._spells[key] = spells
        self.nodes[key] = self.nodes[key]._replace(name=newest_name(spells) or self.nodes[key].name)
        for code in dict.fromkeys(s.code for s in spells):
            if key not in self._codes.setdefault(code, []):
                self._codes[code].append(key)
        for text in {form(s.name) for s in spells}:
            if key not in self.of_form(text):
                self._named(text, key)

    def spells(self, key: int) -> list[Spell]:
        """All codes and names the place has had."""
        kept = self._spells.get(key)
        return [Spell(STAT.name, str(key), key, self.nodes[key].name)] if kept is None else kept

    def of_code(self, code: str, scheme: str | None = None) -> list[Spell]:
        """Every meaning a code has had, in one scheme or in any."""
        keys = self._codes.get(code, [])
        if code.isdecimal() and len(code) <= 12 and self._is_plain(int(code)):
            keys = [int(code), *keys]
        return [s for key in keys for s in self.spells(key) if s.code == code and scheme in (None, s.scheme)]

    def of_form(self, text: str) -> tuple[int, ...]:
        """The places one of whose names has this form."""
        found = self._forms.get(text, ())
        return (found,) if isinstance(found, int) else found

    def forms(self) -> Iterator[str]:
        """Every form of a name."""
        return iter(self._forms)

    def above(self, key: int) -> list[int]:
        """The places it lies in, the nearest first."""
        return [int(part) for part in self.nodes[key].path.split("/")[-3::-1]]

    def full_name(self, key: int) -> str:
        """The names from the top (湖南省郴州市永兴县), those of no place left out."""
        names = [self.nodes[k].name for k in reversed(self.above(key)) if k in self.nodes] + [self.nodes[key].name]
        said = [name for i, name in enumerate(names) if name not in BETWEEN and name not in names[:i]]
        return "".join(said) or names[-1]

    def name_on(self, key: int, day: str) -> str:
        """What the place was called on a day; its newest name where nothing held."""
        held = [s for s in self.spells(key) if s.holds(day)]
        return newest_name(held) or self.nodes[key].name

    def _is_plain(self, key: int) -> bool:
        return key in self.nodes and key not in self._spells

    def _took(self, key: int, spells: list[Spell]) -> None:
        if key not in self.nodes:
            return
        if spells and spells != [Spell(STAT.name, str(key), key, self.nodes[key].name)]:
            self._spells[key] = spells
            for code in dict.fromkeys(s.code for s in spells):
                self._codes.setdefault(code, []).append(key)
        names = {form(s.name) for s in self.spells(key)}
        short = short_names().get(key)
        for text in sorted(names | {short} if short else names):
            self._named(text, key)

    def _named(self, text: str, key: int) -> None:
        there = self._forms.get(text)
        if there is None:
            self._forms[text] = key
        else:
            self._forms[text] = (*((there,) if isinstance(there, int) else there), key)


def newest_name(spells: list[Spell]) -> str | None:
    """The name of what began last; of several, the civil affairs office's, then the county's own; of several of these, by code."""
    last = max(spells, key=lambda s: (s.start or FIRST, _PREFERRED.get(s.scheme, 0), s.code), default=None)
    return last.name if last else None
