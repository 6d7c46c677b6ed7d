"""A small office on SQLite and on PostgreSQL; what a test does is undone after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from taizhang.ledger.database import connect

from ..expressions.postgres import NoPostgres, cluster
from .office import Office

if not settings.configured:
    connect(":memory:")  # tests import the tables by name


def built(address: str | Path, alias: str) -> str:
    """A database with the tables of people."""
    call_command("migrate", "people", database=connect(address, alias), verbosity=0)
    return alias


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    return built(tmp_path_factory.mktemp("people") / "book.sqlite3", "people-sqlite")


@pytest.fixture(scope="session")
def server() -> Iterator[psycopg.Connection]:
    running = cluster()
    try:
        connection = running.__enter__()
    except NoPostgres as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"left out: people in PostgreSQL: {reason}")
        pytest.skip(f"left out: people in PostgreSQL: {reason}")
    yield connection
    connections.close_all()
    running.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres(server: psycopg.Connection) -> str:
    return built(f"postgresql://tests@/postgres?host={server.info.host}", "people-postgres")


@pytest.fixture(params=["sqlite", "postgres"])
def using(request: pytest.FixtureRequest) -> Iterator[str]:
    """The alias of a database without users."""
    alias: str = request.getfixturevalue(request.param)
    with transaction.atomic(using=alias):
        yield alias
        transaction.set_rollback(True, using=alias)


@pytest.fixture
def office(using: str) -> Office:
    """The people of 东安县, as office.py tells."""
    return Office(using)
