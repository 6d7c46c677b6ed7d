"""Shares against their part and whole, and parts larger than the whole."""

from __future__ import annotations

import pytest

from .said import contradictions

WRONG = [
    ("share", "全局现有退休干部165人，其中党员57人，占44.5%。", "10pp"),
    ("share", "57名党员，占165名干部的44.5%。", "10pp"),
    ("share", "全校有教师86人，女教师52人，占教师总数的65%。", "4.5pp"),
    ("share", "抽检样品200个，合格190个，合格率97%。", "2pp"),
    ("share", "投入资金600万元，其中60%（390万元）用于道路建设。", "5pp"),
    ("share", "全年目标任务为500套，已开工450套，开工率95%。", "5pp"),
    ("part", "入园企业198家，其中投产企业243家。", "45家"),
    ("part", "在120户脱贫户中，有130户实现增收。", "10户"),
    ("part", "目前，重点项目共98个。其中，开工项目120个。", "22个"),
]

SILENT = [
    ("right", "全局现有退休干部165人，其中党员57人，占34.5%。"),
    ("right at the edge: 57 of 165 is 34.545…", "全局现有退休干部165人，其中党员57人，占35%。"),
    ("the share of something else, by chance like 143 of 198", "入园企业198家，投产企业143家，园区规模工业增加值占全市规模工业增加值82%。"),
    ("a share of the world", "铁路里程12.1万公里，其中高速铁路1.9万公里，占世界60%。"),
    ("each its own share", "党员57人，占34.5%；群众108人，占65.5%。"),
    ("shares in the order of the parts", "造林1.20万亩，其中经济林7000亩、生态林5000亩，分别占58.3%和41.7%。"),
    ("the share of all three together", "甲村种植300亩，乙村种植200亩，丙村种植100亩，占全镇种植总面积1000亩的60%。"),
    ("households, not persons", "全村共有320户1200人，其中贫困户45户168人，占全村户数的14.1%。"),
    ("another unit", "新增铁路里程1.97万公里，其中高速铁路8951公里。"),
    ("of a part of the whole", "全县有乡镇18个，其中石桥镇有村32个。"),
    ("of the amount named beside it", "全县现有教师1650人、学生3.2万人，其中留守儿童2000人。"),
]


@pytest.mark.parametrize(("rule", "text", "miss"), WRONG)
def test_a_share_or_part_that_cannot_be(rule: str, text: str, miss: str) -> None:
    assert contradictions(text) == [(rule, miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_a_share_or_part_that_may_be(why: str, text: str) -> None:
    assert contradictions(text) == [], why
