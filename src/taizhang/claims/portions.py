"""The part and the whole that a percentage speaks of.

Each way of saying a share is one small function that gives the pairs it may mean: the whole inside
the phrase (占165人的34.5%), the part and the whole before it (165人，其中57人，占34.5%), a rate
named after what was done (应检200台，实检190台，受检率95%), the part after it (34.5%来自…，计57人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.again import named_again
from taizhang.claims.ends import PART_END, is_passed, naming, said_of
from taizhang.claims.scene import Mention, Sentence
from taizhang.claims.whole import countable

Pair = tuple[Mention, Mention]  # part, whole

LINK = r"(?:达到?|高达|约?为|约|是|近|超过?|仅|只|了|到|已)*"
OF = re.compile(rf"^(?P<what>[^占]{{0,30}}?)(?:所)?占(?:比|有|到|据)?(?:例|重)?{LINK}(?P<whole>[^占]{{0,24}}?)(?:的|之|比例|比重|份额)*{LINK}$")
PORTION = re.compile(rf"(?P<what>[^占]{{0,12}}?)(?:比例|比重|占比){LINK}$")
RATE = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{1,4}}?)率(?:已)?{LINK}$")
PLAN = r"(?:计划|目标|任务|预算|应\w{1,4})"
DONE = re.compile(rf"(?:完成|占|达到?|实现|[为是]|相当于)(?:全年|年度|年初)?[^，]{{0,6}}?{PLAN}[^，]{{0,4}}?的?$|(?:完成|总体|工程)?进度{LINK}$")
DUE = re.compile(rf"{PLAN}|应|发放|发出|需")
# The words between a whole and its share: 占W的, 占全部投资（W）的比重为, 在全厂W职工中占到.
WITHIN = re.compile(rf"[）)”]?[^，。；%]{{0,10}}?(?:[的之](?:比重|比例|份额)?|[中里](?:占|占比)){LINK}")
OPENS_WHOLE = re.compile(r"(?:占|为|是|相当于|等于|达到?|完成|在)(?:了|到)?[^，。；]{0,16}$")
GOES_TO = re.compile(r"[^，。；：—]{0,8}?(?:来自|来源于|用[在于作]|投[向入给]|流[向入]|给了?|属于|归|[\u4e00-\u9fff][上进入]了)(?P<goal>[^，。；：—]{0,16})")
SUMMED_UP = re.compile(r"[^，。；：、]{1,16}(?=，(?:共|计|合计|共计|即)\d)(?P<goal>)")  # 14%获评A级，共243家
AMOUNTS = re.compile(r"(?:共|即|计|合计|共计|约|为|有|达|约为|共有|也就是|折合|合)?(?:金额|总额|数额|数量|资金|规模|面积|人数|产值)?(?:约|为|达|是|有|共)*")
GENERAL = re.compile(r"分别|总数|总量|总额|总人数|总户数|总面积|总体|全体|全部|总|其中|整个|其|该|比例|比重|的|约|近|超过?|达到?|为|人数|户数|数量|数|中")
SCOPE = re.compile(r"全国|世界|全球|全省|全市|全县|全区|同期|上年|去年|国内|国际|当年|生产总值|GDP")
NEXT_OPENS = re.compile(r"。(?![^级]{1,3}[省市县区镇乡村])[^，；。、：]{2,12}")  # the next sentence opens with its value, and with no place
WITHIN_IT = re.compile(r"，(?:也就是|相当于|即)(?:在|说)*")  # 占66%，也就是120人中有79人
BACK = 4


def pairs_of(sentence: Sentence, k: int) -> list[Pair]:
    """Every part and whole that the share at k may speak of, the likeliest first."""
    m = sentence.mentions[k]
    if "分别" in m.clause or _follows_respectively(sentence, k):
        return list(_respectively(sentence, k))
    inside = list(_inside(sentence, k))
    return inside or [pair for way in (_shares, _whole_after, _planned, _rated, _told_after, _told_first) for pair in way(sentence, k)]


def _inside(sentence: Sentence, k: int) -> Iterator[Pair]:
    """57人，占165人的34.5%; 57名党员，在全厂165名职工中占34.5%: the whole stands inside the phrase."""
    m, whole = sentence.mentions[k], _neighbour(sentence, k)
    if whole is None or whole.is_percent or not WITHIN.fullmatch(sentence.between(whole, m)) or not OPENS_WHOLE.search(said_of(sentence, whole)):
        return
    piece = _neighbour(sentence, whole.index)
    if piece is not None and piece.base == whole.base and not cues.change_of(piece) and "。" not in sentence.between(piece, whole):
        yield piece, whole


def _neighbour(sentence: Sentence, k: int) -> Mention | None:
    """The value before mention k, over times and asides."""
    for m in sentence.mentions[max(0, k - BACK) : k][::-1]:
        if not is_passed(m):
            return m
    return None


def _shares(sentence: Sentence, k: int) -> Iterator[Pair]:
    """165人，其中党员57人，占34.5%; 比例为34.5%."""
    m = sentence.mentions[k]
    within = re.match(r"[约近]占(?=\d)", m.q.surface)  # the hedge before 占 is read as part of the number
    lead = m.lead + (within[0] if within else "")
    if of := OF.search(lead):
        yield from _part_before(sentence, k, of["what"], of["whole"])
        yield from _part_after(sentence, k, of["whole"])
    elif portion := PORTION.search(lead):
        yield from _part_before(sentence, k, portion["what"], "")


def _whole_after(sentence: Sentence, k: int) -> Iterator[Pair]:
    """等级公路735公里，占公路里程的24.7%，公路里程为2976公里: what is named after 占 is told next."""
    m, piece, whole = sentence.mentions[k], _neighbour(sentence, k), _next(sentence, k)
    of = OF.search(m.lead)
    if of is None or piece is None or whole is None or piece.base != whole.base or not (countable(piece) and countable(whole)):
        return
    if named_again(sentence.between(m, whole), of["whole"]) and re.fullmatch(r"[，,]", sentence.text[piece.end : m.start - len(m.lead)]):
        yield piece, whole


def _part_before(sentence: Sentence, k: int, what: str, of: str) -> Iterator[Pair]:
    if k >= 2 and sentence.mentions[k - 2].end == sentence.mentions[k - 1].start:
        yield from _with_part(sentence, k, k - 2, what, of)  # 45户168人，占全村户数的14.1%
    for i in range(k - 1, max(k - 3, 0), -1):
        pairs = list(_with_part(sentence, k, i, what, of))
        yield from pairs
        if pairs or of or sentence.mentions[i].base == sentence.mentions[i - 1].base:
            return  # else 21个村收入超过20万元，占75%: the part stands further back


def _with_part(sentence: Sentence, k: int, i: int, what: str, of: str) -> Iterator[Pair]:
    piece = sentence.mentions[i]
    gap = sentence.text[piece.end : sentence.mentions[k].start]
    if piece.is_percent or not countable(piece) or len(gap) > 40 or "；" in gap or "。" in gap:
        return
    if _names_other(piece, what):
        return
    for whole in _wholes(sentence, i, piece):
        if _can_be(sentence, whole, piece, of):
            yield piece, whole


def _names_other(piece: Mention, what: str) -> bool:
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
    context = PART_END.split(said_of(sentence, whole))[-1] + whole.q.surface + whole.tail
    if "。" in sentence.text[whole.end : piece.start] and not _reaches_over(sentence, whole, piece):
        return False
    scope = SCOPE.search(of)
    if scope and scope[0] not in context:
        return False
    named = SCOPE.sub("", GENERAL.sub("", of)).strip("，、 ")
    return set(named) <= set(context)


def _reaches_over(sentence: Sentence, whole: Mention, piece: Mention) -> bool:
    """True when a part may be of a whole in the sentence before: 共有; 。其中; 公交车501辆。新能源公交车466辆."""
    gap = sentence.text[whole.end : piece.start]
    if re.search(r"共|总|现有|达", whole.clause) or re.search(r"。(?:其中|当中)[^。]*$", gap):
        return True
    counted_alike = whole.q.unit_text == piece.q.unit_text and not whole.size.below(piece.size)
    return counted_alike and NEXT_OPENS.fullmatch(gap) is not None and not whole.lead.endswith(gap[1:])


def _planned(sentence: Sentence, k: int) -> Iterator[Pair]:
    """计划投资5亿元，已完成4.5亿元，完成计划的90%."""
    piece = _neighbour(sentence, k)
    if piece is None or not countable(piece) or not DONE.search(sentence.mentions[k].lead):
        return
    for whole in _wholes(sentence, piece.index, piece):
        if re.search(rf"{PLAN}|应", whole.clause):
            yield piece, whole


def _rated(sentence: Sentence, k: int) -> Iterator[Pair]:
    """抽检200批次，合格190批次，合格率95%; 应收30万元，实收27万元，收缴率90%: the rate is named after the part."""
    piece, rate = _neighbour(sentence, k), RATE.search(sentence.mentions[k].lead)
    if rate is None or piece is None or sentence.mentions[k].q.unit != "%" or not countable(piece) or piece.is_percent:
        return  # a rate in ‰ (出生率) is of another whole
    stem, words = rate["stem"], said_of(sentence, piece) + piece.tail
    if ("不" in stem) != ("不" in words) or "。" in sentence.between(piece, sentence.mentions[k]):
        return
    for whole in _wholes(sentence, piece.index, piece):
        if not _can_be(sentence, whole, piece, ""):
            continue
        around = whole.clause[-8:] + whole.tail
        if _shares_word(stem, words, 2) and not _shares_word(stem, around, 2) or DUE.search(around) and _shares_word(stem, words, 1):
            yield piece, whole


def _shares_word(stem: str, words: str, length: int) -> bool:
    """True when so many characters of the stem in a row stand among the words."""
    return any(stem[i : i + length] in words for i in range(max(len(stem) - length + 1, 1)))


def _told_after(sentence: Sentence, k: int) -> Iterator[Pair]:
    """165人，其中34.5%（57人）是党员; 1.2亿元，75%用在民生上，民生支出0.9亿元: the part follows its share."""
    m = sentence.mentions[k]
    if re.search(r"(?:其中|有|的)$", m.lead):
        yield from _part_after(sentence, k, "")
    goes, piece = GOES_TO.match(sentence.text, m.end), _next(sentence, k)
    if m.lead == "":
        goes = goes or SUMMED_UP.match(sentence.text, m.end)
    if goes is None or piece is None or piece.is_percent or not countable(piece):
        return
    words = sentence.text[goes.end() : piece.start]
    for whole in _wholes(sentence, k, piece):
        if _is_amount_of(words, goes["goal"] + said_of(sentence, whole)):
            yield piece, whole


def _told_first(sentence: Sentence, k: int) -> Iterator[Pair]:
    """69%的贷款投向小微企业——新增的3.8亿元贷款里，小微企业拿走2.6亿元: share, whole, part."""
    m, whole = sentence.mentions[k], _next(sentence, k)
    goes = GOES_TO.match(sentence.text, m.end)
    piece = None if whole is None else _next(sentence, whole.index)
    if whole is None or piece is None or piece.base != whole.base or not countable(piece):
        return
    if WITHIN_IT.fullmatch(sentence.between(m, whole)) and re.fullmatch(r"[^，。；]{0,8}[中里](?:共|就)?有", sentence.between(whole, piece)):
        yield piece, whole
    if goes is None:
        return
    if re.search(r"[里中内]$", whole.tail) and _is_amount_of(sentence.between(whole, piece)[len(whole.tail) :], goes["goal"] + "拿得占"):
        yield piece, whole


def _next(sentence: Sentence, k: int) -> Mention | None:
    """The value after mention k, over times and asides."""
    return next((m for m in sentence.mentions[k + 1 : k + 1 + BACK] if not is_passed(m)), None)


def _is_amount_of(words: str, known: str) -> bool:
    """True for words that only lead to an amount, or name again what was named: ，计; ，民生支出."""
    if not words.startswith(("，", "（", "：", "——")) or len(words) > 24 or "。" in words or "；" in words or words.count("，") > 1:
        return False
    return bool(AMOUNTS.fullmatch(words[1:])) or (naming(words) != "" and set(re.sub(r"[走掉]", "", naming(words))) <= set(known))


def _part_after(sentence: Sentence, k: int, of: str) -> Iterator[Pair]:
    """党员占34.5%，共57人; 其中60%（360万元）用于…; 有60%也就是360万元用于…"""
    if k + 1 >= len(sentence.mentions):
        return
    m, piece = sentence.mentions[k], sentence.mentions[k + 1]
    gap = sentence.between(m, piece)
    if not re.fullmatch(rf"[^，（。；]{{0,8}}[，（(]{AMOUNTS.pattern}|，?(?:也就是|即|约合|折合|合计?)", gap) or not countable(piece):
        return
    for whole in _wholes(sentence, k, piece):
        if _can_be(sentence, whole, piece, of):
            yield piece, whole


def _follows_respectively(sentence: Sentence, k: int) -> bool:
    """True for the later shares of 分别占58.3%、20%和21.7%."""
    before = sentence.text[max(0, sentence.mentions[k].start - 60) : sentence.mentions[k].start]
    return bool(re.search(r"分别[^。；]*[%％、和]+$", before))


def _respectively(sentence: Sentence, k: int) -> Iterator[Pair]:
    """P1、P2，分别占S1、S2: each share with the part at the same place of the list."""
    first = k
    while first and _listed(sentence, first - 1):
        first -= 1
    last = k
    while last + 1 < len(sentence.mentions) and _listed(sentence, last):
        last += 1
    count = last - first + 1
    parts = [p for p in sentence.mentions[max(0, first - BACK * count) : first] if not is_passed(p) and p.kind != "age"][-count:]
    if len(parts) < count or count < 2 or len({p.base for p in parts}) > 1 or not re.search(r"占[^，]{0,12}$", sentence.mentions[first].lead):
        return
    of = OF.search(sentence.mentions[first].lead)
    for whole in _wholes(sentence, parts[0].index, parts[0]):
        if _can_be(sentence, whole, parts[k - first], of["whole"] if of else ""):
            yield parts[k - first], whole


def _listed(sentence: Sentence, i: int) -> bool:
    """True when mentions i and i + 1 are percentages of one list."""
    a, b = sentence.mentions[i], sentence.mentions[i + 1]
    return a.is_percent and b.is_percent and b.start - a.end <= 2
