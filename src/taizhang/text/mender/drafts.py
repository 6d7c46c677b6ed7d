"""An article while it is put together, and the finished page made of such drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from taizhang.core.page import Article, Page
from taizhang.core.quantity import Span
from taizhang.text.mender.blocks import Block


@dataclass(frozen=True, slots=True)
class Piece:
    """A text block in its place.

    `runs_on` says that it goes on with the paragraph of the piece before, `guess` that its join to that
    piece may be wrong, `moved` that the file has another block before it.
    """

    block: Block
    heading: bool = False
    runs_on: bool = False
    guess: bool = False
    moved: bool = False


@dataclass(slots=True)
class Draft:
    """A title, a byline and the pieces of text in reading order.

    `mended` is False for a text passed through; `headless` says that the text begins in mid-sentence.
    """

    title: Block | None = None
    pieces: list[Piece] = field(default_factory=list)
    byline: Block | None = None
    byline_sure: bool = True
    mended: bool = False
    headless: bool = False
    unplaced: list[Block] = field(default_factory=list)


def page_of(text: str, drafts: Iterable[Draft]) -> Page:
    """The finished page: articles in the file order of their titles, text without a title joined to the article before it."""
    merged: list[Draft] = []
    for draft in drafts:
        if merged and draft.title is None:
            merged[-1].pieces += draft.pieces
            merged[-1].unplaced += draft.unplaced
        elif draft.title or draft.pieces or draft.unplaced:
            merged.append(draft)
    articles = tuple(_article(f"a{n}", draft) for n, draft in enumerate(merged, 1))
    stray = sorted(span for draft in merged for block in draft.unplaced for span in block.lines)
    return Page(len(text), articles, tuple(stray))


def _article(name: str, draft: Draft) -> Article:
    title, byline, pieces = draft.title, draft.byline, draft.pieces
    unsure = [i for i, piece in enumerate(pieces) if piece.guess]
    torn = [i for i in unsure if not pieces[i - 1].block.closed]
    return Article(
        id=name,
        title=title.text if title else None,
        title_span=(title.start, title.end) if title else None,
        body=tuple(span for piece in pieces for span in piece.block.lines),
        paragraphs=tuple(_paragraphs(pieces)),
        byline=byline.text.strip("()（） \u3000") if byline else None,
        byline_span=(byline.start, byline.end) if byline else None,
        byline_sure=draft.byline_sure,
        headings=tuple(span for piece in pieces if piece.heading for span in piece.block.lines),
        missing=_missing(draft, bool(torn)),
        gaps=tuple(_gap(pieces[i - 1], pieces[i]) for i in torn),
        unsure_joins=tuple(sum(len(piece.block.lines) for piece in pieces[:i]) for i in unsure),
    )


def _paragraphs(pieces: Sequence[Piece]) -> list[tuple[Span, ...]]:
    out: list[tuple[Span, ...]] = []
    for piece in pieces:
        if piece.runs_on and out:
            out[-1] += piece.block.lines
        else:
            out.append(piece.block.lines)
    return out


def _missing(draft: Draft, gap: bool) -> tuple[str, ...]:
    last = draft.pieces[-1].block if draft.pieces else None
    end = draft.mended and not (last and (last.closed or last.text[-1] in "；;"))
    return tuple(name for name, lost in (("start", draft.headless), ("middle", gap), ("end", end)) if lost)


def _gap(before: Piece, after: Piece) -> Span:
    """Where the missing words should stand: between two neighbours, else right after the first."""
    end = before.block.end
    return (end, end) if after.moved else (end, after.block.start)
