"""One article on the report: its text with the quantities marked, its findings in the margin."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from taizhang.cli.checked import CLASSES, Checked, article_words, byline_words, missing_words
from taizhang.cli.report.marks import Marks, Run
from taizhang.cli.report.readings import quantity_words, readings
from taizhang.cli.report.tongue import chinese, mixed, own
from taizhang.cli.report.verdicts import verdicts
from taizhang.cli.sheet import Paragraph, Sheet, clean
from taizhang.cli.show_mend import SEAMS
from taizhang.cli.words import say
from taizhang.core import Finding, Story


class ArticleHtml:
    """Sets one story of a checked file; `anchor` is its own, `prefix` that of its file's findings."""

    def __init__(self, checked: Checked, story: Story, anchor: str, prefix: str, lang: str) -> None:
        self._checked = checked
        self._story, self._anchor, self._prefix, self._lang = story, anchor, prefix, lang
        self._chinese = chinese(lang)
        self._sheet: Sheet = checked.sheets[story.article.id]
        self._numbered = checked.numbered(story.article)
        self._kinds = {n: f.kind for n, f in self._numbered}
        self._marks = Marks([s for p in self._sheet.paragraphs for s in p.spans], story, self._numbered)
        self._named: set[int] = set()  # quantities and findings that have their anchor already
        self._met: set[int] = set()
        self._notes = self._placed()

    def html(self) -> str:
        """The article."""
        a = self._story.article
        parts = [f'<article id="{self._anchor}">', *self._head()]
        if "start" in a.missing:
            parts.append(self._gap("start"))
        parts += [self._row(n, p) for n, p in enumerate(self._sheet.paragraphs) if p.kind != "title"]
        if "end" in a.missing:
            parts.append(self._gap("end"))
        return "\n".join([*parts, *self._stray(), *self._beside(), self._readings(), "</article>"])

    def _head(self) -> Iterator[str]:
        a = self._story.article
        title = next((i for i, p in enumerate(self._sheet.paragraphs) if p.kind == "title"), None)
        if title is None:
            yield f"<h2{self._chinese}>{escape(clean(a.title))}</h2>" if a.title else f"<h2>{escape(say(self._lang, 'untitled'))}</h2>"
        else:
            yield self._row(title, self._sheet.paragraphs[title])
        if a.byline:
            yield f'<p class="byline">{mixed(byline_words(a, self._lang), self._lang)}</p>'
        if a.missing:
            yield f'<p class="missing">{escape(missing_words(a, self._lang))}</p>'

    def _row(self, index: int, p: Paragraph) -> str:
        """A paragraph and after it, set beside it, its notes."""
        tag = {"title": "h2", "heading": "h3", "text": "p"}[p.kind]
        notes = "".join(self._note(n, f) for n, f in self._notes.get(index, ()))
        margin = f'<aside class="notes">{notes}</aside>' if notes else ""
        return f'<div class="row"><{tag}{self._chinese}>{self._text(p)}</{tag}>{margin}</div>'

    def _text(self, p: Paragraph) -> str:
        out = []
        for n, span in enumerate(p.spans):
            if p.kind == "text" and (join := self._sheet.seam(p.block + n, opens=n == 0)):
                out.append(self._seam(join))
            out += [self._run(run) for run in self._marks.runs(span)]
        return "".join(out)

    def _seam(self, join: str) -> str:
        words = escape(say(self._lang, f"seam {join}"))
        return f'<span class="seam" role="img" aria-label="{words}" title="{words}"{own(self._lang)}>{SEAMS[join]}</span>'

    def _run(self, run: Run) -> str:
        out = escape(clean(self._sheet.text[run.span[0] : run.span[1]]))
        if run.quantity is not None:
            out = self._quantity(run.quantity, out)
        if run.findings:
            worst = min(run.findings, key=lambda n: CLASSES.index(self._kinds[n]))
            out = f'<a class="mark {self._kinds[worst]}" href="#{self._prefix}n{worst}">{out}</a>'
        return out + "".join(self._number(n) for n in run.ending)

    def _quantity(self, index: int, inner: str) -> str:
        name = "" if index in self._named else f' id="{self._quantity_anchor(index)}"'
        self._named.add(index)
        reading = escape(quantity_words(self._story.quantities[index], self._lang))
        return f'<span class="quantity"{name} title="{reading}">{inner}</span>'

    def _number(self, n: int) -> str:
        # the word joiner keeps the number on the line of its quantity
        name = "" if n in self._met else f' id="{self._prefix}m{n}"'
        self._met.add(n)
        return f'&#8288;<sup class="{self._kinds[n]}"{name}><a href="#{self._prefix}n{n}">{n}</a></sup>'

    def _note(self, number: int, f: Finding) -> str:
        facts = "".join(
            f"<div><dt>{escape(say(self._lang, f'fact {key}'))}</dt><dd{self._chinese}>{escape(clean(value))}</dd></div>"
            for key, value in f.facts(self._lang).items()
            if value
        )
        why = mixed(clean(f.why_en if self._lang == "en" else f.why), self._lang)
        shown = f'<a href="#{self._prefix}m{number}">{number}</a>' if number in self._marks.numbered else number
        head = f'<b class="number">{shown}</b><b class="class">{escape(say(self._lang, f.kind))}</b>'
        return f'<div class="remark {f.kind}" id="{self._prefix}n{number}"><p>{head}{why}</p>{f"<dl>{facts}</dl>" if facts else ""}</div>'

    def _placed(self) -> dict[int | None, list[tuple[int, Finding]]]:
        """The findings by the paragraph of their first span; None for those outside the article."""
        out: dict[int | None, list[tuple[int, Finding]]] = {}
        for n, f in self._numbered:
            out.setdefault(self._sheet.of(f.spans[0][0]) if f.spans else None, []).append((n, f))
        return out

    def _stray(self) -> list[str]:
        notes = "".join(self._note(n, f) for n, f in self._notes.get(None, ()))
        return [f'<aside class="stray">{notes}</aside>'] if notes else []

    def _beside(self) -> Iterator[str]:
        """What a book says of the article's figures."""
        judgement, own = self._checked.judgement, self._story.article
        for coverage in judgement.coverage if judgement else ():
            if judgement and coverage.article == own.id:
                found = [v for v in judgement.verdicts if v.article == own.id]
                yield verdicts(found, coverage, article_words(own, self._lang), self._lang, judgement.invented)

    def _readings(self) -> str:
        """The table of readings; a quantity that stands outside the article has nothing to lead to."""

        def link(n: int) -> str | None:
            return self._quantity_anchor(n) if n in self._named else None

        return readings(self._story.quantities, link, self._lang)

    def _gap(self, part: str) -> str:
        return f'<p class="gap">〔{escape(say(self._lang, "missing", parts=say(self._lang, f"missing {part}")))}〕</p>'

    def _quantity_anchor(self, index: int) -> str:
        return f"{self._anchor}q{index + 1}"
