"""One quantity in two units: 1小时50分, 3年零6个月, 3块5, 1米75, 5亩2分."""

from __future__ import annotations

import re
from decimal import Decimal

from taizhang.core import units
from taizhang.text.reader.hedges import hedge_after, hedge_before
from taizhang.text.reader.measures import Measure
from taizhang.text.reader.mention import Mention, make
from taizhang.text.reader.numerals import CN, Numeral, numeral_at

_N = rf"(\d{{1,6}}|[{CN}]{{1,6}})"
_D = r"([1-9一二三四五六七八九])(?![\d百千万亿点])"
# pattern of the parts, unit of the whole, how many of it each part is worth
_FORMS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(rf"{_N}个?小时零?{_N}分钟?{_N}秒"), "秒", ("3600", "60", "1")),
    (re.compile(rf"{_N}个?小时零?{_N}分(?:钟|(?![部散别]))"), "分钟", ("60", "1")),
    (re.compile(rf"{_N}分钟?零?{_N}秒"), "秒", ("60", "1")),
    (re.compile(rf"(\d{{1,2}}|[{CN}]{{1,3}})年零?{_N}个月"), "月", ("12", "1")),
    (re.compile(rf"{_N}元{_N}角(?:{_N}分)?"), "元", ("1", "0.1", "0.01")),
    (re.compile(rf"{_N}块{_D}(?:毛|角)?(?![个块元家名条])"), "元", ("1", "0.1")),
    (re.compile(rf"{_N}米([1-9]\d)(?![\d.%米元名个])"), "米", ("1", "0.01")),
    (re.compile(rf"{_N}亩{_D}分"), "亩", ("1", "0.1")),
    (re.compile(rf"{_N}斤{_D}两"), "斤", ("1", "0.1")),
)


def compound_at(s: str, i: int) -> Mention | None:
    """A quantity in two or three units that starts at `i`, in the one unit that holds it exactly."""
    for pattern, name, worth in _FORMS:
        m = pattern.match(s, i)
        if m is not None:
            return _mention(s, m, name, worth)
    return None


def _mention(s: str, m: re.Match[str], name: str, worth: tuple[str, ...]) -> Mention | None:
    total = Decimal(0)
    for part, each in zip(m.groups(), worth, strict=True):
        n = numeral_at(part, 0) if part else None
        if part and (n is None or n.end != len(part)):
            return None
        total += n.low * Decimal(each) if n else 0
    unit = units()[name]
    grain = Decimal(worth[-1])
    value = Numeral(m.start(), m.end(), total, total, grain, grain)
    measure = Measure(m.end(), unit.name, s[m.start() : m.end()].lstrip("0123456789" + CN), unit.kind)
    return make(m.span(), value, measure, hedge_before(s, m.start()), hedge_after(s, m.end()))
