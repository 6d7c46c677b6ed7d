"""Before a number is called wrong: whether another reading, that the words did not exclude, holds the very number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from taizhang.claims.matching.matching import Matched, Matcher, readings
from taizhang.claims.matching.units import factor
from taizhang.claims.values import rounded
from taizhang.core import Period, Quantity, Question

_TURNED_BACK = re.compile(r"[这此该那](?:[一两三几]?[类种]|些)(?!似)")
"""这类书, 此类矿山: of what was told before."""
_FOR_THAT = re.compile(r"(?:因为?|由于|涉及|属于)[^，。；]{2,16}的(?:就|共|总共|一共|只|也)*[有是达占]?$")
"""因为超速被查的有16起: of those only, in words the book may not know."""
_HEADS = re.compile(r"人数|的人[，、也]")
_HELD = re.compile(r"现有|现存|在编")
_PERSONS = frozenset("人名位个")
_MOST = 40
"""So many other readings are asked of the book."""


def narrowed(matcher: Matcher, q: Quantity, found: Matched) -> bool:
    """Whether the words before a number speak of some only, and no sort of the book was found that says of which."""
    if found.best.cells:
        return False
    low, _ = matcher.wording.sentence(q.at[0])
    before = matcher.wording.text[low : q.at[0]]
    return _TURNED_BACK.search(before) is not None or _FOR_THAT.search(before) is not None


def held_now(matcher: Matcher, q: Quantity, found: Matched) -> bool:
    """Whether the words say what there is (现有退休干部165人), where the indicator tells what was done."""
    low, _ = matcher.wording.sentence(q.at[0])
    return found.best.fit.profile.one.indicator.kind != "stock" and _HELD.search(matcher.wording.text, low, q.at[0]) is not None


def of_persons(matcher: Matcher, q: Quantity, found: Matched) -> bool:
    """Whether a change without a unit is told of heads (借书的人数增长), where the indicator taken counts no heads."""
    if not found.likely or found.best.fit.profile.one.indicator.unit in _PERSONS:
        return False
    low, _ = matcher.wording.sentence(q.at[0])
    return _HEADS.search(matcher.wording.text, low, q.at[0]) is not None


def held_elsewhere(matcher: Matcher, q: Quantity, found: Matched) -> bool:
    """Whether the printed number is the book's figure of a neighbour in one respect: another indicator of its pack, another place
    or time the paragraph names, or the whole of a sort. Who wrote it may have meant that; so it is no proof of a mistake.
    """
    return any(_agrees(matcher, q, question, size) for question, size in islice(_neighbours(matcher, q, found), _MOST))


def _agrees(matcher: Matcher, q: Quantity, question: Question, size: Fraction) -> bool:
    figure = matcher.opened.figure(question)
    if figure is None or not figure.value:
        return False
    value = figure.value / size
    return value in (rounded(q.meant) if figure.value.denominator != 1 else q.meant)


def _neighbours(matcher: Matcher, q: Quantity, found: Matched) -> Iterator[tuple[Question, Fraction]]:
    """The questions that differ from the one taken in a single respect, each with the size of the printed unit in its unit."""
    assert found.where is not None
    assert found.where.key is not None
    place, period, of = found.where.key, matcher.periods(found)[0], readings(found.best)[0]
    size, low = found.best.factor or Fraction(1), matcher.wording.text.rfind("\n", 0, q.at[0]) + 1
    for other in matcher.places.spoken(low, q.at[0]):
        yield Question(found.best.key, other, period, of=of), size
    for told in matcher.moments.spoken(low, q.at[0]):
        yield Question(found.best.key, place, _as_kept(matcher, found, told), of=of), size
    if of:
        yield Question(found.best.key, place, period), size
    yield from _of_the_pack(matcher, q, found, place)


def _as_kept(matcher: Matcher, found: Matched, told: Period) -> Period:
    stock = found.best.fit.profile.one.indicator.kind == "stock"
    return Period(told.last, told.last) if stock else told


def _of_the_pack(matcher: Matcher, q: Quantity, found: Matched, place: int) -> Iterator[tuple[Question, Fraction]]:
    """The other indicators of the same pack in a unit that the printed one converts to, by the sort its own words name."""
    assert found.when is not None
    unit, own, told = matcher.unit(q), matcher.wording.own(q), found.when.periods[0]
    for profile in matcher.opened.profiles.all:
        indicator = profile.one.indicator
        size = factor(unit, indicator.unit, matcher.opened.lexicon) if q.unit is not None else Fraction(1)
        if size is None or profile.key == found.best.key or profile.one.pack.name != found.best.fit.profile.one.pack.name:
            continue
        period = Period(told.last, told.last) if indicator.kind == "stock" else told
        named = matcher.opened.cells.named(profile.one, own)
        of = {path: cells[0].value for path, cells in named.items() if len(cells) == 1}
        yield Question(profile.key, place, period, of=of), size
