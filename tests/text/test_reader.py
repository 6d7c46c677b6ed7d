"""Sentences and what the reader makes of their figures: cases that a clerk could check."""

from decimal import Decimal
from fractions import Fraction

import pytest

from taizhang.text import read


def figures(text):
    return [(q.surface, q.low, q.high, q.unit, q.hedge) for q in read(text)]


RANGES = [
    ("入园企业198家。", ("198家", 198, 198, "家", "exact")),
    ("货物日吞吐量40多万件。", ("40多万件", 400000, 500000, "件", "at_least")),
    ("登记在册乡贤3.2万余名。", ("3.2万余名", 32000, 33000, "名", "at_least")),
    ("面积230多平方米。", ("230多平方米", 230, 240, "平方米", "at_least")),
    ("补贴资金超过3亿元。", ("超过3亿元", 300000000, None, "元", "at_least")),
    ("产值突破20亿元。", ("突破20亿元", 2000000000, None, "元", "at_least")),
    ("近300条线路通车。", ("近300条", 270, 300, "条", "about")),
    ("失业率5%左右。", ("5%左右", Decimal("4.5"), Decimal("5.5"), "%", "about")),
    ("挂牌机构不超过3块。", ("不超过3块", None, 3, "块", "at_most")),
    ("用时不到10天。", ("不到10天", None, 10, "日", "at_most")),
    ("每天生产800至1000万只打火机。", ("800至1000万只", 8000000, 10000000, "只", "range")),
    ("收购价提高了25%到40%。", ("25%到40%", 25, 40, "%", "range")),
    ("灌溉农田数十万亩。", ("数十万亩", 200000, 1000000, "亩", "range")),
    ("三成多的村民受益。", ("三成多", 30, 40, "%", "at_least")),
    ("占比达到三分之一。", ("三分之一", Fraction(100, 3), Fraction(100, 3), "%", "exact")),
    ("比上年增长百分之五点三。", ("百分之五点三", Decimal("5.3"), Decimal("5.3"), "%", "exact")),
    ("产值翻了一番。", ("翻了一番", 100, 100, "%", "exact")),
    ("建成万吨级以上泊位。", ("万吨级以上", 10000, None, "吨级", "at_least")),
    ("历时两个半小时。", ("两个半小时", Decimal("2.5"), Decimal("2.5"), "小时", "exact")),
    ("流速提高到4.5米/秒。", ("4.5米/秒", Decimal("4.5"), Decimal("4.5"), "米/秒", "exact")),
    ("投入资金１２３．５万元。", ("１２３．５万元", 1235000, 1235000, "元", "exact")),
    ("资金总额1.2万亿元。", ("1.2万亿元", 1200000000000, 1200000000000, "元", "exact")),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_numbers_hedges_and_units(text, expected):
    assert figures(text) == [expected]


def test_a_hedge_and_a_unit_printed_once_go_to_each_figure():
    assert figures("人均收入超3.6万元和2万元。") == [
        ("超3.6万元", 36000, None, "元", "at_least"),
        ("2万元", 20000, None, "元", "at_least"),
    ]
    assert [(q.surface, q.unit) for q in read("分别回落2.16和1.66个百分点。")] == [("2.16", "百分点"), ("1.66个百分点", "百分点")]


TRAPS = [
    "2018年1月12日，会议召开。",
    "1至10月，工作有序推进。",
    "近年来，该县每月检查。",
    "全县锚定“三高四新”，打造“八大行动”。",
    "发展工业4.0、3D打印和5G技术。",
    "第七批名单公布，首条生产线投产。",
    "进一步统一思想，一手抓发展，一流环境。",
    "三大攻坚战开局良好，两站两员到位。",
    "一、总体要求\n（二）主要任务\n三是加强管理。",
    "跻身全国百强县，拨打12345热线。",
    "细颗粒物（PM2.5）浓度下降。",
    "化学需氧量、二氧化硫排放量下降。",
    "湘政发〔2022〕15号文件。",
    "党的二十大精神深入人心。",
]


@pytest.mark.parametrize("text", TRAPS)
def test_numerals_that_state_no_figure_are_left_alone(text):
    assert figures(text) == []


ROLES = [
    ("水利利用系数由原来的0.58提高到0.73。", [("before", None), ("after", None)]),
    ("将63道工序精简为27道，生产效率提高35%。", [("before", None), ("after", None), ("change", "up")]),
    ("能耗比上年下降3.27%。", [("change", "down")]),
    ("排放量分别下降3.14%和4.66%。", [("change", "down"), ("change", "down")]),
    ("精简30%以上。", [("change", "down")]),
    ("占比提高2.5个百分点。", [("change", "up")]),
    ("增速高于全省平均水平4.2个百分点。", [("change", "up")]),
    ("日均可生产钳子1万把。", [("rate", None)]),
    ("跻身行业全国前5名。", [("rank", None)]),
    ("新增公路19.2万公里。", [("level", None)]),
    ("园区增加值占全市增加值72%。", [("level", None)]),
    ("增至147家。", [("after", None)]),
    ("到达时间提前近2个小时。", [("change", "down")]),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_role_and_direction(text, expected):
    assert [(q.role, q.direction) for q in read(text)] == expected


PERS = [
    ("年产值1亿多元。", "年"),
    ("每人限购6粒。", "人"),
    ("日吞吐量40万件。", "日"),
    ("每户每年补助500元。", "户·年"),
    ("药品1元/粒。", "粒"),
    ("年均增长10.6%。", "年"),
    ("人均可支配收入3万元。", None),
]


@pytest.mark.parametrize(("text", "per"), PERS)
def test_per(text, per):
    assert read(text)[0].per == per


SUBJECTS = [
    ("如今，入园企业198家，投产企业143家。", ["入园企业", "投产企业"]),
    ("开展53座小型水库安全鉴定。", ["小型水库安全鉴定"]),
    ("设立了产业引导基金20亿元、创投基金4亿元。", ["产业引导基金", "创投基金"]),
    ("粮食产量达到50万吨，比上年增长5%。", ["粮食产量", "粮食产量"]),
    ("化学需氧量、氨氮排放量分别下降2%和3%。", ["化学需氧量", "氨氮排放量"]),
    ("灌溉渠道流速由原来的3米/秒，提高到4.5米/秒。", ["灌溉渠道流速", "灌溉渠道流速"]),
    ("为100多家企业提供了服务。", ["企业"]),
    ("五金、家具、皮具等各类产品3万件。", ["各类产品"]),
    ("充分利用60万邵商资源。", ["邵商资源"]),
    ("实施4万亿元的投资计划。", ["投资计划"]),
]


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS)
def test_subject(text, subjects):
    found = [q.subject or "" for q in read(text)]
    assert len(found) == len(subjects)
    for got, wanted in zip(found, subjects, strict=True):
        assert wanted in got or got in wanted, (got, wanted)


def test_places_are_counted_with_and_without_a_measure_word():
    """20镇3街道 and 4个乡; 一社区 is a community's name; a bracket that opened before the number does not close in its noun."""
    compact = read("全市辖20镇3乡、4民族乡、3街道，共12乡镇90社区。")
    assert [(int(q.low), q.unit) for q in compact] == [(20, "镇"), (3, "乡"), (4, "民族乡"), (3, "街道"), (12, "乡镇"), (90, "社区")]
    assert [(q.surface, q.subject) for q in read("全县辖7个街道、4个乡（其中3个民族乡）。")] == [("7个", "街道"), ("4个", "乡"), ("3个", "民族乡")]
    assert read("三街道的老人来到南门一社区。") == []


def test_place_follows_the_body_that_opens_the_clause():
    text = (
        "清河县：产业兴旺\n\n清河县抢抓机遇，引进项目12个。\n\n"
        "清河华兴竹业有限公司去年获得补贴126万元。该公司新上3条生产线。\n\n全县税收增长8%。"
    )
    assert [q.place for q in read(text)] == ["清河县", "清河华兴竹业有限公司", "清河华兴竹业有限公司", "清河县"]


def test_time_is_the_nearest_that_governs():
    text = "2021年，全镇收入3亿元，比2020年增长5%。今年以来，投入500万元。"
    assert [q.time for q in read(text)] == ["2021年", "2021年", "今年以来"]


def test_persons_are_supplied_where_no_measure_word_is_printed():
    assert [(q.unit, q.unit_text) for q in read("解决2.15亿农村人口饮水安全问题。")] == [("名", "")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("投入186万元。", 1855000, 1865000),
        ("面积16.58公顷。", Decimal("16.575"), Decimal("16.585")),
        ("增长40%。", Decimal("39.5"), Decimal("40.5")),
        ("企业198家。", 198, 198),
        ("职工230多人。", 230, 240),
        ("共100万元。", 995000, 1005000),
    ],
)
def test_what_the_printed_digits_can_mean(text, low, high):
    (q,) = read(text)
    assert (q.meant.low, q.meant.high) == (low, high)


