"""The words of `taizhang figure`, in Chinese and English."""

from __future__ import annotations

from typing import Any

FIGURE_WORDS: dict[str, tuple[str, str]] = {
    "head day": ("日", "day"),
    "head month": ("月", "month"),
    "head quarter": ("季", "quarter"),
    "head year": ("年", "year"),
    "head province": ("省", "province"),
    "head prefecture": ("市州", "prefecture"),
    "head county": ("县区", "county"),
    "head township": ("乡镇", "township"),
    "head village": ("村", "village"),
    "head figure": ("数", "figure"),
    "head unit": ("单位", "unit"),
    "head adds": ("计入", "adds"),
    "no_record": ("无记录", "no record"),
    "undefined": ("无意义（除数为零）", "undefined (over zero)"),
    "suppressed": ("不公布（人数过少）", "not shown (too few persons)"),
    "not known": ("（未填）", "(not said)"),
    "whole": ("全部", "all"),
    "foot": ("{pack}定义第{version}版　截至第{as_of}条", "definition: {pack} version {version}   as of entry {as_of}"),
    "title": ("{title}　{place}　{period}", "{title}   {place}   {period}"),
    "nothing": ("没有记入的条目", "no entries"),
    "unseen": ("不在您职责内的条目", "an entry outside your duties"),
    "more": ("还有：--after {seq}", "more: --after {seq}"),
    "traced": ("共 {n} 条条目", "entries: {n}"),
    "written": ("已写到 {path}", "Written to {path}"),
    "warning": ("注意：", "Note: "),
    "period": ("“{words}”不是时期", "“{words}” is no period"),
    "as of": ("“{words}”不是条目的编号，也不是日期", "“{words}” is neither the number of an entry nor a day"),
}


def say(lang: str, key: str, /, **facts: Any) -> str:
    """The words of a key in a language, with the facts filled in."""
    words = FIGURE_WORDS[key][lang == "en"]
    return words.format(**facts) if facts else words
