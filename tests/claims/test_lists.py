"""A stated count against its list: what is queried, and what stays silent."""

from __future__ import annotations

import pytest

from taizhang.claims.lists import list_count

from .list_texts import FRESH_TEXTS, LIST_TEXTS
from .plain import page_findings, page_stories, plain_story, report_stories
from .wider_list_texts import SILENT_TEXTS, WIDER_TEXTS

QUERIED = [
    ("组建巡查、抢险、宣传、劝导、后勤、医护等5支志愿服务队。", "5支志愿服务", "+1"),
    ("今年抓好以下三项工作：一是修路；二是治水。", "三项工作", "-1"),
    ("全镇有四个重点，一要稳粮，二要兴业，三要治水，四要修路，五要育人。", "四个重点", "+1"),
    ("资金投向青山县、白水县、红土县和黄沙县五个县。", "五个县", "-1"),
    ("县里确定了三个试点村（上坪村、下坪村、石桥村、竹山村）。", "三个试点村", "+1"),
    ("讲了四点意见。\n（一）思想要重视\n（二）措施要具体\n（三）责任要落实", "四点意见", "-1"),
    ("一是账目公开。二是物资盘点。三是责任到人。以上两点，务必落实。", "两点", "+1"),
    ("干部们坚持“三个下沉”。\n力量下沉到村组。每天入户走访。\n服务下沉到田头。技术员跟班指导。", "三个下沉", "-1"),
    ("做到“四个到位”：领导到位、人员到位、措施到位，做到早发现、早报告。", "四个到位", "-1"),
    ("围绕“五抓”：抓班子、抓产业、抓项目、抓民生。", "五抓", "-1"),
    ("要过好“三关”。一是思想关。二是能力关。三是作风关。四是廉洁关。", "三关", "+1"),
    ("实现三个第一，即出栏量居全省第一；销售额增长12%，居全省第一；加工率达到60%；外销量突破5万吨。", "三个第一", "+1"),
]

SILENT = [
    ("a slogan spelled out", "围绕“四抓”，即抓班子、抓产业、抓项目、抓民生，打造强村。"),
    ("等 closes examples, fewer than counted", "覆盖青山、白水、红土等12个乡镇。"),
    ("等 closes as many as counted", "组建巡查、抢险、宣传、劝导、后勤等5支志愿服务队。"),
    ("kinds of things, not the things", "全村新建公厕、垃圾站、停车场12个。"),
    ("kinds of persons, not the persons", "选派医生、护士、药师9名，驻村服务。"),
    ("the subjects of a verb", "县委、县政府出台三项措施，支持企业发展。"),
    ("times, not things", "县委、县政府三次召开会议。"),
    ("months", "布洛芬、体温计、口罩备足6个月用量。"),
    ("a count that governs no list", "全县引进3个项目。一是项目审批提速；二是用地保障到位。"),
    ("two named in the sentence itself", "必须从增加供给和抑制需求两方面采取措施。一要多种粮；二要多修渠；三要严管理。"),
    ("a nested list", "抓好两件事：一是修路，重点有两条，一是东线，二是西线；二是治水。"),
    ("all under one, part under 其中", "全县有8个乡镇，其中石桥镇、青山镇、白水乡受灾较重。"),
    ("a pair joined in one piece", "围绕种植养殖、产品加工、仓储和物流三个环节发力。"),
    ("a pair that may be one or two", "围绕种植养殖、产品加工、仓储和物流四个环节发力。"),
    ("a slogan without headings", "深入推进“三个走进”活动，群众满意度明显提升。"),
    ("a slogan with all its headings", "以“三个下沉”破题。\n力量下沉到村组。\n服务下沉到田头。\n资源下沉到农户。"),
    ("parts of a measure", "58个县（市、区）实施了新办法，两个方面（省、市）同时发力。"),
    ("speech after a colon", "10名先进之一的老李说：“这两年，我真无悔。”"),
    ("two counts of one list", "北京、天津、河北、山东、辽宁三省两市共同举办。"),
    ("a pair inside a longer list", "贵州、湖南和江西两省南部有冻雨。"),
    ("characters, not pieces", "牢记八个字：引导、扶植、协调、建制。"),
    ("points in the line", "六项举措包括：一、出口信贷、信用保险；二、扩大融资。"),
    ("a congress", "十五大报告指出：“国有经济起主导作用，主要体现在控制力上。”"),
    ("kinds of persons after 包括", "新任委员22名，包括工商、金融、专业、基层及宗教界人士。"),
    ("two lists around a verb, the second with 等", "各乡镇对山塘、水库开展检查、维修、清淤等三项工作。"),
    ("kinds of buildings, not the buildings", "新建公厕、停车场、小广场5处便民设施。"),
    ("首先, 其次 and then in other words", "制定了四项措施。首先，加强宣传。其次，开辟线路。此外还降了票价、减了手续。"),
    ("a list, then more thoughts on it", "文化有两个层面：自在的文化、自觉的文化；两者有张力，文化就有活力；反之则衰。"),
    ("an ordinal", "第三个项目包括道路、桥梁。"),
    ("a range", "每村选出3至5名骨干：党员、能人、退伍军人。"),
    ("levels", "建立县、乡、村三级网络。"),
    ("clauses that are no list", "县里出台三项政策：对首次创业、吸纳就业的企业给予补贴，让群众得到实惠。"),
    ("two lists around a verb", "各乡镇对山塘、水库开展检查、维修、清淤三项工作。"),
    ("a series cut off by the next one", "工作体会有两点。一是坚持党建引领，二是坚持群众路线。下步打算：一是修路，二是治水，三是兴业。"),
]


