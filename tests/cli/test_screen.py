"""Widths, wrapping and numbers in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.cli.numbers import number_words, range_words, role_words
from taizhang.cli.screen import Screen, cells, fit, fit_end, wrapped
from taizhang.core import Quantity, Range


@pytest.mark.parametrize(("text", "width"), [("台账", 4), ("abc", 3), ("40万亩", 6), ("ｅ́", 2), ("e\u0301", 1), ("", 0)])
def test_cells(text, width):
    assert cells(text) == width


def test_fitting():
    assert fit("一二三四五", 7) == "一二三…"
    assert fit_end("一二三四五", 7) == "…三四五"


def test_closing_marks_never_begin_a_line_nor_opening_ones_end_it():
    lines = ["".join(s for s, _ in line) for line in wrapped([("引进企业十二家，其中“外资”三家。", "plain")], 14)]
    assert not [line for line in lines if line[0] in "，。”" or line[-1] in "“"]


@given(st.text(max_size=60), st.text(max_size=60), st.integers(4, 40))
def test_wrapping_loses_nothing(first, second, width):
    row = [(first, "plain"), (second, "mark")]
    lines = wrapped(row, width)
    assert "".join(s for line in lines for s, _ in line) == first + second
    assert "".join(s for line in lines for s, style in line if style == "mark") == second


@given(st.text(max_size=40), st.integers(2, 20))
def test_a_fitted_text_fits(text, width):
    assert cells(fit(text, width)) <= width
    assert cells(fit_end(text, width)) <= width


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (400000, "40万", "400,000"),
        (720000000, "7.2亿", "720,000,000"),
        (17860000, "1786万", "17,860,000"),
        (12345, "12345", "12,345"),
        (10000, "1万", "10,000"),
        (Fraction(100, 3), "33.33", "33.33"),
        (Fraction("0.58"), "0.58", "0.58"),
        (Fraction("55.02"), "55.02", "55.02"),
        (0, "0", "0"),
        (100, "100", "100"),
        (-5, "−5", "−5"),
    ],
)
def test_numbers_in_words(value, zh, en):
    assert (number_words(value), number_words(value, "en")) == (zh, en)


def quantity(low, high, hedge, low_open=False, high_open=False, **more):
    role = more.pop("role", "level")
    return Quantity(((0, 1),), (0, 1), "", low, high, low_open, high_open, Range(low, high), "件", "件", hedge, role, **more)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (quantity(12, 12, "exact"), "12"),
        (quantity(400000, 500000, "at_least", high_open=True), "≥40万 <50万"),
        (quantity(300000000, None, "at_least", low_open=True), ">3亿"),
        (quantity(100, None, "at_least"), "≥100"),
        (quantity(None, 3, "at_most"), "≤3"),
        (quantity(None, 3, "at_most", high_open=True), "<3"),
        (quantity(270, 300, "about", high_open=True), "≈270–300"),
        (quantity(8000000, 10000000, "range"), "800万–1000万"),
        (quantity(1, 5, "at_most"), "1–5"),
    ],
)
def test_ranges_in_words(read, words):
    assert range_words(read) == words


def test_roles_in_words():
    assert role_words(quantity(1, 1, "exact", role="change", direction="down")) == "变化·减"
    assert role_words(quantity(1, 1, "exact", role="rate", per="日")) == "速率·每日"
    assert role_words(quantity(1, 1, "exact", role="rate", per="日"), "en") == "rate·per 日"


def test_a_pipe_gets_the_mark_in_brackets_and_no_wrapping(capsys):
    Screen.standard().line("引进企业", ("12家", "mark"), "。" * 200)
    assert capsys.readouterr().out == "引进企业【12家】" + "。" * 200 + "\n"
