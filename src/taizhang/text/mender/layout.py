"""From chosen joins to drafts of articles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from taizhang.text.mender.doubts import lost_start
from taizhang.text.mender.drafts import Draft, Piece
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.joins import Joins


def lay_out(page: Sorted, joins: Joins) -> list[Draft]:
    """The articles of a page in the file order of their titles, each with its byline."""
    chains = sorted(joins.chains)
    drafts = {chain[0]: _draft(page, joins, chain) for chain in chains}
    home = {block: chain for chain in chains for block in chain}
    for i, kind in enumerate(page.kinds):
        if kind in ("byline", "late byline"):
            chain = next((home[k] for k in range(i - 1, -1, -1) if k in home), chains[0])
            _sign(drafts[chain[0]], page, chain, i)
    return list(drafts.values())


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
