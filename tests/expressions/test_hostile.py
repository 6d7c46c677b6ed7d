"""Hostile expressions: none is accepted, nothing is touched, each is told plainly, and none costs time or memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from taizhang.expressions import BadTable, Engine, decimal, parse, problems
from taizhang.expressions.types import TEXT

from .three import NAMES

SECONDS, MEGABYTES, SEED = 2.0, 256, 20230116
HARMLESS = ("coalesce(i, i, ", "i in (1, 1, ", "p and p and ", "'xxx", "''''")
"""Long, but flat and short enough: lists of 150, which the language allows, and texts of 150 characters."""


@pytest.fixture(scope="module")
def measured(count: Callable[[int, int], int]) -> dict[str, Any]:
    command = [sys.executable, Path(__file__).with_name("measured.py"), str(count(1_000, 3_000)), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    print(f"\nhostile expressions: {told['count']}, seed {SEED}, slowest {told['slowest'][0]:.3f} s, peak {told['peak_mb']} MB")
    return told


def test_none_is_accepted(measured: dict[str, Any]) -> None:
    assert measured["count"] >= 1_000
    assert [text for text in measured["accepted"] if not text.startswith(HARMLESS)] == []


def test_nothing_is_touched_or_run(measured: dict[str, Any]) -> None:
    assert measured["touched"] == []


def test_each_is_told_plainly(measured: dict[str, Any]) -> None:
    assert measured["unexplained"] == []


def test_none_costs_time_or_memory(measured: dict[str, Any]) -> None:
    assert measured["slowest"][0] <= SECONDS, measured["slowest"]
    assert measured["peak_mb"] <= MEGABYTES


@pytest.mark.parametrize("depth", [5, 10, 12, 13, 50, 90])
def test_what_is_allowed_to_be_deep_runs(engine: Engine, depth: int) -> None:
    """Just inside the limits nothing breaks: the parser, the closures and DuckDB all bear what the gate lets through."""
    for text in ("(" * depth + "i" + ")" * depth, "i" + " + i" * depth, "coalesce(" * depth + "i" + ", 1)" * depth, "p = " * depth + "p"):
        if not problems(text, NAMES):
            expression = parse(text, NAMES)
            assert expression.run({"i": 1, "p": True}) == engine.run({"v": expression}, _one_row()).column("v")[0].as_py()


def _one_row() -> Any:
    import pyarrow as pa

    return pa.table({"i": [1], "p": [True]})


@pytest.mark.parametrize(
    "query",
    ["SELECT * FROM read_csv('/etc/passwd')", "ATTACH '/tmp/x.db'", "COPY (SELECT 1) TO '/tmp/taizhang-x'", "SET threads = 8", "INSTALL httpfs", "LOAD httpfs",
     "SET enable_external_access = true", "SET lock_configuration = false", "SELECT * FROM query_of_python"],
)  # fmt: skip
def test_even_free_sql_would_find_the_engine_locked(query: str) -> None:
    query_of_python = [1]
    with Engine() as engine, pytest.raises(duckdb.Error):
        engine.connection.execute(query)
    assert query_of_python


def test_work_over_its_time_is_ended() -> None:
    expression = parse("count(distinct s || '-' || upper(s)) + count(distinct lower(s) || s) + count(distinct trim(s))", {"s": TEXT}, aggregates=True)
    with Engine(seconds=0.05) as engine, pytest.raises(BadTable, match="seconds"):
        engine.run({"v": expression}, _many())


def test_work_over_its_memory_is_ended() -> None:
    expression = parse("count(distinct s || '-' || s || '-' || s)", {"s": TEXT}, aggregates=True)
    with Engine(memory_mb=16) as engine, pytest.raises(BadTable, match="memory"):
        engine.run({"v": expression}, _many())


def _many() -> Any:
    import pyarrow as pa

    return pa.table({"s": pa.array(range(2_000_000), pa.int64()).cast(pa.string())})


def test_division_inside_division_stays_short() -> None:
    text = "((a / 3) / 3) / 3"
    assert len(parse(text, {"a": decimal(2, 0, 100)}).sql("duckdb")) <= 20_000
    assert problems("(((a / 3) / 3) / 3) / 3", {"a": decimal(2, 0, 100)})
