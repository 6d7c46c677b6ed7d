"""Each kind of cut, judged alone: two pieces that belong together and two that do not."""

from __future__ import annotations

import pytest

from taizhang.text.mender.blocks import Block
from taizhang.text.mender.phrases import fold, official_phrases
from taizhang.text.mender.seams import Ends, begins, ends_of, makes_word, seam
from taizhang.text.mender.series import continues, series_of
from taizhang.text.mender.words import common_words


def ends(text: str) -> Ends:
    return ends_of(Block(((0, len(text)),), text))


@pytest.mark.parametrize(
    ("before", "right", "wrong"),
    [
        ("全镇新修水渠，引进电子信", "息企业三家。", "业的收入稳步增长。"),  # inside a word
        ("全年发电量1786", "万度，创下新高。", "民群众十分满意。"),  # inside a number
        ("粮食产量比上年增长3.", "5%，连续三年增产。", "——道路建设加快。"),  # at a decimal point
        ("村里的路修好了，", "游客也多了起来。", "——道路建设加快。"),  # after a comma no new item begins
        ("游客说：“这里的空气", "真好”，脸上满是笑容。", "质量逐年改善。"),  # inside a quotation
        ("村民们高兴地说，村里通了自来", "水，再也不用挑水了。", "亿元的投资已经到位。"),  # a bare unit wants a number before it
    ],
)
def test_the_right_piece_fits_better(before: str, right: str, wrong: str) -> None:
    assert seam(ends(before), ends(right)) > seam(ends(before), ends(wrong)) + 1


def test_a_whole_sentence_is_followed_by_a_whole_beginning() -> None:
    closed = ends("全村道路已经修通。")
    assert seam(closed, ends("——饮水更加安全。")) == 0
    assert seam(closed, ends("%，比上年多两成。")) < -4
    assert seam(closed, ends("今年，全县继续修路。")) > seam(closed, ends("册企业增长两成。"))


def test_a_beginning_is_told_from_a_broken_word() -> None:
    assert begins(ends("近年来，全县大力修路。")) > -1
    assert begins(ends("障和改善民生。")) < -2


def test_a_word_across_the_cut_settles_it() -> None:
    assert makes_word(ends("为群众发放药"), ends("品三百份。"))
    assert not makes_word(ends("修复后的矿"), ends("好的治理效果。"))
    assert not makes_word(ends("修好了路。"), ends("品三百份。"))


def test_an_edge_knows_when_it_broke_a_word() -> None:
    words = common_words()
    assert words.tail("优化营商环").broken > 0.8
    assert words.tail("优化营商环境").broken < 0.5
    assert words.head("业增长较快").broken > 0.5


def test_official_phrases_know_their_neighbours() -> None:
    phrases = official_phrases()
    fits, _ = phrases.link("高质量发", "展")
    chance, _ = phrases.link("高质量发", "鱼")
    assert fits > 2 > 0.5 > chance
    assert fold("增长6.5%，共12个") == "增长#%，共#个"


def test_numbered_items_go_on() -> None:
    first = series_of(["一是修路。二是引水。"])
    assert first == {"是": (1, 2)}
    assert continues(first, series_of(["三是植树。"])) == 1
    assert continues(first, series_of(["二是植树。"])) == -1
    assert continues(first, series_of(["全县植树。"])) == 0
    assert continues(series_of(["全县修路。"]), series_of(["（三）植树。"])) == -1
