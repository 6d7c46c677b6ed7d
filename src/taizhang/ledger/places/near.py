"""The names nearest to one that is not known."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import islice, pairwise

from taizhang.ledger.places.tree import Tree

LOOKED_AT = 40
TOLD = 3
LIKE_ENOUGH = 0.5
TOO_COMMON = 1_000
"""A pair that more names have (the 村 at the end) tells nothing."""


class Near:
    """Forms of names by pairs of characters, so that few of them need comparing."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._having: dict[str, list[str]] = {}
        for form in tree.forms():
            for pair in _pairs(form):
                self._having.setdefault(pair, []).append(form)

    def to(self, wanted: str, within: str | tuple[str, ...]) -> list[int]:
        """Places below these prefixes with the nearest names; at most three, the nearest first."""
        having = (self._having.get(pair, []) for pair in _pairs(wanted))
        shared = Counter(form for forms in having if len(forms) <= TOO_COMMON for form in forms)
        likely = sorted(shared, key=lambda form: (-shared[form], abs(len(form) - len(wanted)), form))
        inside = ((form, self._inside(form, within)) for form in likely)
        looked_at = islice(((form, keys) for form, keys in inside if keys), LOOKED_AT)
        ranked = sorted((-_likeness(wanted, form), keys) for form, keys in looked_at)
        return [key for score, keys in ranked if -score >= LIKE_ENOUGH for key in keys][:TOLD]

    def _inside(self, form: str, within: str | tuple[str, ...]) -> list[int]:
        return [key for key in self._tree.of_form(form) if self._tree.nodes[key].path.startswith(within)]


def _pairs(text: str) -> set[str]:
    """Pairs of neighbours; the first and the last character each with the edge."""
    return {a + b for a, b in pairwise(f"^{text}$")}


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
