"""Stated counts: a small whole number, its measure word and the noun after it (5支队伍, 四个新高, “三个推动”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.claims.prose import SMALL, small_number
from taizhang.core import Span

MEASURES = (
    "方面|部门|单位|企业|街道|社区|县区|市州|地区|领域|环节|个|大|项|种|类|支|条|件|点|家|所|级|名|位|步|句|"
    "道|门|部|款|层|县|市|区|镇|乡|村|省|州|组|本|册|关|字|篇|期|处|座|批|户|片|份|首|幅|套|场|则|台|辆|间|栋|棵|股|样|起|宗"
)
# 第三个, 十几个, 近3个, 3.5个, 2万个 are no counts of a list; neither are 3个月, 三大步, 五级风.
COUNT = re.compile(
    r"(?<![第\d.．万千百亿零〇一二两三四五六七八九十几数多近约超余每前后+＋])(?<![\d一二三四五六七八九十][到至\-~—、])"
    rf"(?P<n>{SMALL})(?P<measure>{MEASURES})"
)
NOT_A_COUNT = re.compile(
    r"(?<=十字)[会路架街绣军花]|多|余|几|月(?!份)|小时|半|百分点|工作日|星期|季度|学年|周|人次|班次|亿|万|以上|以下|以内|左右"
)
NOUN = re.compile(r"[\u4e00-\u9fff\w·]{0,14}")


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A count as printed: `at` spans number and measure, `noun` is the run of words after it (it may run on into the predicate)."""

    at: Span
    number: int
    measure: str
    noun: str


def stated_counts(text: str) -> Iterator[StatedCount]:
    """Every stated count from 2 to 99, in reading order; 十五大 is a congress."""
    for m in COUNT.finditer(text):
        number = small_number(m["n"])
        if number is None or number < 2 or (m["measure"] == "大" and number > 10) or NOT_A_COUNT.match(text, m.end()):
            continue
        noun = NOUN.match(text, m.end())
        yield StatedCount(m.span(), number, m["measure"], noun[0] if noun else "")


@dataclass(frozen=True, slots=True)
class Tally:
    """A stated count beside the pieces that are listed for it.

    `found` is their number, `pieces` where they stand; `echoes` are other places that state the same count.
    """

    count: StatedCount
    found: int
    pieces: tuple[Span, ...]
    echoes: tuple[Span, ...] = ()

    @property
    def differs(self) -> bool:
        """True when the count and the list do not agree."""
        return self.found != self.count.number
