"""Checking a pack: every mistake is named, with its line, what was expected and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from .desk import pack_of, spoiled
from .desk_text import SMALL

# what is written, what is written instead, the key named, words of the message
MISTAKES = [
    ("office: 示例局\n", "", "", "缺少 office"),
    ("office: 示例局", "ofice: 示例局", "ofice", "是否应为 office"),
    ("title: 摊位\n", "titel: 摊位\n", "registers.stall.titel", "是否应为 title"),
    ("pack: shop", "pack: shops", "pack", "文件夹的名称 shop"),
    ("type: boolean", "type: bolean", "registers.corner.fields.light.type", "是否应为 boolean"),
    ("{title: 照明, type: boolean}", "{title: 照明}", "registers.corner.fields.light", "缺少 type"),
    ("{title: 照明, type: boolean}", "lights", "registers.corner.fields.light", "字段 lights 不存在"),
    ("{light: {title: 照明", "{kind: {title: 照明", "registers.corner.fields.kind", "已由 stall 提供"),
    ("extends: stall", "extends: corner", "registers.corner.extends", "循环"),
    ("extends: stall", "extends: stal", "registers.corner.extends", "是否应为 stall"),
    ("    key: code\n", "", "registers.stall", "没有 key"),
    ("key: code", "key: cod", "registers.stall.key", "是否应为 code"),
    ("    key: code\n", "    key: code\n    unique: aera\n", "registers.stall.unique", "是否应为 area"),
    ("    key: code\n", "    key: code\n    unique: [[area, area]]\n", "registers.stall.unique", "有重复"),
    ("    key: code\n", "    key: code\n    unique: [area, area]\n", "registers.stall.unique", "写了两遍"),
    ("    key: code\n", "    key: code\n    unique: [[code, area]]\n", "registers.stall.unique", "本来就不会相同"),
    ("    extends: stall\n", "    extends: stall\n    unique: area\n", "registers.corner.unique", "自己的字段 area 不存在"),
    ("fields: {light: {title: 照明, type: boolean}}", "unique: light\n    fields: {light: {title: 照明, type: text}}", "registers.corner.unique", "加密保存"),
    ("    holds: grain\n    fields", "    holds: grian\n    fields", "registers.stall.holds", "是否应为 grain"),
    ("unit: 平方米", "unit: 平方尺子", "registers.stall.fields.area.unit", "不在单位表"),
    ("unit: 平方米", "unit: 公里", "registers.stall.fields.area.unit", "不是面积单位"),
    ("type: area, unit: 平方米, max: 1000", "type: area, max: 1000", "registers.stall.fields.area", "需要 unit"),
    ("max: 1000}", "max: 1000, choices: [大, 小]}", "registers.stall.fields.area.choices", "用不着 choices"),
    ("min: 0, max: 500", "min: 9, max: 5", "events.visit.fields.people.min", "下限大于上限"),
    ("choices: [固定, 流动]", "choices: [固定, 固定]", "registers.stall.fields.kind.choices", "重复"),
    ("title: 照明", "title: 面积", "registers.corner.fields.light", "也是 area 的名称或别名"),
    ("title: 转角摊位", "title: 摊位", "registers.corner", "已用于 registers.stall"),
    ("  mill: {title", "  visit: {title", "events.visit", "在 accounts 中已有"),
    ("units: {袋: 25000}", "units: {袋: 0}", "items.grain.units.袋", "不小于 1"),
    ("units: {袋: 25000}", "units: {袋: 025}", "items.grain.units.袋", "整数"),
    ("from: mill", "from: mil", "transfers.supply.from", "是否应为 mill"),
    ("    from: mill\n", "", "transfers.supply", "缺少 from"),
    ("    to: stall\n", "    to: mill\n", "transfers.supply", "两端都在账外"),
    ("item: grain", "item: money", "transfers.supply.from", "不能存放 money"),
    ("    about: stall\n", "    about: stal\n", "events.visit.about", "是否应为 stall"),
    ("people > 0", "poeple > 0", "events.visit.check", "people"),
    ("people > 0", "people >", "events.visit.check", "第"),
    ("people > 0", "people + 1", "events.visit.check", "boolean"),
    ("people > 0", "(select 1) > 0", "events.visit.check", "select"),
    ("sum(quantity)", "quantity", "indicators.supplied.value", "sum"),
    ("sum(quantity)", "sum(amount)", "indicators.supplied.value", "amount"),
    ("{title: 供粮数量, unit: 克", "{title: 供粮数量, unit: 元", "indicators.supplied.value", "单位是 克"),
    ("{title: 供粮数量, unit: 克", "{title: 供粮数量", "indicators.supplied", "缺少 unit"),
    ("{title: 供粮数量", "{title: 走访次数", "indicators.supplied", "也是 visits 的名称"),
    ("from: visit,", "from: vist,", "indicators.visits.from", "是否应为 visit"),
    ("by: [stall.kind]", "by: [stall.sort]", "indicators.visits.by", "stall.sort 不存在"),
    ("from: 2022-01-01", "from: 2022-02-30", "parameters.most.values[0].from", "真实的日期"),
    ("value: 50000", "value: 很多", "parameters.most.values[0].value", "数字"),
    (", set_by: 示例办法", "", "parameters.most.values[0]", "缺少 set_by"),
    ("years: 1, after: day", "years: 一, after: day", "retain_until.years", "整数"),
    ("years: 1, after: day", "years: 1, after: tomorrow", "retain_until.after", "tomorrow"),
]


def test_the_small_pack_is_sound(tmp_path: Path) -> None:
    pack, problems = pack_of(tmp_path)
    assert problems == []
    assert pack is not None
    assert list(pack.registers["corner"].fields) == ["code", "kind", "area", "light"]
    assert pack.registers["corner"].own == ("light",)
    assert pack.registers["corner"].key == ("code",)
    assert pack.transfers["supply"].type == "shop.supply"


@pytest.mark.parametrize(("old", "new", "key", "words"), MISTAKES, ids=[f"{m[2]}: {m[3]}" for m in MISTAKES])
def test_a_mistake_is_named(old: str, new: str, key: str, words: str, tmp_path: Path) -> None:
    problems = spoiled(tmp_path, old, new)
    mine = [p for p in problems if p.at.key == key and words in p.line()]
    assert mine, [p.line() for p in problems]
    assert mine[0].at.file == "pack.yaml"
    assert mine[0].at.line > 0
    assert all(p.found_en and p.expected_en and p.do_en for p in problems)


def test_all_problems_are_told_not_the_first(tmp_path: Path) -> None:
    text = SMALL.replace("title: 摊位\n", "titel: 摊位\n").replace("item: grain", "item: gold").replace("people > 0", "nobody > 0")
    keys = {p.at.key for p in pack_of(tmp_path, text)[1]}
    assert {"registers.stall.titel", "registers.stall", "transfers.supply.item", "events.visit.check"} <= keys


def test_the_line_is_that_of_the_mistake(tmp_path: Path) -> None:
    (problem,) = spoiled(tmp_path, "type: boolean", "type: bolean")
    assert SMALL.splitlines()[problem.at.line - 1].strip().startswith("fields: {light")
    assert problem.where == f"pack.yaml:{problem.at.line} registers.corner.fields.light.type"


def test_personal_values_need_a_time_of_retention(tmp_path: Path) -> None:
    text = SMALL.replace("retain_until: {years: 1, after: day}\n", "").replace("extends: stall", "extends: person")
    assert any("没有保存期" in p.line() or "却没有保存期" in p.found for p in pack_of(tmp_path, text)[1])


def test_a_field_of_the_shared_dictionary_is_not_defined_again(tmp_path: Path) -> None:
    _, problems = pack_of(tmp_path, fields_yaml="fields:\n  phone: {title: 电话机, type: text}\n")
    assert [p.at.line for p in problems if "已在公用字典" in p.found] == [2]
    _, problems = pack_of(tmp_path, fields_yaml="fields:\n  mobile: {title: 联系电话, type: text}\n")
    assert "也是 phone 的名称或别名" in problems[0].found


def test_a_parameter_has_a_value_for_every_choice(tmp_path: Path) -> None:
    by = SMALL.replace("    unit: 克\n    values:", "    unit: 克\n    by: [stall.kind]\n    values:")
    assert pack_of(tmp_path, by.replace("value: 50000", "value: {固定: 5, 流动: 3}"))[1] == []
    said = [p.line() for p in pack_of(tmp_path, by.replace("value: 50000", "value: {固定: 5, 移动: 3}"))[1]]
    assert any("缺少 流动" in s for s in said)
    assert any("选项 移动 不存在" in s for s in said)


def test_indicators_in_a_circle_are_told(tmp_path: Path) -> None:
    circle = "  a1: {title: 甲, unit: 次, value: b1 + 1}\n  b1: {title: 乙, unit: 次, value: a1 + 1}\n"
    assert any("循环：a1、b1" in p.found for p in pack_of(tmp_path, SMALL + circle)[1])


CASE = """\
case: 走访一次
kind: first_day
place: 永兴县
today: 2022-12-28
steps:
  - {do: 登记, what: 摊位, record: 甲, values: {摊位编号: T1, 面积: 12平方米}}
  - {do: 事项, what: 走访, as: 第一次, record: 甲, values: {人数: 3}}
  - {do: 划转, what: 供粮, to: 甲, quantity: 1袋}
