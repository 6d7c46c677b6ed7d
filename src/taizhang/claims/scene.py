"""The view the rules take of a story: sentences, and the quantities in them with the words around.

A rule never looks at the whole story. It looks at one sentence, at its quantities (`Mention`) and
at the few words that stand before and after each. All windows are bounded, so that the work stays
linear in the number of quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from taizhang.core import Quantity, Range, Story, Unit, unit_named

SENTENCE_END = re.compile(r"[。！？!?\n]+")
# A new sentence that opens so goes on speaking of the one before.
GOES_ON = re.compile(r"\s*(?:其中|第一产业|分产业看|其余|剩余|分别|包括|两者|两项|三项|以上合计|合计|同比|比上年|较上年)")
CLAUSE_END = "，,；;：:。、（）()！？!?\n"
LONGEST = 900  # characters of a sentence
WIDEST = 48  # characters looked at before and after a quantity


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity in its sentence; offsets are into the sentence's text."""

    q: Quantity
    index: int  # its place among the sentence's mentions
    start: int
    end: int
    lead: str  # the words before it, back to the clause's start or the quantity before
    tail: str  # the words after it, up to the clause's end or the next quantity
    clause: str  # the words of its clause before it, other quantities included
    aside: bool = False

    @property
    def meant(self) -> Range:
        """Every value the printed digits can stand for, in the printed unit."""
        return self.q.meant

    @property
    def unit(self) -> Unit | None:
        """Its unit, where the table knows it."""
        return unit_named(self.q.unit)

    @property
    def kind(self) -> str:
        """The kind of its unit; the unit's own name where the table does not know it."""
        return self.unit.kind if self.unit else (self.q.unit or "")

    @property
    def base(self) -> str:
        """Quantities of one base can be compared."""
        return self.unit.base if self.unit else (self.q.unit or "")

    @property
    def factor(self) -> Fraction:
        """How many base units one of its unit is."""
        return self.unit.factor if self.unit else Fraction(1)

    @property
    def size(self) -> Range:
        """Its values in the base unit."""
        return self.meant.scaled(self.factor)

    @property
    def is_percent(self) -> bool:
        """True for a percentage (not for percentage points)."""
        return self.kind == "share"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a story, from `at` in its flow."""

    story: Story
    at: int
    text: str
    mentions: tuple[Mention, ...]
    fresh: int = 0  # where its last sentence begins, the one before being read for what it says of it

    def following(self, at: int, most: int) -> tuple[Mention, ...]:
        """The first mentions from an offset on."""
        i = bisect_left(self.mentions, at, key=lambda m: m.start)
        return self.mentions[i : i + most]

    def preceding(self, at: int, most: int) -> tuple[Mention, ...]:
        """The last mentions that end before an offset."""
        i = bisect_right(self.mentions, at, key=lambda m: m.end)
        return self.mentions[max(0, i - most) : i]

    def between(self, a: Mention, b: Mention) -> str:
        """The words between two of its mentions, at most twice the window."""
        return self.text[a.end : min(b.start, a.end + 2 * WIDEST)]


def sentences(story: Story) -> Iterator[Sentence]:
    """The sentences of a story that hold a quantity, in reading order."""
    return _scenes(story, [(lo, lo, hi) for lo, hi in _cuts(story.flow.text)])


def passages(story: Story) -> Iterator[Sentence]:
    """Each sentence together with the one before it in its paragraph, for rules that reach back."""
    cuts = list(_cuts(story.flow.text))
    text = story.flow.text
    whole = []
    for i, (lo, hi) in enumerate(cuts):
        joined = i > 0 and "\n" not in text[slice(*cuts[i - 1])]
        whole.append((cuts[i - 1][0] if joined else lo, lo, hi))
    return _scenes(story, whole)


def _below_zero(q: Quantity) -> bool:
    """-3.2%, 零下5℃: the rules compare sizes, so a level below zero is left out."""
    return q.low is not None and q.low < 0


def _scenes(story: Story, cuts: list[tuple[int, int, int]]) -> Iterator[Sentence]:
    marked = sorted(
        [(q, False) for q in story.quantities if not _below_zero(q)] + [(q, True) for q in story.asides],
        key=lambda pair: pair[0].at,
    )
    starts = [q.at[0] for q, _ in marked]
    for lo, fresh, hi in cuts:
        held = marked[bisect_left(starts, lo) : bisect_left(starts, hi)]
        if held:
            text = story.flow.text[lo:hi]
            yield Sentence(story, lo, text, _mentions(text, lo, held), fresh - lo)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Sentence bounds; a sentence that goes on with 其中 … belongs to the one before."""
    start = 0
    for m in SENTENCE_END.finditer(text):
        if GOES_ON.match(text, m.end()) and m.end() - start < LONGEST:
            continue
        yield from _bounded(text, start, m.end())
        start = m.end()
    if start < len(text):
        yield from _bounded(text, start, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in pieces where it is longer than any real one, so that work in a sentence has a limit."""
    while end - start > LONGEST:
        mark = max(text.rfind(c, start + LONGEST // 2, start + LONGEST) for c in "；，、 ")
        cut = mark + 1 if mark > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _mentions(text: str, at: int, held: list[tuple[Quantity, bool]]) -> tuple[Mention, ...]:
    spans = [(max(q.at[0] - at, 0), min(q.at[1] - at, len(text))) for q, _ in held]
    out = []
    for i, (q, aside) in enumerate(held):
        start, end = spans[i]
        floor = spans[i - 1][1] if i else 0
        roof = spans[i + 1][0] if i + 1 < len(spans) else len(text)
        clause = _before(text, 0, start)
        lead = _before(text, max(floor, 0), start)
        out.append(Mention(q, i, start, end, lead, _after(text, end, roof), clause, aside))
    return tuple(out)


def _before(text: str, floor: int, start: int) -> str:
    """Words before `start`, back to a clause mark, the floor or the edge of the window."""
    lo = max(floor, start - WIDEST)
    for i in range(start - 1, lo - 1, -1):
        if text[i] in CLAUSE_END:
            return text[i + 1 : start].strip()
    return text[lo:start].strip()


def _after(text: str, end: int, roof: int) -> str:
    hi = min(roof, end + WIDEST)
    for i in range(end, hi):
        if text[i] in CLAUSE_END:
            return text[end:i].strip()
    return text[end:hi].strip()
