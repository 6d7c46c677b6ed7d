"""Dates that cannot be right, and the many that look odd and are right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.claims.dates import date_arithmetic

from .date_texts import FRESH_TEXTS, LAST_TEXTS, NEAR_TEXTS, SILENT_TEXTS
from .plain import page_stories, plain_story, report_stories

WRONG = [
    ("项目将于2022年2月30日前完成。", "2022年2月30日", "没有这一天"),
    ("4月31日，全县召开大会。", "4月31日", "没有这一天"),
    ("2021年2月29日，工程开工。", "2021年2月29日", "没有这一天"),
    ("2022年13月，水库蓄水。", "2022年13月", "没有这一天"),
    ("2022年11月28日（星期二），公示发布。", "星期二", "星期一"),
    ("定于2023年1月9日周三开会。", "周三", "星期一"),
    ("从2018年1月到5月，历时7个月。", "7个月", "4到5个月"),
    ("2018年至2022年六年，共植树3万亩。", "六年", "4到5年"),
    ("2018—2022年三年间，投入8亿元。", "三年", "4到5年"),
    ("工期90天，3月1日开工，6月10日完工。", "90天", "101到102天"),
    ("大桥于2019年3月动工，2021年9月建成，历时五年。", "五年", "2到3年"),
    ("从2022年5月到2021年3月，共办讲座12场。", "2022年5月到2021年3月", "终点早于起点"),
    ("活动从2022年12月20日至次年1月8日，为期30天。", "30天", "19到20天"),
    ("“十四五”时期（2021—2026年），投资12亿元。", "“十四五”时期（2021—2026年", "2021年至2025年"),
    ("2022年是“十四五”开局之年。", "2022年是“十四五”开局之年", "2021年"),
    ("学校创办于1956年，2022年迎来70周年校庆。", "70周年", "66周年"),
    ("他出生于1950年，2020年去世，享年82岁。", "82岁", "约70岁"),
    ("2019年至2022年连续六年获评先进。", "六年", "3到4年"),
    ("集训为期10天（10月1日至8日）。", "10天", "7到8天"),
    ("自2019年3月开工至2021年6月竣工，历时36个月。", "36个月", "27到28个月"),
    ("上半年（1—5月），入库税收3亿元。", "上半年（1—5月）", "1至6月"),
    ("她1950年出生，2022年已82岁。", "82岁", "约72岁"),
    ("2022年铁路春运自1月17日开始，2月25日结束，共45天。", "45天", "39到40天"),
    ("原定9月30日完工，实际8月31日完工，提前了40天。", "40天", "30到31天"),
    ("县城于1929年6月4日解放。2018年6月4日，是县城解放39周年纪念日。", "39周年", "89周年"),
    ("12时13分接警，12时35分获救，用时20分钟。", "20分钟", "21到23分钟"),
    ("2022年，距1985年建厂整整76年。", "76年", "37年"),
]

RIGHT = [
    "1950年到2002年53年。",
    "1950年到2002年52年。",
    "从2018年1月到5月，历时5个月。",
    "从2018年1月到5月，历时4个月。",
    "从2018年1月到5月，历时近6个月。",
    "2018年至2022年五年，共植树3万亩。",
    "2018年至2022年连续三年获奖。",
    "2018年至2022年，用3年时间修路，用2年时间架桥。",
    "2018年至2022年3月，投入8亿元。",
    "2020年2月29日，医疗队出发。",
    "2月29日，医疗队出发。",
    "农历2022年2月30日",
    "2022年11月28日（星期一），公示发布。",
    "2022年11月28日，周二例会制度开始实行。",
    "2022年11月28日，周一至周五开放。",
    "合同工期90天，3月1日开工，6月10日完工。",
    "11月至3月为枯水期，历时5个月。",
    "2021年11月至次年3月，历时5个月。",
    "2022年比2021年增加12家。",
    "由2022年的5家降到2021年的3家。",
    "“十四五”时期（2021—2025年），投资12亿元。",
    "“十五”时期（2001—2005年），投资12亿元。",
    "2021年是“十四五”开局之年，2020年是“十三五”收官之年。",
    "学校创办于1956年，2022年迎来66周年校庆。",
    "他1950年出生，1972年参军，今年73岁。",
    "她1950年出生，2022年已73岁。",
    "犊牛13月龄出栏。",
    "集训为期8天（10月1日至8日）。",
    "集训从2月25日至3日，为期7天。",
    "前三季度（1—9月），入库税收3亿元。",
    "水位3.13月均值见表。",
    "2018年开工建设，2022年底建成，历时四年。",
    "大桥于2019年3月动工，2021年9月建成，历时两年半。",
]


def told(text: str) -> list[tuple[str, str]]:
    return [(f.printed, f.follows) for f in date_arithmetic(plain_story(text))]


@pytest.mark.parametrize(("text", "printed", "follows"), WRONG)
def test_reports_what_cannot_be(text: str, printed: str, follows: str) -> None:
    assert told(text) == [(printed, follows)]


@pytest.mark.parametrize("text", RIGHT)
def test_is_silent_where_a_reading_is_right(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("rows", [NEAR_TEXTS, FRESH_TEXTS, LAST_TEXTS], ids=["near", "fresh", "last"])
def test_recall_and_precision_on_pairs(rows: list[tuple[str, str, str]]) -> None:
    assert [t for t, right, _ in rows if told(t.replace("#", right))] == []
    missed = [t for t, _, wrong in rows if not told(t.replace("#", wrong))]
    assert len(missed) <= len(rows) // 10, missed


@pytest.mark.parametrize("text", SILENT_TEXTS)
def test_is_silent_where_the_text_does_not_say_enough(text: str) -> None:
    assert told(text) == []


def test_says_why_in_both_languages() -> None:
    text = "从2018年1月到5月，历时7个月。"
    (found,) = date_arithmetic(plain_story(text))
    assert (found.kind, found.rule, found.miss) == ("contradiction", "dates", "+2")
    assert [text[s:e] for s, e in found.spans] == ["2018年1月", "5月", "7个月"]
    assert found.why == "2018年1月到5月是4到5个月，文中说“7个月”。"
    assert found.why_en == "From 2018年1月到5月 it is 4到5个月, but the text says “7个月”."


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(1, 400))
def test_a_true_number_of_days_is_never_reported(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    text = f"从{start.year}年{start.month}月{start.day}日到{end.year}年{end.month}月{end.day}日，历时"
    assert told(f"{text}{days}天。") == told(f"{text}{days + 1}天。") == []
    assert told(f"{text}{days + 2}天。") != []


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(0, 6))
def test_weekdays_follow_the_calendar(day: date, shown: int) -> None:
    text = f"{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[shown]}）"
    assert bool(told(text)) == (day.weekday() != shown)


def test_the_annotated_page_holds_no_contradiction() -> None:
    _, stories = page_stories()
    assert [f.why for s in stories for f in date_arithmetic(s)] == []


def test_the_real_reports_hold_no_contradiction() -> None:
    assert [f.why for s in report_stories() for f in date_arithmetic(s)] == []


HOSTILE = [
    "2018年" * 20000,
    "2018年1月到" * 12000,
    "12" * 50000,
    "2022年70周年" * 9000,
    "1950年出生" * 9000,
    "（" * 50000,
    "8时15分到" * 9000,
    "2年从2018年到2019年的3天后" * 4000,
    "从2018年到2019年，历时" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    list(date_arithmetic(plain_story(text)))
