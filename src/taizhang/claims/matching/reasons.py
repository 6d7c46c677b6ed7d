"""Why a verdict is what it is, in one plain sentence of each language."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.claims.matching.matching import Likely, Matched
from taizhang.claims.matching.verdict import VerdictClass
from taizhang.core import Figure, Quantity

_OPEN = {
    "margin": ("可能是{titles}，分不清，请核。", "It may be {titles}: the words do not tell which."),
    "faint": ("也许是“{title}”，文中的词不足以认定，请核。", "Perhaps “{title}”: the words do not tell enough."),
    "unit": ("像是“{title}”，但账上按{unit}计，文中是“{surface}”，不能比较。", "It may be “{title}”, which is kept in {unit} and not in that of “{surface}”."),
    "sort": ("像是“{title}”，但账上不按文中所说的类别分计。", "It may be “{title}”, which is not kept by the sort the text names."),
    "intent": ("说的是打算、要求或限额，不是已有的数。", "It tells a plan, a demand or a limit, not what was done."),
    "place": ("像是“{title}”，但没有写明是哪里的数。", "It may be “{title}”, but the text does not say of which place."),
    "time": ("像是“{title}”，但没有写明（或推不出）是什么时候的数。", "It may be “{title}”, but the text does not say (or let one work out) of what time."),
    "word": ("像是“{title}”，但“{surface}”前面的词不认识，不能确定说的就是它。", "It may be “{title}”, but the word before “{surface}” is not known here."),
    "part": (
        "像是“{title}”，账上为{value}；但文中另有一个数说的是它，这个像是其中一部分，请核。",
        "It may be “{title}”, for which the book has {value}; but another number of the text tells that, so this may be a part of it.",
    ),
    "lean": (
        "像是“{title}”，账上为{value}；但文中的词不足以断定，请核。",
        "It may be “{title}”, for which the book has {value}; but the words do not make it sure.",
    ),
    "another": (
        "像是“{title}”，账上为{value}；但换一种读法（另一指标、地点、时间或总数）正好相合，请核。",
        "It may be “{title}”, for which the book has {value}; but another reading (indicator, place, time or whole) agrees.",
    ),
    "base": ("对比的数在账上没有着落，算不出来。", "What it is compared with cannot be placed in the book."),
}
_MADE = {
    "share": ("按账上两个数相除，“{title}”所占为{value}。", "By the two figures of the book the share of “{title}” is {value}."),
    "change": ("按账上前后两个数，“{title}”的变化为{value}。", "By the two figures of the book “{title}” changed by {value}."),
}
_ABSENT = {
    "none": ("账上没有说这件事的指标。", "No indicator of the book tells of this."),
    "outside": ("说的是{place}，不在这本账的范围。", "It tells of {place}, which this book does not cover."),
    "no_record": ("账上没有{place}{period}“{title}”的记录。", "The book has no record of “{title}” in {place} for {period}."),
}


def reason(
    kind: VerdictClass, why: str, q: Quantity, found: Matched, figures: Sequence[Figure], value: str, place: str
) -> tuple[str, str]:
    """The sentence for a verdict, in Chinese and in English."""
    facts = {"surface": q.surface, "place": place, "period": _period(figures), "value": value, "titles": "", "title": "", "unit": ""}
    english = dict(facts)
    if found.likely:
        best = found.likely[0].fit.profile.one.indicator
        sort = "、".join(_sorts(found, figures))
        facts |= {"title": best.title + (f"（{sort}）" if sort else ""), "unit": best.unit, "titles": "、".join(f"“{_title(one)}”" for one in found.likely[:2])}
        english |= {"title": (best.title_en or best.title) + (f" ({sort})" if sort else ""), "unit": best.unit}
        english["titles"] = " or ".join(f"“{_title(one, True)}”" for one in found.likely[:2])
    zh, en = _words(kind, why, len(figures))
    return zh.format(**facts), en.format(**english)


def _sorts(found: Matched, figures: Sequence[Figure]) -> list[str]:
    """What the sorts are called that a figure was broken down by; without a figure, those the words name."""
    named = [cell for cells in (found.best.cells, *found.best.others) for group in cells.values() for cell in group]
    if not figures:
        return [cell.title for cells in found.best.cells.values() for cell in cells]
    return [cell.title for cell in named if figures[0].of.get(cell.path) == cell.value]


def _words(kind: VerdictClass, why: str, readings: int) -> tuple[str, str]:
    if why in _MADE and kind in ("agrees", "differs"):
        return _MADE[why]
    if kind == "agrees":
        return "账上{place}{period}“{title}”为{value}。", "The book has {value} for “{title}”, {place}, {period}."
    if kind == "differs":
        more = ("（各种读法都不合）", " (no reading of the words agrees)") if readings > 1 else ("", "")
        return f"账上{{place}}{{period}}“{{title}}”为{{value}}{more[0]}。", f"The book has {{value}} for “{{title}}”, {{place}}, {{period}}{more[1]}."
    return (_OPEN if kind == "open" else _ABSENT)[why]


def _title(one: Likely, english: bool = False) -> str:
    indicator = one.fit.profile.one.indicator
    return (indicator.title_en or indicator.title) if english else indicator.title


def _period(figures: Sequence[Figure]) -> str:
    return str(figures[0].period) if figures else ""
