"""The words the reader knows, from `words.tsv`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    table = files("taizhang.text.reader").joinpath("words.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            key, words = line.split("\t")
            out[key] = (*out.get(key, ()), *words.split())
    return out


@lru_cache(maxsize=None)
def words(key: str) -> frozenset[str]:
    """The words of one class."""
    return frozenset(_table()[key])


@lru_cache(maxsize=None)
def family(prefix: str) -> dict[str, frozenset[str]]:
    """The classes named `prefix.X`, by X."""
    head = prefix + "."
    return {k[len(head) :]: frozenset(v) for k, v in _table().items() if k.startswith(head)}


def lengths(group: frozenset[str]) -> tuple[int, ...]:
    """The lengths of the words, longest first."""
    return tuple(sorted({len(w) for w in group}, reverse=True))
