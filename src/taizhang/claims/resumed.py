"""A measure taken up again in other words: 这375名运动员, 全镇267户低保户, 全长621米的大桥.

The later words point back: a demonstrative, the scope that was counted before, or the level of
one thing set before its name. The earlier saying is the nearest that speaks of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from taizhang.claims.measures import CARRIER, Saying, saying_of
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.whole import MOST_PARTS, countable
from taizhang.core import Story, total

NEAR = 3  # sentences looked back
FEWEST = 10  # a smaller number of things (这两个方面) is a way of speaking
POINTS = re.compile(r"(?:这|该)(?:个|座|条|处|项|家|所)?")
THIS = re.compile(r"(?:这|上述|以上|该)$")
ALL_OF = re.compile(r"全(?P<of>国|省|市|州|县|区|镇|乡|村|校|院|厂|场|馆|站|局|队|社|园|公司)$")
EVERY_ONE = re.compile(r"全部|全都|都|均|无一")
COUNTED = re.compile(r"(?:共|总|现|登记|在册|拥?有)[^，。；]{0,8}$")
# The levels of one thing: it has one length, one cost, one size.
LEVEL = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]*?)(?P<level>(?:概算|预算)?总投资|总?投资额|总造价|全长|总长|桥长|坝高|(?:设计)?(?:总|年)?产能|"
    r"总?库容|总?装机容量|占地(?:面积)?|总?建筑面积|核心区面积|总面积)$"
)
DEED = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})(?P<object>[\u4e00-\u9fff]{3,})的")
NOT_THE_THING = re.compile(r"^(?:.*(?:年|月|日|的|在|是|由|据|介绍|了解)|如今|目前|现在)?(?:该|本|这(?:个|座|条|处|项|家|所)?)?")


def resumed(story: Story) -> Iterator[tuple[Saying, Saying]]:
    """Pairs of sayings of one measure that cannot both be right, the earlier first."""
    recent: list[Sentence] = []
    for sentence in sentences(story):
        for m in sentence.mentions:
            if countable(m) and not m.is_percent:
                yield from _taken_up(recent, sentence, m)
                yield from _level_again(recent, sentence, m)
                yield from _the_same_deed(recent, sentence, m)
                yield from _in_other_words(sentence, m)
        recent = [*recent[-NEAR + 1 :], sentence]


def _taken_up(recent: list[Sentence], sentence: Sentence, m: Mention) -> Iterator[tuple[Saying, Saying]]:
    """这375名运动员; 全镇267户低保户; 165户社员全部 …: the count of what was counted before."""
    noun = _noun(m)
    if not _points_back(m) or len(noun) < 2 or m.meant.low is None or m.meant.low < FEWEST:
        return
    said = [(s, x) for s in recent for x in s.mentions]
    if THIS.search(m.lead):
        said += [(sentence, x) for x in sentence.mentions[: m.index]]
    earlier = [(s, x) for s, x in said if x.base == m.base and countable(x)]
    named = [(s, x) for s, x in earlier[-MOST_PARTS:] if _names(x, noun) and _scope_allows(s, x, m)]
    if len(named) == 1 and not _is_some_sum([x for _, x in earlier], m):
        yield from _apart(*named[0], sentence, m)


def _points_back(m: Mention) -> bool:
    return bool(THIS.search(m.lead) or ALL_OF.search(m.lead) or (m.lead == "" and EVERY_ONE.search(m.tail)))


def _noun(m: Mention) -> str:
    """The first two characters of what the number counts; the whole word is seldom marked off."""
    return re.split(r"[的，均都全已]", m.tail)[0][:4][:2] if not m.tail.startswith("的") else ""


def _names(x: Mention, noun: str) -> bool:
    """True when an earlier amount is the count of such things: 374名运动员, 低保户266户, 困难群众有842人."""
    return x.tail.startswith(noun) or noun in CARRIER.sub("", x.lead)[-8:]


def _scope_allows(sentence: Sentence, x: Mention, m: Mention) -> bool:
    scope = ALL_OF.search(m.lead)
    if THIS.search(m.lead):
        return True
    counted = bool(COUNTED.search(x.lead)) or x.tail == ""
    named = set(re.findall(r"全[国省市州县区镇乡村校院厂局队社园]", sentence.text[: x.start]))
    return counted and (scope is None or not named or scope[0] in named)


def _is_some_sum(earlier: list[Mention], m: Mention) -> bool:
    """True when the number is one said before, or the sum of some of those that stand together."""
    sizes = [x.size for x in earlier[-6:]]
    runs = chain.from_iterable((sizes[i:j] for j in range(i + 1, len(sizes) + 1)) for i in range(len(sizes)))
    return any(total(run).meets(m.size) for run in runs)


def _level_again(recent: list[Sentence], sentence: Sentence, m: Mention) -> Iterator[tuple[Saying, Saying]]:
    """全长621米的大桥; 水库总库容939万立方米: the level of a thing whose level was told before."""
    level, thing = _level(m)
    if not level or not thing:
        return
    for s in reversed(recent):
        for x in reversed(s.mentions):
            other, whose = _level(x)
            if other == level and x.base == m.base and countable(x):
                if POINTS.match(m.lead) or _same_thing(whose, thing):
                    yield from _apart(s, x, sentence, m)
                return


def _level(m: Mention) -> tuple[str, str]:
    """The level that the words before a number name, and the thing: before it, or after the number with 的."""
    found = LEVEL.search(CARRIER.sub("", m.lead).removesuffix("约"))
    if found is None:
        return "", ""
    level = found["level"].removesuffix("面积") if found["level"].startswith("占地") else found["level"]
    if m.tail.startswith("的"):
        return level, "的" + m.tail[1:]
    return (level, NOT_THE_THING.sub("", found["thing"])) if m.tail == "" else ("", "")


def _same_thing(first: str, later: str) -> bool:
    """True when the later name ends the earlier one (新塘水库, 水库) or opens what it is told of (总投资…的新塘水库开工)."""
    if not later.startswith("的"):
        return len(later) >= 2 and (first.endswith(later) or first.startswith("的" + later))
    return any(later[1:].startswith(first[i:]) for i in range(len(first) - 1))


def _the_same_deed(recent: list[Sentence], sentence: Sentence, m: Mention) -> Iterator[tuple[Saying, Saying]]:
    """招聘会共有444人参加 … 参加招聘会的共445人: the verb and its object, turned round."""
    deed = DEED.fullmatch(CARRIER.sub("", m.lead))
    for s in recent if deed else ():
        for x in s.mentions:
            if deed and x.base == m.base and countable(x) and x.tail.startswith(deed["verb"]) and CARRIER.sub("", x.lead).endswith(deed["object"]):
                yield from _apart(s, x, sentence, m)


def _in_other_words(sentence: Sentence, m: Mention) -> Iterator[tuple[Saying, Saying]]:
    """总数为663名（即664名）: the same number in the same unit, told again at once."""
    x = sentence.mentions[m.index - 1]
    if m.index and sentence.between(x, m) in ("（即", "(即") and (x.q.unit, x.q.per) == (m.q.unit, m.q.per) and countable(x):
        yield from _apart(sentence, x, sentence, m)


def _apart(s: Sentence, x: Mention, sentence: Sentence, m: Mention) -> Iterator[tuple[Saying, Saying]]:
    first, later = saying_of(s, x), saying_of(sentence, m)
    if not x.size.meets(m.size) and first.scopes == later.scopes and (first.times <= later.times or later.times <= first.times):
        yield first, later
