"""Where a mention stands: its sentence, its clause, the words before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.text.reader.mention import Mention

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）]*|\n|$)")
_STOP = re.compile(r"[，,；;：:。！？!?\n]")
_SOFT_END = ("；\n", "，\n", "：\n", ";\n")
_FAR = 120  # characters before a mention that are looked at; a bound, so that hostile text stays linear


@dataclass(frozen=True, slots=True)
class Setting:
    """A mention in its sentence. `head` is what stands before it in its clause (from the mention before, if
    that stands nearer), `tail` what follows up to the next mention or mark; `clause` starts at `clause_start`."""

    mention: Mention
    sentence: tuple[int, int]
    clause_start: int
    head_start: int
    head: str
    tail: str
    tail_start: int
    before: Mention | None
    same_clause: bool
    paragraph_start: int


def sentences(s: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; a line that ends with ； or ， goes on in the next one."""
    return sentences_between(s, 0, len(s))


def sentences_between(s: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The same for a part of the text."""
    for m in _SENTENCE.finditer(s, start, end):
        if m.end() == m.start():
            continue
        if s[m.start() : m.end()].endswith(_SOFT_END):
            continue
        yield start, m.end()
        start = m.end()
    if start < end:
        yield start, end


def settings(s: str, mentions: Sequence[Mention]) -> list[Setting]:
    """The setting of each mention, in order."""
    out: list[Setting] = []
    spans = sentences(s)
    a = b = line = seen = 0
    before: Mention | None = None
    for n, m in enumerate(mentions):
        while b <= m.start:
            nxt = next(spans, None)
            if nxt is None:
                break
            a, b = nxt
        near = before if before is not None and before.end > a else None
        line = max(line, s.rfind("\n", seen, m.start) + 1)
        seen = m.start
        out.append(_setting(s, m, (a, b), near, _limits(mentions, n, len(s)), line))
        if m.neutral is None:
            before = m
    return out


def _limits(mentions: Sequence[Mention], n: int, length: int) -> tuple[int, int]:
    """Where the tail of a mention starts and ends: behind a mention that touches it (5个过50亿元新兴产业), at the next."""
    start, k = mentions[n].end, n + 1
    if k < len(mentions) and mentions[k].start == start and mentions[k].unit != mentions[n].unit:
        start, k = mentions[k].end, k + 1
    return start, mentions[k].start if k < len(mentions) else length


def _setting(s: str, m: Mention, sentence: tuple[int, int], before: Mention | None, limits: tuple[int, int], line: int) -> Setting:
    floor = max(sentence[0], m.start - _FAR)
    clause = floor
    for c in _STOP.finditer(s, floor, m.start):
        if not (c[0] in ",，：:" and s[c.end() : c.end() + 1].isdigit() and s[c.start() - 1 : c.start()].isdigit()):
            clause = c.end()
    same = before is not None and before.end > clause
    head_start = max(clause, before.end if before else 0)
    tail, following = limits
    stop = _STOP.search(s, tail, min(len(s), tail + 60))
    end = max(tail, min(stop.start() if stop else tail + 60, following, sentence[1]))
    return Setting(m, sentence, clause, head_start, s[head_start : m.start], s[tail:end], tail, before, same, line)
