"""What is said of a wrong expression: all of it, where it stands, what would be right."""

from __future__ import annotations

import pytest

from taizhang.core import InputError
from taizhang.expressions import BadExpression, Slip, decimal, integer, parse, problems

from .three import NAMES

SAID = [
    ("restored <= aera", ["restored", "aera"], ["order", "site.area"]),
    ("lenght(s) > 2", ["lenght"], ["「length」"]),
    ("kind = '砂石矿'", ["'砂石矿'"], ["「砂石土矿」"]),
    ("kind in ('历史遗留矿', '砂石土矿')", ["'历史遗留矿'"], ["「历史遗留矿山」"]),
    ("has(measures, '边坡')", ["'边坡'"], ["危岩卸载、边坡放缓、绿化种植"]),
    ("a = null", ["null"], ["is null"]),
    ("i + s", ["s"], ["数"]),
    ("s < 'b'", ["s"], ["可以比大小"]),
    ("d = '2023-02-30'", ["'2023-02-30'"], ["核对日历"]),
    ("round(a, i)", ["i"], ["写明的整数 0 到 12"]),
    ("round(a, 13)", ["13"], ["写明的整数 0 到 12"]),
    ("substring(s, 0, 2)", ["0"], ["写明的整数 1"]),
    ("i * j * order", ["i * j * order"], ["写上限"]),
    ("case when i then 1 end", ["i"], ["是否"]),
    ("case when p then 1 else 'x' end", ["'x'"], ["整数"]),
    ("sum(i) > 1", ["sum(i)"], ["指标"]),
    ("（i）", ["（", "）"], ["改成 (", "改成 )"]),
    ("i -- 1", ["--"], ["空格"]),
    ("s = 'abc", ["'abc"], ["补上右引号"]),
    ("(i + 1", ["("], ["补上 )"]),
    ("i + 1)", [")"], ["删去"]),
    ("case when p then 1", ["case"], ["补上 end"]),
    ("i j", ["i"], ["运算符"]),
    ("i in (1, , 2)", [","], ["补上一项"]),
    ("1e5", ["1e5"], ["改写这个数"]),
    ("current_date()", ["current_date"], ["「today」"]),
    ("left(s, 2)", ["left"], ["「substring」"]),
    ("null", ["null"], ["算的内容"]),
    ("", [""], ["写入"]),
    ("length(s, t)", ["length(s, t)"], ["length(a)"]),
    ("s like t", ["t"], ["引号里的样式"]),
    ("a + 1 = aa + bb and ss = 'x'", ["aa", "bb", "ss"], ["a", "b", "s"]),
]


@pytest.mark.parametrize(("text", "marked", "advice"), SAID, ids=[case[0] for case in SAID])
def test_all_that_is_wrong_is_told_where_it_stands(text: str, marked: list[str], advice: list[str]) -> None:
    found = problems(text, NAMES)
    assert [text[p.start : p.end] for p in found] == marked
    for problem, words in zip(found, advice, strict=True):
        assert words in f"{problem.expected}{problem.do}" or text.startswith("restored")
        assert all((problem.found_en, problem.expected_en, problem.do_en))


def test_a_problem_shows_the_words_around_it_with_its_column() -> None:
    (problem,) = problems("restored <= aera and kind = '砂石土矿'", {**NAMES, "restored": decimal(4), "area": decimal(4)})
    assert problem.where == "13: restored <= ‹aera› and kind = '砂石土…"
    assert problem.column == 13
    assert problem.line() == "13: restored <= ‹aera› and kind = '砂石土…：没有叫「aera」的名称；应为「area」。是不是「area」？"
    assert problem.line("en") == "13: restored <= ‹aera› and kind = '砂石土…: no name is called aera. Expected: area. Did you mean area?"


def test_what_cannot_be_seen_is_named_by_its_code() -> None:
    (problem,) = problems("i\u200b", NAMES)
    assert "[U+200B]" in problem.line()
    assert "\u200b" not in problem.line()


def test_parse_raises_them_all() -> None:
    with pytest.raises(BadExpression) as raised:
        parse("x1 + x2", NAMES)
    assert len(raised.value.problems) == 2
    assert isinstance(raised.value, InputError)
    assert all(isinstance(p, Slip) for p in raised.value.problems)


INDICATORS = [("a", "a"), ("sum(a) + i", "i"), ("sum(sum(a))", "sum(sum(a))"), ("1 + 1", "1 + 1"), ("max(s)", "s")]


@pytest.mark.parametrize(("text", "marked"), INDICATORS)
def test_an_indicator_puts_rows_together_once(text: str, marked: str) -> None:
    assert [text[p.start : p.end] for p in problems(text, NAMES, aggregates=True)][:1] == [marked]


def test_limits_of_fields_make_room_for_products() -> None:
    price, pieces = decimal(2, 0, 100_000), integer(0, 1_000_000)
    names = {"price": price, "pieces": pieces, "months": integer(0, 120)}
    assert str(parse("price * pieces * months", names).type) == "decimal(2)"
    assert parse("round(sum(price * pieces) / sum(pieces), 2)", names, aggregates=True).aggregate


@pytest.mark.parametrize("bad", [(-1,), (19,), (2, 5, 1), (0, 0, 10**38)])
def test_limits_that_cannot_be(bad: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"places|limits"):
        decimal(*bad)
