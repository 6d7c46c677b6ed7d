"""Which encoding a file is in, and the text of each of its lines, also where a line is in another one.

A line is read in the encoding of most. A line that only another encoding reads, or that makes far better Chinese in
it, is read in that and told: GB18030 lines in a UTF-8 file come from pasting two files together, and so do the reverse.
"""

from __future__ import annotations

import codecs
from typing import Literal

from taizhang.capture.rows.problems import Trouble

Encoding = Literal["utf-8", "gb18030"]

SAMPLE_BYTES = 4096
LEAST_CHINESE = 0.65
"""The share of characters of GB 2312 below which a file is not believed to be GB18030; Big5 read so has a half and fewer."""
LEAST_IN_LINE = 0.5
"""The same for one line, which may be a name with a rare character."""

_SAID = {"utf-8": "UTF-8", "gb18030": "GB18030"}
_OTHER: dict[Encoding, Encoding] = {"utf-8": "gb18030", "gb18030": "utf-8"}
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FEWEST_NULS = 0.04
_LEVEL_ONE, _LEVEL_TWO = 0xD7, 0xF7


def utf16_of(head: bytes) -> str | None:
    """utf-16-le or utf-16-be by the mark, or by NULs that stand at every other byte only."""
    for mark, name in _UTF16:
        if head.startswith(mark):
            return name
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(4, _FEWEST_NULS * len(head)) or min(even, odd):
        return None
    name = "utf-16-le" if odd else "utf-16-be"
    return name if {"\n", "\r"} & set(head.decode(name, "ignore")) else None


class Census:
    """Counts lines that are UTF-8 and lines that are not, over a whole file."""

    def __init__(self) -> None:
        self._utf8 = self._others = 0
        self._sample = b""

    def count(self, piece: bytes) -> None:
        """Take whole lines into account; ASCII says nothing."""
        if piece.isascii():
            return
        if _text(piece, "utf-8") is not None:
            self._utf8 += piece.count(b"\n") + 1
            return
        for line in piece.splitlines():
            if not line.isascii() and _text(line, "utf-8") is not None:
                self._utf8 += 1
            elif not line.isascii():
                self._others += 1
                self._sample += line[:SAMPLE_BYTES] if len(self._sample) < SAMPLE_BYTES else b""

    def encoding(self) -> Encoding | None:
        """The encoding of most lines; None when most are neither UTF-8 nor anything that looks like Chinese."""
        if self._others <= self._utf8:
            return "utf-8"
        text = self._sample.decode("gb18030", "replace")
        return "gb18030" if _chinese(text) >= LEAST_CHINESE else None


def text_of(piece: bytes, main: Encoding) -> str | None:
    """Whole lines at once, where they can be read so without looking at each."""
    if main == "utf-8" or piece.isascii():
        return _text(piece, "utf-8")
    return None


def line_of(line: bytes, main: Encoding) -> tuple[str, Trouble | None]:
    """One line, and what is the matter with it."""
    other = _OTHER[main]
    text, instead = _text(line, main), _text(line, other)
    if text is not None and (instead is None or not _more_chinese(instead, text, main)):
        return text, None
    if instead is not None and _chinese(instead) >= LEAST_IN_LINE:
        return instead, Trouble("other_encoding", None, (("here", _SAID[other]), ("main", _SAID[main])))
    return line.decode(main, "replace"), Trouble("unreadable")


def _more_chinese(instead: str, text: str, main: Encoding) -> bool:
    """Chinese in UTF-8 reads as GB18030 often enough, to rarer characters; the reverse hardly ever happens."""
    return main == "gb18030" and not instead.isascii() and _chinese(instead, _LEVEL_ONE) > _chinese(text, _LEVEL_ONE)


def _text(data: bytes, encoding: Encoding) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _chinese(text: str, last: int = _LEVEL_TWO) -> float:
    """The share of characters of GB 2312 up to a level, Chinese punctuation and full-width forms too, beyond ASCII."""
    codes = [c.encode("gb18030", "replace") for c in text if c > "\x7f"]
    return sum(_is_of_gb2312(code, last) for code in codes) / len(codes) if codes else 1.0


def _is_of_gb2312(code: bytes, last: int) -> bool:
    return len(code) == 2 and code[1] >= 0xA1 and (0xB0 <= code[0] <= last or code[0] in (0xA1, 0xA3))
