"""Lists as prose writes them: A、B、C和D; clauses set off by ； or ，; “A”“B”; and how many pieces each can have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.claims.counts import StatedCount
from taizhang.core import Span, places_by_name

SEPARATOR = re.compile(r"、|(?<=[”》])(?=[“《])")
LAST_JOIN = re.compile(r"以及|(?<![温共饱])和(?![平谐睦气])|(?<!参)与(?!会)|(?<![涉普危波惠顾遍累])及(?!其)")
OPEN_END = re.compile(r"(?<![平均对高中同相何优初])等(?![级待候于同])|……|…")
# Words by which a piece shows that it is the end of a predicate, not a name: nothing before it is its equal.
VERBAL = re.compile(
    r"出台|召开|开展|实施|推出|建成|获得|取得|组织|完成|举办|新增|新建|投入|提出|制定|建立|设立|印发|下发|落实|带头|做好|抓好|办好|荣获|"
    r"覆盖|涉及|惠及|走访|进行|已|共|各|均|分别|先后|联合|派出|选派|采取|明确|列出|梳理|划|分$|有$|的$|了$|设$|这$|到$|达$|为$|是$|在$|建$|抓$|按|用$|从|将|把"
)
MOST_SPREAD = 2
SLIP = 2
# 一等奖2名、二等奖5名 are parts of the count, not the things counted.
FIGURES = re.compile("数字|数据|指标")
AMOUNT = re.compile(r"\d(?:[万亿%％元亩米吨]|公里|公顷)|[\d两二三四五六七八九十][个名人家户件项所台条场支只头]")
# Measures of single things: a list beside them may name their kinds (公厕、垃圾站5处), so more things than kinds is no slip.
SINGLES = frozenset("家所名位处座批期本册篇件条门部款组层")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: the spans of its pieces, how many they are at least and at most, and whether 等 leaves it open.

    The first pieces may belong to what stands before the list: `restarts` says how many may have to be left out.
    `summed` when 共 stands between the list and its count: 种了西瓜、草莓，共12个大棚 counts something else.
    """

    pieces: tuple[Span, ...]
    least: int
    most: int
    open: bool = False
    restarts: tuple[int, ...] = (0,)
    summed: bool = False

    def fits(self, number: int) -> bool:
        """True when one way of counting the pieces gives the number."""
        return any(self.least - r <= number <= self.most - r for r in self.restarts)


def pieces_of(text: str, span: Span) -> tuple[Span, ...]:
    """The pieces between the separators 、, ”“ and 》《 of a span."""
    cuts = [m.span() for m in SEPARATOR.finditer(text, *span)]
    starts = [span[0], *(c[1] for c in cuts)]
    ends = [*(c[0] for c in cuts), span[1]]
    return tuple(zip(starts, ends, strict=True))


def split_at(text: str, span: Span, marks: str) -> tuple[Span, ...]:
    """The non-empty spans between any of the marks."""
    out, start = [], span[0]
    for m in re.finditer(f"[{marks}]", text[span[0] : span[1]]):
        out.append((start, span[0] + m.start()))
        start = span[0] + m.end()
    return tuple(s for s in (*out, (start, span[1])) if text[s[0] : s[1]].strip())


def listing(text: str, span: Span, led: bool) -> Listing | None:
    """The list of a span; `led` when words that are no part of it may stand before its first piece."""
    pieces = pieces_of(text, span)
    words = [text[a:b] for a, b in pieces]
    if not all(words):
        return None
    is_open = bool(OPEN_END.search(words[-1]))
    parts, sure = _last_parts(words)
    most = len(pieces) + sum(_joins(w, words) for w in (words[1:] if led and len(words) > 2 else words))
    least = len(pieces) + (parts - 1 if sure else 0)
    restarts = (0, *_restarts(words)) if led else (0,)
    if led and parts == 2:  # 贵州、湖南和江西两省: the pair may stand for itself
        restarts = (*restarts, len(pieces) - 1)
    return Listing(_split_last(text, pieces) if sure else pieces, least, least if sure and parts > 1 else most, is_open, restarts)


