"""Numerals that state no figure: dates, slogans in quotation marks, names, ordinals, idioms."""

from __future__ import annotations

import re

from taizhang.core import places
from taizhang.text.reader.words import words

_Y = r"(?:(?<!\d)[12]\d{3}|[一二][零〇一二三四五六七八九]{3})"
_D = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_TO = r"[-—–~～－至到、和]{1,2}"
DATE = re.compile(
    rf"(?=[0-9一二三四五六七八九十])(?:{_Y}(?:年?{_TO}{_Y})*年(?:{_D}(?:{_TO}{_D})?月(?:{_D}(?:{_TO}{_D})?[日号])?)?(?!历史|文化|前的)"
    rf"|(?<!\d)0\d年|(?<![\d.个]){_D}(?:{_TO}{_D})?月(?:份|{_D}(?:{_TO}{_D})?[日号])?"
    rf"|(?<![\d.])\d{{1,2}}(?:{_TO}\d{{1,2}})?[日号](?!以?内|之内|均|产|龄)"
    r"|(?<![\d.])\d{1,2}[时点](?:\d{1,2}分|许|半|整|钟|前|后|至|到|[，。左])|\d{1,2}[:：]\d{2}"
    r"|(?:\d{2,4}|[一二三四五六七八九]十)年代|\d{1,2}世纪|[二十一]{1,3}世纪|[0-9]0后"
    r"|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}[日号])"
)
_ORDINAL_BEFORE = frozenset("第")
_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "‘": "’"}
_OPENING = re.compile('[“「『《〈‘"]')
_LONGEST_QUOTE = 60
_SPEECH = re.compile(r"[。！？；]|[^、]{6}，")
_IDIOMS = words("idiom")
_PLACE_NAMES = frozenset(p.name for p in places() if p.name[0] in "一二三四五六七八九十百千万两") | frozenset(
    p.short for p in places() if p.short[0] in "一二三四五六七八九十百千万两"
)
_ITEM = re.compile(r"[、.．)）]|[是要则来](?!元|吨|个)")
_AFTER_NAME = re.compile(r"(?:[级届]?[中]?全会|届[一二三四五六七八九]中|大(?!型|中型|约)|小龙|强|号|后(?!来)|线城市|[dD]打印|G|g)")
_LATIN = re.compile(r"[A-Za-z]")


def dates(s: str) -> list[tuple[int, int]]:
    """The spans of dates and times of day, in order."""
    return [m.span() for m in DATE.finditer(s)]


def quoted(s: str) -> list[tuple[int, int]]:
    """Spans inside quotation marks or book title marks that are a name or a slogan, not speech; in order."""
    out: list[tuple[int, int]] = []
    i = 0
    while (m := _OPENING.search(s, i)) is not None:
        i = m.end()
        close = _QUOTES.get(m[0], '"')
        end = s.find(close, i, i + _LONGEST_QUOTE)
        if end < 0 or "\n" in s[i:end]:
            continue
        if m[0] in "《〈" or not _SPEECH.search(s, i, end):
            out.append((m.start(), end + 1))
            i = end + 1
    return out


def is_ordinal(s: str, i: int) -> bool:
    """第七, 首条, 〔2022〕15号: the numeral counts nothing."""
    return i > 0 and s[i - 1] in _ORDINAL_BEFORE


def is_item_number(s: str, i: int, end: int) -> bool:
    """一、 （二） 三是: a list number at the start of a sentence or line."""
    before = s[i - 1] if i else "\n"
    if before in "（(":
        return s[end : end + 1] in ("）", ")")
    if before == "\n" and s[end : end + 1] in ("、", ".", "．", "）"):
        return not s[end + 1 : end + 2].isdigit()
    return before in "\n。；，：！？—、 \u3000" and bool(_ITEM.match(s, end)) and s[end : end + 1] not in ".．、)）"


def is_idiom(s: str, i: int, end: int) -> bool:
    """True when the numeral and its unit lie inside a fixed phrase (进一步, 一方面, 百货)."""
    for a in range(max(i - 2, 0), i + 1):
        for n in range(max(2, end - a), 6):
            if s[a : a + n] in _IDIOMS:
                return True
    return False


def is_place_name(s: str, i: int, end: int) -> bool:
    """True when the numeral is the start of the name of a place (三台县, 万年县)."""
    return any(s[i : i + n] in _PLACE_NAMES for n in range(max(2, end - i), 6))


def is_name(s: str, i: int, end: int) -> bool:
    """True for a number stuck to Latin letters or to a word that makes a name of it (5G, 3D打印, G60, 500强)."""
    if i and (_LATIN.match(s, i - 1) or s[i - 1] in "·.-+〔[#№" and (i < 2 or not s[i - 2].isspace())):
        return True
    return bool(_AFTER_NAME.match(s, end)) or s[end : end + 1] in ("+", "·")
