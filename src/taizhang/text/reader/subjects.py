"""What a number measures: the shortest span that names it, resolved inside the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.core import Role, Span
from taizhang.text.reader.clauses import Setting
from taizhang.text.reader.nouns import VERBS, is_generic, noun_after, noun_before, strip_level
from taizhang.text.reader.words import from_word, one_of, words

_CHANGE_WORDS = words("up") | words("down")
_CHANGE_LENGTHS = tuple(sorted({len(w) for w in _CHANGE_WORDS if len(w) > 1}, reverse=True))
_VERBAL = words("noun.verbal")
_DOERS = words("noun.doer")
_COUNTED = frozenset({"count", "person", "visit", "age", "scale", None})
_SHARE = re.compile(r"(.*)占(?:了|到|据)?((?:[^，。；占]*))$", re.S)
_CHANGE_TAIL = re.compile(
    rf"(?:{one_of('subject.adverb')}|(?<![同环占])比(?![例重率值])[^，。；]{{1,14}}?|较(?![大高好多])[^，。；]{{1,14}}?|每[\u4e00-\u9fff]{{1,4}}|\d{{4}}年的?)+$"
)
_THAN = re.compile(r"(?:高于|低于|快于|慢于|好于|优于|大于|小于|多于|少于)[^，。；\d]{1,16}$")
_PART_OF = re.compile(r"(?:完成|达到?|为|是|仅为)([^，。；]{2,14})的$")
_MOVES = re.compile(r"[增减降升涨跌扩缩压提跃攀][到至为成]")
_TIMES = re.compile(r"(.*?)(?:是|为|相当于|达到?|约为)[^，。；]{1,14}的$", re.S)
_OF_PHRASE = re.compile(rf"{from_word()}[^，。；]*$")
_MOVED = re.compile(r"(?:将|把)[^，。；]*$")
_CLAUSE = re.compile(r"[^，,；;：:。！？\n]*$")
_MARK = re.compile(r"[，,；;：:。！？\n]")
_SEPARATE = re.compile(
    r"分别(?:为|是|达|达到|有|约|约为|增长|下降|减少|提高|上升|回落|增加|比上年|同比|较上年|超过|[增降减提上]?[^，。；、\d]{0,8})?$"
)
_LIST = re.compile(r"[、和与及]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with its span in the text read, and the whole of a share."""

    text: str
    at: Span
    of: str | None = None


def subject_of(setting: Setting, s: str, role: Role, earlier: Subject | None) -> Subject | None:
    """The subject of a mention; `earlier` is the subject of the mention before it in its sentence."""
    m = setting.mention
    if role == "change" or m.kind in ("point",):
        return _of_change(setting, s, earlier)
    if role in ("before", "after"):
        return _of_end(setting, s, role, earlier)
    if m.kind in ("share", "multiple"):
        return _of_share(setting, s, earlier)
    if m.kind and m.kind.startswith("time"):
        return _before(setting, s) or _behind(setting, s) or _clause_before(setting, s)
    if m.kind in _COUNTED:
        return _counted(setting, s, earlier)
    return _of_measure(setting, s, earlier)


def _counted(setting: Setting, s: str, earlier: Subject | None) -> Subject | None:
    """Things counted: the noun behind (53座小型水库), before (入园企业198家), or of the clause before (已建成27个)."""
    behind = _behind(setting, s)
    if behind:
        return behind
    if earlier and setting.same_clause and not setting.head.strip("、和与及的 "):
        return _verb_behind(setting, s) or earlier
    return _before(setting, s) or _verb_behind(setting, s) or _clause_before(setting, s) or _verb_itself(setting, s) or earlier


def _of_measure(setting: Setting, s: str, earlier: Subject | None) -> Subject | None:
    """Money, area, length …: the noun before; else the noun behind (4万亿元的投资计划)."""
    before = _before(setting, s)
    behind = _behind(setting, s)
    if behind and (setting.tail.startswith("的") or before is None):
        return behind
    return before or earlier or _clause_before(setting, s) or _verb_itself(setting, s)


def _subject(s: str, start: int, end: int, of: str | None = None) -> Subject | None:
    while start < end and s[start] in "的、，和及与 \n":
        start += 1
    while start < end and s[end - 1] in " \n":
        end -= 1
    return Subject(s[start:end], (start, end), of) if start < end else None


