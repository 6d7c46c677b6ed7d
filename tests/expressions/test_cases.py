"""The cases of cases.txt, in three places."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest

from taizhang.expressions import Engine, Expression, parse
from taizhang.expressions.functions import ALL

from .three import NAMES, in_duckdb, in_postgres, in_python, read, shown

LINES = Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").splitlines()
AGGREGATES = LINES.index("# Over many rows")


def cases() -> list[Any]:
    """Expression, rows and expected value, named by the line."""
    found, expression = [], ""
    for number, line in enumerate(LINES):
        if line.startswith(" "):
            rows, _, expected = line.rpartition("->")
            found.append(pytest.param(expression, rows, expected.strip(), number > AGGREGATES, id=f"{number + 1}: {expression}"))
        elif line and not line.startswith("#"):
            expression = line
    return found


def row(text: str) -> dict[str, Any]:
    values = dict(re.findall(r"([^\s=,]+)=('[^']*'|[^,]*)", text))
    return {name: read(value if value.startswith("'") else value.strip(), NAMES[name]) for name, value in values.items()}


def prepared(text: str, rows: str, aggregates: bool) -> tuple[Expression, list[dict[str, Any]]]:
    return parse(text, NAMES, aggregates=aggregates), [row(part) for part in rows.split(";")]


@pytest.mark.parametrize(("text", "rows", "expected", "aggregates"), cases())
def test_in_python(text: str, rows: str, expected: str, aggregates: bool) -> None:
    assert [shown(v) for v in in_python(*prepared(text, rows, aggregates))] == [expected.strip("'")]


@pytest.mark.parametrize(("text", "rows", "expected", "aggregates"), cases())
def test_in_duckdb(engine: Engine, text: str, rows: str, expected: str, aggregates: bool) -> None:
    assert [shown(v) for v in in_duckdb(engine, *prepared(text, rows, aggregates))] == [expected.strip("'")]


@pytest.mark.parametrize(("text", "rows", "expected", "aggregates"), cases())
def test_in_postgres(postgres: psycopg.Connection, text: str, rows: str, expected: str, aggregates: bool) -> None:
    assert [shown(v) for v in in_postgres(postgres, *prepared(text, rows, aggregates))] == [expected.strip("'")]


@pytest.mark.parametrize("function", [f for f in ALL.values() if f.example[0]], ids=lambda f: f.name)
def test_the_examples_of_the_reference(engine: Engine, postgres: psycopg.Connection, function: Any) -> None:
    expression = parse(function.example[0], {})
    for values in (in_python(expression, [{}]), in_duckdb(engine, expression, [{}]), in_postgres(postgres, expression, [{}])):
        assert [shown(v) for v in values] == [function.example[1]]


@pytest.mark.parametrize("function", list(ALL.values()), ids=lambda f: f.name)
def test_every_function_has_its_cases(function: Any) -> None:
    word = re.escape(function.name.split()[0]) if function.name != "negative" else r"^-"
    assert any(re.search(word, line) for line in LINES if line and line[0] not in "# ")
