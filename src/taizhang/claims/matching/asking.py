"""A question is a claim with its number left open: 蓝山县2022年12月发放布洛芬多少片."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from taizhang.claims.matching.judging import candidates, is_count_of_nothing
from taizhang.claims.matching.matching import Matched, Matcher
from taizhang.claims.matching.opened import OpenBook
from taizhang.claims.matching.reasons import reason
from taizhang.claims.matching.strange import strange_words
from taizhang.claims.matching.verdict import Candidate, figure_json
from taizhang.core import Article, Figure, Flow, Quantity, Range, Span, Story, units

AnswerClass = Literal["answer", "no_record", "refused"]
_OPEN = re.compile(r"(?:多少|几(?!乎|近))")
_MONEY = "钱"
_PERSONS = re.compile(r"(?:老|病|居|村|市|农)?(?:人|民)|群众|百姓|患者|读者|学生|干部|职工|顾客")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")
_MOST = 200
_NO_NUMBER = re.compile(r"为什么|为何|怎么|如何|是谁|哪[个些里天年]|什么时候|何时")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: the figure, or why there is none. Only `answer` is sure."""

    kind: AnswerClass
    reason: str
    reason_en: str
    figure: Figure | None = None
    place: str = ""
    candidates: tuple[Candidate, ...] = ()

    def as_json(self, lang: str = "zh") -> dict[str, object]:
        """For a program."""
        told = None if self.figure is None else figure_json(self.figure)
        why = self.reason_en if lang == "en" else self.reason
        return {"answer": self.kind, "figure": told, "place": self.place or None, "candidates": [c.as_json() for c in self.candidates], "reason": why}


def ask(question: str, opened: OpenBook, day: date | None = None) -> Answer:
    """The figure a question asks for. `day` is the one it is asked on, from which 去年 is told."""
    text = _ISO.sub(lambda m: f"{m[1]}年{int(m[2])}月" + (f"{int(m[3])}日" if m[3] else ""), " ".join(question.split())[:_MOST])
    if _NO_NUMBER.search(text) and not _OPEN.search(text):
        return _refused("这里只答数：多少、几。", "Only figures are answered here: how many, how much.")
    q, told = _opened(text)
    matcher = Matcher(opened, _story(told, q), day)
    return _answer(matcher, q, matcher.match(q))


def _opened(text: str) -> tuple[Quantity, str]:
    """The open number of a question with its unit; at its end where no word leaves one open."""
    m = _OPEN.search(text)
    if m is None:
        text = text.rstrip("？?。是 ")
        return _quantity(text, (len(text), len(text)), ""), text
    word = next((text[m.end() : m.end() + n] for n in range(5, 0, -1) if text[m.end() : m.end() + n] in units()), "")
    if not word and _PERSONS.match(text, m.end()):
        return _quantity(text, m.span(), "名"), text
    return _quantity(text, (m.start(), m.end() + len(word)), word or ("元" if text.startswith(_MONEY, m.end()) else "")), text


def _quantity(text: str, at: Span, word: str) -> Quantity:
    unit = units()[word].name if word else None
    anything = Range(None, None)
    return Quantity((at,), at, text[slice(*at)], None, None, False, False, anything, unit, word, "exact", "level")


def _story(text: str, q: Quantity) -> Story:
    whole = (0, len(text))
    return Story(Article("question", None, None, (whole,), ((whole,),)), Flow(text, (0,), (0,), (len(text),)), 0, (q,))


def _answer(matcher: Matcher, q: Quantity, found: Matched) -> Answer:
    missing = found.why or ("time" if found.when is not None and found.when.guessed else "") or ("" if found.sure else "faint")
    if not missing and (unknown := strange_words(matcher, q, found)):
        told = "、".join(f"“{word}”" for word in unknown)
        return _refused(f"不认识{told}，不能确定问的就是“{_title(found)}”。", f"{told} is not known here, so the figure meant is not sure.", matcher, found)
    place = "" if found.where is None or found.where.key is None else matcher.opened.places.full_name(found.where.key)
    if missing:
        zh, en = reason("no_record" if missing in ("none", "outside") else "open", missing, q, found, (), "", found.where.name if found.where else "")
        return replace(_refused(zh, en, matcher, found), place=place)
    figures = list(matcher.figures(found))
    values = {f.value for f in figures if f.value is not None and not is_count_of_nothing(found, f)}
    if not values:
        zh, en = reason("no_record", "no_record", q, found, figures, "", place)
        return Answer("no_record", zh, en, figures[0] if figures else None, place, candidates(found))
    if len(values) > 1:
        return _refused("问的是到那一天为止，是当年还是历年，请写明起止。", "Up to a day: say from which day on.", matcher, found)
    figure = next(f for f in figures if f.value in values)
    zh, en = reason("agrees", "", q, found, [figure], _printed(figure), place)
    return Answer("answer", zh, en, figure, place, candidates(found))


def _printed(figure: Figure) -> str:
    value = figure.printed or Fraction(0)
    exact = str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0")
    return f"{exact}{figure.unit}"


def _refused(zh: str, en: str, matcher: Matcher | None = None, found: Matched | None = None) -> Answer:
    return Answer("refused", zh, en, candidates=candidates(found) if found else ())


def _title(found: Matched) -> str:
    return found.best.fit.profile.one.indicator.title
