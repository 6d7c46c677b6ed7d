"""Articles with one thing altered: a digit, ten times as much, the unit, the place, the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching_truth import Article, Slot

COUNTIES = ("永兴", "蓝山", "安化", "东安", "江华")
UNITS = {"片": "盒", "万片": "万盒", "公顷": "亩", "亩": "公顷", "万元": "亿元", "元": "万元", "起": "人", "册": "元", "本": "箱", "人次": "公顷", "名": "起", "人": "册"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Altered:
    """A text in which one figure no longer says what the book says, and where that figure stands."""

    kind: str
    text: str
    start: int
    end: int


def altered(article: Article) -> Iterator[Altered]:
    """Every alteration of an article with right figures."""
    for slot in article.slots:
        if slot.printed.endswith("%") or "余" in slot.printed:
            continue
        for kind, printed in _numbers(slot):
            yield _with(article, slot, kind, printed)
        number = _NUMBER.match(slot.printed)
        unit = slot.printed[number.end() :] if number else ""
        if number and unit in UNITS:
            yield _with(article, slot, "unit", number[0] + UNITS[unit])
        yield from _moved(article, slot)


def _numbers(slot: Slot) -> Iterator[tuple[str, str]]:
    """±1 in the last digit, which lies a whole digit off, and ten times as much."""
    m = _NUMBER.match(slot.printed)
    if m is None:
        return
    places = len(m[0].partition(".")[2])
    whole = int(m[0].replace(".", ""))
    for step in (1, -1):
        if whole + step > 0:
            yield "digit", _shown(whole + step, places) + slot.printed[m.end() :]
    yield "ten", _shown(whole * 10, places) + slot.printed[m.end() :]


def _shown(whole: int, places: int) -> str:
    digits = str(whole).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _with(article: Article, slot: Slot, kind: str, printed: str) -> Altered:
    text = article.text[: slot.start] + printed + article.text[slot.end :]
    return Altered(kind, text, slot.start, slot.start + len(printed))


def _moved(article: Article, slot: Slot) -> Iterator[Altered]:
    """The same figure told of another county, and of the year before the book, wherever the text names them."""
    county = next((name for name in COUNTIES if name in article.text), None)
    if county:
        other = COUNTIES[(COUNTIES.index(county) + 1) % len(COUNTIES)]
        text = article.text.replace("江华瑶族自治县", "江华县").replace("江华县", "江华瑶族自治县") if county != "江华" else article.text
        if text == article.text and "瑶族" not in text:
            yield Altered("place", text.replace(county, other), slot.start, slot.end)
    text = re.sub(r"202([123])年", lambda m: f"201{m[1]}年", article.text)
    yield Altered("year", text, slot.start, slot.end)
