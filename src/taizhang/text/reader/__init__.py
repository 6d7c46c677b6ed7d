"""The reader: every quantity of a text with its range, unit, hedge, and what it is said of."""

from taizhang.text.reader.reader import read_article

__all__ = ["read_article"]
