"""Random expressions that make sense, as text, and random rows for them with many edges among the values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .three import KINDS, NAMES

DRAW = Any
NUMBERS = ["i", "j", "k", "k", "a", "b", "c", "c", "site.area", "order"]
WRITTEN = ["0", "1", "2", "-1", "10", "0.5", "0.05", "1.25", "-2.5", "1000000", "99.999"]
TEXTS = ["s", "t", "kind", "'县'", "'东安县'", "''", "'a%b'", "'it''s'"]
DAYS = ["d", "e", "today", "date '2024-02-29'", "date '9999-12-31'", "date '0001-01-01'"]
PATTERNS = ["'%县'", "'_安%'", "'%a%a%'", "'%'", "''", "'a_b'", "'%b%'"]


@st.composite
def number(draw: DRAW, depth: int = 3) -> str:
    if depth == 0 or draw(st.integers(0, 7)) == 7:
        return draw(st.sampled_from(NUMBERS + WRITTEN))
    x, y, z = (draw(number(depth - 1)) for _ in range(3))
    places = draw(st.integers(0, 4))
    forms = [
        f"({x} + {y})", f"({x} - {y})", f"({x} * {y})", f"({x} / {y})", f"(-({x}))", f"divide({x}, {y}, {places})", f"round({x}, {places})",
        f"round({x} / {y}, {places})", f"round_half_up({x}, {places})", f"floor({x})", f"ceil({x})", f"abs({x})", f"coalesce({x}, {y}, {z})",
        f"nullif({x}, {y})", f"least({x}, {y})", f"greatest({x}, {y}, {z})", f"(floor({x}) % ceil({y}))",
    ]  # fmt: skip
    kind = draw(st.integers(0, len(forms) + 3))
    if kind < len(forms):
        return forms[kind]
    if kind == len(forms):
        return f"case when {draw(truth(depth - 1))} then {x} when {draw(truth(depth - 1))} then {y} else {draw(st.sampled_from([z, 'null']))} end"
    if kind == len(forms) + 1:
        return f"length({draw(text(depth - 1))})"
    day = draw(moment(depth - 1))
    if kind == len(forms) + 2:
        return f"days_between({day}, {draw(moment(depth - 1))})"
    return f"{draw(st.sampled_from(['year', 'quarter', 'month', 'day']))}({day})"


@st.composite
def text(draw: DRAW, depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(TEXTS))
    x, y = draw(text(depth - 1)), draw(st.sampled_from(TEXTS[:5]))
    return draw(st.sampled_from([
        f"lower({x})", f"upper({x})", f"trim({x})", f"substring({x}, 2, 3)", f"substring({x}, 1)", f"({x} || {y})", f"coalesce({x}, {y})",
        f"case when {draw(truth(depth - 1))} then {x} else {y} end",
    ]))  # fmt: skip


@st.composite
def moment(draw: DRAW, depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(DAYS))
    x = draw(moment(depth - 1))
    whole = draw(st.sampled_from(["i", "k", "order", "k * 30", "floor(a)"]))
    return draw(st.sampled_from([
        f"first_day({x})", f"last_day({x})", f"add_days({x}, {whole})", f"add_months({x}, {whole})", f"greatest({x}, {draw(st.sampled_from(DAYS))})",
        f"coalesce({x}, today)",
    ]))  # fmt: skip


@st.composite
def truth(draw: DRAW, depth: int = 3) -> str:
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(["p", "q", "i > 0", "kind = '砂石土矿'", "s is null", "has(measures, '边坡放缓')"]))
    sign = draw(st.sampled_from(["=", "<>", "<", "<=", ">", ">="]))
    deeper = depth - 1
    form = draw(st.integers(0, 9))
    if form < 2:
        return f"({draw(truth(deeper))} {draw(st.sampled_from(['and', 'or']))} {draw(truth(deeper))} and {draw(truth(deeper))})"
    if form == 2:
        return f"(not {draw(truth(deeper))})"
    if form == 3:
        return f"({draw(moment(deeper))} {sign} {draw(moment(deeper))})"
    if form == 4:
        return f"({draw(text(deeper))} like {draw(st.sampled_from(PATTERNS))})"
    if form == 5:
        return f"{draw(st.sampled_from(['starts_with', 'ends_with', 'contains']))}({draw(text(deeper))}, {draw(text(0))})"
    if form == 6:
        return f"({draw(number(deeper))} {draw(st.sampled_from(['in', 'not in']))} ({draw(number(0))}, {draw(number(0))}, {draw(number(deeper))}))"
    if form == 7:
        return f"({draw(number(deeper))} between {draw(number(deeper))} and {draw(number(deeper))})"
    if form == 8:
        return f"({draw(number(deeper))} is not null)"
    return f"({draw(number(deeper))} {sign} {draw(number(deeper))})"


def aggregate() -> st.SearchStrategy[str]:
    """An aggregate over a random part, or a ratio of two."""
    one = st.one_of(
        st.builds("{}({})".format, st.sampled_from(["sum", "avg", "min", "max", "count"]), number(2)),
        st.builds("round(avg({}), {})".format, number(1), st.integers(0, 3)),
        st.builds("count(distinct {})".format, st.one_of(number(1), text(1), moment(1))),
        st.builds("{}({})".format, st.sampled_from(["min", "max", "count"]), moment(2)),
        st.just("count()"),
    )
    return st.one_of(one, st.builds("divide(sum({}), sum({}), 3)".format, st.sampled_from(["k", "c", "c * k"]), st.sampled_from(["k", "c"])))


EDGES = [0, 1, -1, 2, 3, 5, 10, -25, 10**18 - 1, 1 - 10**18, 10**6, 5 * 10**5]
WHOLE = st.one_of(st.sampled_from(EDGES), st.integers(-30, 30), st.integers(1 - 10**18, 10**18 - 1))
DAY = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2023, 1, 31), date(2023, 12, 31)]))
WORD = st.one_of(
    st.sampled_from(["", "东安县", "aab", "a%b", "İSBN", "　x ", "it's", "😀a😀", "县"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)


def _scaled(places: int, least: int = 1 - 10**18, most: int = 10**18 - 1) -> st.SearchStrategy[Decimal]:
    fits = WHOLE.filter(lambda n: least <= n <= most) if least < -(10**9) else st.integers(least, most)
    return fits.map(lambda n: Decimal(n).scaleb(-places))


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "i": WHOLE, "j": WHOLE, "order": WHOLE, "k": st.integers(-9, 9), "a": _scaled(2), "b": _scaled(4), "c": _scaled(1, -1000, 1000),
    "s": WORD, "t": WORD, "d": DAY, "e": DAY, "today": DAY, "p": st.booleans(), "q": st.booleans(),
    "kind": st.sampled_from(KINDS), "other": st.sampled_from(KINDS), "site.area": _scaled(2), "面积": _scaled(2),
    "measures": st.lists(st.sampled_from(["危岩卸载", "边坡放缓"]), unique=True).map(tuple),
}  # fmt: skip
assert _VALUES.keys() == NAMES.keys()
ROWS = st.lists(st.fixed_dictionaries({name: st.one_of(st.none(), values, values, values) for name, values in _VALUES.items()}), min_size=1, max_size=6)
ANY = st.one_of(number(), number(4), text(), moment(), truth())
