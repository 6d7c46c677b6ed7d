"""A whole and the parts a sentence gives of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taizhang.claims import cues
from taizhang.claims.scene import Mention, Sentence

MOST_PARTS = 16
OF_THESE = re.compile(r"其中|当中|之中|(?<=，)里[面头]")
# Words after which the parts named are all the parts.
ALL_NAMED = re.compile(r"包括|包含|分为|分成|分别是|分别为|分别有|分别|具体为|具体是|组成|构成|：|:|——|由|即|含")
LEAVES_REST = re.compile(r"等(?![级奖功])|仅|其他|之一|主要|多数|部分|例如|比如|如[^期今果]")
REST = re.compile(r"其余|剩余|其它|余下|剩下")
NEW_TOPIC = re.compile(r"；|;|其中|另外|此外|另有|另|还有|同时|同比|累计|比上年|全年|目前|截至|并")
NEW_WHOLE = re.compile(r"其中|另外|此外|另有|累计|全年|截至")  # what ends a list whose parts are known by their names
# Part words that together make the whole, with the same head: 男/女职工, 中央/地方财政赤字.
COMPLEMENTS: tuple[tuple[str, ...], ...] = (
    ("男", "女"), ("城镇", "农村"), ("城市", "农村"), ("城镇", "乡村"), ("中央", "地方"), ("出口", "进口"),
    ("国内", "国外"), ("境内", "境外"), ("国内", "入境"), ("公办", "民办"), ("省内", "省外"), ("市内", "市外"), ("县内", "县外"),
    ("内资", "外资"), ("在职", "退休"), ("在职", "离退休"), ("新建", "续建"), ("新建", "改建", "扩建"), ("第一产业", "第二产业", "第三产业"),
    ("一产", "二产", "三产"), ("成人", "儿童"), ("上半年", "下半年"), ("线上", "线下"), ("室内", "室外"), ("合格", "不合格"),
)  # fmt: skip


# Kinds that never overlap, though they need not be all.
APART: tuple[tuple[str, ...], ...] = (
    *COMPLEMENTS,
    ("一", "二", "三", "四", "五"), ("第一", "第二", "第三", "第四"), ("甲", "乙", "丙", "丁"), ("东", "西", "南", "北", "中"), ("水田", "旱地", "林地"),
    ("一期", "二期", "三期"), ("省级", "市级", "县级", "中央", "区级", "镇级", "村级"), ("小学", "初中", "高中", "幼儿园"), ("一级", "二级", "三级", "四级"),
    ("一季度", "二季度", "三季度", "四季度"), ("大型", "中型", "小型"), ("国家级", "省级", "市级", "县级"), ("优秀", "良好", "合格"),
    ("特等奖", "一等奖", "二等奖", "三等奖", "优秀奖", "优胜奖"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A whole and parts of one base; `complete` when the text says that they are all."""

    whole: Mention
    parts: tuple[Mention, ...]
    complete: bool


def countable(m: Mention) -> bool:
    """True for a stated amount: no change, end of a change, rank, average or window of time."""
    if m.aside or m.q.role in ("rank", "change", "before") or m.kind in ("age", "scale") or m.kind.startswith("time") or cues.change_of(m):
        return False
    return not is_average(m)


def is_average(m: Mention) -> bool:
    """True for a number per person, household, day …"""
    return bool(cues.AVERAGE.search(m.lead)) or "每" in m.lead or (m.q.per is not None and m.q.role == "rate" and m.q.per != "年")


def after_of_these(sentence: Sentence) -> Iterator[Group]:
    """T，其中P1，P2: each 其中 with the nearest amount of the same base before it."""
    for found in OF_THESE.finditer(sentence.text):
        following = sentence.following(found.end(), MOST_PARTS)
        if not following or sentence.text[found.start() - 1 : found.start()] == "、":
            continue
        firsts = [m for m in following[:3] if countable(m) and not m.is_percent and not _is_attribute(m)]
        for first in firsts[:1] + [m for a, m in pairwise(firsts) if m.base != a.base and m.start - a.end <= 1]:
            group = _group(sentence, found.start(), first, following)
            if group:
                yield group


def _group(sentence: Sentence, at: int, first: Mention, following: Sequence[Mention]) -> Group | None:
    if "；" in sentence.text[at : first.start]:
        return None
    whole = next((m for m in _backwards(sentence, at) if m.base == first.base and countable(m)), None)
    if whole is None or at - whole.end > 60 or _owns(first, whole):
        return None
    parts = run(sentence, [m for m in following if m.start >= first.start], first.base)
    rest = REST.search(sentence.text[first.end : parts[-1].end]) if parts else None
    return Group(whole, parts, rest is not None and len(parts) > 1)


def _is_attribute(m: Mention) -> bool:
    """其中亿元以上项目456个: the amount says which things are counted."""
    return m.q.surface.endswith(("以上", "以下")) and m.tail != ""


def _backwards(sentence: Sentence, at: int) -> list[Mention]:
    return list(sentence.preceding(at, MOST_PARTS))[::-1]


