"""Pieces of a list that are names of the very things counted: villages for 个村, persons for 名, titles for 个节目."""

from __future__ import annotations

import re

from taizhang.claims.counts import StatedCount
from taizhang.core import Span, places_by_name

# The commonest surnames, by number of bearers (national name reports of the public security ministry, 2018 to 2021).
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤左温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍成苗谷盛曲"
)
PERSON = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}")
LAST_PERSON = re.compile(rf"(?:^|[\u4e00-\u9fff]){PERSON.pattern}$")
PERSONS = frozenset("名位人户")
PLACES = re.compile(r"个?(?:乡镇|[乡镇村县市区州]|社区|街道|县区|市州|村民小组|小组)(?!长|民(?!小组)|干)")
TITLES = frozenset("》”")
NOUN_SEEN = 6


def names(text: str, count: StatedCount, pieces: tuple[Span, ...], led: bool) -> bool:
    """True when the pieces are names of what is counted; with `led`, other words may stand before the first."""
    words = [text[a:b] for a, b in pieces]
    rest = words[1:] if led else words
    last = {w[-1] for w in words}
    if len(words) < 2:
        return False
    if last <= TITLES or all(w in places_by_name() for w in rest):
        return True
    if count.measure in PERSONS:
        return bool(LAST_PERSON.search(words[0])) and all(PERSON.fullmatch(w) for w in rest)
    thing = count.measure + count.noun[:NOUN_SEEN]
    if len(last) == 1 and last <= set(thing.removeprefix("个")):
        return True
    bare = len(words) > 2 and len(last) > 1 and all(1 < len(w) < 4 for w in rest)  # 白沙、水口、石江
    return bare and PLACES.match(thing) is not None
