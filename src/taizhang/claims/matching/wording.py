"""The words around a number, each with how near it stands: what a claim says, before anybody asks what it means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.claims.matching.lexicon import Lexicon, Sense, within
from taizhang.core import Quantity, Span, Story

OWN, CLAUSE, NEAR, FAR, TITLE = 1.0, 0.75, 0.5, 0.25, 0.15
"""What a word weighs: beside the number; in its clause; in the sentence; in the sentence before; in the title."""

_SENTENCE = re.compile(r"[。！？!?；;\n]")
_CLAUSE = re.compile(r"[，,：:（）()]")
_PART = re.compile(r"[、]|以及|和|及|与")
_TOPIC = re.compile(r"[^，：。]{1,12}(?:方面|里|中|上|：)，?")
_WAY = re.compile(r"[到进往给向至入]")
_FROM = re.compile(r"[从由自]")
_WAY_LONG = 8
_PAIR, _LONGEST = 2, 300
_ACT, _THING, _SCENE, _SHY = "act:", "thing:", "scene:", "shy:"


@dataclass
class Words:
    """What is said around a number: each feature with its weight, and the doings told of it, nearest first.

    `acts` are the meanings of each word that governs it (of its own clause, else of the nearest clause before it that has any),
    `things` those of each thing its own words name, `into` those of what its clause tells to be the end of a way (送到药箱),
    `out` those of what it begins at (从药企).
    """

    weights: dict[str, float] = field(default_factory=dict)
    acts: dict[frozenset[str], float] = field(default_factory=dict)
    things: set[frozenset[str]] = field(default_factory=set)
    into: set[str] = field(default_factory=set)
    out: set[str] = field(default_factory=set)
    sentence: str = ""
    own: str = ""
    clause: str = ""
    topic: str = ""
    shy: bool = False

    def add(self, feature: str, weight: float) -> None:
        """A feature met at a distance; the nearest counts."""
        self.weights[feature] = max(self.weights.get(feature, 0.0), weight)


class Wording:
    """The words of one story."""

    def __init__(self, story: Story, lexicon: Lexicon) -> None:
        self.story, self.text = story, story.flow.text
        self.senses = lexicon.senses(self.text)
        self._cuts = [0, *(m.end() for m in _SENTENCE.finditer(self.text)), len(self.text)]
        marks = sorted((*story.quantities, *story.asides), key=lambda q: q.at)
        self._spans = [q.at for q in marks]

    def sentence(self, at: int) -> Span:
        """The span of the sentence around an offset; of a longer one than anybody writes the part near it."""
        i = bisect_right(self._cuts, at) - 1
        return max(self._cuts[i], at - _LONGEST), min(self._cuts[min(i + 1, len(self._cuts) - 1)], at + _LONGEST)

    def paragraph(self, at: int, count: int = 1) -> int:
        """Where the paragraph around an offset begins; of more than one, the earliest; empty lines are none."""
        lines = self.text[:at].split("\n")
        told = [i for i, line in enumerate(lines) if line.strip() or i == len(lines) - 1][-count:]
        return sum(len(line) + 1 for line in lines[: told[0]])

    def own(self, q: Quantity) -> str:
        """The words beside a quantity."""
        return self._said(self._own(self._clause(*self.sentence(q.at[0]), q), q), q)

    def around(self, q: Quantity) -> Words:
        """What is said around a quantity."""
        low, high = self.sentence(q.at[0])
        clause = self._clause(low, high, q)
        own = self._own(clause, q)
        shy = any(g.startswith(_SHY) for s in within(self.senses, *clause) for g in s.groups)
        found = Words(own=self._said(own, q), clause=self.text[slice(*clause)], topic=self._topic(low, clause[0]), shy=shy)
        tiers = [(own, OWN), (q.at, OWN), (clause, CLAUSE), *((c, NEAR) for c in self._others(low, high, clause))]
        tiers += [((self._before(low), low), FAR), ((0, self.story.title_end), TITLE)]
        for span, weight in tiers:
            self._gather(span, weight, found)
        found.acts = self._governing(own, clause, low, high)
        found.into, found.out = self._behind(_WAY, clause), self._behind(_FROM, clause)
        found.sentence = self.text[low : own[1]]
        found.things = _of_kind(_THING, [*within(self.senses, own[0], q.at[0]), *within(self.senses, q.at[1], own[1])])
        return found

    def _topic(self, low: int, start: int) -> str:
        """The words that open the sentence as its topic: 布洛芬方面，"""
        m = _TOPIC.match(self.text, low, start)
        return m[0] if m else ""

    def _said(self, own: Span, q: Quantity) -> str:
        return self.text[own[0] : q.at[0]] + " " + self.text[q.at[1] : own[1]]

    def _clause(self, low: int, high: int, q: Quantity) -> Span:
        starts = [m.end() for m in _CLAUSE.finditer(self.text, low, q.at[0])]
        end = _CLAUSE.search(self.text, q.at[1], high)
        return (starts[-1] if starts else low), (end.start() if end else high)

    def _own(self, clause: Span, q: Quantity) -> Span:
        """The words between the numbers beside it, a list cut at its marks."""
        i = bisect_left(self._spans, q.at)
        before = self._spans[i - 1][1] if i and self._spans[i - 1][1] > clause[0] else clause[0]
        after = self._spans[i + 1][0] if i + 1 < len(self._spans) and self._spans[i + 1][0] < clause[1] else clause[1]
        if before > clause[0]:
            before = next((m.end() for m in _PART.finditer(self.text, before, q.at[0])), before)
        if after < clause[1]:
            after = next((m.start() for m in _PART.finditer(self.text, q.at[1], after)), after)
        return before, after

    def _others(self, low: int, high: int, clause: Span) -> Iterator[Span]:
        """The clauses of the sentence before this one, and those after it up to the next number."""
        yield low, clause[0]
        i = bisect_left(self._spans, (clause[1], 0))
        stop = self._spans[i][0] if i < len(self._spans) else high
        if stop >= high:
            yield clause[1], high

    def _behind(self, way: re.Pattern[str], clause: Span) -> set[str]:
        """Who and what stands right behind 到, 进, 往, 给, 向, or behind 从, 由."""
        ends = [m.end() for m in way.finditer(self.text, *clause)]
        reached = (within(self.senses, end, min(end + _WAY_LONG, clause[1])) for end in ends)
        return {group for senses in reached for sense in senses for group in sense.groups if group.startswith((_THING, _SCENE))}

    def _before(self, low: int) -> int:
        """Where the sentence before begins, within the paragraph."""
        if low == 0 or self.text[low - 1] == "\n":
            return low
        return self.sentence(low - 1)[0]

    def _gather(self, span: Span, weight: float, found: Words) -> None:
        at = span[0]
        for sense in within(self.senses, *span):
            for group in sense.groups:
                found.add(group, weight)
            _pairs(self.text[at : sense.start], weight, found)
            at = sense.end
        _pairs(self.text[at : span[1]], weight, found)

    def _governing(self, own: Span, clause: Span, low: int, high: int) -> dict[frozenset[str], float]:
        """The doings of its own words, else of its clause, else of the nearest clause of the sentence that has any; else of the
        sentence before, which a sentence without a doing goes on with."""
        i = bisect_left(self._spans, (own[1], 0))
        ends = i >= len(self._spans) or self._spans[i][0] >= clause[1]
        whole = (clause[0], clause[1] if ends else own[1])
        for span, weight in ((own, OWN), (whole, CLAUSE), *((s, NEAR) for s in self._outwards(low, high, clause))):
            acts = _of_kind(_ACT, within(self.senses, *span))
            if acts:
                return dict.fromkeys(acts, weight)
        before = _of_kind(_ACT, within(self.senses, self._before(low), low))
        return dict.fromkeys(before, NEAR)

    def _outwards(self, low: int, high: int, clause: Span) -> Iterator[Span]:
        """The clauses before, the nearest first; then what follows up to the next number."""
        end = clause[0]
        starts = [low, *(m.end() for m in _CLAUSE.finditer(self.text, low, clause[0]))]
        for start in reversed(starts):
            if start < end:
                yield start, end
            end = start
        yield from list(self._others(low, high, clause))[1:]


def _of_kind(kind: str, senses: list[Sense]) -> set[frozenset[str]]:
    found = {frozenset(group for group in sense.groups if group.startswith(kind)) for sense in senses}
    return found - {frozenset()}


def _pairs(text: str, weight: float, found: Words) -> None:
    for run in re.findall(r"[\u4e00-\u9fff]{2,}", text):
        for i in range(len(run) - 1):
            found.add(run[i : i + _PAIR], weight)
