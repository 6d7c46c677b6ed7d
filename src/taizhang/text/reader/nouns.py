"""Cut out the noun that a number is said of, without a dictionary of nouns: by what may not stand inside it."""

from __future__ import annotations

import re

from taizhang.text.reader.words import lengths, words

VERBS = words("verb")
_LONG_VERBS = frozenset(v for v in VERBS if len(v) > 1)
_SHORT_VERBS = frozenset(v for v in VERBS if len(v) == 1) - frozenset("种包建修选评开造救帮管领查送收发办做带养")
_LEVEL = words("level.verb")
_LEVEL_LENGTHS = lengths(_LEVEL)
PERSON = words("person")
_MARKS = frozenset("，,。；;：:！？!?（）()“”\"‘’《》\n \u3000—")
_LONGEST_NOUN = 24
_LEAD = re.compile(
    r"^(?:其中|同时|目前|如今|截至目前|现|已经?|又|再|还|共计?|累计|总计|平均|全年|每年|每月|每天|每日|年均|日均|月均|特别是|另有|另外|此外|以及|并且?|和|与|及|、|的|了|各类|各种|全部|所有的?)+"
)
_TAIL_WORDS = re.compile(
    r"(?:比[^，。；\d]{1,12}|较[^，。；\d]{1,12}|同比|环比|实际|名义|按可比(?:价格?|口径)|年均|平均每[年月天日人户]|每[年月天日]|由|从|自|分别|均|各|则|也|就|仅|只|已|共计?|再|又|将|预计|累计|合计|总共|共有|共|约|近|超|达|为|是|有|了|的|在|，)+$"
)
_DATE_LEAD = re.compile(r"^.*?(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|年底|年末|以来|期间|季度|上半年|下半年|去年末?|今年|上年末?)(?:底|末|初|来|间)?[，的]?")
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
        if text[start - 1] in "了着将把由从对向被让使于于是在" and start < end:
            break
        start -= 1
    return _trim(text, start, end)


def _verb_ends(text: str, at: int) -> bool:
    return text[at - 2 : at] in _LONG_VERBS or text[at - 3 : at] in _LONG_VERBS or text[at - 1] in _SHORT_VERBS and at >= 2


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
    date = _DATE_LEAD.match(text[start:end])
    if date and start + date.end() < end:
        start += date.end()
    opening = text.find("“", start, end)
    if opening < 0 and (close := text.find("”", start, end)) >= 0:
        start = close + 1 if close + 1 < end else start
    return start, end


def noun_after(text: str) -> tuple[int, int]:
    """The span of the noun at the start of `text` (behind a unit), up to a mark or a verb."""
    skip = _STRIP_PREFIX.match(text)
    start = skip.end() if skip else 0
    stop = _AFTER_STOP.search(text, start)
    end = min(stop.start() if stop else len(text), start + _LONGEST_NOUN)
    at = start
    while at < end:
        if at > start and (text[at : at + 2] in _LONG_VERBS or text[at : at + 3] in _LONG_VERBS) and at - start >= 2:
            break
        if at - start >= 2 and text[at] in "已将把被在由向对从" :
            break
        at += 1
    end = at
    if end - start > 6:
        end = _person_cut(text, start, end)
    while end > start and text[end - 1] in "、和及（(":
        end -= 1
    return start, end


def _person_cut(text: str, start: int, end: int) -> int:
    for at in range(start + 2, end):
        if text[at - 2 : at] in PERSON and text[at : at + 1] not in "的":
            return at
    return end


def is_person(word: str) -> bool:
    """True when the word names persons (农村贫困人口, 邵商, 志愿者)."""
    return any(word[i : i + n] in PERSON for n in (2, 3, 4) for i in range(len(word) - n + 1)) or word.endswith(
        ("者", "员", "民", "商", "人", "工", "师", "生", "户籍")
    )
