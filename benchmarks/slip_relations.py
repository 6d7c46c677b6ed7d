"""The relations of the planted-slip texts: true numbers, which print is changed, and when prints agree."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from slip_numbers import Printed, printed, styled
from slip_templates import ACTS, ACTS2, AREAS, FALLING, GAINS, HEADS, LENGTHS, OUTCOMES, RATES, SUBJECTS, WHOLES
from taizhang.core import Range

Slots = dict[str, Printed]


@dataclass
class Draft:
    """Slots and words for a template; `slip` may be changed, and `agree` says whether prints can all be right."""

    slots: Slots
    slip: list[str]
    agree: Callable[[Slots], bool]
    words: dict[str, str] = field(default_factory=dict)


def _pick(rng: random.Random, low: int, high: int) -> Fraction:
    """A round-ish true value between the bounds, spread over the orders of magnitude."""
    x = low * (high / low) ** rng.random()
    return Fraction(int(x))


def _show(rng: random.Random, x: Fraction, unit: str) -> Printed:
    """A value as a writer would print it: whole, or in 万 or 亿 with some decimals."""
    if x >= 10**8:
        return printed(x, unit, rng.choice([1, 2, 2, 3]), 10**8)
    if x >= 10**4 and (unit == "元" or rng.random() < 0.65):
        return printed(x, unit, rng.choice([0, 1, 2]) if x >= 10**6 else rng.choice([1, 2]), 10**4)
    return printed(x, unit, 0)


def _percent(rng: random.Random, x: Fraction, unit: str = "%") -> Printed:
    return printed(x, unit, rng.choice([0, 1, 1, 2]))


def _times(a: Range, b: Range) -> Range:
    high = None if a.high is None or b.high is None else Fraction(a.high) * Fraction(b.high)
    return Range(Fraction(a.low or 0) * Fraction(b.low or 0), high, a.low_open or b.low_open, a.high_open or b.high_open)


def _ratio(b: Range, a: Range) -> Range:
    high = None if b.high is None or not a.low else Fraction(b.high) / Fraction(a.low)
    low = Fraction(0) if a.high is None else Fraction(b.low or 0) / Fraction(a.high)
    return Range(low, high, b.low_open or a.high_open, b.high_open or a.low_open)


def _growth(s: Slots) -> Range:
    return (_ratio(s["B"].range, s["A"].range) - Range(1, 1)).scaled(100)


def _ends(rng: random.Random, rows: list[tuple[str, str, int, int]], low: float, high: float) -> tuple[str, Printed, Printed]:
    """A subject and two prints of it, the second `low` to `high` times the first."""
    word, unit, lo, hi = rng.choice(rows)
    a = _pick(rng, lo, hi)
    b = Fraction(int(a * Fraction(rng.uniform(low, high)))) or Fraction(1)
    if b == a:
        b = a + 3
    return word, styled(rng, _show(rng, a, unit), True), styled(rng, _show(rng, b, unit), True)


def change(rng: random.Random) -> Draft:
    """Two ends and the growth in percent."""
    word, a, b = _ends(rng, SUBJECTS, 1.04, 2.4)
    x = styled(rng, _percent(rng, (b.value / a.value - 1) * 100), False)
    return Draft({"A": a, "B": b, "X": x}, ["X", "X", "B"], lambda s: _growth(s).meets(s["X"].range), {"s": word})


def fall(rng: random.Random) -> Draft:
    """Two ends and the fall in percent."""
    word, a, b = _ends(rng, FALLING, 0.2, 0.93)
    x = styled(rng, _percent(rng, (1 - b.value / a.value) * 100), False)
    return Draft({"A": a, "B": b, "X": x}, ["X", "X", "B"], lambda s: (-_growth(s)).meets(s["X"].range), {"w": word})


def points(rng: random.Random) -> Draft:
    """Two percentages and the points between them."""
    places = rng.choice([0, 1, 1, 2])
    a = printed(Fraction(rng.randint(1200, 7800), 100), "%", places)
    b = a.stepped(rng.randint(2, 18) * 10**places + rng.randint(0, 9))
    d = printed(b.value - a.value, "个百分点", places)
    return Draft({"A": a, "B": b, "D": d}, ["D", "B"], _differs_by, {"r": rng.choice(RATES)})


def _differs_by(s: Slots) -> bool:
    return (s["B"].range - s["A"].range).meets(s["D"].range)


def difference(rng: random.Random) -> Draft:
    """Two ends and their difference in the same unit."""
    word, a, b = _ends(rng, SUBJECTS, 1.1, 1.9)
    d = _show(rng, b.value - a.value if b.value > a.value else Fraction(1), b.unit)
    return Draft({"A": a, "B": b, "D": d}, ["D", "B"], _differs_by, {"s": word})


def multiple(rng: random.Random) -> Draft:
    """Two ends and how many times the first the second is."""
    word, a, b = _ends(rng, SUBJECTS, 1.3, 6)
    m = printed(b.value / a.value, "倍", rng.choice([1, 2]))
    return Draft({"A": a, "B": b, "M": m}, ["M", "B"], lambda s: _ratio(s["B"].range, s["A"].range).meets(s["M"].range), {"s": word})


def times_more(rng: random.Random) -> Draft:
    """Two ends and how many times the first the growth is."""
    word, a, b = _ends(rng, SUBJECTS, 2.1, 6)
    n = printed(b.value / a.value - 1, "倍", rng.choice([1, 2]))

    def agree(s: Slots) -> bool:
        return (_ratio(s["B"].range, s["A"].range) - Range(1, 1)).meets(s["N"].range)

    return Draft({"A": a, "B": b, "N": n}, ["N", "B"], agree, {"s": word})


def double(rng: random.Random) -> Draft:
    """Two ends and 翻一番, 翻两番."""
    word, unit, lo, hi = rng.choice(SUBJECTS)
    times = rng.choice([2, 2, 4])
    a = _show(rng, _pick(rng, lo, hi), unit)
    b = Printed(a.steps * times, a.places, a.scale, unit)
    fold = {2: ["翻了一番", "翻一番"], 4: ["翻了两番", "翻两番"]}[times]

    def agree(s: Slots) -> bool:
        return _ratio(s["B"].range, s["A"].range).meets(Range(times, times))

    return Draft({"A": a, "B": b}, ["B", "A"], agree, {"s": word, "F": rng.choice(fold)})


def steps(rng: random.Random) -> Draft:
    """What is reached, the difference, and the growth in percent."""
    word, unit, lo, hi = rng.choice(SUBJECTS)
    b = _pick(rng, lo, hi)
    d = Fraction(int(b * Fraction(rng.uniform(0.04, 0.4)))) or Fraction(1)
    x = _percent(rng, d / (b - d) * 100)

    def agree(s: Slots) -> bool:
        return _ratio(s["D"].range, s["B"].range - s["D"].range).scaled(100).meets(s["X"].range)

    return Draft({"B": styled(rng, _show(rng, b, unit), False), "D": _show(rng, d, unit), "X": x}, ["X", "X", "D"], agree, {"s": word})


def yearly(rng: random.Random) -> Draft:
    """Two ends some years apart and the average growth a year."""
    word, a, b = _ends(rng, SUBJECTS, 1.3, 2.6)
    first, n = rng.randint(2005, 2017), rng.randint(2, 6)
    x = printed(Fraction(((float(b.value) / float(a.value)) ** (1 / n) - 1) * 100).limit_denominator(10**6), "%", rng.choice([1, 2]))

    def agree(s: Slots) -> bool:
        reached = s["A"].range
        for _ in range(n):
            reached = _times(reached, s["X"].range.scaled(Fraction(1, 100)) + Range(1, 1))
        return reached.meets(s["B"].range)

    return Draft({"A": a, "B": b, "X": x}, ["X"], agree, {"s": word, "y0": str(first), "y1": str(first + n)})


def _part_whole(rng: random.Random, unit: str) -> tuple[Printed, Printed]:
    w = _pick(rng, 40, 40000)
    p = Fraction(int(w * Fraction(rng.uniform(0.08, 0.93)))) or Fraction(1)
    return styled(rng, _show(rng, w, unit), True), styled(rng, _show(rng, p, unit), True)


def _is_share(s: Slots) -> bool:
    return _ratio(s["P"].range, s["W"].range).scaled(100).meets(s["S"].range)


def share(rng: random.Random) -> Draft:
    """A part, its whole, and the share."""
    whole, piece, unit = rng.choice(WHOLES)
    w, p = _part_whole(rng, unit)
    s = styled(rng, _percent(rng, p.value / w.value * 100), False)
    return Draft({"W": w, "P": p, "S": s}, ["S", "S", "P"], _is_share, {"wn": whole, "pn": piece})


def outcome(rng: random.Random) -> Draft:
    """How many were checked, how many passed, and the rate."""
    w, p = _part_whole(rng, rng.choice(OUTCOMES))
    s = _percent(rng, p.value / w.value * 100)
    return Draft({"W": w, "P": p, "S": s}, ["S"], _is_share)


def _sum_agrees(s: Slots, keys: list[str]) -> bool:
    added = Range(0, 0)
    for k in keys:
        added = added + s[k].range
    return added.meets(s["T"].range)


def total(rng: random.Random) -> Draft:
    """A total and all its parts."""
    act, unit, kinds = rng.choice(ACTS)
    return _sum(rng, unit, 6, 3000, {"act": act, "k1": kinds[0], "k2": kinds[1], "k3": kinds[2]})


def funds(rng: random.Random) -> Draft:
    """Money and all its sources."""
    return _sum(rng, "元", 300000, 900000000, {})


def _sum(rng: random.Random, unit: str, low: int, high: int, words: dict[str, str]) -> Draft:
    base = _pick(rng, low, high)
    parts = [Fraction(int(base * Fraction(rng.uniform(0.4, 2)))) or Fraction(1) for _ in range(3)]
    if unit == "元":
        parts = [p - p % 1000 + 1000 for p in parts]
    shown = {f"P{i + 1}": styled(rng, _show(rng, p, unit), i > 0 and False) for i, p in enumerate(parts)}
    return Draft(shown, ["T", "P1"], lambda s: True, words | {"unit": unit})


def finish_sum(rng: random.Random, draft: Draft, keys: list[str]) -> None:
    """Set the total and the test once the template has said which parts it names."""
    if "hn" in draft.words or "unit" in draft.words:
        value = sum((draft.slots[k].value for k in keys), Fraction(0))
        draft.slots["T"] = _show(rng, value, draft.slots["P1"].unit)
        draft.agree = lambda s: _sum_agrees(s, keys)


def heads(rng: random.Random, draft: Draft) -> None:
    """Men and women: parts of persons."""
    word, unit = rng.choice(HEADS)
    draft.words["hn"] = word
    for k in ("P1", "P2"):
        draft.slots[k] = printed(_pick(rng, 8, 900), unit, 0)


def part(rng: random.Random) -> Draft:
    """A whole and a part, which cannot be larger."""
    whole, piece, unit = rng.choice(WHOLES)
    w, p = _part_whole(rng, unit)

    def agree(s: Slots) -> bool:
        return not s["W"].range.below(s["P"].range)

    return Draft({"W": w, "P": p, "S0": _percent(rng, Fraction(rng.randint(20, 300), 10))}, ["P"], agree, {"wn": whole, "pn": piece})


def twice(rng: random.Random) -> Draft:
    """One measure said twice."""
    word, unit, lo, hi = rng.choice(SUBJECTS)
    a = styled(rng, _show(rng, _pick(rng, lo, hi), unit), True)
    b = Printed(a.steps, a.places, a.scale, unit)
    return Draft({"A": a, "B": b}, ["B"], lambda s: s["A"].range.meets(s["B"].range), {"s": word})


def rate(rng: random.Random) -> Draft:
    """So much a day or month, for so long, and the sum."""
    act, unit = rng.choice(ACTS2)
    n = rng.randint(2, 30)
    r = _show(rng, _pick(rng, 20, 90000), unit)
    t = _show(rng, r.value * n, unit)
    return Draft({"R": r, "T": t}, ["T"], lambda s: s["R"].range.scaled(n).meets(s["T"].range), {"act2": act, "n": str(n)})


def average(rng: random.Random) -> Draft:
    """So much a household, so many households, and the sum."""
    gain, unit = rng.choice(GAINS)
    number = Printed(rng.randint(12, 3000), 0, 1, "")
    r = _show(rng, _pick(rng, 40, 9000), unit)
    t = _show(rng, r.value * number.value, unit)
    return Draft({"R": r, "N": number, "T": t}, ["T"], lambda s: _times(s["R"].range, s["N"].range).meets(s["T"].range), {"gain": gain})


def worked_out(draft: Draft) -> None:
    """An average told after its sum: where the division leaves no whole number, a whole one printed was rounded."""
    exact = draft.agree

    def agree(s: Slots) -> bool:
        r = s["R"]
        number = s["N"].range if "N" in s else Range(int(draft.words["n"]), int(draft.words["n"]))
        means = _ratio(s["T"].range, number)
        whole = -(-Fraction(means.low or 0) // 1)
        if r.range.is_point and whole not in means:
            return Range(r.value - Fraction(1, 2), r.value + Fraction(1, 2)).meets(means)
        return exact(s)

    draft.agree = agree


def units(rng: random.Random) -> Draft:
    """One area or length in two units."""
    u, v, factor, word = rng.choice([
        ("亩", "公顷", Fraction(1, 15), rng.choice(AREAS)), ("公顷", "亩", Fraction(15), rng.choice(AREAS)),
        ("公里", "里", Fraction(2), rng.choice(LENGTHS)), ("公里", "米", Fraction(1000), rng.choice(LENGTHS)),
        ("平方公里", "公顷", Fraction(100), rng.choice(AREAS)), ("平方公里", "亩", Fraction(1500), rng.choice(AREAS)),
    ])  # fmt: skip
    a = printed(_pick(rng, 30, 20000) / rng.choice([1, 1, 10]), u, rng.choice([0, 1]))
    b = printed(a.value * factor, v, rng.choice([0, 1, 2]) if factor < 1 else rng.choice([0, 1]))
    return Draft({"U": a, "V": b}, ["V"], lambda s: s["U"].range.scaled(factor).meets(s["V"].range), {"lu": word})


RELATIONS: dict[str, Callable[[random.Random], Draft]] = {
    f.__name__: f for f in (change, fall, points, difference, multiple, times_more, double, steps, yearly, share, outcome, total, funds, part, twice, rate, average, units)
}
