"""A PostgreSQL for the session; where there is none, its tests are skipped and say so, and in CI they fail."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from taizhang.expressions import Engine

from .postgres import NoPostgres, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[psycopg.Connection]:
    try:
        running = cluster()
        connection = running.__enter__()
    except NoPostgres as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"left out: equal results in PostgreSQL: {reason}")
        pytest.skip(f"left out: equal results in PostgreSQL: {reason}")
    yield connection
    running.__exit__(None, None, None)


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine
