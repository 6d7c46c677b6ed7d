"""Put a scrambled page back together: blocks to articles, in reading order, every doubt said."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.core.page import Page
from taizhang.text.mender.blocks import Block, blocks_of
from taizhang.text.mender.drafts import Draft, page_of
from taizhang.text.mender.furniture import sort_blocks
from taizhang.text.mender.joins import find_joins
from taizhang.text.mender.layout import lay_out
from taizhang.text.mender.windows import CUTS_IN_LONG, is_page, untouched, windows

__all__ = ["mend"]


def mend(text: str) -> Page:
    """Articles of a raw text in reading order; every character that is not white stands in exactly one place.

    Offsets are into `text`, end exclusive. A text that is no scrambled page (no blank lines between its
    blocks, or one article whose sentences follow each other) passes through in file order. Takes any
    text and never raises; time is linear in its length.
    """
    blocks, spaced = blocks_of(text)
    if not blocks:
        return Page(len(text), ())
    if not spaced:
        return page_of(text, [untouched(blocks, first=True, spaced=False)])
    parts = list(windows(blocks))
    cuts = 1 if len(parts) == 1 else CUTS_IN_LONG
    return page_of(text, (draft for n, window in enumerate(parts) for draft in _drafts(window, cuts, first=n == 0)))


def _drafts(window: Sequence[Block], cuts: int, *, first: bool) -> list[Draft]:
    if is_page(window, cuts):
        page = sort_blocks(window)
        if "title" in page.kinds:
            return lay_out(page, find_joins(page))
    return [untouched(window, first=first, spaced=True)]
