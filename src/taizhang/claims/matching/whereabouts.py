"""Where a number holds: the places a text names, by their keys in the book, and the one that governs each number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taizhang.claims.home import home_of
from taizhang.claims.naming import ORDINARY, Named, named_places
from taizhang.claims.prose import widened
from taizhang.core import Story
from taizhang.ledger.places.names import plain
from taizhang.ledger.places.tree import Tree

_FEW = 60
"""So many places back a word like 全县 is looked for."""
_LEVELS = {"县": "county", "市": "prefecture", "州": "prefecture", "省": "province", "镇": "township", "乡": "township", "村": "village"}
_WHOLE = re.compile(
    r"(?:全|该|我|本)(?P<whole>[县市州省镇乡村])(?![级民长])|(?<![\u4e00-\u9fff])(?P<inside>[县市镇乡村])(?:里|上|内)"
    r"|(?P<ours>(?:我们|咱们|咱|俺们|他们)(?:这个|那个)?(?:村|组|寨|院子|社区|镇|乡)|合作社)"
)
_NOT_HERE = re.compile(r"(?:从|自|向|赴|往|来自|对口|支援|学习|前往|由|比|较|如|像|超过|位居|同|与|和)$")
_THERE = re.compile(r"(?:在|于|为|给|：|，|。|；|、|\n|“|—|^|的|到|向全|是|据|了|年|月|日|底|末|初|间|来)$")
_FREE = re.compile(r"(?:[在于给：，。；、\n“—【从自到的是年月日底末初和与讯]|报|社|^)$")
_FREE_AFTER = re.compile(r"[的县人讯电】，。：、到走和全各这]|$")
"""What follows a county whose short name is an ordinary word too (永兴的药库, 本报永兴讯)."""
_WITH = re.compile(r"(?<=[局委办院府门组队经由我将并])会同(?=县)")
"""经会同县交通局研究: a doing (together with), and no place."""
_AFTER_NAME = re.compile(r"路|街|大道|大桥|河|江(?!华)|湖|站|机场|高速|大学|学院|银行|证券|集团|股份|酒店|宾馆|籍|商会|人民|方言")


@dataclass(frozen=True, slots=True)
class Where:
    """A place a text names: where it stands, its key (None outside what the book knows), as it is printed."""

    at: int
    end: int
    key: int | None
    name: str


class Whereabouts:
    """The places of a book as texts name them: the longest name first."""

    def __init__(self, tree: Tree, within: str) -> None:
        self._tree, self._within = tree, within
        self._longest: dict[str, int] = {}
        for name in self._names():
            self._longest[name[:2]] = max(self._longest.get(name[:2], 0), len(name))

    def _names(self) -> Iterator[str]:
        return (form for form in self._tree.forms() if len(form) > 1)

    def level(self, key: int) -> str:
        """The level of a place."""
        return self._tree.nodes[key].level

    def name(self, key: int) -> str:
        """Its name."""
        return self._tree.nodes[key].name

    def full_name(self, key: int) -> str:
        """Its name with those above."""
        return self._tree.full_name(key)

    def path(self, key: int) -> str:
        """Its path."""
        return self._tree.nodes[key].path

    def known(self, key: int) -> bool:
        """Whether the book has the place."""
        return key in self._tree.nodes

    def above(self, key: int, level: str) -> int | None:
        """The place of a level that a place is or lies in."""
        return next((k for k in (key, *self._tree.above(key)) if k in self._tree.nodes and self.level(k) == level), None)

    def meant(self, name: str, near: int | None) -> int | None:
        """The place a name means: the only one, else the only one that lies in (or holds) the place spoken of, or shares its county."""
        keys = [k for k in self._keys(name) if self._tree.nodes[k].path.startswith(self._within) or self._within.startswith(self._tree.nodes[k].path)]
        counties = [k for k in keys if self.level(k) == "county"]
        if len(keys) > 1 and len(counties) == 1:
            return counties[0]
        if len(keys) > 1 and near is not None:
            path, county = self.path(near), self.above(near, "county")
            keys = (
                [k for k in keys if self.path(k).startswith(path) or path.startswith(self.path(k))]
                or [k for k in keys if county and self.path(k).startswith(self.path(county))]
                or keys
            )
        return keys[0] if len(keys) == 1 else None

    def _keys(self, name: str) -> tuple[int, ...]:
        found = self._tree.of_form(plain(name))
        outer = [k for k in found if not any(above in found for above in self._tree.above(k))]
        return tuple(outer)

    def of(self, story: Story, fallback: int | None) -> StoryPlaces:
        """The places of a story."""
        text = widened(story.flow.text)
        home = self._home(story, fallback)
        named = tuple(self._named(text, home.key if home else fallback))
        first = next((w for w in named if w.key is not None and self.level(w.key) == "county"), None)
        return StoryPlaces(self, story, text, home or first, named)

    def _home(self, story: Story, fallback: int | None) -> Where | None:
        """The place the story is about: as its title or first sentence names it."""
        homes = home_of(story, named_places(widened(story.flow.text)))
        for named in homes:
            for place in named.places:
                key = int(place.code)
                return Where(*named.at, key if self.known(key) and self._reaches(key) else None, named.name)
        return None if fallback is None else Where(0, 0, fallback, self.name(fallback))

    def _reaches(self, key: int) -> bool:
        return self.path(key).startswith(self._within) or self._within.startswith(self.path(key))

    def _named(self, text: str, near: int | None) -> Iterator[Where]:
        foreign = {n.at[0]: n for n in named_places(text)}
        doings = {m.start() for m in _WITH.finditer(text)}
        at = 0
        while at < len(text):
            found = None if at in doings else self._one(text, at, near)
            if found is None and at in foreign and at not in doings:
                n = foreign[at]
                found = self._foreign(n, text)
            if found is None:
                at += 1
                continue
            if not _AFTER_NAME.match(text, found.end):
                yield found
                near = found.key if found.key is not None else near
            at = found.end

    def _foreign(self, n: Named, text: str) -> Where | None:
        """A place of elsewhere; a short name only where it stands free (not the 西林 of 阿莫西林)."""
        here = any(self.known(int(p.code)) and self._reaches(int(p.code)) for p in n.places)
        free = n.full or _THERE.search(text[max(n.at[0] - 2, 0) : n.at[0]]) is not None
        return Where(*n.at, None, n.name) if free and (n.full or not here) else None

    def _one(self, text: str, at: int, near: int | None) -> Where | None:
        for size in range(min(self._longest.get(text[at : at + 2], 0), len(text) - at), 1, -1):
            name = text[at : at + size]
            if not self._keys(name) or ORDINARY.fullmatch(name) and not self._free_county(text, at, name):
                continue
            key = self.meant(name, near)
            if key is not None or size > 2:
                return Where(at, at + size, key, name) if key is not None else None
        return None


    def _free_county(self, text: str, at: int, name: str) -> bool:
        """Whether an ordinary word stands as the name of a county of the book: alone between marks and words of place."""
        counties = any(self.level(key) == "county" for key in self._keys(name))
        return counties and _FREE.search(text[max(at - 2, 0) : at]) is not None and _FREE_AFTER.match(text, at + len(name)) is not None


@dataclass(frozen=True)
class StoryPlaces:
    """The places of one story, in reading order, and its home."""

    house: Whereabouts
    story: Story
    text: str
    home: Where | None
    named: tuple[Where, ...]

    def governing(self, low: int, at: int, high: int) -> Where | None:
        """The place that governs a number: the last that its sentence names before it, else the first after it, else one that
        an earlier sentence of the paragraph opened with, else the story's home."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        here = self._last(w for w in self._mentions(low, at) if not self._elsewhere(w))
        if here:
            return here
        after = next((w for w in self._mentions(at, high) if self.text[w.at - 1] in "在于给到为"), None)
        if after:
            return after
        earlier = self._last(w for w in self._mentions(paragraph, low) if _THERE.search(self.text[max(w.at - 2, 0) : w.at]) and not self._elsewhere(w))
        return earlier or self.home

    def spoken(self, low: int, high: int) -> list[int]:
        """Every place of the book named between two offsets."""
        return list(dict.fromkeys(w.key for w in self._mentions(low, high) if w.key is not None))

    def _mentions(self, low: int, high: int) -> list[Where]:
        """Names and words like 全县 between two offsets, in order."""
        first, last = (bisect_left(self.named, at, key=lambda w: w.at) for at in (low, high))
        named = list(self.named[first:last])
        for m in _WHOLE.finditer(self.text, low, high):
            letter = m["whole"] or m["inside"]
            if m["ours"]:
                named.append(Where(m.start(), m.end(), None, m[0]))
            elif (key := self._of_level(letter, m.start())) is not None:
                named.append(Where(m.start(), m.end(), key, m[0]))
        return sorted(named, key=lambda w: (w.at, w.end))

    def _of_level(self, letter: str, at: int) -> int | None:
        """What 全县 or 镇里 means: the place of that level around what was named last, or the story's home."""
        i = bisect_left(self.named, at, key=lambda w: w.at)
        before = [w.key for w in self.named[max(i - _FEW, 0) : i] if w.key is not None]
        for key in [*reversed(before), *([self.home.key] if self.home and self.home.key is not None else [])]:
            found = self.house.above(key, _LEVELS[letter])
            if found is None and letter == "市":
                found = self.house.above(key, "county")
            if found is not None:
                return found
        return None

    def _elsewhere(self, w: Where) -> bool:
        return bool(_NOT_HERE.search(self.text[max(w.at - 2, 0) : w.at]))

    def _last(self, found: Iterable[Where]) -> Where | None:
        return max(found, key=lambda w: w.end, default=None)