def test_a_figure_cut_by_a_line_end_is_one_figure():
    text = "新增公路63.9万公里，其中高速公路3.\n3万公里，新建机场33个。"
    q = read(text)[1]
    assert (q.low, q.spans) == (33000, ((text.index("3.\n"), text.index("，新建")),))


def test_offsets_are_those_of_the_raw_text():
    text = "\ufeff  标题一二三\n\n  甲县投入资金45万余元。\n"
    (q,) = read(text)
    assert text[q.spans[0][0] : q.spans[0][1]] == "45万余元"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由1小时50分缩短到1小时10分。", [(110, "分钟"), (70, "分钟")]),
        ("每斤由3块5涨到4块2。", [(Decimal("3.5"), "元"), (Decimal("4.2"), "元")]),
        ("工期3年零6个月。", [(42, "月")]),
        ("身高1米75。", [(Decimal("1.75"), "米")]),
    ],
)
def test_one_quantity_in_two_units(text, expected):
    assert [(q.low, q.unit) for q in read(text)] == expected


def test_below_zero():
    assert [(q.surface, q.low) for q in read("气温由-5℃升至3℃。")] == [("-5℃", -5), ("3℃", 3)]
    (q,) = read("利润同比-3.2%。")
    assert (q.low, q.role, q.direction) == (Decimal("3.2"), "change", "down")


def test_digits_grouped_by_a_space():
    assert [q.low for q in read("共有农户2 500户，其中脱贫户800户。")] == [2500, 800]


@pytest.mark.parametrize("word", ["自来水普及率", "从业人员比例", "自有资金比重"])
def test_from_is_no_part_of_a_word(word):
    assert [q.subject for q in read(f"{word}由80%提高到95%。")] == [word, word]


def test_full_width_names_are_told_as_printed():
    (q,) = read("２０２１年，Ａ级产品１２件。")
    assert (q.low, q.time, q.subject) == (12, "２０２１年", "Ａ级产品")


def test_goals_and_forecasts_are_noted():
    text = "力争产值突破30亿元。预计新增就业500人。去年完成投资2亿元。"
    assert [q.note for q in read(text)] == ["goal", "forecast", None]
