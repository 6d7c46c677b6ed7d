"""A programme whose indicators are odd: extremes, means, ratios, parameters by choice, several items in one account, part returns."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from taizhang.ledger.catalogue import Catalogue
from taizhang.packs import Pack, check

from ..books import shipped

PACK = """pack: odd
title: 试验田
office: 县试验站
registers:
  team:
    title: 班组
    key: name
    holds: [money, seed, lime]
    fields: {name: {title: 班组名, type: text, open: true, required: true}, kind: {title: 班组类别, type: choice, choices: [长期, 临时]}}
  plot:
    title: 地块
    key: code
    fields:
      code: {title: 地块号, type: text, open: true, required: true}
      kind: {title: 地类, type: choice, choices: [水田, 旱地, 林地]}
      area: {title: 地块面积, type: area, unit: 亩, places: 2}
      team: {title: 承包班组, type: record, of: team}
      marks: {title: 标记, type: choices, choices: [湿, 坡, 远]}
      since: {title: 承包日期, type: date}
      level: {title: 等级, type: integer, unit: 级}
      owner: {title: 户主, type: text, personal: true}
  trial: {title: 试验地块, extends: plot, fields: {grade: {title: 试验等级, type: integer, unit: 级}}}
  barn: {title: 种子库, key: name, holds: [seed, lime], fields: {name: {title: 库名, type: text, open: true, required: true}}}
retain_until: {years: 1, after: day}
accounts:
  bank: {title: 银行, holds: [money], outside: true}
  market: {title: 市场, holds: [seed, lime], outside: true}
items:
  seed: {title: 种子, unit: 公斤}
  lime: {title: 石灰, unit: 袋}
parameters:
  rate:
    title: 补贴标准
    type: money
    by: [plot.kind]
    values:
      - {from: 2022-11-15, value: {水田: 12.5, 旱地: 8, 林地: 3.25}, set_by: 一号文}
      - {from: 2023-01-01, value: {水田: 15, 旱地: 9, 林地: 4}, set_by: 二号文}
  base_level: {title: 起补等级, type: integer, unit: 级, values: [{from: 2022-12-01, value: 2, set_by: 一号文}, {from: 2023-01-10, value: 3, set_by: 二号文}]}
transfers:
  grant: {title: 拨款, item: money, from: bank, to: team, fields: {how: {title: 方式, type: choice, choices: [现金, 转账]}}}
  stock_up: {title: 购种, item: seed, from: market, to: barn}
  lime_up: {title: 购灰, item: lime, from: market, to: barn}
  hand_out: {title: 领灰, item: lime, from: barn, to: team}
  lend: {title: 借种, item: seed, from: barn, to: team, loan: {days: '10', renewals: '3'}}
  bring: {title: 还种, returns: lend}
events:
  work:
    title: 作业
    about: plot
    fields:
      hours: {title: 工时, type: decimal, places: 1, unit: 小时}
      cost: {title: 作业费, type: money}
      people: {title: 人数, type: integer, unit: 人}
      ways: {title: 方式, type: choices, choices: [翻耕, 播种, 施肥]}
      good: {title: 合格, type: boolean}
      ends: {title: 完工日期, type: date}
      helper: {title: 协作班组, type: record, of: team}
  storm: {title: 风灾, fields: {lost: {title: 损失, type: money}, dead: {title: 倒伏, type: integer, unit: 株}}}
