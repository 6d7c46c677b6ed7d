"""The words the reader knows, from `words.tsv`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    table = files("taizhang.text.reader").joinpath("words.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            key, listed = line.split("\t")
            out[key] = (*out.get(key, ()), *listed.split())
    return out


@cache
def words(key: str) -> frozenset[str]:
    """The words of one class."""
    return frozenset(_table()[key])


@cache
def family(prefix: str) -> dict[str, frozenset[str]]:
    """The classes named `prefix.X`, by X."""
    head = prefix + "."
    return {k[len(head) :]: frozenset(v) for k, v in _table().items() if k.startswith(head)}


@cache
def one_of(key: str) -> str:
    """A pattern for any word of a class, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words(key), key=len, reverse=True))) + ")"


@cache
def from_word() -> str:
    """A pattern for 由, 从, 自 as "from": in no other word (理由, 从业, 自来水)."""
    return rf"(?<![理缘经来各亲独])(?!{one_of('from.not')})[由从自]"


def lengths(group: frozenset[str]) -> tuple[int, ...]:
    """The lengths of the words, longest first."""
    return tuple(sorted({len(w) for w in group}, reverse=True))
