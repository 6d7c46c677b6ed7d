"""What the words of its pack say of an indicator: the meanings and letters its names are made of, and those that stand around it.

Nothing here knows a programme. An indicator is known by its title and synonyms, by the title of what it counts (the event, transfer or
register it is made from), by the fields its formula sums, and more faintly by the holders, items and records that stand beside these.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from taizhang.claims.matching.lexicon import Lexicon
from taizhang.cube.cube import Defined
from taizhang.packs import Event, Field, Indicator, Pack, Register, Transfer

Features = frozenset[str]
_EMPTY = re.compile(r"(?:数量|人数|人次|册数|次数|总数|总额|情况|比例|数$|量$|名称|编号|所属|所在|（.*?）)")
_NAME = re.compile(r"[a-z_][a-z_0-9.]*")
_PAIR = 2


def features(text: str, lexicon: Lexicon) -> Features:
    """The groups of the words the table knows, and the pairs of letters of those it does not."""
    bare = _EMPTY.sub(" ", text)
    found: set[str] = set()
    at = 0
    for sense in lexicon.senses(bare):
        found |= sense.groups
        found |= set(_pairs(bare[at : sense.start]))
        at = sense.end
    return frozenset(found | set(_pairs(bare[at:])))


def _pairs(text: str) -> Iterator[str]:
    """The pairs of Chinese letters that stand side by side."""
    for run in re.findall(r"[\u4e00-\u9fff]{2,}", text):
        yield from (run[i : i + _PAIR] for i in range(len(run) - 1))


@dataclass(frozen=True)
class Profile:
    """An indicator as words tell it: each way of naming it, what stands around it, how whoever takes it would tell it, and what
    stands at the two ends of what is handed over."""

    one: Defined
    variants: tuple[Features, ...]
    around: Features
    taken: tuple[Features, ...] = ()
    source: Features = frozenset()
    target: Features = frozenset()

    @property
    def key(self) -> str:
        """The indicator's key: medicine.issued."""
        return self.one.key

    @cached_property
    def acts(self) -> Features:
        """Every doing that may be told of it."""
        return frozenset(f for found in (*self.variants, *self.taken, self.around) for f in found if f.startswith("act:"))

    @cached_property
    def names(self) -> Features:
        """Every feature of its own names; not what merely stands around it."""
        return frozenset().union(*self.variants, *self.taken)

    @cached_property
    def every(self) -> Features:
        """Every feature it has."""
        return frozenset().union(*self.variants, *self.taken, self.around)


@dataclass(frozen=True)
class Profiles:
    """The profiles of all indicators of a book, and how rare each feature is among them."""

    all: tuple[Profile, ...]
    weights: dict[str, float]
    letters: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Defined], lexicon: Lexicon) -> Profiles:
        """Those of the packs installed; a feature weighs the more, the fewer indicators have it."""
        profiles = tuple(_profile(one, lexicon) for one in known)
        seen = Counter(f for profile in profiles for f in profile.every)
        count = len(profiles)
        return cls(profiles, {f: math.log(1 + count / n) for f, n in seen.items()}, _letters(profiles))

    def weight(self, feature: str) -> float:
        """How much a feature tells; 0 for one that no indicator has."""
        return self.weights.get(feature, 0.0)


def _letters(profiles: tuple[Profile, ...]) -> dict[str, frozenset[str]]:
    """The letters that stand in the names of one indicator of a programme alone: 罚 of 罚款总额, which tells 罚单 from 违法."""
    told = {profile.key: set(_EMPTY.sub("", "".join(_names(profile.one)))) for profile in profiles}
    seen = Counter((profile.one.pack.name, letter) for profile in profiles for letter in told[profile.key])
    return {p.key: frozenset(c for c in told[p.key] if seen[p.one.pack.name, c] == 1 and "\u4e00" <= c <= "\u9fff") for p in profiles}


def _names(one: Defined) -> dict[str, None]:
    """Every name it goes by: its own, that of what it counts, those of the fields it sums."""
    return dict.fromkeys((one.indicator.title, *one.indicator.also, *_of_source(one.pack, one.indicator), *_of_formula(one.pack, one.indicator)))


def _profile(one: Defined, lexicon: Lexicon) -> Profile:
    variants = [found for name in _names(one) if (found := features(name, lexicon))]
    takers = (features(name, lexicon) for name in _of_target(one.pack, one.indicator))
    taken = [found for found in takers if any(f.startswith("act:") for f in found)]
    around = frozenset().union(*(features(name, lexicon) for name in _around(one.pack, one.indicator)))
    source, target = (features(name, lexicon) for name in _ends(one.pack, one.indicator))
    return Profile(one, tuple(dict.fromkeys(variants)), around, tuple(taken), source - target, target - source)


def _of_source(pack: Pack, indicator: Indicator) -> Iterator[str]:
    """What the event or transfer it is made from is called."""
    thing = source_of(pack, indicator)
    if isinstance(thing, Event | Transfer):
        yield thing.title


def _of_target(pack: Pack, indicator: Indicator) -> Iterator[str]:
    """Who takes it: what is a sale to the seller is a purchase to the 购药人."""
    thing = source_of(pack, indicator)
    if isinstance(thing, Transfer) and (holder := pack.holder(thing.target)):
        yield holder.title


def _ends(pack: Pack, indicator: Indicator) -> tuple[str, str]:
    """From whom and to whom: the titles of the two ends of a transfer; of anything else nothing."""
    thing = source_of(pack, indicator)
    holders = (pack.holder(thing.source), pack.holder(thing.target)) if isinstance(thing, Transfer) else (None, None)
    first, last = (holder.title if holder else "" for holder in holders)
    return first, last


def _of_formula(pack: Pack, indicator: Indicator) -> Iterator[str]:
    """The fields that the formula works on, by every name."""
    thing = source_of(pack, indicator)
    for name in _NAME.findall(indicator.value) if thing else ():
        if field := fields_of(thing).get(name):
            yield from field.heads


def _around(pack: Pack, indicator: Indicator) -> Iterator[str]:
    """The titles of the pack and its office, of what it is made from, of the ends, item and record of that."""
    yield pack.title
    yield pack.office
    thing = source_of(pack, indicator)
    if thing is None:
        return
    yield thing.title
    if isinstance(thing, Transfer):
        for holder in (pack.holder(thing.source), pack.holder(thing.target)):
            if holder:
                yield holder.title
        if item := pack.item(thing.item):
            yield item.title
    elif isinstance(thing, Event) and thing.about and (about := pack.register(thing.about)):
        yield about.title
    elif isinstance(thing, Register):
        yield from (item.title for name in thing.holds if (item := pack.item(name)))


def source_of(pack: Pack, indicator: Indicator) -> Event | Transfer | Register | None:
    """What an indicator is made from; None for one that is made of others."""
    name = indicator.source or ""
    return pack.events.get(name) or pack.transfers.get(name) or pack.register(name)


def fields_of(thing: Event | Transfer | Register | None) -> dict[str, Field]:
    """Its own fields by name."""
    return dict(thing.fields) if thing else {}
