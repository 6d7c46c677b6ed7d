"""The two columns of a file to mend, and the mark in them that says which row of which file a row is.

    第12行@3f9a…64 hex digits….5c1e

It is text to every spreadsheet, and its last digits check the others, so a mark that was typed over or dragged down is
found. `shape`, where there is one, stands for the cells as they were when their very shape was told (a cell
missing, a quotation mark open): as long as they are the same and the problem is not emptied, it is told again.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taizhang.capture.rows.problems import Trouble

ORIGIN = "行号（勿改）"
TROUBLE = "问题（改好后不必删）"
LINE = "原文（请在此改）"
"""Only in jsonl, for a line that is no object: the line itself."""

MARKED = re.compile(r"行@[0-9a-f]{64}")
"""In every mark, and hardly in anything else."""

_MARK = re.compile(r"第([1-9]\d{0,9})行@([0-9a-f]{64})(?:-([0-9a-f]{8}))?\.([0-9a-f]{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """Row `number` of the file whose bytes have the SHA-256 `file`."""

    number: int
    file: str
    shape: str = ""

    def __str__(self) -> str:
        shape = f"-{self.shape}" if self.shape else ""
        return f"第{self.number}行@{self.file}{shape}.{self._check()}"

    def _check(self) -> str:
        return _digest("taizhang mark", str(self.number), self.file, self.shape)[:4]


def read_mark(text: str) -> Mark | None:
    """The mark in a cell, white space and full-width forms forgiven; None when it is not one, or was changed."""
    m = _MARK.fullmatch("".join(unicodedata.normalize("NFKC", text).lower().split()))
    if m is None:
        return None
    mark = Mark(int(m[1]), m[2], m[3] or "")
    return mark if m[4] == mark._check() else None


def shape_of(heads: Iterable[str], cells: Mapping[str, object], beyond: Iterable[str]) -> str:
    """What stands for the cells of a row as they are; empty ones at the end do not count, for spreadsheets add and drop them."""
    texts = [*(str(cells.get(head, "")) for head in heads), *beyond]
    while texts and not texts[-1]:
        texts.pop()
    return _digest("taizhang shape", *texts)[:8]


class Origins:
    """Which row of which file each row of a file is: what its mark says, else this row of this file."""

    _PAGE_BITS = 1 << 13

    def __init__(self, file: str) -> None:
        self._file = file
        self._pages: dict[tuple[str, int], bytearray] = {}  # a bit a row met: a file to mend may be as long as the first

    def of(self, at: int, text: str, column: int | None = None) -> tuple[Mark, Trouble | None]:
        """The mark of a row whose cell with the mark holds this text, and what is the matter with it."""
        mark = read_mark(text) if text.strip() else Mark(at, self._file)
        if mark is None:
            return Mark(at, self._file), Trouble("mark_broken", column)
        return mark, Trouble("mark_twice", column) if self._met_again(mark) else None

    def _met_again(self, mark: Mark) -> bool:
        page, bit = divmod(mark.number, self._PAGE_BITS)
        bits = self._pages.setdefault((mark.file, page), bytearray(self._PAGE_BITS // 8))
        byte, flag = bit >> 3, 1 << (bit & 7)
        met = bool(bits[byte] & flag)
        bits[byte] |= flag
        return met


def _digest(*parts: str) -> str:
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in encoded)).hexdigest()
