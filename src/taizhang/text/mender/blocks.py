"""A raw text as blocks: lines that were set together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.core.quantity import Span
from taizhang.text.mender.lines import Line, ends_sentence, lines_of, paragraphs


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or a piece of one, as the file has it.

    `lines` are its spans in the raw text, one for each line, without the white space around it;
    `text` is what they say, run together.
    """

    lines: tuple[Span, ...]
    text: str

    @property
    def start(self) -> int:
        """Where it begins in the raw text."""
        return self.lines[0][0]

    @property
    def end(self) -> int:
        """Where it ends in the raw text."""
        return self.lines[-1][1]

    @property
    def closed(self) -> bool:
        """True when the block ends a sentence."""
        return ends_sentence(self.text)

    def split_end(self, count: int) -> tuple[Block, Block] | None:
        """The block and its last `count` characters apart; None where they are not part of one line or nothing is left."""
        start, end = self.lines[-1]
        if not 0 < count <= end - start or count == len(self.text):
            return None
        tail = Block(((end - count, end),), self.text[-count:])
        if count == end - start:
            return Block(self.lines[:-1], self.text[:-count]), tail
        kept = self.text[:-count].rstrip()
        cut = len(self.text) - len(kept)
        return Block((*self.lines[:-1], (start, end - cut)), kept), tail


def blocks_of(text: str) -> tuple[list[Block], bool]:
    """The blocks of a text, and whether blank lines set them apart."""
    lines = list(lines_of(text))
    groups = [_block(group) for group in paragraphs(lines)]
    return groups, any(line.after_blank for line in lines)


def _block(lines: Sequence[Line]) -> Block:
    return Block(tuple((line.start, line.end) for line in lines), "".join(line.text for line in lines))
