"""Two moments that a statement joins into one stretch of time, and the length it states for that stretch.

2020年5月25日启动，至7月16日结束，历时54天 is the plain case. The moments are joined by 至 or 到, by a thing that ends at the second one,
or by 距; the length follows them (or stands before: 工期90天，3月1日开工，6月10日完工) behind a word that says what it measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from taizhang.claims.durations import Duration, durations
from taizhang.claims.moments import DASH, Kind, Moment, settled
from taizhang.claims.prose import statements
from taizhang.core import Span

RANGE = re.compile(rf"(?:（[^）]{{0,8}}）)?(?:起|开始)?，?(?:一?直)?{DASH}")
UNTIL = re.compile(
    rf"(?:（[^）]{{0,8}}）)?(?:[^，。：\d]{{0,16}}，)?(?:一?直)?(?:[^，。：\d]{{1,6}})?(?:(?<=，|直)|(?<=坚持|持续|延续|延长|进行|工作))(?:{DASH}|止于|终于)"
)
MARKED_UNTIL = re.compile(r"[^，。：\d]{1,12}[至到]")
MARKED = re.compile(r"(?:从|自|由|始于|起于|起自)$")
AWAY = re.compile(r"距离?$")
ENDING = (
    r"(?:结束|最后|[闭落谢]幕|闭[营馆园]|竣工|建成|通[\u4e00-\u9fff]|投[产用运]|投入使用|启[用封]|落成|收[官尾回割工队]|完|交[付工房]|截止|期满|[开走跑飞送运来]到|到[期站达]|"
    r"届满|[毕结]业|出[院版站库狱栏师国土窑]|回[国家到]|返[回程]|归来|离[开任职岗休校队厂场]|卸任|辞[职去]|调[离走出回]|交班|撤|归还|扑灭|熄[灭灯]|杀青|"
    r"获[救批释]|救出|脱[险困贫]|摘帽|抵达|就位|办结|结案|告破|落网|送达|合龙|贯通|封顶|验收|蓄水|发电|并网|开[通园业馆]|停[产运渡航办刊业播]|"
    r"关[闭停机张]|解[散除]|退|复员|转业|[去逝]世|病逝|牺牲|恢复|修复|治愈|痊愈|批[复准]|揭晓|公布|搬[出离迁]|迁[出走]|[走尽]|改制|合并|"
    r"下[山台岗线井船马]|毁|废|拆|终|止|毕)"
)
ENDED = re.compile(rf"，?[^，。：、\d]{{0,10}}?{ENDING}")
ENDED_AT = re.compile(rf"{ENDING}(?:的?那[年月天])?[于是在为]$")
# 历时 and its like measure from the one thing to the other, whatever they are; 整整 and its like measure what the sentence is about.
RELATING = r"(?:历时|历经|[用耗费]时|走过了?|整整|足足|前后|间隔|[相时]?隔|相距|存[世续在]|全程)"
MEASURE = (
    rf"(?:{RELATING}|为期|为时|时间|持续|经历|长达|正好|刚好|恰好|跨越|横跨|跨度|[总共合]?计|一共|总共|期限|(?<!合同)[工展会租刑任学周花聘包汛假育示效设存告]期|时长|奋战|"
    r"过去|共[^，。\d]{0,2})(?:就|只)?(?:为|是|了|有|达|花|用|共)*"
)
ALREADY = re.compile(r"[^。]{0,24}?已经?[^，。\d]{0,4}")
RELATED = re.compile(rf"[^。]{{0,24}}?{RELATING}(?:[\u4e00-\u9fff]?了|为|是|有|达|共)*")
MEASURED = re.compile(rf"[^。]{{0,24}}?{MEASURE}")
MEASURED_BEFORE = re.compile(rf"{MEASURE}$")
TOTALLED = re.compile(r"共|[总合]计")
AT_ONCE = re.compile(r"的?(?:，?在?这|，?(?:在这)?短短)?|（")
SPENT = re.compile(r"[^。]{0,20}(?:[只仅才就]?[用要花]|就是|[\u4e00-\u9fff]了)")
SPENT_PLAINLY = re.compile(r"[^，。\d]{0,10}，[\u4e00-\u9fff]{1,6}")
NEXT_CLAUSE = re.compile(r"[^，。\d]{0,10}，")
RUNNING = re.compile(r"[^。]{0,12}连续")
AGE = re.compile(r"的?历[史程]")
LASTING = re.compile(r"(?:时间)?[间里中内来]|[，。！？）]|$")
CLAUSE_END = re.compile(r"[，。！？）]|$")
ANNOUNCED = re.compile(r"[间里]?(?:[，（：]|的)[^，。\d]{0,10}")
LATER = re.compile(r"[以之]?后(?:的|（|，|，?即|，?也就是)?")
MOVED = re.compile(r"[^。]{0,12}(?:提前|推迟|延[期后误]|拖延|逾期|晚|早)了?(?:整整)?")
PLANNED_FOR = re.compile(r"计划|原定|预定|预计|规定|限期|应[于在]|合同")
PLANNED = re.compile(r"计划|原定|预定|预计|规定|限期|定于|提前|推迟|延[期后]|停工|中断")
PRECISE = frozenset(("日", "小时", "分钟"))
NEXT = re.compile(r"同年|当年|随后|此后|之后|后来|又|再|转")  # another thing begins in between
IN_PART = re.compile(r"其中|先后|累计|陆续|断续|每|平均|分别|各|实际|剩|工作日|虚岁|阶段|此前|之前|曾|另|休息|其间|一期|二期|三期|首期")
REACH, NEARBY = 40, 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two moments, the later one settled by the earlier, and the length that the text states for the time between them.

    `kind` is "events" when things happened at them, "period" when they name it, "since" when the years are simply counted.
    `part` is True when the length may be of a part of the stretch, so that it can only be too long.
    """

    start: Moment
    end: Moment
    said: Duration
    kind: Kind
    part: bool = False


