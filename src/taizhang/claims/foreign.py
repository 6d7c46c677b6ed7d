"""Names of places that cannot be right: a foreign county as the owner of a result, a county under the wrong parent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from taizhang.claims.home import home_of
from taizhang.claims.naming import Named, named_places
from taizhang.claims.prose import sentence_at, widened
from taizhang.core import Finding, Place, Story, places

NEAR = 16
OFTEN = 3
MANY = 3

# What a place can call its own, right after its name.
OWN = r"(?:县|市|区)?的?(?:特色|亮点|品牌|样板|样本|速度|效率|力量|担当|作为|智慧|风采|气派|实践|答卷|成绩|路径|范式|之路)"
LENT = r"(?:县|市|区)?的?(?:经验|模式|做法|方案)"
BOAST = re.compile(
    r"(?:具有|富有|独具|彰显|体现|凸显|突出|展现|打造|形成|探索|走出|创造|创出|创新|构建|树立|擦亮|叫响|总结|贡献|交出|跑出|提供|展示)[^，。；！？\n]{0,12}$"
)
AFTER_OWN, AFTER_LENT = re.compile(OWN), re.compile(LENT)
PRAISE = re.compile(r"(?:谱写|书写|绘就|描绘|奏响|续写)[^，。；！？\n]{0,12}$")
AFTER_PRAISE = re.compile(r"[^，。；！？\n]{0,14}(?:篇章|华章|乐章|答卷|蓝图|画卷)")
BUILD = re.compile(
    r"(?:建设|建成|打造|共建)(?:现代化|社会主义现代化|[\u4e00-\u9fff]{0,4}(?:美丽|平安|清廉|法治|健康|数字|幸福|文明|书香|富美|和美|生态|活力|魅力))新?$"
)
AFTER_BUILD = re.compile(r"[县市区]?(?:[，。；！？、\n]|$)")
# A clause that opens with the place and states a result with a figure.
OPENS = re.compile(r"(?:^|[，。；：！？\n])(?:截至目前|目前|如今|今年以来|近年来|去年|今年|同时|此外|据统计|\d{4}年(?:以来)?)?，?$")
AFTER_OPENS = re.compile(
    r"[县市区]?(?:全县|全市|全区)?(?:[\u4e00-\u9fff]{0,14}?)"
    r"(?:实现|完成|建成|投入|发放|新增|增长|下降|达到?|突破|整合|组织|开展|修复|培育|实施|查处|减少|兑现|改造|清理|筹措|安排|累计|共)[^，。；！？\n]{0,16}\d"
)
LED_BY = re.compile(r"在$")
AFTER_LED_BY = re.compile(r"(?:县委|市委|区委|县政府|市政府|区政府|党委)[^，。；！？\n]{0,10}(?:坚强领导|正确领导|领导下|部署下)")
# What makes another place a guest, a market, a model or a yardstick.
RELATION_BEFORE = re.compile(
    r"(?:来自|对接|引进|引入|学习|借鉴|(?<!可)推广|(?<!可)复制|参照|考察|取经|对标|帮扶|支援|联合|协同|出口|落户|位于|途经|邻近|毗邻|相邻|相比|高于|低于|继)[^，。；！？\n]{0,6}$|"
    r"[从自由向赴往去到与同和跟比援销、][^，。；！？\n]{0,2}$"
)
RELATION_AFTER = re.compile(
    r"[县市省]?(?:籍|客商|老板|商人|企业|公司|厂|商会|游客|乡友|务工|协作|对口|帮扶|援|等地|等县|等市|一带|考察|代表团|党政|学习|合作|联络|专家|"
    r"老师|医院|大学|总部|投资商|来的|人[，。士]|[、和与])"
)
COMPARES = re.compile(
    r"相比|高于|低于|比(?!去年|上年|例|重|较|如|拼|武|赛|学)|分别|各县|全省各|排名|位居|名列|对口|帮扶|协作|考察|学习|借鉴|取经|结对|援建|支援|迁"
)
Frame = tuple[re.Pattern[str], re.Pattern[str]]
FRAMES: tuple[Frame, ...] = (
    (BOAST, AFTER_OWN),
    (BOAST, AFTER_LENT),
    (PRAISE, AFTER_PRAISE),
    (BUILD, AFTER_BUILD),
    (LED_BY, AFTER_LED_BY),
)
# As the subject of a result a place may simply be the next one told of: it takes a home named more than once.
SUBJECT = (OPENS, AFTER_OPENS)

LEVELS = {"county": 0, "prefecture": 1, "province": 2}
STANDS_FREE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在到从于对的是由和与及为赴往至自])$")
GUESTS = re.compile(r"商会|办事处|联络处|同乡会|籍|分公司|分行|会馆")
# Places that changed hands within living memory: older texts print the older place above them.
FORMER = {
    (child, parent)
    for parent, children in {
        "巢湖市": ("含山县", "和县", "无为市", "庐江县"),
        "六安市": ("寿县",),
        "安庆市": ("枞阳县",),
        "资阳市": ("简阳市",),
        "四平市": ("公主岭市",),
        "四川省": ("重庆市", "涪陵区", "万州区", "黔江区"),
        "广东省": ("海口市", "三亚市"),
    }.items()
    for child in children
}


def foreign_place(story: Story) -> Iterable[Finding]:
    """A query for a place that is not of the story's home and is named as the owner of a result."""
    text = widened(story.flow.text)
    named = named_places(text)
    homes = home_of(story, named)
    if not homes:
        return
    foreign = [n for n in named if not any(n.related(h) for h in homes)]
    frames = (*FRAMES, SUBJECT) if sum(any(n.related(h) for h in homes) for n in named) > 1 else FRAMES
    for guest in _unrelated(text, foreign):
        if _owns(text, guest, frames) and not _compared(text, guest, foreign):
            yield _foreign(story, guest, homes[0])


