"""An article as it is set: its paragraphs in reading order, and the sentence around a raw offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile
from typing import Literal

from taizhang.core import Article, Span

STOPS = "。！？；!?;\n"
REACH = 90  # characters an excerpt looks for the ends of its sentence on either side
# Characters that move the cursor, hide or turn text round must not reach a terminal or a page.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
BREAK = re.compile(r"[ \t\u3000]*\r?\n[ \t\u3000]*")
Kind = Literal["title", "heading", "text"]
Seam = Literal["sure", "guess", "gap"]


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


@dataclass(frozen=True, slots=True)
class _Block:
    """A raw span, the index of its paragraph, and how many characters of that stand before it."""

    span: Span
    paragraph: int
    before: int

    def start_of(self) -> int:
        return self.span[0]


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
        block = self._block(raw)
        return None if block is None else block.paragraph

    def seam(self, block: int, opens: bool) -> Seam | None:
        """What the join before a body block is; None for a sure one where the block opens a paragraph."""
        gaps, guesses = self._doubts
        if self.article.body[block][0] in gaps:
            return "gap"
        if block in guesses:
            return "guess"
        return None if opens else "sure"

    def rank(self, raw: int) -> int:
        """How many characters of its paragraph stand before a raw offset; 0 outside the article."""
        block = self._block(raw)
        return 0 if block is None else block.before + raw - block.span[0]

    def excerpts(self, spans: Iterable[Span]) -> tuple[Excerpt, ...]:
        """One excerpt for each sentence in which the spans stand, in reading order."""
        groups: dict[int | None, list[Span]] = {}
        for span in spans:
            groups.setdefault(self.of(span[0]), []).append(span)
        order = sorted(groups, key=lambda i: len(self.paragraphs) if i is None else i)
        return tuple(e for i in order for e in self._cut(i, groups[i]))

    def around(self, span: Span, reach: int) -> tuple[str, str]:
        """Up to `reach` characters before and after a span, within its sentence."""
        text, start, end = self._set(span)
        lo, hi = _sentence(text, start, end, reach)
        return clean(text[lo:start]), clean(text[end:hi])

    @cached_property
    def _doubts(self) -> tuple[frozenset[int], frozenset[int]]:
        """Where the raw text goes on after a gap, and the blocks whose join is a guess."""
        return frozenset(end for _, end in self.article.gaps), frozenset(self.article.unsure_joins)

    def _block(self, raw: int) -> _Block | None:
        i = bisect_right(self._blocks, raw, key=_Block.start_of) - 1
        return self._blocks[i] if i >= 0 and raw < self._blocks[i].span[1] else None

    @cached_property
    def _blocks(self) -> list[_Block]:
        """The blocks of all paragraphs by their place in the raw text."""
        return sorted((b for i, p in enumerate(self.paragraphs) for b in _blocks(i, p)), key=_Block.start_of)

    @cached_property
    def _inks(self) -> tuple[str, ...]:
        return tuple("".join(self.text[s:e] for s, e in p.spans) for p in self.paragraphs)

    def _set(self, span: Span) -> tuple[str, int, int]:
        """The text of the paragraph a span stands in, and its place there; the raw text for a span outside the article."""
        block = self._block(span[0])
        if block is None:
            lo, hi = max(span[0] - REACH, 0), span[1] + REACH
            return self.text[lo:hi], span[0] - lo, span[1] - lo
        shift = block.before - block.span[0]
        return self._inks[block.paragraph], span[0] + shift, min(span[1], block.span[1]) + shift

    def _cut(self, i: int | None, spans: list[Span]) -> Iterator[Excerpt]:
        """The excerpts of one paragraph: sentences that run into each other are one."""
        places = sorted((self._set(span) for span in set(spans)), key=lambda place: place[1:])
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
        rest = tuple(dropwhile(headings.__contains__, spans))  # a heading stands by itself, whatever it runs on into
        for heading in spans[: len(spans) - len(rest)]:
            yield Paragraph("heading", 0, block, (_trimmed(text, heading),))
            block += 1
        if rest:
            number += 1
            yield Paragraph("text", number, block, tuple(_trimmed(text, span) for span in rest))
            block += len(rest)


def _blocks(index: int, p: Paragraph) -> Iterator[_Block]:
    before = 0
    for span in p.spans:
        yield _Block(span, index, before)
        before += span[1] - span[0]


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


def _joined(marks: list[Span]) -> list[Span]:
    """Marks in order, those that touch made one: a quantity cut by the layout is one quantity."""
    out: list[Span] = []
    for start, end in marks:
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _pieces(text: str, lo: int, hi: int, marks: list[Span]) -> Iterator[Piece]:
    if lo > 0 and text[lo - 1] not in STOPS:
        yield Piece("…", False)
    at = lo
    for start, end in _joined(marks):
        if start > at:
            yield Piece(clean(text[at:start]), False)
        yield Piece(clean(text[start:end]), True)
        at = end
    if at < hi:
        yield Piece(clean(text[at:hi]), False)
    if hi < len(text) and text[hi - 1] not in STOPS:
        yield Piece("…", False)
