"""Small invented pages, each scrambled in one way; what must come out is told block by block."""

from __future__ import annotations

import pytest

from taizhang.core import Article, Page
from taizhang.text.mender import mend
from taizhang.text.mender.blocks import blocks_of
from taizhang.text.mender.clues import Clues
from taizhang.text.mender.furniture import sort_blocks
from taizhang.text.mender.polish import polish

ROADS = "石板镇：三条公路通到家门口"
ROADS_1 = "近年来，石板镇坚持把修路放在首位，先后修通公路三条，解决了两万名群众的出行难题。如今，农产品当天就能运到县城，修路的施"
ROADS_2 = "工队也留在镇上，公路养护有了专门的力量。村民说，公路修好了，日子也越过越好。"
WATER = "白水县图书馆：夜读灯亮到九点"
WATER_1 = "今年以来，白水县图书馆延长开放时间，阅览室每晚开到九点，馆内藏书增加到三万册。图书馆还为读者配备了专职管"
WATER_2 = "理员，办理借阅证只要两分钟。馆长介绍，夜间读者最多时有二百人，阅览室座无虚席。"


def page(*blocks: str) -> str:
    return "\n\n".join(blocks)


def told(text: str, article: Article) -> list[str]:
    return [text[s:e] for s, e in article.body]


def titled(mended: Page, title: str) -> Article:
    return next(a for a in mended.articles if a.title == title)


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((ROADS, "张小明", ROADS_1, ROADS_2, WATER, "李文 王芳", WATER_1, WATER_2), id="in order"),
        pytest.param((ROADS_2, ROADS, "张小明", ROADS_1, WATER, "李文 王芳", WATER_1, WATER_2), id="tail before its title"),
        pytest.param((ROADS, "张小明", ROADS_1, WATER, "李文 王芳", WATER_1, ROADS_2, WATER_2), id="interleaved"),
        pytest.param((ROADS, "张小明", WATER, "李文 王芳", ROADS_1, WATER_1, ROADS_2, WATER_2), id="titles first"),
        pytest.param((ROADS, "张小明", ROADS_1, WATER, "李文 王芳", WATER_1, WATER_2, ROADS_2), id="a stray part"),
        pytest.param((ROADS, ROADS_1, ROADS_2, "(张小明)", WATER, WATER_1, WATER_2, "(李文 王芳)"), id="names after the text"),
        pytest.param((ROADS, ROADS_1, ROADS_2 + "(张小明)", WATER, WATER_1, WATER_2 + "(李文 王芳)"), id="names in the last block"),
    ],
)
def test_two_articles_come_out_whole(blocks: tuple[str, ...]) -> None:
    text = page(*blocks)
    mended = mend(text)
    assert [a.title for a in mended.articles] == [ROADS, WATER]
    roads, water = mended.articles
    assert told(text, roads) == [ROADS_1, ROADS_2]
    assert told(text, water) == [WATER_1, WATER_2]
    assert (roads.byline, water.byline) == ("张小明", "李文 王芳")
    assert (roads.missing, water.missing) == ((), ())
    assert (roads.unsure_joins, water.unsure_joins) == ((), ())
    assert len(roads.paragraphs) == len(water.paragraphs) == 1
    assert mended.unplaced == ()


def test_a_figure_cut_by_the_layout_is_put_together() -> None:
    first, rest = "全站职工抢修机组，七月份发电量创下新高，全月共发电1786", "万度，比去年同月多发三成，水库的水也用得更省。"
    text = page(rest, "青山水电站：发电量创下新高", "周大海", first, WATER, "李文", WATER_1, WATER_2)
    station = titled(mend(text), "青山水电站：发电量创下新高")
    assert told(text, station) == [first, rest]
    assert station.paragraphs == ((station.body[0], station.body[1]),)


def test_a_missing_end_is_named_and_its_byline_doubted() -> None:
    text = page(ROADS, ROADS_1, "(张小明)", WATER, WATER_1, WATER_2, "(李文 王芳)")
    roads, water = mend(text).articles
    assert (roads.missing, roads.byline, roads.byline_sure) == (("end",), "张小明", False)
    assert (water.missing, water.byline_sure) == ((), True)


def test_a_missing_start_is_named() -> None:
    text = page(ROADS, "张小明", ROADS_2[1:], WATER, "李文 王芳", WATER_1, WATER_2)
    assert titled(mend(text), ROADS).missing == ("start",)


