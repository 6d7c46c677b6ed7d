"""Slogans that promise pieces (“三个推动”, “以‘三聚焦’促‘三提升’”), beside what repeats their word.

That is either a run right after the slogan (“五抓”：抓班子、抓产业 …) or the headings of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.claims.counts import StatedCount, Tally
from taizhang.claims.prose import masked, sentence_at, sentences, small_number
from taizhang.core import Span

SLOGAN = re.compile(r"[“‘](?P<n>[两二三四五六七八九十])(?P<measure>个|大|项|条|张)?(?P<head>[\u4e00-\u9fff]{1,4})[”’]")
LONGEST_HEADING = 30
SPREAD = 3
# Watchwords of the whole country: what they count is known and stands in no local list.
WATCHWORDS = re.compile("四个全面|四个意识|四个自信|四个伟大|两个确立|两个维护|三个代表|五个统筹")
CLAUSE = re.compile(r"[^，；：。！？\n]+")
PIECE = re.compile(r"(?:即|就是|分别是|是)?(?P<words>[^，；：、。！？\n“”‘’（）—]+)")
RUN_BEGINS, RUN_ENDS = 24, 200
SLIP = 2
MENTIONS = 8


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a slogan's word: its clause, how it stands there, and whether that sentence can be a heading."""

    clause: Span
    words: str
    place: str
    heading: bool
    opens_line: bool


def slogans(text: str) -> Iterator[Tally]:
    """Every slogan whose word is repeated at least twice, beside what repeats it."""
    found: dict[tuple[str, str], list[re.Match[str]]] = {}
    for m in SLOGAN.finditer(text):
        if not WATCHWORDS.fullmatch(m[0][1:-1]):
            found.setdefault((m["n"], m["head"]), []).append(m)
    seen = masked(text)
    uses = _uses(seen, {head for _, head in found if len(head) > 1})
    for (n, head), mentions in found.items():
        number = small_number(n) or 0
        pieces = _spelled_out(seen, head, mentions, number) or _headings(uses.get(head, []), number)
        if pieces:
            count = StatedCount(mentions[0].span(), number, mentions[0]["measure"] or "", "")
            yield Tally(count, len(pieces), pieces, tuple(m.span() for m in mentions[1:]))


def _spelled_out(seen: str, head: str, mentions: list[re.Match[str]], number: int) -> tuple[Span, ...]:
    """The run that spells a slogan out right after one of its mentions: the one that has as many pieces, else the first near to it."""
    runs = [run for m in mentions[:MENTIONS] if len(run := _run(seen, m.end(), head)) > 1]
    fitting = [run for run in runs if len(run) == number]
    close = [run for run in runs if abs(len(run) - number) <= (SLIP if len(head) > 1 else 1)]
    return (fitting or close or [()])[0]


def _run(seen: str, start: int, head: str) -> tuple[Span, ...]:
    """The pieces one after the other that begin, or that end, with a word; in the sentence after `start`, from near there on."""
    end = sentence_at(seen, start, RUN_ENDS)[1]
    for place in (str.startswith, str.endswith):
        run: list[Span] = []
        for piece in PIECE.finditer(seen, start, end):
            if place(piece["words"], head) and (run or piece.start() - start <= RUN_BEGINS):
                run.append(piece.span("words"))
            elif run:
                break
        if len(run) > 1:
            return tuple(run)
    return ()


def _uses(seen: str, heads: set[str]) -> dict[str, list[Use]]:
    """Where each word stands outside quotations, once a clause."""
    out: dict[str, list[Use]] = {}
    sizes = sorted({len(h) for h in heads})
    for start, end in sentences(seen) if heads else ():
        heading = end - start <= LONGEST_HEADING
        opens_line = start == 0 or seen[start - 1] == "\n"
        for clause in CLAUSE.finditer(seen, start, end):
            for head, place in _words_of(clause[0], heads, sizes):
                whole = place in ("0", "end") or clause.end() >= end - 1 and clause.start() == start
                use = Use(clause.span(), clause[0], place, heading and whole, opens_line and clause.start() == start)
                out.setdefault(head, []).append(use)
    return out


def _words_of(clause: str, heads: set[str], sizes: list[int]) -> Iterator[tuple[str, str]]:
    """The words in a clause and how they stand: so many characters from its start, or at its end."""
    for size in sizes:
        for i in range(len(clause) - size + 1):
            word = clause[i : i + size]
            if word in heads:
                yield word, "end" if i and i + size == len(clause) else str(i)


def _headings(uses: list[Use], number: int) -> tuple[Span, ...]:
    """The headings that repeat a word in one place; none when some way of counting gives the promised number."""
    best: dict[str, Span] = {}
    for place in dict.fromkeys(u.place for u in uses):
        alike = [u for u in uses if u.place == place]
        headings = {u.words: u.clause for u in alike if u.heading}
        if number in (len(headings), len({u.words for u in alike})):
            return tuple(headings.values()) if len(headings) == number else ()
        uneven = place not in ("0", "end") and _spread(headings) > SPREAD
        too_many = len(headings) > number and not all(u.opens_line for u in alike if u.heading)
        left_out = len(headings) < number < len({u.words for u in alike})
        if len(headings) > len(best) and not (uneven or too_many or left_out):
            best = headings
    return tuple(best.values()) if len(best) > 1 else ()


def _spread(headings: dict[str, Span]) -> int:
    lengths = [len(words) for words in headings]
    return max(lengths, default=0) - min(lengths, default=0)
