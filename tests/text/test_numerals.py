"""Numerals as written, and what a 多 after them may add."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.text.reader.numerals import numeral_at, parse_chinese

READ = [
    # text, value, step (what 多 may add), grain (one unit of the last printed digit)
    ("198", 198, 1, 1),
    ("8500", 8500, 100, 1),
    ("1,234,567", 1234567, 1, 1),
    ("3.2万", 32000, 1000, 1000),
    ("50150万", 501500000, 100000, 10000),
    ("1.2万亿", 1200000000000, 100000000000, 100000000000),
    ("1万6千", 16000, 1000, 1000),
    ("三百万零五十", 3000050, 10, 10),
    ("四百万", 4000000, 1000000, 10000),
    ("八万七千", 87000, 1000, 1000),
    ("一百二", 120, 10, 1),
    ("五十六点六亿", 5660000000, 10000000, 10000000),
    ("两亿三千万", 230000000, 10000000, 10000),
    ("十二", 12, 1, 1),
    ("二〇二二", 2022, 1, 1),
]


@pytest.mark.parametrize(("text", "value", "step", "grain"), READ)
def test_a_numeral_is_read_with_its_places(text, value, step, grain):
    n = numeral_at(text, 0)
    assert n is not None
    assert (n.end, n.low, n.high, n.step, n.grain) == (len(text), value, value, step, grain)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("三四十", 30, 40), ("十七八", 17, 18), ("两三", 2, 3), ("三五百", 300, 500), ("数十万", 200000, 1000000), ("几百", 200, 1000)],
)
def test_two_digits_or_a_vague_word_give_a_range(text, low, high):
    n = numeral_at(text, 0)
    assert n is not None
    assert (n.low, n.high) == (low, high)


@pytest.mark.parametrize("text", ["两千余", "40多", "3.2万余", "1800多万", "4万多亿", "十几", "20几", "千余"])
def test_more_is_seen_inside_the_numeral(text):
    n = numeral_at(text, 0)
    assert n is not None
    assert n.more
    assert n.end == len(text)


@pytest.mark.parametrize("text", ["九五", "十十", "9" * 40])
def test_a_code_or_a_jumble_is_no_numeral(text):
    assert numeral_at(text, 0) is None


def in_chinese(x: int) -> str:
    """The plain Chinese numeral of a number below 10^12."""
    digits, small = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(n: int) -> str:
        out, gap = "", False
        for place in (3, 2, 1, 0):
            d = n // 10**place % 10
            if d:
                out += ("零" if gap and out else "") + digits[d] + small[place]
                gap = False
            else:
                gap = True
        return out

    out, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = x // scale % 10**4
        if part:
            out += ("零" if out and (gap or part < 1000) else "") + section(part) + name
            gap = False
        elif out:
            gap = True
    return out or "零"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_chinese_numeral_reads_back(x):
    assert parse_chinese(in_chinese(x)) == x


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["", "万", "亿"]), st.integers(min_value=0, max_value=4))
def test_a_decimal_reads_back_to_its_last_digit(x, scale, places):
    printed = f"{Decimal(x).scaleb(-places):f}"
    n = numeral_at(printed + scale, 0)
    assert n is not None
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert n.low == Decimal(x).scaleb(-places) * factor
    assert n.grain == Decimal(1).scaleb(-places) * factor
