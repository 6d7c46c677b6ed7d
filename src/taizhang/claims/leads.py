"""The words that lead from a count to its list (四个县：, 三个村，即, 五名代表，他们是), and where that list ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from taizhang.claims.counts import StatedCount
from taizhang.core import Span

REACH = 400
ENDS = "。！？\n"
LEAD = re.compile(
    r"(?P<noun>”?[^，。；：！？\n、（(]{0,18}?)(?:"
    r"(?P<bracket>[（(])(?:即|分别是|分别为|包括)?"
    r"|(?P<dash>——)"
    r"|(?P<all>(?:(?:分别|依次|具体)?[是为有])?：|，?(?:即(?![将可使便])|其?(?:分别|依次|具体)[是为有]|名[为叫]|如下|就是|也就是)：?)"
    r"|(?P<some>，?(?:包括|包含|涵盖)：?)"
    r"|(?P<they>，为|，有(?![的些人\d])|，?(?:他|她|它)们(?:分别|依次)?[是为有]|，[^，。；：、\n]{1,12}[为是](?:：|(?=[《“])))"
    r"|(?P<plain>[是为])"
    r"|(?P<titles>(?=(?:《[^《》\n]*》、?){2})))"
)
TITLES = re.compile(r"《[^《》\n]*》(?:、?《[^《》\n]*》)*")
# A predicate between the count and its list: what is listed may be the matter of the predicate (三个村签了合同：…).
TAIL_PREDICATE = re.compile(
    r"开展|实施|推进|召开|出台|建成|获得|取得|新建|投入|覆盖|涉及|走访|进行|落实|已|都|均|着|了|将|把|被|让|使|签|说|指出|呼吁|强调|认为|表示|问(?!题)|"
    r"写道|说道|问道|来$|持|出席|率|获此"
)

Kind = Literal["bracket", "dash", "all", "some", "they", "plain", "titles"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead: its kind, where the list stands, whether a bracket or dash closes it, and whether a predicate stands before it."""

    kind: Kind
    list_at: Span
    closed: bool
    predicate: bool


def lead_of(text: str, seen: str, count: StatedCount, following: int) -> Lead | None:
    """The lead right after a count; None when there is none before the next count (`following`), or its list is cut short."""
    m = LEAD.match(seen, count.at[1])
    if not m or m.end() > following:
        return None
    kind: Kind = next(k for k in ("bracket", "dash", "all", "some", "they", "plain", "titles") if m[k] is not None)
    inside = _inside(text, m.end(), kind)
    span = inside or (None if kind in ("bracket", "titles") else _sentence(seen, m.end()))
    return Lead(kind, span, inside is not None, TAIL_PREDICATE.search(m["noun"]) is not None) if span else None


def _inside(text: str, start: int, kind: Kind) -> Span | None:
    """What a bracket or a pair of dashes encloses, or a run of titles."""
    if kind == "titles":
        run = TITLES.match(text, start)
        return run.span() if run and not text.startswith("等", run.end()) else None
    if kind not in ("bracket", "dash"):
        return None
    close = re.compile("[）)]" if kind == "bracket" else "——").search(text, start, start + 2 * REACH)
    stop = close and re.compile(f"[{ENDS}]").search(text, start, close.start())
    return (
        (start, close.start())
        if close and close.start() > start and not (stop and kind == "dash") and "\n" not in text[start : close.start()]
        else None
    )


def _sentence(text: str, start: int) -> Span | None:
    """The rest of the sentence; None when its end is not in reach or the line is cut."""
    found = [e for c in ENDS if (e := text.find(c, start, start + 2 * REACH)) >= 0]
    end = min(found, default=len(text) if len(text) - start <= REACH else -1)
    cut = 0 < end < len(text) and text[end] == "\n"
    return None if end <= start or cut else (start, end)
