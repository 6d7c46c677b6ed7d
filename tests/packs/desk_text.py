"""The text of a small pack that is sound."""

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
