"""The lines of a PDF become paragraphs again."""

from __future__ import annotations

import pytest

from taizhang.capture.setting import set_apart

FULL = "全县今年新修水渠一百二十公里，灌溉农田"


@pytest.mark.parametrize(
    "lines",
    [
        ["岚溪新修水渠", "", FULL, FULL, "三万亩。", "", FULL, "二十户。"],
        [FULL, "三万亩。", "", "抓管护", "", FULL, "二十户"],
        [FULL, FULL[:-2] + "。", "", FULL, "了。"],
        [FULL, FULL[:-2], FULL, "了。"],
        [FULL, FULL, "", "　　" + FULL[2:], "了。"],
        ["短栏里的一行字", "短栏里的又一行", "完了。"],
    ],
    ids=["title", "heading", "a sentence that ends just short", "a ragged line", "an indent after a full line", "a narrow column"],
)
def test_paragraphs_are_set_apart(lines: list[str]) -> None:
    assert set_apart([line for line in lines if line]) == [*lines, ""]


def test_a_column_is_as_wide_as_the_lines_around_it() -> None:
    """A narrow column beside a wide one is not a column of short paragraphs."""
    narrow = [FULL[:8]] * 12
    wide = [FULL] * 12
    apart = set_apart(wide + narrow)
    assert apart.count("") <= 6
