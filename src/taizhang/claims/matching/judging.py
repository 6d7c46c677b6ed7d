"""The verdict on every figure of a text: matched with the book, then compared with what the printed digits can mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from taizhang.claims.matching.doubts import held_elsewhere, held_now, narrowed, of_persons
from taizhang.claims.matching.drafting import draft
from taizhang.claims.matching.matching import SHOWN, Likely, Matched, Matcher
from taizhang.claims.matching.opened import OpenBook
from taizhang.claims.matching.reasons import reason
from taizhang.claims.matching.related import Made, change, is_share, share
from taizhang.claims.matching.repeats import told_twice
from taizhang.claims.matching.strange import unknown_object
from taizhang.claims.matching.verdict import Candidate, Coverage, Judgement, Verdict, VerdictClass
from taizhang.claims.saying import amount, number
from taizhang.claims.values import rounded
from taizhang.core import Figure, Quantity, Range, Story

_SPOKEN: tuple[VerdictClass, ...] = ("agrees", "differs")


def judge(stories: Sequence[Story], opened: OpenBook, day: date | None = None) -> Judgement:
    """The verdicts on every figure of these stories, and how far the book can speak to each. `day` is that of the text."""
    coverage: list[Coverage] = []
    verdicts: list[Verdict] = []
    for story in stories:
        told, found = _story(story, opened, day)
        coverage.append(told)
        verdicts += found
    return Judgement(tuple(coverage), tuple(verdicts), opened.book.demo)


def _story(story: Story, opened: OpenBook, day: date | None) -> tuple[Coverage, list[Verdict]]:
    matcher = Matcher(opened, story, day)
    found = list(_verdicts(matcher))
    spoken = sum(v.kind in _SPOKEN for v in found)
    elsewhere = "" if spoken else _elsewhere(matcher)
    return Coverage(story.article.id, len(story.quantities), spoken, elsewhere), [] if elsewhere else found


def _elsewhere(matcher: Matcher) -> str:
    """The place a story is about, where the book knows nothing of that place."""
    home = matcher.places.home
    if home is None:
        return ""
    known = home.key is not None and matcher.opened.has_entries(home.key)
    return "" if known else home.name


def _verdicts(matcher: Matcher) -> Iterator[Verdict]:
    found = [_verdict(matcher, q) for q in matcher.story.quantities]
    for verdict in found:
        yield told_as_part(matcher, verdict) if told_twice(verdict, found) else verdict


def _verdict(matcher: Matcher, q: Quantity) -> Verdict:
    """The verdict on a number by what it does: a share, a change, or how much there was."""
    if is_share(matcher, q):
        return made(matcher, q, share(matcher, q), "share")
    if q.role == "change":
        return made(matcher, q, change(matcher, q), "change")
    return level(matcher, q)


def made(matcher: Matcher, q: Quantity, found: Made, what: str) -> Verdict:
    """The verdict on a number that is made of two figures."""
    if found.value is None:
        why = found.matched.why or "base"
        return told(matcher, q, "no_record" if why in ("none", "outside") else "open", why, found.matched, found.figures)
    kind: VerdictClass = "agrees" if found.value in meant(q, found.value) else "differs"
    if kind == "differs" and of_persons(matcher, q, found.matched):
        return told(matcher, q, "open", "lean", found.matched, found.figures)
    value = f"{number(found.value, 2)}%" if q.unit == "%" else amount(found.value, q.unit)
    return told(matcher, q, kind, what, found.matched, found.figures, value)


def level(matcher: Matcher, q: Quantity) -> Verdict:
    """The verdict on a number that tells how much there was."""
    found = matcher.match(q)
    if found.why:
        return told(matcher, q, "no_record" if found.why in ("none", "outside") else "open", found.why, found)
    if unknown_object(matcher, q, found):
        return told(matcher, q, "open", "word", found)
    size, asked = found.best.factor or Fraction(1), list[Figure]()
    for figure in matcher.figures(found):
        asked.append(figure)
        if figure.value is not None and not is_count_of_nothing(found, figure) and figure.value / size in meant(q, figure.value / size):
            return told(matcher, q, "agrees", "", found, [figure])
    known = [f for f in asked if f.value is not None and not is_count_of_nothing(found, f)]
    if not known:
        return told(matcher, q, "no_record", "no_record", found, asked)
    if not found.sure or narrowed(matcher, q, found) or held_now(matcher, q, found):
        return told(matcher, q, "open", "lean", found, known)
    guessed = found.when is not None and found.when.guessed
    if guessed:
        return told(matcher, q, "open", "time", found)
    if held_elsewhere(matcher, q, found):
        return told(matcher, q, "open", "another", found, known)
    return told(matcher, q, "differs", "", found, known)


def meant(q: Quantity, value: Fraction) -> Range:
    """What a printed number can stand for beside a value of the book: a whole number beside a broken one was rounded."""
    return rounded(q.meant) if value.denominator != 1 else q.meant


def is_count_of_nothing(found: Matched, figure: Figure) -> bool:
    """A count of 0 says that no entry is there: absent is not zero."""
    return figure.value == 0 and found.best.fit.profile.one.indicator.value.startswith("count(")


def told_as_part(matcher: Matcher, verdict: Verdict) -> Verdict:
    """A number called wrong against a figure that another number of the text tells: it may be a part of that."""
    return told(matcher, verdict.quantity, "open", "part", matcher.match(verdict.quantity), verdict.figures, verdict.told)


def told(
    matcher: Matcher, q: Quantity, kind: VerdictClass, why: str, found: Matched, figures: Sequence[Figure] = (), value: str = ""
) -> Verdict:
    """A verdict in words; `value` is what the book says, where it is no figure of its own."""
    place = _place(matcher, found)
    value = value or _value(q, found, figures)
    zh, en = reason(kind, why, q, found, figures, value, place)
    entries = matcher.opened.entries(figures[0]) if kind in _SPOKEN and figures else ()
    return Verdict(
        matcher.story.article.id, q, kind, zh, en, candidates(found), tuple(figures), value, place, entries, draft(q) if why == "none" else ""
    )


def candidates(found: Matched) -> tuple[Candidate, ...]:
    """The indicators thought of, the best first."""
    return tuple(_candidate(one) for one in found.likely[:SHOWN])


def _value(q: Quantity, found: Matched, figures: Sequence[Figure]) -> str:
    known = [f.value for f in figures if f.value is not None]
    if not known or not found.likely:
        return ""
    return amount(known[0] / (found.best.factor or Fraction(1)), q.unit)


def _place(matcher: Matcher, found: Matched) -> str:
    if found.where is None:
        return ""
    key = found.where.key
    return found.where.name if key is None else matcher.opened.places.full_name(key)


def _candidate(one: Likely) -> Candidate:
    indicator = one.fit.profile.one.indicator
    return Candidate(one.key, indicator.title, indicator.title_en or indicator.title, indicator.unit, one.fit.score)
