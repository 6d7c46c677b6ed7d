"""Parts against their total: only where the text says that the parts are all."""

from __future__ import annotations

import pytest

from .said import contradictions, told

WRONG = [
    ("共排查隐患120处：道路45处、桥梁30处、矿山46处。", "1处"),
    ("三个乡镇共植树600亩，分别为150亩、200亩、260亩。", "10亩"),
    ("宣传进农村28次，进社区29次，进企业7次，共66次。", "2次"),
    ("投入资金600万元，包括省级资金300万元、市级资金200万元和县级资金150万元。", "50万元"),
    ("共有职工120人，其中本科80人，其余50人为专科。", "10名"),
    ("全县共有教师1650人，其中男教师650人，女教师1100人。", "100名"),
    ("财政赤字2.76万亿元，其中中央财政赤字1.83万亿元，地方财政赤字8300亿元。", "1000亿元"),
    ("该队由教师12名、医生8名和护士5名组成，共26人。", "1名"),
    ("工程总投资8.6亿元，其中一期5.2亿元，二期4.4亿元。", "1亿元"),
    ("第一产业占12.5%，第二产业占38.6%，第三产业占51.9%。", "3个百分点"),
]

SILENT = [
    ("right", "宣传进农村28次，进社区29次，进企业7次，共64次。"),
    ("right within rounding", "财政赤字2.76万亿元，其中中央财政赤字1.83万亿元，地方财政赤字9300亿元。"),
    ("其中 leaves a rest", "共有企业500家，其中规上企业120家、高新技术企业86家、上市公司3家。"),
    ("kinds that overlap", "共有党员1200名，其中女党员400名，35岁以下党员500名，大专以上学历900名。"),
    ("等 leaves a rest", "合唱团共有40人，由20名教师和15名学生等组成。"),
    ("a total that counts more", "第一批15人，第二批20人，第三批30人，目前共有120人完成培训。"),
    ("another matter", "新建小学3所、中学2所，共流转土地600亩。"),
    ("shares that claim no completeness", "其中，社会事业投资占44%，自主创新占16%，基础设施占23%，灾后重建占14%。"),
]


@pytest.mark.parametrize(("text", "miss"), WRONG)
def test_parts_that_do_not_add_up(text: str, miss: str) -> None:
    assert contradictions(text) == [("total", miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_parts_that_need_not_add_up(why: str, text: str) -> None:
    assert contradictions(text) == [], why


def test_listed_parts_of_more_than_the_whole_are_queried() -> None:
    (found,) = told("一季度接收投诉128件，其中转办56件、直接答复85件。")
    assert (found.kind, found.rule, found.follows, found.miss) == ("query", "total", "141件", "13件")
