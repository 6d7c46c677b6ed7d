"""A programme nobody has seen: ponds inspected and repaired, money, pumps lent. Written into a folder of a test."""

from __future__ import annotations

from pathlib import Path

PACK = """pack: ponds
title: 山塘整修
title_en: Ponds
office: 县水利局
review: township
retain_until: {years: 3, after: day}
registers:
  pond:
    title: 山塘
    key: pond_code
    fields: {pond_code: pond_code, area: water_area, village: {title: 所在村, type: record, of: village}}
  key_pond: {title: 骨干山塘, extends: pond, fields: {dam: {title: 坝高, type: decimal, places: 1, unit: 米, min: 0, max: 50}}}
  fund: {title: 整修资金, key: fund_code, holds: money, fields: {fund_code: fund_code}}
  team: {title: 施工队, extends: organisation, holds: money, outside: true}
  pump:
    title: 抽水机
    key: pump_no
    fields: {pump_no: pump_no, kind: {title: 机型, type: choice, choices: [电动, 柴油], required: true}}
  station: {title: 机站, key: station_code, holds: pump_one, fields: {station_code: station_code}}
  keeper: {title: 塘长, extends: person, holds: pump_one, fields: {village: {title: 所在村, type: record, of: village}}}
accounts:
  treasury: {title: 县财政, holds: money, outside: true}
  bought: {title: 新购, holds: pump_one, outside: true}
items:
  pump_one: {title: 抽水机（台）, unit: 台, of: pump, single: true}
parameters:
  pump_days:
    title: 借机天数
    type: integer
    unit: 日
    by: [pump.kind]
    values:
      - {from: 2022-01-01, value: {电动: 10, 柴油: 5}, set_by: 抗旱机具管理办法（示例）}
events:
  inspect:
    title: 核查
    about: pond
    fields:
      depth: {title: 水深, type: decimal, places: 2, unit: 米, min: 0, max: 50, required: true}
      leaking: {title: 渗漏, type: boolean, required: true}
      share: {title: 每米水面, type: decimal, places: 2, unit: 亩, computed: 'divide(area, depth, 2)'}
    check: {that: depth > 0, say: 水深应大于 0；干涸的不填核查。}
    once: [record, day]
  want: {title: 申请用机, about: keeper, fields: {pump: {title: 抽水机, type: record, of: pump, required: true}}, once: [record, day]}
transfers:
  grant: {title: 下达资金, item: money, from: treasury, to: fund, review: county}
  repair:
    title: 支付整修
    item: money
    from: fund
    to: team
    fields: {pond: {title: 整修的山塘, type: record, of: pond, required: true}}
    check: {that: quantity > 0, say: 金额应大于 0。}
  buy: {title: 购入, item: pump_one, from: bought, to: station}
  lend:
    title: 借机
    item: pump_one
    from: station
    to: keeper
    closes: want
    loan: {days: pump_days, renewals: 1, queue: want}
  back: {title: 还机, returns: lend}
indicators:
  ponds: {title: 在册山塘, unit: 口, from: pond, value: count(), kind: stock, by: [village]}
  added: {title: 新登山塘, unit: 口, from: pond, value: count()}
  water: {title: 水面面积, unit: 公顷, from: pond, value: sum(area), kind: stock, by: [village]}
  inspected: {title: 核查山塘, unit: 口, from: inspect, value: count(distinct record), by: [pond.village]}
  leaking: {title: 渗漏山塘, unit: 口, from: inspect, value: count(distinct record), where: leaking, by: [pond.village]}
  leaking_share: {title: 渗漏率, unit: '%', value: 'divide(leaking * 100, inspected, 2)', places: 1, by: [pond.village]}
  depth: {title: 平均水深, unit: 米, from: inspect, value: avg(depth), places: 2}
  deepest: {title: 最大水深, unit: 米, from: inspect, value: max(depth)}
  spent: {title: 整修支出, unit: 元, from: repair, value: sum(quantity), by: [pond, pond.village]}
  remains: {title: 资金结余, unit: 元, from: fund, value: sum(balance), kind: stock, by: [fund_code]}
  spent_so_far: {title: 累计支出, unit: 元, from: repair, value: sum(quantity), kind: stock}
  pumps_out: {title: 借出机具, unit: 台, from: lend, value: count(), where: not returned, kind: stock, by: [pump.kind]}
  pumps_late: {title: 逾期机具, unit: 台, from: lend, value: count(), where: not returned and due < as_of, kind: stock}
  pumps_home: {title: 在站机具, unit: 台, from: station, value: sum(balance), kind: stock, by: [pump.kind]}
"""
FIELDS = """fields:
  pond_code: {title: 山塘编号, type: text, length: 40, open: true, required: true}
  water_area: {title: 水面, also: [水面（亩）], type: area, unit: 亩, max: 10000}
  fund_code: {title: 资金编号, type: text, length: 40, open: true, required: true}
  pump_no: {title: 机号, type: text, length: 40, open: true, required: true}
  station_code: {title: 机站编号, type: text, length: 40, open: true, required: true}
"""
_THINGS = """  - {do: 登记, what: 村（社区）, record: 甲村, values: {村代码: "430923999001", 村名称: 甲村（示例）}}
  - {do: 登记, what: 村（社区）, record: 乙村, values: {村代码: "430923999002", 村名称: 乙村（示例）}}
  - {do: 登记, what: 山塘, record: 老屋塘, day: 2022-03-01, values: {山塘编号: S1, 水面: 3.5亩, 所在村: 甲村}}
  - {do: 登记, what: 山塘, record: 新塘, day: 2022-06-01, values: {山塘编号: S2, 水面: 10亩, 所在村: 乙村}}
  - {do: 登记, what: 整修资金, record: 专款, values: {资金编号: Z1}}
  - {do: 登记, what: 施工队, record: 示例队, values: {统一社会信用代码: 91999999MA0000A199, 单位名称: 示例施工队}}
"""
_PUMPS = """  - {do: 登记, what: 抽水机, record: 一号, values: {机号: "1", 机型: 电动}}
  - {do: 登记, what: 抽水机, record: 二号, values: {机号: "2", 机型: 柴油}}
  - {do: 登记, what: 机站, record: 机站, values: {机站编号: J1}}
  - {do: 登记, what: 塘长, record: 塘长甲, values: {身份证号: "999999195006120013", 姓名: 示例甲}}
  - {do: 登记, what: 塘长, record: 塘长乙, values: {身份证号: "999999198507150046", 姓名: 示例乙}}
  - {do: 划转, what: 购入, to: 机站, item: 一号}
  - {do: 划转, what: 购入, to: 机站, item: 二号}
"""
CASES = {
    "01-first-day.yaml": """case: 首日：登记、核查、下达、支付
kind: first_day
place: 安化县
today: 2022-12-28
steps:
"""
    + _THINGS
    + """  - {do: 登记, what: 山塘, record: 老屋塘, day: 2022-11-01, values: {山塘编号: S1, 水面: 5亩}}
  - {do: 登记, what: 骨干山塘, record: 大塘, day: 2022-12-01, values: {山塘编号: S3, 水面: 6亩, 所在村: 乙村, 坝高: 12}}
  - {do: 事项, what: 核查, record: 老屋塘, day: 2022-07-02, values: {水深: 2.4米, 渗漏: 是}}
  - {do: 事项, what: 核查, record: 新塘, day: 2022-07-02, values: {水深: 3, 渗漏: 否}}
  - {do: 事项, what: 核查, record: 新塘, day: 2022-10-08, values: {水深: 1, 渗漏: 否}}
  - {do: 划转, what: 下达资金, to: 专款, item: money, quantity: 20万元, day: 2022-08-01}
  - {do: 划转, what: 支付整修, from: 专款, to: 示例队, item: money, quantity: 3.25万元, day: 2022-09-01, values: {整修的山塘: 老屋塘}}
  - {do: 划转, what: 支付整修, from: 专款, to: 示例队, item: money, quantity: 800.5元, day: 2022-10-01, values: {整修的山塘: 新塘}}
then:
  balances: [{account: 专款, item: money, quantity: 166699.5元}, {account: 县财政, item: money, quantity: -20万元}]
  figures:
    - {indicator: 在册山塘, period: 2022-03, value: 1}
    - {indicator: 在册山塘, period: 2022-12-28, of: {village: 乙村}, value: 2}
    - {indicator: 新登山塘, period: 2022-Q2, value: 1}
    - {indicator: 新登山塘, period: 2022-Q4, value: 1}
    - {indicator: 水面面积, period: 2022, value: 1.4}
    - {indicator: 水面面积, period: 2022-Q3, value: 0.9}
    - {indicator: 水面面积, period: 2022-05, value: 3.5亩}
    - {indicator: 核查山塘, period: 2022, value: 2}
    - {indicator: 核查山塘, period: 2022-Q4, value: 1}
    - {indicator: 渗漏率, period: 2022, value: 50}
    - {indicator: 渗漏率, period: 2022, of: {pond.village: 甲村}, value: 100}
    - {indicator: 渗漏率, period: 2022-Q4, value: 0}
    - {indicator: 渗漏率, period: 2021, value: 无}
    - {indicator: 平均水深, period: 2022, value: 2.13}
    - {indicator: 最大水深, period: 2022-12, value: 无}
    - {indicator: 整修支出, period: 2022, value: 33300.5}
    - {indicator: 整修支出, period: 2022, of: {pond: 老屋塘}, value: 3.25万}
    - {indicator: 累计支出, period: 2022-09-30, value: 32500}
    - {indicator: 资金结余, period: 2022-08-31, value: 20万元}
    - {indicator: 资金结余, period: 2022-07-31, value: 无}
    - {indicator: 资金结余, period: 2022, of: {fund_code: Z1}, value: 166699.5}
""",
    "02-wrong.yaml": """case: 支付超过下达、同日核查两次、干涸的塘、明天的事
kind: wrong
place: 安化县
today: 2022-12-28
steps:
"""
    + _THINGS
    + """  - {do: 划转, what: 下达资金, to: 专款, item: money, quantity: 1万元}
  - {do: 划转, what: 支付整修, from: 专款, to: 示例队, item: money, quantity: 10000.01元, values: {整修的山塘: 新塘}, refused: 结存}
  - {do: 划转, what: 支付整修, from: 专款, to: 示例队, item: money, quantity: 1元, refused: 整修的山塘}
  - {do: 事项, what: 核查, record: 新塘, values: {水深: 0, 渗漏: 否}, refused: 干涸的不填核查}
  - {do: 事项, what: 核查, record: 新塘, day: 2022-12-29, values: {水深: 1, 渗漏: 否}, refused: 在今天之后}
  - {do: 事项, what: 核查, record: 新塘, values: {水深: 1, 渗漏: 否}}
  - {do: 事项, what: 核查, record: 新塘, values: {水深: 1.00米, 渗漏: 否}, exists: true}
  - {do: 事项, what: 核查, record: 新塘, values: {水深: 1, 渗漏: 是}, refused: 不一致：渗漏}
then:
  figures: [{indicator: 渗漏山塘, period: 2022, value: 0}]
""",
    "03-correction.yaml": """case: 支付多写一个零，红冲后重记
kind: correction
place: 安化县
today: 2022-12-28
steps:
"""
    + _THINGS
    + """  - {do: 划转, what: 下达资金, day: 2022-05-01, to: 专款, item: money, quantity: 20万元}
  - {do: 划转, what: 支付整修, as: 误记, day: 2022-06-02, from: 专款, to: 示例队, item: money, quantity: 15万元, values: {整修的山塘: 新塘}}
  - do: 红冲
    of: 误记
    why: 多写一个零
    restate: {do: 划转, what: 支付整修, as: 正确, day: 2022-06-02, from: 专款, to: 示例队, item: money, quantity: 1.5万元, values: {整修的山塘: 新塘}}
  - {do: 红冲, of: 误记, why: 再冲一次, refused: 已红冲过}
then:
  balances: [{account: 专款, item: money, quantity: 18.5万元}]
  figures: [{indicator: 整修支出, period: 2022-Q2, value: 15000}]
""",
    "04-pumps.yaml": """case: 借机、有人等着不能续、逾期、归还
kind: other
place: 安化县
today: 2022-07-01
steps:
"""
    + _PUMPS
    + """  - {do: 划转, what: 借机, as: 甲借, from: 机站, to: 塘长甲, item: 一号}
  - {do: 划转, what: 借机, as: 乙借, from: 机站, to: 塘长乙, item: 二号}
  - {do: 划转, what: 借机, from: 机站, to: 塘长乙, item: 一号, refused: 已借出}
  - {do: 续借, of: 甲借, day: 2022-07-09}
  - {do: 续借, of: 甲借, day: 2022-07-10, refused: 已续借 1 次}
  - {do: 归还, as: 错还, of: 甲借, day: 2022-07-20}
  - {do: 红冲, as: 冲, of: 错还, day: 2022-07-20, why: 还的是二号}
  - {do: 红冲, of: 冲, day: 2022-07-20, why: 再想想, refused: 红冲本身不能再红冲}
  - {do: 归还, of: 乙借, day: 2022-07-20}
  - {do: 划转, what: 借机, day: 2022-07-21, from: 机站, to: 塘长甲, item: 二号}
then:
  due:
    - {of: 甲借, day: 2022-07-21, overdue_on: 2022-07-22}
  balances: [{account: 塘长甲, item: 一号, quantity: 1台}, {account: 机站, item: 抽水机（台）, quantity: 0台}]
  figures:
    - {indicator: 借出机具, period: 2022-07-05, value: 2}
    - {indicator: 借出机具, period: 2022-07-20, of: {pump.kind: 柴油}, value: 0}
    - {indicator: 借出机具, period: 2022-07-20, of: {pump.kind: 电动}, value: 1}
    - {indicator: 逾期机具, period: 2022-07-06, value: 0}
    - {indicator: 逾期机具, period: 2022-07-07, value: 1}
    - {indicator: 逾期机具, period: 2022-07-20, value: 0}
    - {indicator: 逾期机具, period: 2022-07-22, value: 1}
    - {indicator: 在站机具, period: 2022-07-20, value: 1}
    - {indicator: 在站机具, period: 2022-06-30, value: 无}
    - {indicator: 在站机具, period: 2022-07-31, of: {pump.kind: 电动}, value: 0}
""",
}


def write(folder: Path) -> Path:
    """The programme as files in a new folder."""
    target = folder / "ponds"
    (target / "cases").mkdir(parents=True)
    (target / "pack.yaml").write_text(PACK, encoding="utf-8")
    (target / "fields.yaml").write_text(FIELDS, encoding="utf-8")
    for name, text in CASES.items():
        (target / "cases" / name).write_text(text, encoding="utf-8")
    return target
