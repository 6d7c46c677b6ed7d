"""What follows from the numbers, told without words: to the digits the text prints, and no more.

The same answer stands in the sentence for the reader and in the field for programs: numbers, units,
→, ×, %, pp (percentage points) and – between the bounds of a range that stays wide.
"""

from __future__ import annotations

import re
from fractions import Fraction

from taizhang.claims.saying import amount, number
from taizhang.claims.values import middle
from taizhang.core import Range, exact

DECIMALS = re.compile(r"[.．点](?P<digits>[\d〇零一二三四五六七八九]+)")
WIDE = 20  # a range wider than this part of its middle is told with both bounds


def decimals(surface: str) -> int:
    """How many decimals a printed number has: 2 for 34.50% and 百分之三点一五."""
    found = DECIMALS.search(surface)
    return len(found["digits"]) if found else 0


def told(follows: Range, printed: Range, surface: str) -> tuple[str, str]:
    """What follows beside a printed number, and by how much they miss, both to its digits.

    At least to tenths, and one digit more where the two would look alike.
    """
    places = max(decimals(surface), 1)
    mid, said = middle(follows), middle(printed)
    if mid is None or said is None or not follows.is_bounded or _is_wide(follows, mid):
        return _bounds(follows, places), number(follows.gap(printed), places)
    shown = next((p for p in (places, places + 1) if not _in(mid, p, printed)), places + 2)
    return number(mid, shown), number(abs(exact(number(mid, shown)) - said), shown)


def _in(x: Fraction, places: int, printed: Range) -> bool:
    return exact(number(x, places)) in printed


def _is_wide(r: Range, mid: Fraction) -> bool:
    width = exact(r.high or 0) - exact(r.low or 0)
    return width > 1 and width * WIDE > abs(mid)


def _bounds(r: Range, places: int) -> str:
    if r.low is None or r.high is None:
        return f"≥{number(exact(r.low), places)}" if r.low is not None else f"≤{number(exact(r.high or 0), places)}"
    return f"{number(exact(r.low), places)}–{number(exact(r.high), places)}"


def brief(r: Range, unit: str) -> str:
    """An amount in four digits, with both bounds where they differ: 193.3亿元, 165–182公斤."""
    bounds = [_digits(exact(x)) for x in (r.low, r.high) if x is not None]
    sign = "≥" if r.high is None else "≤" if r.low is None else ""
    return sign + "–".join(dict.fromkeys(amount(x, "") for x in bounds)) + unit


def _digits(x: Fraction) -> Fraction:
    """The number to four significant digits, in whole steps from a thousand on."""
    whole = len(str(int(abs(x))))
    return exact(number(x, max(0, 4 - whole)))
