"""The words that make a place the owner of what is told, and those that make it a guest, a market, a model or a yardstick."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.claims.naming import Named
from taizhang.claims.prose import sentence_at

NEAR = 16
MANY = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before the place and what after it. A loose frame is for full names only: a short one may be half of two words."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    loose: bool = False


# The words go straight on to the place: 兴和 in 打造乡村振兴和品牌 is none.
JOINT = r"(?:了|出|出了)?(?:[^，。；！？\n]{0,10}的)?(?:新时代|新征程|现代化)?$"
BOAST = re.compile(
    r"(?:具有|富有|独具|彰显|体现|凸显|突出|展现|打造|形成|探索|走出|创造|创出|创新|构建|树立|擦亮|叫响|总结|贡献|交出|跑出|提供|展示)"
    + JOINT
)
OWN = re.compile(
    r"[县市区]?的?(?:特色|亮点|品牌|样板|样本|速度|效率|力量|担当|作为|智慧|风采|气派|实践|答卷|成绩|路径|范式|之路|经验|模式|做法|方案)"
)
PRAISE = re.compile(r"(?:谱写|书写|绘就|描绘|奏响|续写)" + JOINT)
PRAISED = re.compile(r"[^，。；！？\n]{0,14}(?:篇章|华章|乐章|答卷|蓝图|画卷)")
BUILD = re.compile(
    r"(?:建设|建成|打造|共建)(?:现代化|[\u4e00-\u9fff]{0,4}(?:美丽|平安|清廉|法治|健康|数字|幸福|文明|书香|富美|和美|生态|活力|魅力))新?$"
)
BUILT = re.compile(r"[县市区]?(?:[，。；！？、\n]|$)")
LED = re.compile(r"在$")
LEADERS = re.compile(r"[县市区]?(?:委|[县市区]委|[县市区]?政府|党委)[^，。；！？\n]{0,10}(?:坚强领导|正确领导|领导下|部署下)")
FRAMES = (Frame(BOAST, OWN), Frame(PRAISE, PRAISED), Frame(BUILD, BUILT), Frame(LED, LEADERS))

# A clause that opens with the place and states a result with a figure.
OPENS = re.compile(r"(?:^|[，。；：！？\n])(?:截至目前|目前|如今|今年以来|近年来|去年|今年|同时|此外|据统计|\d{4}年(?:以来)?)?，?$")
RESULTS = (
    r"(?:实现|完成|建成|投入|发放|新增|增长|下降|达到?|突破|整合|组织|开展|修复|培育|实施|查处|减少|兑现|改造|清理|筹措|安排|累计|共|占|面积|拥有|现有)"
    r"[^，。；！？\n]{0,16}\d"
)
FIRM = r"(?![^，。；！？\n]{0,14}(?:公司|集团|商行|银行))"
RESULT = re.compile(FIRM + r"(?:全县|全市|全区)?[\u4e00-\u9fff]{0,14}?" + RESULTS)
SUMMARY = re.compile(
    r"(?:全县|全市|全区|共|已|累计|先后|今年|去年|市场主体|粮食|财政|地区生产总值|规模|农民|居民|农村|旅游|城镇|固定资产|经济|工业|农业)"
    r"[\u4e00-\u9fff]{0,10}?" + RESULTS
)
RESULT_FRAMES = (Frame(OPENS, RESULT, loose=True), Frame(OPENS, SUMMARY))

# What only a story's own county does in it: its own marks (旺苍智造), its own aims (清廉旺苍), its own offices and resolve.
FREE = re.compile(r"(?:^|[^\u4e00-\u9fff]|更多的?|叫响|擦亮|让|以|的)$")
MARK = re.compile(r"[县市区]?(?:特色|样板|样本|速度|力量|担当|答卷|智造|制造|品牌|标准|名片|新篇章|篇章)")
AIM = re.compile(r"(?:美丽|平安|清廉|法治|健康|数字|幸福|书香|富美|和美|活力|魅力|现代化|新时代|创新|开放|实力)$")
AIMED = re.compile(r"[县市]?(?:建设|高质量发展|新篇章|贡献|作出|[，。；！？、”\n])")
RESOLVE = re.compile(
    r"[县市区]?(?:[县市区]?委)?(?:、?[县市区]?政府)?(?:始终|不断|持续|坚持|坚定|锚定|聚焦|大力|着力|扎实|积极|全力|深入|全面|紧扣|紧盯|围绕|立足|充分|"
    r"认真|狠抓|强化|奋力|牢固|高度重视|抢抓|按照|把|将|成为|先后|荣获|获评|跻身|入选|以[^，。；！？\n]{1,12}为)"
)
OFFICE = re.compile(
    r"[县市区]?[\u4e00-\u9fff]{0,8}(?:局|大队|指挥部|委员会|办公室|防控办|人大常委会|政协)"
    r"[^，。；！？\n]{0,6}(?:组织|开展|扎实|着力|积极|持续|推|坚持|全面|现有|根据|按照|以)"
)
COUNTY_FRAMES = (Frame(FREE, MARK), Frame(AIM, AIMED), Frame(OPENS, RESOLVE), Frame(OPENS, OFFICE, loose=True))

# What makes another place a guest, a market, a model or a yardstick.
RELATED_BEFORE = re.compile(
    r"(?:来自|对接|引进|引入|学习|借鉴|(?<!可)推广|(?<!可)复制|参照|考察|取经|对标|帮扶|支援|联合|协同|出口|落户|位于|途经|邻近|毗邻|相邻|相比|高于|低于|继)[^，。；！？\n]{0,6}$|"
    r"[从自由向赴往去到与同和跟比援销][^，。；！？\n]{0,2}$|、$"
)
RELATED_AFTER = re.compile(
    r"[县市省]?(?:籍|客商|老板|商人|企业|公司|厂|商会|游客|乡友|务工|协作|对口|帮扶|援|等地|等县|等市|一带|考察|代表团|党政|学习|合作|联络|专家|"
    r"老师|医院|大学|总部|投资商|来的|人[，。士]|[、和与])"
)
COMPARES = re.compile(
    r"相比|高于|低于|比(?!去年|上年|例|重|较|如|拼|武|赛|学)|分别|各县|全省各|排名|位居|名列|对口|帮扶|协作|考察|学习|借鉴|取经|结对|援建|支援|迁"
)


def is_guest(text: str, n: Named) -> bool:
    """True where the words beside a place give it its own part: a firm's origin, a market, a partner, a model."""
    before = text[max(n.at[0] - NEAR, 0) : n.at[0]]
    return bool(RELATED_BEFORE.search(before) or RELATED_AFTER.match(text, n.at[1]))


def owns(text: str, n: Named, frames: Sequence[Frame]) -> bool:
    """True when a frame of words makes the place the owner of what is told."""
    before = text[max(n.at[0] - 2 * NEAR, 0) : n.at[0]]
    return any((n.full or not f.loose) and f.before.search(before) and f.after.match(text, n.at[1]) for f in frames)


def opens_clause(text: str, n: Named) -> bool:
    """True when a clause begins with the place."""
    return bool(OPENS.search(text[max(n.at[0] - NEAR, 0) : n.at[0]]))


def compared(text: str, n: Named, foreign: Sequence[Named]) -> bool:
    """True in a sentence that compares, or that names several other places; `foreign` is in reading order."""
    start, end = sentence_at(text, n.at[0])
    i, j = (bisect_left(foreign, edge, key=lambda f: f.at[0]) for edge in (start, end))
    others = {f.name for f in foreign[i:j] if not f.related(n)}
    return bool(COMPARES.search(text, start, end)) or len(others) >= MANY
