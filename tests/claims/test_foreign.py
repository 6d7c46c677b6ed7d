"""Names of places that cannot be right: a foreign owner of a result, a wrong parent; and the many that are right."""

from __future__ import annotations

import pytest

from taizhang.claims.foreign import foreign_place, wrong_parent

from .plain import page_findings, page_stories, plain_story, report_stories

TITLE = "祁东：黄花菜铺就致富路"
OPENING = "近年来，祁东县坚持党建引领，做大做强黄花菜产业，"

FOREIGN = [
    ("探索出了一条具有桑植特色的产业振兴之路。", "桑植"),
    ("走出了一条独具慈利特色的富民路子。", "慈利"),
    ("形成了可复制的炎陵经验。", "炎陵"),
    ("全力打造乡村振兴的平江样板。", "平江"),
    ("奋力谱写新时代汝城高质量发展新篇章。", "汝城"),
    ("为建设美丽湘阴，干部群众干劲十足。", "湘阴"),
    ("全县上下齐心，建设富美绥宁。", "绥宁"),
    ("交出了一份亮眼的华容答卷。", "华容"),
    ("今年，沅陵县建成加工厂12座，带动3000户增收。", "沅陵县"),
    ("旺苍市场主体增长12%。", "旺苍"),
    ("去年，通道侗族自治县粮食产量达18万吨。", "通道侗族自治县"),
    ("在攸县县委、县政府的坚强领导下，基地面积扩大到16万亩。", "攸县"),
    ("彰显了桂阳县的担当。", "桂阳县"),
    ("“桂东智造”走向全国。", "桂东"),
    ("以清廉石门建设为统领，净化政治生态。", "石门"),
    ("近年来，临澧县坚持绿色发展，群众得实惠。", "临澧县"),
    ("临澧县委、县政府高度重视黄花菜产业。", "临澧县"),
    ("日前，嘉禾县农业农村局组织技术员下乡。", "嘉禾县"),
    ("嘉禾荣获全国黄花菜之乡称号。", "嘉禾"),
]

AT_HOME = [
    ("the place itself", "探索出了一条具有祁东特色的产业振兴之路。"),
    ("the city above", "为衡阳高质量发展书写了祁东答卷。"),
    ("the province above", "彰显湖南特色。"),
    ("a firm's origin", "引进深圳企业3家，投产企业2家。"),
    ("where a firm came from", "该厂去年从东莞市迁来，完成产值2亿元。"),
    ("trade partners", "产品销往广州、长沙、武汉，年销售额达3亿元。"),
    ("a model that is learned from", "学习推广安吉经验，整治村庄32个。"),
    ("a study tour", "赴新化县考察，借鉴新化特色农业做法。"),
    ("helpers from afar", "深圳市福田区对口帮扶，投入资金2000万元。"),
    ("a comparison", "增速比邵东高3个百分点，邵东增长5%。"),
    ("migrants", "在东莞务工的乡亲返乡创业，创办合作社21家。"),
    ("liaison posts", "设立北京、昆明、深圳等外地联络站32个。"),
    ("a fair elsewhere", "在长沙举办推介会，签约项目8个。"),
    ("an ordinary word", "具有东方特色，建设平安家园，打造和平样板。"),
    ("a road and a bank", "沿东安路新建店铺23间，长沙银行发放贷款500万元。"),
    ("a place told of at length", "新化县建成基地3个。新化县与祁东签约。新化县投入800万元。"),
    ("a guest at a fair", "衡南县、耒阳市等地客商前来订货，签约12单。"),
    ("a joint act", "祁东县与邵东市坚持联合巡河，清理垃圾30吨。"),
    ("a large city", "深圳坚持创新驱动，订单增长20%。"),
    ("a model county", "对标浏阳市，浏阳市坚持以花炮兴业。"),
    ("two words that meet in a place name", "打造乡村振兴和品牌建设示范点，谱写乡村振兴和美乡村新篇章。"),
    ("a firm whose name begins like a county", "目前，隆安福皮具公司实现产值1.2亿元，隆安福品牌走向全国。"),
    ("a balance", "新余额达5亿元。"),
    ("a round-up", "东安县坚持种茶。道县坚持种橘。"),
    ("a yardstick", "去年，新化县粮食产量达12万吨，相比之下还有差距。"),
    ("a river basin", "湘江流域完成造林3万亩。"),
]

