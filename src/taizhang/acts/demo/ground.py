"""The places of a book as the generator walks on them."""

from __future__ import annotations

from random import Random

from taizhang.acts.demo.hints import LEVELS
from taizhang.ledger.places import Places


class Ground:
    """Places by level: the townships and villages of a county, where the book knows them; none above `top`, the place of the book."""

    def __init__(self, places: Places, top: int) -> None:
        self._places, self._top = places, places.path(top)
        self._below: dict[tuple[int, str], list[int]] = {}

    def path(self, key: int) -> str:
        """The keys from the top, each closed by "/"."""
        return self._places.path(key)

    def name(self, key: int) -> str:
        """Its name."""
        return self._places.name(key)

    def at(self, key: int, level: str, rng: Random) -> int:
        """A place of a level that lies in this one, or in which this one lies; the nearest to it that the book has."""
        own = LEVELS.index(self._places.level(key))
        wanted = LEVELS.index(level)
        if wanted <= own:
            return self._above(key, wanted)
        found = self.below(key, level)
        return rng.choice(found) if found else key

    def below(self, key: int, level: str) -> list[int]:
        """The places of a level within one, in order; of the deepest there are where it has none so deep."""
        known = self._below.get((key, level))
        if known is None:
            known = self._below[key, level] = self._walk(key, LEVELS.index(level))
        return known

    def _walk(self, key: int, wanted: int) -> list[int]:
        children = [one for one in self._places.children(key) if self._places.level(one) in LEVELS]
        if LEVELS.index(self._places.level(key)) >= wanted or not children:
            return [key]
        return [found for one in children for found in self._walk(one, wanted)]

    def _above(self, key: int, wanted: int) -> int:
        line = [one for part in self._places.path(key).split("/") if part and self._places.path(one := int(part)).startswith(self._top)]
        fitting = [one for one in line if LEVELS.index(self._places.level(one)) <= wanted]
        return fitting[-1] if fitting else line[0]