def _before(setting: Setting, s: str) -> Subject | None:
    """The noun that ends where the number begins, level words apart."""
    head = strip_level(setting.head)
    return _noun_ending(setting, s, head)


def _noun_ending(setting: Setting, s: str, head: str) -> Subject | None:
    if not head.strip():
        return None
    a, b = noun_before(head)
    if b - a <= 2 and a > 0:
        a = _with_verb(head, a)
    if b <= a or is_generic(head[a:b]) or head[a:b].removeprefix("已") in VERBS or _ends_in_verb(head, a, b):
        return None
    return _subject(s, setting.head_start + a, setting.head_start + b)


def _ends_in_verb(head: str, a: int, b: int) -> bool:
    """支部组织 (30余人): what stands before the number is who does it, and the verb."""
    return b - a > 3 and head[b - 2 : b] in _DOERS


def _verb_itself(setting: Setting, s: str) -> Subject | None:
    """投入3000多万元: nothing but the verb names what is measured."""
    head = strip_level(setting.head)
    for n in (3, 2):
        if head[-n:] in VERBS and len(head) >= n:
            end = setting.head_start + len(head)
            return _subject(s, end - n, end)
    return None


def _with_verb(head: str, a: int) -> int:
    """A noun of one or two characters keeps the verb between it and another noun: 城镇新增就业."""
    for n in (3, 2):
        if head[a - n : a] in _VERBAL and a >= n:
            left, right = noun_before(head[: a - n])
            return left if right == a - n and 0 < right - left <= 8 and "\u4e00" <= head[right - 1] <= "\u9fff" else a
    return a


def _behind(setting: Setting, s: str) -> Subject | None:
    tail = setting.tail
    if not tail or not ("\u4e00" <= tail[0] <= "\u9fff" or tail[0] in "“”"):
        return None
    if (
        tail[:2] in VERBS
        or tail[0] in "和与及、为是有在以由从向对将把被也都均已占达比较就"
        or tail[:2] in ("同比", "同期")
        or tail[:2] in _CHANGE_WORDS
        or _MOVES.match(tail)
    ):
        return None
    a, b = noun_after(tail)
    if b <= a or is_generic(tail[a:b]):
        return None
    return _subject(s, setting.tail_start + a, setting.tail_start + b)


def _verb_behind(setting: Setting, s: str) -> Subject | None:
    """组织30余人进行调查研究: the activity, where no noun stands at the number."""
    tail = setting.tail
    if tail[:2] not in VERBS:
        return None
    stop = _MARK.search(tail)
    end = min(stop.start() if stop else len(tail), 12)
    return _subject(s, setting.mention.end, setting.mention.end + end)


def _clause_before(setting: Setting, s: str) -> Subject | None:
    """The head noun of the clause before: 粮食产量屡创历史新高，去年达到…"""
    at = setting.clause_start
    floor = max(setting.sentence[0], at - 80)
    for _ in range(3):
        if at <= floor:
            return None
        clause = _CLAUSE.search(s[floor : at - 1])
        start = floor + (clause.start() if clause else 0)
        found = _head_noun(s, start, at - 1)
        if found:
            return found
        at = start
    return None


_LEADING = re.compile(r"^(?:[^，。；]{0,12}?(?:以来|期间|年来|目前|去年|今年|年)|——|（[一二三四五六七八九十]）|[一二三四五]是|\s)+")


def _head_noun(s: str, start: int, end: int) -> Subject | None:
    """The noun at the start of a clause, up to its first verb."""
    lead = _LEADING.match(s[start:end])
    a = start + (lead.end() if lead and start + lead.end() < end - 1 else 0)
    if s[a : a + 1] in ("由", "从", "将", "把"):
        return None
    for at in range(a, end):
        word2, word3 = s[at : at + 2], s[at : at + 3]
        if at > a + 1 and (
            word2 in VERBS or word3 in VERBS or word2 in _CHANGE_WORDS or s[at].isdigit() or s[at] in "屡已将在由从为是达占"
        ):
            return _subject(s, a, at)
    return None if end - a > 16 else _subject(s, a, end)


