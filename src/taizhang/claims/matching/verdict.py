"""What a check against a book says: of each figure a verdict, of each text how far the book can speak to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from taizhang.core import Figure, Quantity, Span

VerdictClass = Literal["agrees", "differs", "no_record", "open"]
VERDICTS: tuple[VerdictClass, ...] = ("differs", "open", "no_record", "agrees")
"""相符 agrees · 不符 differs · 无据 not in the book · 待核 cannot be decided; the gravest first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a claim may mean, and how well its words fit."""

    indicator: str
    title: str
    title_en: str
    unit: str
    score: float

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return {"indicator": self.indicator, "title": self.title, "unit": self.unit, "score": round(self.score, 2)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the book says of one figure of a text.

    `figures` are the values it was compared with: one, or those of every reading the words allow; of a share or a change
    the two it is made of. `reason` is one plain sentence; `entries` the first entries behind the figure; `draft` of an indicator
    for a figure that the book has none for.
    """

    article: str
    quantity: Quantity
    kind: VerdictClass
    reason: str
    reason_en: str
    candidates: tuple[Candidate, ...] = ()
    figures: tuple[Figure, ...] = ()
    told: str = ""
    place: str = ""
    entries: tuple[str, ...] = ()
    draft: str = ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the figure stands in the raw text."""
        return self.quantity.spans

    def as_json(self, lang: str = "zh") -> dict[str, Any]:
        """One line of `check --book --json`."""
        return {
            "article": self.article,
            "verdict": self.kind,
            "spans": [list(s) for s in self.spans],
            "printed": self.quantity.surface,
            "book": self.told or None,
            "place": self.place or None,
            "figures": [figure_json(f) for f in self.figures],
            "candidates": [c.as_json() for c in self.candidates],
            "entries": list(self.entries),
            "draft": self.draft or None,
            "reason": self.reason_en if lang == "en" else self.reason,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a book can speak to an article: of `figures` figures it knows `spoken`. `elsewhere` names the place the article is about,
    where the book has nothing of that place."""

    article: str
    figures: int
    spoken: int
    elsewhere: str = ""

    def as_json(self) -> dict[str, Any]:
        """One line of `check --book --json`."""
        return {"article": self.article, "figures": self.figures, "spoken": self.spoken, "elsewhere": self.elsewhere or None}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything a book says of a text. `invented` where everything in that book is: a demonstration book."""

    coverage: tuple[Coverage, ...]
    verdicts: tuple[Verdict, ...]
    invented: bool = False


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure for a program: exact as text, with its definition version and as-of."""
    value = None if figure.value is None else str(figure.value)
    told = {"indicator": figure.indicator, "title": figure.title, "value": value, "unit": figure.unit, "state": figure.state}
    place = {"place": figure.place, "period": str(figure.period), "of": dict(figure.of)}
    return {**told, **place, "version": figure.version, "as_of": figure.as_of}
