"""An article as it is set: its paragraphs in reading order, and the sentence around a raw offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from taizhang.core import Article, Span

STOPS = "。！？；!?;\n"
REACH = 90  # characters an excerpt looks for the ends of its sentence on either side
# Characters that move the cursor, hide or turn text round must not reach a terminal or a page.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
BREAK = re.compile(r"[ \t\u3000]*\r?\n[ \t\u3000]*")
Kind = Literal["title", "heading", "text"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by its raw spans; `number` counts the text paragraphs from 1, `block` is the place of its first span in the body."""

    kind: Kind
    number: int
    block: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, and whether it is what is spoken of."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentence in which marked spans stand, and its paragraph (None outside the article)."""

    paragraph: Paragraph | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Sheet:
    """An article over its raw text."""

    text: str
    article: Article

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The title (if it stands on the page), then headings and paragraphs."""
        return tuple(_paragraphs(self.article, self.text))

    def of(self, raw: int) -> int | None:
        """The index of the paragraph in which a raw offset stands."""
        starts, ends, owners = self._index
        i = bisect_right(starts, raw) - 1
        return owners[i] if i >= 0 and raw < ends[i] else None

    def rank(self, raw: int) -> int:
        """How many characters of its paragraph stand before a raw offset; 0 outside the article."""
        i = self.of(raw)
        return 0 if i is None else self._set(i, (raw, raw))[1]

    def excerpts(self, spans: Iterable[Span]) -> tuple[Excerpt, ...]:
        """One excerpt for each sentence in which the spans stand, in reading order."""
        groups: dict[int | None, list[Span]] = {}
        for span in spans:
            groups.setdefault(self.of(span[0]), []).append(span)
        order = sorted(groups, key=lambda i: len(self.paragraphs) if i is None else i)
        return tuple(e for i in order for e in self._cut(i, groups[i]))

    def around(self, span: Span, reach: int) -> tuple[str, str]:
        """Up to `reach` characters before and after a span, within its sentence."""
        i = self.of(span[0])
        text, start, end = self._set(i, span)
        lo, hi = _sentence(text, start, end, reach)
        return clean(text[lo:start]), clean(text[end:hi])

    @cached_property
    def _index(self) -> tuple[list[int], list[int], list[int]]:
        rows = sorted((s, e, i) for i, p in enumerate(self.paragraphs) for s, e in p.spans)
        return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]

    @cached_property
    def _inks(self) -> tuple[str, ...]:
        return tuple("".join(self.text[s:e] for s, e in p.spans) for p in self.paragraphs)

    def _set(self, i: int | None, span: Span) -> tuple[str, int, int]:
        """The text a span stands in, and its place there; the raw text for a span outside the article."""
        if i is None:
            lo, hi = max(span[0] - REACH, 0), span[1] + REACH
            return self.text[lo:hi], span[0] - lo, span[1] - lo
        before = 0
        for s, e in self.paragraphs[i].spans:
            if s <= span[0] < e:
                start = before + span[0] - s
                return self._inks[i], start, min(start + span[1] - span[0], before + e - s)
            before += e - s
        raise ValueError(f"span {span} does not stand in paragraph {i}")

    def _cut(self, i: int | None, spans: list[Span]) -> Iterator[Excerpt]:
        """The excerpts of one paragraph: sentences that run into each other are one."""
        places = sorted((self._set(i, span) for span in set(spans)), key=lambda place: place[1:])
        paragraph = None if i is None else self.paragraphs[i]
        groups: list[tuple[str, list[int], list[Span]]] = []
        for text, start, end in places:
            lo, hi = _sentence(text, start, end, REACH)
            if groups and groups[-1][0] is text and lo < groups[-1][1][1]:
                groups[-1][1][1] = max(hi, groups[-1][1][1])
                groups[-1][2].append((start, end))
            else:
                groups.append((text, [lo, hi], [(start, end)]))
        for text, (lo, hi), marks in groups:
            yield Excerpt(paragraph, tuple(_pieces(text, lo, hi, marks)))


def clean(text: str) -> str:
    """The text fit to be shown on one line: line breaks closed up, unseen characters gone."""
    return UNSEEN.sub("", BREAK.sub("", text)).replace("\t", " ")


def _paragraphs(a: Article, text: str) -> Iterator[Paragraph]:
    if a.title_span:
        yield Paragraph("title", 0, -1, (_trimmed(text, a.title_span),))
    headings, number, block = set(a.headings), 0, 0
    for spans in a.paragraphs:
        is_heading = len(spans) == 1 and spans[0] in headings
        number += not is_heading
        trimmed = tuple(_trimmed(text, span) for span in spans)
        yield Paragraph("heading" if is_heading else "text", 0 if is_heading else number, block, trimmed)
        block += len(spans)


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends; the report and the terminal indent by themselves."""
    part = text[span[0] : span[1]]
    return span[1] - len(part.lstrip()), span[0] + len(part.rstrip()) if part.strip() else span[1]


def _sentence(text: str, start: int, end: int, reach: int) -> Span:
    """The sentence around a place, cut off `reach` characters from it."""
    lo, hi = max(start - reach, 0), min(end + reach, len(text))
    left = max(text.rfind(stop, lo, start) for stop in STOPS)
    right = min((i for stop in STOPS if (i := text.find(stop, end, hi)) >= 0), default=hi - 1)
    left = max(left + 1, lo)
    while left < start and text[left].isspace():
        left += 1
    return left, right + 1


def _pieces(text: str, lo: int, hi: int, marks: list[Span]) -> Iterator[Piece]:
    if lo > 0 and text[lo - 1] not in STOPS:
        yield Piece("…", False)
    at = lo
    for start, end in marks:
        if start > at:
            yield Piece(clean(text[at:start]), False)
        if end > at:
            yield Piece(clean(text[max(start, at) : end]), True)
        at = max(at, end)
    if at < hi:
        yield Piece(clean(text[at:hi]), False)
    if hi < len(text) and text[hi - 1] not in STOPS:
        yield Piece("…", False)
