"""Lines of a raw text, and which of them run on into the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

STOPS = "。！？!?…"
CLOSERS = "”’）)》」』】\"'"
RUNNING_ON = "，、；,;"
MARKS = STOPS + CLOSERS + RUNNING_ON + "：:"
LONG = 30  # a line of so many characters without a mark is prose, not a table line
TITLE_LENGTH = 40
WRAPPED_SHARE = 0.6  # of all lines that are equally wide
FEWEST = 4  # lines that show a common width
SLACK = 4  # half characters by which full lines differ: a mark that hangs over, a word that would not break
NARROWEST = 16  # half characters

_INSIDE = re.compile("[，；。]")
_CUT_DECIMAL = re.compile(r"[^\d\s]\d+[.．]$")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_NUMBER = "[一二三四五六七八九十]{1,3}"
MARKER = re.compile(
    rf"——|[·•●■◆▲★※]|[（(](?:{_NUMBER}|\d{{1,2}})[）)]|{_NUMBER}、|\d{{1,2}}(?:[.．](?!\d)|、)|第{_NUMBER}[条章节、，]"
    rf"|[一二三四五六七八九]是|其[一二三四五]，|首先，|其次，|此外，|最后，"
)
"""How a new item or paragraph announces itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it: its span, its text, and how wide its indent is printed."""

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool

    @property
    def width(self) -> int:
        """How wide it is printed, indent and all, in half characters."""
        return self.indent + width(self.text)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that have something on them."""
    last = 0
    for found in _LINE.finditer(text):
        raw = found.group()
        bare = raw.strip()
        if bare:
            indent = len(raw) - len(raw.lstrip())
            start = found.start() + indent
            blank = last > 0 and len(_BREAK.findall(text, last, start)) > 1
            last = start + len(bare)
            yield Line(start, last, bare, width(raw[:indent]), blank)


def ends_sentence(text: str) -> bool:
    """True when the last mark that is not a closing quote or bracket is a stop."""
    bare = text.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in STOPS


def width(text: str) -> int:
    """Printed width in half characters: one for ASCII, two for anything else."""
    return 2 * len(text) - sum(map(str.isascii, text))


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The common width of lines that a page layer has wrapped, None where lines are as long as what they say.

    Wrapped lines are equally wide and stop anywhere; lines of sentences or clauses stop at a mark.
    """
    widths = Counter(line.width for line in lines)
    full = max(widths, key=lambda w: (widths[w] + widths[w - 1], w), default=0)
    near = [line.text for line in lines if abs(line.width - full) <= SLACK]
    if len(lines) < FEWEST or full < NARROWEST or len(near) < WRAPPED_SHARE * len(lines):
        return None
    return full if sum(text[-1] in MARKS for text in near) < 0.5 * len(near) else None


def runs_on(line: Line, following: Line, full: int | None) -> bool:
    """True when `following` continues `line`: the same paragraph, no break between them."""
    if following.after_blank or following.indent > line.indent + 1 or "\t" in line.text + following.text:
        return False
    ended = ends_sentence(line.text)
    if MARKER.match(following.text) and (ended or full is None):
        return False
    if full is not None:
        return line.width >= full - SLACK
    if ended:
        return False
    if _CUT_DECIMAL.search(line.text) and following.text[0].isdigit():
        return True
    if line.text[-1] in RUNNING_ON:
        return not is_label(line.text)
    return is_prose(line.text) and (is_prose(following.text) or (has_clauses(line.text) and " " not in following.text))


def is_label(text: str) -> bool:
    """True for a short piece before a comma or dash that names what a table line holds."""
    return len(text) < 4


def has_clauses(text: str) -> bool:
    """True when a mark between clauses or sentences stands in a line."""
    return _INSIDE.search(text) is not None


def is_prose(text: str) -> bool:
    """True when a line reads as part of a sentence, not as a title or a line of a table."""
    if MARKER.match(text) and len(text) <= TITLE_LENGTH and not text.startswith("——"):
        return False
    return has_clauses(text) or (len(text) >= LONG and " " not in text)


def paragraphs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines grouped so that each group runs on without a break."""
    kept = list(lines)
    full = wrap_width(kept)
    group = kept[:1]
    for line, following in pairwise(kept):
        if not runs_on(line, following, full):
            yield group
            group = []
        group.append(following)
    if group:
        yield group