def test_missing_words_in_the_middle_are_named_where_they_stood() -> None:
    torn = "好的治理效果。今年以来，全县修复矿山六处，投入资金八十万元，矿山全部种上了树木。"
    first = "近年来，青山县坚持修复废弃矿山，编制了矿山修复方案，统筹各项资金，修复后的矿"
    text = page("青山县：废弃矿山披绿装", "周大海", first, torn, WATER, "李文", WATER_1, WATER_2)
    mines = titled(mend(text), "青山县：废弃矿山披绿装")
    assert told(text, mines) == [first, torn]  # the best owner is given all the same
    assert mines.unsure_joins == (1,)
    assert mines.missing == ("middle",)
    assert mines.gaps == ((text.index(first) + len(first), text.index(torn)),)


def test_headings_of_like_form_stay_in_their_article() -> None:
    headings = ["筹措资金 多方出力", "组织施工 按期完工"]
    blocks = [ROADS, "张小明", "近年来，石板镇坚持修路。", headings[0], "全镇共筹资30万元。", headings[1], "三条公路按期完工。"]
    text = page(*blocks, WATER, "李文 王芳", WATER_1, WATER_2)
    roads = titled(mend(text), ROADS)
    assert [text[s:e] for s, e in roads.headings] == headings
    assert told(text, roads) == blocks[2:]


def test_a_second_byline_is_left_over() -> None:
    text = page(ROADS, "张小明", ROADS_1, ROADS_2, "(陈刚)", WATER, "李文 王芳", WATER_1, WATER_2)
    mended = mend(text)
    assert titled(mended, ROADS).byline == "张小明"
    assert [text[s:e] for s, e in mended.unplaced] == ["(陈刚)"]


def test_a_title_of_two_lines_is_one_title() -> None:
    text = page("石板镇推进乡村建设", "三条公路通到家门口", "张小明", ROADS_1, ROADS_2, WATER, "李文 王芳", WATER_1, WATER_2)
    roads, water = mend(text).articles
    assert (roads.title, roads.byline) == ("石板镇推进乡村建设 三条公路通到家门口", "张小明")
    assert told(text, roads) == [ROADS_1, ROADS_2]
    assert water.title == WATER


def test_a_subtitle_belongs_to_the_title() -> None:
    text = page(ROADS, "——石板镇修路纪实", "张小明", ROADS_1, ROADS_2, WATER, "李文 王芳", WATER_1, WATER_2)
    roads, _ = mend(text).articles
    assert (roads.title, roads.byline) == (f"{ROADS} ——石板镇修路纪实", "张小明")
    assert told(text, roads) == [ROADS_1, ROADS_2]


def test_datelines_tell_articles_apart() -> None:
    first, second = f"本报讯（记者 张小明）{ROADS_1}", f"本报1月5日讯（通讯员 李文）{WATER_1}"
    text = page(ROADS, first, ROADS_2, WATER, second, WATER_2)
    assert [told(text, a) for a in mend(text).articles] == [[first, ROADS_2], [second, WATER_2]]


def test_lines_of_the_page_itself_are_left_over() -> None:
    top, foot = "2023年1月12日 星期四", "责任编辑：陈刚 版式编辑：周大海"
    text = page(top, ROADS, "张小明", ROADS_1, ROADS_2, WATER, "李文 王芳", WATER_1, WATER_2, foot)
    mended = mend(text)
    assert [a.title for a in mended.articles] == [ROADS, WATER]
    assert [text[s:e] for s, e in mended.unplaced] == [top, foot]


def test_articles_with_the_wrong_ends_exchange_them() -> None:
    blocks = sort_blocks(blocks_of(page(ROADS, "张小明", ROADS_1, ROADS_2, WATER, "李文 王芳", WATER_1, WATER_2))[0])
    crossed = [[0, 2, 7], [4, 6, 3]]
    possible = {(0, 2), (4, 6), (2, 3), (6, 7), (2, 7), (6, 3)}
    assert polish(Clues(blocks), lambda *join: 0.0 if join in possible else -100.0, crossed) == [[0, 2, 3], [4, 6, 7]]
    assert polish(Clues(blocks), lambda *join: 100.0 if join in ((2, 7), (6, 3)) else 0.0, crossed) == crossed
