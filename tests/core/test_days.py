"""The day of an entry is that of the office, not that of the machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from taizhang.core import civil_today


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Shanghai"])
def test_the_day_does_not_depend_on_the_machine(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before = (datetime.now(UTC) + timedelta(hours=8)).date()
        found = civil_today()
        after = (datetime.now(UTC) + timedelta(hours=8)).date()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert before <= found <= after
