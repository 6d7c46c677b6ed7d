"""One input to its text, or one clear line why not."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from taizhang.capture import apart, decode, kinds, prose
from taizhang.capture.refusals import Refused, input_error, shown
from taizhang.capture.source import MAX_FILE_BYTES, MAX_TEXT_BYTES, MIB, Source

_VISIBLE = re.compile(r"[^\s\ufeff\u200b\u200c\u200d\u2060]")

_SYSTEM = (
    (FileNotFoundError, "missing"),
    (NotADirectoryError, "missing"),
    (IsADirectoryError, "folder"),
    (PermissionError, "permission"),
)
_NUMBERED = {errno.ELOOP: "loop", errno.ENAMETOOLONG: "long_name"}


def load(path: str | Path) -> Source:
    """The text of a file, or of standard input for `-`; raises core.InputError with its problem.

    Takes at most `MAX_TEXT_BYTES` of text and `MAX_FILE_BYTES` of .docx or .pdf; a larger file is refused unread.
    """
    try:
        with open_file(path) as stream:
            source = _source(shown(path), stream, Path(path).suffix.lower())
        if not _VISIBLE.search(source.text):
            raise Refused("blank")
        if not prose.may_be_prose(source.text):
            raise Refused("no_prose")
    except Refused as refused:
        raise input_error(shown(path), refused) from None
    except OSError as error:
        raise input_error(shown(path), of_system(error)) from None
    return source


def _source(name: str, stream: BinaryIO, suffix: str) -> Source:
    head = stream.read(kinds.HEAD_BYTES)
    content = kinds.content_of(head, suffix)
    if content == "text":
        _check_size(stream, MAX_TEXT_BYTES, "too_long")
        text, encoding = decode.decode(b"".join(_chunks(head, stream, MAX_TEXT_BYTES, "too_long")))
        return Source(name, text, "txt", encoding)
    _check_size(stream, MAX_FILE_BYTES, "too_large")
    with _on_disk(head, stream) as file:
        if content == "ole":
            raise Refused(kinds.ole_reason(file))
        text, warnings = apart.text_of(content, file)
        return Source(name, text, content, warnings=warnings)


@contextmanager
def open_file(path: str | Path) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for `-`; Refused for what is no ordinary file."""
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    if _is_special(Path(path)):
        raise Refused("special")
    with Path(path).open("rb") as stream:
        yield stream


def _is_special(path: Path) -> bool:
    """A pipe, a socket or a device: opening or reading one may never end."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _check_size(stream: BinaryIO, limit: int, reason: str) -> None:
    """Refuse by size alone where a size is known; the position is kept."""
    if stream.seekable():
        at = stream.tell()
        size = stream.seek(0, os.SEEK_END)
        stream.seek(at)
        if size > limit:
            raise Refused(reason, limit=limit // MIB)


def _chunks(head: bytes, stream: BinaryIO, limit: int, reason: str) -> Iterator[bytes]:
    """The head and the rest of a stream, never more than a chunk beyond the limit: a pipe does not tell its size."""
    left = limit
    chunk = head
    while chunk:
        left -= len(chunk)
        if left < 0:
            raise Refused(reason, limit=limit // MIB)
        yield chunk
        chunk = stream.read(MIB)


@contextmanager
def _on_disk(head: bytes, stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream as a file that another process can read from any place; what comes through a pipe is kept for a moment."""
    if stream.seekable() and _has_number(stream):
        yield stream
        return
    with TemporaryFile() as file:
        file.writelines(_chunks(head, stream, MAX_FILE_BYTES, "too_large"))
        file.flush()
        yield file


def _has_number(stream: BinaryIO) -> bool:
    try:
        return stream.fileno() >= 0
    except OSError:
        return False


def of_system(error: OSError) -> Refused:
    """What the system said of a file, as one of our refusals."""
    for kind, reason in _SYSTEM:
        if isinstance(error, kind):
            return Refused(reason)
    if error.errno in _NUMBERED:
        return Refused(_NUMBERED[error.errno])
    return Refused("unreadable", number=error.errno or 0, cause=error.strerror or type(error).__name__)
