"""What a cell or a head means, where spreadsheets write more than the text; and texts written so that they keep.

A spreadsheet that opens a csv takes 0012 for 12, eighteen digits for 4.3E+17, 3-4 for a day in March and =… for a
formula to run. `guarded` writes such a text as `="0012"` (or with a leading apostrophe where it is long), which
shows and saves as the text; `taken` reads both back, and the files of others who do the same.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_FORMULA = 200
"""Characters of a text within ="…": a spreadsheet takes 255."""

_LEADS = "=+\\-@'\t＝＋－＠"
_EQUALS = re.compile(r'="((?:[^"]|"")*)"', re.DOTALL)
_MARKED = re.compile(rf"'[{_LEADS}\d]")
_AT_RISK = re.compile(rf"[{_LEADS}\d]")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,10})(?:\.\d{0,8}[1-9])?", re.ASCII)
_NARROW = {code: code - 0xFEE0 for code in (0xFF04, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def taken(cell: str) -> tuple[str, str | None]:
    """The text of a cell, and how it was written where that was more than the text: equals or apostrophe."""
    if m := _EQUALS.fullmatch(cell):
        return m[1].replace('""', '"'), "equals"
    if _MARKED.match(cell):
        return cell[1:], "apostrophe"
    return cell, None


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet changes or runs; `taken` gives the text again."""
    if not _AT_RISK.match(text) or _PLAIN_NUMBER.fullmatch(text):
        return text
    if len(text) <= LONGEST_FORMULA and "\n" not in text:
        return '="' + text.replace('"', '""') + '"'
    return "'" + text


def head_of(cell: str) -> str:
    """A head: no white space around, one form for each character, digits and Latin letters half-width."""
    return unicodedata.normalize("NFC", taken(cell.strip())[0]).translate(_NARROW).strip()


def is_wide(cell: str) -> bool:
    """True for a head with full-width digits or Latin letters."""
    return not _NARROW.keys().isdisjoint(map(ord, cell))
