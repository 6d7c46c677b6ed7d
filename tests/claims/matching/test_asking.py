"""A figure asked for in plain words: answered where all of it is known, else refused with what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from taizhang.acts.desk import Desk
from taizhang.claims.matching import Answer, OpenBook, ask


@pytest.fixture
def asked(desk: Desk) -> Callable[..., Answer]:
    """The answer to a question: asked("…", day=date(2023, 1, 5))."""
    return lambda question, day=None: ask(question, OpenBook(desk.book, desk.scope), day)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("永兴县2022年12月发放布洛芬多少片", 36),
        ("永兴县2022年12月免费送给老人多少片药？", 60),
        ("永兴县2022-12采购药品多少片", 3600),
        ("马田镇2022年12月有几名老人领到药", 6),
        ("2022年永兴县查了多少起超载", 3),
        ("2022年底永兴县仓库里还有多少片药", 3120),
        ("永兴县2022年种了多少棵树", 12000),
        ("2022年12月发放布洛芬多少片", 36),  # a county's own book
    ],
)
def test_an_answer(asked: Callable[..., Answer], question: str, value: int) -> None:
    answer = asked(question)
    assert (answer.kind, answer.figure and answer.figure.value) == ("answer", value), answer.reason


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("永兴县查了多少起超载", "什么时候"),
        ("永兴县2022年12月给老人发放阿莫西林多少片", "阿莫西林"),
        ("永兴县2022年招商引资多少亿元", "没有说这件事的指标"),
        ("浙江省仙居县2022年查了多少起超载", "仙居县"),
        ("永兴县2022年为什么查超载", "只答数"),
        ("永兴县2022年12月发放布洛芬多少盒", "片"),
    ],
)
def test_a_refusal_tells_what_is_missing(asked: Callable[..., Answer], question: str, missing: str) -> None:
    answer = asked(question)
    assert answer.kind == "refused"
    assert answer.figure is None
    assert missing in answer.reason


def test_no_record_is_never_nought(asked: Callable[..., Answer]) -> None:
    answer = asked("永兴县2019年查了多少起超载")
    assert (answer.kind, answer.figure and answer.figure.value) == ("no_record", None)


def test_last_year_is_told_from_the_day_of_asking(asked: Callable[..., Answer]) -> None:
    assert asked("永兴县去年查了多少起超载").kind == "refused"
    assert asked("永兴县去年查了多少起超载", date(2023, 1, 5)).figure.value == 3  # type: ignore[union-attr]