def _owns(m: Mention, whole: Mention) -> bool:
    """其中甲县有12个乡镇: 甲县 is of the whole, its 乡镇 are not."""
    named = OF_THESE.sub("", m.lead)
    owner = re.search(r"(?:省|市|州|县|区|镇|乡|村|社区|街道|公司|局|校|厂|园)(?:现|共|就)?(?:有|设|辖|建)(?P<what>.*)$", named)
    if owner:
        return (owner["what"] or m.tail)[-2:] not in whole.clause + whole.tail
    return bool(re.search(r".有$", named)) and m.tail != "" and m.kind != "person"


def run(sentence: Sentence, following: Sequence[Mention], base: str, stop: re.Pattern[str] = NEW_TOPIC) -> tuple[Mention, ...]:
    """The amounts of one base that stand together as a list; shares and growth between them are passed over."""
    out: list[Mention] = []
    for m in following[:MOST_PARTS]:
        if out and stop.search(sentence.text[out[-1].end : m.start][: 2 * MOST_PARTS]) and not cues.change_of(m):
            break
        if m.base == base and countable(m):
            out.append(m)
        elif not (m.is_percent or cues.change_of(m) or m.kind == "point"):
            break
    return tuple(out)


def complements(whole: Mention, parts: Sequence[Mention]) -> tuple[Mention, ...]:
    """The parts next to each other that together make the whole (男 and 女 …); empty where there are none."""
    heads = [part_name(m) for m in parts]
    for row in COMPLEMENTS:
        for i in range(len(parts) - len(row) + 1):
            if _complete(row, heads[i : i + len(row)], whole):
                return tuple(parts[i : i + len(row)])
    for (i, a), b in zip(enumerate(heads), heads[1:], strict=False):
        if len(a) >= 2 and b in ("非" + a, "未" + a, "不" + a):
            return tuple(parts[i : i + 2])
    return ()


HALF_YEAR = re.compile(r"[上下]半年")
SOURCES = re.compile(r"^(中央|国家|上级|省级?|市级?|县级?|区级?|市县|州|镇|乡|村|群众|农户|企业|社会|银行|自筹|贷款|其他)")


# 已办结275件，正在办理302件: a case is not in both states.
DONE = re.compile(r"(?:目前|截至目前|其中)?已经?[^，。；]{1,4}$")
PENDING = re.compile(r"正在|尚未|未|仍在|待")
OPENS = re.compile(r"^(?:其中|包括|含|即|目前|现在|分别|[和与及、，有还尚仍已])+")


def apart(parts: Sequence[Mention]) -> bool:
    """True when the parts are of kinds that never overlap: 一期 and 二期, 中央资金 and 省级配套."""
    heads = [part_name(m) for m in parts]
    sources = [found[1].rstrip("级") for h in heads if (found := SOURCES.match(h))]
    if parts[0].kind == "money" and len(sources) == len(heads) == len(set(sources)):
        return True
    if len(parts) == 2 and DONE.match(parts[0].lead) and PENDING.match(OPENS.sub("", parts[1].lead) + parts[1].tail):
        return True
    for row in APART:
        words = [next((w for w in sorted(row, key=len, reverse=True) if h.startswith(w)), "") for h in heads]
        left = {h[len(w) :] for h, w in zip(heads, words, strict=True)}
        if all(words) and len(set(words)) == len(words) and len({x for x in left if x}) <= 1:
            return True
    return False


def one_kind_of_head(sentence: Sentence, whole: Mention, parts: Sequence[Mention]) -> bool:
    """True when the names of the parts open their clauses, are built alike and differ: 农业类, 教育类; 小学部, 初中部."""
    heads = [re.sub(r"(?:共|有|为|是|达|占)+$", "", m.lead) for m in parts]
    ends = {h[-1:] for h in heads}
    opens = all(sentence.text[m.start - len(m.lead) - 1] in "，、；：" for m in parts)
    alike = len(set(heads)) == len(heads) and len(ends) == 1 and all(2 <= len(h) <= 6 for h in heads)
    return opens and alike and whole.lead[-1:] not in ends


def _complete(row: tuple[str, ...], heads: Sequence[str], whole: Mention) -> bool:
    if not all(any(h.startswith(w) for h in heads) for w in row):
        return False
    left = {next((h[len(w) :] for w in sorted(row, key=len, reverse=True) if h.startswith(w)), h) for h in heads}
    if len(left) != 1:
        return False
    rest = left.pop()
    about = whole.clause + whole.tail
    return rest == "" or rest in about or (rest == "增加值" and "生产总值" in about) or (len(rest) == 1 and rest in "性生童工") or rest[-2:] in about


def part_name(m: Mention) -> str:
    """What a part is called: by the words before and after it, or in a list before 分别为."""
    words = OPENS.sub("", m.lead)
    if m.q.subject and ("分别" in m.lead or not words + m.tail):
        return m.q.subject
    half = HALF_YEAR.match(words)
    named = half[0] if half else ""
    tail = "" if m.tail[:1] in ("和", "及", "与") else m.tail
    return OPENS.sub("", named + cues.filler_free(words.removeprefix(named)) + tail)
