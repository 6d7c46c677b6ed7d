"""Set lines of a PDF to paragraphs: a line that ends before the others around it ends its paragraph."""

from __future__ import annotations

from unicodedata import east_asian_width

_AROUND = 4
"""Lines before and after whose widest tells how wide the column is here."""
_RAGGED = 4
"""Half-width columns by which a full line may fall short: a mark or a number that was not broken."""
_CLOSING = "。！？”）》"


def set_apart(lines: list[str]) -> list[str]:
    """The lines with a blank line after every paragraph, titles and headings too."""
    widths = [_width(line) for line in lines]
    out: list[str] = []
    for i, line in enumerate(lines):
        out.append(line)
        column = max(widths[max(i - _AROUND, 0) : i + _AROUND + 1])
        if _ends(line, column - widths[i]) or _is_indented(lines, i + 1):
            out.append("")
    return out


def _ends(line: str, short: int) -> bool:
    """A line well short of its column ends a paragraph; one that closes a sentence, when it is short at all."""
    return short > (1 if line.rstrip().endswith(tuple(_CLOSING)) else _RAGGED)


def _is_indented(lines: list[str], i: int) -> bool:
    return i < len(lines) and lines[i].startswith(("　", "  "))


def _width(line: str) -> int:
    """In half-width columns."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in line.strip())
