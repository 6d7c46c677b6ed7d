"""The check as a whole: what it finds on the annotated page, and what it never says of real reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taizhang.claims import RULES, findings
from taizhang.text import stories

SHARED = Path(__file__).parents[3] / "shared"
PAGE = SHARED / "page" / "hunan-2023-01.txt"
needs_shared = pytest.mark.usefixtures("shared")


@needs_shared
def test_the_page_holds_no_contradiction_and_its_notes_are_found() -> None:
    found = findings(PAGE.read_text(encoding="utf-8"))
    annotated = json.loads((SHARED / "gold" / "seed_findings.json").read_text(encoding="utf-8"))["findings"]
    assert [f for f in found if f.kind == "contradiction"] == []
    for must in (f for f in annotated if f["must"] and f["class"] == "info"):
        spans = {tuple(s) for s in must["spans"]}
        assert any(f.kind == "note" and f.rule == must["rule"] and spans <= set(f.spans) for f in found), must["id"]


@needs_shared
def test_the_arithmetic_is_silent_where_the_annotation_says_so() -> None:
    found = [f for f in findings(PAGE.read_text(encoding="utf-8")) if f.kind != "note"]
    places = json.loads((SHARED / "gold" / "seed_findings.json").read_text(encoding="utf-8"))["silent"]
    for place in places:
        spans = {tuple(s) for s in place["spans"]}
        assert not [f for f in found if f.rule == place["rule"] and spans & set(f.spans)], place["id"]


@needs_shared
@pytest.mark.parametrize("year", [2008, 2013, 2018, 2020])
def test_reports_read_line_by_line_hold_no_contradiction(year: int) -> None:
    text = (SHARED / "gold" / "reports" / f"GR{year}.txt").read_text(encoding="utf-8")
    assert [f.why for f in findings(text) if f.kind == "contradiction"] == []


def test_a_text_and_its_stories_say_the_same() -> None:
    text = "企业由120家增加到150家，增长40%。\n全局现有干部165人，其中党员57人，占44.5%。"
    assert findings(text) == findings(stories(text))
    assert [f.rule for f in findings(text)] == ["change", "share"]


def test_every_finding_is_one_line_of_json() -> None:
    (found,) = findings("企业由120家增加到150家，增长40%。")
    assert found.as_json() == {
        "article": found.article,
        "class": "contradiction",
        "rule": "change",
        "spans": [[3, 7], [10, 14], [17, 20]],
        "printed": "40%",
        "follows": "120家→150家: +25%",
        "miss": "15个百分点",
        "why": "由120家到150家应为增长25%，文中却是增长40%。",
    }


def test_rules_have_plain_names_and_no_rule_stands_twice() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("text", ["", "\n", "今天天气很好。", "增长。", "%", "由到，增长", "共，其中，占"])
def test_a_text_without_figures_says_nothing(text: str) -> None:
    assert findings(text) == []