indicators:
  works: {title: 作业次数, unit: 次, from: work, value: count(), by: [plot.kind, ways, helper.kind]}
  hours: {title: 作业工时, unit: 小时, from: work, value: sum(hours), by: [plot.kind, plot.team.kind]}
  hours_known: {title: 记工次数, unit: 次, from: work, value: count(hours), by: [good]}
  plots_worked: {title: 作业地块, unit: 个, from: work, value: count(distinct plot), by: [plot.level]}
  teams_worked: {title: 作业班组, unit: 个, from: work, value: count(distinct plot.team), by: [ends]}
  mean_hours: {title: 平均工时, unit: 小时, from: work, value: avg(hours), by: [plot.kind]}
  longest: {title: 最长工时, unit: 小时, from: work, value: max(hours), by: [plot.kind]}
  first_cost: {title: 最低作业费, unit: 元, from: work, value: min(cost), where: good}
  cost_of_hour: {title: 每小时费用, unit: 元/小时, from: work, value: 'round(sum(cost) / sum(hours), 2)', by: [plot.kind]}
  span: {title: 作业跨度, unit: 日, from: work, value: 'days_between(min(day), max(ends))'}
  subsidy: {title: 应补, unit: 元, from: work, value: sum(rate * hours), where: plot.level >= base_level, by: [plot.kind]}
  good_share: {title: 合格率, unit: '%', from: work, value: 'divide(100 * sum(case when good then 1 else 0 end), count(good), 1)', places: 1}
  wet: {title: 湿地作业, unit: 次, from: work, value: count(), where: "has(plot.marks, '湿') or has(ways, '播种')", by: [plot.marks]}
  spots: {title: 作业地点, unit: 处, from: work, value: count(distinct place)}
  big: {title: 大额占比, unit: '%', from: work, value: 'round(100 * sum(case when cost >= 100 then cost end) / sum(cost), 3)'}
  lost: {title: 风灾损失, unit: 元, from: storm, value: sum(lost)}
  dead: {title: 倒伏株数, unit: 株, from: storm, value: 'sum(coalesce(dead, 0))'}
  granted: {title: 拨款额, unit: 元, from: grant, value: sum(quantity), by: [how, team.kind]}
  granted_since: {title: 累计拨款, unit: 元, from: grant, value: sum(quantity), where: day <= as_of, by: [how], kind: stock}
  held_before: {title: 有余款拨款, unit: 次, from: grant, value: count(), where: target.balance > 100}
  area: {title: 地块总面积, unit: 公顷, from: plot, value: sum(area), by: [kind, marks], kind: stock}
  plots: {title: 地块数, unit: 个, from: plot, value: count(), by: [kind, team.kind, since], kind: stock}
  new_plots: {title: 新登地块, unit: 个, from: plot, value: count(), by: [kind]}
  rich: {title: 高补地块, unit: 个, from: plot, value: count(), where: rate > 8 and level is not null, kind: stock}
  trials: {title: 试验地块数, unit: 个, from: trial, value: 'sum(coalesce(grade, 0)) + count()', by: [kind, grade], kind: stock}
  seed_held: {title: 种子结存, unit: 公斤, from: barn, value: sum(balance.seed), kind: stock}
  lime_held: {title: 石灰结存, unit: 袋, from: barn, value: sum(balance.lime), by: [name], kind: stock}
  team_money: {title: 班组余款, unit: 元, from: team, value: sum(balance.money), where: balance.money > 0, by: [kind], kind: stock}
  stocked: {title: 有种库数, unit: 个, from: barn, value: count(distinct barn), where: balance.seed > 0, kind: stock}
  out: {title: 借出未还, unit: 笔, from: lend, value: count(), where: not returned, by: [team.kind], kind: stock}
  out_kilos: {title: 借出未还重量, unit: 公斤, from: lend, value: sum(quantity), where: not returned and due < as_of, kind: stock}
  due_last: {title: 最迟归还天数, unit: 日, from: lend, value: 'days_between(min(due), max(due))', kind: stock}
  brought: {title: 归还次数, unit: 次, from: bring, value: count()}
  cost_each: {title: 每次补贴, unit: 元/次, value: 'divide(subsidy, works, 2)', places: 2}
  lost_each: {title: 每次损失, unit: 元, value: 'divide(lost, dead, 3)'}
  mixed: {title: 混合, unit: 次, value: 'coalesce(hours_known, 0) + coalesce(plots, 0) - new_plots'}
  deeper: {title: 再混合, unit: 元, value: 'round(coalesce(cost_each, 1) * works, 1)', places: 1}
"""


@cache
def odd() -> Pack:
    """The programme, checked."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "odd"
        folder.mkdir()
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        pack, problems = check(folder)
    assert pack is not None, [problem.line() for problem in problems]
    return pack


@cache
def catalogue() -> Catalogue:
    """The programmes that ship, and this one."""
    return Catalogue.of(*shipped(), odd())
