"""Rule `rate`: so much a day, month or year, times the time, against the sum.

日均接待游客2.3万人次，7天共接待16.1万人次 is right: 2.3 × 7 = 16.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from taizhang.claims import cues
from taizhang.claims.product import REACH, Times, against
from taizhang.claims.scene import Mention, Sentence, passages
from taizhang.core import Finding, Range, Story

PER = re.compile(r"(?:平均)?每(?:个)?(?P<a>天|日|月|年|周|星期|季度|小时|分钟|秒)|(?P<b>日|月|年|周|时)(?:均|产(?![品业权生值量出]))|平均(?P<c>每天|每日)")
NAMED = {"天": "日", "日": "日", "星期": "周", "周": "周", "月": "月", "年": "年", "季度": "季度", "小时": "小时", "时": "小时", "分钟": "分钟", "秒": "秒"}
DURATION = re.compile(
    r"(?<![\d.第])(?<!提前)(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)(?:个?(?P<u>天|日|年|周|星期|季度|小时|分钟)|个(?P<m>月))(?!\d|均|度)"
)
OWN_TIME = re.compile(r"全年|年内|上半年|下半年|半年|季度|全月|本月|去年|今年|前年|上年|(?:19|20)\d{2}年|\d{1,2}月|(?:\d+|[一二两三四五六七八九十]+)(?:个月|年|天|日|周)")
WHOLE_YEAR = re.compile(r"全年|一年|年内|一整年")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
# How many of the smaller period the larger holds; a range where the calendar varies. Days may be working days.
HOLDS: dict[tuple[str, str], tuple[int, int]] = {
    ("年", "月"): (12, 12), ("年", "季度"): (4, 4), ("年", "日"): (230, 366), ("年", "周"): (52, 53), ("周", "日"): (5, 7),
    ("月", "日"): (20, 31), ("季度", "月"): (3, 3), ("日", "小时"): (24, 24), ("小时", "分钟"): (60, 60), ("季度", "日"): (58, 92), ("月", "周"): (4, 5),
}  # fmt: skip


def rate(story: Story) -> Iterator[Finding]:
    """Contradictions between a rate, a time and the sum over that time."""
    for sentence in passages(story):
        for m in sentence.mentions:
            per = _period(m)
            if per and not m.aside and not m.is_percent and m.q.role not in ("before", "after") and not cues.TO.search(m.lead):
                yield from against(sentence, m, partial(_times, sentence, m, per), ("rate", f"每{per}"))


def _period(m: Mention) -> str | None:
    """The period of a rate as its words give it; None for two (每人每天)."""
    found = list(PER.finditer(m.lead))
    if len(found) != 1 or re.search(r"每(?!天|日|月|年|周|个月|星期|季|小时|分钟|秒|个季)", m.lead) or re.search(r"[人户亩]均", m.lead):
        return None
    word = found[0]["a"] or found[0]["b"] or (found[0]["c"] or "")[-1:]
    return NAMED.get(word)


def _times(sentence: Sentence, m: Mention, per: str, total: Mention) -> list[Times]:
    """The times the sum may be over, as numbers of the period: those of its own clause, else those near the rate."""
    near = _near(sentence, m)
    if not OWN_TIME.search(total.clause):
        return _named_in(near, per)
    said = near.rpartition("。")[2] if total.start < m.start else re.split("[。；]", sentence.text[max(0, m.start - 40) : m.start])[-1]
    own, other = _named_in(total.clause, per), _named_in(said.replace(total.clause, ""), per)
    # 春节7天日均…，全年共…: the sum is over another time than the rate.
    return own if not other or {t[1] for t in own} & {t[1] for t in other} else []


def _named_in(near: str, per: str) -> list[Times]:
    out: list[Times] = []
    for found in DURATION.finditer(near):
        n, unit = _whole(found["n"]), NAMED[found["u"] or found["m"]]
        times = None if n is None or (n == 1 and unit == per) else _in_periods(n, unit, per)
        if times:
            out.append((None, times, found[0]))
    if WHOLE_YEAR.search(near) and (times := _in_periods(Fraction(1), "年", per)):
        out.append((None, times, "全年"))
    if "半年" in near and (times := _in_periods(Fraction(1, 2), "年", per)):
        out.append((None, times, "半年"))
    return out


def _near(sentence: Sentence, m: Mention) -> str:
    k = m.index
    last = sentence.mentions[min(k + REACH, len(sentence.mentions) - 1)]
    return sentence.text[max(0, m.start - 90) : min(last.end, m.end + 120)]


def _whole(words: str) -> Fraction | None:
    """一 to 九十九, or digits; 半 is a half."""
    if words.isdigit():
        return Fraction(int(words))
    if words == "半":
        return Fraction(1, 2)
    if "十" not in words:
        return Fraction(DIGITS[words]) if len(words) == 1 else None
    tens, _, ones = words.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return Fraction((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))


def _in_periods(n: Fraction, unit: str, per: str) -> Range | None:
    if unit == per:
        return Range(n, n)
    held = HOLDS.get((unit, per))
    return None if held is None else Range(n * held[0], n * held[1])
