"""A pack made for what the shipped ones have not: computed values of records, ended things, several limits."""

from __future__ import annotations

from pathlib import Path

from taizhang.packs import Pack, check

SHOP = """
pack: shop
title: 示例集市
office: 示例局
retain_until: {years: 1, after: day}
registers:
  stall:
    title: 摊位
    key: code
    holds: [grain, money]
    fields:
      code: {title: 摊位编号, type: text, open: true, required: true}
      long: {title: 长, type: integer, unit: 米, min: 0, max: 100}
      wide: {title: 宽, type: integer, unit: 米, min: 0, max: 100}
      ground: {title: 占地, type: integer, unit: 平方米, max: 500, computed: long * wide}
      neighbour: {title: 隔壁, type: record, of: stall}
      old_no: {title: 旧号, type: text, open: true, ended: 2022-06-01}
  corner:
    title: 角落
    key: [stall, corner_no]
    fields:
      stall: {title: 所在摊位, type: record, of: stall, required: true}
      corner_no: {title: 角号, type: text, open: true, required: true}
  label:
    title: 标签
    key: [corner, label_no]
    fields:
      corner: {title: 所在角落, type: record, of: corner, required: true}
      label_no: {title: 签号, type: text, open: true, required: true}
  guest: {title: 客人, extends: person, holds: grain, outside: true, fields: {seat_no: {title: 桌号, type: text, open: true, required: true}}}
accounts:
  mill: {title: 粮站, holds: grain, outside: true}
  eaten: {title: 吃掉, holds: grain, outside: true}
items:
  grain: {title: 粮食, unit: 克, units: {袋: 25000, 斤: 500}}
parameters:
  most:
    title: 限量
    type: integer
    unit: 克
    values: [{from: 2022-01-01, value: 50000, set_by: 示例办法}]
events:
  visit:
    title: 走访
    about: stall
    fields:
      people: {title: 人数, type: integer, unit: 人, min: 0, max: 500}
      words: {title: 说了什么, type: text}
      guest: {title: 来客, type: record, of: person}
    check: {that: people > 0, say: 走访须有人。}
  old_visit: {title: 旧走访, about: stall, ended: 2022-06-01}
  rumour: {title: 传闻, fields: {words: {title: 内容, type: text, required: true}}}
transfers:
  supply:
    title: 供粮
    item: grain
    from: mill
    to: stall
    limit: {most: most, per: target, days: 7, say: 七日内供得太多。}
  pass_on: {title: 转让, item: grain, from: stall, to: stall, check: {that: source.balance >= quantity * 2, say: 至少留一半。}}
  eat: {title: 食用, item: grain, from: stall, to: eaten, fields: {who: {title: 谁, type: text}}}
  serve: {title: 招待, item: grain, from: stall, to: guest, fields: {who: {title: 谁经手, type: text}}}
  bring: {title: 带来, item: grain, from: guest, to: stall, fields: {who: {title: 谁经手, type: text}}}
  lend: {title: 借粮, item: grain, from: stall, to: guest, loan: {days: 10}}
  give_back: {title: 还粮, returns: lend}
indicators:
  supplied: {title: 供粮数量, unit: 克, from: supply, value: sum(quantity)}
"""


def shop(folder: Path) -> Pack:
    """The pack, checked."""
    target = folder / "shop"
    target.mkdir(exist_ok=True)
    (target / "pack.yaml").write_text(SHOP, encoding="utf-8")
    pack, problems = check(target)
    assert pack is not None, [p.line() for p in problems]
    return pack
