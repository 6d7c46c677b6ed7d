"""Rates times time, averages times numbers, and one quantity in two units."""

from __future__ import annotations

import pytest

from .said import contradictions

WRONG = [
    ("rate", "日均接待游客2.3万人次，7天共接待17.1万人次。", "1万人次"),
    ("rate", "每月巡河2次，全年共巡河26次。", "2次"),
    ("rate", "五年累计植树250万株，平均每年60万株。", "50万株"),
    ("rate", "节日7天，景区共接待游客21.0万人次，日均2.5万人次。", "3.5万人次"),
    ("average", "平均每户增收3200元，120户共增收48.4万元。", "10万元"),
    ("average", "为1200名老人每人发放6粒药，共发放7201粒。", "1粒"),
    ("average", "亩均产量520公斤，3000亩水稻总产186万公斤。", "30万公斤"),
    ("average", "全县32个乡镇平均每个乡镇投入15万元，共投入510万元。", "30万元"),
    ("rate", "护路队153天里每天巡查38公里，走了6814公里。", "1000公里"),
    ("rate", "施工队以每小时120米的速度推进，8小时铺设管道1060米。", "100米"),
    ("rate", "3100公斤，这是果园5天的采收量，平均每天采收600公斤。", "100公斤"),
    ("average", "镇政府为88户受灾户发放补助40.2万元，平均每户4000元。", "5万元"),
    ("average", "流转土地2126亩，涉及279户，户均6.62亩。", "279.02亩"),
    ("average", "合作社把盈余21万元全部分了下去，70名社员平均分到3500元。", "3.5万元"),
    ("average", "平均亩产300公斤，350亩制种田总产量12万公斤。", "1.5万公斤"),
    ("average", "采购帐篷130顶，每顶单价460元，支出65800元。", "6000元"),
    ("units", "年发电3.2亿千瓦时，用万度来算是36000万度。", "4000万度"),
    ("units", "水库兴利库容1.13亿立方米，换句话说就是12300万立方米。", "1000万立方米"),
    ("units", "再生稻亩产206.0公斤，按市斤算是440斤。", "28斤"),
    ("units", "流转土地1500亩（合110公顷）。", "10公顷"),
    ("units", "全长36公里（62华里）。", "10里"),
    ("units", "景区面积36平方公里，折合4.5万亩。", "9000亩"),
]

SILENT = [
    ("right", "日均接待游客2.3万人次，7天共接待16.1万人次。"),
    ("right within rounding: 2.3 万 may be 23,400", "日均接待游客2.3万人次，7天共接待16.4万人次。"),
    ("an average worked out from its sum is rounded", "27天共查处违章4288起，日均159起。"),
    ("a sum over another time", "春节7天假期，日均接待游客3万人次，全年共接待游客800万人次。"),
    ("a sum of another matter", "每户补助2000元，共有3200户，累计投入乡村振兴资金1.2亿元。"),
    ("for each of a number, each month", "老人共120名，每月补助200元，全年发放补助28.8万元。"),
    ("days may be working days", "服务大厅日均办件1200余件，全年办件共28.6万件。"),
    ("the highest day", "日均客流量1.2万人次，最高一天达3万人次。"),
    ("a price an acre of one crop, a cost of a plant", "总投资约4.2亿元。套种药材1500亩，亩均产值8000元至1万元。"),
    ("something else for each", "走访了20户困难群众，给每户送去慰问金500元以及大米，慰问物资总价值1.2万元。"),
    ("two amounts that may be the sum", "120户平均每户分红500元，村集体留存8万元，还款7万元。"),
    ("another amount, far off", "全村96户，每户养鸡收入900元，村里投资260万元修路。"),
    ("a time brought forward", "去年完成产量166.3吨，提前3年实现年产150吨的目标。"),
    ("a year is not so many years", "投产后年产原油50万吨，计划到2004年建成年产1000万吨的基地。"),
    ("right conversion", "流转土地1500亩（合100公顷）。"),
    ("1510 亩 is 100.67 公顷: no whole number fits, so it was rounded", "流转土地1510亩（合101公顷）。"),
    ("two areas, not one in two units", "占地1500亩（一期20公顷）。"),
    ("two matters", "流转土地1500亩，建设大棚20公顷。"),
]


@pytest.mark.parametrize(("rule", "text", "miss"), WRONG)
def test_a_product_or_conversion_that_cannot_be(rule: str, text: str, miss: str) -> None:
    assert contradictions(text) == [(rule, miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_a_product_or_conversion_that_may_be(why: str, text: str) -> None:
    assert contradictions(text) == [], why
