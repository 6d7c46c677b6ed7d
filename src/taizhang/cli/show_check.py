"""What `check` says to a person: the sentence, what it is about marked, the reason; then where to look."""

from __future__ import annotations

from taizhang.cli.checked import Checked, article_words, missing_words
from taizhang.cli.screen import Screen, Segment
from taizhang.cli.sheet import Excerpt
from taizhang.cli.show_verdicts import show as show_verdicts
from taizhang.cli.words import say
from taizhang.core import Article, Finding

MOST = 6  # sentences shown for one finding; the report shows all


def show(checked: Checked, screen: Screen, lang: str, verbose: bool = False) -> None:
    """The summary line, the findings article by article, and where to look."""
    show_summary(checked, screen, lang)
    show_verdicts(checked, screen, lang)
    quiet = 0
    for article in checked.page.articles:
        found = checked.numbered(article)
        quiet += not found
        if found:
            _article(checked, article, found, screen, lang, verbose)
    _end(checked, quiet, screen, lang)


def show_summary(checked: Checked, screen: Screen, lang: str) -> None:
    """The file and what was found in it, on one line."""
    counts: list[Segment] = [(text, "contradiction" if kind == "contradiction" else "plain") for text, kind in checked.summary(lang)]
    screen.line((say(lang, "file", name=checked.source.name), "strong"), *counts)


def _article(checked: Checked, a: Article, found: list[tuple[int, Finding]], screen: Screen, lang: str, verbose: bool) -> None:
    screen.gap()
    screen.line((article_words(a, lang), "strong"), ("　" + missing_words(a, lang) if a.missing else "", "faint"))
    for number, finding in found:
        screen.gap()
        _finding(checked, number, finding, screen, lang)
        if verbose:
            spans = " ".join(f"{s}-{e}" for s, e in finding.spans)
            screen.line((f"{finding.rule} [{spans}]", "faint"), indent=6)


def _finding(checked: Checked, number: int, f: Finding, screen: Screen, lang: str) -> None:
    screen.line(f"{number:>3} ", (say(lang, f.kind), f.kind), ("　" + checked.place(f, lang), "faint"))
    screen.line((f.why_en if lang == "en" else f.why, "strong"), indent=4)
    for excerpt in checked.sheets[f.article].excerpts(f.spans)[:MOST]:
        screen.line(*_sentence(excerpt), indent=6)
    if facts := [(k, v) for k, v in f.facts(lang).items() if v]:
        screen.line(("　".join(say(lang, k, text=v) for k, v in facts), "faint"), indent=6)


def _sentence(excerpt: Excerpt) -> list[Segment]:
    return [(p.text, "mark" if p.marked else "plain") for p in excerpt.pieces]


def _end(checked: Checked, quiet: int, screen: Screen, lang: str) -> None:
    screen.gap()
    if not checked.findings:
        screen.line(say(lang, "nothing"))
    elif quiet:
        screen.line(say(lang, "quiet", n=quiet))
    look = {kind: _places(checked, kind, lang) for kind in ("contradiction", "query")}
    if look["contradiction"]:
        screen.line((say(lang, "look first", places=look["contradiction"]), "contradiction"))
    if look["query"]:
        screen.line(say(lang, "look then" if look["contradiction"] else "look only", places=look["query"]))
    gaps = [say(lang, "where", article=article_words(a, lang), places=missing_words(a, lang)) for a in checked.page.articles if a.missing]
    if gaps:
        screen.line((say(lang, "look missing", places=say(lang, "semicolon").join(gaps)), "faint"))
    if checked.findings:
        screen.line((say(lang, "look report"), "faint"))


def _places(checked: Checked, kind: str, lang: str) -> str:
    """《邵东》第 3 段、第 9 段；《安化》第 2 段: each place once."""
    out = []
    for a in checked.page.articles:
        places = dict.fromkeys(checked.place(f, lang) for _, f in checked.numbered(a) if f.kind == kind)
        if places:
            out.append(say(lang, "where", article=article_words(a, lang), places=say(lang, "and").join(places)))
    return say(lang, "semicolon").join(out)
