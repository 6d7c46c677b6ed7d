"""What on a page is not running text: bylines, titles, section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from taizhang.text.mender.blocks import Block
from taizhang.text.mender.lines import MARKER
from taizhang.text.mender.seams import Ends, begins, ends_of
from taizhang.text.mender.titles import DATELINE, title_score

Kind = Literal["title", "byline", "late byline", "heading", "body", "margin"]
"""`margin`: what belongs to the page, not to an article: its date, its number, its editors."""

_COMPOUND = "欧阳|上官|司马|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木"
_NAME = rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff]|[\u4e00-\u9fff]{{2,4}}(?:·[\u4e00-\u9fff]{{1,8}})+)"
_ROLE = "(?:(?:本报|本刊|本网|新华社|全媒体|融媒体|特约|见习|实习|首席)*(?:记者|通讯员|评论员|撰稿人?|编辑|作者|供稿|报道员)|文/?图?|图/?文?|摄影|整理)"
_ITEM = rf"(?:{_ROLE}[:：/／|｜ \u3000]*)?{_NAME}"
_ROW = rf"{_ITEM}(?:[ \u3000、，,；;/]+{_ITEM})*(?:[ \u3000]*(?:文/?图?|图/?文?|摄影?|摄影报道|报道))?"
BARE_BYLINE = re.compile(rf"{_ROW}")
LATE_BYLINE = re.compile(rf"[（(][ \u3000]*(?:(?:作者|责任编辑|供稿|来源)[:：])?{_ROW}[ \u3000]*[）)]")
_GLUED = re.compile(r"[（(][^（()）]{2,60}[）)]$")
_MARGIN = re.compile(
    r"(?:责任编辑|责编|版式|版面|校对|美编|见习编辑)[ \u3000]*[:：/]|\d{4}年\d{1,2}月\d{1,2}日[ \u3000]*星期[一二三四五六日]"
)
_SUBTITLE = re.compile(r"——(?:记|访|来自|写在)[^，。]*|——[^，。]*(?:纪实|侧记|见闻|调查|启示|综述|记事|走笔|扫描|观察)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile("[。；]|[！？!?](?!$|[”’》])")

LONGEST_TITLE = 44
LONGEST_HEADING = 12


def is_late_byline(text: str) -> bool:
    """True for names in parentheses, as they stand after an article."""
    return len(text) <= 62 and LATE_BYLINE.fullmatch(text) is not None


def is_bare_byline(text: str) -> bool:
    """True for a row of names, with or without what they are."""
    return len(text) <= 60 and BARE_BYLINE.fullmatch(text) is not None


def glued_byline(text: str) -> int:
    """The length of a byline in parentheses at the end of a text block, 0 if there is none."""
    found = _GLUED.search(text[-64:])
    return len(found.group()) if found and found.group() != text and is_late_byline(found.group()) else 0


def is_margin(text: str) -> bool:
    """True for a line of the page itself: date with weekday, editors."""
    return len(text) <= 60 and "。" not in text and _MARGIN.search(text) is not None


def has_dateline(text: str) -> bool:
    """True when a text begins as news do: 本报讯, 新华社北京1月5日电."""
    return DATELINE.match(text) is not None


def is_headline(text: str) -> bool:
    """True for a short line without a sentence in it, as titles and headings are."""
    return (
        4 <= len(text) <= LONGEST_TITLE
        and not _CLAUSE.search(text)
        and text[-1] not in "，、：,:（(“"
        and text[0] not in "（(—，、）)”"
        and "\t" not in text
        and len(_HAN.findall(text)) * 2 > len(text)
    )


@dataclass(frozen=True, slots=True)
class Sorted:
    """The blocks of a page with what each is, and how its edges look."""

    blocks: tuple[Block, ...]
    kinds: tuple[Kind, ...]
    ends: tuple[Ends, ...]


def sort_blocks(blocks: Sequence[Block]) -> Sorted:
    """Say of every block what it is. Glued bylines become blocks of their own."""
    split, kinds = look_over(blocks)
    ends = tuple(map(ends_of, split))
    _settle_titles(split, kinds, ends)
    return Sorted(tuple(split), tuple(kinds), ends)


def look_over(blocks: Sequence[Block]) -> tuple[list[Block], list[Kind]]:
    """The blocks, glued bylines set apart, and what each looks like at first sight: every short line is called a title."""
    split = [piece for block in blocks for piece in _unglue(block)]
    kinds = [_first_look(block) for block in split]
    _settle_subtitles(split, kinds)
    _settle_bylines(split, kinds)
    return split, kinds


def _unglue(block: Block) -> tuple[Block, ...]:
    return block.split_end(glued_byline(block.text)) or (block,)


def _first_look(block: Block) -> Kind:
    if is_margin(block.text):
        return "margin"
    if is_late_byline(block.text):
        return "late byline"
    if is_bare_byline(block.text):
        return "byline"
    return "title" if is_headline(block.text) else "body"


def _settle_subtitles(blocks: Sequence[Block], kinds: list[Kind]) -> None:
    """A second title under a title may begin with a dash."""
    for i in range(1, len(kinds)):
        if kinds[i - 1] == "title" and _SUBTITLE.fullmatch(blocks[i].text):
            kinds[i] = "title"


def _settle_bylines(blocks: Sequence[Block], kinds: list[Kind]) -> None:
    """A row of names counts as a byline only right after a line that can be a title."""
    for i, kind in enumerate(kinds):
        if kind == "byline" and (i == 0 or kinds[i - 1] != "title"):
            kinds[i] = "title" if is_headline(blocks[i].text) else "body"


def _settle_titles(blocks: Sequence[Block], kinds: list[Kind], ends: Sequence[Ends]) -> None:
    """Weigh every short line: a title, a heading, or a piece of running text."""
    first_look = tuple(kinds)
    short = [i for i, kind in enumerate(kinds) if kind == "title"]
    for i in short:
        if title_score(i, blocks, first_look, ends) < 0:
            kinds[i] = "body"
    _settle_headings(blocks, kinds, ends)


def _settle_headings(blocks: Sequence[Block], kinds: list[Kind], ends: Sequence[Ends]) -> None:
    """Short lines of like form between whole paragraphs of one article are its headings, and so are numbered lines."""
    titles = [i for i, kind in enumerate(kinds) if kind == "title"]
    plain = {i: _could_be_heading(i, kinds, ends) for i in titles}
    for could, group in groupby(titles[1:], key=lambda i: plain[i]):
        row = list(group)
        if could and _alike([blocks[i].text for i in row]):
            for i in row:
                kinds[i] = "heading"
    for i in titles[1:]:
        if MARKER.match(blocks[i].text) and not _SUBTITLE.fullmatch(blocks[i].text):
            kinds[i] = "heading"


def _could_be_heading(i: int, kinds: Sequence[Kind], ends: Sequence[Ends]) -> bool:
    """True when a whole paragraph stands before and one begins after, and no byline is near."""
    before = kinds[i - 1] if i else None
    after = kinds[i + 1] if i + 1 < len(kinds) else None
    return before == "body" and ends[i - 1].closes == "stop" and after == "body" and begins(ends[i + 1]) > -3


def _alike(texts: Sequence[str]) -> bool:
    """True for two or more short lines of one form."""
    lengths = sorted(map(len, texts))
    return len(texts) > 1 and lengths[-1] <= LONGEST_HEADING and lengths[-1] - lengths[0] <= 3
