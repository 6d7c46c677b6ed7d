"""The annotated pages: the real one comes out as annotated, the scrambled ones nearly so."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from taizhang.text.mender import mend


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def seed(shared: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The articles of the real page as annotated and as mended."""
    text = read(shared / "page" / "hunan-2023-01.txt")
    truth = json.loads(read(shared / "gold" / "seed_layout.json"))["articles"]
    return truth, mend(text).as_json(text)["articles"]


@pytest.mark.parametrize("field", ["title_span", "byline_span", "body", "paragraphs", "headings", "missing"])
def test_the_real_page_comes_out_as_annotated(seed: tuple[list[dict[str, Any]], list[dict[str, Any]]], field: str) -> None:
    truth, found = seed
    assert [a[field] for a in found] == [a[field] for a in truth]


def test_its_only_doubtful_join_is_the_one_with_words_missing(seed: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    truth, found = seed
    assert [a["gaps"] for a in found] == [a.get("gaps", []) for a in truth]
    assert [a["unsure_joins"] for a in found if a["unsure_joins"]] == [[2]]
    assert [a["byline"] for a in found if not a["byline_sure"]] == ["成醒 谢琛", "岳政"]


def test_most_joins_of_the_scrambled_pages_are_found(shared: Path) -> None:
    right = wrong = 0
    for path in sorted((shared / "gold" / "mend").glob("*.json")):
        truth = {join for a in json.loads(read(path))["articles"] for join in joins(a["body"])}
        found = {join for a in mend(read(path.with_suffix(".txt"))).articles for join in joins(a.body)}
        right += len(truth & found)
        wrong += len(truth ^ found)
    assert right / (right + wrong) > 0.9


def joins(body: Any) -> list[tuple[int, int]]:
    """Where a block ends and where the next begins."""
    return [(before[1], after[0]) for before, after in pairwise(body)]


def test_real_reports_pass_through_in_file_order(shared: Path) -> None:
    for path in sorted((shared / "gold" / "real").glob("V*.txt")):
        page = mend(read(path))
        assert len(page.articles) == 1
        assert list(page.articles[0].body) == sorted(page.articles[0].body)
        assert page.articles[0].missing == page.articles[0].unsure_joins == ()


def test_a_long_report_with_blank_lines_stays_one_article(shared: Path) -> None:
    lines = [line for path in sorted((shared / "gold" / "reports").glob("GR*.txt")) for line in read(path).split("\n") if line]
    page = mend("\n\n".join(lines))
    assert len(page.articles) == 1
    assert list(page.articles[0].body) == sorted(page.articles[0].body)
