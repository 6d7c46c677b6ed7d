"""From what a clerk writes for a place to its key.

A place is meant by a code of any length, with its scheme (民政:431023101) or without where that is clear; by a name
(永兴县, 甲村); or by names from above (永兴县甲村, 湖南省郴州市永兴县马田镇). Nothing is guessed: what could be two places is
told, with both.
"""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.core import Problem
from taizhang.ledger.places.answers import ambiguous, ended, nameless, unknown
from taizhang.ledger.places.names import form, plain, short_names
from taizhang.ledger.places.near import Near
from taizhang.ledger.places.schemes import readings, scheme_named
from taizhang.ledger.places.spans import Spell
from taizhang.ledger.places.tree import Tree
from taizhang.ledger.store import Store

LONGEST_TEXT = 100
MOST_ANSWERS = 200_000
MOST_NEAR = 2_000
"""So many unknown texts get the nearest names told; an import with more of them has another mistake."""

Within = str | tuple[str, ...]
"""Path prefixes ("43/4310/"); "" is the whole tree."""


class Places:
    """The places of a database as they were when this was made. Answers are kept: asking again costs next to nothing."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._answers: dict[tuple[str, str, Within], int | Problem] = {}
        self._below: dict[int, list[int]] | None = None
        self._near: Near | None = None
        self._near_left = MOST_NEAR

    def place_key(self, text: str, day: str, within: Within) -> int | Problem:
        """The key of the place meant by a text on a day (ISO), among those below `within`; or what is wrong with it.

        The problem's `where` is empty: whoever asks knows the row and column. It tells nothing of what lies elsewhere.
        """
        asked = (text, day, within)
        found = self._answers.get(asked)
        if found is None:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            found = self._answers[asked] = self._answer(*asked)
        return found

    def __contains__(self, key: int) -> bool:
        return key in self._tree.nodes

    def path(self, key: int) -> str:
        """The keys from the top, each closed by "/"; KeyError for a place that is not there, here and below."""
        return self._tree.nodes[key].path

    def name(self, key: int, day: str | None = None) -> str:
        """Its newest name, or the one on a day."""
        return self._tree.name_on(key, day) if day else self._tree.nodes[key].name

    def full_name(self, key: int) -> str:
        """The newest names from the top: 湖南省郴州市永兴县."""
        return self._tree.full_name(key)

    def level(self, key: int) -> str:
        """province, prefecture, county, township, village or group."""
        return self._tree.nodes[key].level

    def children(self, key: int) -> list[int]:
        """The places directly below, by key."""
        if self._below is None:
            self._below = {}
            for child in sorted(self._tree.nodes):
                for parent in self._tree.above(child)[:1]:
                    self._below.setdefault(parent, []).append(child)
        return list(self._below.get(key, ()))

    def _answer(self, text: str, day: str, within: Within) -> int | Problem:
        asked = plain(text)
        if not asked:
            return nameless()
        meant = self._meant(asked[: LONGEST_TEXT + 1], within)
        keys = self._one_line({s.place for s in meant if s.holds(day)})
        if len(keys) == 1:
            return keys[0]
        if keys:
            return ambiguous(self._tree, text, [s for s in meant if s.holds(day)])
        return ended(self._tree, text, day, meant) if meant else self._unknown(text, asked, within)

    def _meant(self, asked: str, within: Within) -> list[Spell]:
        """What the text has meant on any day: as a code, else as a name."""
        found = self._by_code(asked) or self._by_name(asked)
        return [s for s in found if self._tree.nodes[s.place].path.startswith(within)]

    def _by_code(self, asked: str) -> list[Spell]:
        head, colon, rest = asked.replace("：", ":").partition(":")
        scheme = scheme_named(head) if colon else None
        code = rest if scheme else asked
        if code.isdecimal() and len(code) > 15 and int(code) in self._tree.nodes:
            return self._tree.spells(int(code))
        ways = readings(code) if code.isdecimal() else [code]
        found = (self._tree.of_code(way, scheme.name if scheme else None) for way in ways)
        return next((spells for spells in found if spells), [])

    def _by_name(self, asked: str) -> list[Spell]:
        """Names equal in form; only where there are none, short names (永兴)."""
        asked = asked.replace("/", "").replace(">", "").replace("街道办事处", "街道")
        if len(asked) > LONGEST_TEXT or asked.isdecimal():
            return []
        hits = list(self._named(asked))
        full = [s for s, short in hits if not short]
        return full or [s for s, _ in hits]

    def _named(self, asked: str) -> Iterator[tuple[Spell, bool]]:
        for cut in range(len(asked) - 1):
            last = form(asked[cut:])
            for key in self._tree.of_form(last):
                spells = [s for s in self._tree.spells(key) if form(s.name) == last]
                if self._leads(key, asked[:cut]):
                    yield from ((s, False) for s in spells)
                    yield from ((s, True) for s in self._tree.spells(key) if not spells)

    def _leads(self, key: int, head: str) -> bool:
        """True when the head is made of names of places above, in order, none needed."""
        rests = {head}
        for parent in self._tree.above(key) if head else ():
            names = self._names(parent)
            rests |= {rest.removesuffix(name) for rest in rests for name in names}
        return "" in rests

    def _names(self, key: int) -> set[str]:
        if key not in self._tree.nodes:
            return set()
        names = {way for s in self._tree.spells(key) for way in (plain(s.name), form(s.name))}
        short = short_names().get(key)
        return names | {short} if short else names

    def _one_line(self, keys: set[int]) -> list[int]:
        """The places meant; of places within each other that bear one name (东莞市), the outermost."""
        forms = {key: form(self.name(key)) for key in keys}
        inner = {key for key in keys for parent in self._tree.above(key) if forms.get(parent) == forms[key]}
        return sorted(keys - inner)

    def _unknown(self, text: str, asked: str, within: Within) -> Problem:
        if others := self._in_other_schemes(asked, within):
            return unknown(self._tree, text, others)
        self._near_left -= 1
        if self._near_left < 0 or len(asked) > LONGEST_TEXT or asked.isdecimal():
            return unknown(self._tree, text, [])
        self._near = self._near or Near(self._tree)
        return unknown(self._tree, text, self._near.to(*self._part(asked, within)))

    def _in_other_schemes(self, asked: str, within: Within) -> list[int]:
        _, colon, code = asked.replace("：", ":").partition(":")
        return list(dict.fromkeys(s.place for s in self._meant(code, within))) if colon and code.isdecimal() else []

    def _part(self, asked: str, within: Within) -> tuple[str, Within]:
        """The part of the text that is not known, and where it must lie: 甲甲村 of 永兴县甲甲村, in 永兴县."""
        for cut in range(len(asked) - 1, 1, -1):
            keys = {s.place for s in self._meant(asked[:cut], within)}
            if len(keys) == 1:
                return asked[cut:], self._tree.nodes[keys.pop()].path
        return asked, within


_made: dict[str, tuple[int, Places]] = {}


def places_of(store: Store, kept_as: str = "") -> Places:
    """The places of a database. Kept under a name that tells it from others (its address), until a load has changed any."""
    changed = store.rows("SELECT coalesce(max(id), 0) FROM place_code")[0][0]
    kept = _made.get(kept_as)
    if kept and kept[0] == changed:
        return kept[1]
    made = Places(Tree.of(store))
    if kept_as:
        _made[kept_as] = (changed, made)
    return made
