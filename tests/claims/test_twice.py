"""One measure said twice: compared only when nothing sets the two sayings apart."""

from __future__ import annotations

import pytest

from .said import contradictions, told

WRONG = [
    ("全县参与茶产业的农户达2.6万户。\n村里修了路。全县参与茶产业的农户达2.3万户，户户增收。", "2000户"),
    ("该镇现有注册商标1640件。工作人员介绍，注册商标共1633件。", "7件"),
    ("临江市养老床位达到886张。从全年情况看，临江市养老床位889张。", "3张"),
    ("这届书展共展出图书18000册。工作人员说，这16000册图书来自百家出版社。", "2000册"),
    ("龙山隧道全长3850米。这条全长4120米的隧道去年贯通。", "270米"),
    ("青山水库总库容850万立方米，灌溉着两个乡镇。水库总库容580万立方米，去年完成加固。", "269万立方米"),
    ("全县有脱贫户3260户。目前，全县3620户脱贫户均已落实帮扶措施。", "360户"),
    ("合作社有社员156户。年底，165户社员全部拿到了分红。", "9户"),
    ("2021年全市实现旅游总收入25.3亿元。2021年全市旅游总收入为26.8亿元，恢复明显。", "1.4亿元"),
    ("安平县现有水库49座。\n截至目前，安平县共有水库58座。", "9座"),
    ("总投资5.6亿元的城东水厂开工。城东水厂总投资5.3亿元，明年投用。", "2000万元"),
    ("全长13.5公里的青石公路通车。这条全长6.2公里的线路连起三个乡。", "7.2公里"),
    ("安平县共有合作社165家，上述155家合作社均已登记。", "10家"),
    ("全县94所公办幼儿园已完成登记，这41所公办幼儿园将统一编号。", "53所"),
    ("读书节共有196人参加。据主办方介绍，参加读书节的共101人。", "95名"),
    ("全县学生总数为663名（即664名）。", "1名"),
    ("科技园区现有藏书14660册，设施完善。下一步，将围绕14659册藏书做好服务。", "1册"),
]

SILENT = [
    ("right", "该镇现有注册商标1640件。工作人员介绍，注册商标共1640件。"),
    ("two villages", "松林村藏书3000册。东河村藏书2000册。"),
    ("two villages of one passage", "过去一年，柳树村藏书2500册。大坪村藏书4662册。"),
    ("a part taken up at once", "全县94所公办幼儿园中，41所已完成登记，这41所公办幼儿园将统一编号。"),
    ("two meetings", "读书节共有196人参加。参加运动会的共101人。"),
    ("two roads", "全长13.5公里的青石公路通车。全长6.2公里的柳林公路开工。"),
    ("two times", "2021年全县造林面积120公顷。2022年全县造林面积150公顷。"),
    ("town and country", "城镇居民收入3万元。农村居民收入2万元。"),
    ("twice the same verb, two deeds", "该公司投资500万元建设厂房。该公司又投资800万元购置设备。"),
    ("stock and flow", "全县现有医院12所。今年全县新建医院3所。"),
    ("a way of speaking, not a count", "素质不仅包括科学素质，而且包括道德素质，这两个方面相互联系。教育主要有三个方面的作用。"),
    ("distances of races", "女子100米蛙泳比赛结束。女子200米自由泳她得了第一。"),
    ("two persons", "张某侵吞公款43万元，案发后已追缴款、物共计50万元。李某受贿38万元，案发后已追缴款、物共计32万元。"),
    ("two gifts", "老王来到办公室，捐款12000元。老谢也来了，捐款5000元。"),
    ("a part of the loans", "当年新增流动资金贷款352.7亿元，其中对重点企业新增流动资金贷款133.2亿元。"),
    ("two bridges", "澧水大桥全长519米。下游的资水大桥全长658米。全长820米的沅水大桥正在建设。"),
    ("the sum of two counts", "男运动员200名，女运动员174名。这374名运动员来自各乡镇。"),
    ("two villages and their incomes", "松林村1996年人均收入1800元。\n村里搞起养殖。1996年人均收入1260元的东河村也找上门来。"),
    ("two firms, two things", "从装修到试产仅用时5个月。一周内办好了所有手续。"),
]


@pytest.mark.parametrize(("text", "miss"), WRONG)
def test_two_sayings_that_cannot_both_be_right(text: str, miss: str) -> None:
    assert [m for rule, m in contradictions(text) if rule == "twice"] == [miss]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_two_sayings_that_may_both_be_right(why: str, text: str) -> None:
    assert contradictions(text) == [], why


def test_two_hedges_of_one_measure_are_noted() -> None:
    text = "近300条线路覆盖全国，货物日吞吐量40多万件。\n立足40万件货物日吞吐量的优势，引进大型企业。"
    assert [(f.kind, f.rule, f.printed, f.follows) for f in told(text)] == [("note", "twice", "40万件", "40多万件")]
