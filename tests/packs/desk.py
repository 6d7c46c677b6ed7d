"""Packs for tests: a small one that is sound, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

from taizhang.packs import Pack, PackProblem, check

SMALL = """\
pack: shop
title: 示例专项
office: 示例局
retain_until: {years: 1, after: day}
registers:
  stall:
    title: 摊位
    key: code
    holds: grain
    fields:
      code: {title: 摊位编号, type: text, open: true, required: true}
      kind: {title: 摊位类型, type: choice, choices: [固定, 流动]}
      area: {title: 面积, type: area, unit: 平方米, max: 1000}
  corner:
    title: 转角摊位
    extends: stall
    fields: {light: {title: 照明, type: boolean}}
accounts:
  mill: {title: 粮站, holds: grain, outside: true}
items:
  grain: {title: 粮食, unit: 克, units: {袋: 25000}}
parameters:
  most:
    title: 限量
    type: integer
    unit: 克
    values:
      - {from: 2022-01-01, value: 50000, set_by: 示例办法}
events:
  visit:
    title: 走访
    about: stall
    fields: {people: {title: 人数, type: integer, unit: 人, min: 0, max: 500}}
    check: {that: people > 0, say: 走访须有人。}
transfers:
  supply:
    title: 供粮
    item: grain
    from: mill
    to: stall
    check: {that: quantity <= most, say: 超过限量。}
indicators:
  visits: {title: 走访次数, unit: 次, from: visit, value: count(), by: [stall.kind]}
  supplied: {title: 供粮数量, unit: 克, from: supply, value: sum(quantity)}
"""


def pack_of(folder: Path, text: str = SMALL, **files: str) -> tuple[Pack | None, list[PackProblem]]:
    """Write a pack folder and check it; other files by name with `__` for the slash and `_yaml` for the ending."""
    target = folder / "shop"
    target.mkdir(parents=True, exist_ok=True)
    (target / "pack.yaml").write_text(text, encoding="utf-8")
    for name, body in files.items():
        path = target / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return check(target)


def spoiled(folder: Path, old: str, new: str) -> list[PackProblem]:
    """The problems of the small pack with one text replaced."""
    assert SMALL.count(old) == 1, old
    return pack_of(folder, SMALL.replace(old, new))[1]
