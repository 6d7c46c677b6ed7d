"""What all tests share: how hard to try, and where the annotated texts are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
