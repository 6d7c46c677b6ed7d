"""Random expressions on random rows give equal values in Python, DuckDB and PostgreSQL; arithmetic agrees with fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import psycopg
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taizhang.expressions import BadExpression, BadTable, Engine, Expression, evaluate, integer, parse, problems
from taizhang.expressions.tree import Call, walk

from .random_expressions import ANY, ROWS, WHOLE, aggregate
from .three import NAMES, in_duckdb, in_postgres, in_python

seen: Counter[str] = Counter()
used: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def tally() -> Iterator[None]:
    """Say at the end what was exercised, and that it was enough to mean something."""
    seen.clear()
    used.clear()
    yield
    print(f"\nrandom expressions: {dict(seen)}; functions: {dict(used)}")
    assert not seen or seen["run"] >= 50
    assert not seen or len(used) >= 30


def sensible(text: str, *, aggregates: bool = False) -> Expression:
    """The expression; one that may pass 38 digits, or is too long, is another's case."""
    try:
        expression = parse(text, NAMES, aggregates=aggregates)
    except BadExpression as bad:
        odd = [p.line("en") for p in bad.problems if not any(word in p.found_en for word in ("digits", "too", "outside every"))]
        if odd:
            pytest.fail(f"{text}: {odd}")
        seen["refused"] += 1
        assume(False)
    seen["run"] += 1
    used.update(node.function.name for node in walk(expression.tree) if isinstance(node, Call))
    return expression


def canonical(values: Sequence[Any]) -> list[str]:
    return [repr(value) for value in values]


@given(text=ANY, rows=ROWS)
def test_equal_in_three_places(engine: Engine, postgres: psycopg.Connection, text: str, rows: list[dict[str, Any]]) -> None:
    expression = sensible(text)
    python = canonical(in_python(expression, rows))
    seen["null" if set(python) == {"None"} else "with values"] += 1
    assert canonical(in_duckdb(engine, expression, rows)) == python
    assert canonical(in_postgres(postgres, expression, rows)) == python


@given(text=aggregate(), rows=ROWS)
def test_aggregates_equal_in_three_places(engine: Engine, postgres: psycopg.Connection, text: str, rows: list[dict[str, Any]]) -> None:
    expression = sensible(text, aggregates=True)
    try:
        python = canonical(in_python(expression, rows))
    except BadTable:
        with pytest.raises(BadTable):
            in_duckdb(engine, expression, rows)
        return
    assert canonical(in_duckdb(engine, expression, rows)) == python
    assert canonical(in_postgres(postgres, expression, rows)) == python


def half_even(value: Fraction, places: int) -> Fraction:
    """The oracle of rounding: Python's own round of a fraction, halves to even."""
    return Fraction(round(value * 10**places), 10**places)


@given(a=WHOLE, b=WHOLE, places=st.integers(0, 9))
def test_a_quotient_is_the_fraction_rounded_once(engine: Engine, a: int, b: int, places: int) -> None:
    expression = parse(f"divide(i, j, {places})", {"i": integer(), "j": integer()})
    expected = None if b == 0 else half_even(Fraction(a, b), places)
    rows = [{"i": a, "j": b}]
    for value in (*in_python(expression, rows), *in_duckdb(engine, expression, rows)):
        assert (None if value is None else Fraction(value)) == expected


@given(units=WHOLE, places=st.integers(0, 3))
def test_rounding_is_the_fraction_rounded_once(engine: Engine, units: int, places: int) -> None:
    expression = parse(f"round(b, {places})", NAMES)
    rows = [{"b": Decimal(units).scaleb(-4)}]
    expected = half_even(Fraction(units, 10**4), places)
    for value in (*in_python(expression, rows), *in_duckdb(engine, expression, rows)):
        assert Fraction(value) == expected


@given(text=ANY, rows=ROWS)
def test_a_value_fits_the_type_of_its_expression(text: str, rows: list[dict[str, Any]]) -> None:
    expression = sensible(text)
    kind = expression.type
    for row in rows:
        value = evaluate(expression, row)
        if value is not None and hasattr(kind, "places"):
            assert kind.least <= Fraction(value) * 10**kind.places <= kind.most
            assert isinstance(value, Decimal if kind.places else int)


@given(st.text(max_size=80))
def test_any_text_is_an_expression_or_has_problems(text: str) -> None:
    for problem in problems(text, NAMES):
        assert 0 <= problem.start <= problem.end <= max(len(text), problem.end)
        assert problem.line("zh")
        assert problem.line("en")


PIECES = ["i", "a", "s", "d", "p", "(", ")", ",", "+", "-", "*", "/", "=", "<", "and", "or", "not", "in", "is", "null", "case", "when", "then", "else",
          "end", "between", "like", "distinct", "sum(", "round(", "count(", "1", "2.5", "'x'", "date '2023-01-01'", "true"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.booleans())
def test_any_pieces_are_an_expression_or_have_problems(engine: Engine, pieces: list[str], aggregates: bool) -> None:
    """Whatever the parser makes of odd orders of words, what is accepted runs the same in both places."""
    try:
        expression = parse(" ".join(pieces), NAMES, aggregates=aggregates)
    except BadExpression:
        return
    assert canonical(in_duckdb(engine, expression, [{"i": 1}])) == canonical(in_python(expression, [{"i": 1}]))
