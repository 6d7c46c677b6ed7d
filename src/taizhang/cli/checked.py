"""A file after its check: its page, its stories, and its findings in the order they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from taizhang.cli.sheet import Paragraph, Sheet, clean
from taizhang.cli.words import say
from taizhang.core import Article, Finding, Page, Story

if TYPE_CHECKING:
    from taizhang.capture import Source
    from taizhang.claims.matching import Judgement
    from taizhang.cli.beside import Judge

CLASSES = ("contradiction", "query", "note")


@dataclass(frozen=True)
class Checked:
    """One file, checked. Findings are numbered from 1 in reading order, as on its report; `judgement` is what a book says, if one was asked."""

    source: Source
    page: Page
    stories: tuple[Story, ...]
    findings: tuple[Finding, ...]
    judgement: Judgement | None = None

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """The sheet of every article, by the article's id."""
        return {a.id: Sheet(self.source.text, a) for a in self.page.articles}

    @cached_property
    def quantities(self) -> int:
        """How many quantities were read."""
        return sum(len(s.quantities) for s in self.stories)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many findings there are of each class."""
        return Counter(f.kind for f in self.findings)

    @property
    def differs(self) -> bool:
        """Whether the book contradicts a figure of the text."""
        return self.judgement is not None and any(v.kind == "differs" for v in self.judgement.verdicts)

    def as_json(self, lang: str) -> Iterator[dict[str, Any]]:
        """The coverage and the verdicts, where a book was asked; then the findings."""
        if self.judgement is not None:
            if self.judgement.invented:
                yield {"type": "book", "invented": True}
            yield from (c.as_json() for c in self.judgement.coverage)
            yield from (v.as_json(lang) for v in self.judgement.verdicts)
        yield from (f.as_json(lang) for f in self.findings)

    def numbered(self, article: Article) -> list[tuple[int, Finding]]:
        """The findings of an article with their numbers."""
        return self._by_article.get(article.id, [])

    @cached_property
    def _by_article(self) -> dict[str, list[tuple[int, Finding]]]:
        out: dict[str, list[tuple[int, Finding]]] = {}
        for n, f in enumerate(self.findings, 1):
            out.setdefault(f.article, []).append((n, f))
        return out

    def place(self, finding: Finding, lang: str) -> str:
        """Where a finding stands, for a person: 第 3 段."""
        sheet = self.sheets[finding.article]
        index = sheet.of(finding.spans[0][0]) if finding.spans else None
        return paragraph_words(None if index is None else sheet.paragraphs[index], lang)

    def summary(self, lang: str) -> list[tuple[str, str]]:
        """The articles, the quantities read, the findings per class: runs of one line, a count of findings with its class."""
        read = say(lang, "articles", n=len(self.page.articles)) + say(lang, "list") + say(lang, "quantities", n=self.quantities)
        out = [(read + say(lang, "semicolon"), "")]
        for kind in CLASSES:
            out.append((say(lang, "count", name=say(lang, f"{kind} head"), n=self.counts[kind]), kind if self.counts[kind] else ""))
            out.append((say(lang, "stop" if kind == CLASSES[-1] else "list"), ""))
        return out


def check(source: Source, judge: Judge = lambda _: None) -> Checked:
    """Mends, reads and checks one file; `judge` asks a book."""
    from taizhang import claims, text

    page = text.mend(source.text)
    stories = tuple(text.stories(source.text, page))
    return Checked(source, page, stories, tuple(_in_order(source.text, page, claims.findings(list(stories)))), judge(stories))


def paragraph_words(paragraph: Paragraph | None, lang: str) -> str:
    """第 3 段, 标题, 小标题; for a span outside the article, 文外."""
    if paragraph is None:
        return say(lang, "elsewhere")
    return say(lang, "paragraph", n=paragraph.number) if paragraph.kind == "text" else say(lang, paragraph.kind)


def article_words(a: Article, lang: str) -> str:
    """The title in its marks."""
    return say(lang, "article", title=clean(a.title)) if a.title else say(lang, "untitled")


def missing_words(a: Article, lang: str) -> str:
    """缺：开头、结尾; empty when nothing is missing."""
    parts = say(lang, "and").join(say(lang, f"missing {part}") for part in a.missing)
    return say(lang, "missing", parts=parts) if parts else ""


def byline_words(a: Article, lang: str) -> str:
    """署名：张三（推定）; empty without one."""
    if not a.byline:
        return ""
    return say(lang, "byline", byline=clean(a.byline)) + ("" if a.byline_sure else say(lang, "byline guess"))


def _in_order(text: str, page: Page, findings: list[Finding]) -> list[Finding]:
    """Findings by article, and in it by the place of their first span."""
    sheets = {a.id: (i, Sheet(text, a)) for i, a in enumerate(page.articles)}

    def key(f: Finding) -> tuple[int, int, int]:
        i, sheet = sheets[f.article]
        start = f.spans[0][0] if f.spans else 0
        at = sheet.of(start)
        return i, len(sheet.paragraphs) if at is None else at, sheet.rank(start)

    return sorted(findings, key=key)
