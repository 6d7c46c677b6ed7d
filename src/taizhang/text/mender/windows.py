"""A long text in windows of some dozen blocks, and which of them hold a page that needs mending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.text.mender.blocks import Block
from taizhang.text.mender.drafts import Draft, Piece
from taizhang.text.mender.furniture import Kind, is_headline, look_over
from taizhang.text.mender.lines import ends_sentence, is_prose
from taizhang.text.mender.seams import ends_of, seam

ENOUGH = 90  # blocks after which a window ends at the next title
MOST = 150
BROKEN = -1.0  # a seam that says no continuation


def windows(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Cut a long text before short lines that follow a whole sentence; joins are looked for inside a window only."""
    start = 0
    for i in range(1, len(blocks)):
        size = i - start
        if size >= MOST or size >= ENOUGH and blocks[i - 1].closed and is_headline(blocks[i].text):
            yield blocks[start:i]
            start = i
    yield blocks[start:]


def is_page(blocks: Sequence[Block]) -> bool:
    """True when several articles must be told apart: two bylines, or a sentence cut and not taken up by what stands next."""
    split, kinds = look_over(blocks)
    if "title" not in kinds:
        return False
    if sum(kind in ("byline", "late byline") for kind in kinds) > 1:
        return True
    return any(_cut_off(split, kinds, i) for i in range(len(split) - 1))


def _cut_off(blocks: Sequence[Block], kinds: Sequence[Kind], i: int) -> bool:
    text = blocks[i].text
    if kinds[i] != "body" or ends_sentence(text) or not text[-1].isalnum() or not is_prose(text):
        return False
    return kinds[i + 1] != "body" or seam(ends_of(blocks[i]), ends_of(blocks[i + 1])) < BROKEN


def untouched(blocks: Sequence[Block], *, first: bool) -> Draft:
    """A window that is no page, in file order. Its first line is the title where the text begins, other short lines are headings."""
    split, kinds = look_over(blocks)
    draft = Draft()
    if first and len(split) > 1 and kinds[0] == "title":
        draft.title = split[0]
    for block, kind in list(zip(split, kinds, strict=True))[1 if draft.title else 0 :]:
        if kind in ("byline", "late byline") and draft.title and not draft.byline:
            draft.byline = block
        else:
            draft.pieces.append(Piece(block, heading=kind == "title"))
    return draft
