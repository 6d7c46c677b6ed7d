"""A file to its lines: any line ends, any length, memory bounded by one piece of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from taizhang.capture.rows.encodings import Encoding, line_of, text_of
from taizhang.capture.rows.problems import Trouble

BLOCK_BYTES = 1 << 18
LONGEST_LINE = 1 << 20
"""Bytes of a line; an entry cannot be longer either."""

Line = tuple[str, Trouble | None]
"""A line without its end, and what is the matter with its bytes."""


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""


def pieces(stream: Readable) -> Iterator[tuple[bytes, int]]:
    """Whole lines, many at a time, and 0; for a line far too long nothing, and how many bytes it has."""
    rest = b""
    while block := stream.read(BLOCK_BYTES):
        data = rest + block
        cut = _last_end(data)
        if cut:
            yield data[:cut], 0
        rest = data[cut:]
        if len(rest) > LONGEST_LINE + BLOCK_BYTES:
            length, rest = _passed_over(stream, len(rest))
            yield b"", length
    if rest:
        yield rest, 0


def _last_end(data: bytes) -> int:
    """How far whole lines reach; a carriage return at the very end may be half of a line end."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1


def _passed_over(stream: Readable, length: int) -> tuple[int, bytes]:
    """The length of a line of which so many bytes are read, and what was read behind its end."""
    while block := stream.read(BLOCK_BYTES):
        ends = [at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0]
        if not ends:
            length += len(block)
            continue
        at = min(ends)
        if block[at : at + 1] == b"\r":
            block += stream.read(1)
            return length + at, block[at + 1 :].removeprefix(b"\n")
        return length + at, block[at + 1 :]
    return length, b""


def lines(stream: Readable, encoding: Encoding, ends: set[str]) -> Iterator[Line]:
    """The lines of a stream in their order; the kinds of line ends that part rows are added to `ends`."""
    for piece, length in pieces(stream):
        if length:
            yield "", _too_long(length)
        elif len(piece) > LONGEST_LINE:
            for line in piece.splitlines():
                yield line_of(line, encoding) if len(line) <= LONGEST_LINE else ("", _too_long(len(line)))
        else:
            ends |= _ends_of(piece)
            yield from _of(piece, encoding)


def _of(piece: bytes, encoding: Encoding) -> Iterator[Line]:
    text = text_of(piece, encoding)
    if text is None:
        for line in piece.splitlines():
            said, trouble = line_of(line, encoding)
            yield said.replace("\ufeff", ""), trouble
        return
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for said in text.replace("\ufeff", "").removesuffix("\n").split("\n"):
        yield said, None


def _ends_of(piece: bytes) -> set[str]:
    """Within quotation marks a line feed is no line end: spreadsheets write one for a break in a cell."""
    if b'"' in piece:
        return set()
    both = piece.count(b"\r\n")
    counts = {"CRLF": both, "LF": piece.count(b"\n") - both, "CR": piece.count(b"\r") - both}
    return {kind for kind, met in counts.items() if met > 0}


def _too_long(length: int) -> Trouble:
    return Trouble("long", None, (("found", length), ("limit", LONGEST_LINE)))
