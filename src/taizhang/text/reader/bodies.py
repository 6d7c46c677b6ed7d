"""Places and bodies of a story, and which of them governs a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from taizhang.core import places_by_name
from taizhang.text.reader.nouns import noun_before

_SUFFIX = re.compile(
    r"公司|集团|工厂|产业园|工业园|园区|开发区|研究院|研究所|研究中心|水利局|公安局|教育局|[\u4e00-\u9fff](?:局|厅|委|办)(?![理公事法证])|委员会|办公室|人民政府|政府|"
    r"医院|卫生院|卫生室|学校|中学|小学|大学|学院|幼儿园|图书馆|图书室|博物馆|文化馆|大队|支队|中队|派出所|志愿服务队|服务队|合作社|合作联社|水库|电站|水厂|"
    r"银行|协会|商会|总会|联合会|联社|报道组|工作组|专班|药店|大药房|药房|超市|商场|市场|基地|中心(?!城|区|镇)|服务站|车站|站(?=[0-9])|[\u4e00-\u9fff]店(?=[^铺面主员])|党支部|街道(?!路)|社区(?!卫)|"
    r"电气|科技(?=[，、0-9]|投)|药业|实业|农场|林场|茶场|矿山企业|矿区|灌区|景区|乡镇\(街道\)|[\u4e00-\u9fff]{1,3}(?:村|镇|乡)(?=[^级民干集务镇村医振贫居庄企里路规办])"
)
_LEVEL_SUFFIX = "省市县区州盟旗"
_HOME = re.compile(r"(?:该|全|我)(?:省|市|县|区|镇|乡|村|街道|州|旗)|该(公司|企业|厂|局|院|校|中心|大队|支队|协会|园区|园|集团|合作社|医院|馆|银行|店|站|基地|社|队|所|委|办)")
_COMPLEMENT = re.compile(r"(?:从|到|至|在|往|赴|向|于|比|较|对|和|与|跟|同|落户|来自|位于|位|迁到|迁至|途经|连接|邻近|靠近|毗邻|销往|发往|运往|送往|前往|走进|深入|支援|学习|借鉴|进入|通往|至|给|为|被|占|”|由|经)$")
_NOT_NAME = re.compile(r"[，。；：、！？\n\s“”（）()]")
_GENERIC = re.compile(r"[、和及]|小型|大型|中型|重点|骨干|企业家|^各类")
_OWN_OFFICE = re.compile(r"^[县市区镇乡](?![^，。]{0,1}[城区内外级场])")


@dataclass(slots=True)
class Body:
    """A place or body named in the text."""

    start: int
    end: int
    name: str
    place: bool


@dataclass(slots=True)
class Bodies:
    """The bodies of a story, in order, with the story's own place."""

    text: str
    home: str | None
    found: list[Body] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    upto: int = 0


def bodies_of(s: str, title_end: int) -> Bodies:
    """The story's own place from its title or its first sentences; its bodies are found as they are asked for."""
    title = s[:title_end]
    home = _first_place(title) if title else None
    if home is None:
        home = _home_of_body(s, title_end)
    return Bodies(s, home)


def _first_place(text: str) -> str | None:
    names = _place_spans(text, 0, len(text))
    orgs = _orgs(text, 0, len(text))
    if orgs and (not names or orgs[0].start <= names[0].start) and orgs[0].end <= 24:
        return orgs[0].name
    return names[0].name if names else None


def _home_of_body(s: str, start: int) -> str | None:
    """A county named at the start of a clause in the first 150 characters."""
    for p in _place_spans(s, start, min(len(s), start + 150)):
        before = s[p.start - 1] if p.start else "\n"
        if before in "\n，。、：" and p.name[-1] in "县市区州旗镇" and len(p.name) > 2:
            return p.name
    return None


def _place_spans(s: str, a: int, b: int) -> list[Body]:
    """Names of the table between two offsets, the longest at each place; short names need no suffix."""
    names = places_by_name()
    heads = _heads()
    out: list[Body] = []
    i = a
    while i < b - 1:
        for n in heads.get(s[i : i + 2], ()):
            word = s[i : i + n]
            if i + n <= b and word in names:
                out.append(Body(i, i + n, word, True))
                i += n - 1
                break
        i += 1
    return out


