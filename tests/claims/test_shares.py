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
    ("share", "应接种1152人，实际接种1048人，接种率达45.48%。", "45.49pp"),
    ("share", "应收水费50.0万元，实收40.0万元，收缴率90.0%。", "10pp"),
    ("share", "年度任务1000户，目前已经改造800户，完成进度90%。", "10pp"),
    ("share", "营业收入20.70亿元，其中44.3%来自海外市场，金额为14.95亿元。", "27.9pp"),
    ("share", "一般公共预算支出200亿元，75%用在了民生上，民生支出130亿元。", "10pp"),
    ("share", "55%的贷款投向小微企业——新增的200亿元贷款里，小微企业拿走90亿元。", "10pp"),
    ("share", "完成投资33.35亿元，为年度计划50.00亿元的76.7%。", "10pp"),
    ("share", "民间投资完成120亿元，占全部投资（200亿元）的比重为70%。", "10pp"),
    ("share", "91名党员，在全厂455名职工中占到30.0%。", "10pp"),
    ("share", "全市共有200家企业参评，30%获评A级，共80家。", "10pp"),
    ("share", "在200万元的经费总额中，有30%也就是80万元用于购书。", "10pp"),
    ("share", "等级公路250公里，占公路里程的比重为35.0%，公路里程为1000公里。", "10pp"),
    ("share", "寄宿生占到在校学生的60%，也就是1000人中有500人。", "10pp"),
    ("share", "公交车500辆。新能源公交车250辆，占了60.0%。", "10pp"),
    ("share", "在校学生500人。寄宿生250人，占了60.0%。", "10pp"),
    ("share", "公路里程1000公里。其中，等级公路500公里，占比达60.0%。", "10pp"),
    ("share", "林地1000亩，公益林和经济林分别为500亩和200亩，占比分别为60.0%、20.0%。", "10pp"),
    ("share", "常住人口1000人，其中60岁及以上人口200人、15岁以下人口150人，分别占30.0%和15.0%。", "10pp"),
    ("part", "入园企业198家，其中投产企业243家。", "45家"),
    ("part", "在120户脱贫户中，有130户实现增收。", "10户"),
    ("part", "目前，重点项目共98个。其中，开工项目120个。", "22个"),
]

SILENT = [
    ("right", "全局现有退休干部165人，其中党员57人，占34.5%。"),
    ("right, the whole inside the phrase", "民间投资完成120亿元，占全部投资（200亿元）的比重为60%。"),
    ("right, the whole inside the phrase, without a verb", "91名党员，在全厂455名职工中占到20.0%。"),
    ("right, the whole named after its share", "等级公路250公里，占公路里程的比重为25.0%，公路里程为1000公里。"),
    ("the value of another name after its share", "等级公路250公里，占公路里程的比重为25.0%，农村公路为1500公里。"),
    ("right, share, whole and part", "寄宿生占到在校学生的50%，也就是1000人中有500人。"),
    ("right, of the whole in the sentence before", "公交车500辆。新能源公交车250辆，占了50.0%。"),
    ("of things counted otherwise than in the sentence before", "公交车500辆。充电车位250个，占了60.0%。"),
    ("of the two sentences together", "小学生500人。中学生250人，占了33.3%。"),
    ("a place beside a place", "东河村种茶500亩。下湾村茶园250亩，占了60.0%。"),
    ("right, ages in the names of the parts", "常住人口1000人，其中60岁及以上人口200人、15岁以下人口150人，分别占20.0%和15.0%。"),
    ("those that failed beside the rate of those that passed", "抽查的33种电话机中有9种不合格，产品合格率为71.4%。"),
    ("shares beside shares", "出口额占全国的11%，却占全州的16%；对亚洲出口占出口总额的30%。"),
    ("origins beside origins", "受访者中，47%来自内地，35%来自香港，12%来自台湾。"),
    ("a share of all there are", "全国共有6453种内部报纸停办，压缩正式报纸229种，占全国正式报纸总量的10.4%。"),
    ("of the laid off of the city", "市区新建了3个专业市场和4个夜市，安排下岗职工2850人，占下岗职工总数的78%。"),
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
