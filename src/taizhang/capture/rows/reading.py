"""A file to post, opened: what it is, the SHA-256 of its bytes, its encoding; or why it is no table at all."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
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


class _Digesting:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.hash = hashlib.sha256()
        self.size = 0

    def read(self, size: int, /) -> bytes:
        block = self._stream.read(size)
        self.hash.update(block)
        self.size += len(block)
        return block


def on_disk(stream: BinaryIO, held: ExitStack) -> BinaryIO:
    """The stream, or a temporary file with its bytes where it cannot be read twice; `held` lets go of that."""
    if stream.seekable():
        return stream
    file = held.enter_context(_temporary())
    while block := stream.read(BLOCK_BYTES):
        file.write(block)
    file.seek(0)
    return file


@contextmanager
def _temporary() -> Iterator[BinaryIO]:
    with TemporaryFile() as file:
        yield file


def survey(stream: BinaryIO, name: str, held: ExitStack) -> Opened:
    """Read a whole stream once and go back to its start."""
    head = stream.read(kinds.HEAD_BYTES)
    stream.seek(0)
    wide = utf16_of(head) if head else None
    passing = _Digesting(stream)
    nuls, encoding = _counted(passing, census=wide is None)
    stream.seek(0)
    reason = _not_a_table(head) or ("not_table" if wide is None and nuls > max(_FEW_NULS, _MOST_NULS * passing.size) else None)
    reason = reason or ("encoding" if encoding is None else None)
    plain = _as_utf8(stream, wide, held) if wide and not reason else stream
    written = wide or ("utf-8-sig" if head.startswith(codecs.BOM_UTF8) else encoding or "")
    shape = _shape(plain, name)
    if reason is None and shape == "objects" and _start(plain).startswith(b"["):
        reason = "array"
    return Opened(plain, passing.hash.hexdigest(), passing.size, encoding or "utf-8", written, shape, reason)


def _counted(passing: _Digesting, census: bool) -> tuple[int, Encoding | None]:
    """How many NULs there are, and the encoding of most lines."""
    nuls, lines = 0, Census()
    if not census:
        while passing.read(BLOCK_BYTES):
            pass
        return 0, "utf-8"
    for piece, _ in pieces(passing):
        nuls += piece.count(0)
        lines.count(piece)
    return nuls, lines.encoding()


def _not_a_table(head: bytes) -> str | None:
    try:
        content = kinds.content_of(head, "")
    except Refused as refused:
        return "empty" if refused.reason == "empty" else "not_table"
    return {"docx": "workbook", "ole": "workbook", "pdf": "not_table"}.get(content)


def _as_utf8(stream: BinaryIO, encoding: str, held: ExitStack) -> BinaryIO:
    """A temporary file with the text in UTF-8; what is no character becomes �, which its row is told for."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    file = held.enter_context(_temporary())
    while block := stream.read(BLOCK_BYTES):
        file.write(decoder.decode(block).encode())
    file.write(decoder.decode(b"", final=True).encode())
    file.seek(0)
    return file


def _shape(stream: BinaryIO, name: str) -> Shape:
    """By the suffix of the name, else by the first character."""
    suffix = Path(name).suffix.lower()
    if suffix in _OBJECTS or suffix in _TABLES:
        return "objects" if suffix in _OBJECTS else "table"
    return "objects" if _start(stream).startswith((b"{", b"[")) else "table"


def _start(stream: BinaryIO) -> bytes:
    """The first bytes that are no white space."""
    head = stream.read(kinds.HEAD_BYTES)
    stream.seek(0)
    return head.removeprefix(codecs.BOM_UTF8).lstrip()
