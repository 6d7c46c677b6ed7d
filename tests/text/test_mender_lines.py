"""Lines: which run on into the next, and what is passed through untouched."""

from __future__ import annotations

from taizhang.core import Page
from taizhang.text.mender import mend


def paragraphs(text: str, article: int = 0) -> list[str]:
    return ["|".join(text[s:e] for s, e in paragraph) for paragraph in mend(text).articles[article].paragraphs]


def test_lines_without_blank_lines_are_one_article_in_file_order() -> None:
    text = "全县修路三条。\n共投入资金3.\n3万元，比上年多一成。\n村民都说好。"
    page = mend(text)
    assert len(page.articles) == 1
    assert page.articles[0].missing == ()
    assert paragraphs(text) == ["全县修路三条。", "共投入资金3.|3万元，比上年多一成。", "村民都说好。"]


def test_a_line_that_ends_on_a_comma_runs_on() -> None:
    assert paragraphs("大力发展清洁能源，\n新增装机容量4万千瓦。") == ["大力发展清洁能源，|新增装机容量4万千瓦。"]


def test_lines_of_a_table_stay_apart() -> None:
    assert paragraphs("石板镇 12\n34户\n白水镇 15\n40户") == ["石板镇 12", "34户", "白水镇 15", "40户"]


def test_rows_with_tabs_stay_apart() -> None:
    rows = ["石板镇，山区\t12户，其中新建3", "4户，白水镇\t15户，其中新建5"]
    assert paragraphs("\n".join(rows)) == rows


def test_numbered_items_and_short_lines_stay_apart() -> None:
    text = "关于修路的报告\n县交通局\n一、基本情况\n全县修路三条，\n（一）资金\n已经到位。"
    page = mend(text)
    assert page.articles[0].title == "关于修路的报告"
    assert paragraphs(text) == ["县交通局", "一、基本情况", "全县修路三条，", "（一）资金", "已经到位。"]


def test_lines_wrapped_at_one_width_are_glued() -> None:
    text = (
        "近年来全县坚持把道路建设放在前面先后修通三\n"
        "条公路解决了两万名群众的出行问题受到好评。\n"
        "今年还要再修两条。\n"
        "水利方面也有进展全县新修水渠十二公里新增灌\n"
        "溉面积三千亩其中一千亩在山区。"
    )
    assert [p.count("|") for p in paragraphs(text)] == [2, 1]


def test_a_line_feed_inside_a_block_is_a_soft_wrap() -> None:
    text = "石板镇修通三条公路\n\n张小明\n\n近年来，石板镇坚持修路，先后修\n通三条公路。\n\n村民都说好。"
    page = mend(text)
    assert page.articles[0].byline == "张小明"
    assert paragraphs(text) == ["近年来，石板镇坚持修路，先后修|通三条公路。", "村民都说好。"]


def test_a_clean_article_passes_through_untouched() -> None:
    blocks = [
        "石板镇修通三条公路",
        "张小明 李文",
        "近年来，石板镇坚持修路。",
        "筹措资金",
        "全镇共筹资30万元。",
        "组织施工",
        "三条公路按期完工。",
    ]
    page = mend("\n\n".join(blocks))
    assert len(page.articles) == 1
    article = page.articles[0]
    assert article.title == blocks[0]
    assert article.byline == "张小明 李文"
    assert [s for s, _ in article.body] == sorted(s for s, _ in article.body)
    assert len(article.body) == 5
    assert len(article.headings) == 2
    assert (article.missing, article.unsure_joins, article.gaps, page.unplaced) == ((), (), (), ())


def test_nothing_gives_nothing() -> None:
    assert mend("") == Page(0, ())
    assert mend("\n" * 1000) == Page(1000, ())


def test_one_character_is_an_article() -> None:
    assert mend(" 路\n").articles[0].body == ((1, 2),)
