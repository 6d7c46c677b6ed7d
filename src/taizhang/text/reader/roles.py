"""What a number does in its clause: level, rate, rank, change, or an end of a change."""

from __future__ import annotations

import re

from taizhang.core import Direction, Role
from taizhang.text.reader.clauses import Setting
from taizhang.text.reader.words import words

_UP, _DOWN = words("up"), words("down")
_LONGEST = max(map(len, _UP | _DOWN))
_FILLER = re.compile(
    r"(?:了|近|约|超|超过|达到?|高达|为|仅|又|还|各|均|就|至少|最多|最高|实际|名义|同比|环比|年均|累计|分别|逾|突破|整整|一倍多|的|是|在|有|：|:)+$"
)
_TO = re.compile(r"(?:增长?|增加|提高|提升|上升|上涨|升|涨|扩大|扩|发展|拓展|增多|攀升|跃升|跃|回升|恢复|下降|降低?|减少?|减|缩短|缩减|缩小|压缩|压减|压降|精简|核减|回落|下调|上调|调整|调|下跌|跌|缩|延长|延|变|变成|转|改|改造|整合|合并|优化|壮大|下滑|滑落|收窄|控制|翻)(?:了)?(?:到|至|为|成)(?:现在的?|目前的?|如今的?|今年的?|当前的?|去年的?|[0-9]{4}年的?|了)?(?:约|近|超过?|仅)?(?:每[\u4e00-\u9fff]{1,4}|人均|户均|平均|每年|每月)?$")
_TO_AHEAD = re.compile(r"[^。；！？，]{0,14}?(?:，|,)?[^。；！？，]{0,10}?(?:增|提|上升|上涨|升|涨|扩|发展|攀|跃|恢复|降|减|缩|压|精简|回落|下|调|跌|延|变|转|改|整合|合并|优化|滑落|收窄|翻)[^，。；\d]{0,3}(?:到|至|为|成)")
_FROM = re.compile(r"(?:由|从|自)(?:最初的?|原来的?|原先的?|过去的?|以前的?|之前的?|去年的?|上年的?|[0-9一二〇零年月日底初末以前同期]{2,12}的?|[\u4e00-\u9fff]{0,10}时?的)?(?:约|近|不足|不到)?$")
_FROM_FAR = re.compile(r"(?:由|从)[^，。；到至]{0,16}$")
_ONCE = re.compile(r"(?:原来|原先|原有|原为|此前|过去|之前|以前|改革前|改造前|整改前)(?:的|有|为|是|只有|仅有|共有)?(?:约|近)?$")
_MOVED = re.compile(r"(?:将|把)$")
_BETTER = re.compile(r"(高于|快于|优于|好于|大于|多于|低于|慢于|少于|小于)[^，。；\d]{1,16}$")
_COMPARED = re.compile(r"(?:比|较)[^，。；\d]{1,16}?(高|多|快|低|少|慢|大|小|长|短)(?:出|了)?$")
_TARGET = re.compile(r"(?:与|距)[^，。；]{1,12}(?:差|相差)$")
_PERIOD_NAME = re.compile(
    r"(年|月|日)(?:总)?(?:均)?(?:产值|产量|产能|产|吞吐量|发电量|发电|业务量|营业额|营业收入|营收|销售额|销售收入|销量|销售|处理量|处理|供水量|供水|用水量|用电量|接待量?|收入|利润|税收|纳税|客流量|客流|货运量|运量|流量|均流量|加工量?|加工能力|生产能力|生产|出栏量?|出栏|灌溉|减排量?|减排|节约|节电|节煤|存栏量?|消费量?|交易额|成交额|游客量|访问量|诊疗量|门诊量|屠宰量|净流量|排放量|降水量|补贴|租金)"
)
_NOT_PERIOD = re.compile(r"(?:[0-9零〇一二三四五六七八九十同去今前明本全近当历往每]|上半|下半)$")
_EACH = re.compile(r"每(?:一)?(?:个)?((?:\d{1,4}|[两三四五六七八九十])?(?:人次|公斤|公里|平方米|立方米|千瓦时|小时|分钟|季度|学期|星期|[年月日天周人户亩家村只头次吨斤度元位名公顷秒盒件台辆班场季期届株棵栋镇乡县市组队]))")
_MEANS = re.compile(r"(日|月|年|户|亩|村|周|班)均")
_GROWTH_NAME = re.compile(r"(增幅|增速|涨幅|升幅|增长率|增长速度|提价幅度|涨价幅度|提高幅度|增长幅度|降幅|跌幅|减幅|压减率|下降率|减少率|降价幅度|下降幅度|压减幅度)(?:约|近|超过?|达到?|为|高达|保持在|稳定在|均|分别|超|在|仅|是|[^，。；\d]{0,4})$")
_MORE_MONEY = re.compile(r"[^，。；\d]{2,}新增(?:了|近|约|超过?)?$|^新增(?:了|近|约|超过?)?$")
_CAPITA = re.compile(r"人均(?:[每再又可约超近达了]|每[月年天日]|新增|增加?收?|增长|提高|减少|减轻|补助|补贴|发放)*$")
_MU = re.compile(r"(?:亩|单)产")


def change_of(setting: Setting) -> Direction | None:
    """The direction in which the number says that something changed, or None."""
    m, head = setting.mention, setting.head
    if m.doubling:
        return "up"
    named = _GROWTH_NAME.search(head)
    if named:
        return "down" if named[1][0] in "降跌减压下" else "up"
    verb = _last_change_verb(head, m.kind in ("share", "point", "multiple"))
    if verb:
        return verb
    for pattern in (_BETTER, _COMPARED):
        found = pattern.search(head)
        if found:
            return "down" if found[1][0] in "低慢少小短" else "up"
    if _TARGET.search(head):
        return "down"
    pace = _AT_A_PACE.match(setting.tail)
    if pace:
        return "down" if pace[1] in _DOWN else "up"
    if m.kind == "money" and not setting.tail and _MORE_MONEY.search(head):
        return "up"
    if m.negative and m.kind in ("share", "point"):
        return "down"
    if m.kind == "point":
        return _change_verb_anywhere(head) or "up"
    return _object_between(setting)


