"""What a text says against itself: rules from the quantities of an article to findings, no data needed."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.claims.rules import RULES, Rule
from taizhang.core import Finding, Story

__all__ = ["RULES", "Rule", "findings"]


def findings(source: str | Sequence[Story]) -> list[Finding]:
    """All findings of a text, or of stories already read, in reading order of each story.

    A text is mended and read first. Spans are offsets into the raw text.
    """
    return [f for story in _stories(source) for f in _of(story)]


def _stories(source: str | Sequence[Story]) -> Sequence[Story]:
    if not isinstance(source, str):
        return source
    from taizhang.text import stories

    return stories(source)


def _of(story: Story) -> list[Finding]:
    found: dict[tuple[object, ...], Finding] = {}
    for rule in RULES:
        for f in rule(story):
            found.setdefault((f.kind, f.rule, f.spans), f)
    return sorted(found.values(), key=lambda f: f.spans[:1])
