"""How a page goes together: articles, each with its spans of the raw file in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from taizhang.core.quantity import Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article. Offsets are into the raw file, end exclusive.

    `body` lists its blocks in reading order, `paragraphs` groups the same spans: spans of one
    paragraph run on without a break. `unsure_joins` are indexes into `body` of blocks whose join
    to the block before is a guess. `missing` names what the page lacks: start, middle, end.
    """

    id: str
    title: str | None
    title_span: Span | None
    body: tuple[Span, ...]
    paragraphs: tuple[tuple[Span, ...], ...]
    byline: str | None = None
    byline_span: Span | None = None
    byline_sure: bool = True
    headings: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    gaps: tuple[Span, ...] = ()
    unsure_joins: tuple[int, ...] = ()

    @property
    def truncated(self) -> bool:
        """True when a part of the article is not on the page."""
        return bool(self.missing)


@dataclass(frozen=True, slots=True)
class Page:
    """All articles of a raw text, and the spans that could not be given to any."""

    chars: int
    articles: tuple[Article, ...]
    unplaced: tuple[Span, ...] = field(default=())

    def as_json(self, text: str) -> dict[str, Any]:
        """The form of the annotated layouts, with the doubts beside it."""
        return {
            "chars": self.chars,
            "articles": [_article_json(a, text) for a in self.articles],
            "unplaced": [list(s) for s in self.unplaced],
        }


def _article_json(a: Article, text: str) -> dict[str, Any]:
    return {
        "id": a.id,
        "title": a.title,
        "title_span": _list(a.title_span),
        "byline": a.byline,
        "byline_span": _list(a.byline_span),
        "byline_sure": a.byline_sure,
        "headings": [{"span": list(h), "text": text[h[0] : h[1]]} for h in a.headings],
        "body": [list(s) for s in a.body],
        "paragraphs": [[list(s) for s in p] for p in a.paragraphs],
        "truncated": a.truncated,
        "missing": list(a.missing),
        "gaps": [list(g) for g in a.gaps],
        "unsure_joins": list(a.unsure_joins),
    }


def _list(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)
