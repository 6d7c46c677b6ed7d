"""Read Chinese prose without any data: mend a page, read every quantity."""

from taizhang.core import Page, Quantity, Story
from taizhang.text.mender import mend
from taizhang.text.reader import read_article

__all__ = ["mend", "read", "stories"]


def stories(text: str, page: Page | None = None) -> list[Story]:
    """Every article of a raw text, read; `page` is its layout where it is known already."""
    return [read_article(article, text) for article in (page or mend(text)).articles]


def read(text: str) -> list[Quantity]:
    """Every quantity of a raw text in the order of its articles; offsets are into the raw text."""
    return [q for story in stories(text) for q in story.quantities]
