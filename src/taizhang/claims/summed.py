"""Parts whose total stands last: P1、P2和P3，共T; 三类公路合在一起有T; 加上P1，连同P2，总量为T."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.scene import SENTENCE_END, Mention, Sentence
from taizhang.claims.whole import MOST_PARTS, OF_THESE, REST, Group, countable

SUMS_UP = re.compile(
    r"^(?:(?:两|三|四|五|六|七|八|九|十|以上|上述|这)?(?:项|者|类|个|处|地|部分|级|家|村|镇|县|所|支|组|方面|年|季度?)?[^，]{0,6}?)"
    r"(?:总共|一共|共计|合计|总计|(?<!公)共(?!同|享|建)|总(?:数|额|量|重|长|和|面积|里程|人数|户数)(?:为|是|达|有|约)*$)"
)
ADDED_UP = re.compile(r"(?:加|合|算|连)(?:[在到]?一)?(?:起来?|块儿?)|相加|总和")
ADDING = re.compile(r"加上|连同|除了|外加|还有|再加")
COUNT = re.compile(r"(?P<n>[二两三四五六七八九十])(?:大|个)?[^，、\d]")  # 三类公路, 前三季度, 两村
OF_ALL = re.compile(r"总|共|合|累计|加|一起|全部|下来")
ANOTHER = re.compile(r"目前|现有|现已|截至|已|案发|(?<!前.季度)(?<!季度)累计")
NUMBERED = re.compile(r"(?:以上|上述|这)?(?:两|三|四|五|六|七|八|九|十)(?:项|者|类|个|处|地|部分|级|家|村|镇|县|所|支|组|方面)")
NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def summed(sentence: Sentence) -> Iterator[Group]:
    """Each total that stands after its parts; where the list begins is said only by a count of the parts."""
    for j in range(2, len(sentence.mentions)):
        whole = sentence.mentions[j]
        if not countable(whole):
            continue
        parts = _run_back(sentence, j)
        if len(parts) < 2:
            continue
        words = sentence.text[parts[-1].end : whole.start]
        counted = _counted(words, len(parts))
        if counted:
            yield Group(whole, parts[-counted:], True)
        elif ADDED_UP.search(words) or _adding(sentence, parts, words) or _says_sum(sentence, whole, words):
            yield Group(whole, parts, False)


def _counted(words: str, most: int) -> int:
    """How many parts the words count that are added up (三类公路合在一起有); 0 where they count none."""
    found = COUNT.search(words)
    n = NUMERALS[found["n"]] if found and OF_ALL.search(words) and "，" not in words[found.end() :] else 0
    return n if 2 <= n <= most else 0


def _adding(sentence: Sentence, parts: tuple[Mention, ...], words: str) -> bool:
    """加上P1，连同P2，总量为T."""
    said = sentence.text[max(0, parts[0].start - 24) : parts[-1].start]
    return len(ADDING.findall(said)) >= 2 and bool(OF_ALL.search(words))


def _says_sum(sentence: Sentence, whole: Mention, words: str) -> bool:
    cue = SUMS_UP.search(whole.lead)
    if cue is None or ANOTHER.search(words) or "占" in words or (whole.is_percent and "计" not in cue[0]):
        return False
    since = re.split("[，；。]", words)[-1]  # 获二、三等奖的作者共: what is counted opens before 、
    return bool(NUMBERED.match(whole.clause)) or ("、" not in since and _same_matter(sentence, whole, whole.lead[cue.end() :]))


def _same_matter(sentence: Sentence, whole: Mention, words: str) -> bool:
    """True when the words after 共 name nothing that the parts do not name too."""
    left = cues.filler_free(words).strip("有计完成投入")
    before = sentence.text[max(0, whole.start - 160) : whole.start - len(whole.lead)]
    return left == "" or left in before


def _run_back(sentence: Sentence, j: int) -> tuple[Mention, ...]:
    """The amounts of the whole's base that stand together before it."""
    whole = sentence.mentions[j]
    out: list[Mention] = []
    later = whole
    for m in sentence.mentions[max(0, j - MOST_PARTS) : j][::-1]:
        gap = sentence.text[m.end : later.start]
        if later is whole and m.base != whole.base and (m.aside or not any(c in sentence.text[m.end : whole.start] for c in "，；、")):
            continue  # 三级财政共…, 三个村共计…: how many parts there are
        if m.base != whole.base or not _is_summand(sentence, m) or len(gap) > 30 or REST.search(gap) and not out:
            break
        if OF_THESE.search(gap) or SENTENCE_END.search(gap) or (later is not whole and "；" in gap and not _parallel(m, later)):
            break
        out.append(m)
        later = m
    return tuple(out[::-1])


def _is_summand(sentence: Sentence, m: Mention) -> bool:
    """An amount; also 由7名代表、9名专家组成 and 连同原有的234个, where the reader sees the start of a change."""
    made_up = m.lead.endswith("由") and re.search(r"组成|构成", sentence.text[m.end : m.end + 60])
    return countable(m) or (m.q.role == "before" and bool(made_up or ADDING.search(m.lead)))


def _parallel(a: Mention, b: Mention) -> bool:
    return a.tail == b.tail or a.lead[:1] == b.lead[:1]
