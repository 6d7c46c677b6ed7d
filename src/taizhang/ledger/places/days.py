"""Days as people write them in lists: 2023-01-03, 2023/1/3, 2023.1.3, 2023年1月3日, 20230103."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))", re.ASCII
)


def iso(text: str) -> str | None:
    """The day as YYYY-MM-DD; None when it is none."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
