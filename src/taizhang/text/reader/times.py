"""The expression of time that governs a number."""

from __future__ import annotations

import re

from taizhang.text.reader.clauses import Setting
from taizhang.text.reader.words import words

_Y = r"(?:[12]\d{3}|[一二][零〇一二三四五六七八九]{3})年"
_PLAIN = "|".join(sorted(map(re.escape, words("time")), key=len, reverse=True))
TIME = re.compile(
    rf"自{_Y}(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[\u4e00-\u9fff]{{0,6}}?以来"
    rf"|(?:到|截至|截止|至)?{_Y}(?:至{_Y})?(?:度|底|末|初|上半年|下半年|前三季度|一季度)?(?:(?:\d{{1,2}}(?:[至到—-]\d{{1,2}})?月)(?:底|末|初|份)?(?:\d{{1,2}}日)?)?(?:以来)?"
    rf"|(?:截至|截止|到|至)?(?:今年|去年|当年)?\d{{1,2}}(?:[至到—-]\d{{1,2}})?月(?:份|底|末|初)?(?:\d{{1,2}}日)?(?:以来)?"
    rf"|(?:近|过去|前|最近|未来|今后)?(?:\d{{1,2}}|[两三四五六七八九十几]{{1,2}})年(?:多?来|间|累计)?"
    rf"|{_PLAIN}"
)
_COMPARED = re.compile(r"[比较同]$")
_COMPARED_TAIL = re.compile(r"^(?:同期)?(?:增|减|提高|上升|下降|降|多|少|高|低|翻|的)")
_FORMER = re.compile(r"原来|原先|原有|以前|过去")


def time_of(setting: Setting, s: str, carried: str | None) -> str | None:
    """The nearest time expression before the number in its sentence; `carried` from the heading before it."""
    start, _ = setting.sentence
    floor = max(start, setting.mention.start - 240)
    best: str | None = None
    for m in TIME.finditer(s, floor, setting.mention.start):
        if _COMPARED.search(s, max(m.start() - 1, 0), m.start()):
            continue
        if m[0][0].isdigit() and m[0].endswith("年") and len(m[0]) <= 3 or m[0] == "目前的":
            continue
        best = m[0]
    return best or carried


def former(setting: Setting) -> str | None:
    """原来 of a number before a change."""
    found = _FORMER.search(setting.head)
    return found[0] if found else None
