"""Rule `share`: a percentage against the part and the whole beside it (165人，其中党员57人，占34.5%)."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.claims import cues
from taizhang.claims.answers import told
from taizhang.claims.portions import Pair, pairs_of
from taizhang.claims.saying import finding
from taizhang.claims.scene import Mention, Sentence, passages
from taizhang.claims.values import is_positive, percent
from taizhang.claims.whole import MOST_PARTS, countable
from taizhang.core import Finding, Story


def share(story: Story) -> Iterator[Finding]:
    """Contradictions between a share and the part and whole it is said of."""
    for sentence in passages(story):
        for k, m in enumerate(sentence.mentions):
            if m.end > sentence.fresh and m.is_percent and not m.aside and not cues.change_of(m):
                yield from _judge(sentence, m, pairs_of(sentence, k))


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


def _fits(sentence: Sentence, piece: Mention, whole: Mention, m: Mention) -> bool:
    """True when the share is right, or right with part and whole exchanged: then the reading is at fault, not the text."""
    if whole.size.below(piece.size) and percent(whole.size, piece.size).meets(m.size):
        return True
    if "。" in sentence.text[whole.end : piece.start] and percent(piece.size, whole.size + piece.size).meets(m.size):
        return True  # 小学生500人。中学生250人，占了33.3%: the two make up the whole
    return percent(piece.size, whole.size).meets(m.size) or _together(sentence, piece, whole, m)


def _judge(sentence: Sentence, m: Mention, pairs: list[Pair]) -> Iterator[Finding]:
    able = [(p, w) for p, w in pairs if is_positive(w.size) and p.size.low is not None]
    if not able or any(_fits(sentence, p, w, m) for p, w in able):
        return
    piece, whole = able[0]
    answer, miss = told(percent(piece.size, whole.size), m.size, m.q.surface)
    yield finding(
        sentence, (whole, piece, m), "contradiction", "share",
        (m.q.surface, f"{piece.q.surface} / {whole.q.surface} = {answer}%", f"{miss}pp"),
        f"{piece.q.surface}占{whole.q.surface}的{answer}%，文中写的是{m.q.surface}。",
        f"{piece.q.surface} of {whole.q.surface} is {answer}%, but the text says {m.q.surface}.",
    )
