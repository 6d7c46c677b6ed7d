"""A page in two columns: 甲县's second column stands before its title; its quantity 1786万度 is cut in two."""

from __future__ import annotations

import pytest

from taizhang.cli import show_mend
from taizhang.cli.screen import Screen
from taizhang.cli.sheet import Sheet, clean
from taizhang.core import Article, Page

PAGE = "　　万度，创新高。又有\n乙县两句话。\n甲县亮灯\n　　修好电站。年发电量1786\n灯下\n走散的字\n\n"


def span(words):
    start = PAGE.index(words)
    return start, start + len(words)


COLUMN, FIRST, HEAD = span("　　万度，创新高。又有"), span("　　修好电站。年发电量1786"), span("灯下")
ARTICLE = Article(
    "a1",
    "甲县亮灯",
    span("甲县亮灯"),
    (FIRST, COLUMN, HEAD, span("乙县两句话。")),
    ((FIRST, COLUMN), (HEAD, span("乙县两句话。"))),
    byline="张三",
    byline_sure=False,
    headings=(HEAD,),
    missing=("middle", "end"),
    gaps=((HEAD[1], PAGE.index("乙县两句话。")),),
    unsure_joins=(3,),
)


@pytest.fixture
def sheet():
    return Sheet(PAGE, ARTICLE)


def test_paragraphs_stand_in_reading_order_and_headings_by_themselves(sheet):
    rows = [(p.kind, p.number, "".join(PAGE[s:e] for s, e in p.spans)) for p in sheet.paragraphs]
    assert rows == [
        ("title", 0, "甲县亮灯"),
        ("text", 1, "修好电站。年发电量1786万度，创新高。又有"),
        ("heading", 0, "灯下"),
        ("text", 2, "乙县两句话。"),
    ]


def test_a_cut_quantity_is_one_mark_in_its_sentence(sheet):
    (excerpt,) = sheet.excerpts([span("1786"), span("万度")])
    assert [(p.text, p.marked) for p in excerpt.pieces] == [("年发电量", False), ("1786万度", True), ("，创新高。", False)]
    assert excerpt.paragraph.number == 1


def test_one_excerpt_for_each_sentence_in_reading_order(sheet):
    words = ["".join(p.text for p in e.pieces) for e in sheet.excerpts([span("乙县"), span("创新高"), span("修好"), span("走散")])]
    assert words == ["修好电站。", "年发电量1786万度，创新高。", "乙县两句话。", "走散的字"]


def test_the_words_around_a_quantity_stay_in_its_sentence(sheet):
    assert sheet.around(span("1786"), 20) == ("年发电量", "万度，创新高。")
    assert sheet.around(span("1786"), 2) == ("电量", "万度")


def test_what_moves_a_cursor_or_turns_text_is_never_shown():
    assert clean("甲\x1b[31m乙\u202e丙\x00丁 \n　戊\t己") == "甲[31m乙丙丁戊 己"


def test_mend_shows_seams_doubts_gaps_and_what_is_left(capsys):
    start = PAGE.index("走散")
    show_mend.show(Page(len(PAGE), (ARTICLE,), ((start, start + 5), (len(PAGE) - 1, len(PAGE)))), PAGE, "页.txt", Screen.standard(), "zh")
    assert capsys.readouterr().out.splitlines() == [
        "页.txt：1 篇。　‖ 接缝：确定　？ 接缝：推定",
        "",
        "《甲县亮灯》",
        "  署名：张三（推定）",
        "  缺：中间、结尾",
        "　　修好电站。年发电量1786‖万度，创新高。又有",
        "灯下",
        "　　〔缺〕乙县两句话。",
        "",
        "未能归入任何一篇的文字（1 处）",
        "· 走散的字",
    ]
