"""The values of one entry, as a sheet or a form gives them."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.expressions import RESERVED as OF_EXPRESSIONS
from taizhang.packs import PROGRAMMES, Pack, check, filled
from taizhang.packs.sifting import RESERVED

TODAY = date(2022, 12, 28)


@pytest.fixture(scope="module")
def mines() -> Pack:
    pack, _ = check(PROGRAMMES / "mines")
    assert pack is not None
    return pack


def test_columns_are_found_by_synonym_and_values_cleaned(mines: Pack) -> None:
    row = {"图斑编号": "DA-0017", "矿山 名称": "示例", "类型": "砂石土矿", "矿山面积": "42亩", "地质灾害隐患": ""}
    values, problems = filled(mines.registers["mine"].fields, row, TODAY)
    assert problems == []
    assert values == {"mine_code": "DA-0017", "name": "示例", "kind": "砂石土矿", "area": "2.8"}


def test_every_problem_of_a_row_is_told(mines: Pack) -> None:
    row = {"矿山编号": "DA-0017", "矿山类形": "砂石土矿", "损毁面积": "很大", "待修复面积": "1"}
    values, problems = filled(mines.registers["mine"].fields, row, TODAY)
    assert values == {"mine_code": "DA-0017"}
    assert [(p.where, p.found) for p in problems] == [
        ("矿山类形", "没有这一项"),
        ("损毁面积", "“很大”"),
        ("待修复面积", "损毁面积 有两列"),
        ("矿山名称", "没有填写"),
        ("矿山类型", "没有填写"),
    ]
    assert "是否应为 矿山类型" in problems[0].do


def test_a_later_state_says_only_what_changed(mines: Pack) -> None:
    assert filled(mines.registers["site"].fields, {"开工日期": "2022-05-01"}, TODAY, partial=True) == ({"started": "2022-05-01"}, [])


def test_a_computed_field_is_not_typed(mines: Pack) -> None:
    assert filled(mines.events["accept"].fields, {"修复面积": "1", "修复比例": "50"}, TODAY)[1][0].found == "由系统算出"


def test_values_as_expressions_see_them(mines: Pack) -> None:
    fields = mines.registers["plan"].fields
    values, _ = filled(fields, {"所治矿山": "DA-0017", "修复措施": "绿化种植、边坡放缓", "概算": "31万元"}, TODAY)
    assert values["budget"] == 31_000_000
    assert str(fields["budget"].expressed(values["budget"])) == "310000.00"
    assert fields["measures"].expressed(values["measures"]) == ("边坡放缓", "绿化种植")
    assert fields["measures"].expressed(None) is None


def test_no_name_of_a_pack_is_a_word_of_expressions() -> None:
    assert OF_EXPRESSIONS <= RESERVED
