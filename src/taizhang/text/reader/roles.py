"""What a number does in its clause: level, rate, rank, change, or an end of a change."""

from __future__ import annotations

import re

from taizhang.core import Direction, Role
from taizhang.text.reader.clauses import Setting
from taizhang.text.reader.words import from_word, one_of, words

_UP, _DOWN = words("up"), words("down")
_LONGEST = max(map(len, _UP | _DOWN))
_FILLER = re.compile(rf"{one_of('role.filler')}+$")
_NOW = rf"(?:{one_of('role.now')}的?|[0-9]{{4}}年(?:\d{{1,2}}月)?[末底初]?的?|了)?"
_TO = re.compile(
    rf"{one_of('role.to')}了?(?:到|至|为|成){_NOW}(?:约|近|超过?|仅)?(?:每[\u4e00-\u9fff]{{1,4}}|人均|户均|平均|全国|全省|全市|全县)?$"
)
_TO_AHEAD = re.compile(rf"[^。；！？，]{{0,14}}?[，,]?[^。；！？，]{{0,10}}?{one_of('role.ahead')}[^，。；\d]{{0,3}}(?:到|至|为|成)")
_FROM = re.compile(
    rf"{from_word()}(?:{one_of('role.once')}的?|[0-9一二〇零年月日底初末以前同期]{{2,12}}的?|[\u4e00-\u9fff]{{0,10}}时?的)?(?:约|近|不足|不到)?$"
)
_OTHER_END = re.compile(r"[^，。；\d]{0,6}，?[^，。；\d]{0,8}(?:到|至|为|成)(?:了|约|近|超过?|目前的?|现在的?|如今的?|今年的?|\d{4}年的?)?")
_UP_TO = re.compile(r"[^，。；\d]{0,6}(?:到|至)|[^，。；\d]{0,6}，到(?:现在|如今|目前|今年|\d{4}年)")
_FROM_FAR = re.compile(rf"{from_word()}[^，。；到至]{{0,16}}$")
_ONCE = re.compile(rf"{one_of('role.formerly')}(?:的|有|为|是|只有|仅有|共有)?(?:约|近)?$")
_ONCE_OPENS = re.compile(r"[^，。；]{0,8}?(?:过去|以前|以往|原来|原先|此前)(?!的?[几一二两三四五六七八九十\d])")
_NOWADAYS = re.compile(r"如今|现在|现只|眼下|目前")
_FORECAST = re.compile(r"预计|预期|预测|估计")
_GOAL = re.compile(r"力争|计划(?!生育|单列|外|内)|拟(?![定合])|目标|确保|争取|到20[2-9]\d年")
_MOVED = re.compile(r"(?:将|把)$")
_BETTER = re.compile(r"(高于|快于|优于|好于|大于|多于|低于|慢于|少于|小于)[^，。；\d]{1,16}$")
_COMPARED = re.compile(r"(?:比(?![例重率值])|较)[^，。；\d]{1,16}?(高|多|快|低|少|慢|大|小|长|短)(?:出|了)?$")
_TARGET = re.compile(r"(?:与|距)[^，。；]{1,12}(?:差|相差)$")
_PERIOD_NAME = re.compile(rf"(年|月|日)总?均?{one_of('role.period')}")
_NOT_PERIOD = re.compile(r"(?:[0-9零〇一二三四五六七八九十同去今前明本全近当历往每]|上半|下半)$")
_EACH = re.compile(rf"每一?个?((?:\d{{1,4}}|[两三四五六七八九十])?{one_of('role.each')})")
_RATIOS = frozenset({"share", "point", "multiple"})
_MEAN_GROWTH = re.compile(rf"(日|月|年|户|亩)均(?:[^，。；\d]{{0,4}}?)(?:{one_of('role.pace')}|增速|增幅|增长|递增|降幅|涨幅)")
_GENERAL_PERIOD = re.compile(r"(年|月|日)[\u4e00-\u9fff]{0,4}(?:[量额]|产能|能力|收入)(?![\u4e00-\u9fff])")
_MEANS = re.compile(r"(日|月|年|户|亩|村|周|班)均")
_GROWTH_NAME = re.compile(
    rf"({one_of('role.growth')})(?:约|近|超过?|达到?|为|高达|保持在|稳定在|均|分别|超|在|仅|是|[^，。；\d]{{0,4}})$"
    r"|(增长|下降)(?:率|速度)?(?:保持|稳定|维持|控制)在$"
)
_MORE_MONEY = re.compile(r"[^，。；\d]{2,}新增(?:了|近|约|超过?)?$|^新增(?:了|近|约|超过?)?$")
_CAPITA = re.compile(rf"人均{one_of('role.capita')}*$")
_YEARLY = re.compile(r"(?:^|、)年可?(?!年)[\u4e00-\u9fff]{2,4}?(?:约|近|超过?|达)?$")
_MU = re.compile(r"(?:亩|单)产")


