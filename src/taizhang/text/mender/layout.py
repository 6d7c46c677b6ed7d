"""From chosen joins to articles."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.core.page import Article, Page
from taizhang.core.quantity import Span
from taizhang.text.mender.furniture import Sorted
from taizhang.text.mender.joins import Joins
from taizhang.text.mender.seams import begins

UNSURE = -1.0
BROKEN_START = -2.0


def lay_out(text: str, page: Sorted, joins: Joins) -> Page:
    """The articles of a page in the file order of their titles."""
    chains = _chains(page, joins)
    bylines, stray = _byline_owners(page, chains)
    articles = tuple(
        _article(f"a{n}", page, joins, title, chain, bylines.get(title)) for n, (title, chain) in enumerate(sorted(chains.items()), 1)
    )
    return Page(len(text), articles, tuple(span for i in stray for span in page.blocks[i].lines))


def _chains(page: Sorted, joins: Joins) -> dict[int, list[int]]:
    after = {a: b for b, a in joins.before.items()}
    chains = {}
    for title in (i for i, kind in enumerate(page.kinds) if kind == "title"):
        chain, at = [], title
        while at in after:
            at = after[at]
            chain.append(at)
        chains[title] = chain
    return chains


def _byline_owners(page: Sorted, chains: dict[int, list[int]]) -> tuple[dict[int, tuple[int, bool]], list[int]]:
    """Title to (byline, sure), and the bylines nobody can own: names after a title are its own, names in brackets go with the block before."""
    home = {block: title for title, chain in chains.items() for block in (title, *chain)}
    owners: dict[int, tuple[int, bool]] = {}
    stray: list[int] = []
    for i, kind in enumerate(page.kinds):
        if kind not in ("byline", "late byline"):
            continue
        owner = next((home[k] for k in range(i - 1, -1, -1) if k in home), next(iter(chains), None))
        if owner is None or owner in owners:
            stray.append(i)
            continue
        chain = chains[owner]
        sure = kind == "byline" or bool(chain) and chain[-1] == i - 1 and page.ends[i - 1].closes == "stop"
        owners[owner] = (i, sure)
    return owners, stray


def _article(name: str, page: Sorted, joins: Joins, title: int, chain: Sequence[int], byline: tuple[int, bool] | None) -> Article:
    spans: list[Span] = []
    paragraphs: list[list[Span]] = []
    unsure, gaps, missing = [], [], []
    previous = title
    for block in chain:
        lines = page.blocks[block].lines
        if previous == title and begins(page.ends[block]) < BROKEN_START:
            missing.append("start")
        if previous != title and page.ends[previous].closes != "stop":
            paragraphs[-1].extend(lines)
            if joins.cut[block] < UNSURE:
                unsure.append(len(spans))
                gaps.append(_gap(page, previous, block))
        else:
            paragraphs.append(list(lines))
        spans.extend(lines)
        previous = block
    if gaps:
        missing.append("middle")
    if chain and page.ends[chain[-1]].closes != "stop":
        missing.append("end")
    head = page.blocks[title]
    names = page.blocks[byline[0]] if byline else None
    return Article(
        id=name,
        title=head.text,
        title_span=(head.start, head.end),
        body=tuple(spans),
        paragraphs=tuple(map(tuple, paragraphs)),
        byline=names.text.strip("()（）") if names else None,
        byline_span=(names.start, names.end) if names else None,
        byline_sure=byline[1] if byline else True,
        headings=tuple(s for i in chain if page.kinds[i] == "heading" for s in page.blocks[i].lines),
        missing=tuple(missing),
        gaps=tuple(gaps),
        unsure_joins=tuple(unsure),
    )


def _gap(page: Sorted, before: int, after: int) -> Span:
    """Where the missing words should stand: between the two blocks if they are neighbours, else right after the first."""
    end = page.blocks[before].end
    return (end, page.blocks[after].start) if after == before + 1 else (end, end)
