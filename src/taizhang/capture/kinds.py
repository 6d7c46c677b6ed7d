"""What an input is, by its content; the suffix of a file only helps to say what is wrong."""

from __future__ import annotations

from typing import BinaryIO, Literal

from taizhang.capture.refusals import Refused
from taizhang.capture.source import MIB

HEAD_BYTES = 4096

Content = Literal["text", "docx", "pdf", "ole"]

_READ: tuple[tuple[bytes, Content], ...] = (
    (b"PK\x03\x04", "docx"),
    (b"PK\x05\x06", "docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "old_word"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_OF_SUFFIX: dict[str, tuple[Content, str]] = {".docx": ("docx", "not_docx"), ".pdf": ("pdf", "not_pdf")}


def content_of(head: bytes, suffix: str) -> Content:
    """What begins with these bytes; raises Refused for what cannot be read or is not what its suffix says."""
    if not head:
        raise Refused("empty")
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise Refused(reason)
    content = next((c for magic, c in _READ if head.startswith(magic)), None) or ("pdf" if b"%PDF-" in head[:1024] else "text")
    wanted, reason = _OF_SUFFIX.get(suffix, (content, ""))
    if content not in (wanted, "ole"):
        raise Refused(reason)
    return content


def ole_reason(stream: BinaryIO) -> str:
    """Why a compound file is refused: an encrypted .docx lies in one, and so do .doc, .wps and .xls."""
    for name, reason in (("EncryptedPackage", "password"), ("WordDocument", "old_word"), ("Workbook", "sheet"), ("PowerPoint", "slides")):
        if _holds(stream, name.encode("utf-16-le")):
            return reason
    return "old_word"


def _holds(stream: BinaryIO, needle: bytes) -> bool:
    stream.seek(0)
    tail = b""
    while chunk := stream.read(MIB):
        if needle in tail + chunk:
            return True
        tail = chunk[-len(needle) :]
    return False
