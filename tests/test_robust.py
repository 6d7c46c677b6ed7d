"""Whatever comes in, reading, mending and checking it end well: no exception, spans that fit, each character in one place, one answer."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from taizhang.claims import findings
from taizhang.core import Finding, Page, Span, Story
from taizhang.text import mend, read, stories

from .robust_inputs import HOSTILE, ROOT, mutated_text, random_text, sources

SEED = os.environ.get("TAIZHANG_SEED", "20230101")
SOURCES = sources()


def fits(spans: tuple[Span, ...], text: str) -> bool:
    return all(0 <= start < end <= len(text) for start, end in spans)


def placed(page: Page) -> list[Span]:
    """Every span of a page: titles, bylines and bodies (headings lie in these), and what has no article."""
    articles = [span for a in page.articles for span in (a.title_span, a.byline_span, *a.body) if span is not None]
    return [*articles, *page.unplaced]


def misplaced(page: Page, text: str) -> list[int]:
    """The offsets of characters that stand twice, or nowhere though they are not white."""
    times = [0] * len(text)
    for start, end in placed(page):
        for i in range(start, end):
            times[i] += 1
    return [i for i, n in enumerate(times) if n > 1 or (n == 0 and not text[i].isspace())]


def bare(s: str) -> str:
    """Without white space: a line break inside a figure stands in its span, not in what is read."""
    return "".join(s.split())


def wrong_quantities(story: Story, text: str) -> Iterator[str]:
    """What is wrong with the quantities of a story."""
    for q in (*story.quantities, *story.asides):
        if not q.spans or not fits(q.spans, text):
            yield f"spans outside the text: {q.spans}"
        elif bare("".join(text[a:b] for a, b in q.spans)) != bare(q.surface) or story.flow.text[slice(*q.at)] != q.surface:
            yield f"{q.surface!r} does not stand at {q.spans}"
        if any(r.low is not None and r.high is not None and r.low > r.high for r in (q.range, q.meant)):
            yield f"{q.surface!r}: the range is upside down"
        if q.subject is not None and q.subject_at is not None and story.flow.text[slice(*q.subject_at)] != q.subject:
            yield f"{q.surface!r}: the subject {q.subject!r} does not stand at {q.subject_at}"


def wrong_findings(found: list[Finding], text: str) -> Iterator[str]:
    """What is wrong with findings."""
    for f in found:
        if not f.spans or not fits(f.spans, text):
            yield f"{f.rule}: spans outside the text: {f.spans}"
        if not f.why or not f.why_en:
            yield f"{f.rule}: no reason given"


def faults(text: str) -> list[str]:
    """All that is wrong with what is made of a text; an exception is a fault."""
    try:
        page = mend(text)
        told = stories(text, page)
        found = findings(told)
        quantities = [q for story in told for q in story.quantities]
        json.dumps([page.as_json(text), *(q.as_json() for q in quantities), *(f.as_json() for f in found)])
        same = (mend(text), read(text), findings(text)) == (page, quantities, found)
    except Exception as fault:
        return [repr(fault)]
    wrong = [w for story in told for w in wrong_quantities(story, text)] + list(wrong_findings(found, text))
    headings = [heading for a in page.articles for heading in a.headings]
    if not fits((*headings, *placed(page)), text):
        wrong.append("spans of the page outside the text")
    elif misplaced(page, text):
        wrong.append(f"characters placed twice or nowhere: {misplaced(page, text)[:5]}")
    return wrong if same else [*wrong, "the second run differs"]


def shortest(text: str, is_faulty: Callable[[str], bool]) -> str:
    """A text as short as can be had by leaving stretches out that is faulty still."""
    width = len(text) // 2
    while width:
        at = 0
        while at < len(text):
            less = text[:at] + text[at + width :]
            if is_faulty(less):
                text = less
            else:
                at += width
        width //= 2
    return text


def require_sound(text: str, name: str) -> None:
    if wrong := faults(text):
        small = shortest(text, lambda less: bool(faults(less)))
        pytest.fail(f"seed {SEED}, {name}: {(faults(small) or wrong)[0]}\nshortest text: {small[:2000]!r}")


def test_random_texts(count: Callable[[int, int], int]) -> None:
    for n in range(count(300, 50_000)):
        require_sound(random_text(random.Random(f"{SEED} random {n}")), f"random text {n}")


def test_mutated_texts(count: Callable[[int, int], int]) -> None:
    for n in range(count(300, 50_000)):
        require_sound(mutated_text(random.Random(f"{SEED} mutated {n}"), SOURCES), f"mutated text {n}")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(name: str, count: Callable[[int, int], int]) -> None:
    require_sound(HOSTILE[name](count(400, 20_000)), name)


def test_a_text_shorter_than_every_look_behind_and_ahead() -> None:
    for text in ("", "1", "半", "“", "\n", "\0", "\ud800", "万", "数", "5%", "由", "“5"):
        assert faults(text) == [], repr(text)


@pytest.mark.parametrize("text", ["村里有300多亩茶园。", "，3\n00元，", "９屎0里", "\u202e\t6.，5亿", "二二二元", "由“3到”5个", "1/0", "百分之零"])
def test_what_once_was_hard(text: str) -> None:
    require_sound(text, "a text written down")


ANSWERS = """
import sys; sys.path[:0] = [{root!r} + "/src", {root!r}]
from tests.robust_inputs import sources
from taizhang.text import mend, read
from taizhang.claims import findings
for text in sources(): print(mend(text), read(text), findings(text))
"""


def test_the_order_of_sets_decides_nothing() -> None:
    """Python orders sets by a seed that differs from process to process; the answers may not."""
    code = ANSWERS.format(root=str(ROOT))
    runs = [
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout


def test_the_laws_can_be_broken() -> None:
    """A page that leaves a character out, and one that places it twice, are found."""
    page = mend("石板镇修路三条。")
    assert misplaced(page, "石板镇修路三条。") == []
    assert misplaced(page, "石板镇修路三条。好") == [8]
    doubled = Page(page.chars, page.articles * 2)
    assert misplaced(doubled, "石板镇修路三条。") == list(range(8))
    assert shortest("全县有7个村", lambda text: "7" in text) == "7"
