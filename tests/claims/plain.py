"""Stories made of plain text, for rules that read the words and not the figures; and the annotated page where it is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from taizhang.core import Article, Flow, Span, Story

SHARED = Path(__file__).parents[3] / "shared"


def _absent(what: str) -> NoReturn:
    """Texts that are not beside the checkout: a skip at a desk, a failure in CI."""
    reason = f"needs {what} beside the checkout"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def plain_story(text: str, title: str | None = None, missing: tuple[str, ...] = ()) -> Story:
    """One article: a title of its own line (if any), then one paragraph a line."""
    raw = f"{title}\n{text}" if title else text
    spans: list[Span] = []
    at = 0
    for line in raw.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    title_span = spans.pop(0) if title else None
    return _story("story", raw, title_span, [[s] for s in spans], missing)


def page_stories() -> tuple[str, list[Story]]:
    """The annotated page: its raw text and its stories as the annotation puts them together."""
    page, layout = SHARED / "page" / "hunan-2023-01.txt", SHARED / "gold" / "seed_layout.json"
    if not (page.exists() and layout.exists()):
        _absent("../shared/page and ../shared/gold")
    raw = page.read_text(encoding="utf-8")
    return raw, [_annotated(raw, a) for a in json.loads(layout.read_text(encoding="utf-8"))["articles"]]


def page_findings(rule: str, must: bool = True) -> list[dict[str, Any]]:
    """The annotated findings of one rule."""
    found = json.loads((SHARED / "gold" / "seed_findings.json").read_text(encoding="utf-8"))["findings"]
    return [f for f in found if f["rule"] == rule and f["must"] is must]


def report_stories() -> list[Story]:
    """The real reports, one story each."""
    files = sorted((SHARED / "gold" / "reports").glob("GR*.txt"))
    if not files:
        _absent("../shared/gold/reports")
    return [plain_story(p.read_text(encoding="utf-8").strip("\n")) for p in files]


def _annotated(raw: str, article: dict[str, Any]) -> Story:
    title = tuple(article["title_span"]) if article["title_span"] else None
    paragraphs = [[(s, e) for s, e in p] for p in article["paragraphs"]]
    return _story(article["id"], raw, title, paragraphs, tuple(article["missing"]))


def _story(name: str, raw: str, title: Span | None, paragraphs: list[list[Span]], missing: tuple[str, ...]) -> Story:
    blocks = [*([[title]] if title else []), *paragraphs]
    starts, raws, lengths, texts = [], [], [], []
    at = 0
    for block in blocks:
        for s, e in block:
            starts.append(at)
            raws.append(s)
            lengths.append(e - s)
            at += e - s
        texts.append("".join(raw[s:e] for s, e in block))
        at += 1
    flow = Flow("\n".join(texts), tuple(starts), tuple(raws), tuple(lengths))
    body = tuple(s for p in paragraphs for s in p)
    article = Article(name, raw[slice(*title)] if title else None, title, body, tuple(map(tuple, paragraphs)), missing=missing)
    return Story(article, flow, title[1] - title[0] + 1 if title else 0, (), ())
