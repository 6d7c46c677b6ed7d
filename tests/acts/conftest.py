"""A county's book on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk

from ..books import Databases
from .office import county


@pytest.fixture
def empty_address(databases: Databases, dialect: str) -> str:
    """The address of a database without tables; on SQLite the book brings its own."""
    return databases.empty() if dialect == "postgres" else ""


@pytest.fixture
def desk(empty_address: str, tmp_path: Path) -> Iterator[Desk]:
    """The first user's desk at a book with the four programmes."""
    with county(tmp_path / "book", empty_address, "medicine", "library", "mines", "traffic") as made:
        yield made