then:
  balances: [{account: 甲, item: 粮食, quantity: 25000克}]
  figures: [{indicator: 走访次数, period: 2022-12, value: 1}]
"""
CASE_MISTAKES = [
    ("what: 走访", "what: 走动", "事项 走动 不存在"),
    ("人数: 3", "人数: 三个", "应为数字"),
    ("人数: 3", "人头: 3", "字段 人头 不存在"),
    ("to: 甲", "to: 乙", "对象 乙 不存在"),
    ("quantity: 1袋", "quantity: 1箱", "克、袋"),
    ("place: 永兴县", "place: 永新兴县", "不认识"),
    ("indicator: 走访次数", "indicator: 走访", "指标 走访 不存在"),
    ("period: 2022-12", "period: 十二月", "2022-Q4"),
    ("kind: first_day", "kind: wrong", "没有被拒绝的一步"),
    ("摊位编号: T1, ", "", "缺少 摊位编号"),
    ("as: 第一次", "was: 第一次", "未知的键 was"),
]


def test_a_case_in_plain_words_is_sound(tmp_path: Path) -> None:
    assert pack_of(tmp_path, cases__one_yaml=CASE)[1] == []


@pytest.mark.parametrize(("old", "new", "words"), CASE_MISTAKES)
def test_a_mistake_in_a_case_is_named(old: str, new: str, words: str, tmp_path: Path) -> None:
    assert CASE.count(old) == 1
    problems = pack_of(tmp_path, cases__one_yaml=CASE.replace(old, new))[1]
    assert any(words in p.line() and p.at.file == "cases/one.yaml" and p.at.line for p in problems), [p.line() for p in problems]
