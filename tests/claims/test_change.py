"""The size of a change against its ends: what follows, and what stays silent."""

from __future__ import annotations

import pytest

from .said import contradictions, marked, told

WRONG = [
    # from A to B, growth in %
    ("企业由120家增加到150家，增长40%。", "15pp"),
    ("企业由120家增加到150家，增长26%。", "1pp"),
    ("今年产量150吨，比上年的120吨增长30%。", "5pp"),
    ("去年产量120吨，今年产量150吨，增长30%。", "5pp"),
    ("经过努力，产量由120吨增长30%，达到150吨。", "5pp"),
    ("产量增长30%，由120吨增至150吨。", "5pp"),
    ("今年上半年完成税收3.60亿元，而去年同期仅为3.00亿元，同比增长10%。", "10pp"),
    # falls
    ("办理环节由9个精简为5个，精简55.6%。", "11.2pp"),
    ("企业办税时间由原来的5天缩短为2天，压缩了40%。", "20pp"),
    # against the verb
    ("工序由63道减少到72道。", None),
    # percentages and percentage points
    ("普及率由62%提高到70%，提高10个百分点。", "0.5pp"),
    ("合格率由62%提高到70%，提高8%。", "2.7pp"),
    # differences in the unit of the ends
    ("床位由80张增加到120张，增加50张。", "10张"),
    ("森林面积由2015年的120万亩扩大到2020年的132万亩，五年净增15万亩。", "3万亩"),
    # multiples
    ("大棚从120个增加到480个，增加了4倍。", "1×"),
    ("藏书由2.30万册增加到6.90万册，是原来的2.5倍。", "0.5×"),
    ("藏书达6.90万册，相当于去年2.30万册的2.5倍。", "0.5×"),
    ("产值由5000万元增加到1.5亿元，翻了一番。", "90pp"),
    # the value before is not printed
    ("产量达到150吨，比上年增加30吨，增长35%。", "10pp"),
    ("产量达到150吨，同比减少50吨，下降20%。", "5pp"),
    # the times named say which came first
    ("2021年，镇里外出务工的有3560人，到2022年变成3713人，一年间多了5.4%。", "1.1pp"),
    ("火灾起数去年同期203起、今年167起，11.2%的降幅背后，是一次次上门排查。", "6.5pp"),
    ("一季度接到订单353份，二季度接到订单383份，环比增长18.4%。", "9.9pp"),
    ("本学年在校学生5010人，上学年为5512人，减少15.1%。", "6pp"),
    ("客户三年前只有28家，眼下已经有43家，涨了65%。", "11.4pp"),
    ("2022年案件数为90件，2021年案件数为100件，下降20%。", "10pp"),
    ("2021年案件数为100件；2022年案件数为90件，下降20%。", "10pp"),
    ("本月销售120台，上月销售100台，环比上升30%。", "10pp"),
    # one end set beside the other
    ("与2020年的198.4万元相比，2022年全乡总收入达到239.9万元，增长了30.9%。", "10pp"),
    ("50.00万人次！这是景区交出的成绩单，较2019年同期的40.00万人次高出35.0%。", "10pp"),
    ("比起两年前的300个，全镇的网点已有370个，净增加88个。", "18个"),
    ("生猪出栏62.77万头，同比增长4.8%（上年同期58.77万头）。", "2pp"),
    ("日前，相较去年“五一”的20万人次，今年“五一”游客量30万人次，上涨15%。", "28.4pp"),
    # the verb says which came last
    ("2017年，合作社产值100.0万元；到2022年，产值跃上300.0万元，增长3倍。", "1×"),
    ("首次投诉100起，整改后降为60起，降了60%。", "20pp"),
    # any verb that is done by so much
    ("平均亩产由404公斤提到了483公斤，增产39.6%。", "20pp"),
    ("平均浓度由63微克/立方米降至41微克/立方米，改善61.4%。", "26.5pp"),
    ("以前一个月的电费要800元，现在只要600元，省了35%。", "10pp"),
    ("税收收入完成16863万元，同比减收2722万元，下降9.3%。", "4.6pp"),
    ("20%的增长，让这家老厂的年产量从1000吨来到了1500吨。", "30pp"),
    ("从65.7%到79.3%，普及率11.4个百分点的跨越，靠的是一根根水管。", "2.2pp"),
    ("有效发明专利从240件增至346件，实现翻番。", None),
    # year by year
    ("产值由2017年的120亿元增加到2022年的193亿元，年均增长12%。", "2pp"),
    ("2007年外贸额比2002年增长55.5%，年均增长10.6%。", "10pp"),
    ("2018年产值144亿元，比2016年的100亿元年均增长22.0%。", "2pp"),
    ("2016年到2018年，产值由100亿元增加到144亿元，平均每年增长22.0%。", "2pp"),
    # the difference before what is reached
    ("网点增加50个，达到150个，增长60.0%。", "10pp"),
]

