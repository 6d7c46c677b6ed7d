"""Rule `twice`: the same measure of the same thing, said twice in one story.

Two sayings are compared only when nothing in the text sets them apart: subject, unit, role, per,
whole, time, place, scope and the verb they stand under. Ranges that cannot meet are a contradiction;
ranges that meet under different hedges (40多万件, 40万件) are a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from taizhang.claims import cues
from taizhang.claims.saying import amount, finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.whole import OF_THESE, is_average
from taizhang.core import Finding, Story, unit_named

Key = tuple[object, ...]
LONGEST_SUBJECT = 10
CARRIER = re.compile(r"(?:共计|共有|总计|合计|达到|已有|现有|约有|共|已|有|为|达|约)+$")
# Words that take up a measure named before; anything else before it is a part of another name.
TAKEN_UP = re.compile(r"(?:要|需要?|应|将|立足|围绕|依托|利用|发挥|凭借|显示|表明|对于?|把|以|据|介绍|统计|数据|这些|上述|全|该|本|省|市|县|区|镇|乡|村|的)*")
WINDOW = 1500  # characters between two sayings; a title is compared with the whole story
TELLING = 6  # characters of a subject that needs no topic beside it
KEPT = 4  # earlier sayings of one measure that are remembered
STOCK = re.compile(r"(?:现|共|已|总共|一共|目前|现共)?(?:拥?有|存有|达到?|为|是|共计|总计|合计|总数|约|藏有|储备|在册|登记)")
FLOW = re.compile(
    r"新增|新建|新开|新|改建|扩建|改造|建成|建设|完成|实施|投入|投资|安排|下拨|拨付|发放|兑现|引进|培育|培训|种植|栽种|修复|处理|查处|争取|"
    r"实现|开展|组织|举办|收到|办理|整治|清理|拆除|新招|招收|补助|救助|惠及|服务|接待|销售|生产|出口|进口|签约|筹措|筹集|采购|检查|排查|化解|走访|"
    r"计划|拟|力争|目标|将达|将有|将增|预计|规划|减免|减少|取消|关闭|淘汰|退出|再|另|还|又|追加|提供|参与|指导|录入|开工|竣工|脱贫|转移"
)
OWNER = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:公司|集团|省|市|县|区|镇|乡|村|街道|社区|企业|厂|学校|小学|中学|医院|局|队|组|园|店|站|院|基地|合作社|项目)")
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
    """One mention of a measure with all that could set it apart from another."""

    sentence: Sentence
    m: Mention
    flow: str
    topic: str
    owners: frozenset[str]
    scopes: frozenset[str]
    times: frozenset[str]


def twice(story: Story) -> Iterator[Finding]:
    """Contradictions and notes between two sayings of one measure."""
    seen: dict[Key, list[Saying]] = {}
    for sentence in sentences(story):
        for m in sentence.mentions:
            key = _key(m)
            if key is None:
                continue
            saying = _saying(sentence, m)
            earlier = seen.setdefault(_said_before(m, key, seen), [])
            yield from _compare(earlier, saying)
            earlier.append(saying)
            if len(earlier) > KEPT:
                del earlier[1]  # the first saying, often the title's, stays


def _key(m: Mention) -> Key | None:
    """What two sayings of one measure have in common; None for a mention that names no measure of its own."""
    q = m.q
    if m.aside or m.lead == "" or q.subject is None or len(_plain(m)) < 2 or q.role not in ("level", "rate") or cues.change_of(m):
        return None
    if cues.FROM.search(m.lead) or cues.TO.search(m.lead) or OF_THESE.search(m.lead) or m.kind in ("time", "time-day", "time-work", "age", "multiple", "point"):
        return None
    return (_plain(m), m.base, q.role, q.per, q.of, m.is_percent, is_average(m))


def _said_before(m: Mention, key: Key, seen: Mapping[Key, object]) -> Key:
    """The key under which the words right before the number were said before (要立足藏书8179册的实际), else its own."""
    if key in seen:
        return key
    words = CARRIER.sub("", m.lead)
    for n in range(min(LONGEST_SUBJECT, len(words)), 1, -1):
        other = (words[-n:], *key[1:])
        if other in seen:
            return other if TAKEN_UP.fullmatch(OWNER.sub("", words[:-n])) else key
    return key


def _plain(m: Mention) -> str:
    """The subject without the place it opens with, and without 该县, 全市."""
    q = m.q
    subject = (m.tail.partition("的")[0] if m.lead.endswith("这") else q.subject or "").strip("的“” ")  # 这2500亩果园
    if q.subject_at and q.subject_at[0] >= q.at[1]:
        subject = PREDICATE.sub("", subject.partition("的")[0])  # 97家合作社做好服务
    opened = OWNER.match(subject)
    if opened and len(subject) - opened.end() >= 2:
        subject = subject[opened.end() :]
    return OWN.sub("", subject).removeprefix("现有").strip("的")


def _saying(sentence: Sentence, m: Mention) -> Saying:
    before = sentence.text[max(0, m.start - 60) : m.start]
    around = before + m.tail
    return Saying(
        sentence, m, _flow(m), _topic(sentence, m),
        frozenset(w for w in _owners(_opening(sentence) + "，" + m.clause, m.q.place) if w not in _plain(m)),
        frozenset(SCOPE.findall(around)) - OWN_SCOPE,
        frozenset(TIMES.findall(around)) | ({m.q.time} if m.q.time and not PRESENT.search(m.q.time) else set()),
    )


def _topic(sentence: Sentence, m: Mention) -> str:
    """What the sentence speaks of before it comes to the mention: 研究生教育招生 …，毕业生; empty for its first measure."""
    first = next((x for x in sentence.mentions if not x.aside), m)
    return "" if first is m else _plain(first)


def _opening(sentence: Sentence) -> str:
    """The words up to the first clause mark or number of a sentence, where its owner is named."""
    return re.split(r"[，,、；：（(]", sentence.text[: min(sentence.mentions[0].start, 40)])[0]


def _owners(before: str, place: str | None) -> Iterator[str]:
    """The bodies named before a number, without the words that stand for the story's own (该县, 全市)."""
    for found in [*OWNER.findall(before), *([place] if place else [])]:
        word = re.sub(r"^(?:.*[年月日，])?(?:现有|在|从|由|对|向|的|据|到)?", "", found)
        if not GENERAL_OWNER.search(word):
            yield word