def stretches(text: str, dates: list[Moment]) -> Iterator[Stretch]:
    """Every stretch with its stated length, statement by statement."""
    possible = iter(d for d in dates if d.possible)
    date = next(possible, None)
    for span in statements(text):
        inside: list[Moment] = []
        while date and date.at[0] < span[1]:
            inside.append(date)
            date = next(possible, None)
        if len(inside) > 1:
            yield from _of_statement(text, span, _with_years(inside))


def _with_years(dates: list[Moment]) -> list[Moment]:
    """2022年铁路春运自1月17日开始: a year told ahead belongs to the month or day after it."""
    out: list[Moment] = []
    for d in dates:
        if out and out[-1].precision == "年" and d.year is None and d.month:
            out[-1] = replace(d, year=out[-1].year)
        else:
            out.append(d)
    return out


def _of_statement(text: str, span: Span, dates: list[Moment]) -> Iterator[Stretch]:
    """Each length with the two moments right before it, right after it, or one on either side."""
    taken = {i for d in dates for i in range(*d.at)}
    lengths = [d for d in durations(text, *span) if d.at[0] not in taken]
    items: list[Moment | Duration] = sorted(chain(dates, lengths), key=lambda item: item.at)
    for i, said in enumerate(items):
        if isinstance(said, Duration):
            around = [items[j] if 0 <= j < len(items) else None for j in (i - 3, i - 2, i - 1, i + 1, i + 2)]
            planned = PLANNED.search(text, max(said.at[0] - 3 * REACH, span[0]), min(said.at[1] + NEARBY, span[1]))
            found = _found(text, said, around)
            if found and not (planned and found.kind == "events"):
                yield found
            elif planned:
                yield from _moved(text, said, around)


def _found(text: str, said: Duration, around: list[Moment | Duration | None]) -> Stretch | None:
    third, start, end, after, last = around
    if isinstance(start, Moment) and isinstance(end, Moment):
        if isinstance(after, Duration) and SPENT.fullmatch(text, end.at[1], said.at[0]):  # 用2年修路，用3年架桥
            return None
        found = _told_after(text, start, end, said, alone=not isinstance(third, Moment))
        if found:
            return found
    if isinstance(after, Moment) and isinstance(last, Moment):
        return _told_before(text, said, after, last)
    if isinstance(end, Moment) and isinstance(after, Moment) and LATER.fullmatch(text, said.at[1], after.at[0]):
        near = after.at[0] - end.at[1] < REACH
        return _stretch(end, after, said, "period") if near else None
    return None