def _of_change(setting: Setting, s: str, earlier: Subject | None) -> Subject | None:
    """What grows or falls: the noun before the change verb, or the verb's object before the number."""
    head = setting.head
    bare, verb_at = _strip_change(head)
    if verb_at is None:
        found = _object_of_change(setting, s)
        return found or _noun_ending(setting, s, bare) or earlier or _clause_before(setting, s)
    return _noun_ending(setting, s, bare) or earlier or _clause_before(setting, s)


def _strip_change(head: str) -> tuple[str, int | None]:
    """The head without its change verb and the adverbs around it, and where the verb stood."""
    text, verb_at = head, None
    for _ in range(6):
        before = text
        text = _THAN.sub("", _CHANGE_TAIL.sub("", text))
        for n in _CHANGE_LENGTHS:
            if len(text) >= n and text[-n:] in _CHANGE_WORDS:
                text = text[:-n]
                verb_at = len(text)
                break
        else:
            if text and text[-1] in "增升涨降跌减翻" and len(text) > 1 and verb_at is None:
                text, verb_at = text[:-1], len(text) - 1
        if text == before:
            break
    return text, verb_at


def _object_of_change(setting: Setting, s: str) -> Subject | None:
    head = strip_level(setting.head)
    for at in range(len(head) - 2, max(len(head) - 14, -1), -1):
        if head[at : at + 2] in _CHANGE_WORDS:
            return _subject(s, setting.head_start + at + 2, setting.head_start + len(head))
    return None


def _of_end(setting: Setting, s: str, role: Role, earlier: Subject | None) -> Subject | None:
    """The noun before 由…: 水利利用系数由原来的; behind the number after 将/把; else as the other end."""
    head = setting.head
    if role == "after":
        if setting.same_clause and earlier and setting.before and setting.mention.kind == setting.before.kind:
            return earlier
        bare, _ = _strip_change(head)
        bare = _OF_PHRASE.sub("", bare)
        return _noun_ending(setting, s, bare) or earlier or _behind(setting, s) or _clause_before(setting, s)
    moved = _MOVED.search(head)
    if moved and moved.end() - moved.start() <= 2:
        return _behind(setting, s) or earlier
    bare = _OF_PHRASE.sub("", head)
    return _noun_ending(setting, s, strip_level(bare)) or _behind(setting, s) or earlier or _clause_before(setting, s)


def _of_share(setting: Setting, s: str, earlier: Subject | None) -> Subject | None:
    """X占Y的72%: X, with Y as the whole; else the noun before or behind."""
    times = _TIMES.match(setting.head) if setting.mention.kind == "multiple" or "相当于" in setting.head else None
    if times:
        return _noun_ending(setting, s, strip_level(times[1])) or earlier or _clause_before(setting, s)
    share = _SHARE.match(setting.head)
    if share and "占比" not in setting.head[share.end(1) : share.end(1) + 2]:
        of = strip_level(share[2]).strip("的") or None
        found = _noun_ending(setting, s, strip_level(share[1])) or earlier or _clause_before(setting, s)
        return Subject(found.text, found.at, of) if found else None
    if setting.tail.startswith("的"):
        behind = _behind(setting, s)
        if behind:
            return behind
    part_of = _PART_OF.search(setting.head) if setting.mention.unit == "%" else None
    if part_of:
        found = _noun_ending(setting, s, setting.head[: part_of.start()]) or earlier or _clause_before(setting, s)
        return Subject(found.text, found.at, part_of[1]) if found else None
    return _before(setting, s) or earlier or _behind(setting, s) or _clause_before(setting, s)


def separate_list(setting: Setting, s: str) -> list[Span]:
    """The spans of the names of a list before 分别, for handing them out to its numbers in order."""
    found = _SEPARATE.search(setting.head)
    if not found:
        return []
    bare, _ = _strip_change(setting.head[: found.start()])
    a, b = noun_before(bare)
    start, end = setting.head_start + a, setting.head_start + b
    if b - a < 2:
        before = _clause_before(setting, s)
        start, end = before.at if before else (start, end)
    names: list[Span] = []
    at = start
    for joint in [*_LIST.finditer(s, start, end), None]:
        stop = joint.start() if joint else end
        if stop > at:
            names.append((at, stop))
        at = joint.end() if joint else stop
    return names if len(names) > 1 else []
