"""What a check says of a text: data, one finding at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from taizhang.core.quantity import Span

_POINTS = re.compile(r"(?<=\d)pp\b")
FindingClass = Literal["contradiction", "query", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    `spans` are raw offsets of what it speaks of. `printed` is what the text says, `follows` what
    follows from the rest of it, `miss` by how much the two are apart (None where nothing is
    measured). `why` and `why_en` are one plain sentence each.
    """

    article: str
    kind: FindingClass
    rule: str
    spans: tuple[Span, ...]
    printed: str
    follows: str
    miss: str | None
    why: str
    why_en: str

    def facts(self, lang: str = "zh") -> dict[str, str | None]:
        """What is printed, what follows, and the miss, in signs both languages share; points are named in words."""
        points = " points" if lang == "en" else "个百分点"
        told = {"printed": self.printed, "follows": self.follows, "miss": self.miss}
        return {key: value and _POINTS.sub(points, value) for key, value in told.items()}

    def as_json(self, lang: str = "zh") -> dict[str, Any]:
        """One line of `check --json`."""
        return {
            "article": self.article,
            "class": self.kind,
            "rule": self.rule,
            "spans": [list(s) for s in self.spans],
            **self.facts(lang),
            "why": self.why_en if lang == "en" else self.why,
        }
