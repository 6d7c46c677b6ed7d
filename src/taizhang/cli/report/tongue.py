"""Which language a part of the report is in: a screen reader speaks, and a browser sets, Chinese as Chinese on an English report."""

from __future__ import annotations

import re
from html import escape

LOCALE = {"zh": "zh-CN", "en": "en"}
_CHINESE = re.compile(r"[\u3400-\u9fff]+(?:[\d.,%，、。：；·]*[\u3400-\u9fff]+)*")


def chinese(lang: str) -> str:
    """The attribute for words of the text on a report in `lang`; none where the whole report is Chinese."""
    return f' lang="{LOCALE["zh"]}"' if lang != "zh" else ""


def own(lang: str) -> str:
    """The attribute for words of ours inside words of the text."""
    return f' lang="{LOCALE[lang]}"' if lang != "zh" else ""


def mixed(words: str, lang: str) -> str:
    """HTML of words of ours that may quote the text: Chinese in an English sentence is marked as such."""
    mark = chinese(lang)
    return _CHINESE.sub(lambda m: f"<span{mark}>{m[0]}</span>", escape(words)) if mark else escape(words)
