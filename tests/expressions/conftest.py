"""The two databases that expressions are compared in."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from taizhang.expressions import Engine


@pytest.fixture(scope="session")
def postgres(server: psycopg.Connection) -> psycopg.Connection:
    return server


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine
