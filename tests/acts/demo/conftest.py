"""Demonstration books on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...books import Databases
from .books import Maker


@pytest.fixture
def maker(databases: Databases, dialect: str, tmp_path: Path) -> Maker:
    """Makes books of the dialect in turn."""
    return Maker(tmp_path, databases.empty if dialect == "postgres" else lambda: None)
