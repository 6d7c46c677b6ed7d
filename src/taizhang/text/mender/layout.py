"""From chosen joins to drafts of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from taizhang.core.quantity import Span
from taizhang.text.mender.blocks import Block
from taizhang.text.mender.doubts import lost_start
from taizhang.text.mender.drafts import Draft, Piece
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.joins import Joins


def lay_out(page: Sorted, joins: Joins) -> list[Draft]:
    """The articles of a page in the file order of their titles, each with its byline; lines of the page itself left over."""
    chains = sorted(joins.chains)
    drafts = {chain[0]: _draft(page, joins, chain) for chain in chains}
    home = {block: chain for chain in chains for block in chain}
    for i, kind in enumerate(page.kinds):
        if kind in ("byline", "late byline"):
            chain = next((home[k] for k in range(i - 1, -1, -1) if k in home), chains[0])
            _sign(drafts[chain[0]], page, chain, i)
        elif kind == "margin":
            drafts[chains[0][0]].unplaced.append(page.blocks[i])
    return _one_title(page, drafts)


def _one_title(page: Sorted, drafts: dict[int, Draft]) -> list[Draft]:
    """Two titles in a row of which one has no text are one title of two lines."""
    out: list[Draft] = []
    above = -2
    for at, draft in drafts.items():
        if above == at - 1 and bool(out[-1].pieces) != bool(draft.pieces) and not (out[-1].byline and draft.byline):
            out[-1] = _merged(out[-1], draft)
        else:
            out.append(draft)
        above = at
    return out


def _merged(upper: Draft, lower: Draft) -> Draft:
    full = upper if upper.pieces else lower
    signed = upper if upper.byline else lower
    title = Block((*_lines(upper), *_lines(lower)), f"{_text(upper)} {_text(lower)}")
    stray = [*upper.unplaced, *lower.unplaced]
    return replace(full, title=title, byline=signed.byline, byline_sure=signed.byline_sure, unplaced=stray)


def _lines(draft: Draft) -> tuple[Span, ...]:
    return draft.title.lines if draft.title else ()


def _text(draft: Draft) -> str:
    return draft.title.text if draft.title else ""


def _draft(page: Sorted, joins: Joins, chain: Sequence[int]) -> Draft:
    pieces = [
        Piece(
            page.blocks[i],
            heading=page.kinds[i] == "heading",
            runs_on=_runs_on(page, before, i),
            guess=i in joins.guesses,
            moved=i != before + 1,
        )
        for before, i in pairwise(chain)
    ]
    headless = len(chain) > 1 and lost_start(page, chain[1])
    return Draft(page.blocks[chain[0]], pieces, mended=True, headless=headless)


def _runs_on(page: Sorted, before: int, after: int) -> bool:
    """A piece that ends in mid-sentence and the next are one paragraph."""
    both_text = page.kinds[before] == page.kinds[after] == "body"
    return both_text and page.ends[before].closes != "stop" and not page.ends[before].colon


def _sign(draft: Draft, page: Sorted, chain: Sequence[int], byline: int) -> None:
    """Give an article its byline; it is sure right under the title, or in brackets right after the end of the text.

    Names in brackets after a sentence that was cut off belong here by position only. A second byline is left over.
    """
    if draft.byline is not None:
        draft.unplaced.append(page.blocks[byline])
        return
    draft.byline = page.blocks[byline]
    after_text = page.kinds[byline] == "late byline"
    draft.byline_sure = not after_text or (chain[-1] == byline - 1 and page.ends[byline - 1].closes == "stop")
