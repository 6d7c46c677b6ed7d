"""Counts that announce a numbered series (以下三项工作：一是…二是…) or sum one up (以上四条), beside that series."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from taizhang.claims.counts import StatedCount, Tally, stated_counts
from taizhang.claims.enumerated import list_before
from taizhang.claims.prose import masked
from taizhang.claims.series import MARK, Series, all_series
from taizhang.core import Span

ANNOUNCED_WITHIN = 90
SUMMED_UP_WITHIN = 240
# What is counted when points are announced: the points themselves, whatever their matter.
POINTS = re.compile(
    r"^[^，。；]{0,8}?(?:方面|工作|措施|举措|任务|问题|原因|要求|原则|做法|建议|意见|重点|环节|关系|事|实事|难题|目标|内容|经验|体会|机制|行动|工程|"
    r"步骤|阶段|抓手|路径|特点|亮点|变化|转变|维度|层面|角度|关口|政策|制度|渠道|中心|优势|不足|短板|考虑|认识|理由|条件|标准|纪律|希望|启示|精准|坚持|看法|关键|突破|好处|坏处|收获|感受|考验|挑战|机遇|本领|能力|思路|方向|保障|支撑)"
)
POINT_MEASURES = frozenset("点条关")
PREDICATE = re.compile(r"推进|开展|实施|落实|完成|建立|制定|加强|推动|抓好|做好|获得|进行|采取|提出|涉及|已|正在|分别|引进|投资")
WAYS = re.compile(r"^(?:个|大|项)?(?:方面|环节|重点|维度|层面|角度|关键|抓手|问题|目标|领域|阶段|步骤|步)")
SUMMED_UP = re.compile(r"[。；，\n](?:以上|上述|这)(?=[\d两二三四五六七八九十])")
LONGEST_TAIL = 24
FIRST_WORDS = re.compile(r"[，、]?[^，；。：！？\n]{0,16}")


def announced(text: str) -> Iterator[Tally]:
    """Every numbered series with the count announced right before it, or summed up right after it."""
    seen = masked(text)
    counts = list(stated_counts(text))
    starts = [c.at[0] for c in counts]
    for series in all_series(text):
        pieces = tuple(_point(seen, m.at) for m in series.marks)
        for count in (_before(text, seen, counts, starts, series), _after(seen, counts, starts, series)):
            if count and (series.sure or count.number <= len(pieces)):
                yield Tally(count, len(pieces), pieces)


def _point(seen: str, mark: Span) -> Span:
    """A mark with the first words of its point."""
    words = FIRST_WORDS.match(seen, mark[1])
    return mark[0], words.end() if words else mark[1]


def _before(text: str, seen: str, counts: list[StatedCount], starts: list[int], series: Series) -> StatedCount | None:
    """The last count of the clause that ends where the series begins, if that clause announces it."""
    start, end = _lead(seen, series.start)
    i = bisect_left(starts, end) - 1
    if i < 0 or starts[i] < start or not _announces(counts[i], seen[counts[i].at[1] : end]):
        return None
    named = list_before(text, seen, counts[i])
    return None if named and named.fits(counts[i].number) else counts[i]


def _lead(seen: str, start: int) -> Span:
    """The words that lead up to a series: the rest of its sentence, or the sentence before; with the 。 or ： that ends them."""
    end = len(seen[max(start - 4, 0) : start].rstrip()) + max(start - 4, 0)
    begin = max(seen.rfind(c, max(end - ANNOUNCED_WITHIN, 0), max(end - 1, 0)) for c in "。！？；\n") + 1
    return max(begin, end - ANNOUNCED_WITHIN), end


def _announces(count: StatedCount, tail: str) -> bool:
    """True when the words after the count leave no other thing to be numbered."""
    tail = tail.replace("”", "")
    if len(tail) > LONGEST_TAIL:
        return False
    if WAYS.match(count.measure + tail):
        return True
    if PREDICATE.search(tail):
        return False
    return tail.endswith(("：", ":")) or count.measure in POINT_MEASURES or bool(POINTS.match(count.measure + tail))


def _after(seen: str, counts: list[StatedCount], starts: list[int], series: Series) -> StatedCount | None:
    """The count of 以上三点 or 这四条, in the first sentence after the last point."""
    last = series.marks[-1].at[1]
    stop = SUMMED_UP.search(seen, last, last + SUMMED_UP_WITHIN)
    i = bisect_left(starts, stop.end()) if stop else len(starts)
    if not stop or i == len(starts) or starts[i] != stop.end() or MARK.search(seen, last, stop.start()):
        return None
    count = counts[i]
    return count if count.measure in POINT_MEASURES or POINTS.match(count.measure + count.noun) else None
