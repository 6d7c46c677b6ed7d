"""The place or body that governs a number: the nearest one that stands as the subject of a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taizhang.core import places_by_name
from taizhang.text.reader.nouns import VERBS
from taizhang.text.reader.words import one_of, words

_HAN = "\u4e00-\u9fff"
_END = one_of("body.end")[:-1] + "|局(?![势面部长]))"
_LAST = frozenset(word[-1] for word in words("body.end")) | {"局"}
_BODY = re.compile(rf"([{_HAN}A-Za-z()（）]{{0,20}}{_END})")
_BODY_SHORT = re.compile(rf"([{_HAN}A-Za-z]{{0,20}}?{_END})")
_NOT_COUNTED = re.compile(r"(?:近|约|超过?|达|共)?(?:\d+(?![\d年月])|[零〇一二两三四五六七八九十百千万])")
_NEVER_INSIDE = re.compile(r"[的对为又并把被将从以由在与于了让给向比到各使]|中央|银行业")
_VILLAGE = re.compile(rf"(?:[{_HAN}]{{1,3}}[县市区])?(?:[{_HAN}]{{1,3}}(?:镇|乡|街道))?(?:[{_HAN}]{{1,4}}(?:村|社区))?")
_NO_VILLAGE = re.compile(rf"{one_of('body.noplace')}$")
_REFERENCE = re.compile(rf"(该|本|我|全)({one_of('body.kind')})")
_SHORT = re.compile(rf"({one_of('body.short')})(?=[实采推投开新还已将共累在建为把全的目现通生拥仅就今自年与和对]|[^{_HAN}])")
_LEAD = re.compile(
    rf"(?:\s|——|[一二三四五六七八九十]是|（[一二三四五六七八九十]）|{one_of('body.lead')}|"
    r"(?:截至|到|自|从)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初|起|以来)?)+"
)
_LOCATED = re.compile(rf"(?:位于|地处|坐落[于在]|家住|走进|来到|在|像)[^，。；]{{1,16}}?的([{_HAN}]{{2,14}})")
# First characters of what the patterns look for: most clauses need none of them.
_LOCATING = frozenset("位地坐家走来在像")
_REFERRING = frozenset("该本我全")
_SHORTENED = frozenset(word[0] for word in words("body.short"))
_LEADING = frozenset(word[0] for word in words("body.lead")) | frozenset(" —（一二三四五六七八九十截到自从0123456789底末初起以\u3000")
_LEVEL_ENDS = frozenset("县市区州旗镇道")
_FOUNDING = frozenset("立建办")
_FIRST = _LOCATING | _REFERRING | _SHORTENED | _LEADING
_WALK = re.compile(rf"(?:走进|来到|走访)([{_HAN}]{{2,12}}?(?:{_END}|[县市区]))")
_FOUNDED = re.compile(rf"(?:建立|成立|组建|创办|设立|创建|建成|开办)了?([{_HAN}“”]{{2,16}}?{one_of('body.founded')})")
_LEVEL = "(?:自治县|自治州|县|市|区|州|旗|镇|街道)"
_COUNTY = re.compile(rf"([{_HAN}]{{1,3}}{_LEVEL})(?![{_HAN}]?(?:场|民|里|内|值|级|委书记))")
_CLAUSE = re.compile(r"[^，,；;：:。！？!?\n”]*[，,；;：:。！？!?\n”]*")
_TITLE_HEAD = re.compile(rf"([{_HAN}]{{2,14}})[：:]")
_HOME_CLAUSE = re.compile(
    rf"(?:^|[\n，。；：、“]|走进|来到|位于|在|日，)(?:[{_HAN}]{{2,3}}省)?(?:[{_HAN}]{{2,3}}市(?=[{_HAN}]{{1,3}}[县区]))?([{_HAN}]{{1,3}}{_LEVEL})(?=[{_HAN}，])"
)
_NO_NAME = words("body.nocounty")
_NO_HEAD = frozenset("全该各本我一两三四五六七八九十几多有是的和与及为在这那整每某以到从将被把由对个成大小中不进入返下离回")
_NO_COUNTY_HEAD = _NO_HEAD | frozenset("居位记走考赴往市县省")
_GENERIC = re.compile(rf"{one_of('body.generic')}|^{one_of('body.generic.head')}")
_TIMES = words("time")
_OPENING = words("opening")
_LEVELS = frozenset("省市县区镇乡村州旗") | {"街道"}


@dataclass(slots=True)
class Bodies:
    """The bodies of a story as its text is walked through once, clause by clause."""

    text: str
    home: str | None
    at: int = 0
    clause_end: int = -1
    entered: int = -1
    paragraph: int = -1
    current: str | None = None
    named: dict[str, str] = field(default_factory=dict)

    def governing(self, mention: int, paragraph: int) -> str | None:
        """The place or body that governs a number at `mention` (asked for in ascending order)."""
        if paragraph > self.paragraph:
            self.paragraph, self.current = paragraph, None
            self.at = max(self.at, paragraph)
        while self.at <= mention:
            if self.clause_end <= self.at:
                m = _CLAUSE.match(self.text, self.at)
                self.clause_end = m.end() if m else self.at
            if self.clause_end == self.at:
                break
            if self.clause_end > mention:
                if self.entered != self.at:
                    self.entered = self.at
                    self._enter(self.at, mention)
                break
            self._enter(self.at, self.clause_end)
            self.at = self.clause_end
        return self.current or self._ahead(mention, paragraph) or self.home

    def _enter(self, start: int, end: int) -> None:
        found = self._subject(start, end)
        if found:
            self.current = found
        if _FOUNDING.isdisjoint(self.text[start : min(end, start + 80)]):
            return
        founded = _FOUNDED.search(self.text, start, min(end, start + 80))
        if founded and not _NOT_COUNTED.match(self.text, founded.end()):
            self.current = self._remember(founded[1])

    def _subject(self, start: int, end: int) -> str | None:
        """The body that opens a clause, its adverbials of time apart."""
        s = self.text
        if s[start : start + 1] not in _FIRST and _LAST.isdisjoint(s[start : min(end, start + 26)]):
            return self._place(start, end)
        lead = _LEAD.match(s, start, end) if s[start : start + 1] in _LEADING else None
        a = lead.end() if lead else start
        first = s[a : a + 1]
        located = (_LOCATED.match(s, a, end) or _WALK.match(s, a, end)) if first in _LOCATING else None
        if located:
            name = _up_to_verb(located[1])
            return self._remember(name) if len(name) >= 2 and name not in _TIMES and _looks_named(name) else None
        reference = _REFERENCE.match(s, a, end) if first in _REFERRING else None
        if reference:
            return self._resolve(reference[0], reference[1], reference[2])
        body = self._body(a, end)
        if body:
            return body
        short = _SHORT.match(s, a, end) if first in _SHORTENED else None
        if short:
            return self._short(short[1])
        return self._place(a, end)

    def _body(self, a: int, end: int) -> str | None:
        s = self.text
        z = min(end, a + 26)
        if _LAST.isdisjoint(s[a:z]):
            return None
        for pattern in (_BODY, _BODY_SHORT):
            m = pattern.match(s, a, z)
            if m and self._is_name(m[1], m.end()):
                return self._remember(m[1])
        return None

    def _is_name(self, name: str, end: int) -> bool:
        """A proper name: no verb or particle inside, and not what a number counts (乡贤工作站580个)."""
        if (
            len(name) < 3
            or name[0] in _NO_HEAD
            or name[:2] in _OPENING
            or _NOT_COUNTED.match(self.text, end)
            or _GENERIC.search(name)
            or _NEVER_INSIDE.search(name)
        ):
            return False
        if name[-1] in "村镇乡" or name.endswith(("社区", "街道", "市场", "基地", "中心")):
            return not _NO_VILLAGE.search(name) and (len(name) <= 4 or bool(_VILLAGE.fullmatch(name)) or name.endswith("中心"))
        return not _has_verb(name.removesuffix("有限公司").removesuffix("有限责任公司"))

    def _place(self, a: int, end: int) -> str | None:
        """The story's own place, or a county by its full name."""
        s = self.text
        if self.home and s.startswith(self.home, a):
            return self.home
        if self.home and self.home[-1] in _LEVELS and len(self.home) > 2 and s.startswith(self.home[:-1], a):
            return self.home
        if _LEVEL_ENDS.isdisjoint(s[a + 1 : min(end, a + 8)]):
            return None
        m = _COUNTY.match(s, a, end)
        return m[1] if m and m[1] in places_by_name() else None

    def _resolve(self, word: str, how: str, kind: str) -> str | None:
        if kind in _LEVELS:
            county = _COUNTY.match(self.home or "")
            home = county[1] if county and county[1].endswith(kind) else self.home
            return word if how == "全" and (home is None or kind == "省") else home
        if how == "全":
            return None
        return self._short(kind) or self.current

    def _short(self, kind: str) -> str | None:
        """公司, 该馆: the last body named that ends so."""
        kind = kind[:-1] if kind[-1] in "里内" else kind
        if kind in ("企业", "公司"):
            if self.current in self.named:
                return self.current
            kind = "公司"
        for name in reversed(self.named):
            if name.endswith(kind) or kind in name[-4:]:
                return name
        return self._named_earlier(kind) or self.current

    def _named_earlier(self, kind: str) -> str | None:
        """The last body of that kind at the start of a clause in the paragraphs before, within a bound."""
        pattern = re.compile(rf"[\n，。；：、“”]([{_HAN}]{{2,18}}?{kind})(?![{_HAN}]?[长员])")
        names = [m[1] for m in pattern.finditer(self.text, max(0, self.at - 2000), self.at)]
        return next((n for n in reversed(names) if n[0] not in _NO_HEAD and not _NEVER_INSIDE.search(n) and not _has_verb(n)), None)

    def _remember(self, name: str) -> str:
        self.named.pop(name, None)
        self.named[name] = name
        if len(self.named) > 64:
            del self.named[next(iter(self.named))]
        return name

    def _ahead(self, mention: int, paragraph: int) -> str | None:
        """For words quoted at the start of a paragraph: who says them stands behind the closing mark."""
        s = self.text
        if s[paragraph : paragraph + 1] != "“":
            return None
        close = s.find("”", mention, mention + 200)
        if close < 0 or "\n" in s[mention:close]:
            return None
        stop = s.find("\n", close, close + 60)
        limit = stop if stop >= 0 else min(len(s), close + 60)
        m = _QUOTED_BODY.search(s, close, limit)
        return m[1] if m else None


