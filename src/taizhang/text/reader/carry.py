"""What one number of a sentence takes over from the number before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taizhang.core import Direction, Role, Span
from taizhang.text.reader.clauses import Setting
from taizhang.text.reader.nouns import has_verb, is_person, strip_level
from taizhang.text.reader.subjects import Subject, separate_list

_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百]+")
_COORDINATED = re.compile(r"[^，。；！？\n]{1,60}")
JOINTS = "、和与及以或 "
Reading = tuple[Role, Direction | None, str | None]


@dataclass(slots=True)
class Carry:
    """The last counted number of a sentence, the names a 分别 still hands out, and the times of a change's ends."""

    sentence: Span = (-1, -1)
    role: Role | None = None
    subject: Subject | None = None
    unit: str | None = None
    direction: Direction | None = None
    per: str | None = None
    kind: str | None = None
    recent: list[Subject] = field(default_factory=list)
    names: list[Span] = field(default_factory=list)
    ends: dict[str, str | None] = field(default_factory=dict)


def coordinated(setting: Setting, own: Reading, last: Carry) -> Reading:
    """分别下降3.14%和4.66%, 由40万双增至65万双 (日产量): role, direction and per of the number before where it shares them."""
    role, direction, per = own
    if last.role is None:
        return own
    head, kind = setting.head, setting.mention.kind
    joined = setting.same_clause and head[:1] in JOINTS and kind == last.kind
    if joined and role == "level" and not head.strip(JOINTS):
        return last.role, last.direction, per or last.per
    if joined and role == "level" and last.role == "change" and not has_verb(head) and strip_level(head) == head:
        return "change", last.direction, per or last.per
    if per is None and setting.same_clause and head[:1] == "、" and last.role == "rate" and last.per and role in ("level", "rate"):
        return "rate", direction, last.per
    same_measure = kind == last.kind and ((role == "after" and last.role == "before") or (role == "change" and head[:1] in ("比", "较")))
    return role, direction, per or (last.per if same_measure and kind not in ("share", "point") else None)


def handed_out(setting: Setting, s: str, last: Carry) -> Subject | None:
    """The next name of a list before 分别, while the numbers follow each other."""
    listed = separate_list(setting, s)
    if listed:
        last.names = listed
    elif setting.head.lstrip("，").startswith("分别") and len(last.recent) > 1:
        last.names = _named_before(setting, s, last.recent)
    elif not (setting.same_clause and not setting.head.strip(JOINTS)):
        last.names = []
    if not last.names:
        return None
    a, b = last.names.pop(0)
    return Subject(s[a:b], (a, b))


def _named_before(setting: Setting, s: str, recent: list[Subject]) -> list[Span]:
    """出栏62万头，存栏38万头，分别增长4.5%和2.1%: the subjects of as many numbers before as follow."""
    ahead = _COORDINATED.match(s, setting.mention.start)
    wanted = len(_NUMBER.findall(ahead[0])) if ahead else 1
    return [subject.at for subject in recent[-wanted:]] if wanted <= len(recent) else []


def time_at_end(setting: Setting, role: Role, time: str | None, last: Carry) -> str | None:
    """The ends of a second change take the times of the first: 由2002年…增加到2007年…，…由…增加到…."""
    if role not in ("before", "after"):
        return time
    if any(c.isdigit() for c in setting.head):
        last.ends[role] = time
        return time
    return last.ends.get(role, time)


def omitted_unit(setting: Setting, subject: Subject | None, last: Carry) -> str | None:
    """A unit that the sentence supplies: persons for 60万邵商, else that of the number before (突破1100万)."""
    tail, rng = setting.tail[:6], setting.mention.range
    if tail:
        return "名" if is_person(tail) else None
    if any(end is not None and end < 100 for end in (rng.low, rng.high)):
        return None
    if subject and is_person(subject.text):
        return "名"
    return None if last.kind in ("share", "point", "multiple") else last.unit
