"""Series of numbered points: 一是…二是…, （一）…（二）…, 第一，…第二，…, 其一…其二…, 首先…其次…最后…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from taizhang.claims.prose import DIGITS, small_number
from taizhang.core import Span

HAN = "[一二三四五六七八九十]{1,3}"
MARK = re.compile(
    rf"(?:^|(?<=[。；：，、,;:！？“—\s]))(?:"
    rf"(?P<clause>{HAN})(?:是|要|抓|看|靠|过|则)"
    rf"|[（(](?P<bracket>{HAN})[）)]"
    rf"|第(?P<nth>{HAN})(?=[，,、是：要]|个(?:是|方面)|阶段|步[，是：])"
    rf"|其(?P<among>[一二三四五])(?=[，,、是：])"
    rf"|(?P<ring>[①-⑳])"
    rf"|(?P<order>首先|其次|再次|最后)(?=[，是要把])"
    rf")"
    rf"|^(?:(?P<line>{HAN})、|(?P<digit>\d{{1,2}})[.．、](?!\d)|[（(](?P<round>\d{{1,2}})[)）])",
    re.MULTILINE,
)
ORDER = {"首先": 1, "其次": 2, "再次": 3}
LAST = 99
NESTED_WITHIN = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a series: what kind it is and which place it says it has."""

    at: Span
    kind: str
    place: int


@dataclass(frozen=True, slots=True)
class Series:
    """Points numbered 1, 2, 3 … in order. `sure` is False where another series is nested or restarts within reach."""

    marks: tuple[Mark, ...]
    sure: bool

    @property
    def start(self) -> int:
        """Where the first mark begins."""
        return self.marks[0].at[0]


def all_series(text: str) -> list[Series]:
    """Every series of at least two points, by its start."""
    kinds: dict[str, list[Mark]] = {}
    for mark in _marks(text):
        kinds.setdefault(mark.kind, []).append(mark)
    found = [series for marks in kinds.values() for series in _runs(marks)]
    return sorted(found, key=lambda s: s.start)


def _marks(text: str) -> Iterator[Mark]:
    for m in MARK.finditer(text):
        kind = m.lastgroup or ""
        place = _place(kind, m[kind])
        if place is not None:
            yield Mark(m.span(), kind, place)


def _place(kind: str, printed: str) -> int | None:
    if kind == "ring":
        return ord(printed) - ord("①") + 1
    if kind == "order":
        return ORDER.get(printed, LAST)
    return DIGITS.get(printed) or small_number(printed)


def _runs(marks: list[Mark]) -> Iterator[Series]:
    firsts = [i for i, m in enumerate(marks) if m.place == 1]
    groups = [marks[i:end] for i, end in pairwise([*firsts, len(marks)])]
    for group, after in pairwise([*groups, []]):
        run = _run(group)
        if len(run) > 1:
            closed = run[-1].kind != "order" or run[-1].place == LAST  # 首先, 其次 may go on in other words
            yield Series(tuple(run), closed and len(run) == len(group) and not _may_hold(run, after))


def _run(marks: list[Mark]) -> list[Mark]:
    """The marks that count up without a gap; 最后 is whatever place comes next, and closes."""
    run: list[Mark] = []
    for mark in marks:
        if mark.place not in (len(run) + 1, LAST):
            break
        run.append(mark)
        if mark.place == LAST:
            break
    return run


def _may_hold(run: list[Mark], after: list[Mark]) -> bool:
    """True when the next series may stand inside the last point of this one, and this one go on after it."""
    wanted = len(run) + 1
    resumed = [m.place for m in after[len(_run(after)) :]]
    near = bool(after) and after[0].at[0] - run[-1].at[1] < NESTED_WITHIN
    return wanted in resumed or (near and wanted in [m.place for m in after])
