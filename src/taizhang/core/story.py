"""One article as it is read: a flat text in reading order, and the way back to the raw file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from taizhang.core.page import Article
from taizhang.core.quantity import Quantity, Span


@dataclass(frozen=True, slots=True)
class Flow:
    """A text put together from pieces of a raw file; `starts[i]` in the flow is `raws[i]` in the raw file.

    A paragraph break is one line feed that stands in no piece.
    """

    text: str
    starts: tuple[int, ...]
    raws: tuple[int, ...]
    lengths: tuple[int, ...]

    def raw(self, at: Span) -> tuple[Span, ...]:
        """The raw spans of a span of the flow, in reading order; empty for a span of no piece."""
        out: list[Span] = []
        i = max(bisect_right(self.starts, at[0]) - 1, 0)
        while i < len(self.starts) and self.starts[i] < at[1]:
            lo = max(at[0], self.starts[i])
            hi = min(at[1], self.starts[i] + self.lengths[i])
            if lo < hi:
                shift = self.raws[i] - self.starts[i]
                out.append((lo + shift, hi + shift))
            i += 1
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Story:
    """An article read: `flow.text` is its title (if any), then its paragraphs, one a line.

    `title_end` is the offset in the flow at which the body begins. `quantities` are the counted
    mentions in reading order; `asides` are what the standard calls neutral (一家, 第六位, 近20年).
    """

    article: Article
    flow: Flow
    title_end: int
    quantities: tuple[Quantity, ...]
    asides: tuple[Quantity, ...] = field(default=())
