"""What the arithmetic rules say of a short text, in words a test can compare."""

from __future__ import annotations

from taizhang.claims import findings
from taizhang.core import Finding

ARITHMETIC = {"change", "share", "total", "part", "twice", "rate", "average", "units"}


def told(text: str) -> list[Finding]:
    """The findings of the arithmetic rules."""
    return [f for f in findings(text) if f.rule in ARITHMETIC]


def contradictions(text: str) -> list[tuple[str, str | None]]:
    """Rule and miss of each contradiction."""
    return [(f.rule, f.miss) for f in told(text) if f.kind == "contradiction"]


def marked(text: str, finding: Finding) -> list[str]:
    """The printed figures that a finding speaks of."""
    return [text[a:b] for a, b in finding.spans]