def parallel(text: str, found: Listing, led: bool) -> bool:
    """True when the pieces are of one make: one last character, one length, all quoted, or all names of places."""
    words = [text[a:b] for a, b in found.pieces]
    rest = words[1:] if led else words
    if len(words) < 2 or re.search(r"\d", "".join(rest)) or (VERBAL.search(words[-1]) and not _same_length(words)):
        return False
    if len({w[-1] for w in words}) == 1 or all(w in places_by_name() for w in rest):
        return len(words) > 2 or words[-1][-1] not in "”》" or not led
    lengths = [len(w) for w in rest]
    even = max(lengths) - min(lengths) <= MOST_SPREAD and len(words[0]) >= min(lengths)
    return len(words) > 2 and even


def near(text: str, count: StatedCount, found: Listing, kinds: bool = True, named: bool = False) -> bool:
    """True when the miss is of the size of a slip, and the pieces can be the things counted (or, with `kinds`, only their kinds).

    A list of the very names of the things (`named`) may miss by any number.
    """
    words = [text[start:end] for start, end in found.pieces]
    share = re.compile(rf"[\d两二三四五六七八九十]{re.escape(count.measure)}$")  # 道路6处、桥梁12处 of 28处
    if any(AMOUNT.search(w) or share.search(w) for w in words) and not FIGURES.match(count.noun):
        return False
    if named:
        return True
    if found.least > count.number:
        return found.least - count.number <= max(SLIP, count.number)
    last = {w[-1] for w in words}
    alike = last <= set("”》") or (len(last) == 1 and len(words) > 2)
    return (alike or not kinds or count.measure not in SINGLES) and count.number - found.most <= SLIP


def counts_characters(text: str, count: StatedCount, pieces: tuple[Span, ...]) -> bool:
    """True for 八个字：引导、扶植、协调、建制, where the characters are counted."""
    return (count.measure == "字" or count.noun.startswith("字")) and count.number == sum(len(text[a:b].strip("“”")) for a, b in pieces)


def _same_length(words: list[str]) -> bool:
    """True for names such as 结对帮扶、入户走访, which hold a verb and are of one length."""
    lengths = {len(w) for w in words[1:]}
    return len(words) > 2 and lengths == {len(words[-1])} and len(words[-1]) > 3


def _joins(word: str, words: list[str]) -> int:
    """How many times 和 may cut a piece; among names of one ending (仁和药店、同济药店) only after that ending."""
    endings = {w[-1] for w in words}
    alike = len(words) > 2 and len(endings) == 1
    return sum(1 for m in LAST_JOIN.finditer(word) if not alike or word[: m.start()].endswith(words[0][-1]))


def _last_parts(words: list[str]) -> tuple[int, bool]:
    """Into how many parts 和 cuts the last piece, and whether that is sure."""
    join = LAST_JOIN.search(words[-1])
    if not join or join.start() == 0 or join.end() == len(words[-1]):
        return 1, True
    if len(LAST_JOIN.findall(words[-1])) > 1 or any(LAST_JOIN.search(w) for w in words[:-1]):
        return 1, False
    left, right = words[-1][: join.start()], words[-1][join.end() :]
    return 2, join[0] == "以及" or _equals(left, right, words[:-1])


def _equals(left: str, right: str, others: list[str]) -> bool:
    """True when both sides of 和 are pieces like the others, not two halves of one."""
    if not others:
        return left[-1] == right[-1] and (left[-1] in "县市区镇乡村”》" or min(len(left), len(right)) > 2)
    if left[-1] == others[-1][-1] or left in places_by_name():
        return True
    shortest = min(len(w) for w in others[1:] or others)
    return min(len(left), len(right)) >= max(shortest - 1, 2)


def _split_last(text: str, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    a, b = pieces[-1]
    join = LAST_JOIN.search(text, a, b)
    if not join or join.start() == a or join.end() == b:
        return pieces
    return (*pieces[:-1], (a, join.start()), (join.end(), b))


def _restarts(words: list[str]) -> list[int]:
    """The pieces at which the list may begin anew: longer than all that follow, or holding a predicate."""
    out = []
    alike = len({w[-1] for w in words}) == 1
    longest = len(words[-1])
    for i in range(len(words) - 2, 0, -1):
        if (len(words[i]) > longest + 1 and not alike) or _has_object(words[i]) or OPEN_END.search(words[i]):
            out.append(i)
        longest = max(longest, len(words[i]))
    return out


def _has_object(word: str) -> bool:
    """True when a verb stands in the piece with something after it."""
    verb = VERBAL.search(word)
    return verb is not None and verb.end() + 1 < len(word)
