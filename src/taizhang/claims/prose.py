"""Small helpers over Chinese prose that need no figure read: sentences, clauses, hidden quotations, small numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.core import Span
from taizhang.text.reader.numerals import parse_chinese

# A short quotation or bracket is one word of the sentence around it; a long one, or one with
# sentences of its own, is running text and stays open.
QUOTED = re.compile(
    r"“[^“”。！？：；\n]{0,40}”|‘[^‘’。！？：；\n]{0,40}’|"
    r"《[^《》\n]{0,60}》|（[^（）。！？\n]{0,60}）"
)
FULL_WIDTH = dict(zip(",;:!?()", "，；：！？（）", strict=True))
ASCII_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
HALF_WIDTH = re.compile(r"(?<!\d)[,;:!?()]|[,;:!?()](?!\d)")
HIDDEN = "\ufffc"
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”’]?")
STATEMENT = re.compile(r"[^。！？；\n]+")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SMALL = r"(?:[1-9]\d?|[二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])"


def widened(text: str) -> str:
    """The text, character for character, with punctuation of prose full-width and digits half-width; 1,000 and 12:30 stay."""
    return HALF_WIDTH.sub(lambda m: FULL_WIDTH[m[0]], text.translate(ASCII_DIGITS))


def masked(text: str) -> str:
    """The text, character for character, with what stands inside short quotations and brackets hidden."""
    return QUOTED.sub(lambda m: m[0][0] + HIDDEN * (len(m[0]) - 2) + m[0][-1], text)


def sentences(text: str) -> Iterator[Span]:
    """The spans of the sentences, each within one paragraph, with its closing mark."""
    for m in SENTENCE.finditer(text):
        yield m.span()


def statements(text: str) -> Iterator[Span]:
    """The spans between the marks that end a thought: 。！？； and line ends."""
    for m in STATEMENT.finditer(text):
        yield m.span()


def sentence_at(text: str, at: int, window: int = 400) -> Span:
    """The span of the sentence around an offset; it reaches no further than `window` characters either way."""
    start = max((text.rfind(c, max(at - window, 0), at) for c in "。！？\n"), default=-1) + 1
    start = start or max(at - window, 0)
    ends = [e for c in "。！？\n" if (e := text.find(c, at, at + window)) >= 0]
    return start, min(ends, default=min(at + window, len(text)))


def number_of(printed: str) -> int:
    """A printed whole number, 297 or 二百九十七 or 二〇二二; 0 where it is none."""
    if printed.isascii() and printed.isdigit():
        return int(printed)
    return small_number(printed) or parse_chinese(printed.replace("○", "〇").replace("两", "二")) or 0


def small_number(text: str) -> int | None:
    """A whole number from 1 to 99 in digits or Chinese; None when it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if tens in DIGITS or not tens:
            return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
        return None
    return DIGITS.get(text)
