"""A bare tally tells how many of a thing a place has, and nothing else: 道县下辖7个街道、12个镇、3个乡.

There the thing counted is all there is to go by, and it may be a word of one letter. So it is taken for an indicator only where
it is exactly what the indicator is called, and where the clause says nothing besides: place, time, counts, and words like 有 and 下辖.
在3个乡镇设点 is no tally, somebody does something there; nor is 走访25个乡镇，3个街道.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from taizhang.claims.matching.lexicon import within
from taizhang.claims.matching.profiles import Profile
from taizhang.claims.matching.whereabouts import StoryPlaces
from taizhang.claims.matching.wording import Wording
from taizhang.core import Quantity, Span
from taizhang.text.reader.times import TIME

NAMED = 4.0
"""What the exact name comes to, as points of scoring."""
_COUNTED = "个"
_MARK = re.compile(r"[，,：:；（）()]")
_HAS = re.compile(r"下辖|现辖|所辖|管辖|辖有|辖|下设|设有")
"""Words that open a tally wherever they stand in a sentence; 有 does so only at its beginning."""
_NO_MORE = re.compile(
    rf"{_HAS.pattern}|目前|现在|如今|分别|其中|以及|办事处|截至|截止|[全我该][县市州省镇乡村区]|[\s、。“”和及与共计总有底末初]"
)
"""What says no more than 有, and marks."""


def by_name(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    """Indicators by what they are called, and by what they count under that name: 镇 of 镇数."""
    found: dict[str, list[Profile]] = {}
    for profile in profiles:
        names = [profile.one.indicator.title, *profile.one.indicator.also]
        for name in dict.fromkeys([*names, *(name.removesuffix("数") for name in names)]):
            found.setdefault(name, []).append(profile)
    return found


def tallied(q: Quantity, called: dict[str, list[Profile]], wording: Wording, places: StoryPlaces) -> list[Profile]:
    """The indicators, counted by 个, that are called exactly what a number counts in a bare tally: 镇 of 12镇 and of 12个镇."""
    if q.hedge != "exact" or q.unit is None:
        return []
    counted = (q.subject or "") if q.unit == _COUNTED else q.unit
    found = [profile for profile in called.get(counted, ()) if profile.one.indicator.unit == _COUNTED]
    return found if found and _is_bare(wording, places, q) else []


def _is_bare(wording: Wording, places: StoryPlaces, q: Quantity) -> bool:
    """Whether its clause says nothing besides, and those before it, back to a word like 下辖 or the beginning of the sentence."""
    low, high = wording.sentence(q.at[0])
    left = _without(wording.text[low:high], low, _known(wording, places, low, high))
    marks = [m.start() for m in _MARK.finditer(wording.text, low, high)]
    end = next((at for at in marks if at >= q.at[1]), high)
    for start in [*(at + 1 for at in reversed(marks) if at < q.at[0]), low]:
        if _NO_MORE.sub("", left[start - low : end - low]):
            return False
        if _HAS.search(wording.text, start, end):
            return True
        end = start - 1
    return True


def _without(text: str, low: int, spans: Iterator[Span]) -> str:
    """A text that begins at an offset, with blanks for these spans."""
    left = list(text)
    for start, end in spans:
        for at in range(max(start - low, 0), min(end - low, len(left))):
            left[at] = " "
    return "".join(left)


def _known(wording: Wording, places: StoryPlaces, low: int, high: int) -> Iterator[Span]:
    """Counts with what they count, times, places, and words like 有."""
    for q in _between(wording.story.quantities, low, high):
        yield q.at
        if q.subject_at:
            yield q.subject_at
    yield from (m.span() for m in TIME.finditer(wording.text, low, high))
    first, last = (bisect_left(places.named, at, key=lambda w: w.at) for at in (low, high))
    yield from ((w.at, w.end) for w in places.named[first:last])
    yield from ((s.start, s.end) for s in within(wording.senses, low, high) if "light:do" in s.groups)


def _between(quantities: Sequence[Quantity], low: int, high: int) -> Sequence[Quantity]:
    first, last = (bisect_left(quantities, at, key=lambda q: q.at[0]) for at in (low, high))
    return quantities[first:last]
