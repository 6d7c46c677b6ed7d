"""Tables in, columns out: what fits is computed in order, what does not fit is named."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from taizhang.expressions import DATE, TEXT, BadTable, Engine, Expression, batch, decimal, evaluate, integer, parse

NAMES = {"n": integer(), "small": integer(0, 9), "area": decimal(2), "s": TEXT, "d": DATE}


def made(text: str) -> Expression:
    return parse(text, NAMES)


def test_python_columns_in_and_out() -> None:
    columns = {"n": [1, None, 3], "area": [Decimal("1.5"), Decimal(2), None]}
    assert batch({"double": made("n * 2"), "more": made("area > n")}, columns) == {"double": [2, None, 6], "more": [True, None, None]}


def test_arrow_in_and_out_and_other_widths_of_the_same() -> None:
    table = pa.table({"n": pa.array([7, 8], pa.int16()), "area": pa.array([Decimal("1.5"), None], pa.decimal128(5, 1)), "s": pa.array(["甲", "乙"]).dictionary_encode()})
    with Engine() as engine:
        result = engine.run({"v": made("n + area"), "w": made("s = '甲'"), "half": made("round(n / 2)")}, table)
    assert result.to_pydict() == {"v": [Decimal("8.50"), None], "w": [True, False], "half": [4, 4]}


def test_wide_whole_numbers_come_back_whole() -> None:
    (value,) = batch({"v": made("n * n")}, {"n": [10**18 - 1]})["v"]
    assert repr(value) == str((10**18 - 1) ** 2)


def test_rows_keep_their_order() -> None:
    count = 300_000
    result = batch({"v": made("n")}, pa.table({"n": pa.array(range(count), pa.int64())}))
    assert result.column("v").to_pylist() == list(range(count))


def test_an_expression_of_no_name_has_a_value_for_each_row() -> None:
    assert batch({"v": made("1 + 1")}, {"n": [5, 6]}) == {"v": [2, 2]}
    assert batch({"v": parse("count()", NAMES, aggregates=True)}, {"n": [5, 6]}) == {"v": [2]}


def test_a_table_without_rows() -> None:
    assert batch({"v": made("n")}, {"n": []}) == {"v": []}
    assert batch({"v": parse("sum(n)", NAMES, aggregates=True)}, {"n": []}) == {"v": [None]}


BAD = [
    ("n", {"m": [1]}, "no such column"),
    ("n", {"n": [1.5]}, "does not fit"),
    ("n", {"n": ["x"]}, "does not fit"),
    ("n", {"n": [10**30]}, "does not fit"),
    ("n", {"n": [10**18]}, "does not fit: 1000000000000000000"),
    ("small", {"small": [10]}, "integer 0 … 9"),
    ("area", {"area": [Decimal("1.234")]}, "does not fit"),
    ("area", {"area": [0.1]}, "does not fit"),
    ("area", {"area": [Decimal("NaN")]}, "does not fit"),
    ("d", {"d": ["2023-01-01"]}, "does not fit"),
    ("s", {"s": [1]}, "does not fit"),
]


@pytest.mark.parametrize(("text", "columns", "told"), BAD)
def test_a_column_that_does_not_fit_is_named(text: str, columns: dict[str, list[object]], told: str) -> None:
    with pytest.raises(BadTable, match=told) as raised:
        batch({"v": made(text)}, columns)
    assert raised.value.problem.where == text


def test_arrow_floats_are_refused() -> None:
    with pytest.raises(BadTable, match="double"):
        batch({"v": made("n")}, pa.table({"n": pa.array([1.0])}))


def test_a_sum_past_38_digits_is_refused_in_both_places() -> None:
    expression = parse("sum(n * n)", NAMES, aggregates=True)
    rows = [{"n": 10**18 - 1}] * 150
    with pytest.raises(BadTable, match="38 digits"):
        evaluate(expression, rows)
    with pytest.raises(BadTable, match="38 digits"):
        batch({"v": expression}, {"n": [row["n"] for row in rows]})


def test_equal_expressions_are_equal_and_differ_by_meaning() -> None:
    assert made("n+1") == made("N + 1".lower())
    assert hash(made("n + 1")) == hash(made("(n + 1)"))
    assert made("n + 1") != made("n + 2")
    assert list(made("area > n or d = '2023-01-01'").names) == ["area", "n", "d"]


def test_columns_may_be_given_their_own_sql() -> None:
    assert made("n > 1 and s = 'x'").sql("postgres", {"n": 'r."n"'}) == """((r."n" > 1) AND ("s" = 'x'))"""


def test_no_key_is_null() -> None:
    assert evaluate(made("n is null"), {}) is True
    assert evaluate(made("coalesce(d, '2023-01-01')"), {}) == date(2023, 1, 1)


def test_reading_an_expression_brings_no_database() -> None:
    code = "import sys, taizhang.expressions as e; e.parse('1 + 1', {}); print(*{'duckdb', 'pyarrow', 'psycopg'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
