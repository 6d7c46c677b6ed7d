"""Words of a question that nothing accounts for: neither place nor time, neither the indicator's nor general Chinese."""

from __future__ import annotations

import re

from taizhang.claims.matching.matching import Matched, Matcher
from taizhang.core import Quantity, Span
from taizhang.text.reader.times import TIME

_PLAIN = re.compile(
    r"[的了在有是被把给向为从到和与共吗呢啊吧所等里中上下内各个这那其及后前又也都就才已能会过全总约达以将由于对]|"
    r"[该全我本][县市州省镇乡村]|让|使|请问|查询|查一下|一共|总共|总计|合计|累计|共计|一下|想问|我想|知道|告诉我|期间|时候|情况|数量|总量|总数|目前|截至|截止|底|年底|月底|"
    r"开展|组织|进行|完成|实施|当中|其中|分别|平均|最后|现在|如今|本地|当地|全部|所有|各类|各种|一年|多少|大约|大概|来说|方面|之|来|去|人|量|数|额|率"
)
_LAST_RUN = re.compile(r"[\u4e00-\u9fff]{3,}$")
_AMBIENT = frozenset(f"scene:{name}" for name in ("people", "village", "list", "session", "traffic", "area", "hours", "library", "police"))
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{3,}")


def strange_words(matcher: Matcher, q: Quantity, found: Matched) -> list[str]:
    """The runs of letters left when all that is known was taken out."""
    return _RUN.findall(_left(matcher, q, found, (0, len(matcher.wording.text))))


def _left(matcher: Matcher, q: Quantity, found: Matched, span: Span) -> str:
    """A part of the text with all that is known, and the letters of grammar, taken out."""
    text = matcher.wording.text
    known = [q.at, *(m.span() for m in TIME.finditer(text)), *((w.at, w.end) for w in matcher.places.named)]
    known += [(s.start, s.end) for s in matcher.wording.senses if _fits(s.groups, found)]
    known += _names(text, matcher, found)
    left = list(text)
    for start, end in known:
        left[start:end] = ["\n"] * (end - start)
    return _PLAIN.sub(lambda m: "\n" * len(m[0]), "".join(left)[slice(*span)])


def _fits(groups: frozenset[str], found: Matched) -> bool:
    every = found.best.fit.profile.every
    return any(g in every or g in _AMBIENT or g.startswith(("light:", "manner:")) for g in groups)


def _names(text: str, matcher: Matcher, found: Matched) -> list[tuple[int, int]]:
    """Where the indicator's own names, its cells and its pack's words stand."""
    one = found.best.fit.profile.one
    names = [one.indicator.title, *one.indicator.also, one.pack.title, one.pack.office]
    names += [register.title for register in one.pack.registers.values()]
    names += [happening.title for happenings in (one.pack.events, one.pack.transfers) for happening in happenings.values()]
    spans = [(i, i + len(name)) for name in names if name and (i := text.find(name)) >= 0]
    for cells in found.best.cells.values():
        for cell in cells:
            spans += _of_cell(cell.title, text)
    titles = [cell.title for cells in found.best.cells.values() for cell in cells]
    own = {group for title in titles for sense in matcher.opened.lexicon.senses(title) for group in sense.groups}
    spans += [(s.start, s.end) for s in matcher.wording.senses if own & s.groups]
    pairs = [f for f in found.best.fit.profile.every if ":" not in f]
    return spans + [(m.start(), m.end()) for pair in pairs for m in re.finditer(re.escape(pair), text)]


def unknown_object(matcher: Matcher, q: Quantity, found: Matched) -> str:
    """The noun that stands right before a number, where nothing accounts for it: 阿莫西林 of 送给老人阿莫西林30片."""
    if found.best.cells:
        return ""
    low, _ = matcher.wording.sentence(q.at[0])
    left = _left(matcher, q, found, (low, q.at[0]))
    run = _LAST_RUN.search(left)
    return run[0] if run else ""


def _of_cell(title: str, text: str) -> list[tuple[int, int]]:
    for stem in (title, title[:-1]):
        if len(stem) > 1 and (at := text.find(stem)) >= 0:
            return [(at, at + len(stem))]
    return []
