"""Put a scrambled page back together: blocks to articles, in reading order, every doubt said."""

from __future__ import annotations

from taizhang.core.page import Page
from taizhang.text.mender.blocks import blocks_of
from taizhang.text.mender.furniture import sort_blocks
from taizhang.text.mender.joins import find_joins
from taizhang.text.mender.layout import lay_out
from taizhang.text.mender.plain import one_article

__all__ = ["mend"]


def mend(text: str) -> Page:
    """Articles of a raw text in reading order; every character that is not white in exactly one place.

    Offsets are into `text`, end exclusive. A text without blank lines between its blocks, or without
    a title, is one article in file order. Never raises on any text.
    """
    blocks, spaced = blocks_of(text)
    if not spaced:
        return one_article(text, blocks)
    page = sort_blocks(blocks)
    if "title" not in page.kinds:
        return one_article(text, page.blocks)
    return lay_out(text, page, find_joins(page))
