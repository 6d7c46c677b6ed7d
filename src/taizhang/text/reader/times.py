"""The expression of time that governs a number."""

from __future__ import annotations

import re

from taizhang.core import Role
from taizhang.text.reader.clauses import Setting, sentences_between
from taizhang.text.reader.words import one_of, words

_N = r"(?:\d{1,2}|[一二两三四五六七八九十几]{1,2})"
_Y = r"(?:[12]\d{3}|[一二][零〇一二三四五六七八九]{3})年"
_PART = r"(?:上半年|下半年|前[一二三四]季度|[一二三四]季度|年底|年初|年末|底|末|初|春天?|夏天?|秋天?|冬天?|[春夏秋冬]季|同期|全年|前\d{1,2}个月)"
_MONTH = (
    r"\d{1,2}月?(?:[至到—–-]\d{1,2})?月(?:份|底|末|初|中旬|上旬|下旬)?(?:\d{1,2}[日号])?"
    r"(?:[至到—–-]\d{1,2}月\d{1,2}[日号])?"
)
_RELATIVE = r"(?:今年|去年|前年|明年|当年|上年|本年|次年)"
_PLAIN = one_of("time")
_FIRST = "".join(sorted({w[0] for w in words("time")} | set("自到截至近过前最未今去明当上本次现0123456789一二两三四五六七八九十几")))
TIME = re.compile(
    rf"(?:(?=[{re.escape(_FIRST)}])(?:"
    r"自[^，。；\n]{2,16}?以来"
    rf"|(?:到|截至|截止|至)?{_Y}(?:[至到—–-]{_Y})?(?:度|{_PART})?(?:{_MONTH})?(?:以来)?"
    rf"|(?:截至|截止|到|至)?{_RELATIVE}(?:{_PART}|{_MONTH})?(?:以来)?"
    rf"|(?:截至|截止|到|至)?{_MONTH}(?:以来)?"
    rf"|(?:近|过去|前|最近|未来|今后)?(?<!连续){_N}多?年(?!级|期|制)(?:多?来|间|累计)?"
    rf"|{_N}(?:天|个月|周|个星期|小时)[里内间]"
    r"|(?<![实兑出呈表发展体浮涌再重])现(?=[已有拥共])"
    rf"|(?<!\d){_PLAIN})"
    r"|(?<=[\n，。；“])[\u4e00-\u9fff]{1,6}以来)"
)
_NOT_AFTER = re.compile(r"(?:[比较是于同占]|相当于|建于|[比较][^，。；]{1,8})$")
_WINDOW = re.compile(r".*(?:来|以来|期间|假期|年间)$")
_BARE_YEARS = re.compile(rf"{_N}年$")
_FORMER = re.compile(r"原来|原先|原有|以前|过去")
_ENDS = frozenset("由从到至")
_OPENS = frozenset("\n，。；：“、—！？ ")


def time_of(setting: Setting, s: str, role: Role) -> str | None:
    """The nearest time expression before the number: in its clause, else one that opens an earlier clause."""
    a, at = setting.sentence[0], setting.mention.start
    best: str | None = None
    for m in TIME.finditer(s, max(a, at - 160, 0), at):
        if s[m.end() : m.end() + 1] == "的" and not (m[0].endswith("前") or s[max(m.start() - 1, 0)] in _ENDS or m[0][0] in _ENDS):
            continue
        if _NOT_AFTER.search(s, max(a, m.start() - 9), m.start()):
            continue
        if role in ("after", "change") and s[m.start() - 1 : m.start()] in ("由", "从"):
            continue
        near = m.start() >= setting.clause_start
        opens = m.start() <= a or s[m.start() - 1] in _OPENS or m[0].startswith(("自", "截至", "现"))
        if not near and not (opens or m.start() - _clause_start(s, a, m.start()) <= 12 and not _BARE_YEARS.fullmatch(m[0])):
            continue
        if _BARE_YEARS.fullmatch(m[0]) and not opens and not near:
            continue
        best = m[0] if opens else m[0].removeprefix("到")
    return best


def _clause_start(s: str, a: int, at: int) -> int:
    floor = max(a, at - 40)
    return max(floor, *(s.rfind(c, floor, at) + 1 for c in "，；。："))


def heading_time(s: str, sentence: tuple[int, int]) -> str | None:
    """今年以来, 五年来 … that opens a sentence and so holds for the sentences after it."""
    a, b = sentence
    while a < b and s[a] in " \u3000\n—":
        a += 1
    m = TIME.match(s, a, min(b, a + 24))
    return m[0] if m and _WINDOW.match(m[0]) and s[m.end() : m.end() + 1] in ("，", ",", "") else None


def former(setting: Setting) -> str | None:
    """原来 of a number before a change."""
    found = _FORMER.search(setting.head)
    return found[0] if found else None


class Headings:
    """The last time expression that opened a sentence: it holds to the end of its paragraph, or, where every line is
    a clause, over the lines that follow it."""

    REACH = 400
    SHORT_LINE = 60

    def __init__(self) -> None:
        self.read = 0
        self.time: str | None = None
        self.since = 0

    def holding(self, s: str, setting: Setting) -> str | None:
        """The time that holds for the sentence of a number (asked for in ascending order)."""
        start = setting.sentence[0]
        for sentence in sentences_between(s, max(self.read, start - 2 * self.REACH), start):
            found = heading_time(s, sentence)
            if found:
                self.time, self.since = found, sentence[0]
        self.read = max(self.read, start)
        if self.time is None or start - self.since > self.REACH:
            return None
        lines = s.count("\n", self.since, start)
        return self.time if lines == 0 or (start - self.since) / lines < self.SHORT_LINE else None
