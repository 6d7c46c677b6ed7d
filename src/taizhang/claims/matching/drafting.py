"""The draft of an indicator for a figure that the book has none for: what the text tells of it, the rest left to the office."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.claims.matching.verdict import Verdict
from taizhang.core import Quantity

HEAD = "# 文中说到而账上没有指标的数。请各补全 from（哪种事项、划转或名录）和 value（怎样相加），再放进一个专项的 indicators。\nindicators:\n"
_STANDING = re.compile(r"底|末|截至|现有|共有|目前")
_KEEP = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_LONGEST = 20


def draft(q: Quantity) -> str:
    """The lines of an indicator: its title, its unit, whether it stands at a day; from and value are for whoever keeps the facts."""
    title = _KEEP.sub("", q.subject or "")[:_LONGEST] or "（待定）"
    unit = f"{q.unit or '个'}{'/' + q.per if q.per else ''}"
    kind = ", kind: stock" if _STANDING.search(q.time or "") else ""
    return f"{{title: {title}, unit: {unit}{kind}, from: '', value: ''}}"


def drafts(verdicts: Iterable[Verdict]) -> str:
    """A file of drafts, each with the figure it was made for; each title once. Empty where every figure has an indicator."""
    lines: dict[str, str] = {}
    for verdict in verdicts:
        if verdict.draft and verdict.draft not in lines:
            lines[verdict.draft] = f"  draft_{len(lines) + 1}: {verdict.draft}  # {verdict.quantity.surface}\n"
    return HEAD + "".join(lines.values()) if lines else ""
