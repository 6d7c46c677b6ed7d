"""Lists that follow their count: after a colon or 即 (四个县：A、B、C和D), in brackets, or in clauses set off by ； or ，."""

from __future__ import annotations

import re

from taizhang.claims.counts import StatedCount, Tally
from taizhang.claims.leads import Kind, Lead, lead_of
from taizhang.claims.listing import LAST_JOIN, SINGLES, counts_characters, listing, near, parallel, pieces_of, split_at
from taizhang.claims.names import PERSONS, TITLES, names
from taizhang.claims.series import MARK
from taizhang.core import Span

MEASURED = re.compile(r"新高|纪录|记录|第一|突破|指标|新台阶|增长|提升|提高")
OPENING = r"(?:(?:既|又|也|还)?有(?![的些人时\d])|(?P<each>一[\u4e00-\u9fff]))"
WORDS = r"[^，。；：！？\n有]{1,16}"
HAVING = re.compile(
    rf"[^，。；：！？\n、（(]{{0,12}}[，：](?P<run>{OPENING}{WORDS}(?:，(?(each)(?P=each)|(?:既|又|也|还)?有(?![的些人时\d])){WORDS})+)[。；！？\n]"
)
MOST_CLAUSE = 24
# Points of a series in the line, speech, and the alternatives of a measure: 58个县（市、区）.
NOT_A_LIST = re.compile(
    r"有[的些人]|[一二三四五六七八九十]{1,2}、|“[^”\n]{40}|“[^”\n]*[。！？]|(?:[省市州县区旗乡镇村]|街道|社区)(?:、(?:[省市州县区旗乡镇村]|街道|社区))*[）)]"
)
SAID_OF = re.compile(r"的|[是为有在了着]")
PREDICATE = re.compile(r".[在都均已]|位于")
FIGURE = re.compile(r"\d|翻[一两二三]?番|[一二三四五六七八九十]成|创.{0,4}新高")
CONTINUES = re.compile(
    r"(?:并|且|又|还|也|再|较|比|同比|环比|提高|提升|增长|增加|达|上升|下降|降低|减少|突破|超|创|其中|占|高于|低于|到|增至|降至|净增|位居|居|排|为|"
    r"[由从](?:\d|原|去年|上年))"
)


def list_after(text: str, seen: str, count: StatedCount, following: int) -> Tally | None:
    """The count with the list that follows it, matching or not; `following` is where the next count begins."""
    each = having(seen, count)
    lead = lead_of(text, seen, count, following)
    if each or not lead:
        return each
    body, span = (text if lead.kind == "bracket" else seen), lead.list_at
    if MARK.match(body, span[0]) or NOT_A_LIST.match(body, span[0]):
        return None
    if lead.kind in ("they", "plain") or (lead.predicate and not lead.closed):
        return _names_only(body, count, span, lead.kind)
    if lead.predicate:
        return None
    if count.number in _first_sizes(body, span):
        return Tally(count, count.number, (span,))
    return _grouped(body, count, span) or _run(body, count, lead)


def _names_only(text: str, count: StatedCount, span: Span, kind: Kind) -> Tally | None:
    """A list after a predicate (七支队参加了比赛：…), after 他们是 or a plain 是, where it is one of names and of nothing else."""
    found = listing(text, span, led=False)
    if not found or found.open or "，" in text[slice(*span)]:
        return None
    said = kind == "they" and len(found.pieces) > 2 and not SAID_OF.search(text, *span)
    if not said and not names(text, count, found.pieces, led=False):
        return None
    sure = text[span[1] - 1] in TITLES or count.measure in PERSONS or (len(found.pieces) > 2 and not SAID_OF.search(text, *span))
    if kind == "plain" and not sure:
        return None
    return Tally(count, count.number if found.fits(count.number) else found.least, found.pieces)


def having(seen: str, count: StatedCount) -> Tally | None:
    """种了5种作物，有高粱，有玉米，有水稻: clauses that begin with 有, or with 一种, until the sentence ends."""
    run = HAVING.match(seen, count.at[1])
    if not run or (run["each"] and run["each"] != f"一{count.measure}"):
        return None
    pieces = tuple(piece for clause in split_at(seen, run.span("run"), "，") for piece in pieces_of(seen, clause))
    return Tally(count, len(pieces), pieces) if len(pieces) > 1 else None


def _first_sizes(text: str, span: Span) -> tuple[int, ...]:
    """How many pieces the first clause has: what follows it may be another thought."""
    first = split_at(text, span, "；，")[:1]
    found = listing(text, first[0], led=False) if first else None
    return tuple(range(found.least, found.most + 1)) if found and found.most > 1 else ()


def _grouped(text: str, count: StatedCount, span: Span) -> Tally | None:
    """Clauses set off by semicolons, or figures of which each is one of the things counted."""
    groups = split_at(text, span, "；")
    if MEASURED.search(count.noun[:6]):
        measures = _measures(text, split_at(text, span, "；，"))
        if len(measures) >= max(2, len(groups)):
            return Tally(count, len(measures), measures)
    if len(groups) < 2 or (len(groups) < count.number <= len(groups) + len(LAST_JOIN.findall(text, *groups[-1]))):
        return None
    return Tally(count, len(groups), groups)


def _measures(text: str, clauses: tuple[Span, ...]) -> tuple[Span, ...]:
    """The clauses that give a figure of their own, and do not carry on the one before."""
    return tuple(s for s in clauses if FIGURE.search(text[s[0] : s[1]]) and not CONTINUES.match(text, s[0]))


def _run(text: str, count: StatedCount, lead: Lead) -> Tally | None:
    """Pieces set off by 、 (or by commas, when the clauses are alike); after 包括 they may be kinds of the things counted."""
    clauses = split_at(text, lead.list_at, "，")
    listed = [c for c in clauses if len(pieces_of(text, c)) > 1]
    if not listed or len(listed) > 1 or listed[0] != clauses[0]:
        return Tally(count, len(clauses), clauses) if _alike(text, clauses) and not counts_characters(text, count, clauses) else None
    found = listing(text, clauses[0], led=False)
    if not found or (len(clauses) > 1 and not parallel(text, found, led=False)) or _ends_in_predicate(text, found.pieces):
        return None
    if found.fits(count.number) or counts_characters(text, count, found.pieces):
        return Tally(count, count.number, found.pieces)
    includes = lead.kind == "some"
    sure = not includes or (len(found.pieces) > 2 and count.measure not in SINGLES)
    whole = len(clauses) == 1 and sure and (lead.closed or parallel(text, found, led=False))
    named = whole or names(text, count, found.pieces, led=False)
    if (found.open and found.least <= count.number) or not near(text, count, found, kinds=includes, named=named):
        return None
    return Tally(count, found.least, found.pieces)


def _ends_in_predicate(text: str, pieces: tuple[Span, ...]) -> bool:
    """True for 客厅、厨房在东边: the last piece, and no other, runs on into what is said of the list."""
    said = [PREDICATE.search(text, *piece) is not None for piece in pieces]
    return said[-1] and not any(said[:-1])


def _alike(text: str, clauses: tuple[Span, ...]) -> bool:
    """True when the clauses are built alike: one first or last character, or nearly one length, and short."""
    words = [text[a:b] for a, b in clauses]
    lengths = [len(w) for w in words]
    if len(words) < 2 or max(lengths) > MOST_CLAUSE or any("、" in w for w in words):
        return False
    if len({w[0] for w in words}) == 1:
        return True
    return not FIGURE.search("".join(words)) and (max(lengths) - min(lengths) <= 1 or len({w[-1] for w in words}) == 1)
