"""A small office on SQLite and on PostgreSQL; what a test does is undone after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from taizhang.ledger.database import connect

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