_HEADS: dict[str, tuple[int, ...]] = {}


def _heads() -> dict[str, tuple[int, ...]]:
    """First two characters of all place names, with the lengths to try, longest first."""
    if not _HEADS:
        for name in places_by_name():
            _HEADS[name[:2]] = tuple(sorted({*_HEADS.get(name[:2], ()), len(name)}, reverse=True))
    return _HEADS


def _orgs(s: str, a: int, b: int) -> list[Body]:
    """Bodies by the ends of their names (公司, 局, 水库 …)."""
    out: list[Body] = []
    for m in _SUFFIX.finditer(s, a, b):
        left = max(a, m.end() - 24)
        start, end = noun_before(s[left : m.end()])
        start += left
        if out and start < out[-1].end:
            start = out[-1].end if out[-1].end < m.start() else out[-1].start
            if start == out[-1].start:
                out.pop()
        if m.end() - start >= 3 and not _GENERIC.search(s, start, m.end()):
            out.append(Body(start, m.end(), s[start : m.end()], False))
    return out


def governing(b: Bodies, at: int, sentence: tuple[int, int], paragraph: int) -> tuple[str | None, int]:
    """The place or body that governs a number at `at`, and where it ends in the text (-1 when it is carried)."""
    s = b.text
    floor = max(sentence[0], at - 160)
    near = _subjects(b, floor, at)
    if near:
        last = near[-1]
        return _resolve(b, last, paragraph), last.end
    before = _subjects(b, max(paragraph, floor - 240), floor)
    if before:
        first = _first_of_last_sentence(s, before, floor)
        return _resolve(b, first, paragraph), -1
    return b.home, -1


def _first_of_last_sentence(s: str, found: list[Body], floor: int) -> Body:
    stop = max(s.rfind("。", 0, found[-1].start), s.rfind("\n", 0, found[-1].start))
    return next(f for f in found if f.start > stop)


def _subjects(b: Bodies, a: int, z: int) -> list[Body]:
    """Bodies between two offsets that are not the complement of a preposition or verb of motion."""
    s = b.text
    seen: list[Body] = []
    for m in _HOME.finditer(s, a, z):
        seen.append(Body(m.start(), m.end(), m[0], True))
    seen += [p for p in _place_spans(s, a, z) if _is_home(b, p)]
    seen += _orgs(s, a, z)
    seen.sort(key=lambda x: (x.start, -x.end))
    out: list[Body] = []
    for x in seen:
        if out and x.start < out[-1].end:
            if x.end > out[-1].end:
                out[-1] = x if not x.place else out[-1]
            continue
        if _COMPLEMENT.search(s, max(a, x.start - 3), x.start):
            continue
        if out and x.start == out[-1].end:
            out[-1] = Body(out[-1].start, x.end, s[out[-1].start : x.end], x.place)
            continue
        out.append(x)
    return out


def _is_home(b: Bodies, p: Body) -> bool:
    """A place of the table counts where it is the story's own, or is printed with its 县, 市 …"""
    if b.home and (p.name in b.home or b.home in p.name):
        return True
    return len(p.name) > 2 and p.name[-1] in _LEVEL_SUFFIX


def _resolve(b: Bodies, body: Body, paragraph: int) -> str | None:
    """该县 is the story's place, 该公司 the last company named; 县防控办 belongs to the story's place."""
    word = body.name
    if word.startswith(("该", "全", "我")) and body.place:
        kind = word[1:]
        if word[0] == "全":
            return word if kind in ("省",) or b.home is None else b.home
        if kind in ("省", "市", "县", "区", "镇", "乡", "村", "街道", "州", "旗"):
            return b.home
        before = [o for o in _orgs(b.text, max(0, body.start - 400), body.start) if o.name.endswith(kind) or kind in ("企业", "厂", "公司")]
        return before[-1].name if before else b.home
    if _OWN_OFFICE.match(word) and b.home:
        return b.home
    return word


def bodies_before(b: Bodies, at: int) -> int:
    """How many bodies have been found before an offset."""
    return bisect_right(b.starts, at)
