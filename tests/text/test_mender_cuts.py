"""Quantities cut at a line end: glued in prose, whatever the lines look like; the cells of tables and the items of lists stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.text import read
from taizhang.text.mender import mend

SENTENCES = (
    "全县脱贫人口人均纯收入由2016年的4800元增加到2022年的15300元。",
    "全县自建房排查整治共3.2万余栋，隐患率比年初下降0.8个百分点。",
    "不良贷款余额256.3亿元，占比约3.5%，惠及农户3000余万户次。",
    "细颗粒物平均浓度28微克/立方米，优良天数占95.3%。",
    "老李去年种柑橘，一年卖了两万多块钱，存下50%以上。",
)
FIGURES = [q.surface for s in SENTENCES for q in read(s)]


def glued(text: str) -> bool:
    """True when a paragraph has more than one line."""
    return any(len(lines) > 1 for a in mend(text).articles for lines in a.paragraphs)


def figures(text: str) -> list[str]:
    return ["".join(q.surface.split()) for q in read(text)]


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("width", range(18, 43))
def test_no_figure_is_lost_or_invented_by_hard_wrapping(width: int, indent: str) -> None:
    lines = ["标题很短"]
    for paragraph in map("".join, (SENTENCES, SENTENCES[2:], SENTENCES[3:])):
        set_in = indent + paragraph
        lines += [set_in[i : i + width] for i in range(0, len(set_in), width)]
    assert figures("\n".join(lines)) == [q.surface for part in (0, 2, 3) for s in SENTENCES[part:] for q in read(s)]


@given(st.lists(st.integers(16, 40), min_size=12, max_size=12))
def test_no_figure_is_lost_or_invented_by_ragged_lines(widths: list[int]) -> None:
    rest, lines = "".join(SENTENCES), []
    for width in widths:
        lines.append(rest[:width])
        rest = rest[width:]
    assert figures("\n".join(filter(None, lines)) + rest) == FIGURES


@pytest.mark.parametrize(
    "text",
    [
        "　　全县脱贫人口人均纯收入由201\n6年的4800元。",
        "全县自建房排查整治共3.2\n万余栋。",
        "全县自建房排查整治共3.\n2万栋。",
        "全县年均增长21\n.3%。",
        "全县今年的不良贷款率比年初下降0.35个\n百分点。",
        "全县细颗粒物平均浓度28微克/\n立方米。",
        "全县今年共投入资金3200万\n元。",
        "全县今年累计投入各类资金约\n3.5亿元。",
        "全县高考成绩在600分以\n上的有38人。",
        "全县各村集体经济收入3万元\n至5万元。",
    ],
)
def test_a_cut_quantity_is_glued(text: str) -> None:
    assert glued(text)


@pytest.mark.parametrize(
    "text",
    [
        "石板镇 12\n34户",
        "石板镇今年新修公路\t12\n34公里",
        "石板镇今年新修的公路 12\n34公里",
        "附件1\n个人申报表",
        "石板镇户数\n12\n34",
        "石板镇农民合作社夺得全市第一\n人人都说好",
        "石板镇修通公路12条\n1.筹措资金",
        "石板镇修通公路12条。\n3条在山区。",
        "石板镇修通公路12\n\n34条在山区。",
        "石板镇修通公路12\n　　34条在山区。",
    ],
)
def test_cells_items_titles_and_paragraphs_stay_apart(text: str) -> None:
    assert not glued(text)
