"""What all tests share: how hard to try, and where the annotated texts are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from .books import Databases, SmallBook, small_book
from .postgres import NoPostgres, cluster

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PROVING = os.environ.get("TAIZHANG_PROVE") == "1"
IN_CI = os.environ.get("CI") == "true"

_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large], "print_blob": True}
settings.register_profile("test", max_examples=50, derandomize=True, **_CALM)
settings.register_profile("prove", max_examples=2000, **_CALM)
settings.load_profile("prove" if PROVING else "test")


def pytest_report_header() -> str:
    """Say at the top of a run how hard it tries."""
    return "full counts (make prove)" if PROVING else "small counts (make prove for the full ones)"


@pytest.fixture(scope="session")
def count() -> Callable[[int, int], int]:
    """`count(small, full)`: how many cases a test makes itself, few in `make test`, all in `make prove`."""
    return lambda small, full: full if PROVING else small


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated texts beside the checkout; absent is a skip at a desk and a failure in CI."""
    if not SHARED.is_dir():
        reason = "the annotated texts are not beside the checkout (../shared)"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[psycopg.Connection]:
    """A PostgreSQL for the session; where there is none, its tests are skipped and say so, and in CI they fail."""
    running = cluster()
    try:
        connection = running.__enter__()
    except NoPostgres as reason:
        if IN_CI:
            pytest.fail(f"left out: PostgreSQL: {reason}")
        pytest.skip(f"left out: PostgreSQL: {reason}")
    yield connection
    from django.db import connections

    connections.close_all()
    running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgres"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    word: str = request.param
    return word


@pytest.fixture(scope="session")
def folder_of_books(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where the databases of this session stand."""
    return Databases(tmp_path_factory.mktemp("books"))


@pytest.fixture
def databases(folder_of_books: Databases, dialect: str, request: pytest.FixtureRequest) -> Databases:
    """Fresh databases of the dialect in turn; the server is started when it is first needed."""
    if dialect == "postgres" and folder_of_books.server is None:
        folder_of_books.server = request.getfixturevalue("server")
    return folder_of_books


@pytest.fixture
def address(databases: Databases, dialect: str) -> str:
    """The address of a fresh database."""
    return databases.address(dialect)


@pytest.fixture
def book(address: str) -> Iterator[SmallBook]:
    """A book without entries that runs the shipped programmes."""
    with small_book(address) as made:
        yield made