SILENT = [
    ("right", "企业由120家增加到150家，增长25%。"),
    ("right within rounding: 1.2 万 may be 11,500 and 1.8 万 may be 18,500", "去年接待1.2万人次，今年接待1.8万人次，增长60%。"),
    ("right at the last printed digit", "由9800吨增加到1.18万吨，增长20.4%。"),
    ("points between percentages", "合格率由62%提高到70%，提高8个百分点。"),
    ("percent of a percentage, said as such", "发生率由12%下降到9%，下降25%。"),
    ("another subject", "将63道工序精简为27道，生产效率提高35%，产值增长54.2%。"),
    ("another subject, a part", "年产值由8亿元增加到12亿元，其中出口额增长80%。"),
    ("constant prices", "国内生产总值从54万亿元增加到82.7万亿元，年均增长7.1%。"),
    ("real growth", "人均可支配收入由12000元增加到15000元，实际增长18%。"),
    ("counted from another day", "贷款余额达120亿元，比年初增加15亿元，同比增长20%。"),
    ("another start", "由2019年的120家增加到2022年的150家，比上年增长8%。"),
    ("sum of many years", "从2019年的1200万元增加到2022年的3000万元，三年累计增收5000万元。"),
    ("four or five steps in five years", "五年来，产值由100亿元增加到161亿元，年均增长10%。"),
    ("right, year by year from the value set beside it", "2018年产值144亿元，比2016年的100亿元年均增长20.0%。"),
    ("right, year by year in the years told first", "2016年到2018年，产值由100亿元增加到144亿元，平均每年增长20.0%。"),
    ("right, the difference before what is reached", "网点增加50个，达到150个，增长50.0%。"),
    ("a quarter's growth over last year is not its growth over the quarter before", "一季度用电100万千瓦时，二季度用电150万千瓦时，同比增长9%。"),
    ("a half year within its year", "2022年出栏生猪42万头，2023年一季度出栏生猪12万头，增长5%。"),
    ("another crop", "去年粮食总产量1.52万吨，今年早稻总产量4520吨，增产3%。"),
    ("both of last year", "去年新建公路120公里，改建公路80公里，增长12%。"),
    ("a loss and a profit", "去年亏损300万元，今年盈利500万元，同比增加800万元。"),
    ("every two years", "1991年，全村总收入1080万元，1996年达到1.14亿元，平均两年翻一番。"),
    ("a whole and its daily average", "去年有9640人接受培训，同比减少3%。前年平均每天有26.4人参加。"),
    ("more than doubled", "有效发明专利从120件增至346件，实现翻番。"),
    ("another thing in the next sentence", "公路里程177公里，比去年同期的161公里增加16公里。这里距县城14公里。"),
    ("each its own", "财政收入由1.2亿元增加到2.4亿元，翻了一番；居民收入由8000元增加到20000元，增长1.5倍。"),
]


@pytest.mark.parametrize(("text", "miss"), WRONG)
def test_a_change_that_its_ends_refute(text: str, miss: str | None) -> None:
    assert contradictions(text) == [("change", miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_a_change_that_may_be_right(why: str, text: str) -> None:
    assert contradictions(text) == [], why


def test_the_finding_names_the_numbers_and_what_follows() -> None:
    text = "企业由120家增加到150家，增长40%。"
    (found,) = told(text)
    assert marked(text, found) == ["120家", "150家", "40%"]
    assert (found.printed, found.follows, found.miss) == ("40%", "120家→150家: +25%", "15pp")
    assert found.why == "由120家到150家应为增长25%，文中却是增长40%。"
    assert found.why_en == "From 120家 to 150家 the change is +25%, but the text says 40%."


@pytest.mark.parametrize(
    ("text", "follows"),
    [("将63道工序精简为27道，生产效率提高35%。", "−57.1%"), ("流速由原来的3米/秒，提高到4.5米/秒。", "+50%"), ("补助由240元提高到450元。", "+87.5%")],
)
def test_a_change_without_its_size_is_noted(text: str, follows: str) -> None:
    assert [(f.kind, f.rule, f.follows) for f in told(text)] == [("note", "change", follows)]


def test_averages_cannot_decide_about_a_rate_over_the_whole() -> None:
    (found,) = told("各单位文件平均91张减至39张，压减率65.3%。")
    assert (found.kind, found.rule, found.follows) == ("note", "average", "91张→39张: −57.1%")
