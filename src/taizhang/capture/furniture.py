"""What stands at the edge of every page of a PDF and belongs to no sentence: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter

Lines = list[str]

_DRESSED = re.compile(r"[-—–―－·•\s]+\d{1,4}[-—–―－·•\s]+|第\s*\d{1,4}\s*页(?:\s*[/，,、]?\s*共\s*\d{1,4}\s*页)?")
_BARE = re.compile(r"\s*(\d{1,4})\s*")
_FEWEST = 3
"""On fewer pages than this, nothing counts as repeated."""
_DEEPEST = 2
"""Lines looked at from either edge: a running head and a page number."""


def without_furniture(pages: list[Lines]) -> list[Lines]:
    """The pages without what repeats at their edges; a bare number goes only where it counts the pages."""
    for edge in (0, -1):
        for _ in range(_DEEPEST):
            pages = _without(pages, edge)
    return pages


def _without(pages: list[Lines], edge: int) -> list[Lines]:
    at_edge = [page[edge].strip() if page else "" for page in pages]
    repeated = _repeated(at_edge)
    counting = _counting(at_edge)
    return [
        page if not line or not (line in repeated or number in counting or _DRESSED.fullmatch(line)) else _cut(page, edge)
        for page, line, number in zip(pages, at_edge, _lead(at_edge), strict=True)
    ]


def _cut(page: Lines, edge: int) -> Lines:
    return page[1:] if edge == 0 else page[:-1]


def _repeated(at_edge: list[str]) -> set[str]:
    """Lines that at least three pages and a third of all pages share (left and right pages may differ)."""
    fewest = max(_FEWEST, len(at_edge) / 3)
    return {line for line, n in Counter(at_edge).items() if line and n >= fewest}


def _lead(at_edge: list[str]) -> list[int | None]:
    """For every page, by how much the bare number at its edge is ahead of the index of the page."""
    found = (_BARE.fullmatch(line) for line in at_edge)
    return [int(m[1]) - i if m else None for i, m in enumerate(found)]


def _counting(at_edge: list[str]) -> set[int | None]:
    """The lead that page numbers have: one for all of them, and on most pages."""
    leads = Counter(lead for lead in _lead(at_edge) if lead is not None)
    return {lead for lead, n in leads.items() if n >= max(_FEWEST, len(at_edge) / 2)}
