"""Percentage points between two percentages, of which one need not be of another time."""

from __future__ import annotations

import pytest

from .said import contradictions, marked, told

WRONG = [
    # the other level after the points
    ("森林覆盖率59.0%，高于全市平均水平7.0个百分点，全市平均水平为50.0%。", "2pp"),
    ("森林覆盖率52.0%，低于全市平均水平7.0个百分点（全市平均水平为61.0%）。", "2pp"),
    ("优良天数比例91.0%，高出全省平均5.0个百分点（全省为88.0%）。", "2pp"),
    # the other level before the points
    ("森林覆盖率45.7%，比全市平均的38.7%高9.0个百分点。", "2pp"),
    ("自来水普及率73.8%，比计划目标67.7%高8.1个百分点。", "2pp"),
    ("工业增加值增速17.9%，比上年的14.7%加快5.2个百分点。", "2pp"),
    ("工业增加值增速由12.9%回落到8.8%，回落6.1个百分点。", "2pp"),
    ("工业增加值增速由12.0%回落到14.0%，回落2.0个百分点。", "4pp"),
    ("次品率控制在9.0%，较上年14.0%回落7.0个百分点。", "2pp"),
    ("用电量增长8.2%，增速比上年的5.1%提高5.1个百分点。", "2pp"),
    # two places side by side
    ("双河乡普及率70.5%，新塘村61.5%，相差11.0个百分点。", "2pp"),
]

SILENT = [
    ("right, the other level after the points", "森林覆盖率59.0%，高于全市平均水平9.0个百分点，全市平均水平为50.0%。"),
    ("right, below the other", "失业率3.2%，低于全国平均水平1.8个百分点，全国平均水平为5.0%。"),
    ("right within rounding", "自来水普及率73.8%，比计划目标67.7%高6.2个百分点。"),
    ("right, growth against growth", "工业增加值增速17.9%，比上年的14.7%加快3.2个百分点。"),
    ("right, the second place higher", "双河乡普及率61.5%，新塘村70.5%，相差9.0个百分点。"),
    ("right, from a bound that the step leads to", "次品率控制在9.0%，较上年14.0%回落5.0个百分点。"),
    ("a fall lies below zero", "出口额增长3.0%，比上年的下降2.0%提高5.0个百分点。"),
    ("the points are over another one than the level told next", "森林覆盖率59.0%，高于全市平均水平7.0个百分点，林木绿化率为50.0%。"),
    ("the highest and the lowest of three", "双河乡普及率70.0%，新塘村65.0%，柳树村60.0%，相差10.0个百分点。"),
]


@pytest.mark.parametrize(("text", "miss"), WRONG)
def test_points_that_the_levels_refute(text: str, miss: str) -> None:
    assert contradictions(text) == [("change", miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_points_that_may_be_right(why: str, text: str) -> None:
    assert contradictions(text) == [], why


def test_the_finding_names_the_levels_and_what_follows() -> None:
    text = "森林覆盖率59.0%，高于全市平均水平7.0个百分点，全市平均水平为50.0%。"
    (found,) = [f for f in told(text) if f.kind == "contradiction"]
    assert sorted(marked(text, found)) == ["50.0%", "59.0%", "7.0个百分点"]
    assert (found.printed, found.follows) == ("7.0个百分点", "59.0% − 50.0% = 9pp")
    assert found.why == "59.0%减去50.0%是9个百分点，文中写的是7.0个百分点。"
