"""A small office on SQLite and on PostgreSQL; what a test does is undone after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from ..expressions.postgres import NoPostgres, cluster
from .office import Office

if not settings.configured:
    settings.configure(INSTALLED_APPS=["taizhang.people"], DATABASES={}, USE_TZ=True, AUTH_USER_MODEL="people.User")
    django.setup()


def connect(alias: str, database: dict[str, object]) -> str:
    """Make a database known to Django and bring its tables."""
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: database})[alias]
    call_command("migrate", "people", database=alias, verbosity=0)
    return alias


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("people") / "book.sqlite3"
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"}
    return connect("people-sqlite", {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options})


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
    host = server.info.host
    return connect("people-postgres", {"ENGINE": "django.db.backends.postgresql", "HOST": host, "USER": "tests", "NAME": "postgres"})


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
