"""Read every quantity of a story: find it, classify it, and say what it is said of."""

from __future__ import annotations

import re

from taizhang.core import Article, Flow, Quantity, Span, Story
from taizhang.text.reader.bodies import Bodies, bodies_of
from taizhang.text.reader.carry import Carry, coordinated, handed_out, omitted_unit, time_at_end
from taizhang.text.reader.clauses import Setting, settings
from taizhang.text.reader.flows import flow_of, plain
from taizhang.text.reader.mention import Mention
from taizhang.text.reader.mentions import find_mentions
from taizhang.text.reader.nouns import without_lead
from taizhang.text.reader.roles import note_of, role_of
from taizhang.text.reader.subjects import Subject, subject_of
from taizhang.text.reader.times import Headings, former, time_of

_WHOLE = re.compile(r"(?:[全该我](?:县|市|区|镇|乡|村|州)|该(?:公司|厂|馆|院|校))(?=..)")


def read_article(article: Article, raw: str) -> Story:
    """The story of one article of the raw text."""
    flow, body = flow_of(article, raw)
    s = plain(flow.text)
    bodies = bodies_of(s, body - 1 if body else 0)
    headings, last = Headings(), Carry()
    counted: list[Quantity] = []
    asides: list[Quantity] = []
    for setting in settings(s, find_mentions(s)):
        if setting.sentence != last.sentence:
            last = Carry(setting.sentence)
        q = _quantity(setting, s, flow, raw, bodies, headings, last)
        (asides if q.neutral else counted).append(q)
    return Story(article, flow, body, tuple(counted), tuple(asides))


def _quantity(setting: Setting, s: str, flow: Flow, raw: str, bodies: Bodies, headings: Headings, last: Carry) -> Quantity:
    m = setting.mention
    role, direction, per = coordinated(setting, role_of(setting, s, last.role), last)
    subject = handed_out(setting, s, last) or subject_of(setting, s, role, last.subject)
    place = _place(subject, bodies.governing(m.start, setting.paragraph_start))
    subject = _without_body(subject, place, s)
    once = former(setting) if role == "before" else None
    time = once or time_at_end(setting, role, time_of(setting, s, role) or headings.holding(s, setting), last)
    unit = m.unit if m.unit or m.kind else omitted_unit(setting, subject, last)
    if m.neutral is None:
        last.role, last.direction, last.per = role, direction, per
        last.subject, last.unit, last.kind = subject or last.subject, unit, m.kind
        if subject and role in ("level", "rate", "after"):
            last.recent.append(subject)
    rng, meant = (-m.range, -m.meant) if m.negative and role != "change" else (m.range, m.meant)
    return Quantity(
        spans=_spans(flow, raw, m),
        at=(m.start, m.end),
        surface=flow.text[m.start : m.end],
        low=rng.low,
        high=rng.high,
        low_open=rng.low_open,
        high_open=rng.high_open,
        meant=meant,
        unit=unit,
        unit_text=m.unit_text,
        hedge=m.hedge,
        role=role,
        direction=direction,
        per=per,
        subject=flow.text[slice(*subject.at)] if subject else None,
        subject_at=subject.at if subject else None,
        place=_as_printed(place, s, flow.text, m),
        time=_as_printed(time, s, flow.text, m),
        of=subject.of if subject else None,
        core_at=(m.core_start, m.core_end),
        neutral=m.neutral,
        note=note_of(setting, s),
    )


def _spans(flow: Flow, raw: str, m: Mention) -> tuple[Span, ...]:
    """The raw spans of a mention; pieces with nothing but white space between them are one span."""
    out: list[Span] = []
    for start, end in flow.raw((m.start, m.end)):
        if out and out[-1][1] <= start and raw[out[-1][1] : start].isspace():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _as_printed(word: str | None, s: str, printed: str, m: Mention) -> str | None:
    """The word with the characters of the page, where it was read in half-width form (２０２１年)."""
    if word is None or s is printed:
        return word
    at = s.rfind(word, max(0, m.start - 2000), m.start + 200)
    return printed[at : at + len(word)] if at >= 0 else word


def _place(subject: Subject | None, governing: str | None) -> str | None:
    """全国 and 全省 in the name of what is measured say where."""
    if subject and subject.text.startswith(("全国", "全省", "世界", "全球")) and len(subject.text) > 3:
        return subject.text[:2]
    return governing


def _without_body(subject: Subject | None, place: str | None, s: str) -> Subject | None:
    """邵东湘商产业园规划面积 → 规划面积, 全县工业企业 → 工业企业: the body is the place, not what is measured."""
    if subject is None:
        return None
    found = subject.text.find(place) if place and len(place) > 1 else -1
    cut = found + len(place or "")
    if found < 0 or len(subject.text) < cut + 2:
        whole = _WHOLE.match(subject.text)
        cut = whole.end() if whole else 0
    if not cut:
        return subject
    text = without_lead(subject.text[cut:])
    return Subject(text, (subject.at[1] - len(text), subject.at[1]), subject.of)
