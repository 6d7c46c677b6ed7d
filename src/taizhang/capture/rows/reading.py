"""A file to post, opened: what it is, the SHA-256 of its bytes, its encoding; or why it is no table at all."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from taizhang.capture import kinds
from taizhang.capture.refusals import Refused
from taizhang.capture.rows.encodings import Census, Encoding, utf16_of
from taizhang.capture.rows.lines import BLOCK_BYTES, pieces

Shape = Literal["table", "objects"]

_MOST_NULS, _FEW_NULS = 0.01, 16
_OBJECTS = frozenset({".jsonl", ".ndjson", ".json"})
_TABLES = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class Opened:
    """`stream` gives UTF-8 or GB18030 from its start; `written` is the encoding of the file; `reason` why it cannot be read."""

    stream: BinaryIO
    file: str
    size: int
    encoding: Encoding
    written: str
    shape: Shape
    reason: str | None = None


@contextmanager
def temporary() -> Iterator[BinaryIO]:
    """A file without a name, which is gone when it is let go of."""
    with TemporaryFile() as file:
        yield file


class _Digesting:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._hash, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int, /) -> bytes:
        block = self._stream.read(size)
        self._hash.update(block)
        self.size += len(block)
        return block

    def hex(self) -> str:
        return self._hash.hexdigest()


def digest(stream: BinaryIO) -> tuple[str, int]:
    """The SHA-256 of a stream and its size; back to its start."""
    passing = _Digesting(stream)
    while passing.read(BLOCK_BYTES):
        pass
    stream.seek(0)
    return passing.hex(), passing.size


def survey(stream: BinaryIO, name: str, held: ExitStack) -> Opened:
    """Read a whole stream once and go back to its start; what must be written anew to be read, `held` lets go of."""
    head = stream.read(kinds.HEAD_BYTES)
    stream.seek(0)
    if not_a_table := _not_a_table(head):
        return Opened(stream, *digest(stream), "utf-8", "", "table", not_a_table)
    if wide := utf16_of(head):
        file, size = digest(stream)
        plain = _as_utf8(stream, wide, held)
        return _shaped(Opened(plain, file, size, "utf-8", wide, "table"), name)
    file, size, encoding, nuls = _counted(stream)
    if nuls > max(_FEW_NULS, _MOST_NULS * size):
        return Opened(stream, file, size, "utf-8", "", "table", "not_table")
    if encoding is None:
        return Opened(stream, file, size, "utf-8", "", "table", "encoding")
    written = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else encoding
    return _shaped(Opened(stream, file, size, encoding, written, "table"), name)


def _counted(stream: BinaryIO) -> tuple[str, int, Encoding | None, int]:
    """SHA-256, size, the encoding of most lines, and how many NULs there are."""
    passing, census, nuls = _Digesting(stream), Census(), 0
    for piece, _ in pieces(passing):
        nuls += piece.count(0)
        census.count(piece)
    stream.seek(0)
    return passing.hex(), passing.size, census.encoding(), nuls


def _not_a_table(head: bytes) -> str | None:
    try:
        content = kinds.content_of(head, "")
    except Refused as refused:
        return "empty" if refused.reason == "empty" else "not_table"
    return {"docx": "workbook", "ole": "workbook", "pdf": "not_table"}.get(content)


def _as_utf8(stream: BinaryIO, encoding: str, held: ExitStack) -> BinaryIO:
    """A temporary file with the text in UTF-8; what is no character becomes �, which its row is told for."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    file = held.enter_context(temporary())
    while block := stream.read(BLOCK_BYTES):
        file.write(decoder.decode(block).encode())
    file.write(decoder.decode(b"", final=True).encode())
    file.seek(0)
    return file


def _shaped(opened: Opened, name: str) -> Opened:
    """A table or objects, by the suffix of the name, else by the first character."""
    suffix = Path(name).suffix.lower()
    start = opened.stream.read(kinds.HEAD_BYTES).removeprefix(codecs.BOM_UTF8).lstrip()
    opened.stream.seek(0)
    if suffix in _TABLES or (suffix not in _OBJECTS and not start.startswith((b"{", b"["))):
        return opened
    return replace(opened, shape="objects", reason="array" if start.startswith(b"[") else None)
