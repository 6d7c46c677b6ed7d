"""Which places lie within another, and below which one of a level: as conditions on the integer keys of places.

The key of nearly every place is its statistical code, so that what lies below one is a range of integers, which columns
sorted by place are read by. The places for which that is not so (moved, merged, known by another scheme) are listed beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from taizhang.ledger.places.schemes import LEVEL_OF_LENGTH
from taizhang.ledger.store import Store

LEVELS: Mapping[str, int] = {level: length for length, level in LEVEL_OF_LENGTH.items()}
"""province, prefecture, county, township, village: the digits of their codes."""
_LENGTHS = tuple(sorted(LEVEL_OF_LENGTH))
_FEW = 40
"""So many exceptions are written out; where there are more, the places themselves are asked."""


@dataclass(frozen=True)
class Below:
    """The places at and below one of this path, as they stand in the book's table."""

    path: str
    nodes: Mapping[int, tuple[str, str]]
    strangers: frozenset[int]

    @classmethod
    def of(cls, store: Store, path: str) -> Below:
        """Read from the place table; `strangers` have a key that belongs below this path, but lie elsewhere."""
        rows = store.rows("SELECT key, path, level FROM place WHERE path LIKE ?", [f"{path}%"])
        nodes = {int(key): (own, level) for key, own, level in rows}
        condition = _ranges("key", path)
        others = store.rows(f"SELECT key FROM place WHERE {condition}") if condition else []
        return cls(path, nodes, frozenset(int(row[0]) for row in others) - nodes.keys())

    @property
    def key(self) -> int:
        """The place itself."""
        return int(self.path.rstrip("/").rpartition("/")[2])

    @cached_property
    def _odd(self) -> frozenset[int]:
        """Places below it that their keys do not tell."""
        return frozenset(key for key, (path, _) in self.nodes.items() if path != path_of_code(key))

    def inside(self, place: str, places: str) -> str:
        """SQL that is true for places at or below it; `places` is SQL of all places (key, path, level) to stand in FROM."""
        ranges = _ranges(place, self.path)
        if len(self._odd) + len(self.strangers) > _FEW:
            own = f"{place} IN (SELECT key FROM {places} AS p WHERE starts_with(p.path, '{self.path}'))"
            return f"({own} OR ({ranges or 'FALSE'}) AND {place} NOT IN (SELECT key FROM {places} AS p))"
        ways = [*([f"({ranges})"] if ranges else []), *([f"{place} IN ({_listed(self._odd)})"] if self._odd else [])]
        within = " OR ".join(ways) or "FALSE"
        return f"({within})" + (f" AND {place} NOT IN ({_listed(self.strangers)})" if self.strangers else "")

    def cell(self, place: str, level: str, places: str) -> str:
        """SQL of the place of a level that a place lies in; of one above that level itself."""
        known = {key: cell for key in self.nodes if (cell := self.cell_of(key, level)) != _cell_of_code(key, level)}
        if len(known) <= _FEW:
            return _cases(place, known, level)
        parts = f"SELECT key, CAST(unnest(string_split(rtrim(path, '/'), '/')) AS BIGINT) AS part FROM {places} AS p WHERE starts_with(p.path, '{self.path}')"
        cells = f"SELECT one.key, coalesce(max(above.key), one.key) AS cell FROM ({parts}) AS one LEFT JOIN {places} AS above"
        cells += f" ON above.key = one.part AND above.level = '{level}' GROUP BY one.key"
        return f"coalesce((SELECT cell FROM ({cells}) AS c WHERE c.key = {place}), {_cases(place, {}, level)})"

    def cell_of(self, key: int, level: str) -> int:
        """The same for one place."""
        if key not in self.nodes:
            return _cell_of_code(key, level)
        above = [int(part) for part in self.nodes[key][0].rstrip("/").split("/")]
        return next((one for one in above if self._level(one) == level), key)

    def _level(self, key: int) -> str:
        return self.nodes[key][1] if key in self.nodes else LEVEL_OF_LENGTH.get(len(str(key)), "")


def path_of_code(key: int) -> str:
    """The path a statistical code tells by its own length: 2, 4, 6, 9 and 12 digits."""
    code = str(key)
    return "".join(f"{code[:n]}/" for n in _LENGTHS if n <= len(code))


def _ranges(place: str, path: str) -> str:
    """The codes that begin as this path does; none where the path is not that of a code."""
    key = path.rstrip("/").rpartition("/")[2]
    if not key or path != path_of_code(int(key)):
        return ""
    longer = (n - len(key) for n in _LENGTHS if n > len(key))
    spans = (f"{place} BETWEEN {int(key) * 10**by} AND {(int(key) + 1) * 10**by - 1}" for by in longer)
    return " OR ".join([f"{place} = {key}", *spans])


def _cell_of_code(key: int, level: str) -> int:
    digits, code = LEVELS[level], str(key)
    return int(code[:digits]) if len(code) in _LENGTHS and len(code) > digits else key


def _cases(place: str, known: Mapping[int, int], level: str) -> str:
    digits = LEVELS[level]
    odd = [f"WHEN {place} = {key} THEN {cell}" for key, cell in sorted(known.items())]
    steps = [(least, power) for n in reversed(_LENGTHS) if n > digits for least, power in ((10**n, 1), (10 ** (n - 1), 10 ** (n - digits)))]
    powers = " ".join(f"WHEN {place} >= {least} THEN {power}" for least, power in steps)
    cell = f"{place} // CASE {powers} ELSE 1 END" if powers else place
    return f"CASE {' '.join(odd)} ELSE {cell} END" if odd else cell


def _listed(keys: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(keys)))
