"""A text about a place the book knows nothing of is told so, instead of a verdict on every figure."""

from __future__ import annotations

from taizhang import text
from taizhang.acts.desk import Desk
from taizhang.claims.matching import OpenBook, judge

from .conftest import Judged

FAR = "仙居县：送药上门\n\n2022年12月，浙江省仙居县无偿送给老人退烧药60片，种下树苗1.2万棵。\n"


def test_a_text_about_another_place(desk: Desk) -> None:
    judgement = judge(text.stories(FAR), OpenBook(desk.book, desk.scope))
    (coverage,) = judgement.coverage
    assert (coverage.figures, coverage.spoken, coverage.elsewhere) == (2, 0, "仙居县")
    assert judgement.verdicts == ()


def test_one_figure_of_another_place(judged: Judged) -> None:
    words = "永兴县：送药上门\n\n2022年12月，永兴县无偿送给老人退烧药60片。仙居县则送给老人退烧药900片。\n"
    assert [(v.quantity.surface, v.kind) for v in judged(words)] == [("60片", "agrees"), ("900片", "no_record")]
