"""A stated count against its list: 5支队伍 after six names, 三个方面 before two points, “三个推动” with two headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taizhang.claims.announced import announced
from taizhang.claims.counts import Tally
from taizhang.claims.enumerated import enumerated
from taizhang.claims.prose import widened
from taizhang.claims.slogans import slogans
from taizhang.core import Finding, Span, Story

SHOWN = 12
SHORT_NOUN = 4
CUT, CUT_EN = "；文章不全，也可能缺在被截去的部分", "; the article is cut short, which may be the cause"
MORE = re.compile(r"[^。！？\n]{0,20}[。！？]”?(?:还有|另有|另外|此外|其余|剩下)")
CUT_ENDS = frozenset(("middle", "end"))


def list_count(story: Story) -> Iterable[Finding]:
    """A query for every stated count whose list has another number of pieces."""
    for tally in tallies(story.flow.text):
        if tally.differs and not _goes_on(story.flow.text, tally):
            yield _finding(story, tally)


def tallies(text: str) -> Iterator[Tally]:
    """Every count with its list, matching or not, in reading order; one for each count."""
    text = widened(text)
    told: set[Span] = set()
    found = [t for rule in (announced, enumerated, slogans) for t in rule(text)]
    for tally in sorted(found, key=lambda t: t.count.at):
        if tally.count.at not in told:
            told.add(tally.count.at)
            yield tally


def _goes_on(text: str, tally: Tally) -> bool:
    """True when the sentence after too short a list names more."""
    return tally.found < tally.count.number and MORE.match(text, max(end for _, end in tally.pieces)) is not None


def _finding(story: Story, tally: Tally) -> Finding:
    text = story.flow.text
    spans = (_with_noun(tally), *tally.echoes, *tally.pieces)
    said = _said(text, tally)
    pieces = [_short(text, piece) for piece in tally.pieces]
    cut = tally.found < tally.count.number and bool(CUT_ENDS & set(story.article.missing))
    return Finding(
        article=story.article.id,
        kind="query",
        rule="list-count",
        spans=tuple(raw for span in spans for raw in story.flow.raw(span)),
        printed=said,
        follows=f"{tally.found}：{'、'.join(pieces)}",
        miss=f"{tally.found - tally.count.number:+d}",
        why=f"文中说“{said}”，能找到的是{tally.found}个（{'、'.join(pieces)}）{CUT if cut else ''}，请核。",
        why_en=f"The text says “{said}”, but {tally.found} can be found ({'; '.join(pieces)}){CUT_EN if cut else ''}.",
    )


def _with_noun(tally: Tally) -> Span:
    """The count with its noun, where that is short and ends the clause (4个新高)."""
    start, end = tally.count.at
    return start, end + (len(tally.count.noun) if len(tally.count.noun) <= SHORT_NOUN else 0)


def _said(text: str, tally: Tally) -> str:
    """The count with a little of its noun."""
    start, end = tally.count.at
    return text[start:end].strip("“”‘’") + ("" if text[end - 1] in "”’" else tally.count.noun[:4])


def _short(text: str, piece: Span) -> str:
    words = text[piece[0] : piece[1]].strip(" \n，；：“”")
    return words if len(words) <= SHOWN else words[:SHOWN] + "…"
