"""Years that follow from others: the plans, the parts of a year, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims.moments import DASH
from taizhang.claims.prose import sentences, small_number
from taizhang.core import Finding, Span, Story

QUARTERS = {
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
}
QUARTER = re.compile(rf"(?P<name>前三季度|[上下]半年|[一二三四]季度)[（(](?P<from>\d{{1,2}})月?{DASH}(?P<to>\d{{1,2}})月(?:份)?[）)]")
PLAN = re.compile(
    rf"“(?P<plan>十[一二三四五六]?五|[六七八九]五)”(?:时期|期间|规划)?[（(，]?(?:即)?(?P<from>\d{{4}})年?{DASH}(?P<to>\d{{4}})年"
)
PLAN_YEAR = re.compile(
    r"(?P<year>\d{4})年[，]?(?:作为|既?是|正值)“(?P<plan>十[一二三四五六]?五|[六七八九]五)”(?:规划|时期)?(?:的|实施的)?(?P<which>开局|收官|收关|第一|首)(?:之)?年"
)
BORN = re.compile(r"(?:生于|出生于)(?P<a>\d{4})年|(?P<b>\d{4})年(?:\d{1,2}月)?(?:出生|生(?=[，的人于）]))")
AGED = re.compile(r"(?P<year>\d{4})年[^。；！？\n\d]{0,16}?(?:时年|年仅|享年|终年|已经?|年满|刚满|时)(?P<n>\d{1,3})岁")


def years(story: Story) -> Iterator[Finding]:
    """A contradiction for every year or age that does not follow from the years beside it."""
    for check in (_quarters, _plans, _ages):
        yield from check(story)


def _quarters(story: Story) -> Iterator[Finding]:
    """上半年（1—5月）: the months of a named part of the year."""
    for m in QUARTER.finditer(story.flow.text):
        first, last = QUARTERS[m["name"]]
        if (int(m["from"]), int(m["to"])) != (first, last):
            follows = f"{first}至{last}月"
            why = f"{m['name']}是{follows}，文中说“{m[0]}”。"
            yield contradiction(story, (m.span(),), m[0], follows, None, why, f"{m['name']} is {follows}, but the text says “{m[0]}”.")


def _plans(story: Story) -> Iterator[Finding]:
    for m in PLAN.finditer(story.flow.text):
        first = _plan_start(m["plan"])
        if (int(m["from"]), int(m["to"])) not in ((first, first + 4), (first - 1, first + 4)):
            yield _plan(story, m, f"{first}年至{first + 4}年")
    for m in PLAN_YEAR.finditer(story.flow.text):
        right = _plan_start(m["plan"]) + (4 if m["which"].startswith("收") else 0)
        if int(m["year"]) != right:
            yield _plan(story, m, f"{right}年")


def _plan(story: Story, m: re.Match[str], follows: str) -> Finding:
    why = f"“{m['plan']}”的年份是{follows}，文中说“{m[0]}”。"
    return contradiction(
        story, (m.span(),), m[0], follows, None, why, f"For the plan “{m['plan']}” it is {follows}, but the text says “{m[0]}”."
    )


def _plan_start(plan: str) -> int:
    """The first year of a five-year plan from the sixth on: 六五 1981, 十五 2001, 十四五 2021."""
    return 1951 + 5 * (small_number(plan[:-1]) or 0)


def _ages(story: Story) -> Iterator[Finding]:
    for born, said in _pairs(story.flow.text, BORN, AGED):
        years = int(said["year"]) - int(born["a"] or born["b"])
        if years > 0 and abs(int(said["n"]) - years) > 1:
            why = f"{born[0]}，到{said['year']}年约{years}岁，文中说“{said['n']}岁”。"
            why_en = f"{born[0]}: in {said['year']} about {years} years old, but the text says {said['n']}."
            yield contradiction(
                story, (born.span(), said.span()), f"{said['n']}岁", f"约{years}岁", f"{int(said['n']) - years:+d}", why, why_en
            )


def _pairs(text: str, first: re.Pattern[str], second: re.Pattern[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The matches of two patterns in one sentence that holds each of them once."""
    for start, end in sentences(text):
        said = list(second.finditer(text, start, end))
        begun = list(first.finditer(text, start, end)) if len(said) == 1 else []
        if len(begun) == 1 and (begun[0]["a"] or begun[0]["b"]) != said[0]["year"]:
            yield begun[0], said[0]


def contradiction(story: Story, at: tuple[Span, ...], printed: str, follows: str, miss: str | None, why: str, why_en: str) -> Finding:
    """A finding of the dates rule; `at` are spans of the flow."""
    spans = tuple(raw for span in at for raw in story.flow.raw(span))
    return Finding(story.article.id, "contradiction", "dates", spans, printed, follows, miss, why, why_en)
