"""What the commands say of a text beside a book, in Chinese and English."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, tuple[str, str]] = {
    "agrees": ("相符", "agrees"),
    "differs": ("不符", "differs"),
    "no_record": ("无据", "not in the book"),
    "open": ("待核", "undecided"),
    "count": ("{name} {n}", "{name}: {n}"),
    "coverage": ("账本能说到 {figures} 个数中的 {spoken} 个", "The book can speak to {spoken} of {figures} figures"),
    "invented": ("演示账本：数据均为虚构", "A demonstration book: everything in it is invented"),
    "coverage one": ("{article}：{figures} 个数，账本能说到 {spoken} 个。", "{article}: {figures} figures, the book can speak to {spoken}."),
    "elsewhere": (
        "{article}：讲的是{place}，账上没有那里的记录，所以不逐个下结论（{figures} 个数）。",
        "{article}: this is about {place}, of which the book has no entry; no verdict on its {figures} figures.",
    ),
    "figure": ("{title}　第{version}版　截至第 {as_of} 条", "{title}, version {version}, as of entry {as_of}"),
    "candidates": ("可能是：{titles}", "It may be: {titles}"),
    "entries": ("来处：{entries}", "From: {entries}"),
    "head": ("与账本核对", "Beside the book"),
    "head verdict": ("结论", "verdict"),
    "head quantity": ("文中", "printed"),
    "head book": ("账上", "in the book"),
    "head why": ("说明", "why"),
    "head definition": ("指标", "indicator"),
    "definition": ("{title} · 第{version}版 · 第 {as_of} 条", "{title} · version {version} · entry {as_of}"),
    "stop": ("。", "."),
    "list": ("，", ", "),
    "no answer": ("答不了：{reason}", "No answer: {reason}"),
}


def tell(lang: str, key: str, **facts: Any) -> str:
    """The words of `key` in `lang` (zh or en), with the facts filled in."""
    words = WORDS[key][lang == "en"]
    return words.format(**facts) if facts else words