def _told_after(text: str, start: Moment, end: Moment, said: Duration, alone: bool) -> Stretch | None:
    """…从A到B，历时N; `alone` when no other moment stands before the two in the same run."""
    gap = (end.at[1], said.at[0])
    marked = bool(MARKED.search(text, max(start.at[0] - 2, 0), start.at[0]))
    if gap[1] - gap[0] > REACH or IN_PART.search(text, start.at[0], said.at[1] + 1) or NEXT.search(text, *gap) or not (alone or marked):
        return None
    related = _related(text, gap, said) or {start.precision, end.precision} <= PRECISE and alone and _told_of_them(text, gap, said)
    kind = _joined(text, start, end, marked) or ("events" if related else None)
    if not alone and TOTALLED.search(text, *gap) or not kind:
        return None
    both = _both_ways(text, gap, said, kind, marked)
    if both is None:
        return None
    found = _stretch(start, end, said, kind, part=not both)
    turned = kind == "since" or (kind == "events" and start.year and end.year)  # the later thing is told first
    return found or (_stretch(end, start, said, kind, part=not both) if turned else None)


def _related(text: str, gap: Span, said: Duration) -> bool:
    """True when the words around the length measure from one thing to the other, whatever the things are."""
    return bool(RELATED.fullmatch(text, *gap) or (ALREADY.fullmatch(text, *gap) and AGE.match(text, said.at[1])))


def _told_of_them(text: str, gap: Span, said: Duration) -> bool:
    """True when a length right after two days or two hours can hardly be of anything else; a deadline (30天内) can."""
    within = text.startswith("内", said.at[1]) or text.endswith("期", 0, gap[1])
    return not within and bool(MEASURED.fullmatch(text, *gap) or SPENT.fullmatch(text, *gap) or SPENT_PLAINLY.fullmatch(text, *gap))


def _both_ways(text: str, gap: Span, said: Duration, kind: Kind, marked: bool) -> bool | None:
    """True when the length is that of the whole stretch, False when it may be of a part of it, None when it is of something else."""
    whole = marked or kind != "period"
    if MEASURED.fullmatch(text, *gap) or (kind == "period" and AT_ONCE.fullmatch(text, *gap)):
        return True
    if ALREADY.fullmatch(text, *gap) and (kind != "events" or AGE.match(text, said.at[1])):
        return True
    if NEXT_CLAUSE.fullmatch(text, *gap):
        return True if LASTING.match(text, said.at[1]) or (kind == "period" and marked) else None
    if RUNNING.fullmatch(text, *gap) or SPENT.fullmatch(text, *gap):
        return whole
    named = whole or text.startswith("期间", gap[0])
    return True if named and SPENT_PLAINLY.fullmatch(text, *gap) and CLAUSE_END.match(text, said.at[1]) else None


def _told_before(text: str, said: Duration, start: Moment, end: Moment) -> Stretch | None:
    """工期90天，3月1日开工，6月10日完工; 为期10天（10月1日至8日）."""
    if not MEASURED_BEFORE.search(text, max(said.at[0] - 8, 0), said.at[0]) or not ANNOUNCED.fullmatch(text, said.at[1], start.at[0]):
        return None
    kind = _joined(text, start, end, marked=bool(MARKED.search(text, max(start.at[0] - 2, 0), start.at[0])))
    return _stretch(start, end, said, kind) if kind else None


def _joined(text: str, start: Moment, end: Moment, marked: bool) -> Kind | None:
    """How the words between and after two moments make them the ends of one stretch."""
    between = (start.at[1], end.at[0])
    if between[1] - between[0] > REACH:
        return None
    if any(AWAY.search(text, max(d.at[0] - 2, 0), d.at[0]) for d in (start, end)):
        return "since"
    if RANGE.fullmatch(text, *between) or UNTIL.fullmatch(text, *between) or (marked and MARKED_UNTIL.fullmatch(text, *between)):
        return "period"
    ended = ENDED.match(text, end.at[1]) or ENDED_AT.search(text, *between)
    return "events" if ended else None


def _moved(text: str, said: Duration, around: list[Moment | Duration | None]) -> Iterator[Stretch]:
    """原定6月30日完工，实际6月10日完工，提前20天: the planned day and the true one, in either order."""
    _, planned, true, _, _ = around
    if not isinstance(planned, Moment) or not isinstance(true, Moment) or said.at[0] - planned.at[0] > 2 * REACH:
        return
    if MOVED.fullmatch(text, true.at[1], said.at[0]) and PLANNED_FOR.search(text, max(planned.at[0] - 12, 0), planned.at[1] + 6):
        year = planned.year or true.year or 0
        first, last = sorted((planned, true), key=lambda d: (d.year or year, d.month or 0, d.day or 0))
        found = _stretch(first, last, said, "period")
        if found:
            yield found


def _stretch(start: Moment, end: Moment, said: Duration, kind: Kind, part: bool = False) -> Stretch | None:
    last = settled(start, end)
    return Stretch(start, last, said, kind, part) if last and last.first() >= start.first() else None
