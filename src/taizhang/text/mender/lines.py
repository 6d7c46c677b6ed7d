"""Lines of a raw text, and which of them run on into the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taizhang.text.mender.cuts import cuts_decimal, cuts_quantity

STOPS = "。！？!?…"
CLOSERS = "”’）)》」』】\"'"
RUNNING_ON = "，、；,;"
MARKS = STOPS + CLOSERS + RUNNING_ON + "：:"
LONG = 30  # a line of so many characters without a mark is prose, not a table line
TITLE_LENGTH = 40
WRAPPED_SHARE = 0.6  # of all lines that are equally wide
ENDED_SHARE = 0.3  # of all lines that are equally wide, where the others are ends of paragraphs
FEWEST = 4  # lines that show a common width
SLACK = 4  # half characters by which full lines differ: a mark that hangs over, a word that would not break
NARROWEST = 16  # half characters

_INSIDE = re.compile("[，；。]")
_SPACE = re.compile(r"\s")
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
    """One line without the white space around it: its span, its text, its indent in characters and in half characters."""

    start: int
    end: int
    text: str
    spaces: int
    indent: int
    after_blank: bool

    @property
    def width(self) -> int:
        """How wide it is printed, indent and all, in half characters."""
        return self.indent + width(self.text)

    @property
    def length(self) -> int:
        """How many characters it has, indent and all."""
        return self.spaces + len(self.text)


@dataclass(frozen=True, slots=True)
class Wrap:
    """The common size of wrapped lines: in half characters where a page was set, in characters where a program cut the text."""

    size: Callable[[Line], int]
    full: int
    slack: int

    def fills(self, line: Line) -> bool:
        """True for a line that was broken because it was full."""
        return self.size(line) >= self.full - self.slack


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
            yield Line(start, last, bare, indent, width(raw[:indent]), blank)


def ends_sentence(text: str) -> bool:
    """True when the last mark that is not a closing quote or bracket is a stop."""
    bare = text.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in STOPS


def width(text: str) -> int:
    """Printed width in half characters: one for ASCII, two for anything else."""
    return 2 * len(text) - sum(map(str.isascii, text))


def wrap_of(lines: Sequence[Line]) -> Wrap | None:
    """How a page layer or a program has wrapped these lines, None where they are as long as what they say."""
    if len(lines) < FEWEST:
        return None
    printed, counted = _common(lines, _width, SLACK), _common(lines, _length, 0)
    return max((w for w in (printed, counted) if w), key=lambda w: sum(map(w.fills, lines)), default=None)


def _common(lines: Sequence[Line], size: Callable[[Line], int], slack: int) -> Wrap | None:
    """The size that most lines have, or many where the shorter ones end a sentence.

    Wrapped lines stop anywhere; lines of sentences or clauses stop at a mark.
    """
    sizes = Counter(map(size, lines))
    wrap = Wrap(size, max(sizes, key=lambda n: (sizes[n] + (sizes[n - 1] if slack else 0), n)), slack)
    near = [line for line in lines if abs(size(line) - wrap.full) <= slack]
    if max(line.width for line in near) < NARROWEST or 2 * sum(line.text[-1] in MARKS for line in near) >= len(near):
        return None
    return wrap if len(near) >= WRAPPED_SHARE * len(lines) or _others_end(lines, wrap, len(near)) else None


def _others_end(lines: Sequence[Line], wrap: Wrap, near: int) -> bool:
    """True when no line is longer, and two thirds of those that are shorter end a sentence."""
    if near < max(FEWEST, ENDED_SHARE * len(lines)) or max(map(wrap.size, lines)) > wrap.full + wrap.slack:
        return False
    shorter = [line.text for line in lines if not wrap.fills(line)]
    return 3 * sum(map(ends_sentence, shorter)) >= 2 * len(shorter)


def _width(line: Line) -> int:
    return line.width


def _length(line: Line) -> int:
    return line.length


def runs_on(line: Line, following: Line, wrap: Wrap | None) -> bool:
    """True when `following` continues `line`: the same paragraph, no break between them."""
    if following.after_blank or following.indent > line.indent + 1 or "\t" in line.text + following.text:
        return False
    ended = ends_sentence(line.text)
    if MARKER.match(following.text) and (ended or wrap is None):
        return False
    if wrap is not None and wrap.fills(line):
        return True
    if ended:
        return False
    if _cuts_quantity(line, following):
        return True
    return wrap is None and _reads_on(line.text, following.text)


def _cuts_quantity(line: Line, following: Line) -> bool:
    """True when the break cut a quantity of prose; the cells of a table, short or set apart by spaces, end with a number too."""
    if cuts_decimal(line.text, following.text):
        return True
    is_cell = line.width < NARROWEST or (_SPACE.search(line.text) and not has_clauses(line.text))
    return not is_cell and cuts_quantity(line.text, following.text)


def _reads_on(text: str, following: str) -> bool:
    """True when a line that ends in mid-sentence and the next are both prose."""
    if text[-1] in RUNNING_ON:
        return not is_label(text)
    return is_prose(text) and (is_prose(following) or (has_clauses(text) and " " not in following))


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
    wrap = wrap_of(kept)
    group = kept[:1]
    for line, following in pairwise(kept):
        if not runs_on(line, following, wrap):
            yield group
            group = []
        group.append(following)
    if group:
        yield group
