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
    ("小麦1650亩，玉米1960亩，大豆162亩，加起来是3872亩。", "100亩"),
    ("国省道169公里、县道340公里、乡村道2084公里，三类公路合在一起有2693公里。", "100公里"),
    ("一、二、三季度分别实现税收1.5亿元、5.5亿元、2.2亿元，前三季度累计9.8亿元。", "6000万元"),
    ("加上新建的125个，连同原有的141个，全县充电桩总量为276个。", "10个"),
    ("审结案件1233件，即刑事117件、民事1086件、行政31件。", "1件"),
    ("救灾资金379万元已下拨到三个乡镇，甲乡、乙镇、丙镇分别为200万元、43万元、156万元。", "20万元"),
    ("72名队员中，27名留守营地，其余46名全部上堤。", "1名"),
    ("97万元补贴里，中央补贴73万元，省级补贴34万元，没有其他来源。", "10万元"),
    ("共收到建议193条，经梳理，农业类62条，教育类48条，交通类76条。", "7条"),
    ("第一产业占12.5%，第二产业占38.6%，第三产业占51.9%。", "3pp"),
]

LARGER = [
    "共有行政村159个，比上年增长19%，其中示范村325个。",
    "在120户困难户中，有130户已搬进新房。",
    "参加统考的383名学生里头，751名拿到了优秀。",
    "全市种植中药材11.1万亩，仅玉竹一项就达26.5万亩。",
    "上半年实现产值2.22亿元（含出口产值4.66亿元）。",
    "今年新开工项目122个，包括投资亿元以上的项目204个。",
    "调查组发出问卷1993份，收回有效问卷4106份。",
    "应到代表256人，实到代表261人。",
    "全乡脱贫户1982户，去年实现稳定就业的脱贫户3488户。",
    "1398件获奖作品，是评委从971件参评作品里挑出来的。",
    "目前共有在建项目45个，省重点项目占了52个。",
]

NOT_LARGER = [
    ("a part in another clause", "分布在215个监测网点，其中包括干部、教师等，5600多个样板进入了监测网。"),
    ("other things under 其中", "这次共设4个大项。其中小项共40个。"),
    ("each of two", "已有两台33万千瓦机组投产，其中有60万千瓦送往外地。"),
    ("the last two persons, another two", "仅有2人在60岁以下。其中4位科学家已不在人世。"),
    ("smaller things", "设置了20个重点项目，包含69个子项目。"),
    ("side by side", "划转的高校有8所，合作办学的高校有228所。"),
    ("shares of years", "1990年占10.2%，1991年占10.4%。"),
    ("a misprint the reader passed over", "死亡50人，受伤约1·1万人，其中重伤约300人。"),
]

SILENT = [
    ("right", "宣传进农村28次，进社区29次，进企业7次，共64次。"),
    ("right within rounding", "财政赤字2.76万亿元，其中中央财政赤字1.83万亿元，地方财政赤字9300亿元。"),
    ("其中 leaves a rest", "共有企业500家，其中规上企业120家、高新技术企业86家、上市公司3家。"),
    ("kinds that overlap", "共有党员1200名，其中女党员400名，35岁以下党员500名，大专以上学历900名。"),
    ("等 leaves a rest", "合唱团共有40人，由20名教师和15名学生等组成。"),
    ("a total that counts more", "第一批15人，第二批20人，第三批30人，目前共有120人完成培训。"),
    ("made up of three", "考察团由7名企业代表、9名农技专家和5名机关干部组成，共21人。"),
    ("a rest of the rest", "预算盘子是82.9万元：45.0万元用于修路，29.5万元用于水利，剩下的8.4万元用于绿化。"),
    ("winners of some prizes", "四人获特别奖，三人获一等奖，获二、三等奖的作者共13人。"),
    ("another sum of the case", "张某侵吞公款43万元，收受贿赂3万元，案发后已追缴款、物共计32万元。"),
    ("half a year only", "总资产已达到7亿多元，仅前半年的销售额和利税就分别达到近4.5亿元和5500万元。"),
    ("fields of one list", "种植业科技人员204人，牧业科技人员38人，林业科技人员16人。"),
    ("a share of all three", "甲村种植300亩，乙村种植200亩，丙村种植100亩，占全镇种植总面积1000亩的60%。"),
    ("another matter", "新建小学3所、中学2所，共流转土地600亩。"),
    ("shares that claim no completeness", "其中，社会事业投资占44%，自主创新占16%，基础设施占23%，灾后重建占14%。"),
]


@pytest.mark.parametrize(("text", "miss"), WRONG)
def test_parts_that_do_not_add_up(text: str, miss: str) -> None:
    assert contradictions(text) == [("total", miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_parts_that_need_not_add_up(why: str, text: str) -> None:
    assert contradictions(text) == [], why


@pytest.mark.parametrize("text", LARGER)
def test_a_part_larger_than_its_whole(text: str) -> None:
    assert [rule for rule, _ in contradictions(text)] == ["part"]


@pytest.mark.parametrize(("why", "text"), NOT_LARGER)
def test_larger_but_no_part(why: str, text: str) -> None:
    assert contradictions(text) == [], why


def test_listed_parts_of_more_than_the_whole_are_queried() -> None:
    (found,) = told("一季度接收投诉128件，其中转办56件、直接答复85件。")
    assert (found.kind, found.rule, found.follows, found.miss) == ("query", "total", "56件 + 85件 = 141件", "13件")