def queries(text: str, **more: object) -> list[tuple[str, str | None]]:
    return [(f.printed, f.miss) for f in list_count(plain_story(text, **more))]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "printed", "miss"), QUERIED)
def test_queries_a_count_that_its_list_does_not_bear_out(text: str, printed: str, miss: str) -> None:
    assert queries(text) == [(printed, miss)]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_stays_silent(why: str, text: str) -> None:
    assert queries(text) == [], why


@pytest.mark.parametrize(
    "rows", [LIST_TEXTS[::2], LIST_TEXTS[1::2], FRESH_TEXTS, WIDER_TEXTS], ids=["worked with", "held out", "fresh", "wider"]
)
def test_recall_and_precision_on_pairs(rows: list[tuple[str, str, str]]) -> None:
    right = [text.replace("#", good) for text, good, _ in rows]
    wrong = [text.replace("#", bad) for text, _, bad in rows]
    assert [t for t in right if queries(t)] == []
    missed = [t for t in wrong if not queries(t)]
    assert len(missed) <= len(wrong) // 10, missed


@pytest.mark.parametrize("text", SILENT_TEXTS)
def test_stays_silent_where_the_text_does_not_say_enough(text: str) -> None:
    assert queries(text) == []


def test_says_when_the_cut_may_be_the_cause() -> None:
    text = "坚持“三个下沉”。\n力量下沉到村组。\n服务下沉到田头。"
    (whole,) = list_count(plain_story(text))
    (cut,) = list_count(plain_story(text, missing=("end",)))
    assert "不全" not in whole.why
    assert "cut" not in whole.why_en
    assert "文章不全" in cut.why
    assert "the article is cut short" in cut.why_en


def test_tells_the_pieces_in_both_languages() -> None:
    (found,) = list_count(plain_story("下设办公室、资金组、督查组四个机构。"))
    assert found.kind == "query"
    assert found.rule == "list-count"
    assert found.why == "文中说“四个机构”，能找到的是3个（下设办公室、资金组、督查组），请核。"
    assert found.why_en == "The text says “四个机构”, but 3 can be found (下设办公室; 资金组; 督查组)."


def test_spans_point_into_the_raw_text() -> None:
    text = "资金投向青山县、白水县、红土县和黄沙县五个县。"
    (found,) = list_count(plain_story(text))
    assert [text[s:e] for s, e in found.spans] == ["五个县", "资金投向青山县", "白水县", "红土县", "黄沙县"]


def test_the_annotated_page() -> None:
    _, stories = page_stories()
    found = {s.article.id: list(list_count(s)) for s in stories}
    wanted = page_findings("list-count")
    for gold in wanted:
        spans = [tuple(s) for s in gold["spans"]]
        assert any(_overlap(spans, f.spans) for f in found[gold["article"]]), gold["id"]
    assert sum(map(len, found.values())) == len(wanted)


def test_the_real_reports_are_silent() -> None:
    assert [f.why for story in report_stories() for f in list_count(story)] == []


HOSTILE = ["三个" * 20000, "一是" * 20000, "“三个推动”" * 8000, "甲、" * 30000 + "三个县", "（" * 30000, "三个方面：" * 9000]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    list(list_count(plain_story(text)))


def _overlap(a: list[tuple[int, ...]], b: tuple[tuple[int, int], ...]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)
