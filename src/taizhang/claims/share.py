"""Rule `share`: a percentage against the part and the whole beside it (165人，其中党员57人，占34.5%)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.saying import about, finding, number
from taizhang.claims.scene import Mention, Sentence, passages
from taizhang.claims.values import is_positive, middle, percent
from taizhang.claims.whole import MOST_PARTS, countable
from taizhang.core import Finding, Story

LINK = r"(?:达到?|高达|约?为|约|是|近|超过?|仅|只|了|已)*"
OF = re.compile(rf"^(?P<what>[^占]{{0,30}}?)(?:所)?占(?:比|有|到|据)?(?:例|重)?{LINK}(?P<whole>[^占]{{0,24}}?)(?:的|之|比例|比重|份额)*{LINK}$")
PORTION = re.compile(rf"(?P<what>[^占]{{0,12}}?)(?:比例|比重|占比){LINK}$")
RATE = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{1,4}}?)率(?:已)?{LINK}$")
DONE = re.compile(r"(?:完成|占|达到?|实现)(?:全年|年度|年初)?[^，]{0,6}?(?:计划|目标|任务|预算|应\w{1,4})[^，]{0,4}?的?$")
GENERAL = re.compile(r"总数|总量|总额|总人数|总户数|总面积|总体|全部|总|其中|整个|其|该|比例|比重|的|约|近|超过?|达到?|为|人数|户数|数量|数|中")
SCOPE = re.compile(r"全国|世界|全球|全省|全市|全县|全区|同期|上年|去年|国内|国际|当年|生产总值|GDP")
BACK = 4


def share(story: Story) -> Iterator[Finding]:
    """Contradictions between a share and the part and whole it is said of."""
    for sentence in passages(story):
        for k, m in enumerate(sentence.mentions):
            if m.is_percent and not m.aside and not cues.change_of(m):
                yield from _judge(sentence, m, list(_pairs(sentence, k)))


def _pairs(sentence: Sentence, k: int) -> Iterator[tuple[Mention, Mention]]:
    """Every part and whole the share may speak of, the likeliest first."""
    m = sentence.mentions[k]
    if "分别" in m.clause or _follows_respectively(sentence, k):
        yield from _respectively(sentence, k)
        return
    yield from _of_number(sentence, k)
    if k == 0:
        return
    if of := OF.search(m.lead):
        yield from _part_before(sentence, k, of["what"], of["whole"])
        yield from _part_after(sentence, k, of["whole"])
    elif DONE.search(m.lead):
        yield from _planned(sentence, k)
    elif portion := PORTION.search(m.lead):
        yield from _part_before(sentence, k, portion["what"], "")
    elif m.q.unit == "%" and (rate := RATE.search(m.lead)):  # a rate in ‰ (出生率) is of another whole
        yield from _of_rate(sentence, k, rate["stem"])
    elif re.search(r"(?:其中|有|的)$", m.lead):
        yield from _part_after(sentence, k, "")


def _follows_respectively(sentence: Sentence, k: int) -> bool:
    """True for the later shares of 分别占58.3%、20%和21.7%."""
    before = sentence.text[max(0, sentence.mentions[k].start - 60) : sentence.mentions[k].start]
    return bool(re.search(r"分别[^。；]*[%％、和]+$", before))


def _respectively(sentence: Sentence, k: int) -> Iterator[tuple[Mention, Mention]]:
    """P1、P2，分别占S1、S2: each share with the part at the same place of the list."""
    first = k
    while first and sentence.mentions[first - 1].is_percent and sentence.mentions[first].start - sentence.mentions[first - 1].end <= 2:
        first -= 1
    last = k
    while last + 1 < len(sentence.mentions) and sentence.mentions[last + 1].is_percent and len(sentence.between(sentence.mentions[last], sentence.mentions[last + 1])) <= 2:
        last += 1
    count = last - first + 1
    parts = sentence.mentions[max(0, first - count) : first]
    if len(parts) < count or count < 2 or len({p.base for p in parts}) > 1 or not re.search(r"占[^，]{0,12}$", sentence.mentions[first].lead):
        return
    of = OF.search(sentence.mentions[first].lead)
    for whole in _wholes(sentence, first - count, parts[0]):
        if _can_be(sentence, whole, parts[k - first], of["whole"] if of else ""):
            yield parts[k - first], whole


def _of_number(sentence: Sentence, k: int) -> Iterator[tuple[Mention, Mention]]:
    """57人，占165人的34.5%: the whole stands inside the phrase."""
    if k < 2:
        return
    m, whole, piece = sentence.mentions[k], sentence.mentions[k - 1], sentence.mentions[k - 2]
    if re.fullmatch(r"[^，]{0,12}的", m.lead) and re.search(r"占[^，]{0,10}$", whole.lead) and piece.base == whole.base:
        yield piece, whole


def _part_before(sentence: Sentence, k: int, what: str, of: str) -> Iterator[tuple[Mention, Mention]]:
    if k >= 2 and sentence.mentions[k - 2].end == sentence.mentions[k - 1].start:
        yield from _with_part(sentence, k, k - 2, what, of)  # 45户168人，占全村户数的14.1%
    for i in range(k - 1, max(k - 3, 0), -1):
        pairs = list(_with_part(sentence, k, i, what, of))
        yield from pairs
        if pairs or sentence.mentions[i].base == sentence.mentions[i - 1].base:
            return  # else 21个村收入超过20万元，占75%: the part stands further back


def _with_part(sentence: Sentence, k: int, i: int, what: str, of: str) -> Iterator[tuple[Mention, Mention]]:
    piece = sentence.mentions[i]
    gap = sentence.text[piece.end : sentence.mentions[k].start]
    if piece.is_percent or not countable(piece) or len(gap) > 40 or "；" in gap or "。" in gap:
        return
    if _names_other(sentence, piece, what):
        return
    for whole in _wholes(sentence, i, piece):
        if _can_be(sentence, whole, piece, of):
            yield piece, whole


def _names_other(sentence: Sentence, piece: Mention, what: str) -> bool:
    """True when the words before 占 name something that the part is not."""
    left = cues.filler_free(GENERAL.sub("", what)).strip("，、（() ")
    return left != "" and left not in piece.clause + piece.tail and left[-2:] not in piece.clause + piece.tail


def _wholes(sentence: Sentence, k: int, piece: Mention) -> list[Mention]:
    earlier = sentence.mentions[max(0, k - BACK) : k][::-1]
    return [w for w in earlier if w.base == piece.base and countable(w) and not _has_share(sentence, w)]


def _has_share(sentence: Sentence, m: Mention) -> bool:
    """True for a number whose own share follows at once: it is a part, not the whole."""
    i = m.index
    following = sentence.mentions[i + 1] if i + 1 < len(sentence.mentions) else None
    return following is not None and following.is_percent and bool(re.match(r"[，（(]?(?:约|仅|所)?占", sentence.between(m, following)))


def _can_be(sentence: Sentence, whole: Mention, piece: Mention, of: str) -> bool:
    """True when the whole named after 占 is, or may be, this number."""
    context = whole.clause + whole.q.surface + whole.tail
    if "。" in sentence.text[whole.end : piece.start] and not re.search(r"共|总|现有|达", whole.clause):
        return False
    scope = SCOPE.search(of)
    if scope and scope[0] not in sentence.text[max(0, whole.start - 40) : whole.end] + whole.tail:
        return False
    named = SCOPE.sub("", GENERAL.sub("", of)).strip("，、 ")
    return named == "" or named in context or named[-2:] in context


def _part_after(sentence: Sentence, k: int, of: str) -> Iterator[tuple[Mention, Mention]]:
    """党员占34.5%，共57人; 其中60%（360万元）用于…"""
    if k + 1 >= len(sentence.mentions):
        return
    m, piece = sentence.mentions[k], sentence.mentions[k + 1]
    gap = sentence.text[m.end : piece.start]
    if not re.fullmatch(r"[^，（。；]{0,8}[，（(]?(?:共|即|计|合计|共计|约|为|有|达|约为|共有|也就是|折合)?", gap) or not countable(piece):
        return
    if gap[:1] not in "，（(" and not re.search(r"[，（(]", gap):
        return
    for whole in _wholes(sentence, k, piece):
        if _can_be(sentence, whole, piece, of):
            yield piece, whole


def _planned(sentence: Sentence, k: int) -> Iterator[tuple[Mention, Mention]]:
    """计划投资5亿元，已完成4.5亿元，完成计划的90%."""
    piece = sentence.mentions[k - 1]
    if not countable(piece):
        return
    for whole in _wholes(sentence, k - 1, piece):
        if re.search(r"计划|目标|任务|预算|应", whole.clause):
            yield piece, whole


def _of_rate(sentence: Sentence, k: int, stem: str) -> Iterator[tuple[Mention, Mention]]:
    """抽检200批次，合格190批次，合格率95%: the stem of the rate names the part."""
    piece = sentence.mentions[k - 1]
    pairs = [stem[i : i + 2] for i in range(max(len(stem) - 1, 1))]
    words = piece.clause + piece.tail
    if not countable(piece) or piece.is_percent or not any(p in words for p in pairs):
        return
    for whole in _wholes(sentence, k - 1, piece):
        if not any(p in whole.clause[-8:] + whole.tail for p in pairs):
            yield piece, whole


def _together(sentence: Sentence, piece: Mention, whole: Mention, m: Mention) -> bool:
    """True when the share is of the amounts before it taken together: A村300亩，B村200亩，占…"""
    added = piece.size
    for earlier in sentence.mentions[max(0, piece.index - MOST_PARTS) : piece.index][::-1]:
        if earlier is whole or earlier.base != piece.base or not countable(earlier):
            return False
        added = added + earlier.size
        if percent(added, whole.size).meets(m.size):
            return True
    return False


def _judge(sentence: Sentence, m: Mention, pairs: list[tuple[Mention, Mention]]) -> Iterator[Finding]:
    able = [(p, w) for p, w in pairs if is_positive(w.size) and p.size.low is not None]
    if not able or any(percent(p.size, w.size).meets(m.size) or _together(sentence, p, w, m) for p, w in able):
        return
    piece, whole = able[0]
    follows = percent(piece.size, whole.size)
    a, b = middle(follows), middle(m.size)
    miss = f"{number(abs(a - b), 2)}个百分点" if a is not None and b is not None else None
    yield finding(
        sentence, (whole, piece, m), "contradiction", "share", (f"占{m.q.surface}", f"占{about(follows, '%')}", miss),
        f"{piece.q.surface}占{whole.q.surface}的{about(follows, '%')}，文中写的是{m.q.surface}。",
        f"{piece.q.surface} of {whole.q.surface} is {about(follows, '%')}, but the text says {m.q.surface}.",
    )
