"""Anniversaries: the year of an event, the year in which it is remembered, and the 周年 that the text says lie between."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from taizhang.claims.moments import Moment
from taizhang.claims.prose import SMALL, number_of, sentence_at
from taizhang.claims.years import contradiction
from taizhang.core import Finding, Story

ANNIVERSARY = re.compile(
    rf"(?P<event>[\u4e00-\u9fff]{{2}})?(?:的第|第|将?满|即将|整)?(?P<n>\d{{1,3}}|[一二三]百[一二三四五六七八九十零]{{0,4}}|{SMALL})(?:个)?周年"
)
FOUNDED = (
    r"(?:成立|创[建办立刊业]|始建|建[立成馆校站院厂县市社军党队村会店所行]|组建|落成|开[馆业园办学]|设立|挂牌|诞生|通车|投产|建(?=于))"
)
BORN = r"(?:出生|生于|诞生)"
BEFORE, AFTER, NEAR = 120, 60, 10


def anniversaries(story: Story, text: str, dates: list[Moment]) -> Iterator[Finding]:
    """A contradiction for every 周年 that is not the time between the year of its event and the year it is said of."""
    years = [d for d in dates if d.year is not None]
    starts = [d.at[0] for d in years]
    for said in ANNIVERSARY.finditer(text):
        around = years[bisect_left(starts, said.start() - BEFORE) : bisect_left(starts, said.end() + AFTER)]
        low, high = sentence_at(text, said.start())
        now = max((d for d in around if low <= d.at[0] < said.start()), key=lambda d: d.at, default=None)
        begun = [d for d in around if d is not now and low <= d.at[0] < high and _began(text, d, FOUNDED)]
        named = [d for d in around if d is not now and _began(text, d, _event(said))]
        yield from _finding(story, said, now, named or begun)


def _event(said: re.Match[str]) -> str:
    """The event that is remembered, as a pattern of words; the birth of a person has more than one."""
    return BORN if said["event"] == "诞辰" else re.escape(said["event"] or "周年")


def _began(text: str, d: Moment, event: str) -> bool:
    """True when the event stands right after or right before its year."""
    after = rf"，?[^，。；！？\d]{{0,{NEAR}}}{event}"
    before = rf"{event}[于在是]?[^，。；！？\d]{{0,2}}$"
    return bool(re.compile(after).match(text, d.at[1]) or re.compile(before).search(text, max(d.at[0] - NEAR, 0), d.at[0]))


def _finding(story: Story, said: re.Match[str], now: Moment | None, begun: list[Moment]) -> Iterator[Finding]:
    """The contradiction, where one year of the event and one year of remembrance are told."""
    first = {d.year for d in begun}
    if now is None or now.year is None or len(first) != 1:
        return
    begin, number = begun[0], number_of(said["n"])
    years = now.year - (begin.year or 0)
    if years > 0 and number and number != years:
        began = story.flow.text[slice(*begin.at)]
        printed = story.flow.text[said.start("n") : said.end()]
        why = f"由{began}到{now.year}年是{years}周年，文中说“{printed}”。"
        why_en = f"From {began} to {now.year} it is {years} years, but the text says “{printed}”."
        spans = (begin.at, now.at, (said.start("n"), said.end()))
        yield contradiction(story, spans, printed, f"{years}周年", f"{number - years:+d}", why, why_en)