def _last_change_verb(head: str, share: bool) -> Direction | None:
    """增长, 减少了近 …: a change verb right before the number, fillers apart."""
    bare = head
    while True:
        stripped = _FILLER.sub("", bare)
        if stripped == bare:
            break
        bare = stripped
    for n in range(_LONGEST, 0, -1):
        word = bare[-n:]
        if len(word) < n or (word in _SAVED and not share):
            continue
        if word in _DOWN and not _blocked(bare, word):
            return "down"
        if word in _UP and not _blocked(bare, word):
            return "up"
    return None


_LONE = frozenset("增升涨多高快扩减降跌低慢少翻攀")


def _blocked(bare: str, word: str) -> bool:
    """A lone character is a verb only where it ends no other word (新增, 最高, 很多, 提高)."""
    if len(word) > 1:
        return False
    before = bare[-2:-1]
    if word in "多高快低慢少" and not re.search(r"[比较][^，。；]{1,16}$", bare[:-1]):
        return True
    return before in "新最很许更较提至太不所特拔" or word not in _LONE


def _change_verb_anywhere(head: str) -> Direction | None:
    for i in range(len(head) - 1, -1, -1):
        for n in (4, 3, 2):
            word = head[i : i + n]
            if len(word) == n and word in _DOWN:
                return "down"
            if len(word) == n and word in _UP:
                return "up"
    return None


_TRANSITIVE = re.compile(
    r"(减轻|降低|缩短|压缩|压减|精简|削减|核减|裁减|缩减|提高|提升|节约|节省|净增|减少|增加|延长|调增|调减|下调|上调|增收|减收)(?!到|至|为|值|量|额|率|幅)[^，。；：、到至\d]{1,10}$"
)
_AT_A_PACE = re.compile(r"的(?:幅度|比例|速度|增幅|降幅)(?:[\u4e00-\u9fff]{0,2}?)(增长|提高|增加|上升|扩大|提升|下降|减少|压减|压缩|降低|递增|递减)")
_SAVED = frozenset({"节约", "节省", "减排", "节能"})


def _object_between(setting: Setting) -> Direction | None:
    """减轻农民负担超过1335亿元: a change verb with its object before the number."""
    found = _TRANSITIVE.search(setting.head)
    if not found:
        return None
    verb = found[1]
    if verb in _SAVED and setting.mention.kind != "share":
        return None
    if verb in ("增加", "提高", "提升", "减少") and setting.mention.kind in ("count", "person"):
        return None if verb != "减少" else "down"
    return "down" if verb in _DOWN else "up"


def role_of(setting: Setting, s: str, earlier: Role | None) -> tuple[Role, Direction | None, str | None]:
    """Role, direction and per of a mention; `earlier` is the role of the mention before it in its sentence."""
    m = setting.mention
    per = per_of(setting)
    end = _end_of_change(setting, s, earlier)
    if end:
        return end, None, per
    direction = change_of(setting)
    if direction:
        return "change", direction, per
    if m.rank:
        return "rank", None, None
    return ("rate" if per else "level"), None, per


def _end_of_change(setting: Setting, s: str, earlier: Role | None) -> Role | None:
    head, m = setting.head, setting.mention
    if _TO.search(head) and not head.endswith(("达到", "成为", "称为", "定为", "约为", "均为", "分别为")):
        return "after"
    ahead = s[m.end : min(m.end + 40, setting.sentence[1])]
    if (_FROM.search(head) or _MOVED.search(head)) and _TO_AHEAD.match(ahead):
        return "before"
    if _FROM_FAR.search(head) and m.kind != "time" and _TO_AHEAD.match(ahead):
        return "before"
    if _FROM.search(head) and re.match(r"[^，。；\d]{0,6}(?:到|至)", ahead):
        return "before"
    if earlier == "before" and re.fullmatch(r"[^，。；\d]{0,6}(?:，)?[^，。；\d]{0,8}(?:到|至|为|成)(?:了|约|近|超过?|目前的?|现在的?|如今的?)?", head):
        return "after"
    return "before" if _ONCE.search(head) else None


def per_of(setting: Setting) -> str | None:
    """The period or unit for which the number is counted: 日 of 每天, 人 of 每人, 年 of 年产值."""
    m = setting.mention
    head = setting.head
    found = [m.per] if m.per and m.kind != "speed" else []
    if _CAPITA.search(head):
        found.append("人")
    found += [_base(each[1]) for each in _EACH.finditer(head)]
    means = _MEANS.findall(head)
    found += means[-1:]
    if _MU.search(head) and m.kind == "mass":
        found.append("亩")
    if not found and m.kind not in ("share", "point", "multiple"):
        named = _period_name(head) or (_period_name(setting.tail[:12]) if m.kind in ("count", "person", "visit", None) else None)
        found += [named] if named else []
    return "·".join(dict.fromkeys(found)) or None


def _period_name(text: str) -> str | None:
    """The period in a name: 年 of 年产值, 日 of 货物日吞吐量."""
    if "人均" in text:
        return None
    named = None
    for found in _PERIOD_NAME.finditer(text):
        named = None if _NOT_PERIOD.search(text, 0, found.start()) else found[1]
    return named


def _base(word: str) -> str:
    return word.replace("天", "日").replace("星期", "周")
