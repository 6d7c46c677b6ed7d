"""Text cut where a quantity or a finding begins or ends, each run with what stands on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from taizhang.core import Finding, Span, Story


@dataclass(frozen=True, slots=True)
class Run:
    """Raw characters with the same marks: the index of a quantity, the findings on them, the findings that end with them."""

    span: Span
    quantity: int | None
    findings: tuple[int, ...]
    ending: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    quantity: int | None = None
    finding: int | None = None
    is_end: bool = True


class Marks:
    """The marks of one article on its blocks of raw text."""

    def __init__(self, blocks: list[Span], story: Story, findings: list[tuple[int, Finding]]) -> None:
        self._blocks = sorted(blocks)
        self._starts = [s for s, _ in self._blocks]
        self._on: dict[Span, list[_Mark]] = {}
        self.numbered: set[int] = set()  # the findings whose number stands somewhere in the text
        cut_off = {span for q in story.quantities for span in q.spans[:-1]}  # a quantity goes on elsewhere: no number yet
        for n, quantity in enumerate(story.quantities):
            for span in quantity.spans:
                self._put(span, quantity=n)
        for number, finding in findings:
            for span in dict.fromkeys(finding.spans):
                self._put(span, finding=number, is_end=span not in cut_off)

    def runs(self, block: Span) -> Iterator[Run]:
        """The runs of one block in order."""
        marks = self._on.get(block, [])
        begins: dict[int, list[_Mark]] = {}
        ends: dict[int, list[_Mark]] = {}
        for m in marks:
            begins.setdefault(m.span[0], []).append(m)
            ends.setdefault(m.span[1], []).append(m)
        active: dict[int, _Mark] = {}
        cuts = sorted({*block, *begins, *ends})
        for start, end in pairwise(cuts):
            for m in ends.get(start, ()):
                active.pop(id(m), None)
            active.update((id(m), m) for m in begins.get(start, ()))
            yield _run((start, end), list(active.values()), ends.get(end, []))

    def _put(self, span: Span, quantity: int | None = None, finding: int | None = None, is_end: bool = True) -> None:
        """Lays a mark on the blocks it touches, cut to each."""
        first = bisect_right(self._starts, span[0]) - 1
        touched = self._blocks[max(first, 0) : bisect_left(self._starts, span[1])]
        parts = [(b, (max(b[0], span[0]), min(b[1], span[1]))) for b in touched]
        parts = [(b, part) for b, part in parts if part[0] < part[1]]
        for n, (b, part) in enumerate(parts, 1):
            if finding is not None and is_end and n == len(parts):
                self.numbered.add(finding)
            self._on.setdefault(b, []).append(_Mark(part, quantity, finding, is_end and n == len(parts)))


def _run(span: Span, active: list[_Mark], ending: list[_Mark]) -> Run:
    return Run(
        span,
        next((m.quantity for m in active if m.quantity is not None), None),
        tuple(sorted({m.finding for m in active if m.finding is not None})),
        tuple(sorted({m.finding for m in ending if m.finding is not None and m.is_end})),
    )
