"""How well one block runs on into another, judged at the cut alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from taizhang.text.mender.blocks import Block
from taizhang.text.mender.lines import MARKER, ends_sentence
from taizhang.text.mender.phrases import fold
from taizhang.text.mender.words import EMPTY, Edge, common_words

End = Literal["stop", "mark", "number", "word"]
Beginning = Literal["marker", "mark", "number", "unit", "word"]

MEASURES = "%％‰万亿千百个元年月日号公平方米里吨座处件项家户名人次岁倍台辆条所套亩斤美周天小时分多余多级届批支类种届吋位口只头万"
NEVER_FIRST = "，。；：、！？”’）)》」』】%％‰"
BARE_UNIT = re.compile(
    r"[%％‰]|[万亿](?:多|余)?(?:[元吨度亩户人名套千斤公平立辆台]|美元)|平方[公米]|公[里顷斤]|千[瓦米克]|立方米|美元|个百分点"
)
_HAN_TAIL = re.compile(r"[\u4e00-\u9fff]*$")
_HAN_HEAD = re.compile(r"[\u4e00-\u9fff]*")
_NUMBER_END = re.compile(r"[\d.．](?:多|余)?$")


@dataclass(frozen=True, slots=True)
class Ends:
    """What the two edges of a block look like; `last` and `first` are its outermost two characters, a number as one."""

    closes: End
    opens: Beginning
    tail: Edge
    head: Edge
    last: str
    first: str
    open_quote: bool
    close_quote: bool
    colon: bool


def ends_of(block: Block) -> Ends:
    """Look at both edges of a block. Its first and last few dozen characters are enough."""
    text = block.text
    words = common_words()
    closes, opens = _end(text), _beginning(text)
    return Ends(
        closes,
        opens,
        words.tail(_last(_HAN_TAIL, text[-12:])) if closes == "word" else EMPTY,
        words.head(_last(_HAN_HEAD, text[:12])) if opens in ("word", "unit") else EMPTY,
        fold(text[-12:])[-2:],
        fold(text[:12])[:2],
        text.rfind("“") > text.rfind("”"),
        0 <= text.find("”") < (text.find("“") if "“" in text else len(text)),
        text[-1] in "：:",
    )


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""


def _end(text: str) -> End:
    if ends_sentence(text):
        return "stop"
    if _NUMBER_END.search(text[-3:]):
        return "number"
    if _HAN_TAIL.search(text[-1]).group():  # type: ignore[union-attr]
        return "word"
    return "mark"


def _beginning(text: str) -> Beginning:
    if text[0] in NEVER_FIRST:
        return "unit" if text[0] in "%％‰" else "mark"
    if MARKER.match(text):
        return "marker"
    if text[0].isdigit():
        return "number"
    if BARE_UNIT.match(text):
        return "unit"
    return "word"


def begins(ends: Ends) -> float:
    """How readily a block stands first, in an article or after a stop, as a logarithm; 0 at best."""
    if ends.opens == "marker":
        return 0.0
    if ends.opens in ("mark", "unit") or ends.close_quote:
        return -5.0
    return max(_whole(ends.head), -5.0)


def seam(before: Ends, after: Ends) -> float:
    """How much the cut speaks for `after` following `before`, as a logarithm; 0 says nothing."""
    score = _seam(before, after)
    if before.open_quote:
        score += 2.0 if after.close_quote else -1.0
    elif after.close_quote:
        score -= 3.0
    return max(-8.0, min(8.0, score))


def _seam(before: Ends, after: Ends) -> float:
    if before.closes == "stop":
        return begins(after)
    if before.closes == "number":
        return _after_number(after)
    if after.opens in ("marker", "mark"):
        return -6.0 if after.opens == "marker" and not before.colon else -1.0
    if after.opens == "unit":
        return -4.0
    if before.closes == "mark":
        return _whole(after.head)
    if after.opens == "number":
        return _whole(before.tail)
    return common_words().seam(before.tail, after.head)


def makes_word(before: Ends, after: Ends) -> bool:
    """True when a word of the list stands across the cut."""
    return before.closes == "word" and common_words().makes(before.tail, after.head)


def _after_number(after: Ends) -> float:
    if after.opens in ("unit", "word"):
        return 4.0 if after.opens == "unit" else 2.5 if after.first[0] in MEASURES else -2.0
    return 1.0 if after.opens in ("number", "mark") else -6.0


def _whole(edge: Edge) -> float:
    from math import log

    return log(edge.whole / edge.total + 1e-4)
