"""Read every quantity of a story: find, classify, and say what each is said of."""

from __future__ import annotations

from taizhang.core import Article, Direction, Quantity, Role, Story
from taizhang.text.reader.bodies import Bodies, bodies_of
from taizhang.text.reader.clauses import Setting, sentences_between, settings
from taizhang.text.reader.flows import flow_of, plain
from taizhang.text.reader.mention import Mention
from taizhang.text.reader.mentions import find_mentions
from taizhang.text.reader.nouns import has_verb, is_person
from taizhang.text.reader.roles import role_of
from taizhang.text.reader.subjects import Subject, separate_list, subject_of
from taizhang.text.reader.times import former, heading_time, time_of

Reading = tuple[Role, Direction | None, str | None]


def read_article(article: Article, raw: str) -> Story:
    """The story of one article of the raw text."""
    flow, body = flow_of(article, raw)
    s = plain(flow.text)
    bodies = bodies_of(s, body - 1 if body else 0)
    counted: list[Quantity] = []
    asides: list[Quantity] = []
    state = _State(_Headings())
    for setting in settings(s, find_mentions(s)):
        if setting.sentence != state.sentence:
            state = _State(state.headings, setting.sentence)
        q = _quantity(setting, s, flow.text, bodies, state, flow.raw((setting.mention.start, setting.mention.end)))
        (asides if q.neutral else counted).append(q)
    return Story(article, flow, body, tuple(counted), tuple(asides))


class _Headings:
    """The last time expression that opened a sentence; it holds to the end of the paragraph, and over single lines."""

    REACH = 400

    def __init__(self) -> None:
        self.read = 0
        self.time: str | None = None
        self.since = 0

    def at(self, s: str, setting: Setting) -> str | None:
        start = setting.sentence[0]
        for sentence in sentences_between(s, max(self.read, start - 2 * self.REACH), start):
            found = heading_time(s, sentence)
            if found:
                self.time, self.since = found, sentence[0]
        self.read = max(self.read, start)
        if self.time is None or start - self.since > self.REACH:
            return None
        lines = s.count("\n", self.since, start)
        return self.time if lines == 0 or (start - self.since) / lines < 60 else None


class _State:
    """What is carried from one mention to the next of the same sentence."""

    def __init__(self, headings: _Headings, sentence: tuple[int, int] = (-1, -1)) -> None:
        self.headings = headings
        self.sentence = sentence
        self.role: Role | None = None
        self.subject: Subject | None = None
        self.unit: str | None = None
        self.direction: Direction | None = None
        self.per: str | None = None
        self.kind: str | None = None
        self.names: list[tuple[int, int]] = []
        self.ends: dict[str, str | None] = {}

    def heading(self, s: str, setting: Setting) -> str | None:
        """The time that an earlier sentence of the paragraph (or, line by line, of a run of lines) set for all."""
        return self.headings.at(s, setting)


def _quantity(setting: Setting, s: str, printed: str, bodies: Bodies, state: _State, raw: tuple[tuple[int, int], ...]) -> Quantity:
    m = setting.mention
    role, direction, per = _coordinated(setting, role_of(setting, s, state.role), state)
    subject = _named(setting, s, state) or subject_of(setting, s, role, state.subject)
    place = _place(subject, bodies.governing(m.start, setting.paragraph_start))
    subject = _without_body(subject, place, s)
    time = _time(setting, s, role, state)
    unit = m.unit if m.unit or m.kind else _omitted_unit(setting, subject, state)
    if m.neutral is None:
        state.role, state.subject, state.unit = role, subject or state.subject, unit
        state.direction, state.per, state.kind = direction, per, m.kind
    text = printed[m.start : m.end]
    return Quantity(
        spans=raw,
        at=(m.start, m.end),
        surface=text,
        low=m.range.low,
        high=m.range.high,
        low_open=m.range.low_open,
        high_open=m.range.high_open,
        meant=m.meant,
        unit=unit,
        unit_text=m.unit_text,
        hedge=m.hedge,
        role=role,
        direction=direction,
        per=per,
        subject=subject.text if subject else None,
        subject_at=subject.at if subject else None,
        place=place,
        time=time,
        of=subject.of if subject else None,
        core_at=(m.core_start, m.core_end),
        neutral=m.neutral,
    )


