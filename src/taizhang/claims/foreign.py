"""Names of places that cannot be right: a foreign county as the owner of a result, a county under the wrong parent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from taizhang.claims.home import home_of
from taizhang.claims.naming import Named, named_places
from taizhang.claims.ownership import COUNTY_FRAMES, FRAMES, RESULT_FRAMES, Frame, compared, is_guest, opens_clause, owns
from taizhang.claims.prose import widened
from taizhang.core import Finding, Place, Story, places

OFTEN = 3
ROUNDUP = 2
LEVELS = {"county": 0, "prefecture": 1, "province": 2}
STANDS_FREE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在到从于对的是由和与及为赴往至自])$")
GUESTS = re.compile(r"商会|办事处|联络处|同乡会|籍|分公司|分行|会馆")
# Places that changed hands within living memory: older texts print the older place above them.
FORMER = {
    (child, parent)
    for parent, children in {
        "巢湖市": ("含山县", "和县", "无为市", "庐江县"),
        "六安市": ("寿县",),
        "安庆市": ("枞阳县",),
        "资阳市": ("简阳市",),
        "四平市": ("公主岭市",),
        "四川省": ("重庆市", "涪陵区", "万州区", "黔江区"),
        "广东省": ("海口市", "三亚市"),
    }.items()
    for child in children
}


def foreign_place(story: Story) -> Iterable[Finding]:
    """A query for a place that is not of the story's home and is named as the owner of a result."""
    text = widened(story.flow.text)
    named = named_places(text)
    homes = home_of(story, named)
    foreign = [n for n in named if not any(n.related(h) for h in homes)] if homes else []
    at_home = [n for n in named if any(n.related(h) for h in homes)]
    simple, county = _frames(story, text, at_home, foreign)
    for guest in _unrelated(text, foreign):
        frames = county if any(p.level == "county" for p in guest.places) else simple
        if owns(text, guest, frames) and not compared(text, guest, foreign):
            yield _foreign(story, guest, homes[0])


def _frames(story: Story, text: str, at_home: list[Named], foreign: list[Named]) -> tuple[tuple[Frame, ...], tuple[Frame, ...]]:
    """The frames that tell here, for any place and for a county.

    In a round-up of places, and where the home is named but once, another place may well open a clause.
    """
    openers = {f.name for f in foreign if f.full and opens_clause(text, f)}
    if len(openers) >= ROUNDUP or len(at_home) < OFTEN - 1:
        return FRAMES, FRAMES
    simple = (*FRAMES, *RESULT_FRAMES)
    return simple, (*simple, *COUNTY_FRAMES) if at_home[0].at[0] < story.title_end else simple


def _unrelated(text: str, foreign: list[Named]) -> list[Named]:
    """The foreign places that are named once or twice, and nowhere as a guest, a market or a model."""
    uses: dict[str, list[Named]] = {}
    for n in foreign:
        uses.setdefault(n.places[0].code, []).append(n)
    rare = [group for group in uses.values() if len(group) < OFTEN and not any(is_guest(text, n) for n in group)]
    return sorted((n for group in rare for n in group), key=lambda n: n.at)


def _foreign(story: Story, guest: Named, home: Named) -> Finding:
    where = _where(guest)
    return Finding(
        article=story.article.id,
        kind="query",
        rule="foreign-place",
        spans=(*story.flow.raw(guest.at), *story.flow.raw(home.at)),
        printed=guest.name,
        follows=home.name,
        miss=None,
        why=f"本文讲的是{home.name}的事，这里却把成绩记在“{guest.name}”（{where}）名下，可能是套用别处稿件留下的地名，请核。",
        why_en=f"The story is about {home.name}, but here the result is given to “{guest.name}” ({where}), perhaps left from another text.",
    )


def _where(n: Named) -> str:
    """The full name of a place with the names above it."""
    return "或".join(full_name(p) for p in n.places[:2])


def full_name(place: Place) -> str:
    """The name of a place after the names of the places above it."""
    above = _by_code().get(place.parent or "")
    return (full_name(above) if above else "") + place.name


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Place]:
    return {p.code: p for p in places()}


def wrong_parent(story: Story) -> Iterable[Finding]:
    """A query for a place printed right after the name of a place that does not hold it (四川省东安县)."""
    text = widened(story.flow.text)
    for above, below in pairwise(named_places(text)):
        joined = text[above.at[1] : below.at[0]] in (("", "的") if above.full else ("",))
        if joined and below.exact and _is_parent(text, above, below) and not _may_hold(above, below):
            yield _misplaced(story, above, below)


def _is_parent(text: str, above: Named, below: Named) -> bool:
    """True when the first name is of a higher level and stands as a name of its own."""
    higher = max(LEVELS[p.level] for p in above.places) > max(LEVELS[p.level] for p in below.places)
    return (
        higher
        and (above.full or bool(STANDS_FREE.search(text[max(above.at[0] - 2, 0) : above.at[0]])))
        and not GUESTS.match(text, below.at[1])
    )


def _may_hold(above: Named, below: Named) -> bool:
    """True when one place of the lower name lies, lay or may have lain in one of the higher name."""
    if below.under(above) or any((p.name, a.name) in FORMER for p in below.places for a in above.places):
        return True
    direct = [p for p in below.places if p.code[2:4] == "90"]
    return any(p.code[:2] == a.code[:2] for p in direct for a in above.places)


def _misplaced(story: Story, above: Named, below: Named) -> Finding:
    where = _where(below)
    printed = story.flow.text[above.at[0] : below.at[1]]
    return Finding(
        article=story.article.id,
        kind="query",
        rule="wrong-parent",
        spans=story.flow.raw((above.at[0], below.at[1])),
        printed=printed,
        follows=where,
        miss=None,
        why=f"“{printed}”：{below.name}属{where}，不在{above.name}，请核。",
        why_en=f"“{printed}”: {below.name} belongs to {where}, not to {above.name}.",
    )
