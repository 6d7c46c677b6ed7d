"""The words of `taizhang why`, `affected` and `frozen`, in Chinese and English."""

from __future__ import annotations

from typing import Any

WHY_WORDS: dict[str, tuple[str, str]] = {
    "a": ("甲", "A"),
    "b": ("乙", "B"),
    "no record": ("无记录", "no record"),
    "same": ("两个数相同。", "The two figures are the same."),
    "same but": ("两个数相同，但各有不同之处，正好抵消：{causes}。", "The two figures are the same; what differs cancels out: {causes}."),
    "more": ("甲比乙多 {amount}：{causes}。", "A is {amount} above B: {causes}."),
    "less": ("甲比乙少 {amount}：{causes}。", "A is {amount} below B: {causes}."),
    "and": ("；", "; "),
    "weighs": ("{cause}（{amount}）", "{cause} ({amount})"),
    "names": ("、", ", "),
    # a cause: what only A has, what only B has, both
    "period a": ("乙不含其中一段时间（{n} 条）", "B leaves out a stretch of time ({n} entries)"),
    "period b": ("乙含甲的期间以外的（{n} 条）", "B counts days outside of A's period ({n})"),
    "period both": ("期间不同（{n} 条只在一边）", "another period ({n} on one side only)"),
    "place a": ("乙不含其中一处（{n} 条）", "B leaves out a place ({n} entries)"),
    "place b": ("乙含甲的区划以外的（{n} 条）", "B counts places outside of A's ({n})"),
    "place both": ("区划不同（{n} 条只在一边）", "another place ({n} on one side only)"),
    "cell a": ("乙只数其中一类（{n} 条不在内）", "B counts one kind only ({n} are not of it)"),
    "cell b": ("甲只数其中一类（{n} 条不在内）", "A counts one kind only ({n} are not of it)"),
    "cell both": ("两边数的类别不同（{n} 条只在一边）", "each counts another kind ({n} on one side only)"),
    "definition a": ("口径不同：乙不数这 {n} 条", "another definition: B does not count {n} entries"),
    "definition b": ("口径不同：甲不数这 {n} 条", "another definition: A does not count {n}"),
    "definition both": ("口径不同（{n} 条算法不同或只在一边）", "another definition ({n} counted otherwise, or on one side only)"),
    "struck a": ("甲里有 {n} 条已红冲", "{n} entries of A are withdrawn"),
    "struck b": ("乙里有 {n} 条已红冲", "{n} of B are withdrawn"),
    "struck both": ("{n} 条已红冲", "{n} entries are withdrawn"),
    "corrected a": ("{n} 条红冲后重记", "{n} entries were withdrawn and stated anew"),
    "corrected b": ("{n} 条红冲后重记", "{n} entries were withdrawn and stated anew"),
    "corrected both": ("{n} 条红冲后重记", "{n} entries were withdrawn and stated anew"),
    "later a": ("甲里有 {n} 条是后来记入的", "{n} entries of A were recorded later"),
    "later b": ("乙里有 {n} 条是后来记入的", "{n} entries of B were recorded later"),
    "later both": ("{n} 条是后来记入的", "{n} entries were recorded later"),
    "waiting b": ("乙里有 {n} 行还在待审", "{n} rows of B still wait for a review"),
    "missing a": ("乙缺 {n} 条", "B lacks {n} entries"),
    "missing b": ("账上没有乙的 {n} 行", "{n} rows of B are not in the book"),
    "missing both": ("各有对方没有的，共 {n} 条", "{n} stand on one side only"),
    "doubled a": ("账上有 {n} 条重复", "{n} entries stand twice in the book"),
    "doubled b": ("乙有 {n} 行重复", "{n} rows of B stand twice"),
    "doubled both": ("{n} 条重复", "{n} stand twice"),
    "value both": ("{n} 条数值不同", "{n} have another value"),
    "unit both": ("单位不同（{n} 行）", "another unit ({n} rows)"),
    "rounding both": ("印出时取舍（{n} 处）", "rounded where printed ({n})"),
    "part both": ("{title}不同：甲 {a}，乙 {b}", "{title} differs: A {a}, B {b}"),
    "several": ("{names}都不同（{n} 条）", "both differ: {names} ({n})"),
    "left out": ("：{what}", ": {what}"),
    "factor": ("：1{unit}＝{factor}{own}", ": 1 {unit} = {factor} {own}"),
    "times": ("：差 {factor} 倍", ": by the factor {factor}"),
    "struck": ("红冲", "withdrawn"),
    "corrected": ("红冲重记", "restated"),
    "later": ("记入先后", "recorded later"),
    "waiting": ("待审", "waiting"),
    "missing": ("缺行", "missing"),
    "doubled": ("重复", "twice"),
    "period": ("期间", "period"),
    "place": ("区划", "place"),
    "cell": ("类别", "kind"),
    "definition": ("口径", "definition"),
    "value": ("数值", "value"),
    "unit": ("单位", "unit"),
    "part": ("组成", "part"),
    "rounding": ("取舍", "rounding"),
    # rows
    "head what": ("内容", "what it says"),
    "head line": ("行", "row"),
    "anew": ("改记为第{n}条", "restated as entry {n}"),
    "more rows": ("另有 {n} 条；用 --limit 多列一些。", "{n} more; list more with --limit."),
    "unseen": ("不在您职责内的条目", "an entry outside your duties"),
    "side": ("{side}　{words}　{value}", "{side}   {words}   {value}"),
}


def say(lang: str, key: str, /, **facts: Any) -> str:
    """The words of a key in a language, with the facts filled in."""
    words = WHY_WORDS[key][lang == "en"]
    return words.format(**facts) if facts else words
