"""The bars of the annotated texts: the seed page, seven real passages, our own stories, mended pages."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
gold = pytest.importorskip("gold", reason="benchmarks/gold.py stands beside the tests in a checkout")

PAGE_BARS = {
    "span": 0.98, "bounds": 0.97, "unit": 0.97, "hedge": 0.97, "role": 0.95, "subject": 0.85, "all": 0.95,
    "direction": 0.90, "per": 0.85, "place": 0.80, "time": 0.75,
}  # fmt: skip
REAL_BARS = {"span": 0.96, "bounds": 0.95, "unit": 0.95, "hedge": 0.95, "role": 0.92, "subject": 0.80, "all": 0.93}


def below(result, bars):
    """The lines of a score that miss their bar, with what they reached."""
    return {k: result["lines"][k]["F1"] for k, bar in bars.items() if result["lines"][k]["F1"] < bar}


def traps_taken(result):
    return {k: n for k, n in result["false_by_class"].items() if k not in ("other", "part of a mention")}


def test_the_seed_page_is_read(shared):
    result = gold.score_page()
    assert not below(result, PAGE_BARS)
    assert sum(traps_taken(result).values()) <= 1


def test_real_reports_are_read(shared):
    result = gold.score_folder(gold.GOLD / "real")
    assert not below(result, REAL_BARS)
    assert sum(traps_taken(result).values()) <= 1


def test_our_own_stories_are_read(shared):
    assert not below(gold.score_folder(gold.OWN), REAL_BARS)


def test_the_seed_page_is_mended(shared):
    result = gold.score_mended([(gold.PAGE, gold.GOLD / "seed_layout.json")])
    assert (result["found"], result["predicted"]) == (result["joins"], result["joins"])
    assert result["exact"] >= 8


def test_the_development_pages_are_mended(shared):
    result = gold.score_mended(gold.mended_pages())
    bars = {"join_recall": 0.90, "join_precision": 0.92, "moved_recall": 0.75, "cluster_F1": 0.92, "exact_share": 0.60}
    assert not {k: result[k] for k, bar in bars.items() if result[k] < bar}
