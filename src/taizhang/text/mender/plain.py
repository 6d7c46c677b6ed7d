"""A text that is no scrambled page: passed through in file order."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.core.page import Article, Page
from taizhang.text.mender.blocks import Block


def one_article(text: str, blocks: Sequence[Block]) -> Page:
    """Everything as the body of one article, nothing in doubt."""
    if not blocks:
        return Page(len(text), ())
    article = Article(
        id="a1",
        title=None,
        title_span=None,
        body=tuple(span for block in blocks for span in block.lines),
        paragraphs=tuple(block.lines for block in blocks),
    )
    return Page(len(text), (article,))
