"""One saying of a measure, with all that could set it apart from another saying of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.claims.scene import Mention, Sentence

CARRIER = re.compile(r"(?:共计|共有|总计|合计|达到|已有|现有|约有|共|已|有|为|达|约)+$")
# Words that take up a measure named before; anything else before it is a part of another name.
TAKEN_UP = re.compile(r"(?:要|需要?|应|将|立足|围绕|依托|利用|发挥|凭借|显示|表明|对于?|把|以|据|介绍|统计|数据|这些|上述|全|该|本|省|市|县|区|镇|乡|村|的)*")
# Ends of names that a statistic bears: its value at a time is one.
STATISTIC = re.compile(r"(?:收入|支出|产值|总值|产量|面积|人口|总[额量数和]|库容|投资|全长|容量|余额|存量|保有量|人数|户数|里程|藏书|增加值|利润|[\u4e00-\u9fff]率)$")
FLOW = re.compile(
    r"新增|新建|新开|新|改建|扩建|改造|建成|建设|完成|实施|投入|投资|安排|下拨|拨付|发放|兑现|引进|培育|培训|种植|栽种|修复|处理|查处|争取|"
    r"实现|开展|组织|举办|收到|办理|整治|清理|拆除|新招|招收|补助|救助|惠及|服务|接待|销售|生产|出口|进口|签约|筹措|筹集|采购|检查|排查|化解|走访|"
    r"计划|拟|力争|目标|将达|将有|将增|预计|规划|减免|减少|取消|关闭|淘汰|退出|再|另|还|又|追加|提供|参与|指导|录入|开工|竣工|脱贫|转移"
)
REACHED = re.compile(r"实现|完成")  # verbs under which a statistic stands as well as under 为
OWNER = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:公司|集团|省|市|县|区|镇|乡|村|街道|社区|企业|厂|学校|小学|中学|医院|局|队|组|园区?|店|站|院|基地|合作社|项目)")
SCOPE = re.compile(r"全国|全省|全市|全县|全区|全镇|全乡|全村|全球|世界|城镇|农村|城乡|国内|国外|境外|中央|地方|东部|西部|中部")
OWN_SCOPE = frozenset({"全国", "全省", "全市", "全县", "全区", "全镇", "全乡", "全村"})
PREDICATE = re.compile(r"(?<=.{2})(?:做好|做|开展|提供|实现|进行|正在|全部|全面|纷纷|均|已|都|将|在|得到|完成|参与|参加|运行|投入|获|成为).*$")
OWN = re.compile(r"^(?:该|本|全)(?:省|市|州|县|区|镇|乡|村|校|院|局|队|公司|园区?|企业|社区|街道)?")
PRESENT = re.compile(r"^(?:现|目前|如今|当前|截至.*|截止.*|全年|年末|年底)$")
GENERAL_OWNER = re.compile(r"^为?(?:该|本|我|全|各|此|这)")
TIMES = re.compile(
    r"(?:19|20)\d{2}年|去年|今年|上年|前年|明年|本月|上月|同期|\d{1,2}月|上半年|下半年|[一二三四]季度|“?[一二三四五六七八九十]+五”?|五年|三年|两年|过去|今后|未来|当年|当日|每|日均|年均"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One mention of a measure. `name` is what is measured, `flow` the verb it stands under (empty for a stock)."""

    sentence: Sentence
    m: Mention
    name: str
    flow: str
    topic: str
    owners: frozenset[str]
    scopes: frozenset[str]
    times: frozenset[str]

    @property
    def offset(self) -> int:
        """Where it stands in the flow of its story."""
        return self.sentence.at + self.m.start

    @property
    def is_named_before(self) -> bool:
        """True when the name stands before the number (藏书8179册), false when the number counts what follows (97家合作社)."""
        at = self.m.q.subject_at
        return CARRIER.sub("", self.m.lead).endswith(self.name) or (at is not None and at[0] < self.m.q.at[0])


def saying_of(sentence: Sentence, m: Mention) -> Saying:
    """The mention with its name, verb, topic, owners, scopes and times."""
    before = sentence.text[max(0, m.start - 60) : m.start]
    around = before + m.tail
    name = plain(m)
    return Saying(
        sentence, m, name, _flow(m, name), _topic(sentence, m),
        frozenset(w for w in _owners(_opening(sentence) + "，" + m.clause, m.q.place) if w not in name),
        frozenset(SCOPE.findall(around)) - OWN_SCOPE,
        frozenset(TIMES.findall(around)) | ({m.q.time} if m.q.time and not PRESENT.search(m.q.time) else set()),
    )  # fmt: skip


def plain(m: Mention) -> str:
    """The subject without the place it opens with, and without 该县, 全市."""
    q = m.q
    subject = (m.tail.partition("的")[0] if m.lead.endswith("这") else q.subject or "").strip("的“” ")  # 这2500亩果园
    if q.subject_at and q.subject_at[0] >= q.at[1]:
        subject = PREDICATE.sub("", subject.partition("的")[0])  # 97家合作社做好服务
    opened = OWNER.match(subject)
    if opened and len(subject) - opened.end() >= 2:
        subject = subject[opened.end() :]
    return OWN.sub("", subject).removeprefix("现有").strip("的")


def _flow(m: Mention, name: str) -> str:
    found = FLOW.findall(m.lead)
    return "".join(w for w in found if w not in name and not (STATISTIC.search(name) and REACHED.fullmatch(w)))


def _topic(sentence: Sentence, m: Mention) -> str:
    """What the sentence speaks of before it comes to the mention: 研究生教育招生 …，毕业生; empty for its first measure."""
    first = next((x for x in sentence.mentions if not x.aside), m)
    return "" if first is m else plain(first)


def _opening(sentence: Sentence) -> str:
    """The words up to the first clause mark or number of a sentence, where its owner is named."""
    return re.split(r"[，,、；：（(]", sentence.text[: min(sentence.mentions[0].start, 40)])[0]


def _owners(before: str, place: str | None) -> list[str]:
    """The bodies named before a number, else the place it stands under, without the words for the story's own (该县, 全市)."""
    return [w for found in OWNER.findall(before) if (w := _own_name(found))] or ([name] if place and (name := _own_name(place)) else [])


def _own_name(found: str) -> str:
    """A body's name without the words that lead to it; empty for the story's own."""
    word = re.sub(r"^(?:.*[年月日，])?(?:现有|在|从|由|对|向|的|据|到)?", "", found)
    return "" if GENERAL_OWNER.search(word) else word


def set_apart(a: Saying, b: Saying) -> bool:
    """True when the words around two sayings set them apart: another verb, owner, scope or time."""
    return a.flow != b.flow or not _same_owners(a.owners, b.owners) or a.scopes != b.scopes or not (a.times <= b.times or b.times <= a.times)


def _same_owners(a: frozenset[str], b: frozenset[str]) -> bool:
    """True when each owner named on one side ends as one on the other (要立足东河街道, 东河街道), or one side names none."""
    few, many = sorted((a, b), key=len)
    return all(any(x.endswith(y) or y.endswith(x) for y in many) for x in few)
