"""A .docx to its lines, read as a stream: what a reader sees, in document order.

Footnotes and endnotes come at the end; headers and footers, comments and pictures are left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from taizhang.capture.allowance import Allowance
from taizhang.capture.refusals import Refused
from taizhang.capture.scribe import Scribe
from taizhang.capture.source import MIB

MAX_PART_BYTES = 24 * MIB
"""The longest part of XML taken, unpacked: some two million characters of text."""
MOST_PACKED = 100
"""A part too long is a bomb, not a book, when it was packed so many times smaller."""
MAX_UNPACKED_BYTES = 1024 * MIB
"""What all parts together may claim to unpack to, pictures included; more is no document."""

_CHUNK_BYTES = MIB // 8
_NOTES = ("footnotes.xml", "endnotes.xml")
_OTHERS = {
    "xl/workbook.xml": "sheet",
    "xl/workbook.bin": "sheet",
    "ppt/presentation.xml": "slides",
    "OFD.xml": "layout",
    "content.xml": "old_word",
}
_BROKEN = (BadZipFile, expat.ExpatError, ElementTree.ParseError, zlib.error, EOFError, RuntimeError, UnicodeError, OSError)


def read(file: BinaryIO, allowance: Allowance) -> str:
    """The text of a document; raises Refused."""
    try:
        with ZipFile(file) as package:
            return "\n".join(_lines(package, allowance)).rstrip("\n")
    except _BROKEN:
        raise Refused("damaged") from None


def _lines(package: ZipFile, allowance: Allowance) -> Iterator[str]:
    parts = {part.filename: part for part in package.infolist()}
    if sum(part.file_size for part in parts.values()) > MAX_UNPACKED_BYTES:
        raise Refused("bomb")
    main = _main_part(package, parts)
    if main not in parts:
        raise Refused("damaged")
    for name in (main, *(join(dirname(main), note) for note in _NOTES)):
        if name in parts:
            yield from _of_part(package, parts[name], allowance)


def _main_part(package: ZipFile, parts: dict[str, ZipInfo]) -> str:
    """The part that the package names as its document; raises Refused for what is a package of something else."""
    for name, reason in _OTHERS.items():
        if name in parts:
            raise Refused(reason)
    if "_rels/.rels" not in parts:
        raise Refused("archive")
    relations = ElementTree.fromstring(b"".join(_unpacked(package, parts["_rels/.rels"])))
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return normpath(relation.get("Target", "").lstrip("/"))
    raise Refused("archive")


def _of_part(package: ZipFile, part: ZipInfo, allowance: Allowance) -> Iterator[str]:
    scribe = Scribe()
    for chunk in _unpacked(package, part):
        scribe.feed(chunk)
        done = scribe.take()
        allowance.step(sum(map(len, done)))
        yield from done
    scribe.close()
    yield from scribe.take()


def _unpacked(package: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """A part in chunks: never more of it in memory, whatever its header claims; a false size ends in BadZipFile."""
    if part.flag_bits & 1:
        raise Refused("password")
    if part.file_size > MAX_PART_BYTES:
        raise Refused("bomb") if part.file_size > MOST_PACKED * part.compress_size else Refused("too_long", limit=MAX_PART_BYTES // MIB)
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused("damaged")
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            yield chunk