_QUOTED_BODY = re.compile(rf"(?:[，。””]|对于[^，。]{{0,20}}，|家住)([{_HAN}]{{2,18}}?{_END})")


def bodies_of(s: str, title_end: int) -> Bodies:
    """The bodies of a story, with its own place from the title or the first sentences."""
    return Bodies(s, _home(s, title_end), at=title_end + 1 if title_end else 0)


def _home(s: str, title_end: int) -> str | None:
    """邵东 of “邵东：…”, 永兴县 of a title, or the county that the first sentences name."""
    named = _named_county(s, title_end)
    head = _TITLE_HEAD.match(s, 0, title_end)
    if head:
        return named if named and (named.startswith(head[1]) or head[1].startswith(named)) else head[1]
    inside = _first_place(s, title_end)
    return inside or named


def _first_place(s: str, end: int) -> str | None:
    """A place of the table in the title: by its full name anywhere, by its short name at the start."""
    names = places_by_name()
    for i in range(end):
        for n in range(min(11, end - i), 1, -1):
            word = s[i : i + n]
            if word in names and (i == 0 or word[-1] in "省市县区州旗盟"):
                return word
    return None


def _named_county(s: str, start: int) -> str | None:
    """A county or city at the start of a clause, or after 走进, 位于 …, in the first 300 characters."""
    known = places_by_name()
    for m in _HOME_CLAUSE.finditer(s, max(start - 1, 0), min(len(s), start + 300)):
        if _is_county(m[1]) and (m[1] in known or s.startswith(m[1][:-1]) or _spoken_of(s, m[1])):
            return m[1]
    return None


def _spoken_of(s: str, name: str) -> bool:
    """A name that no table knows is a county where the story goes on to say 该县 or 全县."""
    level = name[-1]
    known = level in "县市" and name[:-1] not in _NO_NAME and any(word + level in s for word in ("该", "全", "我"))
    return known and s.count(name) > 1 and not _NEVER_INSIDE.search(name)


def _is_county(name: str) -> bool:
    bare = re.sub(rf"{_LEVEL}$", "", name)
    return (
        bare not in _NO_NAME
        and bare != ""
        and name[0] not in _NO_COUNTY_HEAD
        and not _has_verb(name)
        and (len(bare) > 1 or name in places_by_name())
    )


def _has_verb(text: str) -> bool:
    return any(text[i : i + 2] in VERBS for i in range(len(text) - 1))


def _up_to_verb(text: str) -> str:
    for i in range(2, len(text)):
        if text[i : i + 2] in VERBS or text[i : i + 2] in ("始建", "去年", "今年", "负责") or text[i] in "是有在将已始由为被":
            return text[:i]
    return text


def _looks_named(name: str) -> bool:
    return bool(_BODY_SHORT.fullmatch(name)) or bool(_COUNTY.fullmatch(name)) or len(name) <= 8
