"""A quantity found in the text, before it is known what it is said of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from taizhang.core import Hedge, Range
from taizhang.text.reader.hedges import HedgeWord, X, hedged
from taizhang.text.reader.measures import Measure
from taizhang.text.reader.numerals import Numeral

ROUNDED_KINDS = frozenset({"share", "point", "multiple"})


@dataclass(slots=True)
class Mention:
    """A numeral with its hedge and unit. Offsets are into the text read; the core leaves the hedge words out."""

    start: int
    end: int
    core_start: int
    core_end: int
    range: Range
    meant: Range
    hedge: Hedge
    unit: str | None
    unit_text: str
    kind: str | None
    per: str | None = None
    rank: bool = False
    doubling: bool = False
    negative: bool = False
    neutral: str | None = None


def make(core: tuple[int, int], value: Numeral, unit: Measure | None, before: HedgeWord | None, after: HedgeWord | None) -> Mention:
    """The mention of a numeral (or of a range of two) whose core span is `core`."""
    tenths = 10 if unit and unit.text == "成" else 1
    kind = before.kind if before else after.kind if after else None
    if value.low != value.high and kind != "about":
        kind = None  # 3到5天内: the ends are printed
    step = value.grain if unit and unit.more and not value.more else value.step
    more = step * tenths if value.more or (unit and unit.more) else None
    low, high = value.low * tenths, value.high * tenths
    rng, hedge = hedged(low, high, more, kind)
    if value.vague and kind is None:
        rng, hedge = Range(value.low, value.high, high_open=True), "range"
    grain = value.grain * tenths if value.rounded or (unit and unit.kind in ROUNDED_KINDS) else None
    return Mention(
        start=before.start if before else core[0],
        end=after.end if after else core[1],
        core_start=core[0],
        core_end=core[1],
        range=rng,
        meant=rng if value.vague else meaning(low, high, hedge, grain) or rng,
        hedge=hedge,
        unit="%" if tenths == 10 else unit.name if unit else None,
        unit_text=unit.text if unit else "",
        kind=unit.kind if unit else None,
        per=unit.per if unit else None,
        rank=bool(before and before.kind == "first"),
    )


def meaning(low: X, high: X, hedge: Hedge, grain: X | None) -> Range | None:
    """What the printed digits can stand for: ± half a grain for 万, 亿, decimals, shares and multiples. None where the
    number stands for just what it says: other whole counts, and every hedged number."""
    if grain is None or hedge not in ("exact", "range"):
        return None
    half = grain / 2
    return Range(low - half if low > half else 0, high + half)


def share(x: X, grain: X, text: str, core: tuple[int, int], before: HedgeWord | None, after: HedgeWord | None) -> Mention:
    """A share said in words (三分之一, 一半): no unit is printed behind it."""
    rng, hedge = hedged(x, x, None, before.kind if before else after.kind if after else None)
    meant = meaning(x, x, hedge, grain) or rng
    start, end = before.start if before else core[0], after.end if after else core[1]
    return Mention(start, end, *core, rng, meant, hedge, "%", text, "share")


HALF = Decimal("0.5")
