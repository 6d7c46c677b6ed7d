"""The whole report: head, summary, contents, every file's articles, foot."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import taizhang
from taizhang.cli.checked import CLASSES, Checked, article_words, missing_words
from taizhang.cli.report.article import ArticleHtml
from taizhang.cli.report.tongue import LOCALE, chinese
from taizhang.cli.sheet import clean
from taizhang.cli.show_mend import unplaced
from taizhang.cli.show_verdicts import coverage_line
from taizhang.cli.verdict_words import tell
from taizhang.cli.words import say
from taizhang.core import Story

if TYPE_CHECKING:
    from taizhang.claims.matching import Judgement


def html(results: Sequence[Checked], lang: str) -> str:
    """One document over all files. It loads nothing and runs nothing: its policy allows its own style sheet and no more."""
    css = files("taizhang.cli.report").joinpath("report.css").read_text(encoding="utf-8")
    return "\n".join([*_head(results, css, lang), *_body(results, lang), "</body>", "</html>", ""])


def _head(results: Sequence[Checked], css: str, lang: str) -> Iterator[str]:
    style = f"\n{css}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    name = clean(results[0].source.name) if len(results) == 1 else say(lang, "batch", files=len(results))
    yield "<!DOCTYPE html>"
    yield f'<html lang="{LOCALE[lang]}">'
    yield '<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(say(lang, 'report title'))} · {escape(name)}</title>"
    yield f"<style>{style}</style>\n</head>"


def _body(results: Sequence[Checked], lang: str) -> Iterator[str]:
    yield '<body id="top">'
    yield from _masthead(results, lang)
    yield "<main>"
    for n, checked in enumerate(results, 1):
        yield from _file(checked, f"f{n}", lang, named=len(results) > 1)
    yield "</main>"
    yield f"<footer><p>{escape(say(lang, 'footer', version=taizhang.__version__))}</p>"
    yield f'<p><a href="#top">{escape(say(lang, "top"))}</a></p></footer>'


def _masthead(results: Sequence[Checked], lang: str) -> Iterator[str]:
    counts = sum((r.counts for r in results), Counter[str]())
    yield f'<header class="masthead"><h1>{escape(say(lang, "report title"))}</h1>'
    names = clean(results[0].source.name) if len(results) == 1 else say(lang, "batch", files=len(results))
    yield f'<p class="file">{escape(names)}</p>'
    yield '<dl class="sums">'
    yield _sum(say(lang, "articles head"), sum(len(r.page.articles) for r in results))
    yield _sum(say(lang, "quantities head"), sum(r.quantities for r in results))
    yield from (_sum(say(lang, f"{kind} head"), counts[kind], kind) for kind in CLASSES)
    yield "</dl>"
    yield from (_beside(r.judgement, lang) for r in results if r.judgement is not None)
    yield from _contents(results, lang)
    yield from _legend(lang)
    yield "</header>"


def _sum(name: str, n: int, kind: str = "") -> str:
    return f'<div class="{kind}{"" if n else " none"}"><dt>{escape(name)}</dt><dd>{n}</dd></div>'


def _beside(judgement: Judgement, lang: str) -> str:
    """How far the book can speak to a file, and how many verdicts of each kind there are; whether its data are invented."""
    told = "".join(
        f'<span class="contradiction">{escape(text)}</span>' if style == "contradiction" else escape(text)
        for text, style in coverage_line(judgement, lang)
    )
    invented = f" <b>{escape(tell(lang, 'invented'))}</b>" if judgement.invented else ""
    return f'<p class="coverage">{told}{invented}</p>'


def _contents(results: Sequence[Checked], lang: str) -> Iterator[str]:
    yield f"<nav><h2>{escape(say(lang, 'contents'))}</h2>"
    for n, checked in enumerate(results, 1):
        if len(results) > 1:
            yield f'<p class="file"><a href="#f{n}">{escape(clean(checked.source.name))}</a></p>'
        yield "<ol>"
        yield from (_entry(checked, story, f"f{n}", i, lang) for i, story in enumerate(checked.stories, 1))
        yield "</ol>"
    yield "</nav>"


def _entry(checked: Checked, story: Story, prefix: str, i: int, lang: str) -> str:
    a = story.article
    missing = f' <span class="missing">{escape(missing_words(a, lang))}</span>' if a.missing else ""
    links = [f'<a class="{f.kind}" href="#{prefix}n{n}">{n}</a>' for n, f in checked.numbered(a)]
    found = " ".join(links) or f'<span class="quiet">{escape(say(lang, "no findings"))}</span>'
    quantities = escape(say(lang, "quantities", n=len(story.quantities)))
    return (
        f'<li><a class="title" href="#{prefix}a{i}"{chinese(lang) if a.title else ""}>{escape(article_words(a, lang))}</a>{missing}'
        f'<span class="found">{found}</span><span class="quantities">{quantities}</span></li>'
    )


def _legend(lang: str) -> Iterator[str]:
    sample = {"quantity": f'<span class="quantity"{chinese(lang)}>40万</span>', "seam": ""}
    sample |= {kind: f'<span class="mark {kind}"{chinese(lang)}>40万</span>' for kind in CLASSES}
    yield '<ul class="legend">'
    for key in ("quantity", *CLASSES, "seam"):
        yield f"<li>{sample[key]} {escape(say(lang, f'legend {key}'))}</li>"
    yield "</ul>"


def _summary(checked: Checked, lang: str) -> str:
    return "".join(
        f'<span class="{kind}">{escape(text)}</span>' if kind == "contradiction" else escape(text) for text, kind in checked.summary(lang)
    )


def _file(checked: Checked, anchor: str, lang: str, named: bool) -> Iterator[str]:
    yield f'<section class="file" id="{anchor}">'
    if named:
        yield f'<h1 class="name">{escape(clean(checked.source.name))}</h1><p class="summary">{_summary(checked, lang)}</p>'
    for i, story in enumerate(checked.stories, 1):
        yield ArticleHtml(checked, story, f"{anchor}a{i}", anchor, lang).html()
    if spans := unplaced(checked.page, checked.source.text):
        yield f'<section class="unplaced"><h2>{escape(say(lang, "unplaced", n=len(spans)))}</h2>'
        yield from (f"<p{chinese(lang)}>{escape(words)}</p>" for words in spans)
        yield "</section>"
    yield "</section>"