def change_of(setting: Setting) -> Direction | None:
    """The direction in which the number says that something changed, or None."""
    m, head = setting.mention, setting.head
    if m.doubling:
        return "up"
    named = _GROWTH_NAME.search(head)
    if named:
        return "down" if (named[1] or named[2])[0] in "降跌减压下" else "up"
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


_TRANSITIVE = re.compile(rf"({one_of('role.transitive')})(?!到|至|为|值|量|额|率|幅)[^，。；：、到至\d]{{1,20}}$")
_AT_A_PACE = re.compile(rf"的(?:幅度|比例|速度|增幅|降幅)[\u4e00-\u9fff]{{0,2}}?({one_of('role.pace')})")
_SIZED = _RATIOS | {"money", "time", "time-day", "time-work"}
_CUTS = frozenset({"减少", "降低", "压减", "精简", "核减", "净增", "削减", "裁减"})
_SAVED = frozenset({"节约", "节省", "减排", "节能"})


def _object_between(setting: Setting) -> Direction | None:
    """减轻农民负担超过1335亿元: a change verb with its object before the number."""
    found = _TRANSITIVE.search(setting.head)
    if not found:
        return None
    verb, between = found[1], len(found[0]) - len(found[1])
    if between > 10 and setting.mention.kind != "share":
        return None
    if setting.mention.kind not in _SIZED and verb not in _CUTS:
        return None  # 改造提升农田8600亩, 延长道路3公里: a flow of things is a level
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
    if _FROM.search(head) and _UP_TO.match(ahead):
        return "before"
    if earlier == "before" and _OTHER_END.fullmatch(head):
        return "after"
    if earlier == "before" and _NOWADAYS.search(head):
        return "after"
    clause = s[setting.clause_start : m.start]
    once = _ONCE.search(head) or (_ONCE_OPENS.match(clause) and _NOWADAYS.search(s, m.end, min(m.end + 60, setting.sentence[1])))
    return "before" if once else None


def note_of(setting: Setting, s: str) -> str | None:
    """Whether the clause tells a goal or a forecast: not yet reached."""
    clause = s[setting.clause_start : setting.mention.start]
    if _FORECAST.search(clause):
        return "forecast"
    return "goal" if _GOAL.search(clause) else None


def per_of(setting: Setting) -> str | None:
    """The period or unit for which the number is counted: 日 of 每天, 人 of 每人, 年 of 年产值."""
    m = setting.mention
    head = setting.head
    found = [m.per] if m.per and m.kind != "speed" else []
    if m.kind not in _RATIOS and _CAPITA.search(head):
        found.append("人")
    found += [_base(each[1]) for each in _EACH.finditer(head)]
    means = (_MEANS if m.kind not in _RATIOS else _MEAN_GROWTH).findall(head)
    found += means[-1:]
    if m.kind == "money" and (behind := _EACH.match(setting.tail)):
        found.append(_base(behind[1]))
    if _YEARLY.search(head):
        found.append("年")
    if _MU.search(head) and m.kind == "mass":
        found.append("亩")
    if not found and m.kind not in _RATIOS:
        named = _period_name(head) or (_period_name(setting.tail[:12]) if m.kind in ("count", "person", "visit", None) else None)
        found += [named] if named else []
    return "·".join(dict.fromkeys(found)) or None


def _period_name(text: str) -> str | None:
    """The period in a name: 年 of 年产值, 日 of 货物日吞吐量."""
    if "人均" in text:
        return None
    named = None
    for pattern in (_GENERAL_PERIOD, _PERIOD_NAME):
        for found in pattern.finditer(text):
            named = named if _NOT_PERIOD.search(text, 0, found.start()) else found[1]
    return named


def _base(word: str) -> str:
    return word.replace("天", "日").replace("星期", "周")
