"""Counts beside an unnumbered list, which ends where the count begins (A、B、C三个县) or follows it (四个县：A、B、C和D)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.counts import StatedCount, Tally, stated_counts
from taizhang.claims.following import list_after
from taizhang.claims.listing import SINGLES, Listing, counts_characters, listing, near, parallel
from taizhang.claims.names import names
from taizhang.claims.prose import masked
from taizhang.core import Span

REACH = 200
LONGEST_CLOSER = 8
MANY = 99
NOUN_MEASURES = re.compile("方面|部门|单位|企业|街道|社区|县区|市州|地区|领域|环节|[县市区镇乡村省州字关级组]")
NO_NOUN = re.compile(r"^(?:以|并|用|的|来|共|为|是|在|和|与|及|也|都|均|已|被|由|可|将|获|受|上|下|内|中|外|第|之|又|还|到|达|多)")
BEFORE = re.compile(r"[^，。；：！？\n（(—]*\Z")
ADDED = re.compile(r"连同|加上|另|还|其[他它余]")
CLOSERS = re.compile(r"(?P<deng>等)?(?:，?(?P<sum>共计|一共|合计|总计|总共|共)(?:是|有|为)?|，?(?P<these>以上|上述|这)|全部|所有)*\Z")


def enumerated(text: str) -> Iterator[Tally]:
    """Every count whose list stands beside it and does not have that many pieces, and those that do."""
    seen = masked(text)
    counts = list(stated_counts(text))
    edges = {c.at[0] for c in counts} & {c.at[1] for c in counts}
    for i, count in enumerate(counts):
        if not edges.isdisjoint(count.at):  # 三省两市: two counts of one list
            continue
        following = counts[i + 1].at[0] if i + 1 < len(counts) else len(text)
        tally = _before(text, seen, count) or list_after(text, seen, count, following)
        if tally:
            yield tally


def list_before(text: str, seen: str, count: StatedCount) -> Listing | None:
    """The list that ends where the count begins, or before 共 and 这, 等 noted as open; None when nothing is listed there."""
    closer = CLOSERS.search(seen, max(count.at[0] - LONGEST_CLOSER, 0), count.at[0])
    end = closer.start() if closer else count.at[0]
    start = BEFORE.search(seen, max(end - REACH, 0), end)
    span = (start.start() if start else end, end)
    quoted = _inside_quotes(text, seen, end)
    found = listing(text if quoted else seen, quoted or span, led=not quoted)
    if not found or not closer:
        return found
    pair_after_clause = len(found.pieces) == 2 and span[0] > 0 and seen[span[0] - 1] == "，"  # …，A和B三个方面: the clause may be one
    most = MANY if pair_after_clause else found.most
    return Listing(found.pieces, found.least, most, found.open or bool(closer["deng"]), found.restarts, bool(closer["sum"]))


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
    if not found or found.most < 2 or ADDED.search(seen, *found.pieces[0]):
        return None
    tally = Tally(count, found.least, found.pieces)
    if found.fits(count.number) or counts_characters(seen, count, found.pieces):
        return Tally(count, count.number, found.pieces)
    if found.open:
        return tally if found.least > count.number and len(found.restarts) == 1 else None
    named = names(seen, count, found.pieces, led=True)
    alike = parallel(seen, found, led=True)
    if not count.noun and (not alike or seen[count.at[1] : count.at[1] + 1] == "、"):
        return None
    sure = named or (alike and bool(count.noun) and len(found.pieces) > 2 and not found.summed and count.measure not in SINGLES)
    return tally if (named or alike) and near(seen, count, found, named=sure) else None