WRONG_PARENT = [
    ("产品远销四川省东安县等地。", "四川省东安县"),
    ("邵阳市蓝山县的做法值得借鉴。", "邵阳市蓝山县"),
    ("记者在湖南旺苍县采访。", "湖南旺苍县"),
    ("湖南省广元市旺苍县", "湖南省广元市"),
    ("江西省江华瑶族自治县", "江西省江华瑶族自治县"),
    ("永州市花垣县", "永州市花垣县"),
    ("他来自四川省的东安县。", "四川省的东安县"),
]

RIGHT_PARENT = [
    "湖南省永州市东安县",
    "湖南省东安县",
    "永州市江华县",
    "湘西州花垣县",
    "辽宁省朝阳市朝阳县",
    "北京市朝阳区和长春市朝阳区",
    "湖南广东两省",
    "湖南省、四川省旺苍县",
    "湖南广州市场",
    "湖北省仙桃市",
    "新疆阿克苏地区阿拉尔市",
    "巢湖市含山县",
    "湖南省深圳市商会",
    "长沙市和平区域中心",
    "湘南东安县",
]


def owners(body: str, title: str | None = TITLE) -> list[str]:
    return [f.printed for f in foreign_place(plain_story(OPENING + "带动群众增收。\n" + body, title=title))]


@pytest.mark.parametrize(("body", "owner"), FOREIGN)
def test_queries_a_foreign_owner(body: str, owner: str) -> None:
    assert owners(body) == [owner]


@pytest.mark.parametrize(("why", "body"), AT_HOME)
def test_other_places_may_stand_in_a_story(why: str, body: str) -> None:
    assert owners(body) == [], why


def test_a_story_without_a_home_is_left_alone() -> None:
    text = "全国粮食生产再获丰收。\n旺苍县建成高标准农田3万亩。\n东安县建成2万亩。"
    assert list(foreign_place(plain_story(text, title="粮食生产再获丰收"))) == []


def test_tells_both_places_in_both_languages() -> None:
    text = "近年来，东安县修复矿山，探索出了一条具有旺苍特色的修复之路。"
    (found,) = foreign_place(plain_story(text))
    assert (found.kind, found.rule, found.printed, found.follows) == ("query", "foreign-place", "旺苍", "东安县")
    assert [text[s:e] for s, e in found.spans] == ["旺苍", "东安县"]
    assert "四川省广元市旺苍县" in found.why
    assert found.why.startswith("本文讲的是东安县的事")
    assert found.why_en.startswith("The story is about 东安县")


@pytest.mark.parametrize(("text", "printed"), WRONG_PARENT)
def test_queries_a_wrong_parent(text: str, printed: str) -> None:
    assert [f.printed for f in wrong_parent(plain_story(text))] == [printed]


@pytest.mark.parametrize("text", RIGHT_PARENT)
def test_a_right_or_doubtful_parent_is_left_alone(text: str) -> None:
    assert [f.why for f in wrong_parent(plain_story(text))] == []


def test_says_where_the_place_belongs() -> None:
    (found,) = wrong_parent(plain_story("邵阳市蓝山县"))
    assert found.why == "“邵阳市蓝山县”：蓝山县属湖南省永州市蓝山县，不在邵阳市，请核。"
    assert found.why_en == "“邵阳市蓝山县”: 蓝山县 belongs to 湖南省永州市蓝山县, not to 邵阳市."


def test_the_annotated_page() -> None:
    _, stories = page_stories()
    found = [f for s in stories for rule in (foreign_place, wrong_parent) for f in rule(s)]
    (gold,) = page_findings("foreign-place")
    assert [(f.article, f.spans[0]) for f in found] == [(gold["article"], tuple(gold["spans"][0]))]


def test_the_real_reports_are_silent() -> None:
    assert [f.why for s in report_stories() for rule in (foreign_place, wrong_parent) for f in rule(s)] == []


HOSTILE = ["东安" * 30000, "四川省东安县" * 9000, "具有旺苍特色" * 9000, "旺苍县" + "修" * 60000, "具有" * 30000]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    story = plain_story(text, title=TITLE)
    list(foreign_place(story))
    list(wrong_parent(story))
