"""From what a clerk writes for a place to its key.

A place is meant by a code of any length, with its scheme (民政:431023101) or without where that is clear; by a name
(永兴县, 甲村); or by names from above (永兴县甲村, 湖南省郴州市永兴县马田镇). Nothing is guessed: what could be two places is
told, with both.
"""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.core import Problem
from taizhang.ledger.places.answers import ambiguous, ended, nameless, unknown
from taizhang.ledger.places.names import form, form_of_plain, plain, short_names
from taizhang.ledger.places.near import Near
from taizhang.ledger.places.schemes import readings, scheme_named
from taizhang.ledger.places.spans import Spell
from taizhang.ledger.places.tree import Tree
from taizhang.ledger.store import Store

LONGEST_TEXT = 100
MOST_KEPT = 200_000
MOST_NEAR = 2_000
"""So many unknown texts get the nearest names told; an import with more of them has another mistake."""

Within = str | tuple[str, ...]
"""Path prefixes ("43/4310/"); "" is the whole tree."""


class Places:
    """The places of a database as they were when this was made. Answers are kept: asking again costs next to nothing."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._meanings: dict[tuple[str, Within], int | list[Spell] | Problem] = {}
        self._called: dict[int, frozenset[str]] = {}
        self._told: dict[tuple[str, str, Within], Problem] = {}
        self._below: dict[int, list[int]] | None = None
        self._near: Near | None = None
        self._near_left = MOST_NEAR

    def place_key(self, text: str, day: str, within: Within) -> int | Problem:
        """The key of the place meant by a text on a day (ISO), among those below `within`; or what is wrong with it.

        The problem's `where` is empty: whoever asks knows the row and column. It tells nothing of what lies elsewhere.
        """
        meaning = self._meanings.get((text, within))
        if meaning is None:
            if len(self._meanings) >= MOST_KEPT:
                self._meanings.clear()
            meaning = self._meanings[text, within] = self._meaning(text, within)
        return meaning if isinstance(meaning, int | Problem) else self._on(meaning, text, day, within)

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

    def _meaning(self, text: str, within: Within) -> int | list[Spell] | Problem:
        """What a text means: one place on every day, places by day, or none."""
        asked = plain(text)
        if not asked:
            return nameless()
        meant = self._meant(asked[: LONGEST_TEXT + 1], within)
        keys = self._one_line(meant)
        if len(keys) == 1 and all(s.start is None and s.end is None for s in meant):
            return keys[0]
        return meant or self._unknown(text, asked, within)

    def _on(self, meant: list[Spell], text: str, day: str, within: Within) -> int | Problem:
        held = [s for s in meant if s.holds(day)]
        keys = [held[0].place] if len(held) == 1 else self._one_line(held)
        if len(keys) == 1:
            return keys[0]
        if (told := self._told.get((text, day, within))) is None:
            if len(self._told) >= MOST_KEPT:
                self._told.clear()
            told = ambiguous(self._tree, text, held) if keys else ended(self._tree, text, day, meant)
            self._told[text, day, within] = told
        return told

    def _meant(self, asked: str, within: Within) -> list[Spell]:
        """What the text has meant on any day: as a code, else as a name."""
        found = [s for s in self._by_code(asked) if self._tree.nodes[s.place].path.startswith(within)]
        return found or self._by_name(asked, within)

    def _by_code(self, asked: str) -> list[Spell]:
        head, colon, rest = asked.replace("：", ":").partition(":")
        scheme = scheme_named(head) if colon else None
        code = rest if scheme else asked
        if code.isdecimal() and len(code) > 15 and int(code) in self._tree.nodes:
            return self._tree.spells(int(code))
        ways = readings(code) if code.isdecimal() else [code]
        found = (self._tree.of_code(way, scheme.name if scheme else None) for way in ways)
        return next((spells for spells in found if spells), [])

    def _by_name(self, asked: str, within: Within) -> list[Spell]:
        """Names equal in form; only where there are none, short names (永兴)."""
        asked = asked.replace("/", "").replace(">", "").replace("街道办事处", "街道")
        if len(asked) > LONGEST_TEXT or asked.isdecimal():
            return []
        hits = list(self._named(asked, within))
        full = [s for s, short in hits if not short]
        return full or [s for s, _ in hits]

    def _named(self, asked: str, within: Within) -> Iterator[tuple[Spell, bool]]:
        """What has borne a name that ends the text, with those of places above before it; and whether it was a short one."""
        for cut in range(len(asked) - 1):
            last = form_of_plain(asked[cut:])
            for key in self._tree.of_form(last):
                if self._tree.nodes[key].path.startswith(within) and self._leads(key, asked[:cut]):
                    short = short_names().get(key) == last
                    yield from ((s, short) for s in self._tree.spells(key) if short or form(s.name) == last)

    def _leads(self, key: int, head: str) -> bool:
        """True when the head is made of names of places above, in order, none needed."""
        rests = {head}
        for parent in self._tree.above(key) if head else ():
            rests |= {rest.removesuffix(name) for rest in rests for name in self._names(parent)}
        return "" in rests

    def _names(self, key: int) -> frozenset[str]:
        """All that a place above others has been called."""
        names = self._called.get(key)
        if names is None:
            spells = self._tree.spells(key) if key in self._tree.nodes else []
            short = short_names().get(key)
            said = {way for s in spells for way in (plain(s.name), form(s.name))}
            names = self._called[key] = frozenset(said | {short} if short else said)
        return names

    def _one_line(self, meant: list[Spell]) -> list[int]:
        """The places meant; of places within each other that bear one name (东莞市), the outermost."""
        forms: dict[int, set[str]] = {}
        for s in meant:
            forms.setdefault(s.place, set()).add(form(s.name))
        inner = {key for key, own in forms.items() for parent in self._tree.above(key) if own & forms.get(parent, set())}
        return sorted(forms.keys() - inner)

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
