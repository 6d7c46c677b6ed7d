"""What `check --book` says to a person: how far the book can speak to the text, then a verdict on every figure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from taizhang.cli.checked import Checked, article_words
from taizhang.cli.screen import Screen, Segment, Style
from taizhang.cli.verdict_words import tell
from taizhang.core import Article

if TYPE_CHECKING:
    from taizhang.claims.matching import Coverage, Judgement, Verdict, VerdictClass

ORDER: tuple[VerdictClass, ...] = ("differs", "open", "no_record", "agrees")
# Vermilion says that the book contradicts the text, and nothing else does.
STYLES: dict[str, Style] = {"differs": "contradiction", "open": "query", "no_record": "query", "agrees": "plain"}


def show(checked: Checked, screen: Screen, lang: str) -> None:
    """The coverage, then the verdicts article by article."""
    judgement = checked.judgement
    if judgement is None:
        return
    screen.line(*coverage_line(judgement, lang))
    if judgement.invented:
        screen.line((tell(lang, "invented"), "strong"))
    by_article = {a.id: a for a in checked.page.articles}
    for coverage in judgement.coverage:
        _article(checked, by_article[coverage.article], coverage, screen, lang)
    screen.gap()


def coverage_line(judgement: Judgement, lang: str) -> list[Segment]:
    """How many of the figures the book can speak to, and how many verdicts there are of each kind."""
    figures, spoken = sum(c.figures for c in judgement.coverage), sum(c.spoken for c in judgement.coverage)
    counts = Counter(v.kind for v in judgement.verdicts)
    row: list[Segment] = [(tell(lang, "coverage", figures=figures, spoken=spoken), "strong")]
    for kind in ORDER:
        if counts[kind]:
            row.append((tell(lang, "list"), "plain"))
            row.append((tell(lang, "count", name=tell(lang, kind), n=counts[kind]), STYLES[kind]))
    return [*row, (tell(lang, "stop"), "plain")]


def _article(checked: Checked, a: Article, coverage: Coverage, screen: Screen, lang: str) -> None:
    screen.gap()
    facts = {"article": article_words(a, lang), "figures": coverage.figures, "spoken": coverage.spoken, "place": coverage.elsewhere}
    screen.line((tell(lang, "elsewhere" if coverage.elsewhere else "coverage one", **facts), "strong"))
    assert checked.judgement is not None
    for verdict in checked.judgement.verdicts:
        if verdict.article == a.id:
            _verdict(verdict, screen, lang)


def _verdict(v: Verdict, screen: Screen, lang: str) -> None:
    why = v.reason_en if lang == "en" else v.reason
    screen.line((tell(lang, v.kind), STYLES[v.kind]), ("　" + v.quantity.surface, "strong"), ("　" + why, "plain"), indent=2, hang=6)
    if below := details(v, lang):
        screen.line(("　".join(below), "faint"), indent=8)


def details(v: Verdict, lang: str) -> list[str]:
    """The definition a figure follows and its as-of, what else was thought of, the first entries behind it."""
    out = []
    if v.figures:
        f = v.figures[0]
        out.append(tell(lang, "figure", title=f.indicator, version=f.version, as_of=f.as_of))
    if v.kind == "open" and v.candidates:
        out.append(tell(lang, "candidates", titles=tell(lang, "list").join(c.title_en if lang == "en" else c.title for c in v.candidates)))
    if v.entries:
        out.append(tell(lang, "entries", entries=tell(lang, "list").join(v.entries)))
    return out
