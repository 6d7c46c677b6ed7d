"""Cut out the noun that a number is said of, without a dictionary of nouns: by what may not stand inside it."""

from __future__ import annotations

import re

from taizhang.text.reader.words import lengths, one_of, words

VERBS = words("verb")
_LONG_VERBS = frozenset(v for v in VERBS if len(v) > 1)
_CUTTING = frozenset("了着将把由从对向被让使在占是")
_OPENING = words("opening")
_GENERIC = words("generic")
_NAMED = words("noun.named")
_AFTER = words("after") | _LONG_VERBS
_TIMES = words("time")
_WHOLE = re.compile(r"(?:全|该|我|各|本)(?:国|省|市|县|区|州|镇|乡|村|街道|园区|校|院|馆|地)?")
_EACH_INSIDE = re.compile(rf".*每{one_of('role.each')}", re.S)
_ETC = re.compile(r".*等(?!级|候|待|额|同|量)", re.S)
_LEVEL = words("level.verb")
_LEVEL_LENGTHS = lengths(_LEVEL)
PERSON = words("person")
_MARKS = frozenset('，,。；;：:！？!?（）()“”"‘’《》\n \u3000—')
_LONGEST_NOUN = 24
_EACH = rf"每{one_of('noun.each')}|人均每[年月天日]"
_LEAD = re.compile(rf"^(?:{one_of('noun.lead')}|{_EACH})+")
_DATE_LEAD = re.compile(
    rf"^.*?(?:\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?|\d{{1,2}}月(?:\d{{1,2}}日)?|{one_of('noun.date')})[底末初来间]?[，的]?"
)
_STRIP_PREFIX = re.compile(r"^(?:的|个|多|余|左右|以上|以下)+")
_AFTER_STOP = re.compile(r"[^\u4e00-\u9fff“”（）()A-Za-z0-9、和及·]")


def strip_level(head: str) -> str:
    """Take 共有, 已达, 超过 … off the end of the words before a number."""
    while head:
        for n in _LEVEL_LENGTHS:
            if head[-n:] in _LEVEL and len(head) >= n:
                head = head[:-n]
                break
        else:
            return head
    return head


def noun_before(text: str) -> tuple[int, int]:
    """The span of the noun at the end of `text`: back to a mark or to a verb that takes it as its object."""
    end = len(text)
    start = end
    while start > 0 and end - start < _LONGEST_NOUN:
        if text[start - 1] in _MARKS and not _inside_quotes(text, start - 1, end):
            break
        if start < end and (_verb_ends(text, start)):
            break
        if start < end and text[start - 1] in _CUTTING and not _inside_word(text, start - 1):
            break
        start -= 1
    return _trim(text, start, end)


def _verb_ends(text: str, at: int) -> bool:
    if text[at : at + 1] in "量率额数值度业者员性房地点区费款金品线":
        return False  # 拥有量, 整改率: the verb is the head of a name
    return text[at - 2 : at] in _LONG_VERBS or text[at - 3 : at] in _LONG_VERBS


_WORDS_WITH_CUTTING = words("noun.notcut")


def _inside_word(text: str, at: int) -> bool:
    return text[at : at + 2] in _WORDS_WITH_CUTTING or text[at - 1 : at + 1] in _WORDS_WITH_CUTTING


def _inside_quotes(text: str, at: int, end: int) -> bool:
    """A closing quote that belongs to the noun (“美在金秋”老党员之家); its opening is further left."""
    if text[at] in "”’》）)":
        return True
    if text[at] in "“‘《（(":
        return any(c in "”’》）)" for c in text[at:end])
    return False


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text[start:end])
    if lead and start + lead.end() < end:
        start += lead.end()
    for pattern in (_DATE_LEAD, _DATE_LEAD, _EACH_INSIDE, _ETC):
        found = pattern.match(text[start:end])
        if found and start + found.end() + (pattern is _ETC) < end:
            start += found.end()
    for n in (3, 2):
        if text[start : start + n] in _OPENING and end - start - n >= 2 and not _verb_is_name(text, start, n):
            start += n
            break
    opening = text.find("“", start, end)
    if opening < 0 and (close := text.find("”", start, end)) >= 0:
        start = close + 1 if close + 1 < end else start
    return start, end


def _verb_is_name(text: str, start: int, n: int) -> bool:
    """生产总值, 服务业, 处理能力: the verb opens a name."""
    return (
        text[start + n : start + n + 1] in "业总能量额率值力性者员费场所物品用机站厂网面线点区" or text[start + n : start + n + 2] in _NAMED
    )


def is_generic(word: str) -> bool:
    """政策支持, 较低水平: words that count nothing themselves."""
    return word in _GENERIC or word in _TIMES or bool(_WHOLE.fullmatch(word))


def noun_after(text: str) -> tuple[int, int]:
    """The span of the noun at the start of `text` (behind a unit), up to a mark or a verb."""
    skip = _STRIP_PREFIX.match(text)
    start = skip.end() if skip else 0
    stop = _AFTER_STOP.search(text, start)
    end = min(stop.start() if stop else len(text), start + _LONGEST_NOUN)
    at = start
    while at < end:
        if at - start >= 2 and (text[at] == "占" or text[at : at + 2] in _AFTER or text[at : at + 3] in _AFTER):
            break
        if at - start >= 2 and text[at] in "已将把被在由向对从每仍均" and not _inside_word(text, at):
            break
        at += 1
    end = at
    if end - start > 4:
        end = _person_cut(text, start, end)
    while end > start and (text[end - 1] in "、和及（(的中" or _unopened(text[start:end])):
        end -= 1
    return start, end


def _unopened(noun: str) -> bool:
    """Whether it ends in a bracket that opened before it: 4个乡（其中3个民族乡）."""
    return (noun[-1] == "）" and "（" not in noun) or (noun[-1] == ")" and "(" not in noun)


def _person_cut(text: str, start: int, end: int) -> int:
    for at in range(start + 2, end):
        if text[at - 2 : at] in ("人口", "群众", "居民", "村民", "农民", "市民") and text[at : at + 1] not in "的":
            return at
        if text[at - 2 : at] == "人口":
            return at
    return end


def without_lead(text: str) -> str:
    """The words without 其中, 共, 已 … at their start."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead and lead.end() < len(text) else text


def has_verb(text: str) -> bool:
    """True when one of the verbs that take what is counted stands in the text."""
    return any(text[i : i + 2] in _LONG_VERBS for i in range(len(text) - 1))


def is_person(word: str) -> bool:
    """True when the word names persons (农村贫困人口, 邵商, 志愿者)."""
    return any(word[i : i + n] in PERSON for n in (2, 3, 4) for i in range(len(word) - n + 1)) or word.endswith(
        ("者", "员", "民", "商", "人", "工", "师", "生", "户籍")
    )
