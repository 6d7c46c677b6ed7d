"""Counts beside an unnumbered list: before it (A、B、C三个县), after it (四个县：A、B、C和D), in brackets, or in clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.counts import StatedCount, Tally, stated_counts
from taizhang.claims.listing import Listing, listing, parallel, pieces_of, split_at
from taizhang.claims.prose import masked
from taizhang.claims.series import MARK
from taizhang.core import Span

REACH = 200
NOUN_MEASURES = re.compile("方面|部门|单位|企业|街道|社区|县区|市州|地区|领域|环节|[县市区镇乡村省州字关级组]")
# Measures of single things: a list before them may name their kinds (公厕、垃圾站5处), so more things than kinds is no slip.
SINGLES = frozenset("家所名位处座批期本册篇件条门部款组层")
NO_NOUN = re.compile(r"^(?:以|并|用|的|来|共|为|是|在|和|与|及|也|都|均|已|被|由|可|将|获|受|上|下|内|中|外|第|之|又|还|到|达|多)|^$")
BEFORE = re.compile(r"[^，。；：！？\n（(—]*$")
CLOSERS = re.compile(r"(?P<deng>等)?(?:这|共计|共|一共|全部|所有|总共|以上|上述)*$")
LEAD = re.compile(
    r"(?P<noun>”?[^，。；：！？\n、（(]{0,18}?)(?P<lead>：|:|[（(](?:即|分别是|分别为|包括)?|，?(?:——|即|分别是|分别为|分别有|依次为|依次是|具体是|具体为|包括|包含|涵盖|就是|也就是)：?)"
)
TAIL_PREDICATE = re.compile(r"开展|实施|推进|召开|出台|建成|获得|取得|新建|投入|覆盖|涉及|走访|进行|落实|已")
ENDS = "。！？\n"
MEASURED = re.compile(r"新高|纪录|记录|第一|突破|指标|新台阶|增长|提升|提高")
MOST_CLAUSE = 24
FIGURE = re.compile(r"\d|翻[一两二三]?番|[一二三四五六七八九十]成|创.{0,4}新高")
CONTINUES = re.compile(
    r"(?:并|且|又|还|也|再|较|比|同比|环比|提高|提升|增长|增加|达|上升|下降|降低|减少|突破|超|创|其中|占|高于|低于|到|增至|降至|净增|位居|居|排|为|"
    r"[由从](?:\d|原|去年|上年))"
)


def enumerated(text: str) -> Iterator[Tally]:
    """Every count whose list stands beside it and does not have that many pieces, and those that do."""
    seen = masked(text)
    counts = list(stated_counts(text))
    for i, count in enumerate(counts):
        following = counts[i + 1].at[0] if i + 1 < len(counts) else len(text)
        tally = _before(text, seen, count) or _after(text, seen, count, following)
        if tally:
            yield tally


def list_before(text: str, seen: str, count: StatedCount) -> Listing | None:
    """The list that ends where the count begins, 等 noted as open; None when nothing is listed there."""
    start = BEFORE.search(seen, max(count.at[0] - REACH, 0), count.at[0])
    span = (start.start() if start else count.at[0], count.at[0])
    closer = CLOSERS.search(seen, *span)
    end = closer.start() if closer else span[1]
    quoted = _inside_quotes(text, seen, end)
    found = listing(text if quoted else seen, quoted or (span[0], end), led=not quoted)
    if not found or not closer or not closer["deng"]:
        return found
    return Listing(found.pieces, found.least, found.most, True, found.restarts)


def _inside_quotes(text: str, seen: str, end: int) -> Span | None:
    """The inside of a quotation that is itself a list (“联、帮、带”三字), when it ends here."""
    if end == 0 or seen[end - 1] != "”":
        return None
    start = seen.rfind("“", max(end - 42, 0), end)
    return (start + 1, end - 1) if start >= 0 and "、" in text[start:end] else None


def _before(text: str, seen: str, count: StatedCount) -> Tally | None:
    if not NOUN_MEASURES.fullmatch(count.measure) and NO_NOUN.match(count.noun):
        return None
    found = list_before(text, seen, count)
    if not found or found.most < 2:
        return None
    tally = Tally(count, found.least, found.pieces)
    if found.fits(count.number):
        return Tally(count, count.number, found.pieces)
    if found.open:
        return tally if found.least > count.number and len(found.restarts) == 1 else None
    firm = parallel(seen, found, led=True)
    return tally if firm and _near(seen, count, found) else None


def _near(seen: str, count: StatedCount, found: Listing) -> bool:
    """True when the miss is of the size of a slip, and the pieces can be the things counted."""
    named = all(seen[end - 1] in "”》" for _, end in found.pieces)
    if found.least > count.number:
        return found.least - count.number <= max(2, count.number)
    return (named or count.measure not in SINGLES) and count.number - found.most <= 2


def _after(text: str, seen: str, count: StatedCount, following: int) -> Tally | None:
    lead = LEAD.match(seen, count.at[1])
    if not lead or lead.end() > following or TAIL_PREDICATE.search(lead["noun"]):
        return None
    bracket = lead["lead"][0] in "（("
    body = text if bracket else seen
    span = _extent(body, lead.end(), "）)" if bracket else ENDS)
    if not span or MARK.match(body, span[0]):
        return None
    return _grouped(body, count, span) or _run(body, count, span)


def _extent(text: str, start: int, ends: str) -> Span | None:
    """From the lead to the end of the sentence or bracket; None when that end is not in reach or the line is cut."""
    found = [e for c in ends if (e := text.find(c, start, start + 2 * REACH)) >= 0]
    end = min(found, default=len(text) if len(text) - start <= REACH and ends is ENDS else -1)
    cut = 0 < end < len(text) and text[end] == "\n"
    return None if end <= start or cut else (start, end)


def _grouped(text: str, count: StatedCount, span: Span) -> Tally | None:
    """Clauses set off by semicolons, or figures of which each is one of the things counted."""
    groups = split_at(text, span, "；;")
    if MEASURED.search(count.noun[:6]):
        measures = _measures(text, split_at(text, span, "；;，"))
        if len(measures) >= max(2, len(groups)):
            return Tally(count, len(measures), measures)
    return Tally(count, len(groups), groups) if len(groups) > 1 else None


def _measures(text: str, clauses: tuple[Span, ...]) -> tuple[Span, ...]:
    """The clauses that give a figure of their own, and do not carry on the one before."""
    return tuple(s for s in clauses if FIGURE.search(text[s[0] : s[1]]) and not CONTINUES.match(text, s[0]))


def _run(text: str, count: StatedCount, span: Span) -> Tally | None:
    """Pieces set off by 、 (or by commas, when the clauses are alike)."""
    clauses = split_at(text, span, "，,")
    listed = [c for c in clauses if len(pieces_of(text, c)) > 1]
    if not listed or len(listed) > 1 or listed[0] != clauses[0]:
        return Tally(count, len(clauses), clauses) if _alike(text, clauses) else None
    found = listing(text, clauses[0], led=False)
    if not found or (len(clauses) > 1 and not parallel(text, found, led=False)):
        return None
    if found.fits(count.number) or (found.open and found.least <= count.number):
        return None
    return Tally(count, found.least, found.pieces)


def _alike(text: str, clauses: tuple[Span, ...]) -> bool:
    """True when the clauses are built alike: one first or last character, or nearly one length, and short."""
    words = [text[a:b] for a, b in clauses]
    lengths = [len(w) for w in words]
    if len(words) < 2 or max(lengths) > MOST_CLAUSE or any("、" in w for w in words):
        return False
    if len({w[0] for w in words}) == 1:
        return True
    return not FIGURE.search("".join(words)) and (max(lengths) - min(lengths) <= 1 or len({w[-1] for w in words}) == 1)
