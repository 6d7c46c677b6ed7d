"""Short names of places: what is left when 县, 市 or 苗族自治县 is taken away."""

from __future__ import annotations

import pytest

from taizhang.core import places, places_by_name

SHORT = {
    "东安县": "东安",
    "邵阳市": "邵阳",
    "湖南省": "湖南",
    "江华瑶族自治县": "江华",
    "融水苗族自治县": "融水",
    "长白朝鲜族自治县": "长白",
    "彭水苗族土家族自治县": "彭水",
    "东乡族自治县": "东乡",
    "鄂温克族自治旗": "鄂温克",
    "湘西土家族苗族自治州": "湘西",
    "伊犁哈萨克自治州": "伊犁",
    "新疆维吾尔自治区": "新疆",
    "道县": "道县",
}


@pytest.mark.parametrize(("name", "short"), SHORT.items())
def test_short_name(name: str, short: str) -> None:
    assert {p.short for p in places() if p.name == name} == {short}


def test_districts_go_by_their_full_name_only() -> None:
    assert "荷塘" not in places_by_name()
    assert [p.name for p in places_by_name()["荷塘区"]] == ["荷塘区"]


def test_one_name_may_have_several_places() -> None:
    assert {p.code[:2] for p in places_by_name()["朝阳区"]} == {"11", "22"}