def _unrelated(text: str, foreign: list[Named]) -> list[Named]:
    """The foreign places that are named once or twice, and nowhere as a guest, a market or a model."""
    uses: dict[str, list[Named]] = {}
    for n in foreign:
        uses.setdefault(n.places[0].code, []).append(n)
    rare = [group for group in uses.values() if len(group) < OFTEN and not any(_is_guest(text, n) for n in group)]
    return sorted((n for group in rare for n in group), key=lambda n: n.at)


def _is_guest(text: str, n: Named) -> bool:
    before = text[max(n.at[0] - NEAR, 0) : n.at[0]]
    return bool(RELATION_BEFORE.search(before) or RELATION_AFTER.match(text, n.at[1]))


def _owns(text: str, n: Named, frames: tuple[Frame, ...]) -> bool:
    """True when a frame of words makes the place the owner of what is told."""
    before, after = text[max(n.at[0] - 2 * NEAR, 0) : n.at[0]], n.at[1]
    return any(lead.search(before) and then.match(text, after) for lead, then in frames)


def _compared(text: str, n: Named, foreign: list[Named]) -> bool:
    """True in a sentence that compares, or that names several other places."""
    start, end = sentence_at(text, n.at[0])
    others = {f.name for f in foreign if start <= f.at[0] < end and not f.related(n)}
    return bool(COMPARES.search(text, start, end)) or len(others) >= MANY


def _foreign(story: Story, guest: Named, home: Named) -> Finding:
    where = _where(guest)
    return Finding(
        article=story.article.id,
        kind="query",
        rule="foreign-place",
        spans=(*story.flow.raw(guest.at), *story.flow.raw(home.at)),
        printed=guest.name,
        follows=home.name,
        miss=None,
        why=f"本文讲的是{home.name}的事，这里却把成绩记在“{guest.name}”（{where}）名下，可能是套用别处稿件留下的地名，请核。",
        why_en=f"The story is about {home.name}, but here the result is given to “{guest.name}” ({where}), perhaps left from another text.",
    )


def _where(n: Named) -> str:
    """The full name of a place with the names above it."""
    return "或".join(full_name(p) for p in n.places[:2])


def full_name(place: Place) -> str:
    """The name of a place after the names of the places above it."""
    above = _by_code().get(place.parent or "")
    return (full_name(above) if above else "") + place.name


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Place]:
    return {p.code: p for p in places()}


def wrong_parent(story: Story) -> Iterable[Finding]:
    """A query for a place printed right after the name of a place that does not hold it (四川省东安县)."""
    text = widened(story.flow.text)
    for above, below in pairwise(named_places(text)):
        if above.at[1] == below.at[0] and below.exact and _is_parent(text, above, below) and not _may_hold(above, below):
            yield _misplaced(story, above, below)


def _is_parent(text: str, above: Named, below: Named) -> bool:
    """True when the first name is of a higher level and stands as a name of its own."""
    higher = max(LEVELS[p.level] for p in above.places) > max(LEVELS[p.level] for p in below.places)
    return (
        higher
        and (above.full or bool(STANDS_FREE.search(text[max(above.at[0] - 2, 0) : above.at[0]])))
        and not GUESTS.match(text, below.at[1])
    )


def _may_hold(above: Named, below: Named) -> bool:
    """True when one place of the lower name lies, lay or may have lain in one of the higher name."""
    if below.under(above) or any((p.name, a.name) in FORMER for p in below.places for a in above.places):
        return True
    direct = [p for p in below.places if p.code[2:4] == "90"]
    return any(p.code[:2] == a.code[:2] for p in direct for a in above.places)


def _misplaced(story: Story, above: Named, below: Named) -> Finding:
    where = _where(below)
    printed = above.name + below.name
    return Finding(
        article=story.article.id,
        kind="query",
        rule="wrong-parent",
        spans=story.flow.raw((above.at[0], below.at[1])),
        printed=printed,
        follows=where,
        miss=None,
        why=f"“{printed}”：{below.name}属{where}，不在{above.name}，请核。",
        why_en=f"“{printed}”: {below.name} belongs to {where}, not to {above.name}.",
    )
