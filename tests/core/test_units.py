"""The table of units: exact sizes, and conversions a clerk can check."""

from fractions import Fraction

import pytest

from taizhang.core import unit_named, units


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("公顷", "亩", Fraction(15)),
        ("平方公里", "亩", Fraction(1500)),
        ("公里", "米", Fraction(1000)),
        ("公里", "里", Fraction(2)),
        ("吨", "斤", Fraction(2000)),
        ("立方米", "升", Fraction(1000)),
        ("小时", "分钟", Fraction(60)),
        ("周", "日", Fraction(7)),
        ("兆瓦", "千瓦", Fraction(1000)),
        ("元", "角", Fraction(10)),
        ("公里/小时", "米/秒", Fraction(5, 18)),
    ],
)
def test_one_of_a_unit_is_so_many_of_another(one, other, factor):
    a, b = unit_named(one), unit_named(other)
    assert a is not None
    assert b is not None
    assert a.base == b.base
    assert a.factor / b.factor == factor


def test_every_unit_stands_once_and_its_standard_form_is_in_the_table():
    table = units()
    for text, unit in table.items():
        assert text == unit.text
        assert unit.factor > 0
        assert unit.text == unit.name or table[unit.name].base == unit.base or unit.text == "成", unit


def test_standard_forms_are_their_own():
    table = units()
    assert {u.name for u in table.values() if u.name in table and table[u.name].name != u.name} == set()


def test_people_are_counted_in_one_form():
    assert {units()[w].name for w in ("人", "名", "位")} == {"名"}


def test_a_unit_that_no_table_knows_has_none():
    assert unit_named("元/粒") is None
    assert unit_named(None) is None
