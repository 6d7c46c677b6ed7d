"""What `mend` says to a person: the articles in reading order, the seams, and what is missing."""

from __future__ import annotations

from taizhang.cli.checked import article_words, byline_words, missing_words
from taizhang.cli.screen import Screen, Segment
from taizhang.cli.sheet import Paragraph, Sheet, clean
from taizhang.cli.words import say
from taizhang.core import Page

SEAMS = {"sure": "‖", "guess": "？", "gap": "〔缺〕"}
INDENT = "　　"


def show(page: Page, text: str, name: str, screen: Screen, lang: str, verbose: bool = False) -> None:
    """The summary line, the articles, and the text that belongs to none."""
    count = say(lang, "articles", n=len(page.articles)) + say(lang, "stop")
    screen.line((say(lang, "file", name=name), "strong"), count, ("　" + say(lang, "seams") if _has_seams(page) else "", "faint"))
    for article in page.articles:
        _article(Sheet(text, article), screen, lang, verbose)
    if left := unplaced(page, text):
        _unplaced(left, screen, lang)


def unplaced(page: Page, text: str) -> list[str]:
    """The text that belongs to no article, piece by piece; white space is not text."""
    return [words for s, e in page.unplaced if (words := clean(text[s:e]).strip())]


def _has_seams(page: Page) -> bool:
    return any(a.unsure_joins or len(a.body) > len(a.paragraphs) for a in page.articles)


def _article(sheet: Sheet, screen: Screen, lang: str, verbose: bool) -> None:
    a = sheet.article
    screen.gap()
    screen.line((article_words(a, lang), "strong"))
    for words in (byline_words(a, lang), missing_words(a, lang)):
        if words:
            screen.line((words, "faint"), indent=2)
    for paragraph in sheet.paragraphs:
        if paragraph.kind != "title":
            screen.line(*_paragraph(sheet, paragraph))
        if verbose:
            screen.line((" ".join(f"{s}-{e}" for s, e in paragraph.spans), "faint"), indent=4)


def _paragraph(sheet: Sheet, p: Paragraph) -> list[Segment]:
    if p.kind == "heading":
        return [(clean(sheet.text[p.spans[0][0] : p.spans[0][1]]), "strong")]
    out: list[Segment] = [(INDENT, "plain")]
    for n, (s, e) in enumerate(p.spans):
        if join := sheet.seam(p.block + n, opens=n == 0):
            out.append((SEAMS[join], "faint"))
        out.append((clean(sheet.text[s:e]), "plain"))
    return out


def _unplaced(left: list[str], screen: Screen, lang: str) -> None:
    screen.gap()
    screen.line((say(lang, "unplaced", n=len(left)), "strong"))
    for words in left:
        screen.line("· ", words, hang=2)