def _flow(m: Mention) -> str:
    """The verb the measure stands under: empty for a stock (现有, 共有, 达)."""
    found = FLOW.findall(m.lead)
    return "".join(found)


def _compare(earlier: list[Saying], later: Saying) -> Iterator[Finding]:
    for first in reversed(earlier):
        if not _comparable(first, later):
            continue
        if not first.m.size.meets(later.m.size):
            if first.topic == later.topic or len(_plain(later.m)) >= TELLING:
                yield _apart(first, later)
            return
        if _differently_hedged(first.m, later.m):
            yield _hedged(first, later)
            return


def _differently_hedged(a: Mention, b: Mention) -> bool:
    """True for 40多万件 and 40万件; a bound (900万人以上) is another statement than a number above it."""
    if a.q.hedge == b.q.hedge or a.q.surface == b.q.surface:
        return False
    return a.q.low == b.q.low or (a.meant.is_bounded and b.meant.is_bounded)


def _comparable(a: Saying, b: Saying) -> bool:
    in_title = a.sentence.at < a.sentence.story.title_end
    near = b.sentence.at + b.m.start - a.sentence.at - a.m.start <= WINDOW
    return (
        (in_title or near) and a.flow == b.flow
        and _same_owners(a.owners, b.owners) and a.scopes == b.scopes and _alike(a.times, b.times)
        and a.sentence is not b.sentence
    )


def _same_owners(a: frozenset[str], b: frozenset[str]) -> bool:
    """True when each owner named on one side ends as one on the other (要立足东河街道, 东河街道), or one side names none."""
    few, many = sorted((a, b), key=len)
    return all(any(x.endswith(y) or y.endswith(x) for y in many) for x in few)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """True when one side adds nothing to the other."""
    return a <= b or b <= a


def _apart(a: Saying, b: Saying) -> Finding:
    unit = unit_named(b.m.q.unit)
    gap = a.m.size.gap(b.m.size) / (unit.factor if unit else 1)
    subject = _plain(a.m)
    return finding(
        b.sentence, (a.m, b.m), "contradiction", "twice", (b.m.q.surface, a.m.q.surface, amount(gap, b.m.q.unit)),
        f"同一篇里{subject}先写{a.m.q.surface}，后写{b.m.q.surface}，两个数不能都对。",
        f"The same story gives {subject} as {a.m.q.surface} and later as {b.m.q.surface}; both cannot be right.",
    )


def _hedged(a: Saying, b: Saying) -> Finding:
    subject = _plain(a.m)
    return finding(
        b.sentence, (a.m, b.m), "note", "twice", (b.m.q.surface, a.m.q.surface, None),
        f"{subject}一处写{a.m.q.surface}，一处写{b.m.q.surface}，两种说法可以并存，宜统一。",
        f"{subject} is {a.m.q.surface} in one place and {b.m.q.surface} in another: the two can both be right, but one form is better.",
    )
