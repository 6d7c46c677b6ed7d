"""A long text in windows of some dozen blocks, and which of them hold a page that needs mending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.text.mender.blocks import Block
from taizhang.text.mender.drafts import Draft, Piece
from taizhang.text.mender.furniture import Kind, has_dateline, is_headline, look_over
from taizhang.text.mender.lines import MARKER, has_clauses, is_prose
from taizhang.text.mender.seams import ends_of, seam

ENOUGH = 90  # blocks after which a window ends at the next title
MOST = 150
CUTS_IN_LONG = 3  # cut sentences that make a page of a window in a long text, where one is rather a slip
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


def is_page(blocks: Sequence[Block], cuts: int = 1) -> bool:
    """True when several articles must be told apart.

    That is where two bylines or datelines stand, or at least `cuts` sentences are cut and not taken up by what stands next.
    """
    split, kinds = look_over(blocks)
    if "title" not in kinds:
        return False
    signed = sum(kind in ("byline", "late byline") for kind in kinds)
    dated = sum(kinds[i - 1] == "title" and has_dateline(split[i].text) for i in range(1, len(split)))
    if max(signed, dated) > 1:
        return True
    return sum(_cut_off(split, kinds, i) for i in range(len(split) - 1)) >= cuts


def _cut_off(blocks: Sequence[Block], kinds: Sequence[Kind], i: int) -> bool:
    """True when block `i` stops in mid-sentence and the next does not go on with it."""
    if kinds[i] != "body" or not _stops_short(blocks[i]):
        return False
    return kinds[i + 1] != "body" or seam(ends_of(blocks[i]), ends_of(blocks[i + 1])) < BROKEN


def _stops_short(block: Block) -> bool:
    return block.text[-1].isalnum() and has_clauses(block.text)


def untouched(blocks: Sequence[Block], *, first: bool, spaced: bool) -> Draft:
    """A window that is no page, in file order.

    Its first line is the title where the text begins; other short lines between blank lines are headings,
    and so are short numbered lines anywhere. A paragraph cut by a blank line is one paragraph.
    """
    split, kinds = look_over(blocks)
    draft = Draft()
    if first and len(split) > 1 and kinds[0] == "title" and (not split[0].closed or kinds[1] == "byline"):
        draft.title = split[0]
    for i in range(1 if draft.title else 0, len(split)):
        if kinds[i] in ("byline", "late byline") and draft.title and not draft.byline:
            draft.byline = split[i]
        else:
            heading = kinds[i] == "title" and _is_heading(split[i].text, spaced)
            draft.pieces.append(Piece(split[i], heading=heading, runs_on=spaced and _goes_on(split, kinds, i)))
    return draft


def _is_heading(text: str, spaced: bool) -> bool:
    return MARKER.match(text) is not None or (spaced and not any(map(str.isdigit, text)))


def _goes_on(blocks: Sequence[Block], kinds: Sequence[Kind], i: int) -> bool:
    """True when a block goes on with the sentence that the block before it stopped in."""
    return i > 0 and kinds[i - 1] == kinds[i] == "body" and _stops_short(blocks[i - 1]) and is_prose(blocks[i].text)
