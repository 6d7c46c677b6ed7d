"""Versions: what a pack means has one id, and only changes that old entries survive may follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.packs import Pack, compatible, version

from .desk import pack_of
from .desk_text import SMALL


def small(folder: Path, *changes: tuple[str, str]) -> Pack:
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    pack, problems = pack_of(folder, text)
    assert problems == []
    assert pack is not None
    return pack


def test_comments_order_and_layout_change_no_version(tmp_path: Path) -> None:
    same = small(tmp_path, ("office: 示例局\n", ""), ("title: 示例专项\n", "office:   '示例局'  # 主管\ntitle: 示例专项\n"))
    assert version(same) == version(small(tmp_path))
    assert version(small(tmp_path, ("people > 0", "people > 1"))) != version(small(tmp_path))


GROWN = [
    ("title: 示例专项", "title: 示例专项（新）"),
    ("choices: [固定, 流动]", "choices: [固定, 流动, 临时]"),
    ("people > 0", "people > 1"),
    ("max: 500", "max: 5000"),
    (
        "{from: 2022-01-01, value: 50000, set_by: 示例办法}",
        "{from: 2022-01-01, value: 50000, set_by: 示例办法}\n      - {from: 2023-01-01, value: 60000, set_by: 新办法}",
    ),
    ("events:\n", "events:\n  close: {title: 收摊, about: stall}\n"),
    ("  mill: {title: 粮站", "  mill: {title: 粮站, ended: 2024-01-01"),
    ("by: [stall.kind]", "by: [stall.kind, stall.area]"),
    ("fields: {light: {", "fields: {shade: {title: 遮阳, type: boolean}, light: {"),
]


@pytest.mark.parametrize(("old", "new"), GROWN)
def test_a_pack_may_grow_and_retire(old: str, new: str, tmp_path: Path) -> None:
    assert compatible(small(tmp_path), small(tmp_path, (old, new))) == []


BROKEN = [
    (
        "type: integer, unit: 人, min: 0, max: 500",
        "type: decimal, places: 1, unit: 人, min: 0, max: 500",
        "events.visit.fields.people.type",
    ),
    ("unit: 人, min", "unit: 户, min", "events.visit.fields.people.unit"),
    ("choices: [固定, 流动]", "choices: [固定]", "registers.stall.fields.kind.choices"),
    ("fields: {light: {title: 照明, type: boolean}}", "check: {that: area > 1, say: 太小。}", "registers.corner.fields.light"),
    ("{title: 照明, type: boolean}", "{title: 照明, type: boolean, required: true}", "registers.corner.fields.light"),
    ("unit: 克, units: {袋: 25000}", "unit: 克, units: {袋: 50000}", "items.grain.units.袋"),
    ("type: area, unit: 平方米", "type: area, unit: 亩", "registers.stall.fields.area.unit"),
    (
        "{title: 摊位编号, type: text, open: true, required: true}",
        "{title: 摊位编号, type: text, required: true}",
        "registers.stall.fields.code.sealed",
    ),
    ("value: 50000", "value: 40000", "parameters.most.values"),
    ("from: 2022-01-01", "from: 2021-01-01", "parameters.most.values"),
    ("from: visit, value: count()", "from: visit, kind: stock, value: count()", "indicators.visits.kind"),
    ("  supplied: {title: 供粮数量, unit: 克, from: supply, value: sum(quantity)}\n", "", "indicators.supplied"),
    ("    to: stall\n", "    to: corner\n    title_en: x\n", "transfers.supply.to"),
]


@pytest.mark.parametrize(("old", "new", "key"), BROKEN, ids=[b[2] for b in BROKEN])
def test_a_change_old_entries_do_not_survive_is_refused_with_the_way_out(old: str, new: str, key: str, tmp_path: Path) -> None:
    problems = compatible(small(tmp_path), small(tmp_path, (old, new)))
    assert key in {p.at.key for p in problems}
    assert all("请" in p.do and p.do_en for p in problems)