_JOINTS = "、和与及以或 "


def _coordinated(setting: Setting, own: Reading, state: _State) -> Reading:
    """What a number takes over from the one before it: 分别下降3.14%和4.66%, 由40万双增至65万双 (日产量)."""
    role, direction, per = own
    if state.role is None:
        return own
    head, kind = setting.head, setting.mention.kind
    joined = setting.same_clause and head[:1] in _JOINTS and kind == state.kind
    if joined and role == "level" and not head.strip(_JOINTS):
        return state.role, state.direction, per or state.per
    if joined and role == "level" and state.role == "change" and not has_verb(head):
        return "change", state.direction, per or state.per
    if per is None and setting.same_clause and head[:1] == "、" and state.role == "rate" and state.per and role in ("level", "rate"):
        return "rate", direction, state.per
    same_measure = kind == state.kind and ((role == "after" and state.role == "before") or (role == "change" and head[:1] in ("比", "较")))
    return role, direction, per or (state.per if same_measure and kind not in ("share", "point") else None)


def _named(setting: Setting, s: str, state: _State) -> Subject | None:
    """The next name of a list before 分别, while the numbers follow each other."""
    listed = separate_list(setting, s)
    if listed:
        state.names = listed
    elif not (setting.same_clause and not setting.head.strip(_JOINTS)):
        state.names = []
    if not state.names:
        return None
    a, b = state.names.pop(0)
    return Subject(s[a:b], (a, b))


def _place(subject: Subject | None, governing: str | None) -> str | None:
    """全国 and 全省 in the name of what is measured say where."""
    if subject and subject.text.startswith(("全国", "全省", "世界", "全球")) and len(subject.text) > 3:
        return subject.text[:2]
    return governing


def _without_body(subject: Subject | None, place: str | None, s: str) -> Subject | None:
    """邵东湘商产业园规划面积 → 规划面积: the body is the place, not what is measured."""
    if subject is None or not place or len(place) < 2:
        return subject
    text = subject.text
    if not text.startswith(place) or len(text) < len(place) + 2:
        at = text.find(place)
        if at < 0 or len(text) < at + len(place) + 2:
            return _without_whole(subject, s)
        cut = at + len(place)
    else:
        cut = len(place)
    start = subject.at[0] + cut + (text[cut] == "的")
    return Subject(s[start : subject.at[1]], (start, subject.at[1]), subject.of)


_WHOLE = (
    "全县",
    "全市",
    "全区",
    "全镇",
    "全乡",
    "全村",
    "全州",
    "该县",
    "该市",
    "该区",
    "该镇",
    "该村",
    "该公司",
    "该厂",
    "该馆",
    "我县",
    "我市",
)


def _without_whole(subject: Subject, s: str) -> Subject:
    """全县规模以上工业企业 → 规模以上工业企业."""
    for word in _WHOLE:
        if subject.text.startswith(word) and len(subject.text) >= len(word) + 2:
            start = subject.at[0] + len(word)
            return Subject(s[start : subject.at[1]], (start, subject.at[1]), subject.of)
    return subject


def _time(setting: Setting, s: str, role: Role, state: _State) -> str | None:
    """The time of a number; the ends of a second change take those of the first (由2002年… 增加到2007年…)."""
    if role == "before" and (word := former(setting)):
        return word
    time = time_of(setting, s) or state.heading(s, setting)
    if role in ("before", "after"):
        if any(c.isdigit() for c in setting.head):
            state.ends[role] = time
        elif role in state.ends:
            return state.ends[role]
    return time


def _omitted_unit(setting: Setting, subject: Subject | None, state: _State) -> str | None:
    """A unit that the sentence supplies: persons for 60万邵商, else that of the number before (突破1100万)."""
    m: Mention = setting.mention
    tail = setting.tail[:8]
    if tail and is_person(tail[:6]):
        return "名"
    if "." in setting.head[-1:] or m.range.high is not None and m.range.high < 100 or m.range.low is not None and m.range.low < 100:
        return None
    if not tail and subject and is_person(subject.text):
        return "名"
    return state.unit if not tail and state.unit not in ("%", "百分点", "倍") else None
