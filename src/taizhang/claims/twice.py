"""Rule `twice`: the same measure of the same thing, said twice in one story.

Two sayings are compared only when nothing in the text sets them apart: subject, unit, role, per,
whole, time, place, scope and the verb they stand under. Ranges that cannot meet are a contradiction
where the name is distinctive (注册商标, 总收入, not 方面); ranges that meet under different hedges
(40多万件, 40万件) are a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from taizhang.claims import cues
from taizhang.claims.measures import CARRIER, OWNER, SCOPE, STATISTIC, TAKEN_UP, TIMES, Saying, plain, saying_of, set_apart
from taizhang.claims.resumed import resumed
from taizhang.claims.saying import amount, finding
from taizhang.claims.scene import Mention, Sentence, sentences
from taizhang.claims.whole import is_average
from taizhang.core import Finding, Story

Key = tuple[object, ...]
LONGEST_SUBJECT = 10
WINDOW = 1500  # characters between two sayings; a title is compared with the whole story
NEXT = 120  # characters within which a short name (合作社共…) speaks of the same thing
TELLING = 6  # characters of a subject that needs no topic beside it
DISTINCT = 4  # characters of a subject that names one thing
NOT_A_NAME = re.compile(r"[0-9、]|[到至在]")
PART_OF = re.compile(r"其中|含|包括")
OWN_WORDS = re.compile(rf"{SCOPE.pattern}|{OWNER.pattern}")  # words that open with whose the measure is
UNMEASURED = ("time", "time-day", "time-work", "age", "multiple", "point")
KEPT = 4  # earlier sayings of one measure that are remembered


def twice(story: Story) -> Iterator[Finding]:
    """Contradictions and notes between two sayings of one measure."""
    seen: dict[Key, list[Saying]] = {}
    for sentence in sentences(story):
        for m in sentence.mentions:
            key = _key(m)
            if key is None or _is_part(sentence, m):
                continue
            key = _said_before(m, key, seen)
            saying = replace(saying_of(sentence, m), name=str(key[0]))
            earlier = seen.setdefault(key, [])
            yield from _compare(earlier, saying)
            earlier.append(saying)
            if len(earlier) > KEPT:
                del earlier[1]  # the first saying, often the title's, stays
    for first, later in resumed(story):
        yield _apart(first, later)


def _key(m: Mention) -> Key | None:
    """What two sayings of one measure have in common; None for a mention that names no measure of its own."""
    q = m.q
    if m.aside or m.lead == "" or q.subject is None or len(plain(m)) < 2 or q.role not in ("level", "rate") or cues.change_of(m):
        return None
    if cues.FROM.search(m.lead) or cues.TO.search(m.lead) or "占" in m.lead or m.kind in UNMEASURED:
        return None
    return (plain(m), m.base, q.role, q.per, q.of, m.is_percent, is_average(m))


def _is_part(sentence: Sentence, m: Mention) -> bool:
    """True for a number under 其中 or in a bracket opened by 含."""
    return bool(PART_OF.search(sentence.text[max(0, m.start - 60) : m.start].rpartition("；")[2]))


def _said_before(m: Mention, key: Key, seen: Mapping[Key, object]) -> Key:
    """The key under which the words right before the number were said before (要立足藏书8179册的实际), else its own."""
    if key in seen:
        return key
    words = CARRIER.sub("", m.lead)
    for n in range(min(LONGEST_SUBJECT, len(words)), 1, -1):
        other = (words[-n:], *key[1:])
        if other in seen:
            return other if TAKEN_UP.fullmatch(OWNER.sub("", words[:-n])) else key
    return key


def _compare(earlier: list[Saying], later: Saying) -> Iterator[Finding]:
    for first in reversed(earlier):
        if not _comparable(first, later):
            continue
        if not first.m.size.meets(later.m.size):
            if _one_thing(first, later):
                yield _apart(first, later)
            return
        if _differently_hedged(first.m, later.m):
            yield _hedged(first, later)
            return


def _comparable(a: Saying, b: Saying) -> bool:
    in_title = a.sentence.at < a.sentence.story.title_end
    return (in_title or b.offset - a.offset <= WINDOW) and a.sentence is not b.sentence and not set_apart(a, b)


def _one_thing(a: Saying, b: Saying) -> bool:
    """True when the name is distinctive enough for one thing, and both numbers are stated of it."""
    if (a.topic != b.topic and len(b.name) < TELLING) or NOT_A_NAME.search(b.name) or not (_states(a) and _states(b)):
        return False
    same = TIMES.sub("", _same_words(a.m, b.m))
    if len(same) >= TELLING and (not a.flow or OWN_WORDS.match(same)):
        return True
    near = b.offset - a.offset <= NEXT
    dated = bool(a.times) and a.times == b.times
    if a.flow and not (dated or (near and _is_sum(b.m))):
        return False  # two deeds of one kind (又投资800万元)
    if is_average(b.m) and not (dated and a.owners and a.owners == b.owners):
        return False  # 人均收入 of two villages
    return len(b.name) >= DISTINCT or bool(STATISTIC.search(b.name)) or (near and _is_sum(b.m)) or (_owned(a) and _owned(b))


def _same_words(a: Mention, b: Mention) -> str:
    """The words that stand right before both numbers: 全县参与茶产业的农户."""
    one, other = CARRIER.sub("", a.lead), CARRIER.sub("", b.lead)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)))
    return one[len(one) - alike :]


def _owned(s: Saying) -> bool:
    """True when its owner stands right before the name (临江市学位), or the number is taken up again (立足东河街道学位300个)."""
    words = CARRIER.sub("", s.m.lead)
    if not words.endswith(s.name):
        return not s.is_named_before
    before = CARRIER.sub("", words.removesuffix(s.name))  # 清源县现有水库
    return any(before.endswith(owner) for owner in s.owners) or bool(before and TAKEN_UP.fullmatch(OWNER.sub("", before)))


def _states(s: Saying) -> bool:
    """True for 藏书8179册, at the end of its clause, and for a number taken up again (围绕97家合作社)."""
    if s.is_named_before:
        return s.m.tail == "" or s.m.tail.startswith("的")
    return bool(TAKEN_UP.fullmatch(CARRIER.sub("", s.m.lead)))


def _is_sum(m: Mention) -> bool:
    found = CARRIER.search(m.lead)
    return found is not None and "共" in found[0]


def _differently_hedged(a: Mention, b: Mention) -> bool:
    """True for 40多万件 and 40万件; a bound (900万人以上) is another statement than a number above it."""
    if a.q.hedge == b.q.hedge or a.q.surface == b.q.surface:
        return False
    return a.q.low == b.q.low or (a.meant.is_bounded and b.meant.is_bounded)


def _apart(a: Saying, b: Saying) -> Finding:
    gap = a.m.size.gap(b.m.size) / b.m.factor
    return finding(
        b.sentence, (a.m, b.m), "contradiction", "twice", (b.m.q.surface, a.m.q.surface, amount(gap, b.m.q.unit)),
        f"同一篇里{a.name}先写{a.m.q.surface}，后写{b.m.q.surface}，两个数不能都对。",
        f"The same story gives {a.name} as {a.m.q.surface} and later as {b.m.q.surface}; both cannot be right.",
    )  # fmt: skip


def _hedged(a: Saying, b: Saying) -> Finding:
    return finding(
        b.sentence, (a.m, b.m), "note", "twice", (b.m.q.surface, a.m.q.surface, None),
        f"{a.name}一处写{a.m.q.surface}，一处写{b.m.q.surface}，两种说法可以并存，宜统一。",
        f"{a.name} is {a.m.q.surface} in one place and {b.m.q.surface} in another: the two can both be right, but one form is better.",
    )  # fmt: skip
